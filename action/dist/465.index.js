export const id = 465;
export const ids = [465,525];
export const modules = {

/***/ 5441:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ createBoundedOutput)
/* harmony export */ });
/** Keeps at most `limit` bytes (and the line that marks a cut): one half from the beginning, one half from the end. */
function createBoundedOutput(limit) {
    const headLimit = Math.ceil(limit / 2);
    const tailLimit = limit - headLimit;
    const head = [];
    let tail = [];
    let headBytes = 0;
    let tailBytes = 0;
    let cut = 0;
    const addToTail = (chunk) => {
        tail.push(chunk);
        tailBytes += chunk.length;
        // Trimmed now and then only, so that many small chunks stay cheap.
        if (tailBytes < 2 * tailLimit + 65_536)
            return;
        const kept = Buffer.concat(tail).subarray(tailBytes - tailLimit);
        cut += tailBytes - tailLimit;
        tail = [Buffer.from(kept)];
        tailBytes = tailLimit;
    };
    return {
        add(chunk) {
            const room = headLimit - headBytes;
            if (room > 0) {
                head.push(Buffer.from(chunk.subarray(0, room)));
                headBytes += Math.min(room, chunk.length);
            }
            if (chunk.length > room)
                addToTail(Buffer.from(chunk.subarray(Math.max(0, room))));
        },
        get truncated() {
            return cut > 0 || tailBytes > tailLimit;
        },
        bytes() {
            const last = Buffer.concat(tail);
            if (cut === 0 && tailBytes <= tailLimit)
                return Buffer.concat([...head, last]);
            const first = wholeCharacters(Buffer.concat(head));
            const end = afterPartialCharacter(last.subarray(last.length - tailLimit));
            const left = cut + tailBytes - end.length + headBytes - first.length;
            return Buffer.concat([first, Buffer.from(`\n[… ${left} bytes left out …]\n`), end]);
        },
    };
}
const isContinuation = (byte) => byte !== undefined && (byte & 0xc0) === 0x80;
/** Without a UTF-8 character that the cut split at the end (at most 3 bytes). */
function wholeCharacters(bytes) {
    let start = bytes.length - 1;
    while (start > 0 && start > bytes.length - 4 && isContinuation(bytes[start]))
        start -= 1;
    const lead = bytes[start] ?? 0;
    const length = [0xf0, 0xe0, 0xc0].findIndex((mark) => lead >= mark);
    const needed = length === -1 ? 1 : 4 - length;
    return start + needed > bytes.length ? bytes.subarray(0, start) : bytes;
}
function afterPartialCharacter(bytes) {
    let start = 0;
    while (start < 3 && isContinuation(bytes[start]))
        start += 1;
    return bytes.subarray(start);
}


/***/ }),

/***/ 35621:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B9: () => (/* binding */ guest),
/* harmony export */   GW: () => (/* binding */ madeUpFiles),
/* harmony export */   M_: () => (/* binding */ toBubblewrapArguments),
/* harmony export */   Zs: () => (/* binding */ toGuestCommand),
/* harmony export */   tk: () => (/* binding */ nodeInside)
/* harmony export */ });
/** Where things are, inside every sandbox. `home` is also `$COURIER_OUT`. */
const guest = { home: '/home/user', workspace: '/home/user/repo', node: '/opt/node' };
/** The Node that is there inside; `undefined` where nobody found one. */
function nodeInside({ node, usrNode }) {
    return node ? `${guest.node}/bin/node` : usrNode;
}
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
const madeUpFiles = {
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
function toBubblewrapArguments(storage, system, env, shares = []) {
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
function nodeArguments(node) {
    if (!node)
        return [];
    return ['--ro-bind', node.path, node.kind === 'distribution' ? guest.node : `${guest.node}/bin/node`];
}
const guestEnvironment = {
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
function toGuestCommand(command, { cwd, limits }) {
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


/***/ }),

/***/ 80525:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   endLeftProcesses: () => (/* binding */ endLeftProcesses)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);


/**
 * Ends what still runs in a sandbox whose process died. Bubblewrap ends with its parent, but for one that was just being started when that
 * died: it looks for its parent too late. Such a one is known by what is mounted in it, in a mount namespace of its own.
 *
 * @param storage the sandbox's folder; its name is given once.
 */
async function endLeftProcesses(storage) {
    const mark = `/${node_path__WEBPACK_IMPORTED_MODULE_1__.basename(storage)}/`;
    const here = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readlink)('/proc/self/ns/mnt').catch(() => undefined);
    for (const pid of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)('/proc').catch(() => [])) {
        if (!/^[1-9]\d*$/.test(pid) || here === undefined)
            continue;
        const namespace = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readlink)(`/proc/${pid}/ns/mnt`).catch(() => here);
        if (namespace === here || !(await mountsFrom(pid, mark)))
            continue;
        try {
            process.kill(Number(pid), 'SIGKILL');
        }
        catch {
            // It ended by itself, or with the first process of its namespace.
        }
    }
}
/** The fourth field of a line is where in its file system a mount begins. */
async function mountsFrom(pid, mark) {
    const mounts = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(`/proc/${pid}/mountinfo`, 'utf8').catch(() => '');
    return mounts.split('\n').some((line) => line.split(' ')[3]?.includes(mark));
}


/***/ }),

/***/ 63465:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createLocalSandboxProvider: () => (/* binding */ createLocalSandboxProvider)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/src/lib/errors.js
var errors = __webpack_require__(89862);
// EXTERNAL MODULE: ./build/src/sandboxes/setup-key.js
var setup_key = __webpack_require__(80374);
// EXTERNAL MODULE: external "node:dns/promises"
var promises_ = __webpack_require__(71553);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
;// CONCATENATED MODULE: ./build/src/adapters/local/public-address.js

/** IPv4 that no host of the internet has: this machine, private and shared networks, link-local (metadata), tests, multicast, reserved. */
const notPublic = new external_node_net_.BlockList();
const ranges = '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3 168.63.129.16/32';
for (const range of ranges.split(' ')) {
    const [network = '', bits] = range.split('/');
    notPublic.addSubnet(network, Number(bits), 'ipv4');
}
// Of IPv6 only what is handed out to the internet, without what carries an IPv4 address inside and documentation.
const global = new external_node_net_.BlockList();
global.addSubnet('2000::', 3, 'ipv6');
const special = new external_node_net_.BlockList();
for (const [network, bits] of [
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['3fff::', 20],
])
    special.addSubnet(network, bits, 'ipv6');
/** Whether an address belongs to the internet, and to nothing nearer. Azure's `168.63.129.16` belongs to the machine. */
function isPublicAddress(address) {
    const family = (0,external_node_net_.isIP)(address);
    if (family === 4)
        return !notPublic.check(address, 'ipv4');
    return family === 6 && global.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

;// CONCATENATED MODULE: ./build/src/adapters/local/allowed-hosts.js


const usualResolver = {
    resolve: async (host) => (await (0,promises_.lookup)(host, { all: true })).map(({ address }) => address),
    mayCall: isPublicAddress,
    port: (port) => port,
};
const ports = [80, 443];
/**
 * Where a call to a host goes: to an address that was looked at, so that a name which means another one a moment later leads nowhere else.
 * @param allowed host names, or `*.` and a name for everything below it. A port behind one has no effect.
 * @returns a sentence where it goes nowhere.
 */
async function findAddress(asked, allowed, { resolve, mayCall, port }) {
    const name = asked.host.toLowerCase().replace(/\.$/, '');
    if (!allowed.some((entry) => matches(name, entry)))
        return { refused: `${name} is not among the hosts of sandbox.network.allow.` };
    if (!ports.includes(asked.port))
        return { refused: `Of ${name} the ports 80 and 443 alone are open.` };
    const addresses = await resolve(name).catch(() => undefined);
    if (!addresses || addresses.length === 0)
        return { refused: `${name} has no address.` };
    const address = addresses.find(mayCall);
    if (address === undefined)
        return { refused: `${name} is in a private network: Courier opens none.` };
    return { host: address, port: port(asked.port) };
}
function matches(name, entry) {
    const host = entry.toLowerCase().replace(/:\d+$/, '');
    return host.startsWith('*.') ? name.endsWith(host.slice(1)) && name.length > host.length - 1 : name === host;
}

// EXTERNAL MODULE: ./build/src/adapters/local/bubblewrap-policy.js
var bubblewrap_policy = __webpack_require__(35621);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/src/sandboxes/tell-output.js
var tell_output = __webpack_require__(36070);
// EXTERNAL MODULE: ./build/src/adapters/local/bounded-output.js
var bounded_output = __webpack_require__(5441);
// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
;// CONCATENATED MODULE: ./build/src/adapters/local/system-calls.js

const both = (number) => ({ x64: number, arm64: number });
/**
 * What no command needs, and what namespaces do not fence in: the kernel's key rings (a process inherits those of its ancestors), its log,
 * and the parts of the kernel that most breakouts went through. They answer as on a kernel that lacks them, so programs go another way.
 */
const absent = {
    add_key: { x64: 248, arm64: 217 },
    request_key: { x64: 249, arm64: 218 },
    keyctl: { x64: 250, arm64: 219 },
    syslog: { x64: 103, arm64: 116 },
    bpf: { x64: 321, arm64: 280 },
    perf_event_open: { x64: 298, arm64: 241 },
    userfaultfd: { x64: 323, arm64: 282 },
    io_uring_setup: both(425),
    io_uring_enter: both(426),
    io_uring_register: both(427),
    fanotify_init: { x64: 300, arm64: 262 },
    open_by_handle_at: { x64: 304, arm64: 265 },
    mount: { x64: 165, arm64: 40 },
    umount2: { x64: 166, arm64: 39 },
    pivot_root: { x64: 155, arm64: 41 },
    open_tree: both(428),
    move_mount: both(429),
    fsopen: both(430),
    fsconfig: both(431),
    fsmount: both(432),
    fspick: both(433),
    mount_setattr: both(442),
    setns: { x64: 308, arm64: 268 },
    unshare: { x64: 272, arm64: 97 },
    swapon: { x64: 167, arm64: 224 },
    swapoff: { x64: 168, arm64: 225 },
    reboot: { x64: 169, arm64: 142 },
    acct: { x64: 163, arm64: 89 },
    quotactl: { x64: 179, arm64: 60 },
    init_module: { x64: 175, arm64: 105 },
    finit_module: { x64: 313, arm64: 273 },
    delete_module: { x64: 176, arm64: 106 },
    kexec_load: { x64: 246, arm64: 104 },
    kexec_file_load: { x64: 320, arm64: 294 },
};
const audit = { x64: 0xc000003e, arm64: 0xc00000b7 };
const socket = { x64: 41, arm64: 198 };
const socketpair = { x64: 53, arm64: 199 };
const ioctl = { x64: 16, arm64: 29 };
/** Unix, IPv4, IPv6 and netlink: those that the own network namespace confines. A virtual machine's `AF_VSOCK` talks to its host past it. */
const families = [1, 2, 10, 16];
/** `TIOCSTI` and `TIOCLINUX` type into a terminal. */
const typing = [0x5412, 0x541c];
const errno = { EPERM: 1, ENOSYS: 38, EAFNOSUPPORT: 97 };
// Instructions of classic BPF, and where `struct seccomp_data` holds what.
const load = 0x20;
const jumpIfEqual = 0x15;
const jumpIfAtLeast = 0x35;
const answer = 0x06;
const at = { number: 0, architecture: 4, first: 16, second: 24 };
const allow = 0x7fff0000;
const refuse = (code) => 0x00050000 | errno[code];
/** Whether system calls can be filtered for a processor (`process.arch`). */
function isFiltered(arch) {
    return arch === 'x64' || arch === 'arm64';
}
/** The filter of system calls for bubblewrap (`--seccomp`): a program of classic BPF. */
function makeFilter(arch) {
    const program = [
        // Another calling convention has other numbers: there is none beside the machine's own.
        [load, 0, 0, at.architecture],
        [jumpIfEqual, 1, 0, audit[arch]],
        [answer, 0, 0, refuse('ENOSYS')],
        [load, 0, 0, at.number],
        ...(arch === 'x64' ? refusedFrom(0x40000000) : []),
        ...Object.values(absent).flatMap((numbers) => refused(numbers[arch])),
        ...[socket, socketpair].flatMap((numbers) => unless(numbers[arch], [...onlyFamilies(), ...otherwise()])),
        ...unless(ioctl[arch], [...withoutTyping(), ...otherwise()]),
        [answer, 0, 0, allow],
    ];
    const bytes = external_node_buffer_.Buffer.alloc(program.length * 8);
    for (const [index, [code, ifTrue, ifFalse, operand]] of program.entries()) {
        bytes.writeUInt16LE(code, index * 8);
        bytes.writeUInt8(ifTrue, index * 8 + 2);
        bytes.writeUInt8(ifFalse, index * 8 + 3);
        bytes.writeUInt32LE(operand, index * 8 + 4);
    }
    return bytes;
}
function refused(number) {
    return [
        [jumpIfEqual, 0, 1, number],
        [answer, 0, 0, refuse('ENOSYS')],
    ];
}
/** The numbers of the x32 convention. */
function refusedFrom(number) {
    return [
        [jumpIfAtLeast, 0, 1, number],
        [answer, 0, 0, refuse('ENOSYS')],
    ];
}
/** Skips `steps` for every call but this one; `steps` end with an answer. */
function unless(number, steps) {
    return [[jumpIfEqual, 0, steps.length, number], ...steps];
}
function onlyFamilies() {
    return [
        [load, 0, 0, at.first],
        ...families.map((family, index) => [jumpIfEqual, families.length - index, 0, family]),
        [answer, 0, 0, refuse('EAFNOSUPPORT')],
    ];
}
function withoutTyping() {
    return [
        [load, 0, 0, at.second],
        ...typing.flatMap((request) => [
            [jumpIfEqual, 0, 1, request],
            [answer, 0, 0, refuse('EPERM')],
        ]),
    ];
}
function otherwise() {
    return [[answer, 0, 0, allow]];
}

;// CONCATENATED MODULE: ./build/src/adapters/local/bubblewrap-process.js






/** The exit code of a process that was killed (128 + SIGKILL). */
const killed = 137;
/** Runs one command and ends with all of its processes: their PID namespace dies with the command, the time-out or the abort. */
async function runBubblewrap(run) {
    const begin = performance.now();
    const teller = run.onOutput && (0,tell_output/* createOutputTeller */._)(run.onOutput, run.maxStreamedBytes);
    const streams = await run.openStreams({ stdin: run.stdin, limit: run.maxOutputBytes, teller });
    const child = start(run, streams);
    if (child.pid !== undefined)
        run.onStart?.(child.pid);
    const status = collect(readableOf(child, 4), 65_536);
    feed(writableOf(child, 3), `${run.options.join('\0')}\0`);
    feed(writableOf(child, 5), makeFilter(architecture()));
    const ending = { by: 'itself' };
    const end = (by) => {
        if (ending.by !== 'itself')
            return;
        ending.by = by;
        killNamespace(child, statusOf(status).childPid);
    };
    const timer = setTimeout(() => end('timeout'), run.timeoutMs);
    const onAbort = () => end('abort');
    run.signal?.addEventListener('abort', onAbort, { once: true });
    if (run.signal?.aborted)
        onAbort();
    const spawnError = await bubblewrap_process_closed(child);
    clearTimeout(timer);
    run.signal?.removeEventListener('abort', onAbort);
    const { childPid, exitCode } = statusOf(status);
    if (childPid !== undefined)
        await gone(childPid);
    await streams.drained;
    teller?.end();
    const { stdout, stderr } = streams;
    return {
        started: exitCode !== undefined || ending.by !== 'itself',
        exitCode: ending.by === 'itself' ? (exitCode ?? killed) : killed,
        stdout: stdout.bytes(),
        stderr: spawnError ? Buffer.from(spawnError.message) : stderr.bytes(),
        timedOut: ending.by === 'timeout',
        truncated: stdout.truncated || stderr.truncated,
        durationMs: Math.round(performance.now() - begin),
    };
}
function architecture() {
    if (isFiltered(process.arch))
        return process.arch;
    throw new Error(`There is no filter of system calls for ${process.arch}.`);
}
function start(run, streams) {
    try {
        return (0,external_node_child_process_.spawn)(run.bwrap, ['--args', '3', '--json-status-fd', '4', '--seccomp', '5', '--', ...run.command], {
            env: {},
            cwd: '/',
            detached: true,
            stdio: [...streams.fds, 'pipe', 'pipe', 'pipe'],
            ...run.user,
        });
    }
    finally {
        streams.release();
    }
}
function collect(stream, limit) {
    const output = (0,bounded_output/* createBoundedOutput */.b)(limit);
    stream.on('data', (chunk) => output.add(chunk));
    stream.on('error', () => { });
    return output;
}
function feed(stream, data) {
    // Bubblewrap may have been killed before it read this.
    stream.on('error', () => { });
    stream.end(data);
}
function bubblewrap_process_closed(child) {
    return new Promise((resolve) => {
        child.once('error', (error) => resolve(error));
        child.once('close', () => resolve(undefined));
    });
}
/**
 * Kills the namespace's first process, and with it every other, however it was detached; bubblewrap then waits for their end.
 * Before there is one, bubblewrap itself; after a second without an end, too.
 */
function killNamespace(child, childPid) {
    const killGroup = () => child.pid !== undefined && child.exitCode === null && signal(-child.pid);
    if (childPid === undefined) {
        killGroup();
        return;
    }
    signal(childPid);
    setTimeout(killGroup, 1000).unref();
}
function signal(pid) {
    try {
        process.kill(pid, 'SIGKILL');
    }
    catch {
        // It ended in this moment.
    }
}
/** Bubblewrap's own word about the process inside (`--json-status-fd`): it gives an exit code only where the command was started. */
function statusOf(status) {
    const text = status.bytes().toString();
    const find = (pattern) => pattern.exec(text)?.[1];
    const [pid, code] = [find(/"child-pid": (\d+)/), find(/"exit-code": (\d+)/)];
    return { childPid: pid ? Number(pid) : undefined, exitCode: code ? Number(code) : undefined };
}
/** Waits, at most a second, until the namespace's first process has ended, and with it all the others. */
async function gone(pid) {
    for (let waited = 0; waited < 1000; waited += 5) {
        const stat = await (0,external_node_fs_promises_.readFile)(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
        if (stat === undefined || /\) [ZX] /.test(stat))
            return;
        await (0,external_node_timers_promises_.setTimeout)(5);
    }
}
function readableOf(child, index) {
    const stream = child.stdio[index];
    if (stream && 'read' in stream)
        return stream;
    throw new Error(`There is no pipe ${index} to read from.`);
}
function writableOf(child, index) {
    const stream = child.stdio[index];
    if (stream && 'write' in stream)
        return stream;
    throw new Error(`There is no pipe ${index} to write to.`);
}

// EXTERNAL MODULE: ./build/src/lib/text.js
var lib_text = __webpack_require__(95498);
;// CONCATENATED MODULE: ./build/src/adapters/local/bubblewrap-diagnosis.js


const bubblewrap_diagnosis_otherwise = 'set e2b-api-key (E2B_API_KEY on the command line) to work at E2B instead, or set the agent to `none` to run the checks alone';
/** What to do about it: a repair that Courier may make itself, or the sentence for a person. There is no way on without a sandbox. */
function judgeFailure(failure, situation) {
    const unsupported = explainPlatform(situation.platform, situation.arch);
    if (unsupported)
        return { message: unsupported };
    const may = (repair) => situation.githubHosted && !situation.tried.includes(repair);
    if (failure.kind === 'missing') {
        if (may('install'))
            return { repair: 'install' };
        return {
            message: `Courier's local sandbox needs bubblewrap: run \`sudo apt-get install bubblewrap\`, ${bubblewrap_diagnosis_otherwise}.`,
        };
    }
    // A container keeps the profile of its host: nothing to repair from the inside.
    if (isAppArmor(failure.stderr) && !situation.inContainer && may('apparmor-profile'))
        return { repair: 'apparmor-profile' };
    return { message: explainStart(failure.stderr, situation) };
}
/** @returns one sentence where the local sandbox does not exist for this platform and processor (`process.platform`, `process.arch`). */
function explainPlatform(platform, arch) {
    if (platform === 'linux') {
        if (isFiltered(arch))
            return undefined;
        return `Courier's local sandbox runs on x64 and arm64 only, not on ${arch}: scan there, ${bubblewrap_diagnosis_otherwise}.`;
    }
    const names = { darwin: 'macOS', win32: 'Windows' };
    return `Courier's local sandbox runs on Linux only, not on ${names[platform] ?? platform}: scan there, ${bubblewrap_diagnosis_otherwise}.`;
}
/** Ubuntu 23.10 and newer let no unconfined program have capabilities in a user namespace of its own. */
function isAppArmor(stderr) {
    return /setting up uid map: Permission denied|loopback: Failed RTM_NEWADDR/.test(stderr);
}
function explainStart(stderr, { inContainer }) {
    const said = (0,lib_text/* truncate */.xv)((0,lib_text/* oneLine */.TN)(stderr.replace(/^bwrap: /, '')), 300) || 'it gave no reason';
    const start = `Courier's local sandbox (bubblewrap) cannot start here: ${said}.`;
    if (/unknown option/i.test(stderr)) {
        return `${start} Bubblewrap 0.8 or newer is needed: update it, ${bubblewrap_diagnosis_otherwise}.`;
    }
    if (inContainer) {
        return `${start} In a container it needs user namespaces, which most container runtimes deny: run the job without \`container:\`, ${bubblewrap_diagnosis_otherwise}.`;
    }
    if (isAppArmor(stderr)) {
        return `${start} AppArmor restricts user namespaces: allow bubblewrap by the profile below in /etc/apparmor.d/bwrap and \`sudo apparmor_parser -r /etc/apparmor.d/bwrap\`, ${bubblewrap_diagnosis_otherwise}.\n\n${appArmorProfile}`;
    }
    if (/No permissions to create new namespace|Creating new namespace failed|unprivileged_userns_clone/.test(stderr)) {
        return `${start} The kernel denies user namespaces: run \`sudo sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=15000\`, ${bubblewrap_diagnosis_otherwise}.`;
    }
    return `${start} Make bubblewrap work (try \`bwrap --ro-bind / / --unshare-all true\`), ${bubblewrap_diagnosis_otherwise}.`;
}
/** Lets bubblewrap, and nothing else, create user namespaces. */
const appArmorProfile = `abi <abi/4.0>,
include <tunables/global>

profile bwrap /usr/bin/bwrap flags=(unconfined) {
  userns,
  include if exists <local/bwrap>
}
`;

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
;// CONCATENATED MODULE: ./build/src/adapters/local/command-streams.js







/** Pipes that are made at a time: one more process for each command would cost more than it. */
const pipesAtOnce = 16;
/**
 * A file and two real pipes for each command. Node itself gives a command sockets, and those cannot be opened a second time: scripts that use
 * `/dev/stdin` or `/dev/stderr` would fail. They have names in `folder`, which no command sees, until they are opened, and permissions for
 * everybody, as the command may run as another user.
 */
function createStreamOpener(folder) {
    const ready = [];
    const takePipe = async () => {
        const made = ready.pop();
        if (made !== undefined)
            return made;
        const stem = freshName(folder);
        const names = Array.from({ length: pipesAtOnce }, (_, index) => `${stem}-${index}`);
        await makePipes(names);
        ready.push(...names.slice(1));
        return names[0] ?? stem;
    };
    return async ({ stdin, limit, teller }) => {
        const names = { in: `${freshName(folder)}-in`, out: await takePipe(), err: await takePipe() };
        await (0,external_node_fs_promises_.writeFile)(names.in, stdin, { mode: 0o644 });
        const opened = [];
        try {
            const input = (0,external_node_fs_.openSync)(names.in, 'r');
            opened.push(input);
            const out = openPipe(names.out, limit, (chunk) => teller?.add('stdout', chunk));
            opened.push(out.write);
            const err = openPipe(names.err, limit, (chunk) => teller?.add('stderr', chunk));
            opened.push(err.write);
            return {
                fds: [input, out.write, err.write],
                stdout: out.kept,
                stderr: err.kept,
                release: () => opened.splice(0).forEach(external_node_fs_.closeSync),
                drained: Promise.all([out.drained, err.drained]),
            };
        }
        finally {
            for (const each of Object.values(names))
                await (0,external_node_fs_promises_.rm)(each, { force: true });
        }
    };
}
function freshName(folder) {
    return external_node_path_.join(folder, `stream-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`);
}
function openPipe(name, limit, tell) {
    // Without `O_NONBLOCK` this would wait for a writer.
    const read = (0,external_node_fs_.openSync)(name, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NONBLOCK);
    const write = (0,external_node_fs_.openSync)(name, external_node_fs_.constants.O_WRONLY);
    const kept = (0,bounded_output/* createBoundedOutput */.b)(limit);
    const socket = new external_node_net_.Socket({ fd: read, readable: true, writable: false });
    const drained = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => { });
    socket.on('data', (chunk) => {
        kept.add(chunk);
        tell(chunk);
    });
    return { write, kept, drained };
}
function makePipes(names) {
    return new Promise((resolve, reject) => {
        (0,external_node_child_process_.execFile)('/usr/bin/mkfifo', ['-m', '666', '--', ...names], { env: {} }, (error) => error ? reject(error) : resolve());
    });
}

