import { execFile } from 'node:child_process';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { InstalledProgram } from '../../sandboxes/program-package.ts';
import type { Share } from './bubblewrap-policy.ts';

/** A program on this machine, and how a sandbox gets to see it. */
export type ShelvedProgram = { program: InstalledProgram; share: Share };

const run = promisify(execFile);

/**
 * What of a program a sandbox binds. Bubblewrap runs as `user`, where that is not the own one: what this one cannot reach (a cache below
 * root's home) is linked into the sandbox's storage, beside what commands can write to, or copied where that is another file system.
 */
export async function placeProgram(
  share: Share,
  { storage, user }: { storage: string; user: { uid: number; gid: number } | undefined },
): Promise<Share> {
  if (!user || (await isOpenToAll(share.from))) return share;
  const folder = path.join(storage, 'program');
  const place = path.join(folder, path.basename(share.from));
  await run('/bin/rm', ['-rf', '--one-file-system', '--', folder], { env: {} });
  await mkdir(folder, { mode: 0o755 });
  const copy = (how: string) => run('/bin/cp', [how, '--', share.from, place], { env: {} });
  await copy('-al').catch(async () => {
    await run('/bin/rm', ['-rf', '--', place], { env: {} });
    await copy('-a');
  });
  return { ...share, from: place };
}

/** Whether everybody on this machine may go there. */
async function isOpenToAll(place: string): Promise<boolean> {
  for (let folder = place; ; folder = path.dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}
