import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { isPlainRelative } from '../../lib/safe-path.ts';
import { isFileError } from './real-folders.ts';

/**
 * Reads a regular file below `root` (absolute, real). The path may come from a model or from the repository: absolute ones, ones that
 * lead out by `..` or by a link, `.git` (it holds credentials), devices and files above `maxBytes` all read as `undefined`.
 */
export async function readInside(root: string, name: string, maxBytes: number): Promise<Buffer | undefined> {
  const real = await resolveInside(root, name);
  if (real === undefined) return undefined;
  try {
    const handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { size } = await handle.stat().then((found) => (found.isFile() ? found : { size: Infinity }));
      return size > maxBytes ? undefined : await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isFileError(error, 'ENOENT', 'ELOOP', 'ENOTDIR', 'ENXIO', 'EACCES', 'EPERM', 'EISDIR')) return undefined;
    throw error;
  }
}

async function resolveInside(root: string, name: string): Promise<string | undefined> {
  if (!isPlainRelative(name)) return undefined;
  try {
    const real = await realpath(path.join(root, name));
    const relative = path.relative(root, real);
    return isPlainRelative(relative.split(path.sep).join('/')) ? real : undefined;
  } catch {
    return undefined;
  }
}
