export const id = 725;
export const ids = [725];
export const modules = {

/***/ 31725:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createFolderOutput: () => (/* binding */ createFolderOutput)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(89862);
/* harmony import */ var _real_folders_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(11136);





/**
 * Reports or session files in one folder of the host: below the folder only, never through a link.
 *
 * @throws Error for a path that leads out, UserError where a link or a file is in the way.
 */
function createFolderOutput(folder) {
    const root = node_path__WEBPACK_IMPORTED_MODULE_2__.resolve(folder);
    const appending = new Map();
    const place = (name) => {
        if (!isInside(name))
            throw new Error(`The output folder has no place for the path ${JSON.stringify(name)}.`);
        return node_path__WEBPACK_IMPORTED_MODULE_2__.join(root, ...name.split('/'));
    };
    const makeRoom = async (file) => {
        await hide(root);
        await (0,_real_folders_js__WEBPACK_IMPORTED_MODULE_4__/* .ensureRealFolder */ .NL)(root, node_path__WEBPACK_IMPORTED_MODULE_2__.relative(root, node_path__WEBPACK_IMPORTED_MODULE_2__.dirname(file)).split(node_path__WEBPACK_IMPORTED_MODULE_2__.sep).join('/'));
    };
    return {
        folder: root,
        async write(name, text) {
            const file = place(name);
            await makeRoom(file);
            await (0,_real_folders_js__WEBPACK_IMPORTED_MODULE_4__/* .writeWhole */ .f8)(file, text);
            return file;
        },
        async append(name, line) {
            const file = place(name);
            const before = appending.get(file);
            const done = (before ?? makeRoom(file)).then(() => appendLine(file, line));
            // What failed may go well the next time: it begins anew.
            appending.set(file, done);
            done.catch(() => appending.get(file) === done && appending.delete(file));
            return done;
        },
        async read(name, { maxBytes }) {
            const file = place(name);
            await refuseLinks(root, name);
            const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.lstat)(file).catch(() => undefined);
            if (found?.isFile() && found.size > maxBytes)
                throw new _lib_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ExternalError */ .yA(`${file} is larger than ${maxBytes} bytes: it is nothing that Courier wrote.`);
            return (0,_real_folders_js__WEBPACK_IMPORTED_MODULE_4__/* .readRegular */ .VX)(file);
        },
        async list() {
            await refuseLinks(root, 'x');
            const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(root).catch((error) => {
                if ((0,_real_folders_js__WEBPACK_IMPORTED_MODULE_4__/* .isFileError */ .lz)(error, 'ENOENT', 'ENOTDIR'))
                    return [];
                throw error;
            });
            return names.sort();
        },
        async remove() {
            await refuseLinks(root, 'x');
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(root, { recursive: true, force: true });
        },
    };
}
/** Sessions have a folder each below `.courier/sessions`, and it is that one which git is not to see. */
async function hide(root) {
    const [parent] = ownParents(root);
    if (parent !== undefined)
        await (0,_real_folders_js__WEBPACK_IMPORTED_MODULE_4__/* .ensureOwnFolder */ .Ng)(parent);
    await (0,_real_folders_js__WEBPACK_IMPORTED_MODULE_4__/* .ensureOwnFolder */ .Ng)(root);
}
/** The folders between `.courier` and `root`, itself left out; `.courier` is the last. */
function ownParents(root) {
    const parent = node_path__WEBPACK_IMPORTED_MODULE_2__.dirname(root);
    const above = node_path__WEBPACK_IMPORTED_MODULE_2__.dirname(parent);
    return node_path__WEBPACK_IMPORTED_MODULE_2__.basename(above) === '.courier' ? [parent, above] : [];
}
async function refuseLinks(root, name) {
    const below = name.split('/').slice(0, -1);
    const inside = below.map((_, index) => node_path__WEBPACK_IMPORTED_MODULE_2__.join(root, ...below.slice(0, index + 1)));
    for (const folder of [...ownParents(root), root, ...inside])
        await (0,_real_folders_js__WEBPACK_IMPORTED_MODULE_4__/* .refuseLink */ .VQ)(folder);
}
async function appendLine(file, line) {
    const flags = node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDWR | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_APPEND | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_CREAT | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NOFOLLOW | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK;
    const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(file, flags, 0o644).catch(async (error) => {
        if ((0,_real_folders_js__WEBPACK_IMPORTED_MODULE_4__/* .isFileError */ .lz)(error, 'ELOOP', 'EISDIR', 'ENXIO'))
            await (0,_real_folders_js__WEBPACK_IMPORTED_MODULE_4__/* .refuseLink */ .VQ)(file);
        throw error;
    });
    try {
        await handle.appendFile(`${(await endsInLine(handle)) ? '' : '\n'}${line}\n`);
    }
    finally {
        await handle.close();
    }
}
/** Looked at each time: another process may write here too, and this one's last write may have been cut off by a full disk. */
async function endsInLine(handle) {
    const { size } = await handle.stat();
    if (size === 0)
        return true;
    const { buffer } = await handle.read({ buffer: Buffer.alloc(1), position: size - 1 });
    return buffer[0] === 0x0a;
}
function isInside(name) {
    return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:\p{Cc}]/u.test(part));
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


/***/ })

};
