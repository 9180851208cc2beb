import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Output } from '../../flows/ports.ts';
import { ExternalError } from '../../lib/errors.ts';
import { ensureOwnFolder, ensureRealFolder, isFileError, readRegular, refuseLink, writeWhole } from './real-folders.ts';

/**
 * Reports or session files in one folder of the host: below the folder only, never through a link.
 *
 * @throws Error for a path that leads out, UserError where a link or a file is in the way.
 */
export function createFolderOutput(folder: string): Output {
  const root = path.resolve(folder);
  const appending = new Map<string, Promise<void>>();
  const place = (name: string) => {
    if (!isInside(name)) throw new Error(`The output folder has no place for the path ${JSON.stringify(name)}.`);
    return path.join(root, ...name.split('/'));
  };
  const makeRoom = async (file: string) => {
    await hide(root);
    await ensureRealFolder(root, path.relative(root, path.dirname(file)).split(path.sep).join('/'));
  };
  return {
    folder: root,
    async write(name, text) {
      const file = place(name);
      await makeRoom(file);
      await writeWhole(file, text);
      return file;
    },
    async append(name, line) {
      const file = place(name);
      const before = appending.get(file);
      const done = (before ?? makeRoom(file)).then(() => appendLine(file, line));
      // What failed may go well the next time: it begins anew.
      appending.set(file, done);
      done.catch(() => appending.get(file) === done && appending.delete(file));
      return done;
    },
    async read(name, { maxBytes }) {
      const file = place(name);
      await refuseLinks(root, name);
      const found = await lstat(file).catch(() => undefined);
      if (found?.isFile() && found.size > maxBytes)
        throw new ExternalError(`${file} is larger than ${maxBytes} bytes: it is nothing that Courier wrote.`);
      return readRegular(file);
    },
    async list() {
      await refuseLinks(root, 'x');
      const names = await readdir(root).catch((error: unknown) => {
        if (isFileError(error, 'ENOENT', 'ENOTDIR')) return [];
        throw error;
      });
      return names.sort();
    },
    async remove() {
      await refuseLinks(root, 'x');
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** Sessions have a folder each below `.courier/sessions`, and it is that one which git is not to see. */
async function hide(root: string): Promise<void> {
  const [parent] = ownParents(root);
  if (parent !== undefined) await ensureOwnFolder(parent);
  await ensureOwnFolder(root);
}

/** The folders between `.courier` and `root`, itself left out; `.courier` is the last. */
function ownParents(root: string): string[] {
  const parent = path.dirname(root);
  const above = path.dirname(parent);
  return path.basename(above) === '.courier' ? [parent, above] : [];
}

async function refuseLinks(root: string, name: string): Promise<void> {
  const below = name.split('/').slice(0, -1);
  const inside = below.map((_, index) => path.join(root, ...below.slice(0, index + 1)));
  for (const folder of [...ownParents(root), root, ...inside]) await refuseLink(folder);
}

async function appendLine(file: string, line: string): Promise<void> {
  const flags = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const handle = await open(file, flags, 0o644).catch(async (error: unknown) => {
    if (isFileError(error, 'ELOOP', 'EISDIR', 'ENXIO')) await refuseLink(file);
    throw error;
  });
  try {
    await handle.appendFile(`${(await endsInLine(handle)) ? '' : '\n'}${line}\n`);
  } finally {
    await handle.close();
  }
}

/** Looked at each time: another process may write here too, and this one's last write may have been cut off by a full disk. */
async function endsInLine(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return true;
  const { buffer } = await handle.read({ buffer: Buffer.alloc(1), position: size - 1 });
  return buffer[0] === 0x0a;
}

function isInside(name: string): boolean {
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:\p{Cc}]/u.test(part));
}