// EXTERNAL MODULE: ./build/src/adapters/local/sandbox-storage.js
var sandbox_storage = __webpack_require__(23441);
;// CONCATENATED MODULE: ./build/src/adapters/local/bubblewrap-start.js








/**
 * Finds out how sandboxes start here; on GitHub's own runners it first repairs what keeps them from it.
 *
 * @throws UserError with what to do where there is no way. It never answers with less isolation.
 */
async function findStance(machine, { probe, log }) {
    const unsupported = explainPlatform(machine.platform, machine.arch);
    if (unsupported)
        throw new errors/* UserError */.yo(unsupported);
    const situation = {
        platform: machine.platform,
        arch: machine.arch,
        githubHosted: machine.githubHosted,
        inContainer: await machine.inContainer(),
    };
    for (let tried = [];;) {
        const found = await tryStances(machine, { probe, log });
        if ('bwrap' in found)
            return found;
        const judged = judgeFailure(found, { ...situation, tried });
        if ('message' in judged)
            throw new errors/* UserError */.yo(judged.message);
        log.info(`The local sandbox needs a repair of this runner: ${judged.repair}.`);
        await repair(judged.repair, machine, log);
        tried = [...tried, judged.repair];
    }
}
async function tryStances(machine, { probe, log }) {
    const bwrap = await machine.findBubblewrap();
    if (bwrap === undefined)
        return { kind: 'missing' };
    const system = await machine.look();
    let stderr = '';
    for (const stance of stancesOf(machine, { bwrap, system })) {
        const tried = await probe(stance);
        if ('ok' in tried) {
            if (stance.processes === undefined)
                log.warn('The number of processes in the sandbox is not limited here; its time is.');
            return stance;
        }
        stderr = tried.stderr;
    }
    return { kind: 'start', stderr };
}
// As root, an unused user of the host (none that a system hands out), for then the kernel counts and limits its processes.
const unusedUser = { uid: 60_777, gid: 60_777 };
/**
 * Root is exempt from the limit of processes, so root first tries an unused user. Before Linux 5.14 the kernel counted all processes
 * of the user, those outside as well: a limit would hit at random.
 */
function stancesOf({ uid }, base) {
    const processes = countsPerNamespace((0,external_node_os_.release)()) ? 512 : undefined;
    const asSelf = { ...base, user: undefined, processes: uid === 0 ? undefined : processes };
    return uid === 0 ? [{ ...base, user: unusedUser, processes }, asSelf] : [asSelf];
}
function countsPerNamespace(version) {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    return major > 5 || (major === 5 && minor >= 14);
}
async function repair(which, machine, log) {
    for (const { command, stdin } of repairs[which]) {
        const done = await machine.sudo(command, stdin);
        if (!done.ok)
            log.warn(`sudo ${command.join(' ')} failed: ${(0,lib_text/* oneLine */.TN)(done.stderr)}`);
    }
}
const profileFile = '/etc/apparmor.d/bwrap';
const repairs = {
    install: [
        { command: ['apt-get', 'update', '-q'] },
        { command: ['apt-get', 'install', '-y', '-q', '--no-install-recommends', 'bubblewrap'] },
    ],
    'apparmor-profile': [
        { command: ['tee', profileFile], stdin: appArmorProfile },
        { command: ['apparmor_parser', '--replace', profileFile] },
    ],
};
/** Runs nothing in a sandbox of its own, with the very policy that commands will have. */
function createProbe(tempDir) {
    return async (stance) => {
        const storage = await (0,sandbox_storage/* createStorage */.wE)(tempDir);
        try {
            if (stance.user)
                await (0,sandbox_storage/* giveStorage */.jb)(storage, stance.user);
            const limits = limitsOf(stance, 20_000);
            const result = await runBubblewrap({
                bwrap: stance.bwrap,
                openStreams: createStreamOpener(storage),
                options: (0,bubblewrap_policy/* toBubblewrapArguments */.M_)(storage, stance.system, {}),
                command: (0,bubblewrap_policy/* toGuestCommand */.Zs)(['/bin/sh', '-c', 'touch "$HOME/repo/probe" /tmp/probe'], { cwd: '/', limits }),
                user: stance.user,
                stdin: '',
                timeoutMs: limits.timeoutMs,
                signal: undefined,
                maxOutputBytes: 10_000,
            });
            return result.started && result.exitCode === 0 ? { ok: true } : { stderr: result.stderr.toString() };
        }
        finally {
            await (0,sandbox_storage/* removeStorage */.Od)(storage);
        }
    };
}
function limitsOf(stance, timeoutMs) {
    return { timeoutMs, processes: stance.processes, cores: (0,external_node_os_.availableParallelism)() };
}

;// CONCATENATED MODULE: ./build/src/adapters/local/ceilings.js




const everyMs = 100;
const maxDisk = 8 * 2 ** 30;
const maxFiles = 1_000_000;
/**
 * Without rights there is no quota on a folder and no control group, so the host looks: ten times a second at what the machine has left,
 * which costs nothing, and only where that shrank by half of what a sandbox may have, at what the sandbox itself holds. For memory that
 * is taken faster than somebody looks, commands are the first that the kernel ends (`oom_score_adj`).
 */
async function createCeilings(storage, { memoryMb, diskMb }) {
    const begin = await look(storage);
    const limits = {
        memory: memoryMb === undefined ? Math.floor(machineMemory() / 2) : memoryMb * 2 ** 20,
        disk: Math.min(diskMb === undefined ? maxDisk : diskMb * 2 ** 20, Math.floor(begin.disk / 2)),
    };
    const disk = createDiskCeiling(storage, begin, limits.disk);
    return {
        async watch(pid, signal) {
            let memory = 0;
            while (await pause(signal)) {
                const left = await look(storage);
                memory = Math.max(memory, left.memory);
                if (memory - left.memory > limits.memory / 2 && (await memoryOf(pid)) > limits.memory)
                    return 'memory';
                if (await disk.isBroken(left))
                    return 'disk';
            }
            return undefined;
        },
        async settle(ceiling) {
            if (ceiling === 'disk')
                await disk.settle();
        },
        explain: (ceiling) => ceiling === 'memory'
            ? `courier: the command was ended, as its processes used more than ${inMb(limits.memory)} MB of memory.\n`
            : `courier: the command was ended, as the sandbox holds more than ${inMb(limits.disk)} MB or ${maxFiles} files. Delete what is not needed.\n`,
    };
}
/** The disk of all commands together. Who is above it may still delete: a command is ended only when there is more than there was. */
function createDiskCeiling(storage, begin, limit) {
    const most = { disk: begin.disk, files: begin.files };
    const tolerated = { disk: limit, files: maxFiles };
    let notBefore = 0;
    const see = (left) => {
        most.disk = Math.max(most.disk, left.disk);
        most.files = Math.max(most.files, left.files);
        return { gone: most.disk - left.disk, files: most.files - left.files };
    };
    const measureUse = async ({ gone, files }) => {
        if (gone < limit / 2 && files < maxFiles)
            return { disk: 0, files };
        // What was deleted and is still open is in no folder: then the disk alone tells.
        return { disk: Math.max(await measure(storage), gone > 1.5 * limit ? gone : 0), files };
    };
    const tolerate = (used) => {
        tolerated.disk = Math.max(limit, used.disk);
        tolerated.files = Math.max(maxFiles, used.files);
    };
    return {
        async isBroken(left) {
            const seen = see(left);
            if (performance.now() < notBefore)
                return false;
            const started = performance.now();
            const used = await measureUse(seen);
            notBefore = performance.now() + 5 * (performance.now() - started);
            const broken = used.disk > tolerated.disk || used.files > tolerated.files;
            tolerate(used);
            return broken;
        },
        async settle() {
            tolerate(await measureUse(see(await look(storage))));
        },
    };
}
async function pause(signal) {
    await (0,external_node_timers_promises_.setTimeout)(everyMs, undefined, { ref: false, signal }).catch(() => undefined);
    return !signal.aborted;
}
async function look(storage) {
    const [meminfo, { bavail, bsize, ffree }] = await Promise.all([
        (0,external_node_fs_promises_.readFile)('/proc/meminfo', 'utf8').catch(() => ''),
        (0,external_node_fs_promises_.statfs)(storage),
    ]);
    return { memory: kilobytes(meminfo, 'MemAvailable'), disk: bavail * bsize, files: ffree };
}
function machineMemory() {
    const constrained = process.constrainedMemory();
    return constrained > 0 ? Math.min(constrained, (0,external_node_os_.totalmem)()) : (0,external_node_os_.totalmem)();
}
/** Bytes that the descendants of a process hold for themselves: all processes of its namespace are below it. */
async function memoryOf(root) {
    const pids = (await (0,external_node_fs_promises_.readdir)('/proc')).filter((name) => /^\d+$/.test(name));
    const read = pids.map(async (pid) => {
        const status = await (0,external_node_fs_promises_.readFile)(`/proc/${pid}/status`, 'utf8').catch(() => '');
        const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? '0');
        return { pid: Number(pid), parent, bytes: held(status) };
    });
    const children = Map.groupBy(await Promise.all(read), ({ parent }) => parent);
    let sum = 0;
    const seen = new Set([root]);
    for (const parent of seen) {
        for (const { pid, bytes } of children.get(parent) ?? []) {
            sum += bytes;
            seen.add(pid);
        }
    }
    return sum;
}
function held(status) {
    return ['RssAnon', 'RssShmem', 'VmSwap'].reduce((sum, name) => sum + kilobytes(status, name), 0);
}
function kilobytes(text, name) {
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? '0') * 1024;
}
/** Bytes that lie in a folder. `du` follows no link; what it may not look into it leaves out. */
function measure(folder) {
    return new Promise((resolve) => {
        const options = { env: { LC_ALL: 'C' }, cwd: '/', timeout: 60_000 };
        (0,external_node_child_process_.execFile)('/usr/bin/du', ['-sx', '--block-size=1', '--', folder], options, (_error, stdout) => resolve(Number(/^\d+/.exec(stdout)?.[0] ?? '0')));
    });
}
function inMb(bytes) {
    return Math.floor(bytes / 2 ** 20);
}

