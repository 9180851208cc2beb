import { ExternalError } from '../../lib/errors.ts';
import type { Git } from './git.ts';

/** Those of the paths (relative to the root) that the ignore rules of the working tree name. */
export async function findIgnored(git: Git, paths: readonly string[]): Promise<ReadonlySet<string>> {
  if (paths.length === 0) return new Set();
  const input = paths.map((path) => `./${path}\0`).join('');
  const found = await git(['check-ignore', '--no-index', '-z', '--stdin'], { input });
  // 1: it ignores none of them.
  if (found.exitCode > 1) throw new ExternalError(`git check-ignore failed: ${found.stderr.trim()}`);
  const names = found.stdout.toString('utf8').split('\0').filter(Boolean);
  return new Set(names.map((name) => name.replace(/^\.\//, '')));
}
