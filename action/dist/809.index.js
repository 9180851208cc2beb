export const id = 809;
export const ids = [809];
export const modules = {

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

/***/ 34809:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openRepository: () => (/* binding */ openRepository)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/src/lib/errors.js
var errors = __webpack_require__(89862);
// EXTERNAL MODULE: ./build/src/lib/log.js
var lib_log = __webpack_require__(7399);
;// CONCATENATED MODULE: ./build/src/adapters/local/changed-lines.js

/**
 * What the head changed since it left `base` (a commit or a branch), of the files below the root.
 * `undefined` where the checkout does not reach back to there, as a shallow one does not.
 */
async function readChangedLines(git, base) {
    if (!/^\w[\w./-]*$/.test(base))
        return undefined;
    const fork = await git(['merge-base', `${base}^{commit}`, 'HEAD']);
    if (fork.exitCode !== 0)
        return undefined;
    const diff = await git([
        'diff',
        '--unified=0',
        '--no-color',
        '--no-ext-diff',
        '--no-textconv',
        '--find-renames',
        '--ignore-submodules=all',
        '--inter-hunk-context=0',
        '--src-prefix=a/',
        '--dst-prefix=b/',
        '--relative',
        fork.stdout.toString().trim(),
        'HEAD',
    ]);
    if (diff.exitCode !== 0)
        throw new errors/* ExternalError */.yA(`git diff failed: ${diff.stderr.trim()}`);
    return parseChangedLines(diff.stdout.toString('utf8'));
}
/** Reads a diff without context lines. Hunks are counted through, so that no line of a file is taken for a header. */
function parseChangedLines(diff) {
    const changed = new Map();
    let places;
    let inHunk = 0;
    for (const line of diff.split('\n')) {
        if (inHunk > 0 && /^[-+]/.test(line)) {
            inHunk -= 1;
            continue;
        }
        const path = pathOf(line);
        if (path !== undefined) {
            places = [];
            changed.set(path, places);
            continue;
        }
        const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
        if (!hunk)
            continue;
        const [gone, start, come] = [Number(hunk[1] ?? 1), Number(hunk[2]), Number(hunk[3] ?? 1)];
        inHunk = gone + come;
        if (come > 0)
            places?.push([start, start + come - 1]);
    }
    return changed;
}
function pathOf(line) {
    // Git ends a name that holds a space with a tab.
    const plain = /^\+\+\+ b\/(.*?)\t?$/.exec(line);
    if (plain)
        return plain[1];
    const quoted = /^\+\+\+ "b\/(.*)"\t?$/.exec(line);
    return quoted?.[1] === undefined ? undefined : unquote(quoted[1]);
}
const escapes = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
/** Undoes git's quoting of a name (quote.c): C escapes, and bytes in octal. */
function unquote(text) {
    return text.replace(/(?:\\[0-7]{3})+|\\(.)/g, (whole, single) => {
        if (single !== undefined)
            return escapes[single] ?? single;
        return Buffer.from(whole
            .split('\\')
            .slice(1)
            .map((octal) => Number.parseInt(octal, 8))).toString('utf8');
    });
}

// EXTERNAL MODULE: ./build/src/lib/safe-path.js
var safe_path = __webpack_require__(32726);
;// CONCATENATED MODULE: ./build/src/adapters/local/repository-files.js




const mostFiles = 200_000;
/** What a folder without git holds besides its sources. */
const builtFolders = new Set(`node_modules bower_components vendor dist build out target coverage .venv venv __pycache__ .tox .mypy_cache .pytest_cache
   .next .nuxt .gradle .idea .vscode .hg .svn .cache .terraform Pods DerivedData`.split(/\s+/));
/** Files and links that git tracks, or neither tracks nor ignores, and that are there; without submodules and `.courier/`. Sorted. */
async function listWithGit(root, git) {
    const listed = await git(['ls-files', '-z', '--cached', '--others', '--exclude-standard']);
    if (listed.exitCode !== 0)
        throw new errors/* ExternalError */.yA(`git ls-files failed: ${listed.stderr.trim()}`);
    const names = new Set(listed.stdout.toString('utf8').split('\0').filter(isOurs));
    // Deleted files, submodules and nested checkouts are in the list as well; the disk tells.
    const present = await Promise.all([...names].map(async (name) => ((await isFileOrLink(root, name)) ? [name] : [])));
    return present.flat().sort();
}
/** Every file and link below the root but build output and dependencies, at most 200,000. Sorted. */
async function listWithoutGit(root, log) {
    const found = [];
    for await (const name of walk(root, '')) {
        if (found.length === mostFiles) {
            log.warn(`${root} holds more than ${mostFiles} files; the rest is not looked at.`);
            break;
        }
        found.push(name);
    }
    return found.sort();
}
/** The regular files among them. */
async function withoutLinks(root, names) {
    const linked = await Promise.all(names.map(async (name) => (await lookAt(root, name))?.isSymbolicLink() ?? true));
    return names.filter((_, index) => !linked[index]);
}
async function* walk(root, folder) {
    const entries = await (0,promises_.readdir)(external_node_path_.join(root, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
        const name = external_node_path_.posix.join(folder, entry.name);
        if (!isOurs(name))
            continue;
        if (entry.isFile() || entry.isSymbolicLink())
            yield name;
        else if (entry.isDirectory() && !builtFolders.has(entry.name))
            yield* walk(root, name);
    }
}
/** Whether a path may stand for a file of the repository, and is not Courier's own. */
function isOurs(name) {
    return (0,safe_path/* isPlainRelative */.N)(name) && !name.startsWith('.courier/') && name !== '.courier' && !name.includes('\ufffd');
}
async function isFileOrLink(root, name) {
    const found = await lookAt(root, name);
    return found !== undefined && (found.isFile() || found.isSymbolicLink());
}
function lookAt(root, name) {
    return (0,promises_.lstat)(external_node_path_.join(root, name)).catch(() => undefined);
}

;// CONCATENATED MODULE: ./build/src/adapters/local/commit-files.js


/** Bytes of the files that are in memory at a time. */
const batchBytes = 32 << 20;
const modes = {
    '100644': 'file',
    '100755': 'executable',
    '120000': 'link',
};
/**
 * The files and links of a commit below the root, for a sandbox, as git stores them; what is too large is left out, as from the working tree.
 *
 * @returns `undefined` where the clone does not hold the commit (a shallow one, or somebody else's).
 * @throws ExternalError, also while reading, where the clone lacks some of its files.
 */
async function readCommitFiles(git, commit, limits) {
    if (!/^[0-9a-f]{40,64}$/.test(commit))
        return undefined;
    const found = await git(['cat-file', '-e', `${commit}^{commit}`]);
    if (found.exitCode !== 0)
        return undefined;
    const tree = await git(['ls-tree', '-r', '-z', '-l', commit]);
    if (tree.exitCode !== 0)
        throw new errors/* ExternalError */.yA(`git ls-tree failed: ${tree.stderr.trim()}`);
    const entries = withinLimits(tree.stdout.toString('utf8').split('\0').flatMap(toEntry), limits);
    return () => streamEntries(git, entries);
}
/** `100644 blob 3b18e51… 12\tpath`; submodules have no files here. */
function toEntry(line) {
    const parts = /^(\d{6}) blob ([0-9a-f]{40,64}) +(\d+|BAD)\t(.+)$/s.exec(line);
    const [, bits = '', oid = '', size = '', path = ''] = parts ?? [];
    const mode = modes[bits];
    if (size === 'BAD')
        throw new errors/* ExternalError */.yA(`This clone does not hold ${path} of that commit.`);
    return mode !== undefined && isOurs(path) ? [{ path, mode, oid, size: Number(size) }] : [];
}
function withinLimits(entries, limits) {
    let total = 0;
    return entries.filter(({ size }) => {
        if (size > limits.file || total + size > limits.total)
            return false;
        total += size;
        return true;
    });
}
async function* streamEntries(git, entries) {
    for (const batch of inBatches(entries)) {
        const room = batch.reduce((sum, { size }) => sum + size + 200, 1000);
        const input = batch.map(({ oid }) => `${oid}\n`).join('');
        const { exitCode, stdout, stderr } = await git(['cat-file', '--batch'], { input, maxBytes: room });
        if (exitCode !== 0)
            throw new errors/* ExternalError */.yA(`git cat-file failed: ${stderr.trim()}`);
        let at = 0;
        for (const { path, mode, oid, size } of batch) {
            const head = `${oid} blob ${size}\n`;
            if (stdout.toString('latin1', at, at + head.length) !== head)
                throw new errors/* ExternalError */.yA(`This clone does not hold ${path} of that commit.`);
            const data = stdout.subarray(at + head.length, at + head.length + size);
            at += head.length + size + 1;
            yield mode === 'link' ? { path, mode, target: data.toString('utf8') } : { path, mode, data };
        }
    }
}
function* inBatches(entries) {
    let batch = [];
    let bytes = 0;
    for (const entry of entries) {
        if (batch.length > 0 && bytes + entry.size > batchBytes) {
            yield batch;
            batch = [];
            bytes = 0;
        }
        batch.push(entry);
        bytes += entry.size;
    }
    if (batch.length > 0)
        yield batch;
}

;// CONCATENATED MODULE: ./build/src/adapters/local/find-ignored.js

/** Those of the paths (relative to the root) that the ignore rules of the working tree name. */
async function findIgnored(git, paths) {
    if (paths.length === 0)
        return new Set();
    const input = paths.map((path) => `./${path}\0`).join('');
    const found = await git(['check-ignore', '--no-index', '-z', '--stdin'], { input });
    // 1: it ignores none of them.
    if (found.exitCode > 1)
        throw new errors/* ExternalError */.yA(`git check-ignore failed: ${found.stderr.trim()}`);
    const names = found.stdout.toString('utf8').split('\0').filter(Boolean);
    return new Set(names.map((name) => name.replace(/^\.\//, '')));
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
;// CONCATENATED MODULE: ./build/src/adapters/local/git.js




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
async function openGit(root, env) {
    const top = await findCheckout(root);
    if (top === undefined)
        return undefined;
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
    const git = (args, { maxBytes = 256 << 20, input } = {}) => new Promise((resolve, reject) => {
        const settled = { cwd: root, env: clean, maxBuffer: maxBytes, encoding: 'buffer', windowsHide: true };
        const child = (0,external_node_child_process_.execFile)('git', [...options, ...args], settled, (error, stdout, stderr) => {
            if (!error)
                return resolve({ exitCode: 0, stdout, stderr: '' });
            if (typeof error.code === 'number')
                return resolve({ exitCode: error.code, stdout, stderr: stderr.toString() });
            reject(new errors/* ExternalError */.yA(`git ${args[0] ?? ''} could not be run: ${error.message}`, { cause: error }));
        });
        // A git that ended early does not read on; how it ended is the result.
        child.stdin?.on('error', () => { });
        if (input !== undefined)
            child.stdin?.end(input);
    });
    try {
        const { exitCode, stdout } = await git(['rev-parse', '--is-inside-work-tree', '--show-prefix']);
        const [inside, prefix = ''] = stdout.toString().split('\n');
        return exitCode === 0 && inside === 'true' ? { git, prefix } : undefined;
    }
    catch {
        return undefined;
    }
}
/** The nearest folder at or above `folder` that holds `.git`. */
async function findCheckout(folder) {
    for (let current = folder;; current = external_node_path_.dirname(current)) {
        const found = await (0,promises_.lstat)(external_node_path_.join(current, '.git')).catch(() => undefined);
        if (found)
            return current;
        if (external_node_path_.dirname(current) === current)
            return undefined;
    }
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./build/src/adapters/local/real-folders.js
var real_folders = __webpack_require__(11136);
;// CONCATENATED MODULE: ./build/src/adapters/local/read-inside.js





/**
 * Reads a regular file below `root` (absolute, real). The path may come from a model or from the repository: absolute ones, ones that
 * lead out by `..` or by a link, `.git` (it holds credentials), devices and files above `maxBytes` all read as `undefined`.
 */
async function readInside(root, name, maxBytes) {
    const real = await resolveInside(root, name);
    if (real === undefined)
        return undefined;
    try {
        const handle = await (0,promises_.open)(real, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK);
        try {
            const { size } = await handle.stat().then((found) => (found.isFile() ? found : { size: Infinity }));
            return size > maxBytes ? undefined : await handle.readFile();
        }
        finally {
            await handle.close();
        }
    }
    catch (error) {
        if ((0,real_folders/* isFileError */.lz)(error, 'ENOENT', 'ELOOP', 'ENOTDIR', 'ENXIO', 'EACCES', 'EPERM', 'EISDIR'))
            return undefined;
        throw error;
    }
}
async function resolveInside(root, name) {
    if (!(0,safe_path/* isPlainRelative */.N)(name))
        return undefined;
    try {
        const real = await (0,promises_.realpath)(external_node_path_.join(root, name));
        const relative = external_node_path_.relative(root, real);
        return (0,safe_path/* isPlainRelative */.N)(relative.split(external_node_path_.sep).join('/')) ? real : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/src/adapters/local/remote-name.js
/**
 * `owner/name` out of a remote's address, of any host: `https://host/owner/name.git`, `ssh://git@host:22/owner/name`,
 * `git@host:owner/name.git`. A path on this machine names no owner: `undefined`.
 */
function nameOfRemote(url) {
    const address = /^(?:https?|ssh|git):\/\/[^/]+\/(.+)$/i.exec(url) ?? /^(?:[^/@:\s]+@)?[^/:\s]{2,}:(?!\/\/)\/?(.+)$/.exec(url);
    const parts = (address?.[1] ?? '')
        .replace(/[?#].*$/, '')
        .replace(/\/+$/, '')
        .replace(/\.git$/, '')
        .split('/');
    const [owner, name] = parts.slice(-2);
    if (!owner || !name || ![owner, name].every((part) => /^[\w.-]+$/.test(part) && !/^\.+$/.test(part)))
        return undefined;
    return `${owner}/${name}`;
}

;// CONCATENATED MODULE: ./build/src/adapters/local/renames.js
// Similar files are looked for among at most so many that are gone and so many that are new: beyond, git tells only exact renames.
const renameLimit = 2_000;
/**
 * Files below the root that `head` has under another path than `since` had them, old path to new.
 * `undefined` where the checkout does not hold that commit, as a shallow one does not.
 */
async function readRenames(git, { since, head }) {
    if (!/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(since))
        return undefined;
    const diff = await git([
        'diff',
        '--find-renames=50%',
        `-l${renameLimit}`,
        '--diff-filter=R',
        '--name-status',
        '-z',
        '--no-ext-diff',
        '--no-textconv',
        '--ignore-submodules=all',
        '--relative',
        since,
        head,
        '--',
    ]);
    return diff.exitCode === 0 ? parseRenames(diff.stdout.toString('utf8')) : undefined;
}
/** Reads `R087 NUL old NUL new NUL` and so on. */
function parseRenames(output) {
    const fields = output.split('\0');
    const renames = new Map();
    for (let at = 0; at + 2 < fields.length; at += 3) {
        const [status, from, to] = fields.slice(at, at + 3);
        if (status?.startsWith('R') && from && to)
            renames.set(from, to);
    }
    return renames;
}

;// CONCATENATED MODULE: ./build/src/adapters/local/repository-gaps.js

const mostPointers = 10_000;
const pointerBytes = 1024;
/** What git tracks here and no file holds. A git that cannot tell is no reason to stop: then nothing is known to be absent. */
async function readGaps(root, git) {
    const [staged, large] = await Promise.all([
        git(['ls-files', '-z', '--stage']),
        git(['ls-files', '-z', '--', ':(attr:filter=lfs)']),
    ]);
    const submodules = linesOf(staged).flatMap((entry) => {
        const [about = '', name = ''] = entry.split('\t');
        return about.startsWith('160000 ') ? [name] : [];
    });
    const isPointer = async (name) => {
        const start = await readInside(root, name, pointerBytes);
        return start?.toString('latin1').startsWith('version https://git-lfs.github.com/spec/') ? [name] : [];
    };
    const pointers = await Promise.all(linesOf(large).slice(0, mostPointers).map(isPointer));
    return { submodules, pointers: pointers.flat() };
}
function linesOf({ exitCode, stdout }) {
    return exitCode === 0 ? stdout.toString('utf8').split('\0').filter(Boolean) : [];
}

;// CONCATENATED MODULE: ./build/src/adapters/local/repository-history.js

const mostBytes = 100 << 20;
/**
 * All commits up to the head as a git bundle: objects and one name, so neither remotes nor settings nor credentials. A shallow checkout makes
 * a bundle that nobody can clone.
 */
async function readHistory(git) {
    const shallow = await git(['rev-parse', '--is-shallow-repository']);
    if (shallow.stdout.toString().trim() !== 'false')
        return { none: 'the checkout is shallow (fetch-depth: 0 of actions/checkout gets all commits)' };
    const counted = await git(['count-objects', '-v']);
    const packed = Number(/^size-pack: (\d+)$/m.exec(counted.stdout.toString())?.[1] ?? '0') * 1024;
    const tooLarge = { none: `it is larger than ${mostBytes >> 20} MB` };
    if (packed > mostBytes)
        return tooLarge;
    try {
        const made = await git(['bundle', 'create', '--quiet', '-', 'HEAD'], { maxBytes: mostBytes });
        return made.exitCode === 0 ? { bundle: made.stdout } : { none: 'the checkout does not hold all of it' };
    }
    catch (error) {
        return (0,errors/* messageOf */.bD)(error).includes('maxBuffer') ? tooLarge : { none: 'git could not read it' };
    }
}

// EXTERNAL MODULE: ./build/src/lib/text.js
var lib_text = __webpack_require__(95498);
;// CONCATENATED MODULE: ./build/src/adapters/local/repository-stream.js




const streamLimits = { file: 20 << 20, total: 2 ** 31 };
/** The named files, one at a time, for a sandbox. What is too large is left out, and said so in the log. */
async function* streamFiles(root, names, { log, limits }) {
    const left = [];
    let total = 0;
    for (const name of names) {
        const file = await readForSandbox(root, name, Math.min(limits.file, limits.total - total));
        if (file === 'too-large')
            left.push(name);
        else if (file) {
            total += file.mode === 'link' ? 0 : file.data.length;
            yield file;
        }
    }
    if (left.length > 0)
        log.warn(leftOut(left, limits));
}
async function readForSandbox(root, name, most) {
    const place = external_node_path_.join(root, name);
    const found = await (0,promises_.lstat)(place).catch(() => undefined);
    if (!found)
        return undefined;
    if (found.isSymbolicLink()) {
        const target = await (0,promises_.readlink)(place).catch(() => undefined);
        return target === undefined ? undefined : { path: name, mode: 'link', target };
    }
    if (found.size > most)
        return 'too-large';
    const data = await readInside(root, name, most);
    if (!data)
        return undefined;
    return { path: name, mode: (found.mode & 0o100) === 0 ? 'file' : 'executable', data };
}
function leftOut(names, limits) {
    const some = names.slice(0, 5).join(', ') + (names.length > 5 ? ', …' : '');
    const bounds = `${Math.round(limits.file / 2 ** 20)} MB per file, ${Math.round(limits.total / 2 ** 20)} MB in all`;
    return `${(0,lib_text/* count */.U9)(names.length, 'file')} did not fit into the sandbox (${bounds}): ${some}`;
}

;// CONCATENATED MODULE: ./build/src/adapters/local/repository.js
















/**
 * Opens a folder of this machine: a checkout, a folder inside of one (then only what lies below it) or any other folder.
 * Commit, branch, the list of files and what is missing are those of the first look.
 *
 * @throws UserError where there is no folder at that path, or only git's own data.
 */
async function openRepository(folder, options = {}) {
    const { log = lib_log/* silentLog */.a, env = process.env, limits = streamLimits } = options;
    const root = await realFolder(folder);
    await refuseGitData(root, folder);
    const git = await trackingGit(root, env);
    const [{ commit, branch, dirty }, remote] = git
        ? await Promise.all([stateOf(git), remoteOf(git)])
        : [{ commit: undefined, branch: undefined, dirty: false }];
    let gaps;
    let listing;
    const filesAndLinks = () => {
        listing ??= git ? listWithGit(root, git) : listWithoutGit(root, log);
        return listing;
    };
    return {
        root,
        commit,
        branch,
        dirty,
        name: (remote && nameOfRemote(remote)) ?? (external_node_path_.basename(root) || 'repository'),
        // What a link leads to is listed under its own name, or lies outside: a tool would follow it.
        files: async () => withoutLinks(root, await filesAndLinks()),
        read: (name, { maxBytes = 2 << 20 } = {}) => readInside(root, name, maxBytes),
        ignored: async (paths) => (git ? findIgnored(git, paths) : new Set()),
        gaps: async () => {
            gaps ??= git ? readGaps(root, git) : undefined;
            return gaps ?? { submodules: [], pointers: [] };
        },
        history: async () => (git && commit ? readHistory(git) : { none: 'this is no checkout of git' }),
        async *stream() {
            yield* streamFiles(root, await filesAndLinks(), { log, limits });
        },
        filesAt: async (at) => (git ? readCommitFiles(git, at, limits) : undefined),
        changedLines: async (base) => (git && commit ? readChangedLines(git, base) : undefined),
        renames: async (since) => (git && commit ? readRenames(git, { since, head: commit }) : undefined),
    };
}
async function realFolder(folder) {
    try {
        const real = await (0,promises_.realpath)(folder);
        if ((await (0,promises_.stat)(real)).isDirectory())
            return real;
    }
    catch (error) {
        if (!(0,real_folders/* isFileError */.lz)(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'))
            throw error;
        const why = (0,real_folders/* isFileError */.lz)(error, 'EACCES') ? 'cannot be entered' : 'does not exist';
        throw new errors/* UserError */.yo(`${folder} ${why}. Name the folder of the repository to scan.`);
    }
    throw new errors/* UserError */.yo(`${folder} is a file. Name the folder of the repository to scan.`);
}
/** A bare repository, or the `.git` of a checkout, holds no file that anybody wrote: its scan would always be clean. */
async function refuseGitData(root, folder) {
    const found = await Promise.all(['HEAD', 'objects', 'refs'].map((name) => (0,promises_.stat)(external_node_path_.join(root, name)).catch(() => undefined)));
    const [head, objects, refs] = found;
    if (!head?.isFile() || !objects?.isDirectory() || !refs?.isDirectory())
        return;
    throw new errors/* UserError */.yo(`${folder} holds git's own data and no checked-out files. Name the folder of a clone of it.`);
}
/** Git, unless the folder is one that the checkout around it ignores: then git knows none of its files. */
async function trackingGit(root, env) {
    const { git, prefix } = (await openGit(root, env)) ?? {};
    if (!git || !prefix)
        return git;
    const ignored = await git(['check-ignore', '--quiet', '--', root]);
    return ignored.exitCode === 0 ? undefined : git;
}
/** The head, its branch and whether anything but Courier's own differs, in one look: each process of git costs more than its work. */
async function stateOf(git) {
    const look = ['--porcelain=v2', '--branch', '-z', '--ignore-submodules=all', '--', '.'];
    const { exitCode, stdout } = await git(['status', ...look]);
    const entries = stdout.toString().split('\0');
    const said = (about) => entries.find((entry) => entry.startsWith(`# branch.${about} `))?.split(' ')[2];
    const [commit = '', branch] = [said('oid'), said('head')];
    if (exitCode !== 0 || (branch === undefined && commit === ''))
        return stateWithoutStatus(git);
    return {
        commit: isCommit(commit) ? commit : undefined,
        branch: branch === '(detached)' ? undefined : branch,
        dirty: entries.some((entry) => entry !== '' && !/^(?:# |\? (?:.*\/)?\.courier\/)/.test(entry)),
    };
}
/** Where git cannot compare the files (a broken index) it may still know what the head is. */
async function stateWithoutStatus(git) {
    const [commit = '', branch] = await Promise.all([
        git(['rev-parse', '--quiet', '--verify', 'HEAD^{commit}']).then(textOf),
        git(['symbolic-ref', '--quiet', '--short', 'HEAD']).then(textOf),
    ]);
    return { commit: isCommit(commit) ? commit : undefined, branch, dirty: false };
}
const isCommit = (text) => /^[0-9a-f]{40}$/.test(text);
async function remoteOf(git) {
    return textOf(await git(['config', '--get', 'remote.origin.url']));
}
function textOf(result) {
    return result.exitCode === 0 ? result.stdout.toString('utf8').trim() || undefined : undefined;
}


/***/ }),

/***/ 7399:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ silentLog)
/* harmony export */ });
const silentLog = { debug() { }, info() { }, warn() { }, error() { } };


/***/ })

};
