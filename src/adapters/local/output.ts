import path from 'node:path';
import type { Output } from '../../flows/ports.ts';
import { ensureOwnFolder, ensureRealFolder, writeWhole } from './real-folders.ts';

/**
 * Reports and session files in one folder of the host. Each file is written whole or not at all, and below the folder only.
 *
 * @throws Error for a path that leads out, UserError where a link or a file is in the way.
 */
export function createFolderOutput(folder: string): Output {
  const root = path.resolve(folder);
  return {
    async write(name, text) {
      if (!isInside(name)) throw new Error(`The output folder has no place for the path ${JSON.stringify(name)}.`);
      await ensureOwnFolder(root);
      const parent = await ensureRealFolder(root, path.posix.dirname(name));
      const file = path.join(parent, path.posix.basename(name));
      await writeWhole(file, text);
      return file;
    },
  };
}

function isInside(name: string): boolean {
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:\p{Cc}]/u.test(part));
}
