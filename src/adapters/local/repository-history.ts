import type { RepositoryHistory } from '../../flows/ports.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Git } from './git.ts';

const mostBytes = 100 << 20;

/**
 * All commits up to the head as a git bundle: objects and one name, so neither remotes nor settings nor credentials. A shallow checkout makes
 * a bundle that nobody can clone.
 */
export async function readHistory(git: Git): Promise<RepositoryHistory> {
  const shallow = await git(['rev-parse', '--is-shallow-repository']);
  if (shallow.stdout.toString().trim() !== 'false')
    return { none: 'the checkout is shallow (fetch-depth: 0 of actions/checkout gets all commits)' };
  const counted = await git(['count-objects', '-v']);
  const packed = Number(/^size-pack: (\d+)$/m.exec(counted.stdout.toString())?.[1] ?? '0') * 1024;
  const tooLarge = { none: `it is larger than ${mostBytes >> 20} MB` };
  if (packed > mostBytes) return tooLarge;
  try {
    const made = await git(['bundle', 'create', '--quiet', '-', 'HEAD'], { maxBytes: mostBytes });
    return made.exitCode === 0 ? { bundle: made.stdout } : { none: 'the checkout does not hold all of it' };
  } catch (error) {
    return messageOf(error).includes('maxBuffer') ? tooLarge : { none: 'git could not read it' };
  }
}
