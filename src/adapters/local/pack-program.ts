import { spawn } from 'node:child_process';
import { messageOf } from '../../lib/errors.ts';
import type { PackedProgram, ProgramName } from '../../sandboxes/program-package.ts';
import type { ProgramShelf } from './program-shelf.ts';

/** Programs for sandboxes elsewhere, from a shelf that holds folders alone. */
export function packPrograms(shelf: ProgramShelf): (name: ProgramName) => Promise<PackedProgram> {
  return async (name) => {
    const { program, share } = await shelf.take(name);
    return { program, archive: () => pack(share.from) };
  };
}

/** @throws Error where it was not packed to its end */
async function* pack(folder: string): AsyncGenerator<Uint8Array> {
  const owners = ['--owner=0', '--group=0', '--numeric-owner'];
  const child = spawn('tar', ['-C', folder, ...owners, '-czf', '-', '.'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise<string | undefined>((resolve) => {
    child.on('error', (error) => resolve(messageOf(error)));
    child.on('close', (code) => resolve(code === 0 ? undefined : `tar ended with ${code}`));
  });
  try {
    for await (const chunk of child.stdout) yield chunk;
    const problem = await ended;
    if (problem !== undefined) throw new Error(`${folder} could not be packed: ${problem}.`);
  } finally {
    child.kill('SIGKILL');
  }
}
