import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Repository, RepositoryGaps } from '../../flows/ports.ts';
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
 * Commit, branch, the list of files and what is missing are those of the first look.
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
  const [{ commit, branch, dirty }, remote] = git
    ? await Promise.all([stateOf(git), remoteOf(git)])
    : [{ commit: undefined, branch: undefined, dirty: false }];
  let gaps: Promise<RepositoryGaps> | undefined;
  let listing: Promise<readonly string[]> | undefined;
  const filesAndLinks = () => {
    listing ??= git ? listWithGit(root, git) : listWithoutGit(root, log);
    return listing;
  };
  return {
    root,
    commit,
    branch,
    dirty,
    name: (remote && nameOfRemote(remote)) ?? (path.basename(root) || 'repository'),
    // What a link leads to is listed under its own name, or lies outside: a tool would follow it.
    files: async () => withoutLinks(root, await filesAndLinks()),
    read: (name, { maxBytes = 2 << 20 } = {}) => readInside(root, name, maxBytes),
    ignored: async (paths) => (git ? findIgnored(git, paths) : new Set()),
    gaps: async () => {
      gaps ??= git ? readGaps(root, git) : undefined;
      return gaps ?? { submodules: [], pointers: [] };
    },
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
  const { git, prefix } = (await openGit(root, env)) ?? {};
  if (!git || !prefix) return git;
  const ignored = await git(['check-ignore', '--quiet', '--', root]);
  return ignored.exitCode === 0 ? undefined : git;
}

type State = { commit: string | undefined; branch: string | undefined; dirty: boolean };

/** The head, its branch and whether anything but Courier's own differs, in one look: each process of git costs more than its work. */
async function stateOf(git: Git): Promise<State> {
  const look = ['--porcelain=v2', '--branch', '-z', '--ignore-submodules=all', '--', '.'];
  const { exitCode, stdout } = await git(['status', ...look]);
  const entries = stdout.toString().split('\0');
  const said = (about: string) => entries.find((entry) => entry.startsWith(`# branch.${about} `))?.split(' ')[2];
  const [commit = '', branch] = [said('oid'), said('head')];
  if (exitCode !== 0 || (branch === undefined && commit === '')) return stateWithoutStatus(git);
  return {
    commit: isCommit(commit) ? commit : undefined,
    branch: branch === '(detached)' ? undefined : branch,
    dirty: entries.some((entry) => entry !== '' && !/^(?:# |\? (?:.*\/)?\.courier\/)/.test(entry)),
  };
}

/** Where git cannot compare the files (a broken index) it may still know what the head is. */
async function stateWithoutStatus(git: Git): Promise<State> {
  const [commit = '', branch] = await Promise.all([
    git(['rev-parse', '--quiet', '--verify', 'HEAD^{commit}']).then(textOf),
    git(['symbolic-ref', '--quiet', '--short', 'HEAD']).then(textOf),
  ]);
  return { commit: isCommit(commit) ? commit : undefined, branch, dirty: false };
}

const isCommit = (text: string) => /^[0-9a-f]{40}$/.test(text);

async function remoteOf(git: Git): Promise<string | undefined> {
  return textOf(await git(['config', '--get', 'remote.origin.url']));
}

function textOf(result: { exitCode: number; stdout: Buffer }): string | undefined {
  return result.exitCode === 0 ? result.stdout.toString('utf8').trim() || undefined : undefined;
}
