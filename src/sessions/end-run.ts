import { isoTime } from '../lib/clock.ts';
import type { AgentPart } from './agent-part.ts';
import { endSession } from './end-session.ts';
import type { IssueRun } from './issue-run.ts';
import type { StopReason } from './phases.ts';
import type { Session } from './session.ts';

/** How a run came to its end. */
export type RunEnd = {
  run: Omit<IssueRun, 'issue' | 'title' | 'blueprint' | 'branch' | 'base' | 'head'>;
  parts: readonly AgentPart[];
  notes: readonly string[];
  /** The limit that ended it. */
  limit?: StopReason | undefined;
  aborted: boolean;
  at: number;
};

/** The record of a run's session at its end: what counts is what came of the run, not how each of its agents ended. */
export function endRunSession(session: Session, { run, parts, notes, limit, aborted, at }: RunEnd): Session {
  const ended = endSession(session, {
    checks: [],
    namedPresets: false,
    scans: parts.map((part) => ({ ...part, claims: [] })),
    rejected: [],
    notes,
    spent: [],
    verdicts: [],
    aborted,
    endedAt: at,
  });
  const { issueRun } = session;
  const told = issueRun ? { issueRun: { ...issueRun, ...run } } : {};
  // It rests like a scan that waits.
  if (run.outcome === 'parked') return { ...ended, ...told };
  const { stopReason: _, parked: __, ...rest } = ended;
  return {
    ...rest,
    ...standing(run.outcome, { limit, began: parts.length > 0 }),
    reasons: [...session.reasons, ...reasonsFor(run)],
    endedAt: isoTime(at),
    ...told,
  };
}

type Standing = Pick<Session, 'phase' | 'result' | 'stopReason'>;

/** What was stopped does not rest: it is asked for again, as what its agents wrote is not kept. */
function standing(
  outcome: IssueRun['outcome'],
  { limit, began }: { limit: StopReason | undefined; began: boolean },
): Standing {
  if (outcome === 'pushed' || outcome === 'no-change') return { phase: 'completed', result: 'complete' };
  if (outcome === 'stopped') return { phase: began ? 'killed' : 'cancelled', result: 'partial', stopReason: 'user' };
  return { phase: 'failed', result: 'failed', stopReason: limit ?? 'error' };
}

function reasonsFor({ outcome, why }: RunEnd['run']): string[] {
  const isWhole = outcome === 'pushed' || outcome === 'no-change';
  return isWhole || why === undefined ? [] : [why];
}
