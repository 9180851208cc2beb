import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { ExternalError } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import { isPlainRelative } from '../../lib/safe-path.ts';
import type { Git } from './git.ts';

const mostFiles = 200_000;

/** What a folder without git holds besides its sources. */
const builtFolders = new Set(
  `node_modules bower_components vendor dist build out target coverage .venv venv __pycache__ .tox .mypy_cache .pytest_cache
   .next .nuxt .gradle .idea .vscode .hg .svn .cache .terraform Pods DerivedData`.split(/\s+/),
);

/** Files and links that git tracks, or neither tracks nor ignores, and that are there; without submodules and `.courier/`. Sorted. */
export async function listWithGit(root: string, git: Git): Promise<readonly string[]> {
  const listed = await git(['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
  if (listed.exitCode !== 0) throw new ExternalError(`git ls-files failed: ${listed.stderr.trim()}`);
  const names = new Set(listed.stdout.toString('utf8').split('\0').filter(isOurs));
  // Deleted files, submodules and nested checkouts are in the list as well; the disk tells.
  const present = await Promise.all([...names].map(async (name) => ((await isFileOrLink(root, name)) ? [name] : [])));
  return present.flat().sort();
}

/** Every file and link below the root but build output and dependencies, at most 200,000. Sorted. */
export async function listWithoutGit(root: string, log: Log): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const name of walk(root, '')) {
    if (found.length === mostFiles) {
      log.warn(`${root} holds more than ${mostFiles} files; the rest is not looked at.`);
      break;
    }
    found.push(name);
  }
  return found.sort();
}

/** The regular files among them. */
export async function withoutLinks(root: string, names: readonly string[]): Promise<readonly string[]> {
  const linked = await Promise.all(names.map(async (name) => (await lookAt(root, name))?.isSymbolicLink() ?? true));
  return names.filter((_, index) => !linked[index]);
}

async function* walk(root: string, folder: string): AsyncGenerator<string> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const name = path.posix.join(folder, entry.name);
    if (!isOurs(name)) continue;
    if (entry.isFile() || entry.isSymbolicLink()) yield name;
    else if (entry.isDirectory() && !builtFolders.has(entry.name)) yield* walk(root, name);
  }
}

/** Whether a path may stand for a file of the repository, and is not Courier's own. */
export function isOurs(name: string): boolean {
  return isPlainRelative(name) && !name.startsWith('.courier/') && name !== '.courier' && !name.includes('\ufffd');
}

async function isFileOrLink(root: string, name: string): Promise<boolean> {
  const found = await lookAt(root, name);
  return found !== undefined && (found.isFile() || found.isSymbolicLink());
}

function lookAt(root: string, name: string) {
  return lstat(path.join(root, name)).catch(() => undefined);
}