;// CONCATENATED MODULE: ./build/src/adapters/local/gateway/inside.js
/** Names in the folder of a sandbox's gateway. */
const gatewayFiles = { socket: 'api.sock', script: 'forward.mjs' };
/** Where the folder is inside, and the address that programs call. */
const gatewayInside = { folder: '/run/courier', port: 8787, url: 'http://127.0.0.1:8787' };
/**
 * Runs in the sandbox, before the command: many programs take an address with a port only, and there is no network. It listens on
 * 127.0.0.1, which is the sandbox's own, and ends as its command ends. Any Node of the machine must be able to run it.
 */
const forwarderScript = `import { spawn } from 'node:child_process';
import net from 'node:net';
import { constants } from 'node:os';
const [port, socket, program, ...parameters] = process.argv.slice(2);
const server = net.createServer({ allowHalfOpen: true }, (inside) => {
  const outside = net.connect({ path: socket, allowHalfOpen: true });
  for (const [from, to] of [[inside, outside], [outside, inside]]) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
    from.pipe(to);
  }
});
server.on('error', (error) => {
  process.stderr.write('courier: the gateway cannot listen: ' + error.message + '\\n');
  process.exit(126);
});
server.listen(Number(port), '127.0.0.1', () => {
  const child = spawn(program, parameters, { stdio: 'inherit' });
  child.on('error', (error) => {
    const missing = error.code === 'ENOENT';
    process.stderr.write('courier: ' + program + ': ' + (missing ? 'not found' : error.message) + '\\n');
    process.exit(missing ? 127 : 126);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
});
`;
/** The command, with the forwarder beside it. `node`: the program, as it is called inside. */
function besideForwarder(node, command) {
    const { folder, port } = gatewayInside;
    return [node, `${folder}/${gatewayFiles.script}`, String(port), `${folder}/${gatewayFiles.socket}`, ...command];
}

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(78474);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(37067);
// EXTERNAL MODULE: ./build/src/sandboxes/gateway.js
var gateway = __webpack_require__(49139);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 3 modules
var schemas = __webpack_require__(28942);
;// CONCATENATED MODULE: ./build/src/sandboxes/gateway-reach.js
// Deeper than any conversation is nested; what is cannot be looked through.
const deepest = 32;
/**
 * What a call would have the API do beside answering, in a few words: an API may search and fetch for its model, call servers that the call names,
 * read what the account keeps, and work on when nobody listens. To a sandbox without a network that would be one, and none of it is in what an
 * answer is counted with.
 *
 * @param body of the call, parsed.
 * @returns `undefined` where it answers, and does nothing else.
 */
function reachOf(protocol, body) {
    if (!isFields(body))
        return undefined;
    // Gemini's count of tokens holds the call that it is about.
    const inner = isFields(body.generateContentRequest) ? [body.generateContentRequest] : [];
    for (const call of [body, ...inner]) {
        const found = reachIn[protocol](call);
        if (found !== undefined)
            return found;
    }
    return reachOfParts(protocol, body, 0);
}
const openAi = ({ service_tier }) => one(service_tier, ['auto', 'default', 'flex']) ? undefined : 'be served at a higher price';
const reachIn = {
    'anthropic-messages': ({ mcp_servers, container, speed, service_tier }) => {
        if (!isEmpty(mcp_servers))
            return 'call servers';
        if (!isEmpty(container))
            return 'run code';
        const isUsual = one(speed, ['standard']) && one(service_tier, ['auto', 'standard_only']);
        return isUsual ? undefined : 'be served at a higher price';
    },
    'openai-responses': (body) => {
        if (body.background === true)
            return 'work on in the background';
        const kept = ['previous_response_id', 'conversation', 'prompt'].find((name) => !isEmpty(body[name]));
        return kept === undefined ? openAi(body) : 'read what the account keeps';
    },
    'openai-chat': (body) => {
        if (!isEmpty(body.web_search_options) || !isEmpty(body.plugins))
            return 'search the web';
        if (typeof body.n === 'number' && body.n > 1)
            return 'answer several times';
        return openAi(body);
    },
    gemini: (body) => {
        if (!isEmpty(body.cachedContent) || !isEmpty(body.cached_content))
            return 'read what the account keeps';
        // The other spelling of what is limited below.
        if (!isEmpty(body.generation_config))
            return 'be limited in two ways';
        const { candidateCount = 1, candidate_count = 1 } = isFields(body.generationConfig) ? body.generationConfig : {};
        return candidateCount === 1 && candidate_count === 1 ? undefined : 'answer several times';
    },
};
/** Tools that the program itself runs. All others the API runs, where it is. */
const ownTools = {
    'anthropic-messages': /^(?:custom|(?:bash|text_editor|computer|memory|tool_search_tool_\w+?)_\d{8})$/,
    'openai-responses': /^(?:function|custom|local_shell|apply_patch)$/,
    'openai-chat': /^(?:function|custom)$/,
};
function reachOfTools(protocol, tools) {
    if (isEmpty(tools))
        return undefined;
    const other = list(tools).find((tool) => !isOwn(protocol, tool));
    return other === undefined ? undefined : `use a tool of its own (${nameOf(other)})`;
}
function isOwn(protocol, tool) {
    if (!isFields(tool))
        return false;
    // A group of them, as Codex sends it.
    if (protocol === 'openai-responses' && tool.type === 'namespace')
        return list(tool.tools).every((inside) => isOwn(protocol, inside));
    if (protocol === 'gemini')
        return Object.keys(tool).every((key) => /^function_?declarations$/i.test(key));
    // Of Anthropic's tools those of the program need no type.
    const { type = protocol === 'anthropic-messages' ? 'custom' : '' } = tool;
    return typeof type === 'string' && ownTools[protocol].test(type);
}
function nameOf(tool) {
    const { type = Object.keys(Object(tool)).join(' ') } = isFields(tool) ? tool : {};
    return String(type)
        .replace(/[^\w ]/g, '')
        .slice(0, 60);
}
/** What belongs to the program's own tools is never looked at by the API, whatever it holds. */
const opaque = new Set(['tools', 'input_schema', 'parameters', 'args', 'arguments', 'response', 'metadata']);
/**
 * Tools, which may also come in the middle of a conversation; and contents that the API would have to fetch: by an address, or out of the account's
 * files.
 */
