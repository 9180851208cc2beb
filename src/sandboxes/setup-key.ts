import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { SandboxFile, SandboxSetup } from './sandbox.ts';

/** What a tree of files is, as far as a setup of it matters. */
export type Contents = {
  paths: readonly string[];
  /** Of all paths and contents. */
  tree: string;
  /** Of the files that say which dependencies there are; `undefined`: none of them pins anything. */
  dependencies: string | undefined;
};

/** They pin what is installed. */
const locks =
  /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|poetry\.lock|uv\.lock|pdm\.lock|pipfile\.lock|(?:requirements|constraints)[\w.-]*\.txt|go\.sum|cargo\.lock|gemfile\.lock|composer\.lock|mix\.lock|pubspec\.lock|packages\.lock\.json|gradle\.lockfile|package\.resolved)$/i;

/** They say how, beside the locks. */
const manifests =
  /^(?:package\.json|pnpm-workspace\.yaml|\.npmrc|\.yarnrc(?:\.yml)?|\.pnpmfile\.cjs|pyproject\.toml|setup\.(?:py|cfg)|pipfile|requirements[\w.-]*\.in|go\.(?:mod|work)|cargo\.toml|gemfile|.*\.gemspec|composer\.json|mix\.exs|pubspec\.yaml|build\.gradle(?:\.kts)?|pom\.xml|makefile|\.nvmrc|\.node-version|\.python-version|\.ruby-version|\.tool-versions|rust-toolchain(?:\.toml)?|.*\.patch)$/i;

/** Passes files on, and knows afterwards what they were. */
export function digestFiles(files: AsyncIterable<SandboxFile>): {
  files: AsyncIterable<SandboxFile>;
  contents: () => Contents;
} {
  const digests = new Map<string, string>();
  async function* pass(): AsyncGenerator<SandboxFile> {
    for await (const file of files) {
      digests.set(file.path, hash(file.mode, file.mode === 'link' ? file.target : file.data));
      yield file;
    }
  }
  return { files: pass(), contents: () => toContents([...digests].toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

/** What files are, to know it before they go anywhere. */
export async function readContents(files: AsyncIterable<SandboxFile>): Promise<Contents> {
  const read = digestFiles(files);
  const all = read.files[Symbol.asyncIterator]();
  while (!(await all.next()).done);
  return read.contents();
}

function toContents(digests: readonly (readonly [string, string])[]): Contents {
  const named = (pattern: RegExp) => digests.filter(([path]) => pattern.test(posix.basename(path)));
  const pinned = named(locks);
  return {
    paths: digests.map(([path]) => path),
    tree: hash(JSON.stringify(digests)),
    dependencies: pinned.length > 0 ? hash(JSON.stringify([pinned, named(manifests)])) : undefined,
  };
}

/** By what a prepared sandbox is found again: by its dependencies, where it holds nothing else, else by the very files it was made of. */
export type SetupKeys = { dependencies: string | undefined; tree: string };

/** `place`: whose it is and where it runs: the repository, and what the machine or template offers. */
export function toSetupKeys(
  { command, hosts }: Pick<SandboxSetup, 'command' | 'hosts'>,
  { tree, dependencies }: Contents,
  place: readonly string[],
): SetupKeys {
  const keyOf = (what: string, digest: string) =>
    hash(JSON.stringify(['setup layer, version 1', ...place, command, hosts.toSorted(), what, digest]));
  return { dependencies: dependencies && keyOf('dependencies', dependencies), tree: keyOf('tree', tree) };
}

function hash(...parts: readonly (string | Uint8Array)[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\0');
  return sum.digest('hex');
}
