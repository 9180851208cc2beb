export const id = 517;
export const ids = [517];
export const modules = {

/***/ 6517:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   post: () => (/* binding */ post)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6421);
/* harmony import */ var _src_courier_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2154);
/* harmony import */ var _src_lib_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9862);
/* harmony import */ var _src_lib_text_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5498);
/* harmony import */ var _folders_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6366);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2879);








/**
 * After the job's steps, also a cancelled job's: no sandbox stays. A sandbox that is still there belongs to a step that was killed; what
 * its agent had reported is kept beside the session's files first.
 */
async function post(env) {
    for (const credential of (0,_inputs_js__WEBPACK_IMPORTED_MODULE_6__/* .credentialsIn */ .Wr)(env))
        _actions_core__WEBPACK_IMPORTED_MODULE_2__.setSecret(credential);
    for (const clean of [removeLocal, endRemote]) {
        try {
            const { left, kept } = await clean(env);
            if (left > 0)
                _actions_core__WEBPACK_IMPORTED_MODULE_2__.warning(`The step was killed in the middle of a session: ${(0,_src_lib_text_js__WEBPACK_IMPORTED_MODULE_7__/* .count */ .U9)(left, 'sandbox', 'sandboxes')} removed.`);
            for (const file of kept)
                _actions_core__WEBPACK_IMPORTED_MODULE_2__.info(`What the agent had reported is kept, unread: ${file}`);
        }
        catch (error) {
            _actions_core__WEBPACK_IMPORTED_MODULE_2__.warning(`Courier could not clean up: ${(0,_src_lib_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}`);
        }
    }
}
async function removeLocal(env) {
    const folder = (0,_folders_js__WEBPACK_IMPORTED_MODULE_5__/* .sandboxFolder */ .IT)(env);
    const left = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder).catch(() => []);
    const kept = [];
    for (const name of left)
        kept.push(...(await salvage(node_path__WEBPACK_IMPORTED_MODULE_1__.join(folder, name, 'home'), salvageFolder(env, name))));
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true });
    return { left: left.length, kept };
}
async function endRemote(env) {
    const [key, job] = [env['INPUT_E2B-API-KEY']?.trim(), env.STATE_courierJob];
    if (!key || !job)
        return { left: 0, kept: [] };
    const ended = await (0,_src_courier_js__WEBPACK_IMPORTED_MODULE_3__/* .endLeftSandboxes */ .iX)({ access: (0,_src_courier_js__WEBPACK_IMPORTED_MODULE_3__/* .e2bAccess */ .Kv)(key, env), job });
    const kept = [];
    for (const { id, reported } of ended) {
        for (const [name, bytes] of Object.entries(reported)) {
            const target = node_path__WEBPACK_IMPORTED_MODULE_1__.join(salvageFolder(env, id), name);
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(target), { recursive: true });
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(target, bytes);
            kept.push(target);
        }
    }
    return { left: ended.length, kept };
}
function salvageFolder(env, sandbox) {
    return node_path__WEBPACK_IMPORTED_MODULE_1__.join((0,_folders_js__WEBPACK_IMPORTED_MODULE_5__/* .outputFolder */ .qi)(env), 'salvaged', sandbox);
}
const largest = 50_000_000;
/** Copies what the agent reported as it is: it stays untrusted. A link in its place is the sandbox's trick and is left. */
async function salvage(home, target) {
    const kept = [];
    for (const name of ['issues.json', 'questions.json']) {
        const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(home, name)).catch(() => undefined);
        if (!found?.isFile() || found.size > largest)
            continue;
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(target, { recursive: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.copyFile)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(home, name), node_path__WEBPACK_IMPORTED_MODULE_1__.join(target, name));
        kept.push(node_path__WEBPACK_IMPORTED_MODULE_1__.join(target, name));
    }
    return kept;
}


/***/ })

};
