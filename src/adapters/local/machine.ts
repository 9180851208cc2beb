import { execFile } from 'node:child_process';
import { access, constants, lstat, readlink, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { VisibleSystem } from './bubblewrap-policy.ts';

/** What the local sandbox asks of this machine, and does to it. */
export type Machine = {
  readonly platform: string;
  readonly arch: string;
  /** Whether this is one of GitHub's own runners, made for one job and thrown away. */
  readonly githubHosted: boolean;
  /** Of the process; `undefined` where the platform has none. */
  readonly uid: number | undefined;
  inContainer(): Promise<boolean>;
  findBubblewrap(): Promise<string | undefined>;
  look(): Promise<VisibleSystem>;
  /** Runs a command as root where that needs no password. Never throws. */
  sudo(command: readonly string[], stdin?: string): Promise<{ ok: boolean; stderr: string }>;
};

type Environment = Readonly<Record<string, string | undefined>>;

export function createMachine(env: Environment): Machine {
  return {
    platform: process.platform,
    arch: process.arch,
    githubHosted: env.GITHUB_ACTIONS === 'true' && env.RUNNER_ENVIRONMENT === 'github-hosted',
    uid: process.getuid?.(),
    async inContainer() {
      const marks = await Promise.all(['/.dockerenv', '/run/.containerenv'].map(exists));
      return marks.includes(true) || env.KUBERNETES_SERVICE_HOST !== undefined;
    },
    // Fixed places only: PATH may hold folders of the repository (`node_modules/.bin`).
    findBubblewrap: () => firstThat(['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap'], exists),
    look: async () => ({ roots: await findRoots(), ...(await findNode(env)) }),
    sudo: (command, stdin = '') =>
      new Promise((resolve) => {
        const options = { timeout: 180_000, env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' } };
        const child = execFile('/usr/bin/sudo', ['-n', ...command], options, (error, _stdout, stderr) =>
          resolve({ ok: error === null, stderr: stderr || (error?.message ?? '') }),
        );
        child.stdin?.on('error', () => {});
        child.stdin?.end(stdin);
      }),
  };
}

async function findRoots(): Promise<VisibleSystem['roots']> {
  const found = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'].map(async (root) => {
    const entry = await lstat(root).catch(() => undefined);
    if (!entry) return [];
    return [{ path: root, link: entry.isSymbolicLink() ? await readlink(root) : undefined }];
  });
  return (await Promise.all(found)).flat();
}

/** The Node that commands should find: the one on PATH, else the one that runs Courier. Below `/usr` it is visible anyway. */
async function findNode(env: Environment): Promise<Pick<VisibleSystem, 'node' | 'usrNode'>> {
  const folders = (env.PATH ?? '')
    .split(':')
    .filter((folder) => path.isAbsolute(folder) && !folder.includes('node_modules'));
  const onPath = await firstThat(
    folders.map((folder) => path.join(folder, 'node')),
    exists,
  );
  const program = await realpath(onPath ?? process.execPath);
  if (program.startsWith('/usr/')) return { node: undefined, usrNode: program };
  const prefix = path.dirname(path.dirname(program));
  // A folder that holds more than Node, a home above all, must not become visible.
  const isDistribution =
    path.basename(path.dirname(program)) === 'bin' && (await exists(path.join(prefix, 'include/node/node.h')));
  const isHome = !path.relative(prefix, homedir()).startsWith('..');
  const node =
    isDistribution && !isHome
      ? { kind: 'distribution' as const, path: prefix }
      : { kind: 'program' as const, path: program };
  return { node };
}

async function exists(file: string): Promise<boolean> {
  return access(file, constants.F_OK).then(
    () => true,
    () => false,
  );
}

async function firstThat(
  items: readonly string[],
  test: (item: string) => Promise<boolean>,
): Promise<string | undefined> {
  for (const item of items) if (await test(item)) return item;
  return undefined;
}
