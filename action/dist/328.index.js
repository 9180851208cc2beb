export const id = 328;
export const ids = [328];
export const modules = {

/***/ 25328:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   packPrograms: () => (/* binding */ packPrograms)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31421);
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(89862);


/** Programs for sandboxes elsewhere, from a shelf that holds folders alone. */
function packPrograms(shelf) {
    return async (name) => {
        const { program, share } = await shelf.take(name);
        return { program, archive: () => pack(share.from) };
    };
}
/** @throws Error where it was not packed to its end */
async function* pack(folder) {
    const owners = ['--owner=0', '--group=0', '--numeric-owner'];
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)('tar', ['-C', folder, ...owners, '-czf', '-', '.'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = new Promise((resolve) => {
        child.on('error', (error) => resolve((0,_lib_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error)));
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
