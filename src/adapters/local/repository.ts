import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Repository } from '../../flows/ports.ts';
import { UserError } from '../../lib/errors.ts';
import { type Log, silentLog } from '../../lib/log.ts';
import { readChangedLines } from './changed-lines.ts';
import { readCommitFiles } from './commit-files.ts';
import { findIgnored } from './find-ignored.ts';
import { type Git, openGit } from './git.ts';
import { readInside } from './read-inside.ts';
import { isFileError } from './real-folders.ts';
import { nameOfRemote } from './remote-name.ts';
import { readRenames } from './renames.ts';
import { listWithGit, listWithoutGit, withoutLinks } from './repository-files.ts';
import { readGaps } from './repository-gaps.ts';
import { readHistory } from './repository-history.ts';
import { type StreamLimits, streamFiles, streamLimits } from './repository-stream.ts';

/**
 * Opens a folder of this machine: a checkout, a folder inside of one (then only what lies below it) or any other folder.
 * Commit, branch and the list of files are those of the first look.
 *
 * @throws UserError where there is no folder at that path, or only git's own data.
 */
export async function openRepository(
  folder: string,
  options: { log?: Log; env?: NodeJS.ProcessEnv; limits?: StreamLimits } = {},
): Promise<Repository> {
  const { log = silentLog, env = process.env, limits = streamLimits } = options;
  const root = await realFolder(folder);
  await refuseGitData(root, folder);
  const git = await trackingGit(root, env);
  const [commit, branch, dirty, remote] = git
    ? await Promise.all([headOf(git), branchOf(git), isDirty(git), remoteOf(git)])
    : [];
  let listing: Promise<readonly string[]> | undefined;
  const filesAndLinks = () => {
    listing ??= git ? listWithGit(root, git) : listWithoutGit(root, log);
    return listing;
  };
  return {
    root,
    commit,
    branch,
    dirty: dirty ?? false,
    name: (remote && nameOfRemote(remote)) ?? (path.basename(root) || 'repository'),
    // What a link leads to is listed under its own name, or lies outside: a tool would follow it.
    files: async () => withoutLinks(root, await filesAndLinks()),
    read: (name, { maxBytes = 2 << 20 } = {}) => readInside(root, name, maxBytes),
    ignored: async (paths) => (git ? findIgnored(git, paths) : new Set()),
    gaps: async () => (git ? readGaps(root, git) : { submodules: [], pointers: [] }),
    history: async () => (git && commit ? readHistory(git) : { none: 'this is no checkout of git' }),
    async *stream() {
      yield* streamFiles(root, await filesAndLinks(), { log, limits });
    },
    filesAt: async (at) => (git ? readCommitFiles(git, at, limits) : undefined),
    changedLines: async (base) => (git && commit ? readChangedLines(git, base) : undefined),
    renames: async (since) => (git && commit ? readRenames(git, { since, head: commit }) : undefined),
  };
}

async function realFolder(folder: string): Promise<string> {
  try {
    const real = await realpath(folder);
    if ((await stat(real)).isDirectory()) return real;
  } catch (error) {
    if (!isFileError(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP')) throw error;
    const why = isFileError(error, 'EACCES') ? 'cannot be entered' : 'does not exist';
    throw new UserError(`${folder} ${why}. Name the folder of the repository to scan.`);
  }
  throw new UserError(`${folder} is a file. Name the folder of the repository to scan.`);
}

/** A bare repository, or the `.git` of a checkout, holds no file that anybody wrote: its scan would always be clean. */
async function refuseGitData(root: string, folder: string): Promise<void> {
  const found = await Promise.all(
    ['HEAD', 'objects', 'refs'].map((name) => stat(path.join(root, name)).catch(() => undefined)),
  );
  const [head, objects, refs] = found;
  if (!head?.isFile() || !objects?.isDirectory() || !refs?.isDirectory()) return;
  throw new UserError(`${folder} holds git's own data and no checked-out files. Name the folder of a clone of it.`);
}

/** Git, unless the folder is one that the checkout around it ignores: then git knows none of its files. */
async function trackingGit(root: string, env: NodeJS.ProcessEnv): Promise<Git | undefined> {
  const git = await openGit(root, env);
  if (!git) return undefined;
  const prefix = textOf(await git(['rev-parse', '--show-prefix']));
  if (!prefix) return git;
  const ignored = await git(['check-ignore', '--quiet', '--', root]);
  return ignored.exitCode === 0 ? undefined : git;
}

async function headOf(git: Git): Promise<string | undefined> {
  const commit = textOf(await git(['rev-parse', '--quiet', '--verify', 'HEAD^{commit}']));
  return commit && /^[0-9a-f]{40}$/.test(commit) ? commit : undefined;
}

async function branchOf(git: Git): Promise<string | undefined> {
  return textOf(await git(['symbolic-ref', '--quiet', '--short', 'HEAD']));
}

async function remoteOf(git: Git): Promise<string | undefined> {
  return textOf(await git(['config', '--get', 'remote.origin.url']));
}

async function isDirty(git: Git): Promise<boolean> {
  const status = await git(['status', '--porcelain', '-z', '--ignore-submodules=all', '--', '.']);
  const changed = status.stdout
    .toString()
    .split('\0')
    .filter((entry) => entry !== '' && !/^\?\? (?:.*\/)?\.courier\//.test(entry));
  return changed.length > 0;
}

function textOf(result: { exitCode: number; stdout: Buffer }): string | undefined {
  return result.exitCode === 0 ? result.stdout.toString('utf8').trim() || undefined : undefined;
}
