import { ExternalError } from '../lib/errors.ts';
import { sha256 } from '../lib/hash.ts';
import type { PatchChange } from '../runs/patch.ts';
import {
  digestCommand,
  isOdd,
  type ListedFile,
  listingCommand,
  readDigests,
  readListing,
} from '../runs/read-listing.ts';
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
  /** Where paths begin that no repository can hold, such as the `.git` of a repository inside; what git ignores is not among them. */
  odd: string[];
  /** Of the files that were kept out of the sandbox, those that nobody made there. */
  unseen: ReadonlySet<string>;
  /** How many files differ, where they are too many to be looked at: then there are no changes. */
  crowd?: number;
};

type Limits = {
  repository: Pick<Repository, 'ignored'>;
  signal: AbortSignal;
  /** In bytes: larger files are not read. */
  largestFile: number;
  /** More that differ are not read. `besides`: those that do not count. */
  mostFiles?: number;
  besides?: ReadonlySet<string>;
  /** Files that the sandbox was made without: nobody deleted them. */
  withheld?: ReadonlySet<string>;
};

const timeoutMs = 120_000;
const listingBytes = 64 << 20;

/**
 * What a run did to the files of its sandbox, compared with its base on the host. The sandbox tells which files it holds and is believed in
 * nothing that matters: each file that seems to differ is read and compared here, and what it hides stays as it was. What git ignores is left
 * out, by the rules of the base.
 *
 * @throws ExternalError where the sandbox does not answer as it has to.
 */
export async function collectPatch(
  sandbox: Pick<Sandbox, 'exec' | 'readFile' | 'workspace'>,
  base: BaseTree,
  {
    repository,
    signal,
    largestFile,
    mostFiles = Number.POSITIVE_INFINITY,
    besides = new Set(),
    withheld = new Set(),
  }: Limits,
): Promise<Collected> {
  const { files: listed, odd } = await list(sandbox, signal);
  const fresh = listed.filter(({ path }) => !base.has(path));
  const ignored = await repository.ignored(fresh.map(({ path }) => path));
  const held = listed.filter(({ path }) => !ignored.has(path));
  const suspects = await differing(held, base, { sandbox, signal });
  const paths = new Set(held.map(({ path }) => path));
  const unseen = new Set([...withheld].filter((path) => !paths.has(path)));
  const missing = [...base].filter(([path]) => !paths.has(path) && !unseen.has(path));
  const places = await oddPlaces(odd, repository);
  const crowd = [...suspects.map(({ path }) => path), ...missing.map(([path]) => path)].filter(
    (path) => !besides.has(path),
  ).length;
  if (crowd > mostFiles) return { changes: [], paths: [...paths, ...unseen], oversize: [], odd: places, unseen, crowd };
  const changes: PatchChange[] = [];
  const oversize: Collected['oversize'] = [];
  for (const file of suspects) {
    if (file.bytes > largestFile) oversize.push({ path: file.path, bytes: file.bytes });
    else changes.push(...(await read(file, base, { sandbox, largestFile })));
  }
  for (const [path, { mode }] of missing)
    if (await isGone(path, sandbox)) changes.push({ path, change: 'deleted', before: { mode } });
    else paths.add(path);
  changes.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { changes, paths: [...paths, ...unseen], oversize, odd: places, unseen };
}

async function oddPlaces(odd: readonly string[], repository: Limits['repository']): Promise<string[]> {
  const places = new Set(
    odd.map((path) => {
      const parts = path.split('/');
      return parts.slice(0, parts.findIndex(isOdd) + 1).join('/') || path;
    }),
  );
  const folder = (place: string) => place.slice(0, Math.max(0, place.lastIndexOf('/')));
  const ignored = await repository.ignored([...places].map(folder).filter((name) => name !== ''));
  return [...places].filter((place) => !ignored.has(folder(place)));
}

type Looking = { sandbox: Pick<Sandbox, 'exec' | 'readFile' | 'workspace'>; signal: AbortSignal };

async function list(sandbox: Looking['sandbox'], signal: AbortSignal): Promise<{ files: ListedFile[]; odd: string[] }> {
  const options = { cwd: sandbox.workspace, timeoutMs, signal, maxOutputBytes: listingBytes };
  const { stdout, exitCode, timedOut, truncated } = await sandbox.exec(listingCommand, options);
  if (timedOut || truncated)
    throw new ExternalError('The sandbox holds too many files to be compared with the commit.');
  const listing = readListing(stdout);
  if (!listing || (exitCode !== 0 && listing.files.length + listing.odd.length === 0))
    throw new ExternalError(`The sandbox does not list its files (find ended with ${exitCode}).`);
  return listing;
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
