export const id = 189;
export const ids = [189];
export const modules = {

/***/ 3189:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createFolderStore: () => (/* binding */ createFolderStore)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/src/ledger/store-path.js
var store_path = __webpack_require__(75988);
// EXTERNAL MODULE: ./build/src/lib/errors.js
var errors = __webpack_require__(89862);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 3 modules
var schemas = __webpack_require__(28942);
// EXTERNAL MODULE: ./build/src/adapters/local/real-folders.js
var real_folders = __webpack_require__(11136);
;// CONCATENATED MODULE: ./build/src/adapters/local/folder-journal.js






const Journal = schemas/* object */.Ikc({ revision: schemas/* string */.YjP(), changes: schemas/* array */.YOg(schemas/* tuple */.PVZ([schemas/* string */.YjP(), schemas/* string */.YjP().nullable()])) });
const journalIn = (root) => external_node_path_.join(root, '.journal');
/** From here on the commit counts, whatever happens to the process. Only under the lock. */
async function writeJournal(root, journal) {
    await (0,real_folders/* writeWhole */.f8)(journalIn(root), JSON.stringify(journal));
}
async function hasJournal(root) {
    return (await (0,real_folders/* readRegular */.VX)(journalIn(root))) !== undefined;
}
/** Carries out the commit that was decided and perhaps interrupted. Repeating it does no harm. Only under the lock. */
async function finishJournal(root) {
    const file = journalIn(root);
    const text = await (0,real_folders/* readRegular */.VX)(file);
    if (text === undefined)
        return;
    const journal = understandJournal(text, file);
    for (const [name, content] of journal.changes) {
        if (content === null)
            await removeFile(root, name);
        else
            await writeFile(root, name, content);
    }
    await (0,real_folders/* writeWhole */.f8)(external_node_path_.join(root, '.revision'), `${journal.revision}\n`);
    await (0,promises_.rm)(file, { force: true });
}
/** The folders above a path, nearest to the root first: `a/b/c` gives `a`, `a/b`. */
function foldersOf(name) {
    const parts = name.split('/').slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
function understandJournal(text, file) {
    try {
        const journal = Journal.parse(JSON.parse(text));
        // The file lies in the scanned repository, which may have brought its own.
        const hostile = journal.changes.find(([name]) => !(0,store_path/* isStorePath */.z)(name));
        if (hostile)
            throw new Error(`it names the path ${JSON.stringify(hostile[0])}`);
        return journal;
    }
    catch (cause) {
        throw new errors/* ExternalError */.yA(`The ledger's journal ${file} cannot be read.`, {
            cause,
            hint: `Remove ${file} to go on without the commit that it holds.`,
        });
    }
}
async function writeFile(root, name, content) {
    const folder = await (0,real_folders/* ensureRealFolder */.NL)(root, external_node_path_.posix.dirname(name));
    await (0,real_folders/* writeWhole */.f8)(external_node_path_.join(folder, external_node_path_.posix.basename(name)), content);
}
async function removeFile(root, name) {
    const folders = foldersOf(name).map((folder) => external_node_path_.join(root, folder));
    for (const folder of folders)
        await (0,real_folders/* refuseLink */.VQ)(folder);
    await (0,promises_.rm)(external_node_path_.join(root, name), { force: true });
    for (const folder of folders.reverse()) {
        // Not empty, or not there: then the ones above stay as well.
        const removed = await (0,promises_.rmdir)(folder).then(() => true, () => false);
        if (!removed)
            return;
    }
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
;// CONCATENATED MODULE: ./build/src/adapters/local/folder-lock.js








const Holder = schemas/* object */.Ikc({
    pid: schemas/* number */.aig().int().positive(),
    host: schemas/* string */.YjP(),
    ticket: schemas/* string */.YjP().regex(/^\.lock-\w+$/),
});
const patienceMs = 15_000;
/**
 * Runs `work` while no other process does so on the same folder. The lock of a process that died is taken over.
 *
 * Each holder has a ticket, a file of its own, of which `.lock` is a second link. Who takes over a dead holder's lock must first
 * rename that ticket away, which only one can do: two that find the same dead holder never both go on.
 *
 * @throws ExternalError when a living process holds the lock for 15 s.
 */
async function withFolderLock(folder, work) {
    const ticket = `.lock-${(0,external_node_crypto_.randomBytes)(8).toString('hex')}`;
    const own = external_node_path_.join(folder, ticket);
    const lock = external_node_path_.join(folder, '.lock');
    const handle = await (0,promises_.open)(own, 'wx');
    await handle.writeFile(JSON.stringify({ pid: process.pid, host: (0,external_node_os_.hostname)(), ticket }));
    await handle.close();
    try {
        await acquire(folder, ticket);
        try {
            return await work();
        }
        finally {
            await (0,promises_.rm)(lock, { force: true });
        }
    }
    finally {
        await (0,promises_.rm)(own, { force: true });
    }
}
async function acquire(folder, ticket) {
    const lock = external_node_path_.join(folder, '.lock');
    const until = Date.now() + patienceMs;
    while (!(await tryLink(external_node_path_.join(folder, ticket), lock))) {
        const holder = await holderOf(lock);
        if (holder && !isAlive(holder) && (await takeOver(folder, holder, ticket)))
            return;
        if (Date.now() > until) {
            const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
            throw new errors/* ExternalError */.yA(`The ledger in ${folder} is being written by ${who}.`, {
                hint: `Wait for it to end; if no Courier is running, remove ${lock}.`,
            });
        }
        await (0,external_node_timers_promises_.setTimeout)(10 + Math.random() * 30);
    }
}
async function tryLink(from, to) {
    try {
        await (0,promises_.link)(from, to);
        return true;
    }
    catch (error) {
        if ((0,real_folders/* isFileError */.lz)(error, 'EEXIST'))
            return false;
        throw error;
    }
}
async function takeOver(folder, dead, ticket) {
    const claimed = external_node_path_.join(folder, `${ticket}-claim`);
    try {
        await (0,promises_.rename)(external_node_path_.join(folder, dead.ticket), claimed);
    }
    catch (error) {
        if ((0,real_folders/* isFileError */.lz)(error, 'ENOENT'))
            return false;
        throw error;
    }
    const second = external_node_path_.join(folder, `${ticket}-link`);
    await (0,promises_.link)(external_node_path_.join(folder, ticket), second);
    await (0,promises_.rename)(second, external_node_path_.join(folder, '.lock'));
    await (0,promises_.rm)(claimed, { force: true });
    return true;
}
async function holderOf(lock) {
    const text = await (0,promises_.readFile)(lock, 'utf8').catch(() => '');
    try {
        return Holder.parse(JSON.parse(text));
    }
    catch {
        // Released in this moment, or damaged: the caller waits, and says which file to remove when it stays.
        return undefined;
    }
}
function isAlive(holder) {
    // A process of another machine (a shared disk) cannot be asked: it counts as alive.
    if (holder.host !== (0,external_node_os_.hostname)())
        return true;
    try {
        process.kill(holder.pid, 0);
        return true;
    }
    catch (error) {
        return !(0,real_folders/* isFileError */.lz)(error, 'ESRCH');
    }
}

;// CONCATENATED MODULE: ./build/src/adapters/local/folder-store.js








/**
 * The ledger as plain files in a folder.
 *
 * A commit is one rename: the changes are written to `.journal` first, then carried out, then `.revision` follows and the journal goes.
 * Whoever finds a journal carries it out before anything else, so that a crash at any point leaves all changes or none. One writer at a
 * time (`.lock`). Readers need no lock: they read again when the revision changed under them.
 */
function createFolderStore(folder) {
    const root = external_node_path_.resolve(folder);
    return {
        async read() {
            await (0,real_folders/* refuseLink */.VQ)(root);
            for (;;) {
                const before = await revisionOf(root);
                if (await hasJournal(root)) {
                    await withFolderLock(root, () => finishJournal(root));
                    continue;
                }
                const files = await readFiles(root);
                if ((await revisionOf(root)) === before && !(await hasJournal(root)))
                    return snapshotOf(before, files);
            }
        },
        async commit(base, changes, _message) {
            const hostile = [...changes.keys()].find((name) => !(0,store_path/* isStorePath */.z)(name));
            if (hostile !== undefined)
                throw new Error(`The ledger has no place for the path ${JSON.stringify(hostile)}.`);
            await (0,real_folders/* ensureOwnFolder */.Ng)(root);
            return withFolderLock(root, () => commitLocked(root, base, changes));
        },
    };
}
async function commitLocked(root, base, changes) {
    await finishJournal(root);
    const current = await revisionOf(root);
    if (current !== base.revision)
        throw new errors/* ConflictError */.fK(`The ledger in ${root} has moved on since it was read.`);
    const revision = nextRevision(current);
    refuseFolderAsFile(base, changes);
    await writeJournal(root, { revision, changes: [...changes] });
    await finishJournal(root);
    return revision;
}
/** A journal must be one that can be carried out: no path may be a file and a folder at once. */
function refuseFolderAsFile(base, changes) {
    const paths = new Set(base.list(''));
    for (const [name, content] of changes)
        content === null ? paths.delete(name) : paths.add(name);
    for (const name of paths) {
        const above = foldersOf(name).find((folder) => paths.has(folder));
        if (above !== undefined)
            throw new Error(`The ledger cannot keep both ${above} and ${name}.`);
    }
}
/** A counter for people, and chance, so that a ledger that was deleted and begun again never repeats one. */
function nextRevision(current) {
    const number = Number.parseInt(current ?? '0', 10) || 0;
    return `${number + 1}-${(0,external_node_crypto_.randomBytes)(4).toString('hex')}`;
}
async function readFiles(root) {
    const files = new Map();
    for await (const name of listFiles(root, '')) {
        const text = await (0,real_folders/* readRegular */.VX)(external_node_path_.join(root, name));
        if (text !== undefined)
            files.set(name, text);
    }
    return files;
}
async function* listFiles(root, folder) {
    const entries = await (0,promises_.readdir)(external_node_path_.join(root, folder), { withFileTypes: true }).catch((error) => {
        if ((0,real_folders/* isFileError */.lz)(error, 'ENOENT', 'ENOTDIR'))
            return [];
        throw error;
    });
    for (const entry of entries) {
        const name = external_node_path_.posix.join(folder, entry.name);
        if (!(0,store_path/* isStorePath */.z)(name))
            continue;
        if (entry.isDirectory())
            yield* listFiles(root, name);
        else if (entry.isFile())
            yield name;
    }
}
function snapshotOf(revision, files) {
    const paths = [...files.keys()].sort();
    return {
        revision,
        list(prefix) {
            const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
            return paths.filter((name) => name.startsWith(folder));
        },
        read: async (name) => files.get(name),
    };
}
async function revisionOf(root) {
    return (await (0,real_folders/* readRegular */.VX)(external_node_path_.join(root, '.revision')))?.trim() || undefined;
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

/***/ 75988:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ isStorePath)
/* harmony export */ });
/** A segment of a store path: no leading dot (that is `.`, `..`, `.git` and a store's own bookkeeping), no control character, no `\` or `:`. */
const segment = /^[^./\\:\p{Cc}][^/\\:\p{Cc}]*$/u;
/** Whether a store may keep a file under this path: relative, forward slashes, never leading out. Every `Store` refuses the others. */
function isStorePath(path) {
    return path.length <= 500 && path.split('/').every((part) => segment.test(part));
}


/***/ })

};
