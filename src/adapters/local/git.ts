import { execFile } from 'node:child_process';
import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { ExternalError } from '../../lib/errors.ts';

/** Runs one read-only git command below the root. A git that fails is a result: its exit code and no exception. */
export type Git = (args: readonly string[], options?: { maxBytes?: number; input?: string }) => Promise<GitResult>;
export type GitResult = { exitCode: number; stdout: Buffer; stderr: string };

/** What git needs of the environment. Everything else, `GIT_*` and the job's credentials above all, stays away from it and its children. */
const passedOn = ['PATH', 'HOME', 'XDG_CONFIG_HOME', 'TMPDIR', 'USERPROFILE', 'SystemRoot', 'SYSTEMROOT'];

/**
 * Git for the checkout that `root` (absolute, real) lies in, or `undefined` where there is none or git is not installed.
 *
 * `prefix`: the path of `root` in it, with a slash at its end; empty at its top.
 *
 * Hooks and the file system monitor are off, nothing is fetched, no lock is taken. A checkout that belongs to another user (as in a
 * job's container) is read as well: with these settings its configuration starts no program.
 */
export async function openGit(root: string, env: NodeJS.ProcessEnv): Promise<{ git: Git; prefix: string } | undefined> {
  const top = await findCheckout(root);
  if (top === undefined) return undefined;
  const settings = [
    `safe.directory=${top}`,
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'core.quotePath=false',
  ];
  const options = ['--no-pager', ...settings.flatMap((setting) => ['-c', setting])];
  const clean = {
    ...Object.fromEntries(passedOn.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
  };
  const git: Git = (args, { maxBytes = 256 << 20, input } = {}) =>
    new Promise((resolve, reject) => {
      const settled = { cwd: root, env: clean, maxBuffer: maxBytes, encoding: 'buffer', windowsHide: true } as const;
      const child = execFile('git', [...options, ...args], settled, (error, stdout, stderr) => {
        if (!error) return resolve({ exitCode: 0, stdout, stderr: '' });
        if (typeof error.code === 'number') return resolve({ exitCode: error.code, stdout, stderr: stderr.toString() });
        reject(new ExternalError(`git ${args[0] ?? ''} could not be run: ${error.message}`, { cause: error }));
      });
      // A git that ended early does not read on; how it ended is the result.
      child.stdin?.on('error', () => {});
      if (input !== undefined) child.stdin?.end(input);
    });
  try {
    const { exitCode, stdout } = await git(['rev-parse', '--is-inside-work-tree', '--show-prefix']);
    const [inside, prefix = ''] = stdout.toString().split('\n');
    return exitCode === 0 && inside === 'true' ? { git, prefix } : undefined;
  } catch {
    return undefined;
  }
}

/** The nearest folder at or above `folder` that holds `.git`. */
async function findCheckout(folder: string): Promise<string | undefined> {
  for (let current = folder; ; current = path.dirname(current)) {
    const found = await lstat(path.join(current, '.git')).catch(() => undefined);
    if (found) return current;
    if (path.dirname(current) === current) return undefined;
  }
}
