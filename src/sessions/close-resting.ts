import type { IssueRuns } from '../ledger/runs-record.ts';
import { truncate } from '../lib/text.ts';
import { endRun } from '../runs/issue-runs.ts';
import { keepRecord } from './keep-record.ts';
import type { Session } from './session.ts';

/** Why a session that rests is over. `ended`: somebody said so; `failed`: it could not go on. `why`: a sentence, without secrets. */
export type RestEnd = { end: 'ended' | 'failed'; why: string; at: string };

const ends = {
  ended: { phase: 'killed', stopReason: 'user', outcome: 'stopped' },
  failed: { phase: 'failed', stopReason: 'error', outcome: 'failed' },
} as const;

/**
 * The record of a session that rests, closed; what it had found is kept, and a run gives its issue back.
 * @param runs those of the issue that a run works on.
 */
export function closeResting(
  { parked: _, ...session }: Session,
  { end, why, at }: RestEnd,
  runs?: IssueRuns | undefined,
): { session: Session; runs?: IssueRuns } | { refused: string } {
  const { issueRun, id } = session;
  const { outcome, ...how } = ends[end];
  const result = end === 'failed' ? ('failed' as const) : (session.result ?? 'partial');
  const reasons = [...session.reasons, why];
  const run = issueRun ? { issueRun: { ...issueRun, outcome, why } } : {};
  const kept = keepRecord(
    { ...session, phase: 'stopped' },
    { ...session, ...how, ...run, result, reasons, endedAt: at },
  );
  if ('refused' in kept) return kept;
  const told = { session: id, outcome, why: truncate(why, 1900) };
  return { session: kept.record, ...(issueRun && runs ? { runs: endRun(runs, told) } : {}) };
}
