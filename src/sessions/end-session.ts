import { noUsage, type Usage } from '../agents/usage.ts';
import type { CheckOutcome } from '../checks/check.ts';
import type { RejectedCandidate } from '../findings/finding.ts';
import type { Verdict } from '../findings/verdict.ts';
import { isoTime } from '../lib/clock.ts';
import { type AgentPart, mayGoOn } from './agent-part.ts';
import { type JudgedCheck, judgeSession } from './judge-session.ts';
import { numberQuestions } from './number-questions.ts';
import type { StopReason } from './phases.ts';
import type { CheckRecord, Session } from './session.ts';
import { addUsage, sumCost } from './usage.ts';

type HandedBack = { proposals: readonly unknown[]; withdrawals: readonly unknown[] };

/** What the parts of a session came to. */
export type SessionParts = {
  checks: readonly CheckOutcome[];
  /** Presets were asked for by name: one that is not available is then a gap, not a remark. */
  namedPresets: boolean;
  scans: readonly (AgentPart & { claims: readonly unknown[]; proposed?: HandedBack | undefined })[];
  /** Claims whose evidence did not hold. */
  rejected: readonly RejectedCandidate[];
  notes: readonly string[];
  /** What others than the agents were paid for. */
  spent: readonly { usage: Usage; costUsd: number | undefined }[];
  /** What came of looking for known findings. */
  verdicts: readonly Verdict[];
  /** It was to look for known findings only, or is one job of several, of which somebody else says whether anything was looked at. */
  rechecks?: true;
  aborted: boolean;
  endedAt: number;
};

/** The session's record at its end. */
export function endSession(session: Session, parts: SessionParts): Session {
  const { checks, scans } = parts;
  const judged = judgeSession(
    scans.map((scan) => ({ ...scan.record, salvaged: salvagedOf(scan) })),
    checks.map((outcome) => toJudged(outcome, parts.namedPresets)),
    parts.rechecks,
  );
  const sandbox = scans.find((scan) => scan.sandbox)?.sandbox;
  const besides = [...(session.besides ? [{ costUsd: undefined, ...session.besides }] : []), ...parts.spent];
  const costUsd = sumCost([...scans, ...besides].map((part) => part.costUsd));
  const phase = phaseOf(judged.result, parts);
  const asked = numberQuestions(
    scans.map(({ record, questions, assumptions }) => ({ scan: record.scan, questions, assumptions })),
    session,
  );
  const { parked: _, costUsd: __, ...before } = session;
  const stopReason = reasonFor(phase, parts, judged.stopReason);
  return {
    ...before,
    phase,
    // One that was cut short, or left out a scan, never counts as whole, whatever its parts had reached.
    result: (parts.aborted || session.reasons.length > 0) && judged.result === 'complete' ? 'partial' : judged.result,
    ...(stopReason ? { stopReason } : {}),
    reasons: [
      ...(parts.aborted ? ['The session was stopped before its end.'] : []),
      ...session.reasons,
      ...judged.reasons,
    ],
    notes: [...session.notes, ...parts.notes],
    endedAt: isoTime(parts.endedAt),
    agents: scans.map(({ record }) => record),
    currentIteration: scans.reduce((sum, { record }) => sum + record.currentIteration, 0),
    ...modelOf(scans),
    checks: checks.map(toCheckRecord),
    usage: [...scans, ...besides].map(({ usage }) => usage).reduce(addUsage, session.usage),
    ...(costUsd === undefined ? {} : { costUsd }),
    ...(besides.length > 0 ? { besides: sumOf(besides) } : {}),
    rejected: [...scans.flatMap(({ rejected }) => rejected), ...parts.rejected],
    verdicts: parts.verdicts.map(({ evidence: _, ...verdict }) => verdict),
    ...asked,
    ...(phase === 'stopped' ? parkedOf(scans, asked.questions, parts.endedAt) : {}),
    ...(sandbox ? { sandbox } : {}),
  };
}

function salvagedOf({ claims, proposed }: SessionParts['scans'][number]): number {
  return claims.length + (proposed ? proposed.proposals.length + proposed.withdrawals.length : 0);
}

function sumOf(spent: SessionParts['spent']): NonNullable<Session['besides']> {
  const costUsd = sumCost(spent.map((part) => part.costUsd));
  const usage = spent.map((part) => part.usage).reduce(addUsage, noUsage);
  return { usage, ...(costUsd === undefined ? {} : { costUsd }) };
}

function phaseOf(
  result: 'complete' | 'partial' | 'failed',
  { aborted, scans, checks }: Pick<SessionParts, 'aborted' | 'scans' | 'checks'>,
): Session['phase'] {
  if (aborted) return hasLooked(scans, checks) ? 'killed' : 'cancelled';
  if (scans.some(({ record }) => mayGoOn(record))) return 'stopped';
  return result === 'failed' ? 'failed' : 'completed';
}

/** Whether anything was looked at: there was a sandbox, or a check ran to its end. */
function hasLooked(scans: SessionParts['scans'], checks: SessionParts['checks']): boolean {
  return scans.some(({ sandbox }) => sandbox) || checks.some(({ state }) => state === 'clean' || state === 'findings');
}

function reasonFor(
  phase: Session['phase'],
  { aborted, scans }: Pick<SessionParts, 'aborted' | 'scans'>,
  judged: StopReason | undefined,
): StopReason | undefined {
  if (aborted) return 'user';
  return phase === 'stopped' ? restReason(scans) : judged;
}

/** Why it rests. What somebody asked for goes before what it waits for. */
function restReason(scans: SessionParts['scans']): StopReason | undefined {
  const reasonOf = (ending: string) => scans.find(({ record }) => record.ending === ending)?.record.stopReason;
  return reasonOf('stopped') ?? reasonOf('parked');
}

/** The questions that block it, where it waits for answers. */
function parkedOf(scans: SessionParts['scans'], questions: Session['questions'], at: number): Pick<Session, 'parked'> {
  const waiting = new Set(scans.filter(({ record }) => record.ending === 'parked').map(({ record }) => record.scan));
  const blocking = questions.filter(({ scan, blocking }) => blocking && scan !== undefined && waiting.has(scan));
  const sandbox = scans.find((scan) => mayGoOn(scan.record) && scan.sandbox)?.sandbox;
  if (waiting.size === 0) return {};
  return {
    parked: { at: isoTime(at), questions: blocking.map(({ id }) => id), ...(sandbox ? { sandbox } : {}) },
  };
}

/** A fallback may have answered in the place of the model that was asked for. */
function modelOf(scans: SessionParts['scans']): Pick<Session, 'model'> {
  const last = scans.findLast(({ record }) => record.currentIteration > 0);
  return last ? { model: last.record.model } : {};
}

function toCheckRecord(outcome: CheckOutcome): CheckRecord {
  const { check, state, durationMs } = outcome;
  const base = { check, state, durationMs, ...(outcome.tool ? { tool: outcome.tool } : {}) };
  if ('reason' in outcome) return { ...base, findings: 0, held: 0, reason: outcome.reason };
  return { ...base, findings: outcome.findings.length, held: outcome.held.findings };
}

function toJudged(outcome: CheckOutcome, namedPresets: boolean): JudgedCheck {
  return {
    ...toCheckRecord(outcome),
    required: outcome.kind === 'configured' || namedPresets,
    ...(outcome.state === 'undetermined' ? { cause: outcome.cause } : {}),
  };
}
