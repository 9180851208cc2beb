import type { RepositoryGaps } from '../../flows/ports.ts';
import type { Git } from './git.ts';
import { readInside } from './read-inside.ts';

const mostPointers = 10_000;
const pointerBytes = 1024;

/** What git tracks here and no file holds. A git that cannot tell is no reason to stop: then nothing is known to be absent. */
export async function readGaps(root: string, git: Git): Promise<RepositoryGaps> {
  const [staged, large] = await Promise.all([
    git(['ls-files', '-z', '--stage']),
    git(['ls-files', '-z', '--', ':(attr:filter=lfs)']),
  ]);
  const submodules = linesOf(staged).flatMap((entry) => {
    const [about = '', name = ''] = entry.split('\t');
    return about.startsWith('160000 ') ? [name] : [];
  });
  const isPointer = async (name: string) => {
    const start = await readInside(root, name, pointerBytes);
    return start?.toString('latin1').startsWith('version https://git-lfs.github.com/spec/') ? [name] : [];
  };
  const pointers = await Promise.all(linesOf(large).slice(0, mostPointers).map(isPointer));
  return { submodules, pointers: pointers.flat() };
}

function linesOf({ exitCode, stdout }: Awaited<ReturnType<Git>>): string[] {
  return exitCode === 0 ? stdout.toString('utf8').split('\0').filter(Boolean) : [];
}
