/** Where things are, inside every sandbox. `home` is also `$COURIER_OUT`. */
export const guest = { home: '/home/user', workspace: '/home/user/repo', node: '/opt/node' } as const;

/** What of the machine a sandbox may see, read-only. */
export type VisibleSystem = {
  /** Folders of the root beside `/usr`: links into it on most systems, else folders of their own. */
  roots: readonly { path: string; link: string | undefined }[];
  /** A Node outside of `/usr`: its whole distribution, or the program alone. */
  node: { kind: 'distribution' | 'program'; path: string } | undefined;
  /** A Node below `/usr`, which is visible anyway. */
  usrNode?: string;
};

/** The Node that is there inside; `undefined` where nobody found one. */
export function nodeInside({ node, usrNode }: VisibleSystem): string | undefined {
  return node ? `${guest.node}/bin/node` : usrNode;
}

/** Something of the host that one command sees at another place. */
export type Share = { from: string; to: string; mayWrite?: true };

export type Limits = { timeoutMs: number; processes: number | undefined; cores: number };

const path = `${guest.node}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`;

/** Read-only where they are there. No folder that may hold a key: of `/etc/ssl` the certificates only. */
const settings = [
  '/etc/alternatives',
  '/etc/ssl/certs',
  '/etc/ssl/openssl.cnf',
  '/etc/pki/tls/certs',
  '/etc/pki/ca-trust/extracted',
  '/etc/ld.so.cache',
  '/etc/ld.so.conf',
  '/etc/ld.so.conf.d',
  '/etc/localtime',
  '/etc/os-release',
];

/** Files of `/etc` that are made up, so that tools find a user and a host and learn nothing about the real ones. */
export const madeUpFiles: Readonly<Record<string, string>> = {
  passwd: `root:x:0:0:root:/nonexistent:/usr/sbin/nologin\nuser:x:1000:1000::${guest.home}:/bin/bash\n`,
  group: 'root:x:0:\nuser:x:1000:\n',
  hosts: '127.0.0.1 localhost courier\n::1 localhost courier\n',
  hostname: 'courier\n',
  'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\n',
};

/**
 * The arguments of bubblewrap for one command: an own minimal root, nothing of the host's home, network, processes, sockets or
 * environment. The home (with the workspace) and `/tmp` are the only places that can be written to, both in the sandbox's storage.
 * Bubblewrap itself must be started with an empty environment: inside, `/proc/1/environ` is its own.
 */
export function toBubblewrapArguments(
  storage: string,
  system: VisibleSystem,
  env: Readonly<Record<string, string>>,
  shares: readonly Share[] = [],
): readonly string[] {
  const variables = Object.entries({ ...guestEnvironment, ...env }).filter(([name]) => /^[A-Za-z_]\w*$/.test(name));
  return [
    ...[
      '--unshare-all',
      '--unshare-user',
      '--disable-userns',
      '--die-with-parent',
      '--new-session',
      '--cap-drop',
      'ALL',
    ],
    ...['--uid', '1000', '--gid', '1000', '--hostname', 'courier'],
    ...['--ro-bind', '/usr', '/usr'],
    ...system.roots.flatMap(({ path: root, link }) => (link ? ['--symlink', link, root] : ['--ro-bind', root, root])),
    ...settings.flatMap((file) => ['--ro-bind-try', file, file]),
    ...Object.keys(madeUpFiles).flatMap((name) => ['--ro-bind', `${storage}/etc/${name}`, `/etc/${name}`]),
    ...['--proc', '/proc', '--dev', '/dev', '--size', String(256 << 20), '--tmpfs', '/dev/shm', '--remount-ro', '/dev'],
    ...nodeArguments(system.node),
    ...shares.flatMap(({ from, to, mayWrite }) => [mayWrite ? '--bind' : '--ro-bind', from, to]),
    ...[
      '--bind',
      `${storage}/home`,
      guest.home,
      '--bind',
      `${storage}/tmp`,
      '/tmp',
      '--remount-ro',
      '/',
      '--chdir',
      '/',
    ],
    ...['--clearenv', ...variables.flatMap(([name, value]) => ['--setenv', name, value.replaceAll('\0', '')])],
  ];
}

function nodeArguments(node: VisibleSystem['node']): readonly string[] {
  if (!node) return [];
  return ['--ro-bind', node.path, node.kind === 'distribution' ? guest.node : `${guest.node}/bin/node`];
}

const guestEnvironment: Readonly<Record<string, string>> = {
  PATH: path,
  HOME: guest.home,
  COURIER_OUT: guest.home,
  USER: 'user',
  LOGNAME: 'user',
  SHELL: '/bin/bash',
  LANG: 'C.UTF-8',
  TERM: 'dumb',
  TMPDIR: '/tmp',
  CI: 'true',
};

/**
 * The first program inside: closes what the host process may have inherited from its own parents, offers itself to the kernel when
 * memory runs out, limits processes, open files, file size and processor time, goes to the folder and becomes the command.
 * `bash -p` reads no start-up file. The folder and the command are its arguments, never part of its text.
 */
export function toGuestCommand(
  command: readonly string[],
  { cwd, limits }: { cwd: string; limits: Limits },
): readonly [string, ...string[]] {
  const seconds = Math.ceil(limits.timeoutMs / 1000) * limits.cores + 1;
  const script = [
    `for fd in /proc/self/fd/*; do fd=\${fd##*/}; if [ "$fd" -gt 2 ]; then eval "exec $fd>&-"; fi; done`,
    'echo 1000 2>/dev/null >/proc/self/oom_score_adj',
    // At 0 the host's crash handler would still be fed; at 1 byte the kernel spares it.
    'prlimit --pid $$ --core=1:1 2>/dev/null || ulimit -c 0',
    'ulimit -n 4096 2>/dev/null',
    `ulimit -f ${1 << 20}`,
    `ulimit -t ${seconds}`,
    ...(limits.processes === undefined ? [] : [`ulimit -u ${limits.processes}`]),
    'cd -- "$1" || exit 126',
    'shift',
    'exec -- "$@"',
  ].join('\n');
  return ['/bin/bash', '-p', '-c', script, 'courier', cwd, ...command];
}
