import { randomBytes } from 'node:crypto';
import { chmod, chown, constants, copyFile, link, lstat, readdir, rename, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import { ensureRealFolder, isFileError } from './real-folders.ts';

/**
 * What setups made, one archive by key, in a folder of the host. Archives are data of the inside: nobody opens them but a sandbox.
 *
 * Contract: what is found was published whole, by this user. Nothing here is the only copy of anything.
 */
export type LayerStore = {
  /** Puts an archive where a sandbox can be given it. @returns whether there is one. */
  take(key: string, place: string): Promise<boolean>;
  publish(key: string, file: string): Promise<void>;
  drop(key: string): Promise<void>;
};

export type LayerLimits = { bytes: number; archives: number };

const usualLimits: LayerLimits = { bytes: 4 * 2 ** 30, archives: 8 };
const staleMs = 3_600_000;

export function createLayerStore(folder: string, limits: LayerLimits = usualLimits): LayerStore {
  const fileOf = (key: string) => path.join(folder, `${key}.tar`);
  return {
    async take(key, place) {
      const file = fileOf(key);
      if (!(await isOwnFolder(folder)) || !(await isOwnFile(file))) return false;
      // The storage may lie on another disk.
      await link(file, place).catch(() => copyFile(file, place, constants.COPYFILE_FICLONE));
      await utimes(file, new Date(), new Date()).catch(() => undefined);
      return true;
    },
    async publish(key, file) {
      await ensureRealFolder(folder);
      await chmod(folder, 0o700);
      if (!(await isOwnFolder(folder))) return;
      const fresh = path.join(folder, `.${randomBytes(6).toString('hex')}.tmp`);
      try {
        await copyFile(file, fresh, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
        // A copy belongs to whom the file belonged.
        const [uid, gid] = [process.getuid?.(), process.getgid?.()];
        if (uid !== undefined && gid !== undefined) await chown(fresh, uid, gid);
        await chmod(fresh, 0o644);
        await rename(fresh, fileOf(key));
      } finally {
        await rm(fresh, { force: true });
      }
      await prune(folder, limits);
    },
    drop: (key) => rm(fileOf(key), { force: true }),
  };
}

/** A folder that others may write to could hold anybody's archives. */
async function isOwnFolder(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(ifMissing);
  return found?.isDirectory() === true && isOwn(found) && (found.mode & 0o022) === 0;
}

async function isOwnFile(file: string): Promise<boolean> {
  const found = await lstat(file).catch(ifMissing);
  return found?.isFile() === true && isOwn(found);
}

function isOwn({ uid }: { uid: number }): boolean {
  return uid === process.getuid?.();
}

function ifMissing(error: unknown): undefined {
  if (isFileError(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return undefined;
  throw error;
}

/** Keeps what was used last. */
async function prune(folder: string, { bytes, archives }: LayerLimits): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^(?:[0-9a-f]{64}\.tar|\.[0-9a-f]+\.tmp)$/.test(name));
  const found = names.map(async (name) => {
    const { mtimeMs, size } = await lstat(path.join(folder, name)).catch(() => ({ mtimeMs: 0, size: 0 }));
    return { name, mtimeMs, size };
  });
  let room = bytes;
  let left = archives;
  for (const { name, mtimeMs, size } of (await Promise.all(found)).toSorted((a, b) => b.mtimeMs - a.mtimeMs)) {
    if (name.endsWith('.tmp')) {
      if (Date.now() - mtimeMs > staleMs) await rm(path.join(folder, name), { force: true });
      continue;
    }
    room -= size;
    left -= 1;
    if (room < 0 || left < 0) await rm(path.join(folder, name), { force: true });
  }
}
