import type { SandboxFile } from '../sandboxes/sandbox.ts';

type Mode = SandboxFile['mode'];

/** What a run did to one file. `data` of a link is its target. */
export type PatchChange =
  | { path: string; change: 'added'; mode: Mode; data: Uint8Array }
  | { path: string; change: 'changed'; mode: Mode; data: Uint8Array; before: { mode: Mode; data: Uint8Array } }
  | { path: string; change: 'deleted'; before: { mode: Mode } };

/** The files of a commit, or what a sandbox holds now: by path, what tells one content from another. */
export type TreeDigests = ReadonlyMap<string, { mode: Mode; digest: string }>;

/** A path at which two trees differ, sorted by path. */
export type TreeDifference = { path: string; change: PatchChange['change'] };

/** What differs from `base` in `work`; contents are still to be read. */
export function compareTrees(base: TreeDigests, work: TreeDigests): TreeDifference[] {
  const differences: TreeDifference[] = [];
  for (const [path, now] of work) {
    const before = base.get(path);
    if (!before) differences.push({ path, change: 'added' });
    else if (before.digest !== now.digest || before.mode !== now.mode) differences.push({ path, change: 'changed' });
  }
  for (const path of base.keys()) if (!work.has(path)) differences.push({ path, change: 'deleted' });
  return differences.sort((a, b) => (a.path < b.path ? -1 : 1));
}