function reachOfParts(protocol, value, depth) {
    if (depth > deepest)
        return 'read what is nested too deeply';
    if (Array.isArray(value))
        return firstOf(value, (part) => reachOfParts(protocol, part, depth + 1));
    if (!isFields(value))
        return undefined;
    if (isFetched(value))
        return 'fetch what an address or a name of a file stands for';
    const isCall = value.type === 'tool_use';
    const inside = Object.entries(value).filter(([key]) => !opaque.has(key) && !(isCall && key === 'input'));
    return reachOfTools(protocol, value.tools) ?? firstOf(inside, ([, part]) => reachOfParts(protocol, part, depth + 1));
}
function isFetched(part) {
    if (isFields(part.source) && !one(part.source.type, ['base64', 'text', 'content']))
        return true;
    if (typeof part.file_id === 'string' || typeof part.file_url === 'string')
        return true;
    if ([part.fileData, part.file_data].some(isFields))
        return true;
    return ['image_url', 'video_url', 'audio_url'].some((name) => isAddress(part[name]));
}
function isAddress(given) {
    const address = isFields(given) ? given.url : given;
    return typeof address === 'string' && !/^data:/i.test(address);
}
function firstOf(items, look) {
    for (const item of items) {
        const found = look(item);
        if (found !== undefined)
            return found;
    }
    return undefined;
}
function isFields(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isEmpty(value) {
    return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}
function list(value) {
    return Array.isArray(value) ? value : [value];
}
/** Whether it is one of these, or is not said. */
function one(value, among) {
    return value === undefined || value === null || (typeof value === 'string' && among.includes(value));
}

;// CONCATENATED MODULE: ./build/src/sandboxes/gateway-calls.js


/**
 * Where a call goes: below the upstream, if it is one of the few of its vendor that programs need.
 * @returns `undefined` for everything else.
 */
function resolveCall({ vendor, upstream }, { method, url }) {
    if (!url?.startsWith('/') || /[\\\s]/.test(url))
        return undefined;
    // Resolves dots, also encoded ones; the host is thrown away.
    const asked = URL.parse(`http://inside${url}`);
    if (asked?.host !== 'inside' || /%2f|%5c|\/\//i.test(asked.pathname))
        return undefined;
    const found = routes[vendor]({ method, path: asked.pathname });
    if (!found || found.kind === 'hello')
        return found;
    const target = new URL(upstream);
    // The base URL that OpenAI's clients take has the version in it, and those of others who offer its API another one.
    const below = vendor === 'openai' ? asked.pathname.replace(/^\/v1(?=\/)/, '') : asked.pathname;
    target.pathname = target.pathname.replace(/\/+$/, '') + below;
    asked.searchParams.delete('key');
    target.search = asked.searchParams.toString();
    target.hash = '';
    return { ...found, target };
}
const id = String.raw `[\w.:@-]+(?:\/[\w.:@-]+)*`;
const models = new RegExp(String.raw `^\/v1(?:beta)?\/models(?:\/${id})?$`);
const gemini = /^\/v1(?:beta|alpha)?\/models\/([\w.-]+):(generateContent|streamGenerateContent|countTokens)$/;
const routes = {
    anthropic: ({ method, path }) => {
        if (path === '/api/hello' && (method === 'HEAD' || method === 'GET'))
            return { kind: 'hello' };
        if (method === 'POST' && path === '/v1/messages')
            return { kind: 'model', protocol: 'anthropic-messages' };
        if (method === 'POST' && path === '/v1/messages/count_tokens')
            return { kind: 'free', protocol: 'anthropic-messages' };
        return listOfModels(method, path);
    },
    openai: ({ method, path }) => {
        if (method === 'POST' && path === '/v1/responses')
            return { kind: 'model', protocol: 'openai-responses' };
        if (method === 'POST' && path === '/v1/chat/completions')
            return { kind: 'model', protocol: 'openai-chat' };
        return listOfModels(method, path);
    },
    google: ({ method, path }) => {
        const [, model, verb] = (method === 'POST' && gemini.exec(path)) || [];
        if (model === undefined)
            return listOfModels(method, path);
        if (verb === 'countTokens')
            return { kind: 'free', protocol: 'gemini' };
        return { kind: 'model', protocol: 'gemini', model, stream: verb === 'streamGenerateContent' };
    },
};
function listOfModels(method, path) {
    return method === 'GET' && models.test(path) ? { kind: 'free' } : undefined;
}
const tokens = schemas/* number */.aig().int().positive().optional().catch(undefined);
const Body = schemas/* looseObject */._H3({
    model: schemas/* string */.YjP().max(200).optional().catch(undefined),
    stream: schemas/* boolean */.zMY().optional().catch(undefined),
    max_tokens: tokens,
    max_completion_tokens: tokens,
    max_output_tokens: tokens,
    stream_options: schemas/* looseObject */._H3({}).optional().catch(undefined),
    generationConfig: schemas/* looseObject */._H3({ maxOutputTokens: tokens }).optional().catch(undefined),
    thinking: schemas/* looseObject */._H3({ budget_tokens: tokens }).optional().catch(undefined),
});
/** @returns `undefined` for what is not JSON, or no object. */
function understandBody({ protocol, model, stream }, bytes) {
    const body = Body.safeParse(parse(bytes)).data;
    if (!body)
        return undefined;
    const fields = fieldsOf[protocol];
    return {
        model: model ?? body.model,
        stream: stream ?? body.stream ?? false,
        maxTokens: fields.maxTokens(body),
        reach: reachOf(protocol, body),
        send(limit) {
            const limited = limit === undefined ? body : fields.limit(body, limit);
            return new TextEncoder().encode(JSON.stringify(fields.tellUsage(limited) ?? limited));
        },
    };
}
/** A call that costs nothing, as far as it may be sent. */
function understandFree({ protocol }, bytes) {
    if (!protocol)
        return { reach: undefined, bytes };
    const body = schemas/* looseObject */._H3({}).safeParse(parse(bytes)).data;
    return body && { reach: reachOf(protocol, body), bytes: new TextEncoder().encode(JSON.stringify(body)) };
}
const toldAnyway = () => undefined;
const fieldsOf = {
    'anthropic-messages': {
        maxTokens: ({ max_tokens }) => max_tokens,
        limit: (body, most) => {
            const { thinking } = body;
            // A budget of thinking lies below what may be written, and has a least size.
            const budget = Math.max(1024, Math.min(thinking?.budget_tokens ?? 0, most - 1024));
            const thinks = thinking?.budget_tokens === undefined ? {} : { thinking: { ...thinking, budget_tokens: budget } };
            return { ...body, ...thinks, max_tokens: most };
        },
        tellUsage: toldAnyway,
    },
    'openai-responses': {
        maxTokens: ({ max_output_tokens }) => max_output_tokens,
        limit: (body, most) => ({ ...body, max_output_tokens: most }),
        tellUsage: toldAnyway,
    },
    'openai-chat': {
        maxTokens: ({ max_completion_tokens, max_tokens }) => max_completion_tokens ?? max_tokens,
        // Its older name, where that alone is said: not every API of this kind knows the newer one.
        limit: ({ max_tokens, max_completion_tokens, ...body }, most) => max_tokens !== undefined && max_completion_tokens === undefined
            ? { ...body, max_tokens: most }
            : { ...body, max_completion_tokens: most },
        tellUsage: (body) => {
            const options = body.stream_options ?? {};
            const isTold = body.stream !== true || options.include_usage === true;
            return isTold ? undefined : { ...body, stream_options: { ...options, include_usage: true } };
        },
    },
    gemini: {
        maxTokens: ({ generationConfig }) => generationConfig?.maxOutputTokens,
        limit: (body, most) => ({ ...body, generationConfig: { ...body.generationConfig, maxOutputTokens: most } }),
        tellUsage: toldAnyway,
    },
};
function parse(bytes) {
    try {
        return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/src/agents/prices.js
var prices = __webpack_require__(10548);
;// CONCATENATED MODULE: ./build/src/sandboxes/gateway-retries.js


/** Accounts without money, in the words of the vendors: waiting does not help. */
const spent = /enforced_spend_limit_reached|contract_spend_limit_reached|ramp_limit_exceeded|insufficient_quota|billing_hard_limit_reached|billing_not_active|credit balance is too low|PerDay/i;
/** Nothing of the answer has been passed on. What the request itself is to blame for goes to the program, whose client understands it. */
function judgeAnswer({ status, headers, body, now }) {
    if (status >= 200 && status < 300)
        return judgeContents(headers);
    const detail = describe(status, body);
    const final = whyFinal(status, body);
    if (final)
        return { verdict: 'refuse', why: final, detail };
    const why = whyAgain(status);
    if (!why)
        return { verdict: 'pass', detail };
    if (headers['x-should-retry'] === 'false')
        return { verdict: 'refuse', why, detail };
    return { verdict: 'retry', why, detail, retryAfterMs: retryAfterOf(headers, now) };
}
function judgeContents(headers) {
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding === 'identity')
        return { verdict: 'pass' };
    return { verdict: 'refuse', why: 'unusable', detail: `The API sent ${encoding}, which nobody asked for.` };
}
function whyFinal(status, body) {
    // Who redirects might get the key; who refuses the key might say it.
    if (status < 400)
        return 'unusable';
    if (status === 402 || ((status === 429 || status === 400) && spent.test(body)))
        return 'spend-limit';
    // Google answers 400 where it does not know a key.
    return status === 401 || status === 403 || /API_KEY_INVALID|API key not valid/i.test(body) ? 'key' : undefined;
}
function whyAgain(status) {
    if (status === 429)
        return 'rate-limit';
    if (status === 529 || status === 503)
        return 'overloaded';
    return status >= 500 || status === 408 || status === 409 ? 'server' : undefined;
}
/** Milliseconds before the next attempt; `attempt` counts from 1, `random` is below 1. */
function waitBefore(attempt, { retryAfterMs, random }, { firstWaitMs, longestWaitMs }) {
    if (retryAfterMs !== undefined)
        return Math.min(retryAfterMs, longestWaitMs);
    const full = Math.min(firstWaitMs * 2 ** (attempt - 1), longestWaitMs);
    // Between half of it and all of it, so that calls which failed together do not come back together.
    return Math.round(full * (0.5 + random / 2));
}
const ErrorBody = schemas/* looseObject */._H3({
    error: schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* looseObject */._H3({ message: schemas/* string */.YjP() }).transform(({ message }) => message)]),
});
/** What the API said, for people. Keys are not in it: vendors show the end of one at most, and it goes through the gate like all text. */
function describe(status, body) {
    const said = ErrorBody.safeParse(gateway_retries_parse(body)).data?.error;
    return said === undefined
        ? `The API answered ${status}.`
        : `The API answered ${status}: ${(0,lib_text/* truncate */.xv)((0,lib_text/* oneLine */.TN)(said), 300)}`;
}
/** Milliseconds, from `retry-after-ms`, or `retry-after` in seconds or as a date. */
function retryAfterOf(headers, now) {
    const milliseconds = Number(headers['retry-after-ms'] || Number.NaN);
    if (Number.isFinite(milliseconds))
        return Math.max(0, milliseconds);
    const header = headers['retry-after'];
    if (typeof header !== 'string' || header === '')
        return undefined;
    const seconds = Number(header);
    if (Number.isFinite(seconds))
        return Math.max(0, seconds * 1000);
    const date = Date.parse(header);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
function gateway_retries_parse(json) {
    try {
        return JSON.parse(json);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/src/sandboxes/gateway-refusals.js
/** What programs are told in the place of an answer. */
const refusals = {
    token: {
        status: 401,
        anthropic: 'authentication_error',
        google: 'UNAUTHENTICATED',
        message: "This is not the session's token.",
    },
    'not-allowed': {
        status: 404,
        anthropic: 'not_found_error',
        google: 'NOT_FOUND',
        message: "Courier's gateway passes on calls of the model's API only.",
    },
    'reaches-out': {
        status: 403,
        anthropic: 'permission_error',
        google: 'PERMISSION_DENIED',
        message: "Courier's gateway passes on calls that the model answers by itself: no tools of the API, and no addresses.",
    },
    'bad-request': {
        status: 400,
        anthropic: 'invalid_request_error',
        google: 'INVALID_ARGUMENT',
        message: 'The request cannot be read.',
    },
    iterations: {
        status: 403,
        anthropic: 'permission_error',
        google: 'PERMISSION_DENIED',
        message: 'The turns of this session are used up: end your work now.',
    },
    budget: {
        status: 403,
        anthropic: 'permission_error',
        google: 'PERMISSION_DENIED',
        message: 'The budget of this session is used up: end your work now.',
    },
    timeout: {
        status: 403,
        anthropic: 'permission_error',
        google: 'PERMISSION_DENIED',
        message: 'The time of this session is over: end your work now.',
    },
    ended: {
        status: 403,
        anthropic: 'permission_error',
        google: 'PERMISSION_DENIED',
        message: 'This session has ended: end your work now.',
    },
    busy: {
        status: 429,
        anthropic: 'rate_limit_error',
        google: 'RESOURCE_EXHAUSTED',
        message: 'Too many calls at once.',
    },
    'too-large': {
        status: 413,
        anthropic: 'request_too_large',
        google: 'INVALID_ARGUMENT',
        message: 'The request is too large.',
    },
    key: {
        status: 403,
        anthropic: 'permission_error',
        google: 'PERMISSION_DENIED',
        message: "The API refuses Courier's key, or what it asks for.",
    },
    'spend-limit': {
        status: 403,
        anthropic: 'permission_error',
        google: 'PERMISSION_DENIED',
        message: "The account's spend limit at the API is reached: end your work now.",
    },
    // Tried often enough by then: one that clients repeat would only take time. Some look for words such as overloaded in it, whatever its status.
    'rate-limit': {
        status: 403,
        anthropic: 'permission_error',
        google: 'PERMISSION_DENIED',
        message: 'The API takes no more calls for now, also after several tries: end your work now.',
    },
    overloaded: {
        status: 403,
        anthropic: 'permission_error',
        google: 'PERMISSION_DENIED',
        message: 'The API has too much to do, also after several tries: end your work now.',
    },
    server: {
        status: 403,
        anthropic: 'permission_error',
        google: 'PERMISSION_DENIED',
        message: 'The API fails, also after several tries: end your work now.',
    },
    unreachable: {
        status: 403,
        anthropic: 'permission_error',
        google: 'PERMISSION_DENIED',
        message: 'The API cannot be reached, also after several tries: end your work now.',
    },
    silent: {
        status: 403,
        anthropic: 'permission_error',
        google: 'PERMISSION_DENIED',
        message: 'The API falls silent or breaks off, also after several tries: end your work now.',
    },
    unusable: {
        status: 403,
        anthropic: 'permission_error',
        google: 'PERMISSION_DENIED',
        message: 'The API gave an answer that cannot be passed on.',
    },
};
/** A refusal in the vendor's own shape, so that its client understands it; only what may pass is tried again. */
function toRefusal(vendor, why) {
    const { status, anthropic, google, message } = refusals[why];
    const bodies = {
        anthropic: { type: 'error', error: { type: anthropic, message } },
        openai: { error: { message, type: anthropic, param: null, code: status === 403 ? 'access_denied' : why } },
        google: { error: { code: status, message, status: google } },
    };
    return {
        status,
        headers: {
            'content-type': 'application/json',
            'x-should-retry': String(why === 'busy'),
            ...(why === 'busy' ? { 'retry-after': '1' } : {}),
        },
        body: JSON.stringify(bodies[vendor]),
    };
}
/** The end of a stream that came to none by itself, as the API itself would tell it: clients try again or end, none of them waits. */
function toStreamError(protocol, message) {
    const data = (value) => `data: ${JSON.stringify(value)}\n\n`;
    const server = { message, type: 'server_error', param: null, code: null };
    const ends = {
        'anthropic-messages': () => `event: error\n${data({ type: 'error', error: { type: 'api_error', message } })}`,
        'openai-responses': () => `event: error\n${data({ type: 'error', code: 'server_error', message, param: null, sequence_number: 1_000_000 })}`,
        'openai-chat': () => data({ error: server }),
        gemini: () => data({ error: { code: 503, message, status: 'UNAVAILABLE' } }),
    };
    return ends[protocol]();
}

;// CONCATENATED MODULE: ./build/src/sandboxes/gateway-stream.js


const longestEvent = 4 << 20;
/** Whole events of a stream: the half of one, which no client can read, is kept back, so that another end can be put to it. */
function createEventSplitter() {
    let held = external_node_buffer_.Buffer.alloc(0);
    return {
        add(chunk) {
            const all = external_node_buffer_.Buffer.concat([held, chunk]);
            const end = all.length > longestEvent ? all.length : endOf(all);
            held = all.subarray(end);
            return all.subarray(0, end);
        },
        rest: () => held,
    };
}
/** Where the last event ends, at a blank line. */
function endOf(bytes) {
    const ends = ['\n\n', '\r\n\r\n', '\r\r'].map((blank) => {
        const at = bytes.lastIndexOf(blank);
        return at < 0 ? 0 : at + blank.length;
    });
    return Math.max(...ends);
}
const ErrorEvent = schemas/* looseObject */._H3({
    error: schemas/* looseObject */._H3({ type: schemas/* string */.YjP().optional(), message: schemas/* string */.YjP().catch('') }),
});
const passing = new Map([
    ['overloaded_error', 'overloaded'],
    ['rate_limit_error', 'rate-limit'],
    ['api_error', 'server'],
    ['timeout_error', 'server'],
    ['server_error', 'server'],
]);
/** What a stream that begins with an error says, where another attempt may do better. */
function failsAtOnce(events) {
    const text = external_node_buffer_.Buffer.from(events.subarray(0, 20_000)).toString('utf8');
    const [, json = ''] = /^(?:event: ?error\r?\n)?data: ?(\{.*)/.exec(text) ?? [];
    if (!json.includes('"error"'))
        return undefined;
    const found = ErrorEvent.safeParse(gateway_stream_parse(json)).data?.error;
    const why = found && passing.get(found.type);
    return why && { why, detail: `The API failed as it began: ${found.type} ${found.message}`.slice(0, 400) };
}
function gateway_stream_parse(json) {
    try {
        return JSON.parse(json);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/src/sandboxes/gateway-usage-words.js

const gateway_usage_words_tokens = schemas/* number */.aig().int().min(0).catch(0).default(0);
const details = (names) => schemas/* looseObject */._H3(names).nullish().catch(undefined);
const anthropicCounts = {
    input_tokens: gateway_usage_words_tokens,
    cache_creation_input_tokens: gateway_usage_words_tokens,
    cache_read_input_tokens: gateway_usage_words_tokens,
    output_tokens: gateway_usage_words_tokens,
};
const AnthropicUsage = schemas/* looseObject */._H3({
    ...anthropicCounts,
    output_tokens_details: details({ thinking_tokens: gateway_usage_words_tokens }),
    // What the service wrote to summarise the transcript is told here alone.
    iterations: schemas/* array */.YOg(schemas/* looseObject */._H3({ type: schemas/* string */.YjP().catch(''), ...anthropicCounts }))
        .nullish()
        .catch(undefined),
});
const AnthropicMessage = schemas/* looseObject */._H3({
    type: schemas/* string */.YjP().catch(''),
    usage: AnthropicUsage.nullish().catch(undefined),
    message: schemas/* looseObject */._H3({ usage: AnthropicUsage.nullish().catch(undefined) })
        .nullish()
        .catch(undefined),
});
const cacheDetails = details({ cached_tokens: gateway_usage_words_tokens, cache_write_tokens: gateway_usage_words_tokens, cache_creation_tokens: gateway_usage_words_tokens });
const reasoningDetails = details({ reasoning_tokens: gateway_usage_words_tokens });
const ResponsesUsage = schemas/* looseObject */._H3({
    input_tokens: gateway_usage_words_tokens,
    input_tokens_details: cacheDetails,
    output_tokens: gateway_usage_words_tokens,
    output_tokens_details: reasoningDetails,
});
const ResponsesBody = schemas/* looseObject */._H3({
    type: schemas/* string */.YjP().optional().catch(undefined),
    usage: ResponsesUsage.nullish().catch(undefined),
    response: schemas/* looseObject */._H3({ usage: ResponsesUsage.nullish().catch(undefined) })
        .nullish()
        .catch(undefined),
});
const ChatBody = schemas/* looseObject */._H3({
    usage: schemas/* looseObject */._H3({
        prompt_tokens: gateway_usage_words_tokens,
        prompt_tokens_details: cacheDetails,
        completion_tokens: gateway_usage_words_tokens,
        completion_tokens_details: reasoningDetails,
    })
        .nullish()
        .catch(undefined),
});
const GeminiBody = schemas/* looseObject */._H3({
    candidates: schemas/* array */.YOg(schemas/* looseObject */._H3({ finishReason: schemas/* string */.YjP().nullish().catch(undefined) }))
        .optional()
        .catch(undefined),
    usageMetadata: schemas/* looseObject */._H3({
        promptTokenCount: gateway_usage_words_tokens,
        toolUsePromptTokenCount: gateway_usage_words_tokens,
        cachedContentTokenCount: gateway_usage_words_tokens,
        candidatesTokenCount: gateway_usage_words_tokens,
        thoughtsTokenCount: gateway_usage_words_tokens,
    })
        .nullish()
        .catch(undefined),
});
const readers = {
    'anthropic-messages': (item) => {
        const { type, usage, message } = AnthropicMessage.parse(item);
        const found = usage ?? message?.usage;
        return { ...(found ? { counts: anthropic(found) } : {}), final: type === 'message_stop' };
    },
    'openai-responses': (item) => {
        const { type, usage, response } = ResponsesBody.parse(item);
        const found = response?.usage ?? usage;
        const final = type !== undefined && /^response\.(completed|incomplete|failed)$/.test(type);
        if (!found)
            return { final };
        return {
            counts: {
                input: found.input_tokens,
                output: found.output_tokens,
                ...cached(found.input_tokens_details),
                reasoning: found.output_tokens_details?.reasoning_tokens ?? 0,
            },
            final,
        };
    },
    'openai-chat': (item) => {
        const { usage } = ChatBody.parse(item);
        if (!usage)
            return {};
        return {
            counts: {
                input: usage.prompt_tokens,
                output: usage.completion_tokens,
                ...cached(usage.prompt_tokens_details),
                reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
            },
        };
    },
    gemini: (item) => {
        const { candidates = [], usageMetadata } = GeminiBody.parse(item);
        const final = candidates.some(({ finishReason }) => finishReason);
        if (!usageMetadata)
            return { final };
        const { promptTokenCount, toolUsePromptTokenCount, cachedContentTokenCount } = usageMetadata;
        const { candidatesTokenCount, thoughtsTokenCount } = usageMetadata;
        return {
            counts: {
                input: promptTokenCount + toolUsePromptTokenCount,
                output: candidatesTokenCount + thoughtsTokenCount,
                read: cachedContentTokenCount,
                write: 0,
                reasoning: thoughtsTokenCount,
            },
            final,
        };
    },
};
/** What the messages in a piece of an answer tell; several where Google streams an array, as nobody asks for events. */
function readMessages(protocol, json) {
    const parsed = gateway_usage_words_parse(json);
    const items = Array.isArray(parsed) ? parsed : [parsed];
    return items
        .filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
        .map(readers[protocol]);
}
/** Its input is told without what was cached; ours is the whole of it, as of the others. */
function anthropic({ output_tokens_details, iterations, ...usage }) {
    const all = [usage, ...(iterations ?? []).filter(({ type }) => type === 'compaction')];
    const sum = (name) => all.reduce((total, each) => total + each[name], 0);
    const [read, write] = [sum('cache_read_input_tokens'), sum('cache_creation_input_tokens')];
    return {
        input: sum('input_tokens') + read + write,
        output: sum('output_tokens'),
        read,
        write,
        reasoning: output_tokens_details?.thinking_tokens ?? 0,
    };
}
function cached(found) {
    return {
        read: found?.cached_tokens ?? 0,
        write: Math.max(found?.cache_write_tokens ?? 0, found?.cache_creation_tokens ?? 0),
    };
}
function gateway_usage_words_parse(json) {
    try {
        return JSON.parse(json);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/src/sandboxes/gateway-usage.js

// A longer piece of JSON is read for nothing but its length.
const longest = 32 << 20;
const longestLine = 4 << 20;
const bytesPerToken = 4;
/** What is around the words of an event. */
const frameBytes = 150;
/**
 * Counts are cumulative in every API, so the largest of each holds. Where none is told, for an API need not, or where the answer was cut before,
 * what came stands in: never less than what is likely.
 */
function createUsageReader({ protocol, stream }) {
    const decoder = new TextDecoder();
    const most = { input: 0, output: 0, read: 0, write: 0, reasoning: 0 };
    const seen = { told: false, final: false, guessed: 0, bytes: 0, skipping: false };
    let rest = '';
    const read = (json) => {
        for (const { counts, final } of readMessages(protocol, json)) {
            seen.final ||= final ?? false;
            if (!counts)
                continue;
            seen.told = true;
            for (const name of ['input', 'output', 'read', 'write', 'reasoning'])
                most[name] = Math.max(most[name], counts[name]);
        }
    };
    const readLine = (line) => {
        if (!line.startsWith('data:'))
            return;
        seen.guessed += Math.max(1, Math.ceil((line.length - frameBytes) / bytesPerToken));
        if (line.slice(5).trim() === '[DONE]')
            seen.final = true;
        else
            read(line.slice(5));
    };
    const readLines = () => {
        const lines = rest.split(/\r?\n/);
        rest = lines.pop() ?? '';
        // The end of one that was too long to be read.
        const whole = seen.skipping ? lines.slice(1) : lines;
        if (lines.length > 0)
            seen.skipping = false;
        for (const line of whole)
            readLine(line);
    };
    const take = (text) => {
        rest += text;
        if (stream)
            readLines();
        if (rest.length <= (stream ? longestLine : longest))
            return;
        seen.guessed += Math.ceil(rest.length / bytesPerToken);
        seen.skipping = true;
        rest = '';
    };
    return {
        add(chunk) {
            seen.bytes += chunk.length;
            take(decoder.decode(chunk, { stream: true }));
        },
        isWhole: () => !stream || seen.final,
        total(sent) {
            if (stream)
                take('\n');
            else
                read(rest);
            const isSure = seen.told && (!stream || seen.final);
            const guessed = stream ? seen.guessed : Math.ceil(seen.bytes / bytesPerToken);
            return {
                usage: {
                    inputTokens: seen.told ? Math.max(0, most.input - most.read - most.write) : Math.ceil(sent / bytesPerToken),
                    outputTokens: isSure ? most.output : Math.max(most.output, guessed),
                    cacheReadTokens: most.read,
                    cacheWriteTokens: most.write,
                },
                reasoningTokens: most.reasoning,
                estimated: !isSure,
            };
        },
    };
}

;// CONCATENATED MODULE: ./build/src/adapters/local/gateway/read-body.js

/** The body of a request, or of an answer; `undefined` where it is larger than `most`, or does not come to its end. */
async function readBody(message, most) {
    if (Number(message.headers['content-length'] ?? '0') > most)
        return undefined;
    const chunks = [];
    let bytes = 0;
    try {
        for await (const chunk of message) {
            const data = external_node_buffer_.Buffer.from(chunk);
            bytes += data.length;
            if (bytes > most)
                return undefined;
            chunks.push(data);
        }
        return external_node_buffer_.Buffer.concat(chunks);
    }
    catch {
        return undefined;
    }
}
/** As much of it as there is, up to `most`, and the rest is not waited for. */
async function readBeginning(message, most) {
    const chunks = [];
    let bytes = 0;
    try {
        for await (const chunk of message) {
            const data = external_node_buffer_.Buffer.from(chunk);
            chunks.push(data);
            bytes += data.length;
            if (bytes >= most)
                break;
        }
    }
    catch {
        // What came has to do.
    }
    return external_node_buffer_.Buffer.concat(chunks).subarray(0, most);
}

;// CONCATENATED MODULE: ./build/src/adapters/local/gateway/state.js

const limits = {
    request: 32 << 20,
    /** Of a call to this host itself. */
    route: 4 << 20,
    answer: 64 << 20,
    atOnce: 8,
    connections: 64,
    /** Calls that cost nothing, in all. */
    free: 2000,
    /** Answers in a row that did not come to their end; then none is asked for any more. */
    broken: 3,
    /** Milliseconds in which nothing is sent after an API was given up: clients that try again at once are told so at once. */
    resting: 30_000,
    /** Milliseconds in which a program sends its request, and in which an answer begins that comes in one piece. */
    request_ms: 60_000,
    answer_ms: 600_000,
};
/** Prose has about four bytes to a token, dense code about three; JSON's own marks count as well. */
const mostTokensPerByte = 0.4;
/** A listener that throws harms nobody's call. */
function tell({ spec }, event) {
    try {
        spec.onEvent?.(event);
    }
    catch {
        // Its own affair.
    }
}
/** Tells a program no, in its vendor's words. */
function state_refuse(state, { response }, { why, call, detail }) {
    tell(state, {
        type: 'refused',
        why,
        ...(call === undefined ? {} : { call }),
        ...(detail === undefined ? {} : { detail: withoutKey(state, detail) }),
    });
    if (response.headersSent || response.destroyed)
        return void response.destroy();
    const { status, headers, body } = toRefusal(state.spec.vendor, why);
    // What is still to come of the request is not read.
    response.writeHead(status, { ...headers, connection: 'close' });
    response.end(body);
}
function withoutKey({ spec: { key, token } }, text) {
    return [key, token].reduce((rest, secret) => (secret === '' ? rest : rest.replaceAll(secret, '[key]')), text);
}

;// CONCATENATED MODULE: ./build/src/adapters/local/gateway/pass-answer.js








/** An answer that began well. @returns how it ended; or that nothing of it got to the program, so that the call may be sent again. */
async function passAnswer(state, call, answer) {
    const isStream = (answer.incoming.headers['content-type'] ?? '').startsWith('text/event-stream');
    const found = isStream ? await passStream(state, call, answer) : await passWhole(call, answer);
    const isBroken = 'verdict' in found ? found.why === 'silent' : found.outcome === 'cut' || found.outcome === 'silent';
    state.broken = isBroken ? state.broken + 1 : 0;
    return found;
}
async function passWhole({ response, gone }, { incoming, protocol, sent }) {
    const late = setTimeout(() => incoming.destroy(), limits.answer_ms);
    const body = await readBody(incoming, limits.answer);
    clearTimeout(late);
    if (gone.aborted)
        return { outcome: 'abandoned', used: undefined };
    if (body === undefined)
        return brokenOff('The API broke off its answer.');
    const reader = createUsageReader({ protocol, stream: false });
    reader.add(body);
    response.writeHead(incoming.statusCode ?? 200, (0,gateway/* passHeaders */.eV)(incoming.headers)).end(body);
    return { outcome: 'answered', used: reader.total(sent) };
}
async function passStream(state, call, answer) {
    const copy = {
        reader: createUsageReader({ protocol: answer.protocol, stream: true }),
        splitter: createEventSplitter(),
        silence: watchSilence(answer.incoming, (0,gateway/* silenceOf */.Dp)(state.spec)),
        bytes: 0,
        failure: undefined,
    };
    try {
        await copyEvents(call, answer.incoming, copy);
    }
    catch {
        // It broke off, or was ended: told apart below.
    }
    finally {
        copy.silence.stop();
    }
    return concludeStream(call, answer, copy);
}
async function copyEvents(call, incoming, copy) {
    for await (const chunk of incoming) {
        copy.silence.wind();
        const data = external_node_buffer_.Buffer.from(chunk);
        copy.bytes += data.length;
        const events = copy.splitter.add(data);
        if (events.length > 0)
            await passEvents(call, { incoming, copy, events });
        if (copy.failure || copy.bytes > limits.answer || call.response.destroyed)
            return;
    }
}
async function passEvents({ response }, { incoming, copy, events }) {
    if (!response.headersSent) {
        copy.failure = failsAtOnce(events);
        if (copy.failure)
            return;
        response.writeHead(incoming.statusCode ?? 200, (0,gateway/* passHeaders */.eV)(incoming.headers));
    }
    copy.reader.add(events);
    if (!response.write(events))
        await Promise.race([(0,external_node_events_.once)(response, 'drain'), (0,external_node_events_.once)(response, 'close')]);
}
function concludeStream({ response, gone }, { protocol, sent }, { reader, splitter, silence, bytes, failure }) {
    if (failure)
        return { verdict: 'retry', ...failure, retryAfterMs: undefined };
    const said = silence.isOver() ? 'The API fell silent.' : 'The API broke off its answer.';
    if (!response.headersSent && !gone.aborted)
        return brokenOff(said);
    const used = bytes === 0 ? undefined : reader.total(sent);
    const isWhole = reader.isWhole();
    if (gone.aborted || response.destroyed)
        return { outcome: isWhole ? 'answered' : 'abandoned', used };
    response.end(isWhole ? splitter.rest() : toStreamError(protocol, said));
    if (isWhole)
        return { outcome: 'answered', used };
    return { outcome: silence.isOver() ? 'silent' : 'cut', used };
}
function brokenOff(detail) {
    return { verdict: 'retry', why: 'silent', detail, retryAfterMs: undefined };
}
/** Ends an answer that says nothing any more. */
function watchSilence(incoming, silenceMs) {
    let over = false;
    const end = () => {
        over = true;
        incoming.destroy();
    };
    let timer = setTimeout(end, silenceMs);
    return {
        wind() {
            clearTimeout(timer);
            timer = setTimeout(end, silenceMs);
        },
        stop: () => clearTimeout(timer),
        isOver: () => over,
    };
}

// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(44708);
;// CONCATENATED MODULE: ./build/src/adapters/local/gateway/send-call.js



/** The call as the API gets it. @returns its answer, of which nothing is read. @throws where there is none. */
function sendCall(spec, call) {
    const { target, method, headers, body, signal, patienceMs } = call;
    return new Promise((resolve, reject) => {
        const late = setTimeout(() => outgoing.destroy(new Error('it did not answer in time')), patienceMs);
        const outgoing = (target.protocol === 'https:' ? external_node_https_.request : external_node_http_.request)(target, {
            method,
            headers: {
                ...(0,gateway/* passHeaders */.eV)(headers),
                ...(0,gateway/* keyHeader */.LP)(spec),
                'accept-encoding': 'identity',
                ...(method === 'POST' ? { 'content-length': body.length } : {}),
            },
            signal,
        });
        outgoing.once('response', (incoming) => {
            clearTimeout(late);
            resolve(incoming);
        });
        outgoing.on('error', (error) => {
            clearTimeout(late);
            reject(error);
        });
        outgoing.once('close', () => {
            clearTimeout(late);
            reject(new Error('the connection was closed'));
        });
        outgoing.end(body);
    });
}

;// CONCATENATED MODULE: ./build/src/adapters/local/gateway/answer-call.js











const mostOfAnError = 256 << 10;
const leastToLearnFrom = 20_000;
const abandoned = { outcome: 'abandoned', used: undefined };
/** A call that a model answers: decided on, sent until there is an answer or no hope, counted. */
async function answerModel(state, call, resolved) {
    const came = await readBody(call.request, limits.request);
    if (came === undefined)
        return state_refuse(state, call, { why: 'too-large' });
    const body = understandBody(resolved, came);
    if (!body)
        return state_refuse(state, call, { why: 'bad-request' });
    if (body.reach !== undefined)
        return state_refuse(state, call, { why: 'reaches-out', detail: tellReach(body.reach) });
    const tired = whyTired(state);
    if (tired)
        return state_refuse(state, call, tired);
    const number = state.calls + 1;
    const { model, maxTokens } = body;
    const promptTokens = Math.ceil(came.length * state.tokensPerByte);
    const decision = state.spec.decide({ number, model, promptTokens, maxTokens });
    if ('refuse' in decision)
        return state_refuse(state, call, { why: decision.refuse });
    state.calls = number;
    let ended = abandoned;
    try {
        ended = await findAnswer(state, call, { number, resolved, body, bytes: body.send(decision.maxTokens) });
        learn(state, ended.used, came.length);
    }
    finally {
        tell(state, { type: 'ended', call: number, model, ...ended });
    }
}
/** From what little is sent nothing can be told: the API adds words of its own. A tenth more is for what is denser than the rest. */
function learn(state, used, bytes) {
    if (!used || used.estimated || bytes < leastToLearnFrom)
        return;
    const tokens = (0,prices/* promptTokensOf */.UT)(used.usage);
    if (tokens > 0)
        state.tokensPerByte = Math.min(mostTokensPerByte, (1.1 * tokens) / bytes);
}
/** Why nothing is asked of the API now. */
function whyTired({ broken, givenUp }) {
    if (broken >= limits.broken) {
        return { why: 'silent', detail: `${broken} answers of the API in a row broke off or fell silent.` };
    }
    return givenUp && Date.now() - givenUp.at < limits.resting ? givenUp : undefined;
}
async function findAnswer(state, call, job) {
    for (let attempt = 1;; attempt += 1) {
        const found = await attemptOnce(state, call, job);
        if ('outcome' in found)
            return found;
        if (call.gone.aborted)
            return abandoned;
        const isLast = attempt >= state.patience.tries || state.broken >= limits.broken;
        if (found.verdict === 'refuse' || isLast)
            return giveUp(state, call, job, found);
        const { retryAfterMs, detail } = found;
        const waitMs = waitBefore(attempt, { retryAfterMs, random: Math.random() }, state.patience);
        tell(state, { type: 'retry', call: job.number, attempt, waitMs, reason: withoutKey(state, detail) });
        await (0,external_node_timers_promises_.setTimeout)(waitMs, undefined, { signal: call.gone }).catch(() => undefined);
        if (call.gone.aborted)
            return abandoned;
    }
}
function giveUp(state, call, { number }, { verdict, why, detail: said }) {
    const detail = withoutKey(state, said);
    // Another call may ask for what the key does allow.
    if (verdict === 'retry')
        state.givenUp = { at: Date.now(), why, detail };
    state_refuse(state, call, { why, call: number, detail });
    return { outcome: 'refused', used: undefined, detail };
}
async function attemptOnce(state, call, job) {
    const { resolved, body, bytes } = job;
    const { method, headers } = call.request;
    const stopping = new AbortController();
    try {
        const incoming = await sendCall(state.spec, {
            target: resolved.target,
            method,
            headers,
            body: bytes,
            signal: AbortSignal.any([call.gone, stopping.signal]),
            patienceMs: body.stream ? (0,gateway/* silenceOf */.Dp)(state.spec) : limits.answer_ms,
        });
        const status = incoming.statusCode ?? 502;
        const isError = status < 200 || status > 299;
        const said = isError ? await readBeginning(incoming, mostOfAnError) : external_node_buffer_.Buffer.alloc(0);
        const answer = { status, headers: incoming.headers, body: said.toString('utf8'), now: Date.now() };
        const judged = judgeAnswer(answer);
        if (judged.verdict !== 'pass')
            return judged;
        if (!isError)
            return await passAnswer(state, call, { incoming, protocol: resolved.protocol, sent: bytes.length });
        call.response.writeHead(status, (0,gateway/* passHeaders */.eV)(incoming.headers)).end(said);
        return { outcome: 'refused', used: undefined, detail: withoutKey(state, judged.detail ?? '') };
    }
    catch (error) {
        const detail = `The API cannot be reached: ${(0,errors/* messageOf */.bD)(error)}.`;
        return { verdict: 'retry', why: 'unreachable', detail, retryAfterMs: undefined };
    }
    finally {
        stopping.abort();
    }
}
function tellReach(reach) {
    return `A call was to have the API ${reach}.`;
}
/** A call that costs nothing: sent once, and its answer passed on as it is. */
async function answerFree(state, call, resolved) {
    const came = await readBody(call.request, limits.request);
    if (came === undefined)
        return state_refuse(state, call, { why: 'too-large' });
    const understood = understandFree(resolved, came);
    if (!understood)
        return state_refuse(state, call, { why: 'bad-request' });
    const { reach, bytes: body } = understood;
    if (reach !== undefined)
        return state_refuse(state, call, { why: 'reaches-out', detail: tellReach(reach) });
    state.free += 1;
    if (state.free > limits.free)
        return state_refuse(state, call, { why: 'budget' });
    const { method, headers } = call.request;
    const stopping = new AbortController();
    const signal = AbortSignal.any([call.gone, stopping.signal]);
    try {
        const incoming = await sendCall(state.spec, {
            ...{ target: resolved.target, method, headers, body, signal },
            patienceMs: (0,gateway/* silenceOf */.Dp)(state.spec),
        });
        const said = await readBody(incoming, limits.answer);
        const status = incoming.statusCode ?? 502;
        const answer = { status, headers: incoming.headers, body: said?.toString('utf8') ?? '', now: Date.now() };
        const judged = judgeAnswer(answer);
        if (said === undefined || judged.verdict !== 'pass')
            return state_refuse(state, call, { why: judged.verdict === 'pass' ? 'unusable' : judged.why });
        call.response.writeHead(status, (0,gateway/* passHeaders */.eV)(incoming.headers)).end(said);
    }
    catch {
        state_refuse(state, call, { why: 'unreachable' });
    }
    finally {
        stopping.abort();
    }
}

;// CONCATENATED MODULE: ./build/src/adapters/local/gateway/serve-route.js



/** What this host answers itself. The token does not get to it. */
async function answerRoute(state, call, route) {
    const { request, response, gone } = call;
    const body = await readBody(request, limits.route);
    if (body === undefined)
        return state_refuse(state, call, { why: 'too-large' });
    const { method = 'GET', url = '/' } = request;
    const answer = await route(new Request(`http://courier${url}`, {
        method,
        headers: headersOf(request.headers),
        ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
        signal: gone,
    }));
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    for await (const chunk of answer.body ?? [])
        if (!response.destroyed)
            response.write(external_node_buffer_.Buffer.from(chunk));
    response.end();
}
function headersOf(headers) {
    const secret = new Set([
        'authorization',
        'x-api-key',
        'api-key',
        'x-goog-api-key',
        'connection',
        'transfer-encoding',
    ]);
    return Object.entries(headers).flatMap(([name, value]) => value === undefined || secret.has(name) ? [] : [[name, String(value)]]);
}

;// CONCATENATED MODULE: ./build/src/adapters/local/gateway/start-gateway.js












/**
 * Listens on a unix socket in `folder`, which is bound into the sandbox, and passes calls on to the one API. The key is added here; programs
 * inside never have it.
 */
async function startGateway(folder, spec) {
    await (0,external_node_fs_promises_.mkdir)(folder);
    await (0,external_node_fs_promises_.chmod)(folder, 0o755);
    await (0,external_node_fs_promises_.writeFile)(external_node_path_.join(folder, gatewayFiles.script), forwarderScript, { mode: 0o644 });
    const ending = new AbortController();
    const state = {
        spec,
        patience: spec.patience ?? gateway/* usualPatience */.UG,
        ending: ending.signal,
        ...{ calls: 0, free: 0, running: 0, broken: 0, givenUp: undefined, tokensPerByte: mostTokensPerByte },
    };
    // What a program keeps open for its next call is not closed under it: clients differ in what they do when a call meets a closed connection.
    const times = { headersTimeout: 30_000, requestTimeout: limits.request_ms, keepAliveTimeout: 600_000 };
    const server = (0,external_node_http_.createServer)(times, (request, response) => {
        handle(state, request, response).catch(() => response.destroy());
    });
    server.maxConnections = limits.connections;
    // The name of a socket may be 107 bytes long; the folder's may be longer.
    const handleOfFolder = await (0,external_node_fs_promises_.open)(folder, 'r');
    server.listen(`/proc/self/fd/${handleOfFolder.fd}/${gatewayFiles.socket}`);
    await (0,external_node_events_.once)(server, 'listening');
    await (0,external_node_fs_promises_.chmod)(external_node_path_.join(folder, gatewayFiles.socket), 0o666);
    return {
        access: { url: gatewayInside.url, key: spec.token, hosted: true },
        async stop() {
            ending.abort();
            const closed = new Promise((resolve) => server.close(resolve));
            server.closeAllConnections();
            await closed;
            await handleOfFolder.close();
            await (0,external_node_fs_promises_.rm)(folder, { recursive: true, force: true });
        },
    };
}
async function handle(state, request, response) {
    const left = new AbortController();
    response.once('close', () => left.abort());
    const call = { request, response, gone: AbortSignal.any([left.signal, state.ending]) };
    const resolved = resolveCall(state.spec, request);
    // Asked before a program has looked for its key.
    if (resolved?.kind === 'hello')
        return void response.writeHead(200, { 'content-length': '0' }).end();
    if (!(0,gateway/* presentedKeys */.$N)(request).some((key) => isSame(key, state.spec.token)))
        return state_refuse(state, call, { why: 'token' });
    const route = state.spec.routes?.[request.url?.split('?')[0] ?? ''];
    // Its own limits are its own affair: what waits there for an answer keeps no model waiting.
    if (route)
        return answerRoute(state, call, route);
    if (!resolved)
        return state_refuse(state, call, { why: 'not-allowed' });
    if (state.running >= limits.atOnce)
        return state_refuse(state, call, { why: 'busy' });
    state.running += 1;
    try {
        if (resolved.kind === 'model')
            await answerModel(state, call, resolved);
        else
            await answerFree(state, call, resolved);
    }
    finally {
        state.running -= 1;
    }
}
/** In a time that does not depend on where they differ. */
function isSame(one, other) {
    const digest = (text) => (0,external_node_crypto_.createHash)('sha256').update(text).digest();
    return other !== '' && (0,external_node_crypto_.timingSafeEqual)(external_node_buffer_.Buffer.from(digest(one)), external_node_buffer_.Buffer.from(digest(other)));
}

// EXTERNAL MODULE: ./build/src/adapters/local/real-folders.js
var real_folders = __webpack_require__(11136);
;// CONCATENATED MODULE: ./build/src/adapters/local/layer-store.js




const usualLimits = { bytes: 4 * 2 ** 30, archives: 8 };
const staleMs = 3_600_000;
function createLayerStore(folder, limits = usualLimits) {
    const fileOf = (key) => external_node_path_.join(folder, `${key}.tar`);
    return {
        async take(key, place) {
            const file = fileOf(key);
            if (!(await isOwnFolder(folder)) || !(await isOwnFile(file)))
                return false;
            // The storage may lie on another disk.
            await (0,external_node_fs_promises_.link)(file, place).catch(() => (0,external_node_fs_promises_.copyFile)(file, place, external_node_fs_promises_.constants.COPYFILE_FICLONE));
            await (0,external_node_fs_promises_.utimes)(file, new Date(), new Date()).catch(() => undefined);
            return true;
        },
        async publish(key, file) {
            await (0,real_folders/* ensureRealFolder */.NL)(folder);
            await (0,external_node_fs_promises_.chmod)(folder, 0o700);
            if (!(await isOwnFolder(folder)))
                return;
            const fresh = external_node_path_.join(folder, `.${(0,external_node_crypto_.randomBytes)(6).toString('hex')}.tmp`);
            try {
                await (0,external_node_fs_promises_.copyFile)(file, fresh, external_node_fs_promises_.constants.COPYFILE_EXCL | external_node_fs_promises_.constants.COPYFILE_FICLONE);
                // A copy belongs to whom the file belonged.
                const [uid, gid] = [process.getuid?.(), process.getgid?.()];
                if (uid !== undefined && gid !== undefined)
                    await (0,external_node_fs_promises_.chown)(fresh, uid, gid);
                await (0,external_node_fs_promises_.chmod)(fresh, 0o644);
                await (0,external_node_fs_promises_.rename)(fresh, fileOf(key));
            }
            finally {
                await (0,external_node_fs_promises_.rm)(fresh, { force: true });
            }
            await prune(folder, limits);
        },
        drop: (key) => (0,external_node_fs_promises_.rm)(fileOf(key), { force: true }),
    };
}
/** A folder that others may write to could hold anybody's archives. */
async function isOwnFolder(folder) {
    const found = await (0,external_node_fs_promises_.lstat)(folder).catch(ifMissing);
    return found?.isDirectory() === true && layer_store_isOwn(found) && (found.mode & 0o022) === 0;
}
async function isOwnFile(file) {
    const found = await (0,external_node_fs_promises_.lstat)(file).catch(ifMissing);
    return found?.isFile() === true && layer_store_isOwn(found);
}
function layer_store_isOwn({ uid }) {
    return uid === process.getuid?.();
}
function ifMissing(error) {
    if ((0,real_folders/* isFileError */.lz)(error, 'ENOENT', 'ENOTDIR', 'EACCES'))
        return undefined;
    throw error;
}
/** Keeps what was used last. */
async function prune(folder, { bytes, archives }) {
    const names = (await (0,external_node_fs_promises_.readdir)(folder)).filter((name) => /^(?:[0-9a-f]{64}\.tar|\.[0-9a-f]+\.tmp)$/.test(name));
    const found = names.map(async (name) => {
        const { mtimeMs, size } = await (0,external_node_fs_promises_.lstat)(external_node_path_.join(folder, name)).catch(() => ({ mtimeMs: 0, size: 0 }));
        return { name, mtimeMs, size };
    });
    let room = bytes;
    let left = archives;
    for (const { name, mtimeMs, size } of (await Promise.all(found)).toSorted((a, b) => b.mtimeMs - a.mtimeMs)) {
        if (name.endsWith('.tmp')) {
            if (Date.now() - mtimeMs > staleMs)
                await (0,external_node_fs_promises_.rm)(external_node_path_.join(folder, name), { force: true });
            continue;
        }
        room -= size;
        left -= 1;
        if (room < 0 || left < 0)
            await (0,external_node_fs_promises_.rm)(external_node_path_.join(folder, name), { force: true });
    }
}

// EXTERNAL MODULE: ./build/src/sandboxes/file-scripts.js
var file_scripts = __webpack_require__(70942);
// EXTERNAL MODULE: ./build/src/sandboxes/guest-limits.js
var guest_limits = __webpack_require__(66682);
;// CONCATENATED MODULE: ./build/src/adapters/local/local-sandbox-guest.js





const fileTimeoutMs = 60_000;
/**
 * What a sandbox offers, in terms of running a command inside. Files too are read and written from the inside, where a link that an
 * attacker planted leads nowhere else: the host opens no path below the storage while the sandbox lives.
 */
function createGuest(run, ended) {
    const inside = async (command) => {
        if (ended.aborted)
            throw new errors/* ExternalError */.yA('The sandbox has ended.');
        const result = await run(command);
        if (result.started)
            return result;
        throw new errors/* ExternalError */.yA(`The sandbox could not run a command: ${(0,lib_text/* oneLine */.TN)(result.stderr.toString())}`);
    };
    const onFile = async (script, args, stdin, maxOutputBytes) => {
        const argv = ['/bin/sh', '-c', script, 'courier', ...args];
        const trusted = {
            cwd: '/',
            env: { PATH: '/usr/bin:/bin' },
            timeoutMs: fileTimeoutMs,
            signal: undefined,
            onOutput: undefined,
            maxStreamedBytes: undefined,
            gateway: false,
        };
        return inside({ argv, stdin, maxOutputBytes, ...trusted });
    };
    const write = async (redirect, path, data) => {
        (0,guest_limits/* checkPath */.Cg)(path);
        const result = await onFile((0,file_scripts/* writeFileScript */.R)(redirect), [path], data, 10_000);
        if (result.exitCode === 0)
            return;
        const reason = result.timedOut ? 'it took too long' : (0,lib_text/* truncate */.xv)((0,lib_text/* oneLine */.TN)(result.stderr.toString()), 300);
        throw new errors/* ExternalError */.yA(`${JSON.stringify(path)} could not be written in the sandbox: ${reason}`);
    };
    return {
        async exec(command, { cwd = bubblewrap_policy/* guest */.B9.workspace, env = {}, stdin = '', timeoutMs, signal, maxOutputBytes = guest_limits/* defaultBytes */.Dl.output, onOutput, maxStreamedBytes, }) {
            const refused = (0,guest_limits/* refuseArguments */.Rd)([cwd, ...command]);
            if (refused)
                return refused;
            return toExecResult(await inside({
                ...{ argv: command, cwd, env, stdin, timeoutMs, signal, maxOutputBytes, onOutput, maxStreamedBytes },
                gateway: true,
            }));
        },
        writeFile: (path, data) => write('>', path, data),
        appendFile: (path, data) => write('>>', path, data),
        async readFile(path, { maxBytes = guest_limits/* defaultBytes */.Dl.file } = {}) {
            (0,guest_limits/* checkPath */.Cg)(path);
            const script = '[ -f "$1" ] && [ -r "$1" ] || exit 66; exec head -c "$2" -- "$1"';
            // Twice the size: what is kept must not be cut before the size can be judged.
            const result = await onFile(script, [path, String(maxBytes + 1)], '', 2 * maxBytes + 2);
            if (result.exitCode === 66)
                return undefined;
            if (result.exitCode !== 0) {
                throw new errors/* ExternalError */.yA(`${JSON.stringify(path)} could not be read in the sandbox: ${(0,lib_text/* oneLine */.TN)(result.stderr.toString())}`);
            }
            if (result.stdout.length <= maxBytes)
                return result.stdout;
            throw new errors/* ExternalError */.yA(`${JSON.stringify(path)} is larger than ${maxBytes} bytes.`);
        },
    };
}
function toExecResult({ exitCode, stdout, stderr, timedOut, truncated, durationMs }) {
    return {
        exitCode,
        stdout: stdout.toString('utf8'),
        stderr: stderr.toString('utf8'),
        timedOut,
        truncated,
        durationMs,
    };
}

;// CONCATENATED MODULE: ./build/src/adapters/local/machine.js




function createMachine(env) {
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
        sudo: (command, stdin = '') => new Promise((resolve) => {
            const options = { timeout: 180_000, env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' } };
            const child = (0,external_node_child_process_.execFile)('/usr/bin/sudo', ['-n', ...command], options, (error, _stdout, stderr) => resolve({ ok: error === null, stderr: stderr || (error?.message ?? '') }));
            child.stdin?.on('error', () => { });
            child.stdin?.end(stdin);
        }),
    };
}
async function findRoots() {
    const found = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'].map(async (root) => {
        const entry = await (0,external_node_fs_promises_.lstat)(root).catch(() => undefined);
        if (!entry)
            return [];
        return [{ path: root, link: entry.isSymbolicLink() ? await (0,external_node_fs_promises_.readlink)(root) : undefined }];
    });
    return (await Promise.all(found)).flat();
}
/** The Node that commands should find: the one on PATH, else the one that runs Courier. Below `/usr` it is visible anyway. */
async function findNode(env) {
    const folders = (env.PATH ?? '')
        .split(':')
        .filter((folder) => external_node_path_.isAbsolute(folder) && !folder.includes('node_modules'));
    const onPath = await firstThat(folders.map((folder) => external_node_path_.join(folder, 'node')), exists);
    const program = await (0,external_node_fs_promises_.realpath)(onPath ?? process.execPath);
    if (program.startsWith('/usr/'))
        return { node: undefined, usrNode: program };
    const prefix = external_node_path_.dirname(external_node_path_.dirname(program));
    // A folder that holds more than Node, a home above all, must not become visible.
    const isDistribution = external_node_path_.basename(external_node_path_.dirname(program)) === 'bin' && (await exists(external_node_path_.join(prefix, 'include/node/node.h')));
    const isHome = !external_node_path_.relative(prefix, (0,external_node_os_.homedir)()).startsWith('..');
    const node = isDistribution && !isHome
        ? { kind: 'distribution', path: prefix }
        : { kind: 'program', path: program };
    return { node };
}
async function exists(file) {
    return (0,external_node_fs_promises_.access)(file, external_node_fs_promises_.constants.F_OK).then(() => true, () => false);
}
async function firstThat(items, test) {
    for (const item of items)
        if (await test(item))
            return item;
    return undefined;
}

;// CONCATENATED MODULE: ./build/src/adapters/local/pristine-storage.js



/**
 * File systems that stamp every change with the kernel's time, writes through a mapping included (a tmpfs does not stamp those): ext4, xfs,
 * btrfs and f2fs.
 */
const honest = new Set([0xef53, 0x58465342, 0x9123683e, 0xf2f52010]);
// The kernel's time stamps advance with its tick, 10 ms at most: what happens later must not share the mark's.
const tickMs = 20;
async function markStorage(storage) {
    const { type } = await (0,external_node_fs_promises_.statfs)(storage);
    if (!honest.has(type))
        return undefined;
    const mark = (Date.now() + 1) / 1000;
    await (0,external_node_timers_promises_.setTimeout)(tickMs);
    return mark;
}
/**
 * Whether nothing that commands can write to was changed, added or removed since the mark. The time of an inode's change is the kernel's
 * alone to set; a removal or a new name changes its folder. Nothing runs inside meanwhile: the processes of a command end with it.
 */
async function isPristine({ exec }, mark) {
    if (mark === undefined)
        return false;
    const find = ['/usr/bin/find', bubblewrap_policy/* guest */.B9.home, '/tmp', '-newerct', `@${mark.toFixed(3)}`, '-print', '-quit'];
    const { exitCode, stdout, stderr } = await exec(find, { cwd: '/', timeoutMs: 60_000, maxOutputBytes: 1000 });
    return exitCode === 0 && stdout === '' && stderr === '';
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
;// CONCATENATED MODULE: ./build/src/adapters/local/program-share.js




const run = (0,external_node_util_.promisify)(external_node_child_process_.execFile);
/**
 * What of a program a sandbox binds. Bubblewrap runs as `user`, where that is not the own one: what this one cannot reach (a cache below
 * root's home) is linked into the sandbox's storage, beside what commands can write to, or copied where that is another file system.
 */
async function placeProgram(share, { storage, user }) {
    if (!user || (await isOpenToAll(share.from)))
        return share;
    const folder = external_node_path_.join(storage, 'program');
    const place = external_node_path_.join(folder, external_node_path_.basename(share.from));
    await run('/bin/rm', ['-rf', '--one-file-system', '--', folder], { env: {} });
    await (0,external_node_fs_promises_.mkdir)(folder, { mode: 0o755 });
    const copy = (how) => run('/bin/cp', [how, '--', share.from, place], { env: {} });
    await copy('-al').catch(async () => {
        await run('/bin/rm', ['-rf', '--', place], { env: {} });
        await copy('-a');
    });
    return { ...share, from: place };
}
/** Whether everybody on this machine may go there. */
async function isOpenToAll(place) {
    for (let folder = place;; folder = external_node_path_.dirname(folder)) {
        const { mode } = await (0,external_node_fs_promises_.stat)(folder);
        if ((mode & 0o001) === 0)
            return false;
        if (folder === external_node_path_.dirname(folder))
            return true;
    }
}

// EXTERNAL MODULE: ./build/src/sandboxes/layer-scripts.js
var layer_scripts = __webpack_require__(50325);
// EXTERNAL MODULE: ./build/src/sandboxes/run-setup.js
var run_setup = __webpack_require__(63108);
;// CONCATENATED MODULE: ./build/src/adapters/local/layer-scripts.js
/** Where a sandbox sees what it is given, and what it may hand over. */
const layerInside = '/run/layer';
/**
 * Prints what of the machine a setup builds upon, read before anything of the repository runs: the system, and the programs that install.
 */
const describeMachine = `
uname -m
cat /etc/os-release
for tool in node npm yarn pnpm python3 pip ruby go cargo java php gcc; do
  place=$(command -v "$tool") && stat -L -c '%n %s %Y' "$place"
done
exit 0
`;

;// CONCATENATED MODULE: ./build/src/adapters/local/setup-proxy.js







const most = 256;
const silenceMs = 120_000;
const mostTold = 3;
/**
 * An HTTP proxy behind a socket in `folder`, for whom the sandbox is given that folder: `CONNECT` and plain requests to allowed hosts. It
 * looks up names itself, sees nothing of what TLS protects, and adds nothing. After `close` no connection is left.
 */
async function startSetupProxy(folder, { hosts, resolver }) {
    await (0,external_node_fs_promises_.mkdir)(folder, { mode: 0o755 });
    await (0,external_node_fs_promises_.writeFile)(external_node_path_.join(folder, gatewayFiles.script), forwarderScript, { mode: 0o644 });
    const open = new Set();
    const track = (stream) => {
        open.add(stream);
        stream.once('close', () => open.delete(stream));
        stream.on('error', () => stream.destroy());
        return stream;
    };
    const refusals = new Set();
    const find = async (asked) => {
        const found = await findAddress(asked, hosts, resolver);
        if ('refused' in found && refusals.size < mostTold)
            refusals.add((0,lib_text/* truncate */.xv)((0,lib_text/* oneLine */.TN)(found.refused), 200));
        return found;
    };
    const server = (0,external_node_http_.createServer)((request, response) => void forward(request, response, { find, track }));
    server.maxConnections = most;
    server.on('connection', (socket) => track(socket));
    server.on('clientError', (_error, socket) => socket.destroy());
    server.on('connect', (request, socket, head) => void tunnel({ request, socket, head }, { find, track }));
    const leave = await listen(server, folder);
    return {
        refusals: () => [...refusals],
        async close() {
            const closed = new Promise((resolve) => server.close(resolve));
            for (const stream of open)
                stream.destroy();
            await closed;
            await leave();
            await (0,external_node_fs_promises_.rm)(folder, { recursive: true, force: true });
        },
    };
}
/**
 * By the open folder, as the path of a socket may have 107 characters only.
 * @returns what closes that folder; the server, which removes its socket by this very path, has to be closed before.
 */
async function listen(server, folder) {
    const handle = await (0,external_node_fs_promises_.open)(folder);
    try {
        await new Promise((resolve, reject) => {
            server.once('error', reject);
            server.listen(`/proc/self/fd/${handle.fd}/${gatewayFiles.socket}`, resolve);
        });
        // Commands may run as another user; nobody else gets into the storage.
        await (0,external_node_fs_promises_.chmod)(external_node_path_.join(folder, gatewayFiles.socket), 0o666);
    }
    catch (error) {
        await handle.close();
        throw error;
    }
    return () => handle.close();
}
async function tunnel({ request, socket, head }, { find, track }) {
    const asked = /^([A-Za-z0-9.-]{1,253}):(\d{1,5})$/.exec(request.url ?? '');
    const found = asked
        ? await find({ host: asked[1] ?? '', port: Number(asked[2]) })
        : { refused: 'It is no host and port.' };
    if (socket.destroyed)
        return;
    if ('refused' in found)
        return setup_proxy_refuse(socket, 403, found.refused);
    const outside = track((0,external_node_net_.connect)(found));
    outside.setTimeout(silenceMs, () => outside.destroy());
    outside.once('error', () => setup_proxy_refuse(socket, 502, 'The host cannot be reached.'));
    outside.once('connect', () => {
        outside.removeAllListeners('error').on('error', () => socket.destroy());
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        outside.write(head);
        outside.pipe(socket).pipe(outside);
    });
    socket.once('close', () => outside.destroy());
    outside.once('close', () => socket.end());
}
function setup_proxy_refuse(socket, status, why) {
    const reason = status === 403 ? 'Forbidden' : 'Bad Gateway';
    socket.end(`HTTP/1.1 ${status} ${reason}\r\nconnection: close\r\ncontent-length: ${why.length + 10}\r\n\r\ncourier: ${why}\n`);
}
/** Headers between two neighbours. */
const hops = ['connection', 'keep-alive', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'upgrade'];
async function forward(request, response, { find, track }) {
    const url = URL.parse(request.url ?? '');
    const answer = (status, why) => {
        if (response.headersSent)
            return void response.destroy();
        response.writeHead(status, { connection: 'close' }).end(`courier: ${why}\n`);
    };
    if (url?.protocol !== 'http:')
        return answer(400, 'It is no request to a proxy.');
    const found = await find({ host: url.hostname, port: Number(url.port || 80) });
    if ('refused' in found)
        return answer(403, found.refused);
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !hops.includes(name)));
    const outgoing = (0,external_node_http_.request)({
        ...found,
        method: request.method,
        path: `${url.pathname}${url.search}`,
        headers: { ...headers, host: url.host },
        agent: false,
        timeout: silenceMs,
    });
    outgoing.on('socket', track);
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => answer(502, 'The host cannot be reached.'));
    outgoing.on('response', (incoming) => {
        const kept = Object.entries(incoming.headers).filter(([name]) => !hops.includes(name));
        response.writeHead(incoming.statusCode ?? 502, Object.fromEntries(kept));
        incoming.on('error', () => response.destroy());
        incoming.pipe(response);
    });
    response.once('close', () => outgoing.destroy());
    request.pipe(outgoing);
}

;// CONCATENATED MODULE: ./build/src/adapters/local/set-up.js









/** Prepares a fresh sandbox: by what the same setup made before, else by the setup itself. @returns why it could not. */
async function setUp(setup, { layers, contents }, place) {
    if (!layers || setup.fresh)
        return runWithHosts(setup, place);
    const keys = await keysOf(setup, { layers, contents }, place);
    if (keys && (await restore(keys, layers.store, place)))
        return undefined;
    const began = Date.now() / 1000;
    const problem = await runWithHosts(setup, place);
    if (problem === undefined && keys && setup.keep)
        await keep({ keys, contents, began }, layers.store, place);
    return problem;
}
/** The commands get the hosts by a proxy of their own, which is gone with them. Without hosts there is none. */
async function runWithHosts(setup, place) {
    const { storage, hands, node, resolver } = place;
    if (setup.hosts.length === 0)
        return (0,run_setup/* runSetup */.x)({ exec: hands([]) }, setup);
    if (node === undefined)
        return 'The setup of the sandbox was not run: there is no Node that could open its hosts.';
    const folder = external_node_path_.join(storage, 'network');
    const proxy = await startSetupProxy(folder, { hosts: setup.hosts, resolver });
    try {
        const exec = hands([{ from: folder, to: gatewayInside.folder }], node);
        const problem = await (0,run_setup/* runSetup */.x)({ exec: (argv, options) => exec(argv, { ...options, env: proxyEnvironment }) }, setup);
        return problem && [problem, ...proxy.refusals()].join(' ');
    }
    finally {
        await proxy.close();
    }
}
const { url } = gatewayInside;
const proxyEnvironment = {
    ...Object.fromEntries('HTTP_PROXY HTTPS_PROXY http_proxy https_proxy npm_config_proxy npm_config_https_proxy YARN_HTTP_PROXY YARN_HTTPS_PROXY'
        .split(' ')
        .map((name) => [name, url])),
    NO_PROXY: 'localhost,127.0.0.1',
    no_proxy: 'localhost,127.0.0.1',
    NODE_USE_ENV_PROXY: '1',
};
async function keysOf(setup, { layers, contents }, { hands }) {
    const machine = await runOwn(hands([]), describeMachine);
    return machine === undefined ? undefined : (0,setup_key/* toSetupKeys */.pg)(setup, contents, ['local', layers.repository, machine]);
}
async function restore(keys, store, place) {
    for (const key of [keys.dependencies, keys.tree]) {
        if (key === undefined)
            continue;
        const done = await inLayerFolder(place, async (folder) => {
            if (!(await store.take(key, external_node_path_.join(folder, 'layer.tar'))))
                return false;
            if ((await runOwn(place.hands([{ from: folder, to: layerInside }]), layer_scripts/* unpackLayer */.yY, layerInside)) !== undefined)
                return true;
            place.log.warn('What an earlier setup of the sandbox made could not be unpacked: it is set up anew.');
            await store.drop(key);
            return false;
        });
        if (done)
            return true;
    }
    return false;
}
async function keep({ keys, contents, began }, store, place) {
    await inLayerFolder(place, async (folder) => {
        await (0,external_node_fs_promises_.writeFile)(external_node_path_.join(folder, 'paths'), (0,layer_scripts/* listOwnFiles */.M4)(contents.paths), { mode: 0o644 });
        const exec = place.hands([{ from: folder, to: layerInside, mayWrite: true }]);
        const said = (await runOwn(exec, layer_scripts/* packLayer */.Js, began.toFixed(3), layerInside))?.trim();
        const archive = external_node_path_.join(folder, 'layer.tar');
        const key = said === 'dependencies' ? (keys.dependencies ?? keys.tree) : keys.tree;
        if (said !== 'dependencies' && said !== 'tree') {
            place.log.info(`What the setup of the sandbox made is not kept: ${(0,layer_scripts/* whyNotKept */.oq)(said)}`);
        }
        else if ((await (0,external_node_fs_promises_.lstat)(archive)).isFile())
            await store.publish(key, archive);
    });
}
/** A folder beside what commands see, for as long as somebody works with it. What goes wrong costs the next sandbox time, and no more. */
async function inLayerFolder({ storage, user, log }, work) {
    const folder = external_node_path_.join(storage, 'layer');
    try {
        await (0,external_node_fs_promises_.mkdir)(folder);
        if (user)
            await (0,external_node_fs_promises_.lchown)(folder, user.uid, user.gid);
        return await work(folder);
    }
    catch (error) {
        log.warn(`The folder for what setups made cannot be used: ${(0,errors/* messageOf */.bD)(error)}`);
        return undefined;
    }
    finally {
        await (0,external_node_fs_promises_.rm)(folder, { recursive: true, force: true });
    }
}
const ownMs = 180_000;
/** A script of Courier's own, in which nothing of the repository has a say. @returns what it printed; `undefined` where it failed. */
async function runOwn(exec, script, ...args) {
    const { exitCode, stdout } = await exec(['/bin/bash', '-p', '-c', script, 'courier', ...args], {
        cwd: '/',
        timeoutMs: ownMs,
        maxOutputBytes: 100_000,
    });
    return exitCode === 0 ? stdout : undefined;
}

;// CONCATENATED MODULE: ./build/src/adapters/local/local-sandbox.js



















/**
 * Sandboxes on this machine, by bubblewrap (Linux). The machine is probed once, at the first `create`.
 *
 * @throws UserError from `create` where the machine cannot isolate, with what to do about it.
 */
function createLocalSandboxProvider({ env, tempDir = (0,external_node_os_.tmpdir)(), diskMb, layers: kept, log, machine, resolver = usualResolver, programs, }) {
    const place = external_node_path_.resolve(tempDir);
    const layers = kept && {
        store: createLayerStore(kept.folder, kept.limits),
        repository: kept.repository,
    };
    let stance;
    const probed = () => {
        stance ??= findStance(machine ?? createMachine(env), { probe: createProbe(place), log });
        return stance;
    };
    const meansOf = async (storage, { size, gateway }) => ({
        ceilings: await createCeilings(storage, { memoryMb: size?.memoryMb, diskMb }),
        gateway: gateway && (await startGateway(external_node_path_.join(storage, 'gateway'), gateway)),
    });
    const take = async ({ program }) => {
        if (program === undefined)
            return undefined;
        if (!programs)
            throw new errors/* UserError */.yo('Courier was started without a place for agent tools.');
        return programs.take(program);
    };
    return {
        kind: 'local',
        async create(spec) {
            const found = await probed();
            const taken = await take(spec);
            await (0,sandbox_storage/* sweepStorage */.ek)(place);
            const storage = await (0,sandbox_storage/* createStorage */.wE)(place, spec.session);
            const { files, contents } = (0,setup_key/* digestFiles */.Eh)(spec.files());
            let program;
            try {
                await (0,sandbox_storage/* fillWorkspace */.rf)(storage, spec.setup ? files : spec.files());
                if (found.user)
                    await (0,sandbox_storage/* giveStorage */.jb)(storage, found.user);
                program = await show(taken, storage, found);
            }
            catch (error) {
                await (0,sandbox_storage/* removeStorage */.Od)(storage);
                throw error;
            }
            let mark;
            const life = { ...spec, ...(await meansOf(storage, spec)), program, mark: () => mark };
            const { sandbox, hands } = openSandbox(storage, found, life);
            try {
                const means = { storage, hands, node: (0,bubblewrap_policy/* nodeInside */.tk)(found.system), user: found.user, resolver, log };
                const setupProblem = spec.setup && (await setUp(spec.setup, { layers, contents: contents() }, means));
                mark = await markStorage(storage);
                return setupProblem === undefined ? sandbox : { ...sandbox, setupProblem };
            }
            catch (error) {
                await sandbox.kill();
                throw error;
            }
        },
        async resume(ref, life) {
            const found = await probed();
            const taken = await take(life);
            const storage = ref.kind === 'local' ? await (0,sandbox_storage/* takeParked */.Ty)(place, ref.id) : undefined;
            if (storage === undefined)
                return undefined;
            const program = await show(taken, storage, found);
            const means = await meansOf(storage, life);
            return openSandbox(storage, found, { ...life, ...means, program, mark: () => undefined }).sandbox;
        },
    };
}
/** Where bubblewrap reaches it. */
async function show(taken, storage, { user }) {
    return taken && { ...taken, share: await placeProgram(taken.share, { storage, user }) };
}
function openSandbox(storage, stance, spec) {
    const ending = new AbortController();
    const openStreams = createStreamOpener(storage);
    const gatewayNode = spec.gateway && (0,bubblewrap_policy/* nodeInside */.tk)(stance.system);
    const run = (command, shares) => {
        const limits = limitsOf(stance, command.timeoutMs);
        return runBelow(spec.ceilings, {
            ...command,
            bwrap: stance.bwrap,
            openStreams,
            user: stance.user,
            options: (0,bubblewrap_policy/* toBubblewrapArguments */.M_)(storage, stance.system, { ...spec.env, ...command.env }, shares),
            command: (0,bubblewrap_policy/* toGuestCommand */.Zs)(command.argv, { cwd: command.cwd, limits }),
            signal: command.signal ? AbortSignal.any([command.signal, ending.signal]) : ending.signal,
        });
    };
    const running = new Set();
    const ref = { kind: 'local', id: external_node_path_.basename(storage) };
    let parked = false;
    const end = async () => {
        clearTimeout(lifetime);
        ending.abort();
        await Promise.allSettled(running);
        await spec.gateway?.stop();
    };
    const kill = async () => {
        await end();
        if (!parked)
            await (0,sandbox_storage/* removeStorage */.Od)(storage);
    };
    const lifetime = setTimeout(kill, Math.min(spec.lifetimeMs, 2 ** 31 - 1));
    lifetime.unref();
    // With a forwarder beside it, a command of somebody else reaches the socket in a folder that it shares.
    const enter = (shares, forwarder) => createGuest((command) => {
        const argv = forwarder && command.gateway ? besideForwarder(forwarder, command.argv) : command.argv;
        const work = run({ ...command, argv }, shares);
        running.add(work);
        return work.finally(() => running.delete(work));
    }, ending.signal);
    const gatewayShare = { from: external_node_path_.join(storage, 'gateway'), to: gatewayInside.folder };
    const shares = [...(spec.gateway ? [gatewayShare] : []), ...(spec.program ? [spec.program.share] : [])];
    const inside = enter(shares, gatewayNode);
    const sandbox = {
        ref,
        workspace: bubblewrap_policy/* guest */.B9.workspace,
        out: bubblewrap_policy/* guest */.B9.home,
        ...(spec.gateway ? { gateway: spec.gateway.access } : {}),
        ...(spec.program ? { program: spec.program.program } : {}),
        ...inside,
        isPristine: () => isPristine(inside, spec.mark()),
        async pause() {
            await end();
            await (0,sandbox_storage/* parkStorage */._J)(storage);
            parked = true;
            return ref;
        },
        kill,
    };
    return { sandbox, hands: (shares, forwarder) => enter(shares, forwarder).exec };
}
/** Runs a command below the ceilings: one that breaks through is ended, and told why. */
async function runBelow(ceilings, run) {
    const [done, breaking] = [new AbortController(), new AbortController()];
    let broken;
    const onStart = async (pid) => {
        broken = await ceilings.watch(pid, done.signal).catch(() => undefined);
        if (broken)
            breaking.abort();
    };
    const signals = run.signal ? [run.signal, breaking.signal] : [breaking.signal];
    const result = await runBubblewrap({ ...run, onStart, signal: AbortSignal.any(signals) }).finally(() => done.abort());
    if (!broken)
        return result;
    await ceilings.settle(broken);
    return { ...result, stderr: Buffer.concat([result.stderr, Buffer.from(ceilings.explain(broken))]) };
}


/***/ }),

/***/ 11136:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NL: () => (/* binding */ ensureRealFolder),
/* harmony export */   Ng: () => (/* binding */ ensureOwnFolder),
/* harmony export */   VQ: () => (/* binding */ refuseLink),
/* harmony export */   VX: () => (/* binding */ readRegular),
/* harmony export */   f8: () => (/* binding */ writeWhole),
/* harmony export */   lz: () => (/* binding */ isFileError)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(89862);





/** Whether an error of the file system carries one of these codes (`ENOENT`, …). */
function isFileError(error, ...codes) {
    return error instanceof Error && 'code' in error && codes.some((code) => code === error.code);
}
/**
 * Makes `root` and the folders of `relative` below it. The scanned repository is untrusted and may bring links in these places,
 * so each folder must be a real one.
 *
 * @returns the absolute path. @throws UserError where a link or a file is in the way, or nobody may write.
 */
async function ensureRealFolder(root, relative = '') {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(root, { recursive: true }).catch(explainRefusal(root));
    await refuseLink(root);
    let folder = root;
    for (const part of relative.split('/').filter((name) => name !== '' && name !== '.')) {
        folder = node_path__WEBPACK_IMPORTED_MODULE_3__.join(folder, part);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(folder).catch((error) => {
            if (!isFileError(error, 'EEXIST'))
                explainRefusal(folder)(error);
        });
        await refuseLink(folder);
    }
    return folder;
}
/** Throws a `UserError` where the file system says that nobody may write there, and the error as it is for everything else. */
function explainRefusal(place) {
    return (error) => {
        if (!isFileError(error, 'EACCES', 'EPERM', 'EROFS'))
            throw error;
        throw new _lib_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo(`${place} cannot be written: permission denied. Give yourself write access to it and try again.`, {
            cause: error,
        });
    };
}
/** @throws UserError where something is in that place and it is not a real folder. */
async function refuseLink(folder) {
    const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.lstat)(folder).catch((error) => {
        if (isFileError(error, 'ENOENT'))
            return undefined;
        throw error;
    });
    if (!found || found.isDirectory())
        return;
    const what = found.isSymbolicLink() ? 'a symbolic link' : 'not a folder';
    throw new _lib_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .UserError */ .yo(`${folder} is ${what}. Courier writes into real folders only: remove it and try again.`);
}
/** Writes a file whole or not at all: a new file beside it, flushed, then renamed. A link in its place is replaced, never followed. */
async function writeWhole(file, data) {
    const fresh = node_path__WEBPACK_IMPORTED_MODULE_3__.join(node_path__WEBPACK_IMPORTED_MODULE_3__.dirname(file), `.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(6).toString('hex')}.tmp`);
    try {
        const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(fresh, 'wx', 0o644);
        try {
            await handle.writeFile(data);
            await handle.sync();
        }
        finally {
            await handle.close();
        }
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(fresh, file);
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(fresh, { force: true });
        return explainRefusal(file)(error);
    }
}
/** Text of a regular file; `undefined` for a link or whatever else is there. */
async function readRegular(file) {
    try {
        const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(file, node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_NOFOLLOW | node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.O_NONBLOCK);
        try {
            return (await handle.stat()).isFile() ? await handle.readFile('utf8') : undefined;
        }
        finally {
            await handle.close();
        }
    }
    catch (error) {
        if (isFileError(error, 'ENOENT', 'ELOOP', 'ENOTDIR', 'ENXIO'))
            return undefined;
        throw error;
    }
}
/**
 * Makes a folder of Courier's own. Below `.courier/` it gets a `.gitignore` that hides it, so that a ledger or report never
 * slips into a commit; `.courier/` itself stays visible, because blueprints live there.
 *
 * @throws UserError where a link or a file is in the way.
 */
async function ensureOwnFolder(folder) {
    const parent = node_path__WEBPACK_IMPORTED_MODULE_3__.dirname(folder);
    const hidden = node_path__WEBPACK_IMPORTED_MODULE_3__.basename(parent) === '.courier';
    if (hidden)
        await refuseLink(parent);
    await ensureRealFolder(folder);
    const ignore = node_path__WEBPACK_IMPORTED_MODULE_3__.join(folder, '.gitignore');
    if (hidden && (await readRegular(ignore)) === undefined)
        await writeWhole(ignore, '*\n');
}


/***/ }),

