import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { commitFirst, initRepository, needsGit } from './git-first-commit.ts';

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
    return head();
  };
  const head = () => headOf(path.join(root, '.git')) ?? git('rev-parse', 'HEAD');
  initRepository(root);
  // A scan by hand may have left its ledger in the original.
  if (isCopy(files))
    cpSync(files.copyOf, root, { recursive: true, filter: (name) => path.basename(name) !== '.courier' });
  else write(files);
  if (isCopy(files) || needsGit(files)) commit();
  else commitFirst(root, files);
  return {
    root,
    git,
    write,
    commit,
    head,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Without a process where it says so itself; `undefined` where git has to be asked. */
function headOf(folder: string): string | undefined {
  const read = (name: string) => {
    try {
      return readFileSync(path.join(folder, name), 'utf8').trim();
    } catch {
      return '';
    }
  };
  const said = read('HEAD');
  const commit = said.startsWith('ref: ') ? read(said.slice(5)) : said;
  return /^[0-9a-f]{40}$/.test(commit) ? commit : undefined;
}

function isCopy(files: Readonly<Record<string, string>> | { copyOf: string }): files is { copyOf: string } {
  return Object.keys(files).length === 1 && 'copyOf' in files;
}
