export const id = 328;
export const ids = [328];
export const modules = {

/***/ 25328:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   packPrograms: () => (/* binding */ packPrograms)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31421);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(76760);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(46466);
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(89862);







/**
 * Programs for sandboxes elsewhere, from a shelf that holds folders alone. Each is packed once and its archive kept beside its folder: a sandbox is
 * made for every scan, and again for each part of a large repository.
 */
function packPrograms(shelf) {
    const packed = new Map();
    const packOnce = (folder) => {
        const before = packed.get(folder);
        if (before)
            return before;
        const archive = keepPacked(folder);
        packed.set(folder, archive);
        archive.catch(() => packed.delete(folder));
        return archive;
    };
    return async (name) => {
        const { program, share } = await shelf.take(name);
        const archive = await packOnce(share.from);
        return { program, archive: () => (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.createReadStream)(archive) };
    };
}
async function keepPacked(folder) {
    const archive = `${folder}.tar.gz`;
    if ((0,node_fs__WEBPACK_IMPORTED_MODULE_2__.existsSync)(archive)) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.utimes)(archive, new Date(), new Date()).catch(() => undefined);
        return archive;
    }
    // By its name the shelf knows it as a draft, should nobody finish it.
    const draft = node_path__WEBPACK_IMPORTED_MODULE_4__.join(node_path__WEBPACK_IMPORTED_MODULE_4__.dirname(folder), `.installing-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.randomUUID)()}.tar.gz`);
    try {
        await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_5__.pipeline)(pack(folder), (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.createWriteStream)(draft));
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rename)(draft, archive);
        return archive;
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rm)(draft, { force: true });
        throw error;
    }
}
/** @throws Error where it was not packed to its end */
async function* pack(folder) {
    const owners = ['--owner=0', '--group=0', '--numeric-owner'];
    // A third of the time of the usual way, and a tenth larger.
    const how = ['--use-compress-program=gzip -1'];
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)('tar', ['-C', folder, ...owners, ...how, '-cf', '-', '.'], {
        stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = new Promise((resolve) => {
        child.on('error', (error) => resolve((0,_lib_errors_js__WEBPACK_IMPORTED_MODULE_6__/* .messageOf */ .bD)(error)));
        child.on('close', (code) => resolve(code === 0 ? undefined : `tar ended with ${code}`));
    });
    try {
        for await (const chunk of child.stdout)
            yield chunk;
        const problem = await ended;
        if (problem !== undefined)
            throw new Error(`${folder} could not be packed: ${problem}.`);
    }
    finally {
        child.kill('SIGKILL');
    }
}


/***/ })

};
