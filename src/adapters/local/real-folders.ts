import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../lib/errors.ts';

/** Whether an error of the file system carries one of these codes (`ENOENT`, …). */
export function isFileError(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code);
}

/**
 * Makes `root` and the folders of `relative` below it. The scanned repository is untrusted and may bring links in these places,
 * so each folder must be a real one.
 *
 * @returns the absolute path. @throws UserError where a link or a file is in the way, or nobody may write.
 */
export async function ensureRealFolder(root: string, relative = ''): Promise<string> {
  await mkdir(root, { recursive: true }).catch(explainRefusal(root));
  await refuseLink(root);
  let folder = root;
  for (const part of relative.split('/').filter((name) => name !== '' && name !== '.')) {
    folder = path.join(folder, part);
    await mkdir(folder).catch((error: unknown) => {
      if (!isFileError(error, 'EEXIST')) explainRefusal(folder)(error);
    });
    await refuseLink(folder);
  }
  return folder;
}

/** Throws a `UserError` where the file system says that nobody may write there, and the error as it is for everything else. */
function explainRefusal(place: string): (error: unknown) => never {
  return (error) => {
    if (!isFileError(error, 'EACCES', 'EPERM', 'EROFS')) throw error;
    throw new UserError(
      `${place} cannot be written: permission denied. Give yourself write access to it and try again.`,
      {
        cause: error,
      },
    );
  };
}

/** @throws UserError where something is in that place and it is not a real folder. */
export async function refuseLink(folder: string): Promise<void> {
  const found = await lstat(folder).catch((error: unknown) => {
    if (isFileError(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (!found || found.isDirectory()) return;
  const what = found.isSymbolicLink() ? 'a symbolic link' : 'not a folder';
  throw new UserError(`${folder} is ${what}. Courier writes into real folders only: remove it and try again.`);
}

/** Writes a file whole or not at all: a new file beside it, flushed, then renamed. A link in its place is replaced, never followed. */
export async function writeWhole(file: string, data: string | Uint8Array): Promise<void> {
  const fresh = path.join(path.dirname(file), `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(fresh, 'wx', 0o644);
    try {
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    return explainRefusal(file)(error);
  }
}

/** Text of a regular file; `undefined` for a link or whatever else is there. */
export async function readRegular(file: string): Promise<string | undefined> {
  try {
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return (await handle.stat()).isFile() ? await handle.readFile('utf8') : undefined;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isFileError(error, 'ENOENT', 'ELOOP', 'ENOTDIR', 'ENXIO')) return undefined;
    throw error;
  }
}

/**
 * Makes a folder of Courier's own. Below `.courier/` it gets a `.gitignore` that hides it, so that a ledger or report never
 * slips into a commit; `.courier/` itself stays visible, because blueprints live there.
 *
 * @throws UserError where a link or a file is in the way.
 */
export async function ensureOwnFolder(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  const hidden = path.basename(parent) === '.courier';
  if (hidden) await refuseLink(parent);
  await ensureRealFolder(folder);
  const ignore = path.join(folder, '.gitignore');
  if (hidden && (await readRegular(ignore)) === undefined) await writeWhole(ignore, '*\n');
}
