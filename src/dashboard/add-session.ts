import type { DashboardRecord, SessionLine } from '../ledger/dashboard-record.ts';
import { oneLine, truncate } from '../lib/text.ts';
import { isPut } from '../questions/plan-questions.ts';
import type { Visibility } from '../sessions/audience.ts';
import type { Session } from '../sessions/session.ts';

const most = { sessions: 10, reasons: 3, questions: 10 } as const;
const longest = { reason: 400, question: 300, name: 120 } as const;

/**
 * The record with one more session in it: its line, and what it cost. It goes into the same commit as the session, so that the dashboard
 * costs a scan no request to read the sessions before it. A session that looked at nothing, or answered a question, has no line: it would hide the last one that scanned.
 */
export function addSession(
  before: DashboardRecord | undefined,
  session: Session,
  visibility: Visibility | undefined,
): DashboardRecord {
  const record = before ?? { version: 1, sessions: [] };
  const line = toLine(session, visibility);
  if (!line) return { ...record, ...spendWith(record.spend, session) };
  const others = record.sessions.filter(({ id }) => id !== line.id);
  const sessions = [line, ...others].sort((a, b) => compareTimes(b, a)).slice(0, most.sessions);
  return { ...record, sessions, ...spendWith(record.spend, session) };
}

function compareTimes(a: SessionLine, b: SessionLine): number {
  return Date.parse(a.at) - Date.parse(b.at);
}

function toLine(session: Session, visibility: Visibility | undefined): SessionLine | undefined {
  const { result } = session;
  const questions = session.questions.filter(isPut);
  if (result === undefined || result === 'skipped' || session.kind === 'ask') return undefined;
  // What an agent asks may tell of a weakness.
  const told = visibility === 'public' ? [] : questions.slice(0, most.questions);
  return {
    id: session.id,
    at: session.startedAt,
    name: truncate(oneLine(session.displayName), longest.name),
    result,
    reasons: session.reasons.slice(0, most.reasons).map((reason) => truncate(oneLine(reason), longest.reason)),
    ...(session.costUsd === undefined ? {} : { costUsd: session.costUsd }),
    ...(session.run === undefined ? {} : { run: session.run }),
    scans: session.agents.map(({ scan }) => scan),
    questions: told.map(({ id, question, blocking }) => ({
      id,
      text: truncate(oneLine(question), longest.question),
      blocking,
    })),
    asked: questions.length,
  };
}

/** Checks cost nothing: only what agents did is counted. */
function spendWith(before: DashboardRecord['spend'], session: Session): Pick<DashboardRecord, 'spend'> {
  const month = session.startedAt.slice(0, 7);
  // A session of last month that is published late does not bring that month back.
  if (session.agents.length === 0 || (before && month < before.month)) return before ? { spend: before } : {};
  const sum = before?.month === month ? before : { month, usd: 0, sessions: 0, unpriced: 0 };
  if (session.costUsd === undefined) return { spend: { ...sum, unpriced: sum.unpriced + 1 } };
  return { spend: { ...sum, usd: sum.usd + session.costUsd, sessions: sum.sessions + 1 } };
}
