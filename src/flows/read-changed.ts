import type { ChangedFiles } from '../ledger/runs-record.ts';
import { ExternalError } from '../lib/errors.ts';
import type { Branches } from './pull-request-ports.ts';

const most = 200;
const longestPath = 1000;

/**
 * The files that a commit has otherwise than the commit at which it left its base: what its pull request changes.
 *
 * @param known as it was on record, and `own`: what is known to have changed since; where GitHub does not list so many files, it is these together.
 */
export async function readChanged(
  {
    base,
    commit,
    known,
    own,
  }: { base: string; commit: string; known: ChangedFiles | undefined; own: Iterable<string> },
  branches: Pick<Branches, 'fork' | 'tree'>,
): Promise<ChangedFiles> {
  const paths = (await differing({ base, commit }, branches)) ?? new Set([...(known?.paths ?? []), ...own]);
  const kept = [...paths].filter((path) => path.length <= longestPath).toSorted();
  return { commit, paths: kept.slice(0, most), more: Math.max(0, kept.length - most) };
}

async function differing(
  { base, commit }: { base: string; commit: string },
  branches: Pick<Branches, 'fork' | 'tree'>,
): Promise<Set<string> | undefined> {
  try {
    const fork = await branches.fork(base, commit);
    if (fork === undefined) return undefined;
    const [before, after] = await Promise.all([branches.tree(fork), branches.tree(commit)]);
    const isSame = (path: string) => {
      const [old, now] = [before.get(path), after.get(path)];
      return old?.id === now?.id && old?.mode === now?.mode;
    };
    return new Set([...before.keys(), ...after.keys()].filter((path) => !isSame(path)));
  } catch (error) {
    if (!(error instanceof ExternalError)) throw error;
    return undefined;
  }
}
