import type { Git } from './git.ts';

// Similar files are looked for among at most so many that are gone and so many that are new: beyond, git tells only exact renames.
const renameLimit = 2_000;

/**
 * Files below the root that `head` has under another path than `since` had them, old path to new.
 * `undefined` where the checkout does not hold that commit, as a shallow one does not.
 */
export async function readRenames(
  git: Git,
  { since, head }: { since: string; head: string },
): Promise<ReadonlyMap<string, string> | undefined> {
  if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(since)) return undefined;
  const diff = await git([
    'diff',
    '--find-renames=50%',
    `-l${renameLimit}`,
    '--diff-filter=R',
    '--name-status',
    '-z',
    '--no-ext-diff',
    '--no-textconv',
    '--ignore-submodules=all',
    '--relative',
    since,
    head,
    '--',
  ]);
  return diff.exitCode === 0 ? parseRenames(diff.stdout.toString('utf8')) : undefined;
}

/** Reads `R087 NUL old NUL new NUL` and so on. */
function parseRenames(output: string): ReadonlyMap<string, string> {
  const fields = output.split('\0');
  const renames = new Map<string, string>();
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [status, from, to] = fields.slice(at, at + 3);
    if (status?.startsWith('R') && from && to) renames.set(from, to);
  }
  return renames;
}