/***/ 23441:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KW: () => (/* binding */ isLeftBehind),
/* harmony export */   Od: () => (/* binding */ removeStorage),
/* harmony export */   Ty: () => (/* binding */ takeParked),
/* harmony export */   _J: () => (/* binding */ parkStorage),
/* harmony export */   ek: () => (/* binding */ sweepStorage),
/* harmony export */   jb: () => (/* binding */ giveStorage),
/* harmony export */   rf: () => (/* binding */ fillWorkspace),
/* harmony export */   wE: () => (/* binding */ createStorage)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31421);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var _lib_safe_path_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(32726);
/* harmony import */ var _bubblewrap_policy_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(35621);
/* harmony import */ var _end_left_processes_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(80525);
/* harmony import */ var _real_folders_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(11136);








const prefix = 'courier-sandbox-';
const atOnce = 16;
/** A fresh folder (0700) on the host: `home` (with the workspace `repo`) and `tmp` are bound into the sandbox, `etc` read-only. `session`: whose it is. */
async function createStorage(tempDir, session = '') {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(tempDir, { recursive: true });
    const storage = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_3__.join(tempDir, prefix));
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(node_path__WEBPACK_IMPORTED_MODULE_3__.join(storage, 'owner'), `${process.pid} ${(0,node_os__WEBPACK_IMPORTED_MODULE_2__.hostname)()}`);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(node_path__WEBPACK_IMPORTED_MODULE_3__.join(storage, 'session'), session);
    for (const folder of ['etc', 'home', 'home/repo', 'tmp'])
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(node_path__WEBPACK_IMPORTED_MODULE_3__.join(storage, folder));
    for (const [name, text] of Object.entries(_bubblewrap_policy_js__WEBPACK_IMPORTED_MODULE_4__/* .madeUpFiles */ .GW))
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(node_path__WEBPACK_IMPORTED_MODULE_3__.join(storage, 'etc', name), text);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(node_path__WEBPACK_IMPORTED_MODULE_3__.join(storage, 'tmp'), 0o777);
    return storage;
}
/**
 * Writes the repository's files into the workspace. Links come last, as text: no file is ever written through one.
 *
 * @throws Error for a path that leads out of the workspace, or one that is not new.
 */
