export const id = 433;
export const ids = [433,525];
export const modules = {

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

/***/ 20433:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   salvageSandboxes: () => (/* binding */ salvageSandboxes)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _end_left_processes_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(80525);
/* harmony import */ var _real_folders_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(11136);
/* harmony import */ var _sandbox_storage_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(23441);





const largest = 50_000_000;
/**
 * Ends what local sandboxes a session left whose process died.
 * @returns what its agents had reported in each, by file name, unread and untrusted.
 */
async function salvageSandboxes(tempDir, session) {
    const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(tempDir, { withFileTypes: true }).catch(() => []);
    const salvaged = [];
    for (const entry of entries.filter((one) => one.isDirectory())) {
        const storage = node_path__WEBPACK_IMPORTED_MODULE_1__.join(tempDir, entry.name);
        const owner = await (0,_real_folders_js__WEBPACK_IMPORTED_MODULE_3__/* .readRegular */ .VX)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(storage, 'session')).catch(() => undefined);
        if (owner !== session || !(await (0,_sandbox_storage_js__WEBPACK_IMPORTED_MODULE_4__/* .isLeftBehind */ .KW)(storage)))
            continue;
        await (0,_end_left_processes_js__WEBPACK_IMPORTED_MODULE_2__.endLeftProcesses)(storage);
        salvaged.push(await readReported(node_path__WEBPACK_IMPORTED_MODULE_1__.join(storage, 'home')));
        await (0,_sandbox_storage_js__WEBPACK_IMPORTED_MODULE_4__/* .removeStorage */ .Od)(storage);
    }
    return salvaged;
}
/** A link in the place of a file is the sandbox's trick and is left. */
async function readReported(home) {
    const reported = {};
    for (const name of ['issues.json', 'questions.json']) {
        const file = node_path__WEBPACK_IMPORTED_MODULE_1__.join(home, name);
        const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(file).catch(() => undefined);
        if (found?.isFile() && found.size <= largest)
            reported[name] = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file);
    }
    return reported;
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


/***/ })

};
