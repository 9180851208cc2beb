import type { Attempt, IssueRuns, RunLabel, RunOutcome } from '../ledger/runs-record.ts';

/** After so many a person is needed. */
export const mostFailures = 3;
/** So often Courier continues the runs of an issue on its own, for reviews and failed checks, in all: no command makes it more. */
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
  /** The order that it follows; absent where a command asked for it. */
  order?: string | undefined;
  blueprint: string;
};

/** The session that holds the issue although nobody works on it: it waits for answers. */
export function parkedIn({ claim, attempts }: Pick<IssueRuns, 'claim' | 'attempts'>): string | undefined {
  const held = attempts.find(({ session }) => session === claim?.session);
  return held?.outcome === 'parked' ? held.session : undefined;
}

/** Why no other run of the issue may begin now, as far as the record tells. */
export function whyAtWork(runs: Pick<IssueRuns, 'claim' | 'attempts'>, at: string): string | undefined {
  const { claim } = runs;
  if (!claim || Date.parse(claim.until) <= Date.parse(at)) return undefined;
  const end = `\`/courier stop ${claim.session}\``;
  return parkedIn(runs) === undefined
    ? `Session ${claim.session} is at work on this issue: stop it with ${end}, or wait for its end.`
    : `Session ${claim.session} waits for answers to go on with this issue: answer it, or end it with ${end}.`;
}

/** @returns the record with an attempt that holds the claim, a new one or that of a session which goes on, or why there may be none, in a sentence. */
export function beginRun(runs: IssueRuns, begin: Begin): { runs: IssueRuns } | { refused: string } {
  const { session, run, at, until, by, own, order, blueprint } = begin;
  const busy = runs.claim?.session === session ? undefined : whyAtWork(runs, at);
  if (busy !== undefined) return { refused: busy };
  const known = runs.attempts.some((attempt) => attempt.session === session);
  if (known && runs.attempts.at(-1)?.session !== session)
    return { refused: 'Another run of this issue has begun since.' };
  if (own && !known && ownRuns(runs) >= mostOwnRuns)
    return { refused: `Courier has continued this run ${mostOwnRuns} times on its own: a person is needed.` };
  const attempt = { session, at, by, own, ...(order === undefined ? {} : { order }), blueprint };
  const attempts = known
    ? runs.attempts.map((each) => (each.session === session ? goesOn(each) : each))
    : bounded([...lost(runs), attempt]);
  // Who asks has seen why it did not go on by itself.
  const { halted, ...rest } = runs;
  return { runs: { ...(own ? runs : rest), claim: { session, run, until }, attempts } };
}

/** The oldest go; Courier's own are counted in all. */
function bounded(attempts: readonly Attempt[]): Attempt[] {
  const away = attempts.length - mostAttempts;
  const oldest = new Set(attempts.filter(({ own }) => !own).slice(0, Math.max(0, away)));
  return attempts.filter((attempt) => !oldest.has(attempt));
}

function goesOn(attempt: Attempt): Attempt {
  const { outcome, why: _, ...rest } = attempt;
  return outcome === 'parked' ? rest : attempt;
}

/** The record of a session that waits for answers: it keeps the issue until then, and no longer. */
export function parkRun(runs: IssueRuns, { session, until }: { session: string; until: string }): IssueRuns {
  if (runs.claim?.session !== session) return runs;
  const attempts = runs.attempts.map((attempt) =>
    attempt.session === session ? { ...attempt, outcome: 'parked' as const } : attempt,
  );
  return { ...runs, attempts, claim: { ...runs.claim, until } };
}

/** An attempt without an end whose claim ran out died. */
function lost({ attempts }: IssueRuns): Attempt[] {
  return attempts.map((attempt) =>
    attempt.outcome === undefined ? { ...attempt, outcome: 'failed', why: 'It ended without saying so.' } : attempt,
  );
}

/** How often Courier went on by itself. */
export function ownRuns({ attempts }: Pick<IssueRuns, 'attempts'>): number {
  return attempts.filter(({ own }) => own).length;
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
export function labelOfRuns(runs: IssueRuns): RunLabel | undefined {
  const last = runs.attempts.at(-1);
  if (last?.outcome === 'parked') return 'awaiting-answer';
  if (runs.claim) return 'running';
  if (failuresOf(runs) >= mostFailures || runs.halted) return 'needs-human';
  return last?.outcome === 'failed' || last?.outcome === 'refused' ? 'failed' : undefined;
}
