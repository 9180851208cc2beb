import type { Answer as AgentAnswer, PriorWork, Resume } from '../agents/agent.ts';
import type { Finding } from '../findings/finding.ts';
import type { ScanState, SessionCheckpoint } from './checkpoint.ts';
import { ownRef } from './part-name.ts';
import type { Session } from './session.ts';
import { readTranscript } from './transcript.ts';

/**
 * What is left of a session that rests: its files, or, where they are gone or may not be kept, no more than its record. `why` is a sentence.
 */
export type Restored =
  | { from: 'journal'; checkpoint: SessionCheckpoint; transcript: string; outputs: Readonly<Record<string, string>> }
  | { from: 'record'; why: string };

/** How a scan of it goes on. */
export type EarlierScan =
  /** It had ended; its output is read again. */
  | { state: 'done'; scan: ScanState; outputs: Readonly<Record<string, string>> }
  | { state: 'begins' }
  | { state: 'goes-on'; scan: ScanState | undefined; resume: (sandbox: 'kept' | 'fresh') => Resume };

/** Where one scan of the session stands. `known`: the ledger's findings, for what the record alone tells. */
export function earlierScan(
  name: string,
  {
    session,
    restored,
    known,
    key,
  }: {
    session: Session;
    restored: Restored;
    known: readonly Finding[];
    key: string | undefined;
  },
): EarlierScan {
  if (restored.from === 'record') {
    const agent = session.agents.find(({ scan }) => scan === name);
    if (!agent || agent.currentIteration === 0) return { state: 'begins' };
    return {
      state: 'goes-on',
      scan: undefined,
      resume: () => ({ from: 'record', prior: priorOf(name, session, known) }),
    };
  }
  const scan = restored.checkpoint.scans.find((state) => state.name === name);
  if (scan?.state === 'done') return { state: 'done', scan, outputs: outputsOf(name, restored.outputs) };
  const { entries } = readTranscript(restored.transcript, name, { session: session.id, key });
  if (!scan || entries.length === 0) return { state: 'begins' };
  const answers = answersOf(name, session);
  return { state: 'goes-on', scan, resume: (sandbox) => ({ from: 'journal', entries, sandbox, answers }) };
}

function outputsOf(name: string, outputs: Readonly<Record<string, string>>): Record<string, string> {
  const prefix = `raw/${name}/`;
  const own = Object.entries(outputs).filter(([path]) => path.startsWith(prefix));
  return Object.fromEntries(own.map(([path, text]) => [path.slice(prefix.length), text]));
}

/** Answers that came while it rested, by the ids that the agent knows. */
function answersOf(name: string, { questions, answers, resumedAt, startedAt }: Session): AgentAnswer[] {
  // The last one is this resume: what was answered before the rest that it ends was given to the agent then.
  const since = resumedAt.at(-2) ?? startedAt;
  const latest = new Map(answers.filter(({ at }) => at >= since).map((answer) => [answer.question, answer]));
  return questions.flatMap((question): AgentAnswer[] => {
    const answer = latest.get(question.id);
    const ref = ownRef(name, question);
    if (ref === undefined || !answer) return [];
    const { by: from, text } = answer;
    return [{ questionId: ref, from, ...(text === undefined ? { skipped: true } : { text }) }];
  });
}

function agentsCost({ costUsd, besides }: Session): number | undefined {
  return costUsd === undefined ? undefined : Math.max(0, costUsd - (besides?.costUsd ?? 0));
}

function priorOf(name: string, session: Session, known: readonly Finding[]): PriorWork {
  const own = new Set([...session.raised, ...session.updated]);
  const agent = session.agents.find(({ scan }) => scan === name);
  const answered = new Map(session.answers.map((answer) => [answer.question, answer]));
  return {
    findings: known
      .filter(({ id }) => own.has(id))
      .map(({ title, location }) => ({ title, ...(location ? { path: location.path } : {}) })),
    finalText: agent?.finalText ?? '',
    questions: session.questions
      .filter(({ scan }) => scan === undefined || scan === name)
      .map(({ id, question }) => {
        const answer = answered.get(id);
        return { question, ...(answer?.text === undefined ? {} : { answer: answer.text, from: answer.by }) };
      }),
    iterations: agent?.currentIteration ?? 0,
    usage: session.usage,
    // The record knows the sum alone: one of its agents takes it over, so that it counts once.
    costUsd: session.agents[0] === agent ? agentsCost(session) : 0,
  };
}
