import type { Attempt, IssueRuns, RunOutcome } from '../ledger/runs-record.ts';

/** After so many a person is needed. */
export const mostFailures = 3;
/** So often Courier continues a run on its own, for a review or a failed check, between two commands of people. */
export const mostOwnRuns = 3;
const mostAttempts = 50;

/** Failed runs since the last one that came to something. A run that somebody stopped counts for nothing. */
export function failuresOf({ attempts }: Pick<IssueRuns, 'attempts'>): number {
  const told = attempts.filter(({ outcome }) => outcome !== undefined && outcome !== 'stopped' && outcome !== 'parked');
  const last = told.findLastIndex(({ outcome }) => outcome === 'pushed' || outcome === 'no-change');
  return told.length - 1 - last;
}

export type Begin = {
  session: string;
  run: string;
  at: string;
  until: string;
  by: string;
  own: boolean;
  blueprint: string;
};

/** @returns the record with a new attempt that holds the claim, or why there may be none, in a sentence. */
export function beginRun(runs: IssueRuns, begin: Begin): { runs: IssueRuns } | { refused: string } {
  const { session, run, at, until, by, own, blueprint } = begin;
  if (runs.claim && runs.claim.session !== session && Date.parse(runs.claim.until) > Date.parse(at))
    return { refused: `Session ${runs.claim.session} is at work on this issue.` };
  if (own && ownSincePeople(runs) >= mostOwnRuns)
    return { refused: `Courier has continued this run ${mostOwnRuns} times on its own: a person is needed.` };
  const known = runs.attempts.some((attempt) => attempt.session === session);
  const attempts = known ? runs.attempts : [...lost(runs), { session, at, by, own, blueprint }].slice(-mostAttempts);
  return { runs: { ...runs, claim: { session, run, until }, attempts } };
}

/** An attempt without an end whose claim ran out died. */
function lost({ attempts }: IssueRuns): Attempt[] {
  return attempts.map((attempt) =>
    attempt.outcome === undefined ? { ...attempt, outcome: 'failed', why: 'It ended without saying so.' } : attempt,
  );
}

function ownSincePeople({ attempts }: IssueRuns): number {
  return attempts.length - 1 - attempts.findLastIndex(({ own }) => !own);
}

/** The record after a session's end; one that was told before stays as it was. */
export function endRun(
  runs: IssueRuns,
  { session, outcome, why, commit }: { session: string; outcome: RunOutcome; why?: string; commit?: string },
): IssueRuns {
  const attempts = runs.attempts.map((attempt) =>
    attempt.session === session && (attempt.outcome === undefined || attempt.outcome === 'parked')
      ? {
          ...attempt,
          outcome,
          ...(why === undefined ? {} : { why }),
          ...(commit === undefined ? {} : { commit }),
        }
      : attempt,
  );
  const { claim, ...rest } = runs;
  const head = commit === undefined ? {} : { head: commit };
  return claim && claim.session !== session ? { ...runs, attempts, ...head } : { ...rest, attempts, ...head };
}

/** The axis `courier: …` of the issue, as its runs have it. */
export function labelOfRuns(runs: IssueRuns): 'running' | 'failed' | 'needs-human' | 'awaiting-answer' | undefined {
  const last = runs.attempts.at(-1);
  if (runs.claim) return 'running';
  if (last?.outcome === 'parked') return 'awaiting-answer';
  if (failuresOf(runs) >= mostFailures || ownSincePeople(runs) >= mostOwnRuns) return 'needs-human';
  return last?.outcome === 'failed' || last?.outcome === 'refused' ? 'failed' : undefined;
}
