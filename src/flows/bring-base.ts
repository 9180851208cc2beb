import type { IssueRuns, Offer } from '../ledger/runs-record.ts';
import { ExternalError, messageOf } from '../lib/errors.ts';
import { conflictsOf } from '../runs/plan-files.ts';
import type { BaseNews } from '../runs/render-base.ts';
import type { RunWork } from '../runs/run-work.ts';
import type { Branches, FileChanges } from './pull-request-ports.ts';
import { tryMerge } from './try-merge.ts';

type Forwarding = Pick<Branches, 'head' | 'fork' | 'tree' | 'bringIn'>;

/**
 * Brings a branch that holds nothing of its own yet to where its base is by now, so that the work goes on top of that. Not where both changed the same
 * files: these are for a merge to look at.
 *
 * @param ranOn the commit of the base that the work was made and tried on.
 */
export async function forwardBranch(
  { branch, base, head }: Pick<RunWork, 'branch' | 'base' | 'head'>,
  { ranOn, files }: { ranOn: string | undefined; files: FileChanges },
  branches: Forwarding,
): Promise<void> {
  if (ranOn !== head) return;
  const [now, there] = await Promise.all([branches.head(base), branches.head(branch)]);
  if (now === undefined || now === ranOn || there !== head) return;
  try {
    const [before, after] = await Promise.all([branches.tree(ranOn), branches.tree(now)]);
    // What the rules do not allow is told when the pull request is opened, which tries again.
    if (conflictsOf(files.keys(), before, after).length === 0) await branches.bringIn(branch, base);
  } catch (error) {
    // More files than GitHub lists: the merge does not need them.
    if (!(error instanceof ExternalError)) throw error;
  }
}

type Merging = Pick<Branches, 'head' | 'fork' | 'tree' | 'content' | 'bringIn'>;

/**
 * Brings what is new in the base into the branch of a run, by GitHub's own merge: nothing of it is run. It may be repeated, and comes to the same.
 *
 * @returns what is to be said of it, and the branch's head then; nothing where the base is where it was.
 */
export async function bringBase(
  runs: Pick<IssueRuns, 'branch' | 'base'> & { offer: Offer },
  branches: Merging,
): Promise<Brought> {
  const { branch, base, offer } = runs;
  const [now, head] = await Promise.all([branches.head(base), branches.head(branch)]);
  if (now === undefined || head === undefined) return {};
  try {
    const fork = await branches.fork(now, head);
    if (fork === undefined) return {};
    const since = offer.ranOn ?? fork;
    if (fork !== now) return await merge({ branch, base, since, now, head }, branches);
    return since === now ? {} : { news: { base, since, came: 'brought' } };
  } catch (error) {
    if (!(error instanceof ExternalError)) throw error;
    // The work itself is there: it is offered all the same.
    return { news: { base, since: offer.ranOn ?? head, came: 'kept out', why: messageOf(error) } };
  }
}

type Brought = { news?: BaseNews; head?: string };
type Meeting = { branch: string; base: string; since: string; now: string; head: string };

async function merge({ branch, base, since, now, head }: Meeting, branches: Merging): Promise<Brought> {
  const brought = await branches.bringIn(branch, base);
  if (!('obstacle' in brought)) return { news: { base, since, came: 'brought' }, head: brought.head };
  if (brought.obstacle !== 'conflict') return { news: { base, since, came: 'kept out', why: brought.why } };
  const paths = await tryMerge(head, now, branches);
  return { news: { base, since, came: 'conflict', paths: paths ?? [] } };
}
