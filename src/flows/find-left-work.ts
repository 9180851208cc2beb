import type { Configuration } from '../config/schema.ts';
import type { IssueRuns, Offer } from '../ledger/runs-record.ts';
import { toOffer } from '../runs/offer.ts';
import { createProtection } from '../runs/protected-paths.ts';
import type { RunWork } from '../runs/run-work.ts';
import { judgePushed } from './judge-pushed.ts';
import type { RunPullPlace } from './open-run-pull.ts';
import type { Branches } from './pull-request-ports.ts';

/** `by`: the session that pushed it. */
export type LeftWork = { offer: Offer; by: string } | { refused: string };

/**
 * What the head of a run's branch holds of an earlier run that was cut off between its push and the pull request: where it came to put that on
 * record, in its own words, else in those of the run that finds it. What is judged here is what GitHub has.
 */
export async function findLeftWork(
  work: RunWork,
  runs: IssueRuns,
  {
    github: { branches },
    gate,
    config,
  }: Pick<RunPullPlace, 'github' | 'gate'> & { config: Pick<Configuration, 'runs'> },
): Promise<LeftWork | undefined> {
  const left = await findLeft(work.head, runs, branches);
  if (!left || 'offer' in left) return left;
  const { by, from, commit } = left;
  const isProtected = createProtection(config.runs.protectedPaths);
  const [refusal] = await judgePushed({ from, commit }, { branches, gate, isProtected });
  if (refusal) {
    const what = refusal.path === undefined ? '' : ` ${refusal.path}:`;
    return {
      refused: `What session ${by} left on ${work.branch} may not leave a sandbox:${what} ${refusal.why}. Look at it, and remove the branch.`,
    };
  }
  return { offer: toOffer(work, { from, commit, held: false }, gate.plain), by };
}

type Left = { by: string; from: string; commit: string } | { offer: Offer; by: string };

/** At the head, or where that stood before the newest of the base was brought in. */
async function findLeft(
  head: string,
  { offer, attempts }: IssueRuns,
  branches: Pick<Branches, 'message' | 'parent'>,
): Promise<Left | undefined> {
  const before = await branches.parent(head);
  for (const commit of before === undefined ? [] : [head, before]) {
    if (offer?.commit === commit) return { offer, by: offer.session };
    const by = sessionIn((await branches.message(commit)) ?? '');
    const attempt = attempts.find(({ session }) => session === by);
    const from = await branches.parent(commit);
    if (by !== undefined && attempt && attempt.commit === undefined && from !== undefined) return { by, from, commit };
  }
  return undefined;
}

/** As the message of a run's commit ends. Anybody who may push can write one: what it leads to is a draft of what is on the branch. */
function sessionIn(message: string): string | undefined {
  return /\bCourier, session (S\d{8}-\d{6}-[a-z0-9]+)\.\s*$/.exec(message)?.[1];
}
