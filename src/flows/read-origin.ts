import { changesBetween } from '../runs/apply-patch.ts';
import type { PatchChange } from '../runs/patch.ts';
import { type BaseTree, readBaseTree } from './collect-patch.ts';
import type { GitHub } from './github-ports.ts';
import type { Ports } from './ports.ts';

/** Where the branch of an issue's runs began, and what it holds since then: all of it is the pull request's. */
export type Origin = { files: BaseTree; changes: readonly PatchChange[] };

/**
 * What runs before this one, and people, brought to the branch. `undefined` where that is nothing, or where neither GitHub nor the checkout tell.
 * @param at the branch's newest commit, with its files.
 */
export async function readOrigin(
  { base, head, files }: { base: string; head: string; files: BaseTree },
  { github, repository }: { github: Pick<GitHub, 'branches'>; repository: Pick<Ports['repository'], 'filesAt'> },
): Promise<Origin | undefined> {
  const fork = await github.branches.fork(base, head);
  const before = fork === undefined || fork === head ? undefined : await repository.filesAt(fork);
  if (!before) return undefined;
  const origin = await readBaseTree(before());
  return { files: origin, changes: changesBetween(origin, files) };
}
