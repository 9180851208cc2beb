import type { Finding } from '../findings/finding.ts';
import type { IssueRuns, RunPull, TurnedDown } from '../ledger/runs-record.ts';
import { truncate } from '../lib/text.ts';

/** What GitHub tells of a run's pull request now. */
export type SeenPull = {
  number: number;
  isOpen: boolean;
  /** The branch that it asks to merge into. */
  base: string;
  merged: { commit: string; at: string; by: string | undefined } | undefined;
};

const mostTurnedDown = 20;

/**
 * The record of runs after a look at their pull request; the same look again changes nothing. One that is not theirs changes nothing either.
 *
 * @param title of the issue, for what is to be learned where the pull request was turned down.
 */
export function withFate(runs: IssueRuns, pull: SeenPull, { at, title }: { at: string; title: string }): IssueRuns {
  const known = runs.pullRequest;
  if (known?.number !== pull.number) return runs;
  const state = stateOf(pull);
  // A merge is never undone.
  if (state === known.state || known.state === 'merged') return runs;
  const { merged: _, verifying: __, session: ___, ...rest } = known;
  const session = runs.attempts.findLast(({ outcome }) => outcome === 'pushed')?.session;
  const pullRequest: RunPull = {
    ...rest,
    state,
    since: at,
    ...(session === undefined ? {} : { session }),
    ...(pull.merged ? { merged: mergedOf(pull.merged, pull.base) } : {}),
  };
  const { turnedDown = [], ...others } = runs;
  const before = turnedDown.filter((one) => one.pullRequest !== pull.number);
  const now: TurnedDown[] =
    state === 'closed'
      ? [...before, { pullRequest: pull.number, title: truncate(title, 290), at }].slice(-mostTurnedDown)
      : before;
  return { ...others, pullRequest, ...(now.length > 0 ? { turnedDown: now } : {}) };
}

const mostReproaches = 50;

/** The record with what a person says of its pull request: `text` is what is wrong with it, and absent where it is fine. */
export function withWord(
  runs: IssueRuns,
  { pullRequest, by, at, text }: { pullRequest: number; by: string; at: string; text: string | undefined },
): IssueRuns {
  const { reproaches = [], ...rest } = runs;
  const others = reproaches.filter((one) => one.pullRequest !== pullRequest || one.by !== by);
  const now = text === undefined ? others : [...others, { pullRequest, by, at, text: truncate(text, 1900) }];
  return now.length === 0 ? rest : { ...rest, reproaches: now.slice(-mostReproaches) };
}

function stateOf({ isOpen, merged }: SeenPull): RunPull['state'] {
  if (merged) return 'merged';
  return isOpen ? 'open' : 'closed';
}

function mergedOf({ commit, at, by }: NonNullable<SeenPull['merged']>, into: string): RunPull['merged'] {
  return { commit, at, into, ...(by === undefined ? {} : { by }) };
}

/** Whether the work of a run is on the default branch, so that it can be looked at there. */
export function isDelivered({ state, merged }: RunPull, { defaultBranch }: { defaultBranch: string }): boolean {
  return state === 'merged' && merged?.into === defaultBranch;
}

/** The findings that a merged run was for, each marked as to be shown that it is gone; those that know it already are left out. */
export function toVerify(findings: readonly Finding[], { issue, pullRequest }: IssueRuns): Finding[] {
  const merged = pullRequest?.merged;
  if (!merged) return [];
  return findings.flatMap((finding) => {
    if (finding.issue?.number !== issue || finding.state === 'ignored') return [];
    if (finding.repair?.pullRequest === pullRequest.number && finding.repair.commit === merged.commit) return [];
    const repair = { pullRequest: pullRequest.number, commit: merged.commit, at: merged.at };
    return [{ ...finding, repair: isProven(finding, merged.at) ? { ...repair, verdict: 'gone' } : repair }];
  });
}

/** Somebody looked before this was known. */
function isProven({ state, lastCheck, resolution }: Finding, since: string): boolean {
  if (state !== 'resolved' || lastCheck?.verdict !== 'gone' || lastCheck.at !== resolution?.at) return false;
  return Date.parse(lastCheck.at) > Date.parse(since);
}