async function fillWorkspace(storage, files) {
    const root = node_path__WEBPACK_IMPORTED_MODULE_3__.join(storage, 'home/repo');
    const folders = new Set();
    const links = [];
    const writing = new Set();
    for await (const file of files) {
        if (!(0,_lib_safe_path_js__WEBPACK_IMPORTED_MODULE_7__/* .isPlainRelative */ .N)(file.path))
            throw new Error(`The sandbox has no place for the path ${JSON.stringify(file.path)}.`);
        await ensureParent(root, file.path, folders);
        if (file.mode === 'link') {
            links.push(file);
            continue;
        }
        const place = node_path__WEBPACK_IMPORTED_MODULE_3__.join(root, file.path);
        const work = (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(place, file.data, { flag: 'wx', mode: file.mode === 'executable' ? 0o755 : 0o644 });
        const tracked = work.finally(() => writing.delete(tracked));
        writing.add(tracked);
        if (writing.size >= atOnce)
            await Promise.race(writing);
    }
    await Promise.all(writing);
    for (const { path: name, target } of links)
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.symlink)(target, node_path__WEBPACK_IMPORTED_MODULE_3__.join(root, name));
}
async function ensureParent(root, name, known) {
    const parent = node_path__WEBPACK_IMPORTED_MODULE_3__.posix.dirname(name);
    if (known.has(parent))
        return;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(node_path__WEBPACK_IMPORTED_MODULE_3__.join(root, parent), { recursive: true });
    known.add(parent);
}
/** Makes the storage belong to the user whom the sandbox runs as. Only before anything ran in it. */
async function giveStorage(storage, { uid, gid }) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lchown)(storage, uid, gid);
    const folders = ['home', 'tmp'].map((folder) => node_path__WEBPACK_IMPORTED_MODULE_3__.join(storage, folder));
    await runQuietly('/bin/chown', ['-hR', `${uid}:${gid}`, '--', ...folders]);
}
/**
 * Removes the storage, whatever was left in it: `rm` copes with folders nested deeper than a path is long. May be repeated.
 */
