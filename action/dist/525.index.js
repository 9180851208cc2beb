export const id = 525;
export const ids = [525];
export const modules = {

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


/***/ })

};
