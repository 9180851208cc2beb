import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

// No configuration of the machine takes part, and no hook.
const environment = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

export type GitRepository = ReturnType<typeof createGitRepository>;

/** A real git repository in a temporary folder, with one commit of the given files (or of a copy of a folder). */
export function createGitRepository(files: Readonly<Record<string, string>> | { copyOf: string }) {
  const root = mkdtempSync(path.join(tmpdir(), 'courier-test-'));
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, env: environment, encoding: 'utf8' }).trim();
  const write = (changes: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(changes)) {
      const file = path.join(root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  };
  const commit = (changes: Readonly<Record<string, string>> = {}): string => {
    write(changes);
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', 'a change');
    return git('rev-parse', 'HEAD');
  };
  git('init', '--quiet', '--initial-branch', 'main');
  // A scan by hand may have left its ledger in the original.
  if (isCopy(files))
    cpSync(files.copyOf, root, { recursive: true, filter: (name) => path.basename(name) !== '.courier' });
  else write(files);
  commit();
  return {
    root,
    git,
    write,
    commit,
    head: () => git('rev-parse', 'HEAD'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function isCopy(files: Readonly<Record<string, string>> | { copyOf: string }): files is { copyOf: string } {
  return Object.keys(files).length === 1 && 'copyOf' in files;
}
