import type { Trigger } from '../events/trigger.ts';

export type MayReconcile = { may: true } | { may: false; why: string };

/** Whether a step may write at all: on the default branch only, whatever another job's session says of itself. */
export function mayPublish(trigger: Trigger, remote: { defaultBranch: string }): MayReconcile {
  if (trigger.pullRequest) return { may: false, why: 'A pull request is reported, not published.' };
  if (trigger.ref === undefined || trigger.ref === `refs/heads/${remote.defaultBranch}`) return { may: true };
  const why = `Nothing was published: ${trigger.ref} is not the default branch ${remote.defaultBranch}.`;
  return { may: false, why };
}

/**
 * Whether a scan may change issues: only one of the default branch's head may, as only that says what is in the repository now.
 * @param commit the commit under scan; `head` the default branch's, when the session began.
 */
export function mayReconcile(
  trigger: Trigger,
  commit: string | undefined,
  remote: { defaultBranch: string; defaultHead: string | undefined },
): MayReconcile {
  const published = mayPublish(trigger, remote);
  if (!published.may) return published;
  if (commit === undefined) return { may: false, why: 'Nothing was published: the files under scan are not a commit.' };
  if (commit !== remote.defaultHead) {
    const head = remote.defaultHead ? remote.defaultHead.slice(0, 7) : 'unknown';
    return {
      may: false,
      why: `Nothing was published: ${commit.slice(0, 7)} is not the head of ${remote.defaultBranch} (${head}).`,
    };
  }
  return { may: true };
}