async function removeStorage(storage) {
    await runQuietly('/bin/rm', ['-rf', '--one-file-system', '--', storage]);
    const left = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lstat)(storage).catch(() => undefined);
    if (!left)
        return;
    // A folder without permissions stopped it, as a user who is not root.
    await runQuietly('/bin/chmod', ['-R', 'u+rwX', '--', storage]);
    await runQuietly('/bin/rm', ['-rf', '--one-file-system', '--', storage]);
}
const parkedMark = 'parked';
/** Keeps the storage beyond this process, for `takeParked`: nobody sweeps it. */
async function parkStorage(storage) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(node_path__WEBPACK_IMPORTED_MODULE_3__.join(storage, 'owner'), parkedMark);
}
/** A storage that was parked, for this process alone; `undefined` where there is none of that name. */
async function takeParked(tempDir, id) {
    if (!/^courier-sandbox-[\w-]+$/.test(id))
        return undefined;
    const storage = node_path__WEBPACK_IMPORTED_MODULE_3__.join(tempDir, id);
    const owner = await (0,_real_folders_js__WEBPACK_IMPORTED_MODULE_6__/* .readRegular */ .VX)(node_path__WEBPACK_IMPORTED_MODULE_3__.join(storage, 'owner')).catch(() => undefined);
    if (owner !== parkedMark)
        return undefined;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(node_path__WEBPACK_IMPORTED_MODULE_3__.join(storage, 'owner'), `${process.pid} ${(0,node_os__WEBPACK_IMPORTED_MODULE_2__.hostname)()}`);
    return storage;
}
/** Removes what processes left behind that died before they could. */
async function sweepStorage(tempDir) {
    // By their names: a machine's folder for temporary files may hold very many others.
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(tempDir).catch(() => []);
    for (const name of names.filter((each) => each.startsWith(prefix))) {
        const storage = node_path__WEBPACK_IMPORTED_MODULE_3__.join(tempDir, name);
        const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lstat)(storage).catch(() => undefined);
        if (!found?.isDirectory() || !(await isLeftBehind(storage)))
            continue;
        await (0,_end_left_processes_js__WEBPACK_IMPORTED_MODULE_5__.endLeftProcesses)(storage);
        await removeStorage(storage);
    }
}
/** Whether the process that it belonged to is dead. */
async function isLeftBehind(storage) {
    const owner = await (0,_real_folders_js__WEBPACK_IMPORTED_MODULE_6__/* .readRegular */ .VX)(node_path__WEBPACK_IMPORTED_MODULE_3__.join(storage, 'owner')).catch(() => undefined);
    const [pid = '', host] = (owner ?? '').split(' ');
    // It is just being made, or belongs to another user or to a container that shares the disk: then nobody can say whether it lives.
    if (!/^[1-9]\d*$/.test(pid) || host !== (0,node_os__WEBPACK_IMPORTED_MODULE_2__.hostname)())
        return false;
    try {
        process.kill(Number(pid), 0);
        return false;
    }
    catch (error) {
        return (0,_real_folders_js__WEBPACK_IMPORTED_MODULE_6__/* .isFileError */ .lz)(error, 'ESRCH');
    }
}
function runQuietly(program, args) {
    return new Promise((resolve) => {
        (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFile)(program, args, { env: {}, cwd: '/' }, () => resolve());
    });
}


