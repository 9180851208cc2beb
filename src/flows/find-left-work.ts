import type { Configuration } from '../config/schema.ts';
import type { IssueRuns, Offer } from '../ledger/runs-record.ts';
import { toOffer } from '../runs/offer.ts';
import { createProtection } from '../runs/protected-paths.ts';
import type { RunWork } from '../runs/run-work.ts';
import { judgePushed } from './judge-pushed.ts';
import type { RunPullPlace } from './open-run-pull.ts';

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
  const { head } = work;
  if (runs.offer?.commit === head) return { offer: runs.offer, by: runs.offer.session };
  if (runs.attempts.some(({ commit }) => commit === head)) return undefined;
  const by = sessionIn((await branches.message(head)) ?? '');
  if (by === undefined || !runs.attempts.some(({ session }) => session === by)) return undefined;
  const from = await branches.parent(head);
  if (from === undefined) return undefined;
  const isProtected = createProtection(config.runs.protectedPaths);
  const [refusal] = await judgePushed({ from, commit: head }, { branches, gate, isProtected });
  if (refusal) {
    const what = refusal.path === undefined ? '' : ` ${refusal.path}:`;
    return {
      refused: `What session ${by} left on ${work.branch} may not leave a sandbox:${what} ${refusal.why}. Look at it, and remove the branch.`,
    };
  }
  return { offer: toOffer(work, { from, commit: head, held: false }, gate.plain), by };
}

/** As the message of a run's commit ends. Anybody who may push can write one: what it leads to is a draft of what is on the branch. */
function sessionIn(message: string): string | undefined {
  return /\bCourier, session (S\d{8}-\d{6}-[a-z0-9]+)\.\s*$/.exec(message)?.[1];
}
