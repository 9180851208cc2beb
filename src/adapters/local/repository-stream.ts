import { lstat, readlink } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../lib/log.ts';
import { count } from '../../lib/text.ts';
import type { SandboxFile } from '../../sandboxes/sandbox.ts';
import { readInside } from './read-inside.ts';

/** Bytes: of one file, and of all files together. */
export type StreamLimits = { file: number; total: number };

export const streamLimits: StreamLimits = { file: 20 << 20, total: 2 ** 31 };

/** The named files, one at a time, for a sandbox. What is too large is left out, and said so in the log. */
export async function* streamFiles(
  root: string,
  names: readonly string[],
  { log, limits }: { log: Log; limits: StreamLimits },
): AsyncGenerator<SandboxFile> {
  const left: string[] = [];
  let total = 0;
  for (const name of names) {
    const file = await readForSandbox(root, name, Math.min(limits.file, limits.total - total));
    if (file === 'too-large') left.push(name);
    else if (file) {
      total += file.mode === 'link' ? 0 : file.data.length;
      yield file;
    }
  }
  if (left.length > 0) log.warn(leftOut(left, limits));
}

async function readForSandbox(
  root: string,
  name: string,
  most: number,
): Promise<SandboxFile | 'too-large' | undefined> {
  const place = path.join(root, name);
  const found = await lstat(place).catch(() => undefined);
  if (!found) return undefined;
  if (found.isSymbolicLink()) {
    const target = await readlink(place).catch(() => undefined);
    return target === undefined ? undefined : { path: name, mode: 'link', target };
  }
  if (found.size > most) return 'too-large';
  const data = await readInside(root, name, most);
  if (!data) return undefined;
  return { path: name, mode: (found.mode & 0o100) === 0 ? 'file' : 'executable', data };
}

function leftOut(names: readonly string[], limits: StreamLimits): string {
  const some = names.slice(0, 5).join(', ') + (names.length > 5 ? ', …' : '');
  const bounds = `${Math.round(limits.file / 2 ** 20)} MB per file, ${Math.round(limits.total / 2 ** 20)} MB in all`;
  return `${count(names.length, 'file')} did not fit into the sandbox (${bounds}): ${some}`;
}
