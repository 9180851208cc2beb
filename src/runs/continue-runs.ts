import type { Cause } from '../ledger/run-order.ts';
import type { IssueRuns } from '../ledger/runs-record.ts';
import { truncate } from '../lib/text.ts';
import { failuresOf, mostFailures, mostOwnRuns, ownRuns } from './issue-runs.ts';

/** A review of the run's pull request that asks for changes, by somebody who may ask for runs; of each person the last one that says anything. */
export type ChangeRequest = { id: number; at: string };

/** What there is at the pull request of an issue's runs now. */
export type PullView = {
  commit: string;
  /** Whether Courier pushed that commit, or somebody who may ask for runs. */
  isTrusted: boolean;
  requests: readonly ChangeRequest[];
  /** Checks that failed on it; `undefined` while some have not ended, or where there are none. */
  failed: readonly string[] | undefined;
};

/**
 * Whether Courier goes on by itself. `halt`: it would, and a person is needed. `heeded`: what is then dealt with, by this run or by being told.
 */
export type Continuation =
  | { kind: 'nothing' }
  | { kind: 'continue'; cause: Cause; heeded: Heeded }
  | { kind: 'halt'; why: string; heeded: Heeded };
type Heeded = NonNullable<IssueRuns['heeded']>;

const mostNamed = 5;
// A check is called as its workflow likes, and what is kept of it has a limit.
const longestName = 100;
const mostHeeded = { reviews: 200, commits: 50 } as const;

/**
 * What follows for the runs of an issue from requested changes and failed checks. Each review and each commit whose checks failed counts once,
 * however often it is looked at. A command of a person that came later than a review has dealt with it, as its run read it.
 */
export function decideContinuation(runs: IssueRuns, { commit, isTrusted, requests, failed }: PullView): Continuation {
  if (!isTrusted) return { kind: 'nothing' };
  const heeded = runs.heeded ?? { reviews: [], commits: [] };
  const reviews = requests.filter(({ id, at }) => !heeded.reviews.includes(id) && !isAnswered(at, runs));
  const isBroken = failed !== undefined && failed.length > 0 && !heeded.commits.includes(commit);
  if (reviews.length === 0 && !isBroken) return { kind: 'nothing' };
  const ids = reviews.map(({ id }) => id).slice(0, 20);
  const now: Heeded = {
    reviews: [...heeded.reviews, ...ids].slice(-mostHeeded.reviews),
    commits: isBroken ? [...heeded.commits, commit].slice(-mostHeeded.commits) : heeded.commits,
  };
  const what = ids.length > 0 ? 'changes were requested' : `checks failed (${named(failed ?? [])})`;
  const why = whyNot(runs, what);
  if (why !== undefined) return { kind: 'halt', why, heeded: now };
  const cause: Cause = ids.length > 0 ? { kind: 'review', reviews: ids } : { kind: 'checks', commit };
  return { kind: 'continue', cause, heeded: now };
}

/** Whoever asked for a run after it, has had it read. */
function isAnswered(at: string, { asked }: IssueRuns): boolean {
  return asked !== undefined && asked.order === undefined && Date.parse(asked.at) > Date.parse(at);
}

function whyNot(runs: IssueRuns, what: string): string | undefined {
  if (failuresOf(runs) >= mostFailures)
    return `A person is needed: ${what}, and ${mostFailures} runs of #${runs.issue} have failed in a row.`;
  if (ownRuns(runs) < mostOwnRuns) return undefined;
  return `A person is needed: ${what}, and Courier has gone on by itself ${mostOwnRuns} times for #${runs.issue}, which is the most. \`/courier run\` goes on.`;
}

function named(failed: readonly string[]): string {
  const more = failed.length > mostNamed ? [`${failed.length - mostNamed} more`] : [];
  const names = failed.slice(0, mostNamed).map((name) => truncate(name, longestName));
  return [...names, ...more].join(', ');
}

// In milliseconds. A workflow that has not begun by then never will.
const longestStart = 3_600_000;

/** Whether what asked for the newest run, without a command of its own, is still to be done. */
export function isOrderOpen({ asked, attempts }: Pick<IssueRuns, 'asked' | 'attempts'>, now: number): boolean {
  const { order } = asked ?? {};
  if (!order || asked?.stopped) return false;
  const attempt = attempts.find((one) => one.order === order.id);
  if (attempt) return attempt.outcome === undefined;
  return now - Date.parse(order.started?.at ?? order.at) < longestStart;
}
