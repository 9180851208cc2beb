export const id = 811;
export const ids = [811];
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

/***/ 7811:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createLocalSandboxProvider: () => (/* binding */ createLocalSandboxProvider)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/src/adapters/local/bubblewrap-policy.js
/** Where things are, inside every sandbox. `home` is also `$COURIER_OUT`. */
const guest = { home: '/home/user', workspace: '/home/user/repo', node: '/opt/node' };
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
function toBubblewrapArguments(storage, system, env) {
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
        'for fd in $(cd /proc/self/fd && echo *); do if [ "$fd" -gt 2 ]; then eval "exec $fd>&-"; fi; done',
        'echo 1000 2>/dev/null >/proc/self/oom_score_adj',
        'ulimit -c 0',
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

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/src/adapters/local/bounded-output.js
var bounded_output = __webpack_require__(5441);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./build/src/adapters/local/command-streams.js







/**
 * A file and two real pipes. Node itself gives a command sockets, and those cannot be opened a second time: scripts that use
 * `/dev/stdin` or `/dev/stderr` would fail. They have names in `folder` only while they are opened, and permissions for everybody,
 * as the command may run as another user.
 */
async function openStreams(folder, stdin, limit) {
    const name = external_node_path_.join(folder, `stream-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`);
    const names = { in: `${name}-in`, out: `${name}-out`, err: `${name}-err` };
    await Promise.all([(0,promises_.writeFile)(names.in, stdin, { mode: 0o644 }), makePipes([names.out, names.err])]);
    const opened = [];
    try {
        const input = (0,external_node_fs_.openSync)(names.in, 'r');
        opened.push(input);
        const [out, err] = [openPipe(names.out, limit), openPipe(names.err, limit)];
        opened.push(out.write, err.write);
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
            await (0,promises_.rm)(each, { force: true });
    }
}
function openPipe(name, limit) {
    // Without `O_NONBLOCK` this would wait for a writer.
    const read = (0,external_node_fs_.openSync)(name, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NONBLOCK);
    const write = (0,external_node_fs_.openSync)(name, external_node_fs_.constants.O_WRONLY);
    const kept = (0,bounded_output/* createBoundedOutput */.b)(limit);
    const socket = new external_node_net_.Socket({ fd: read, readable: true, writable: false });
    const drained = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => { });
    socket.on('data', (chunk) => kept.add(chunk));
    return { write, kept, drained };
}
function makePipes(names) {
    return new Promise((resolve, reject) => {
        (0,external_node_child_process_.execFile)('/usr/bin/mkfifo', ['-m', '666', '--', ...names], { env: {} }, (error) => error ? reject(error) : resolve());
    });
}

;// CONCATENATED MODULE: ./build/src/adapters/local/bubblewrap-process.js





