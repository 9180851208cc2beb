import { execFile } from 'node:child_process';
import { chmod, lchown, lstat, mkdir, mkdtemp, readdir, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { isPlainRelative } from '../../lib/safe-path.ts';
import type { SandboxFile } from '../../sandboxes/sandbox.ts';
import { madeUpFiles } from './bubblewrap-policy.ts';
import { endLeftProcesses } from './end-left-processes.ts';
import { isFileError, readRegular } from './real-folders.ts';

const prefix = 'courier-sandbox-';
const atOnce = 16;

/** A fresh folder (0700) on the host: `home` (with the workspace `repo`) and `tmp` are bound into the sandbox, `etc` read-only. `session`: whose it is. */
export async function createStorage(tempDir: string, session = ''): Promise<string> {
  await mkdir(tempDir, { recursive: true });
  const storage = await mkdtemp(path.join(tempDir, prefix));
  await writeFile(path.join(storage, 'owner'), `${process.pid} ${hostname()}`);
  await writeFile(path.join(storage, 'session'), session);
  for (const folder of ['etc', 'home', 'home/repo', 'tmp']) await mkdir(path.join(storage, folder));
  for (const [name, text] of Object.entries(madeUpFiles)) await writeFile(path.join(storage, 'etc', name), text);
  await chmod(path.join(storage, 'tmp'), 0o777);
  return storage;
}

/**
 * Writes the repository's files into the workspace. Links come last, as text: no file is ever written through one.
 *
 * @throws Error for a path that leads out of the workspace, or one that is not new.
 */
export async function fillWorkspace(storage: string, files: AsyncIterable<SandboxFile>): Promise<void> {
  const root = path.join(storage, 'home/repo');
  const folders = new Set<string>();
  const links: { path: string; target: string }[] = [];
  const writing = new Set<Promise<void>>();
  for await (const file of files) {
    if (!isPlainRelative(file.path))
      throw new Error(`The sandbox has no place for the path ${JSON.stringify(file.path)}.`);
    await ensureParent(root, file.path, folders);
    if (file.mode === 'link') {
      links.push(file);
      continue;
    }
    const place = path.join(root, file.path);
    const work = writeFile(place, file.data, { flag: 'wx', mode: file.mode === 'executable' ? 0o755 : 0o644 });
    const tracked = work.finally(() => writing.delete(tracked));
    writing.add(tracked);
    if (writing.size >= atOnce) await Promise.race(writing);
  }
  await Promise.all(writing);
  for (const { path: name, target } of links) await symlink(target, path.join(root, name));
}

async function ensureParent(root: string, name: string, known: Set<string>): Promise<void> {
  const parent = path.posix.dirname(name);
  if (known.has(parent)) return;
  await mkdir(path.join(root, parent), { recursive: true });
  known.add(parent);
}

/** Makes the storage belong to the user whom the sandbox runs as. Only before anything ran in it. */
export async function giveStorage(storage: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  await lchown(storage, uid, gid);
  const folders = ['home', 'tmp'].map((folder) => path.join(storage, folder));
  await runQuietly('/bin/chown', ['-hR', `${uid}:${gid}`, '--', ...folders]);
}

/**
 * Removes the storage, whatever was left in it: `rm` copes with folders nested deeper than a path is long. May be repeated.
 */
export async function removeStorage(storage: string): Promise<void> {
  await runQuietly('/bin/rm', ['-rf', '--one-file-system', '--', storage]);
  const left = await lstat(storage).catch(() => undefined);
  if (!left) return;
  // A folder without permissions stopped it, as a user who is not root.
  await runQuietly('/bin/chmod', ['-R', 'u+rwX', '--', storage]);
  await runQuietly('/bin/rm', ['-rf', '--one-file-system', '--', storage]);
}

const parkedMark = 'parked';

/** Keeps the storage beyond this process, for `takeParked`: nobody sweeps it. */
export async function parkStorage(storage: string): Promise<void> {
  await writeFile(path.join(storage, 'owner'), parkedMark);
}

/** A storage that was parked, for this process alone; `undefined` where there is none of that name. */
export async function takeParked(tempDir: string, id: string): Promise<string | undefined> {
  if (!/^courier-sandbox-[\w-]+$/.test(id)) return undefined;
  const storage = path.join(tempDir, id);
  const owner = await readRegular(path.join(storage, 'owner')).catch(() => undefined);
  if (owner !== parkedMark) return undefined;
  await writeFile(path.join(storage, 'owner'), `${process.pid} ${hostname()}`);
  return storage;
}

/** Removes what processes left behind that died before they could. */
export async function sweepStorage(tempDir: string): Promise<void> {
  // By their names: a machine's folder for temporary files may hold very many others.
  const names = await readdir(tempDir).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(prefix))) {
    const storage = path.join(tempDir, name);
    const found = await lstat(storage).catch(() => undefined);
    if (!found?.isDirectory() || !(await isLeftBehind(storage))) continue;
    await endLeftProcesses(storage);
    await removeStorage(storage);
  }
}

/** Whether the process that it belonged to is dead. */
export async function isLeftBehind(storage: string): Promise<boolean> {
  const owner = await readRegular(path.join(storage, 'owner')).catch(() => undefined);
  const [pid = '', host] = (owner ?? '').split(' ');
  // It is just being made, or belongs to another user or to a container that shares the disk: then nobody can say whether it lives.
  if (!/^[1-9]\d*$/.test(pid) || host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return isFileError(error, 'ESRCH');
  }
}

function runQuietly(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    execFile(program, args, { env: {}, cwd: '/' }, () => resolve());
  });
}
