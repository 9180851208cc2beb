import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { WayOut } from './egress.ts';

/** One virtual machine, played by bubblewrap: its own root, processes and network; envd answers on a unix socket. */
export type Machine = {
  readonly token: string;
  readonly socket: string;
  /** From now on these names, and no others, have an address in there. */
  name(names: readonly string[]): void;
  pause(): void;
  unpause(): void;
  /** Ends all processes; the files stay. */
  stop(): Promise<void>;
  remove(): Promise<void>;
};

// As root the sandbox has a real root and a real user, as E2B has; else one user for both.
const asRoot = process.getuid?.() === 0;
const capabilities = 'SETUID SETGID SETPCAP KILL CHOWN DAC_OVERRIDE FOWNER SYS_PTRACE NET_BIND_SERVICE'.split(' ');
const etc = {
  passwd: 'root:x:0:0:root:/root:/bin/bash\nuser:x:1000:1000::/home/user:/bin/bash\n',
  group: 'root:x:0:\nuser:x:1000:\n',
  hosts: '127.0.0.1 localhost e2b\n',
  'nsswitch.conf': 'hosts: files\n',
  profile: 'export PATH\n',
};
/** Where a machine finds the authorities that it trusts, E2B's own among them. */
const trusted = 'ssl/certs/ca-certificates.crt';
const bound = ['home/user', 'tmp', 'root', 'run', 'var'];

function bubblewrap(storage: string, envd: string): string[] {
  const users = asRoot
    ? ['--cap-drop', 'ALL', ...capabilities.flatMap((name) => ['--cap-add', `CAP_${name}`])]
    : ['--unshare-user', '--uid', '1000', '--gid', '1000', '--cap-drop', 'ALL'];
  const links = ['bin', 'sbin', 'lib', 'lib64', 'lib32'].flatMap((name) => {
    if (!existsSync(`/usr/${name}`)) return [];
    return ['--symlink', `usr/${name}`, `/${name}`];
  });
  return [
    ...['--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try', ...users],
    ...['/etc', '/etc/ssl', '/etc/ssl/certs', '/home', '/opt'].flatMap((folder) => [
      '--perms',
      '0755',
      '--dir',
      folder,
    ]),
    ...['--die-with-parent', '--new-session', '--hostname', 'e2b', '--ro-bind', '/usr', '/usr', ...links],
    ...[
      '--ro-bind-try',
      '/etc/alternatives',
      '/etc/alternatives',
      '--ro-bind-try',
      '/etc/ld.so.cache',
      '/etc/ld.so.cache',
    ],
    ...[...Object.keys(etc), trusted].flatMap((name) => ['--ro-bind', `${storage}/etc/${name}`, `/etc/${name}`]),
    ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/dev/shm'],
    ...bound.flatMap((name) => ['--bind', `${storage}/${name}`, `/${name}`]),
    ...['--ro-bind', process.execPath, '/opt/envd/node', '--ro-bind', envd, '/opt/envd/envd.cjs', '--chdir', '/'],
    // One is started for each machine, and does little: it needs no helpers that compile and collect beside it.
    ...['--', '/opt/envd/node', '--v8-pool-size=0', '/opt/envd/envd.cjs'],
  ];
}

/** @returns why no machine can be played here. */
export function whyNoMachine(): string | undefined {
  const { status, stderr, error } = spawnSync('bwrap', ['--unshare-all', '--ro-bind', '/', '/', 'true'], {
    encoding: 'utf8',
  });
  return status === 0 ? undefined : error?.message || stderr.trim() || 'bubblewrap does not start';
}

/** Owners, modes, times and links as they are; the socket of the machine stays with it. */
export function copyDisk(from: string, to: string): void {
  const { status, stderr } = spawnSync('cp', ['-a', '--', from, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the disk of a machine could not be copied: ${stderr}`);
  for (const socket of ['socket', 'egress']) rmSync(path.join(to, 'run/envd', socket), { force: true });
}

/**
 * @param options.envd the daemon's script (`packEnvd`)
 * @param options.from storage of another machine, which is copied
 * @param options.egress what stands between it and the internet; without one there is none
 */
export async function startMachine(
  storage: string,
  options: {
    envd: string;
    envs: Record<string, string>;
    from?: string | undefined;
    egress?: { authority: string; open: (socket: string) => WayOut } | undefined;
  },
): Promise<Machine> {
  if (options.from) copyDisk(options.from, storage);
  const { egress } = options;
  for (const folder of [...bound, path.dirname(`etc/${trusted}`), 'var/lib', 'run/envd'])
    mkdirSync(path.join(storage, folder), { recursive: true });
  const files = { ...etc, [trusted]: egress?.authority ?? '' };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(storage, 'etc', name), text);
  chmodSync(path.join(storage, 'tmp'), 0o1777);
  if (asRoot) chownSync(path.join(storage, 'home/user'), 1000, 1000);
  for (const socket of ['socket', 'egress']) rmSync(path.join(storage, 'run/envd', socket), { force: true });
  const wayOut = egress?.open(path.join(storage, 'run/envd/egress'));
  const token = `envd_${randomBytes(16).toString('hex')}`;
  // Bubblewrap's own environment can be read inside.
  const child = spawn('bwrap', bubblewrap(storage, options.envd), { env: {}, stdio: ['pipe', 'pipe', 'inherit'] });
  const configuration = { token, socket: '/run/envd/socket', envs: options.envs, asRoot };
  child.stdin.write(`${JSON.stringify({ ...configuration, ...(wayOut ? { egress: '/run/envd/egress' } : {}) })}\n`);
  const ready = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  if (!String(ready[0]).startsWith('ready')) throw new Error(`the machine does not start: ${ready[0]}`);
  const stop = async () => {
    wayOut?.close();
    await stopped(child);
  };
  return {
    token,
    socket: path.join(storage, 'run/envd/socket'),
    name(names) {
      // The same file, as it is bound in there.
      const lines = names.map((name) => `127.0.0.1 ${name}\n`).join('');
      writeFileSync(path.join(storage, 'etc/hosts'), etc.hosts + lines);
    },
    pause: () => signalAll(child, 'SIGSTOP'),
    unpause: () => signalAll(child, 'SIGCONT'),
    stop,
    async remove() {
      await stop();
      spawnSync('rm', ['-rf', '--', storage]);
    },
  };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  signalAll(child, 'SIGKILL');
  await exit;
}

/** The process and all of its descendants: also those that the machine's namespace would take along a moment later. */
function signalAll(child: ChildProcess, signal: NodeJS.Signals): void {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const parent = parentOf(name);
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const all = child.pid === undefined ? [] : [child.pid];
  for (const pid of all) all.push(...(children.get(pid) ?? []));
  for (const pid of all) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended in this moment.
    }
  }
}

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
