import { z } from 'zod';

const Issue = z
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 1);
const Commit = z.string().regex(/^[0-9a-f]{40}$/);
const Time = z.string().max(40);

/** How one run ended. */
export const runOutcomes = ['pushed', 'no-change', 'refused', 'failed', 'stopped', 'parked'] as const;
export type RunOutcome = (typeof runOutcomes)[number];

const Attempt = z.object({
  session: z.string().max(40),
  at: Time,
  /** A login; of one that Courier began on its own, what it answered: `review`, `checks`. */
  by: z.string().max(100),
  own: z.boolean().default(false),
  blueprint: z.string().max(64),
  outcome: z.enum(runOutcomes).optional(),
  why: z.string().max(2000).optional(),
  /** The commit that it pushed. */
  commit: Commit.optional(),
});

/** All runs of one issue: they share a branch and a pull request. */
export const IssueRuns = z.object({
  version: z.literal(1),
  issue: Issue,
  /** Named once, when the first run began: a new title makes no new branch. */
  branch: z.string().max(200),
  base: z.string().max(200),
  /** Whether GitHub shows the branch at the issue. */
  linked: z.boolean().default(false),
  /** The newest commit that Courier knows of the branch: its own, or one of a person that a run began from. */
  head: Commit.optional(),
  pullRequest: z
    .object({ number: Issue, url: z.string().max(500), state: z.enum(['open', 'merged', 'closed']).default('open') })
    .optional(),
  /** Who works on it now; from `until` on it counts as dead. */
  claim: z.object({ session: z.string().max(40), run: z.string().max(200), until: Time }).optional(),
  /** Oldest first. */
  attempts: z.array(Attempt).default([]),
});
export type IssueRuns = z.infer<typeof IssueRuns>;
export type Attempt = z.infer<typeof Attempt>;

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