/** The exit code of a process that was killed (128 + SIGKILL). */
const killed = 137;
/** Runs one command and ends with all of its processes: their PID namespace dies with the command, the time-out or the abort. */
async function runBubblewrap(run) {
    const begin = performance.now();
    const streams = await openStreams(run.folder, run.stdin, run.maxOutputBytes);
    const child = start(run, streams);
    const status = collect(readableOf(child, 4), 65_536);
    feed(writableOf(child, 3), `${run.options.join('\0')}\0`);
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
function start(run, streams) {
    try {
        return (0,external_node_child_process_.spawn)(run.bwrap, ['--args', '3', '--json-status-fd', '4', '--', ...run.command], {
            env: {},
            cwd: '/',
            detached: true,
            stdio: [...streams.fds, 'pipe', 'pipe'],
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
        const stat = await (0,promises_.readFile)(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
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

// EXTERNAL MODULE: ./build/src/lib/errors.js
var errors = __webpack_require__(9862);
// EXTERNAL MODULE: ./build/src/lib/text.js
var lib_text = __webpack_require__(5498);
;// CONCATENATED MODULE: ./build/src/adapters/local/bubblewrap-diagnosis.js

const otherwise = 'or set the agent to `none` to run the checks alone';
/** What to do about it: a repair that Courier may make itself, or the sentence for a person. There is no way on without a sandbox. */
function judgeFailure(failure, situation) {
    const unsupported = explainPlatform(situation.platform);
    if (unsupported)
        return { message: unsupported };
    const may = (repair) => situation.githubHosted && !situation.tried.includes(repair);
    if (failure.kind === 'missing') {
        if (may('install'))
            return { repair: 'install' };
        return {
            message: `Courier's local sandbox needs bubblewrap: run \`sudo apt-get install bubblewrap\`, ${otherwise}.`,
        };
    }
    // A container keeps the profile of its host: nothing to repair from the inside.
    if (isAppArmor(failure.stderr) && !situation.inContainer && may('apparmor-profile'))
        return { repair: 'apparmor-profile' };
    return { message: explainStart(failure.stderr, situation) };
}
/** @returns one sentence where the local sandbox does not exist for this platform (`process.platform`). */
function explainPlatform(platform) {
    if (platform === 'linux')
        return undefined;
    const names = { darwin: 'macOS', win32: 'Windows' };
    return `Courier's local sandbox runs on Linux only, not on ${names[platform] ?? platform}: scan there, ${otherwise}.`;
}
/** Ubuntu 23.10 and newer let no unconfined program have capabilities in a user namespace of its own. */
function isAppArmor(stderr) {
    return /setting up uid map: Permission denied|loopback: Failed RTM_NEWADDR/.test(stderr);
}
function explainStart(stderr, { inContainer }) {
    const said = (0,lib_text/* truncate */.xv)((0,lib_text/* oneLine */.TN)(stderr.replace(/^bwrap: /, '')), 300) || 'it gave no reason';
    const start = `Courier's local sandbox (bubblewrap) cannot start here: ${said}.`;
    if (/unknown option/i.test(stderr)) {
        return `${start} Bubblewrap 0.8 or newer is needed: update it, ${otherwise}.`;
    }
    if (inContainer) {
        return `${start} In a container it needs user namespaces, which most container runtimes deny: run the job without \`container:\`, ${otherwise}.`;
    }
    if (isAppArmor(stderr)) {
        return `${start} AppArmor restricts user namespaces: allow bubblewrap by the profile below in /etc/apparmor.d/bwrap and \`sudo apparmor_parser -r /etc/apparmor.d/bwrap\`, ${otherwise}.\n\n${appArmorProfile}`;
    }
    if (/No permissions to create new namespace|Creating new namespace failed|unprivileged_userns_clone/.test(stderr)) {
        return `${start} The kernel denies user namespaces: run \`sudo sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=15000\`, ${otherwise}.`;
    }
    return `${start} Make bubblewrap work (try \`bwrap --ro-bind / / --unshare-all true\`), ${otherwise}.`;
}
/** Lets bubblewrap, and nothing else, create user namespaces. */
const appArmorProfile = `abi <abi/4.0>,
include <tunables/global>

profile bwrap /usr/bin/bwrap flags=(unconfined) {
  userns,
  include if exists <local/bwrap>
}
`;

// EXTERNAL MODULE: ./build/src/adapters/local/read-inside.js
var read_inside = __webpack_require__(6113);
// EXTERNAL MODULE: ./build/src/adapters/local/real-folders.js
var real_folders = __webpack_require__(1136);
;// CONCATENATED MODULE: ./build/src/adapters/local/sandbox-storage.js







const prefix = 'courier-sandbox-';
const atOnce = 16;
/** A fresh folder (0700) on the host: `home` (with the workspace `repo`) and `tmp` are bound into the sandbox, `etc` read-only. */
async function createStorage(tempDir) {
    await (0,promises_.mkdir)(tempDir, { recursive: true });
    const storage = await (0,promises_.mkdtemp)(external_node_path_.join(tempDir, prefix));
    await (0,promises_.writeFile)(external_node_path_.join(storage, 'owner'), `${process.pid} ${(0,external_node_os_.hostname)()}`);
    for (const folder of ['etc', 'home', 'home/repo', 'tmp'])
        await (0,promises_.mkdir)(external_node_path_.join(storage, folder));
    for (const [name, text] of Object.entries(madeUpFiles))
        await (0,promises_.writeFile)(external_node_path_.join(storage, 'etc', name), text);
    await (0,promises_.chmod)(external_node_path_.join(storage, 'tmp'), 0o777);
    return storage;
}
/**
 * Writes the repository's files into the workspace. Links come last, as text: no file is ever written through one.
 *
 * @throws Error for a path that leads out of the workspace, or one that is not new.
 */
async function fillWorkspace(storage, files) {
    const root = external_node_path_.join(storage, 'home/repo');
    const folders = new Set();
    const links = [];
    const writing = new Set();
    for await (const file of files) {
        if (!(0,read_inside/* isPlainRelative */.N)(file.path))
            throw new Error(`The sandbox has no place for the path ${JSON.stringify(file.path)}.`);
        await ensureParent(root, file.path, folders);
        if (file.mode === 'link') {
            links.push(file);
            continue;
        }
        const place = external_node_path_.join(root, file.path);
        const work = (0,promises_.writeFile)(place, file.data, { flag: 'wx', mode: file.mode === 'executable' ? 0o755 : 0o644 });
        const tracked = work.finally(() => writing.delete(tracked));
        writing.add(tracked);
        if (writing.size >= atOnce)
            await Promise.race(writing);
    }
    await Promise.all(writing);
    for (const { path: name, target } of links)
        await (0,promises_.symlink)(target, external_node_path_.join(root, name));
}
async function ensureParent(root, name, known) {
    const parent = external_node_path_.posix.dirname(name);
    if (known.has(parent))
        return;
    await (0,promises_.mkdir)(external_node_path_.join(root, parent), { recursive: true });
    known.add(parent);
}
/** Makes the storage belong to the user whom the sandbox runs as. Only before anything ran in it. */
async function giveStorage(storage, { uid, gid }) {
    await (0,promises_.lchown)(storage, uid, gid);
    for (const folder of ['home', 'tmp'])
        await runQuietly('/bin/chown', ['-hR', `${uid}:${gid}`, '--', external_node_path_.join(storage, folder)]);
}
/**
 * Removes the storage, whatever was left in it: `rm` copes with folders nested deeper than a path is long. May be repeated.
 */
async function removeStorage(storage) {
    await runQuietly('/bin/rm', ['-rf', '--one-file-system', '--', storage]);
    const left = await (0,promises_.lstat)(storage).catch(() => undefined);
    if (!left)
        return;
    // A folder without permissions stopped it, as a user who is not root.
    await runQuietly('/bin/chmod', ['-R', 'u+rwX', '--', storage]);
    await runQuietly('/bin/rm', ['-rf', '--one-file-system', '--', storage]);
}
/** Removes what processes left behind that died before they could. */
async function sweepStorage(tempDir) {
    const entries = await (0,promises_.readdir)(tempDir, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
        const storage = external_node_path_.join(tempDir, entry.name);
        if (entry.isDirectory() && entry.name.startsWith(prefix) && (await isLeftBehind(storage)))
            await removeStorage(storage);
    }
}
async function isLeftBehind(storage) {
    const owner = await (0,real_folders/* readRegular */.VX)(external_node_path_.join(storage, 'owner')).catch(() => undefined);
    const [pid = '', host] = (owner ?? '').split(' ');
    // It is just being made, or belongs to another user or to a container that shares the disk: then nobody can say whether it lives.
    if (!/^[1-9]\d*$/.test(pid) || host !== (0,external_node_os_.hostname)())
        return false;
    try {
        process.kill(Number(pid), 0);
        return false;
    }
    catch (error) {
        return (0,real_folders/* isFileError */.lz)(error, 'ESRCH');
    }
}
function runQuietly(program, args) {
    return new Promise((resolve) => {
        (0,external_node_child_process_.execFile)(program, args, { env: {}, cwd: '/' }, () => resolve());
    });
}

;// CONCATENATED MODULE: ./build/src/adapters/local/bubblewrap-start.js







/**
 * Finds out how sandboxes start here; on GitHub's own runners it first repairs what keeps them from it.
 *
 * @throws UserError with what to do where there is no way. It never answers with less isolation.
 */
async function findStance(machine, { probe, log }) {
    const unsupported = explainPlatform(machine.platform);
    if (unsupported)
        throw new errors/* UserError */.yo(unsupported);
    const situation = {
        platform: machine.platform,
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
        const storage = await createStorage(tempDir);
        try {
            if (stance.user)
                await giveStorage(storage, stance.user);
            const limits = limitsOf(stance, 20_000);
            const result = await runBubblewrap({
                bwrap: stance.bwrap,
                folder: storage,
                options: toBubblewrapArguments(storage, stance.system, {}),
                command: toGuestCommand(['/bin/sh', '-c', 'touch "$HOME/repo/probe" /tmp/probe'], { cwd: '/', limits }),
                user: stance.user,
                stdin: '',
                timeoutMs: limits.timeoutMs,
                signal: undefined,
                maxOutputBytes: 10_000,
            });
            return result.started && result.exitCode === 0 ? { ok: true } : { stderr: result.stderr.toString() };
        }
        finally {
            await removeStorage(storage);
        }
    };
}
function limitsOf(stance, timeoutMs) {
    return { timeoutMs, processes: stance.processes, cores: (0,external_node_os_.availableParallelism)() };
}

;// CONCATENATED MODULE: ./build/src/adapters/local/local-sandbox-guest.js



const defaultOutput = 1 << 20;
const defaultFile = 50 << 20;
const fileTimeoutMs = 60_000;
/** Linux takes no single argument above this (MAX_ARG_STRLEN); of all together less than 2 MB, environment included. */
const longestArgument = 131_071;
const longestCommand = 1_500_000;
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
        const trusted = { cwd: '/', env: { PATH: '/usr/bin:/bin' }, timeoutMs: fileTimeoutMs, signal: undefined };
        return inside({ argv, stdin, maxOutputBytes, ...trusted });
    };
    const write = async (redirect, path, data) => {
        checkPath(path);
        const result = await onFile(`mkdir -p -- "$(dirname -- "$1")" && cat ${redirect} "$1"`, [path], data, 10_000);
        if (result.exitCode === 0)
            return;
        const reason = result.timedOut ? 'it took too long' : (0,lib_text/* truncate */.xv)((0,lib_text/* oneLine */.TN)(result.stderr.toString()), 300);
        throw new errors/* ExternalError */.yA(`${JSON.stringify(path)} could not be written in the sandbox: ${reason}`);
    };
    return {
        async exec(command, { cwd = guest.workspace, env = {}, stdin = '', timeoutMs, signal, maxOutputBytes = defaultOutput }) {
            const refused = refuseArguments([cwd, ...command]);
            if (refused)
                return refused;
            return toExecResult(await inside({ argv: command, cwd, env, stdin, timeoutMs, signal, maxOutputBytes }));
        },
        writeFile: (path, data) => write('>', path, data),
        appendFile: (path, data) => write('>>', path, data),
        async readFile(path, { maxBytes = defaultFile } = {}) {
            checkPath(path);
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
function checkPath(path) {
    if (!path.startsWith('/') || path.includes('\0') || Buffer.byteLength(path) > 4096) {
        throw new errors/* ExternalError */.yA(`${JSON.stringify((0,lib_text/* truncate */.xv)(path, 200))} is no absolute path.`);
    }
}
/** An argument that no process can be given is the command's mistake: a result like any other. */
function refuseArguments(args) {
    const sizes = args.map((arg) => Buffer.byteLength(arg));
    const tooLong = sizes.some((size) => size > longestArgument) || sizes.reduce((sum, size) => sum + size) > longestCommand;
    if (!tooLong && !args.some((arg) => arg.includes('\0')))
        return undefined;
    const stderr = tooLong
        ? `The command is too long (${longestArgument} bytes per argument): write the data to a file first.\n`
        : 'An argument holds a NUL character.\n';
    return { exitCode: 126, stdout: '', stderr, timedOut: false, truncated: false, durationMs: 0 };
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
        githubHosted: env.GITHUB_ACTIONS === 'true' && env.RUNNER_ENVIRONMENT === 'github-hosted',
        uid: process.getuid?.(),
        async inContainer() {
            const marks = await Promise.all(['/.dockerenv', '/run/.containerenv'].map(exists));
            return marks.includes(true) || env.KUBERNETES_SERVICE_HOST !== undefined;
        },
        // Fixed places only: PATH may hold folders of the repository (`node_modules/.bin`).
        findBubblewrap: () => firstThat(['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap'], exists),
        look: async () => ({ roots: await findRoots(), node: await findNode(env) }),
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
        const entry = await (0,promises_.lstat)(root).catch(() => undefined);
        if (!entry)
            return [];
        return [{ path: root, link: entry.isSymbolicLink() ? await (0,promises_.readlink)(root) : undefined }];
    });
    return (await Promise.all(found)).flat();
}
/** The Node that commands should find: the one on PATH, else the one that runs Courier. Below `/usr` it is visible anyway. */
async function findNode(env) {
    const folders = (env.PATH ?? '')
        .split(':')
        .filter((folder) => external_node_path_.isAbsolute(folder) && !folder.includes('node_modules'));
    const onPath = await firstThat(folders.map((folder) => external_node_path_.join(folder, 'node')), exists);
    const program = await (0,promises_.realpath)(onPath ?? process.execPath);
    if (program.startsWith('/usr/'))
        return undefined;
    const prefix = external_node_path_.dirname(external_node_path_.dirname(program));
    // A folder that holds more than Node, a home above all, must not become visible.
    const isDistribution = external_node_path_.basename(external_node_path_.dirname(program)) === 'bin' && (await exists(external_node_path_.join(prefix, 'include/node/node.h')));
    const isHome = !external_node_path_.relative(prefix, (0,external_node_os_.homedir)()).startsWith('..');
    return isDistribution && !isHome ? { kind: 'distribution', path: prefix } : { kind: 'program', path: program };
}
async function exists(file) {
    return (0,promises_.access)(file, promises_.constants.F_OK).then(() => true, () => false);
}
async function firstThat(items, test) {
    for (const item of items)
        if (await test(item))
            return item;
    return undefined;
}

;// CONCATENATED MODULE: ./build/src/adapters/local/local-sandbox.js








/**
 * Sandboxes on this machine, by bubblewrap (Linux). The machine is probed once, at the first `create`.
 *
 * @throws UserError from `create` where the machine cannot isolate, with what to do about it.
 */
function createLocalSandboxProvider({ env, tempDir = (0,external_node_os_.tmpdir)(), log, machine }) {
    const place = external_node_path_.resolve(tempDir);
    let stance;
    const probed = () => {
        stance ??= findStance(machine ?? createMachine(env), { probe: createProbe(place), log });
        return stance;
    };
    return {
        kind: 'local',
        async create(spec) {
            const found = await probed();
            await sweepStorage(place);
            const storage = await createStorage(place);
            try {
                await fillWorkspace(storage, spec.files);
                if (found.user)
                    await giveStorage(storage, found.user);
            }
            catch (error) {
                await removeStorage(storage);
                throw error;
            }
            return openSandbox(storage, found, spec);
        },
    };
}
function openSandbox(storage, stance, spec) {
    const ending = new AbortController();
    const run = (command) => {
        const limits = limitsOf(stance, command.timeoutMs);
        return runBubblewrap({
            ...command,
            bwrap: stance.bwrap,
            folder: storage,
            user: stance.user,
            options: toBubblewrapArguments(storage, stance.system, { ...spec.env, ...command.env }),
            command: toGuestCommand(command.argv, { cwd: command.cwd, limits }),
            signal: command.signal ? AbortSignal.any([command.signal, ending.signal]) : ending.signal,
        });
    };
    const running = new Set();
    const kill = async () => {
        clearTimeout(lifetime);
        ending.abort();
        await Promise.allSettled(running);
        await removeStorage(storage);
    };
    const lifetime = setTimeout(kill, Math.min(spec.lifetimeMs, 2 ** 31 - 1));
    lifetime.unref();
    return {
        ref: { kind: 'local', id: external_node_path_.basename(storage) },
        workspace: guest.workspace,
        out: guest.home,
        ...createGuest((command) => {
            const work = run(command);
            running.add(work);
            return work.finally(() => running.delete(work));
        }, ending.signal),
        kill,
    };
}


/***/ }),

/***/ 6113:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ isPlainRelative),
/* harmony export */   x: () => (/* binding */ readInside)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _real_folders_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1136);




/**
 * Reads a regular file below `root` (absolute, real). The path may come from a model or from the repository: absolute ones, ones that
 * lead out by `..` or by a link, `.git` (it holds credentials), devices and files above `maxBytes` all read as `undefined`.
 */
async function readInside(root, name, maxBytes) {
    const real = await resolveInside(root, name);
    if (real === undefined)
        return undefined;
    try {
        const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(real, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NOFOLLOW | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK);
        try {
            const { size } = await handle.stat().then((found) => (found.isFile() ? found : { size: Infinity }));
            return size > maxBytes ? undefined : await handle.readFile();
        }
        finally {
            await handle.close();
        }
    }
    catch (error) {
        if ((0,_real_folders_js__WEBPACK_IMPORTED_MODULE_3__/* .isFileError */ .lz)(error, 'ENOENT', 'ELOOP', 'ENOTDIR', 'ENXIO', 'EACCES', 'EPERM', 'EISDIR'))
            return undefined;
        throw error;
    }
}
async function resolveInside(root, name) {
    if (!isPlainRelative(name))
        return undefined;
    try {
        const real = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(node_path__WEBPACK_IMPORTED_MODULE_2__.join(root, name));
        const relative = node_path__WEBPACK_IMPORTED_MODULE_2__.relative(root, real);
        return isPlainRelative(relative.split(node_path__WEBPACK_IMPORTED_MODULE_2__.sep).join('/')) ? real : undefined;
    }
    catch {
        return undefined;
    }
}
/** Relative, never leading out, and not git's own data (`git~1` is its short name on Windows). */
function isPlainRelative(name) {
    if (name === '' || name.includes('\0') || node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute(name))
        return false;
    return name.split('/').every((part) => !['', '.', '..', '.git', 'git~1'].includes(part.toLowerCase()));
}


/***/ }),

/***/ 1136:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NL: () => (/* binding */ ensureRealFolder),
/* harmony export */   Ng: () => (/* binding */ ensureOwnFolder),
/* harmony export */   VQ: () => (/* binding */ refuseLink),
/* harmony export */   VX: () => (/* binding */ readRegular),
/* harmony export */   f8: () => (/* binding */ writeWhole),
/* harmony export */   lz: () => (/* binding */ isFileError)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9862);





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


/***/ })

};
