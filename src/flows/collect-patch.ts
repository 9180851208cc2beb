import { ExternalError } from '../lib/errors.ts';
import { sha256 } from '../lib/hash.ts';
import type { PatchChange } from '../runs/patch.ts';
import { digestCommand, type ListedFile, listingCommand, readDigests, readListing } from '../runs/read-listing.ts';
import type { Sandbox, SandboxFile } from '../sandboxes/sandbox.ts';
import type { Repository } from './ports.ts';

/** The files of the commit that a sandbox was made from, as it got them. */
export type BaseTree = ReadonlyMap<string, { mode: SandboxFile['mode']; data: Uint8Array; digest: string }>;

export async function readBaseTree(files: AsyncIterable<SandboxFile>): Promise<BaseTree> {
  const tree = new Map<string, { mode: SandboxFile['mode']; data: Uint8Array; digest: string }>();
  for await (const file of files) {
    const data = file.mode === 'link' ? new TextEncoder().encode(file.target) : file.data;
    tree.set(file.path, { mode: file.mode, data, digest: sha256(data) });
  }
  return tree;
}

export type Collected = {
  changes: PatchChange[];
  /** All paths of the tree with the changes. */
  paths: string[];
  /** Changed files that are too large to be read, with what the sandbox says of their size. */
  oversize: { path: string; bytes: number }[];
};

const timeoutMs = 120_000;
const listingBytes = 64 << 20;

/**
 * What a run did to the files of its sandbox, compared with its base on the host. The sandbox tells which files it holds and is believed in
 * nothing that matters: each file that seems to differ is read and compared here, and what it hides stays as it was. What git ignores is left
 * out, by the rules of the base.
 *
 * @param limits.largestFile in bytes: larger files are not read.
 * @throws ExternalError where the sandbox does not answer as it has to.
 */
export async function collectPatch(
  sandbox: Pick<Sandbox, 'exec' | 'readFile' | 'workspace'>,
  base: BaseTree,
  {
    repository,
    signal,
    largestFile,
  }: { repository: Pick<Repository, 'ignored'>; signal: AbortSignal; largestFile: number },
): Promise<Collected> {
  const listed = await list(sandbox, signal);
  const fresh = listed.filter(({ path }) => !base.has(path));
  const ignored = await repository.ignored(fresh.map(({ path }) => path));
  const held = listed.filter(({ path }) => !ignored.has(path));
  const suspects = await differing(held, base, { sandbox, signal });
  const changes: PatchChange[] = [];
  const oversize: Collected['oversize'] = [];
  for (const file of suspects) {
    if (file.bytes > largestFile) oversize.push({ path: file.path, bytes: file.bytes });
    else changes.push(...(await read(file, base, { sandbox, largestFile })));
  }
  const paths = new Set(held.map(({ path }) => path));
  for (const [path, { mode }] of base)
    if (!paths.has(path) && (await isGone(path, sandbox))) changes.push({ path, change: 'deleted', before: { mode } });
    else paths.add(path);
  return { changes: changes.sort((a, b) => (a.path < b.path ? -1 : 1)), paths: [...paths], oversize };
}

type Looking = { sandbox: Pick<Sandbox, 'exec' | 'readFile' | 'workspace'>; signal: AbortSignal };

async function list(sandbox: Looking['sandbox'], signal: AbortSignal): Promise<ListedFile[]> {
  const options = { cwd: sandbox.workspace, timeoutMs, signal, maxOutputBytes: listingBytes };
  const { stdout, exitCode, timedOut, truncated } = await sandbox.exec(listingCommand, options);
  if (timedOut || truncated)
    throw new ExternalError('The sandbox holds too many files to be compared with the commit.');
  const listing = readListing(stdout);
  if (!listing || (exitCode !== 0 && listing.files.length + listing.odd.length === 0))
    throw new ExternalError(`The sandbox does not list its files (find ended with ${exitCode}).`);
  if (listing.odd.length > 0)
    throw new ExternalError(`The sandbox holds ${listing.odd.length} files whose paths no repository can hold.`);
  return listing.files;
}

/** Those that are not, or may not be, as the base has them: contents are only hashed where sizes are the same. */
async function differing(
  files: readonly ListedFile[],
  base: BaseTree,
  { sandbox, signal }: Looking,
): Promise<ListedFile[]> {
  const same = files.filter((file) => {
    const before = base.get(file.path);
    return before && before.mode === file.mode && file.mode !== 'link' && before.data.length === file.bytes;
  });
  const digests = await hash(same, { sandbox, signal });
  return files.filter(({ path, mode, target }) => {
    const before = base.get(path);
    if (!before || before.mode !== mode) return true;
    return before.digest !== (mode === 'link' ? sha256(new TextEncoder().encode(target)) : digests.get(path));
  });
}

async function hash(files: readonly ListedFile[], { sandbox, signal }: Looking): Promise<ReadonlyMap<string, string>> {
  if (files.length === 0) return new Map();
  const stdin = files.map(({ path }) => `./${path}\0`).join('');
  const options = { cwd: sandbox.workspace, timeoutMs, signal, stdin, maxOutputBytes: listingBytes };
  const { stdout } = await sandbox.exec(digestCommand, options);
  return new Map([...readDigests(stdout)].map(([path, digest]) => [path.replace(/^\.\//, ''), digest]));
}

async function read(
  file: ListedFile,
  base: BaseTree,
  { sandbox, largestFile }: { sandbox: Looking['sandbox']; largestFile: number },
): Promise<PatchChange[]> {
  const { path, mode } = file;
  const before = base.get(path);
  const link = new TextEncoder().encode(file.target);
  const data =
    mode === 'link' ? link : await sandbox.readFile(`${sandbox.workspace}/${path}`, { maxBytes: largestFile });
  if (!data) throw new ExternalError(`The sandbox lists ${path} and does not hold it.`);
  if (!before) return [{ path, change: 'added', mode, data }];
  if (before.mode === mode && before.digest === sha256(data)) return [];
  return [{ path, change: 'changed', mode, data, before: { mode: before.mode, data: before.data } }];
}

/** A file that the sandbox only does not name stays: nobody deletes by silence. */
async function isGone(path: string, sandbox: Looking['sandbox']): Promise<boolean> {
  const there = await sandbox.readFile(`${sandbox.workspace}/${path}`, { maxBytes: 1 << 30 }).catch(() => true);
  return there === undefined;
}