/***/ }),

/***/ 70942:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ writeFileScript)
/* harmony export */ });
/**
 * Writes standard input to a file inside, and makes its folder where it is missing. Argument: the path. A shell and one program do it
 * where the folder is there.
 */
function writeFileScript(redirect) {
    return `parent=\${1%/*}; [ -d "\${parent:-/}" ] || mkdir -p -- "$parent" || exit; exec cat ${redirect} "$1"`;
}


/***/ }),

/***/ 66682:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cg: () => (/* binding */ checkPath),
/* harmony export */   Dl: () => (/* binding */ defaultBytes),
/* harmony export */   Rd: () => (/* binding */ refuseArguments)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(89862);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(95498);



/** Bytes that a sandbox gives back where nobody says how many: of an output, of a file; and of an output that is told while it comes. */
const defaultBytes = { output: 1 << 20, file: 50 << 20, streamed: 8 << 20 };
/** Linux takes no single argument above this (MAX_ARG_STRLEN); of all together less than 2 MB, environment included. */
const longestArgument = 131_071;
const longestCommand = 1_500_000;
/** @throws ExternalError for a path that cannot mean one place inside. */
function checkPath(path) {
    if (!path.startsWith('/') || path.includes('\0') || node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.byteLength(path) > 4096) {
        throw new _lib_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ExternalError */ .yA(`${JSON.stringify((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .truncate */ .xv)(path, 200))} is no absolute path.`);
    }
}
/** An argument that no process can be given is the command's mistake: a result like any other. */
function refuseArguments(args) {
    const sizes = args.map((arg) => node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.byteLength(arg));
    const tooLong = sizes.some((size) => size > longestArgument) || sizes.reduce((sum, size) => sum + size) > longestCommand;
    if (!tooLong && !args.some((arg) => arg.includes('\0')))
        return undefined;
    const stderr = tooLong
        ? `The command is too long (${longestArgument} bytes per argument): write the data to a file first.\n`
        : 'An argument holds a NUL character.\n';
    return { exitCode: 126, stdout: '', stderr, timedOut: false, truncated: false, durationMs: 0 };
}


/***/ }),

/***/ 50325:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Js: () => (/* binding */ packLayer),
/* harmony export */   M4: () => (/* binding */ listOwnFiles),
/* harmony export */   oq: () => (/* binding */ whyNotKept),
/* harmony export */   yY: () => (/* binding */ unpackLayer)
/* harmony export */ });
/** Folders that hold nothing but what was installed, wherever they are. */
const installed = 'node_modules|\\.venv|venv|\\.virtualenv|__pypackages__|site-packages|\\.pnpm-store|\\.yarn|\\.bundle|vendor/bundle|\\.tox|\\.gradle';
/**
 * Packs what a setup made in the home, 1 GiB at most. It prints \`dependencies\` where the repository got nothing but installed packages,
 * \`tree\` where it got more (what was built of its sources), \`changed\` where the repository's own files were changed. Nothing of the home
 * is run. Arguments: when the setup began (seconds), and a folder: it holds \`paths\`, the repository's own files as \`./repo/NAME\`, each
 * with a NUL behind it, and gets \`layer.tar\`.
 */
const packLayer = `
set -eu -o pipefail
export LC_ALL=C
ulimit -S -f 1048576
cd "$HOME"
to=$2
sort -z "$to/paths" >"$to/own"
find . -mindepth 1 ! -type d -print0 | sort -z >"$to/all"
find . -mindepth 1 ! -type d -newerct "@$1" -print0 | sort -z >"$to/fresh"
comm -z -13 "$to/all" "$to/own" >"$to/gone"
comm -z -12 "$to/fresh" "$to/own" >"$to/changed"
comm -z -23 "$to/fresh" "$to/own" >"$to/added"
if [ -s "$to/gone" ] || [ -s "$to/changed" ]; then echo changed; exit 0; fi
tar --null --no-recursion -T "$to/added" -cf "$to/layer.tar"
grep -z '^\\./repo/' "$to/added" >"$to/inside" || true
grep -zEv '/(${installed})/|/\\.pnp\\.[a-z]+$' "$to/inside" >"$to/built" || true
if [ -s "$to/built" ]; then echo tree; else echo dependencies; fi
`;
/** Argument: the folder of \`layer.tar\`. What the commit brings is never overwritten; beside it the home is as the setup left it. */
const unpackLayer = `
set -e
cd "$HOME"
tar -xp --anchored --exclude=./repo -f "$1/layer.tar"
exec tar -xp --skip-old-files -f "$1/layer.tar"
`;
/** The repository's own files, as \`packLayer\` wants to know them. */
function listOwnFiles(paths) {
    return paths.map((name) => `./repo/${name}\0`).join('');
}
/** Why nothing is kept of what `packLayer` said. */
function whyNotKept(said) {
    return said === 'changed' ? "it changed the repository's own files." : 'it could not be packed (1 GiB at most).';
}


/***/ }),

/***/ 63108:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ runSetup)
/* harmony export */ });
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89862);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(95498);


/** Prepares a fresh sandbox by the configured command. @returns why it could not, in a sentence or two: the session goes on without. */
async function runSetup({ exec }, { command, timeoutMs, signal }) {
    const failed = (how) => `The setup of the sandbox ${how} The session goes on without what it prepares.`;
    try {
        const result = await exec(['bash', '-c', command], {
            timeoutMs,
            maxOutputBytes: 20_000,
            ...(signal ? { signal } : {}),
        });
        if (result.exitCode === 0)
            return undefined;
        if (result.timedOut)
            return failed(`took longer than ${Math.round(timeoutMs / 1000)} s and was ended.`);
        const said = lastLines(result.stderr.trim() || result.stdout.trim());
        return failed(`ended with ${result.exitCode}${said === '' ? '.' : `: ${said}.`}`);
    }
    catch (error) {
        return failed(`could not be run: ${(0,_lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`);
    }
}
/** Whole lines, as many of the last ones as a sentence or two have room for. */
function lastLines(text) {
    const lines = text.split('\n').map((line) => (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .truncate */ .xv)((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(line), 300));
    let kept = '';
    for (const line of lines.toReversed()) {
        if (kept.length + line.length > 500)
            break;
        kept = kept === '' ? line : `${line} ${kept}`;
    }
    return kept;
}


/***/ }),

/***/ 80374:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eh: () => (/* binding */ digestFiles),
/* harmony export */   pg: () => (/* binding */ toSetupKeys),
/* harmony export */   r0: () => (/* binding */ readContents)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);


/** They pin what is installed. */
const locks = /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|poetry\.lock|uv\.lock|pdm\.lock|pipfile\.lock|(?:requirements|constraints)[\w.-]*\.txt|go\.sum|cargo\.lock|gemfile\.lock|composer\.lock|mix\.lock|pubspec\.lock|packages\.lock\.json|gradle\.lockfile|package\.resolved)$/i;
/** They say how, beside the locks. */
const manifests = /^(?:package\.json|pnpm-workspace\.yaml|\.npmrc|\.yarnrc(?:\.yml)?|\.pnpmfile\.cjs|pyproject\.toml|setup\.(?:py|cfg)|pipfile|requirements[\w.-]*\.in|go\.(?:mod|work)|cargo\.toml|gemfile|.*\.gemspec|composer\.json|mix\.exs|pubspec\.yaml|build\.gradle(?:\.kts)?|pom\.xml|makefile|\.nvmrc|\.node-version|\.python-version|\.ruby-version|\.tool-versions|rust-toolchain(?:\.toml)?|.*\.patch)$/i;
/** Passes files on, and knows afterwards what they were. */
function digestFiles(files) {
    const digests = new Map();
    async function* pass() {
        for await (const file of files) {
            digests.set(file.path, hash(file.mode, file.mode === 'link' ? file.target : file.data));
            yield file;
        }
    }
    return { files: pass(), contents: () => toContents([...digests].toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}
/** What files are, to know it before they go anywhere. */
async function readContents(files) {
    const read = digestFiles(files);
    const all = read.files[Symbol.asyncIterator]();
    while (!(await all.next()).done)
        ;
    return read.contents();
}
function toContents(digests) {
    const named = (pattern) => digests.filter(([path]) => pattern.test(node_path__WEBPACK_IMPORTED_MODULE_1__.posix.basename(path)));
    const pinned = named(locks);
    return {
        paths: digests.map(([path]) => path),
        tree: hash(JSON.stringify(digests)),
        dependencies: pinned.length > 0 ? hash(JSON.stringify([pinned, named(manifests)])) : undefined,
    };
}
/** `place`: whose it is and where it runs: the repository, and what the machine or template offers. */
function toSetupKeys({ command, hosts }, { tree, dependencies }, place) {
    const keyOf = (what, digest) => hash(JSON.stringify(['setup layer, version 1', ...place, command, hosts.toSorted(), what, digest]));
    return { dependencies: dependencies && keyOf('dependencies', dependencies), tree: keyOf('tree', tree) };
}
function hash(...parts) {
    const sum = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    for (const part of parts)
        sum.update(part).update('\0');
    return sum.digest('hex');
}


/***/ }),

/***/ 36070:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ createOutputTeller)
/* harmony export */ });
/* harmony import */ var _guest_limits_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(66682);

function createOutputTeller(onOutput, mostBytes = _guest_limits_js__WEBPACK_IMPORTED_MODULE_0__/* .defaultBytes */ .Dl.streamed) {
    const ears = { stdout: createEar(), stderr: createEar() };
    let ended = false;
    const tell = (stream, text) => {
        if (text !== '')
            tellSafely(onOutput, { stream, text });
    };
    return {
        add(stream, bytes) {
            const ear = ears[stream];
            const part = bytes.subarray(0, mostBytes - ear.bytes);
            if (ended || part.length === 0)
                return;
            ear.bytes += part.length;
            tell(stream, ear.decoder.decode(part, { stream: true }));
        },
        heard: (stream) => ears[stream].bytes,
        end() {
            if (ended)
                return;
            ended = true;
            for (const stream of ['stdout', 'stderr']) {
                // At the bound, half a character is one that was cut here.
                if (ears[stream].bytes < mostBytes)
                    tell(stream, ears[stream].decoder.decode());
            }
        },
    };
}
const createEar = () => ({ bytes: 0, decoder: new TextDecoder('utf-8', { ignoreBOM: true }) });
/** A listener that fails, at once or later, must not end the command that it listens to. */
function tellSafely(onOutput, chunk) {
    try {
        const answer = onOutput(chunk);
        if (answer instanceof Promise)
            answer.catch(() => undefined);
    }
    catch {
        // Its own business.
    }
}


/***/ })

};
