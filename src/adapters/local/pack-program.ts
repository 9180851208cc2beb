import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rename, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { messageOf } from '../../lib/errors.ts';
import type { PackedProgram, ProgramName } from '../../sandboxes/program-package.ts';
import type { ProgramShelf } from './program-shelf.ts';

/**
 * Programs for sandboxes elsewhere, from a shelf that holds folders alone. Each is packed once and its archive kept beside its folder: a sandbox is
 * made for every scan, and again for each part of a large repository.
 */
export function packPrograms(shelf: ProgramShelf): (name: ProgramName) => Promise<PackedProgram> {
  const packed = new Map<string, Promise<string>>();
  const packOnce = (folder: string) => {
    const before = packed.get(folder);
    if (before) return before;
    const archive = keepPacked(folder);
    packed.set(folder, archive);
    archive.catch(() => packed.delete(folder));
    return archive;
  };
  return async (name) => {
    const { program, share } = await shelf.take(name);
    const archive = await packOnce(share.from);
    return { program, archive: () => createReadStream(archive) };
  };
}

async function keepPacked(folder: string): Promise<string> {
  const archive = `${folder}.tar.gz`;
  if (existsSync(archive)) {
    await utimes(archive, new Date(), new Date()).catch(() => undefined);
    return archive;
  }
  // By its name the shelf knows it as a draft, should nobody finish it.
  const draft = path.join(path.dirname(folder), `.installing-${randomUUID()}.tar.gz`);
  try {
    await pipeline(pack(folder), createWriteStream(draft));
    await rename(draft, archive);
    return archive;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** @throws Error where it was not packed to its end */
async function* pack(folder: string): AsyncGenerator<Uint8Array> {
  const owners = ['--owner=0', '--group=0', '--numeric-owner'];
  // A third of the time of the usual way, and a tenth larger.
  const how = ['--use-compress-program=gzip -1'];
  const child = spawn('tar', ['-C', folder, ...owners, ...how, '-cf', '-', '.'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
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
