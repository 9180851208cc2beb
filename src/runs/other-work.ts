import type { Briefing } from '../agents/briefing.ts';
import type { IssueRuns, Overlap } from '../ledger/runs-record.ts';

/** Work on another issue that is not merged yet. Its paths are of a repository: untrusted. */
export type OtherWork = {
  issue: number;
  branch: string;
  pullRequest: number | undefined;
  /** Somebody is at work on it now: more may come. */
  isAtWork: boolean;
  /** What it changed by its last run's commit; absent: nothing was pushed yet. */
  changed: IssueRuns['changed'];
};

/** What other issues' runs have changed or are about to change: those at work, and those whose pull request is open or about to be. */
export function otherWork(
  all: readonly IssueRuns[],
  { issue, base }: Pick<IssueRuns, 'issue' | 'base'>,
  now: number,
): OtherWork[] {
  return all.flatMap((runs) => {
    const isAtWork = runs.claim !== undefined && Date.parse(runs.claim.until) > now;
    const isThere = isOffered(runs);
    // What goes into another branch is in nobody's way here.
    if (runs.issue === issue || runs.base !== base || !(isAtWork || isThere)) return [];
    const { branch, pullRequest, changed } = runs;
    const pull = pullRequest?.state === 'open' ? pullRequest.number : undefined;
    return [{ issue: runs.issue, branch, pullRequest: pull, isAtWork, changed: isThere ? changed : undefined }];
  });
}

/** Whether its work waits to be merged. */
export function isOffered({ offer, pullRequest }: Pick<IssueRuns, 'offer' | 'pullRequest'>): boolean {
  return offer !== undefined || pullRequest?.state === 'open';
}

const most = { paths: 20, overlaps: 20 } as const;

/** The files that an issue's work has in common with others', without what a merge would show. */
export function sharedWith(
  all: readonly IssueRuns[],
  own: Pick<IssueRuns, 'issue' | 'base' | 'changed' | 'offer' | 'pullRequest'>,
): Omit<Overlap, 'conflicts'>[] {
  const { changed } = own;
  if (!changed || !isOffered(own)) return [];
  const mine = new Set(changed.paths);
  const shared = otherWork(all, own, 0).flatMap(({ issue, branch, pullRequest, changed: theirs }) => {
    const paths = theirs?.paths.filter((path) => mine.has(path)) ?? [];
    if (!theirs || paths.length === 0) return [];
    const commits: Overlap['commits'] = [changed.commit, theirs.commit];
    const where = { issue, branch, ...(pullRequest === undefined ? {} : { pullRequest }) };
    return [{ ...where, commits, paths: paths.slice(0, most.paths), more: Math.max(0, paths.length - most.paths) }];
  });
  return shared.slice(0, most.overlaps);
}

/** Whether what is told of other work is what there is. */
export function isToldOf(told: readonly Overlap[], shared: readonly Omit<Overlap, 'conflicts'>[]): boolean {
  const keyOf = ({ issue, branch, pullRequest, commits, paths, more }: Omit<Overlap, 'conflicts'>) =>
    JSON.stringify([issue, branch, pullRequest, commits, paths, more]);
  return told.length === shared.length && told.every((one, at) => keyOf(one) === keyOf(shared[at] ?? one));
}

const room = 12_000;

/** What an agent is told of other work, so that it keeps out of its way where it can. */
export function briefOthers(others: readonly OtherWork[]): Briefing[] {
  if (others.length === 0) return [];
  let left = room;
  const documents = others.flatMap((other) => {
    const document = { label: labelOf(other), text: textOf(other) };
    left -= document.text.length;
    return left < 0 ? [] : [document];
  });
  const rest = others.length - documents.length;
  return [
    {
      title: 'Other work under way',
      intro: `Runs of other issues, whose work is not merged yet. Avoid needless changes in the files that they change, and say in your summary where you had to make one.${rest > 0 ? ` ${rest} more had no room here.` : ''}`,
      documents,
    },
  ];
}

function labelOf({ issue, branch, pullRequest, isAtWork }: OtherWork): string {
  const pull = pullRequest === undefined ? [] : [`pull request #${pullRequest}`];
  return [`issue #${issue}`, `branch ${branch}`, ...pull, ...(isAtWork ? ['being worked on now'] : [])].join(', ');
}

function textOf({ changed }: OtherWork): string {
  if (!changed) return 'What it changes is not known yet.';
  const more = changed.more > 0 ? [`and ${changed.more} more`] : [];
  return [...changed.paths, ...more].join('\n').slice(0, room / 2);
}
