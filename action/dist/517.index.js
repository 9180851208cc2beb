export const id = 517;
export const ids = [517];
export const modules = {

/***/ 6517:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   post: () => (/* binding */ post)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(96421);
/* harmony import */ var _src_courier_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(79920);
/* harmony import */ var _src_courier_options_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(55493);
/* harmony import */ var _src_events_understand_event_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(25788);
/* harmony import */ var _src_lib_errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(89862);
/* harmony import */ var _src_lib_text_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(95498);
/* harmony import */ var _src_publishing_environment_secrets_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(88586);
/* harmony import */ var _src_publishing_gate_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(53364);
/* harmony import */ var _folders_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(96366);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(52879);
/* harmony import */ var _log_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(14173);
/* harmony import */ var _read_event_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(44490);
/* harmony import */ var _start_courier_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(529);















/**
 * After the job's steps, also a cancelled job's: no sandbox stays, and no record that waits for an end. A sandbox that is still there belongs
 * to a step that was killed; what its agent had reported is kept beside the session's files and goes into the ledger.
 */
async function post(env, { dist }) {
    for (const credential of (0,_inputs_js__WEBPACK_IMPORTED_MODULE_9__/* .credentialsIn */ .Wr)(env))
        _actions_core__WEBPACK_IMPORTED_MODULE_2__.setSecret(credential);
    const reported = [];
    for (const clean of [removeLocal, endRemote]) {
        await orWarn('Courier could not clean up', async () => {
            const { left, kept } = await clean(env);
            reported.push(...left);
            if (left.length > 0)
                _actions_core__WEBPACK_IMPORTED_MODULE_2__.warning(`The step was killed in the middle of a session: ${(0,_src_lib_text_js__WEBPACK_IMPORTED_MODULE_12__/* .count */ .U9)(left.length, 'sandbox', 'sandboxes')} removed.`);
            for (const file of kept)
                _actions_core__WEBPACK_IMPORTED_MODULE_2__.info(`What the agent had reported is kept, unread: ${file}`);
        });
    }
    await orWarn('The record of the session could not be closed: the next session does it', () => close(env, { dist, reported }));
}
async function orWarn(what, work) {
    try {
        await work();
    }
    catch (error) {
        _actions_core__WEBPACK_IMPORTED_MODULE_2__.warning(`${what}: ${(0,_src_publishing_gate_js__WEBPACK_IMPORTED_MODULE_7__/* .createGate */ .q)({ secrets: (0,_inputs_js__WEBPACK_IMPORTED_MODULE_9__/* .credentialsIn */ .Wr)(process.env) }).plain((0,_src_lib_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .messageOf */ .bD)(error))}`);
    }
}
/** The step itself closes its record, unless it was killed. */
async function close(env, { dist, reported }) {
    const { STATE_courierSession: session, STATE_courierJob: job = '', STATE_courierEnded: ended } = env;
    if (!session || ended === 'true')
        return;
    const inputs = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_9__/* .parseInputs */ .TL)(env);
    const gate = (0,_src_publishing_gate_js__WEBPACK_IMPORTED_MODULE_7__/* .createGate */ .q)({ secrets: [...(0,_inputs_js__WEBPACK_IMPORTED_MODULE_9__/* .credentialsIn */ .Wr)(env), ...(0,_src_publishing_environment_secrets_js__WEBPACK_IMPORTED_MODULE_6__/* .environmentSecrets */ .P)(env)] });
    const log = (0,_log_js__WEBPACK_IMPORTED_MODULE_13__/* .createStepLog */ .d)(_actions_core__WEBPACK_IMPORTED_MODULE_2__, gate);
    const courier = (0,_start_courier_js__WEBPACK_IMPORTED_MODULE_11__/* .startCourier */ .w)(env, inputs, { dist, job, folder: (0,_folders_js__WEBPACK_IMPORTED_MODULE_8__/* .outputFolder */ .qi)(env), log, progress: () => { } });
    const { trigger } = (0,_src_events_understand_event_js__WEBPACK_IMPORTED_MODULE_4__/* .understandEvent */ .P)(inputs.mode, await (0,_read_event_js__WEBPACK_IMPORTED_MODULE_10__/* .readEvent */ .j)(env), inputs.request);
    const stopped = env.STATE_courierStopped === 'true';
    const closed = await courier.close({ trigger, configPath: inputs.config, session, stopped, reported });
    if (closed)
        _actions_core__WEBPACK_IMPORTED_MODULE_2__.info(gate.logLine(`Session ${closed.id} is closed as ${closed.phase}. ${closed.reasons.join(' ')}`));
}
async function removeLocal(env) {
    const folder = (0,_folders_js__WEBPACK_IMPORTED_MODULE_8__/* .sandboxFolder */ .IT)(env);
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder).catch(() => []);
    const left = [];
    const kept = [];
    for (const name of names) {
        await (0,_src_courier_js__WEBPACK_IMPORTED_MODULE_3__/* .endLeftProcesses */ .kH)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(folder, name));
        const files = await salvage(node_path__WEBPACK_IMPORTED_MODULE_1__.join(folder, name, 'home'), salvageFolder(env, name));
        kept.push(...files);
        left.push(Object.fromEntries(await Promise.all(files.map(readNamed))));
    }
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true });
    return { left, kept };
}
async function readNamed(file) {
    return [node_path__WEBPACK_IMPORTED_MODULE_1__.basename(file), await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file)];
}
async function endRemote(env) {
    const [key, job] = [env['INPUT_E2B-API-KEY']?.trim(), env.STATE_courierJob];
    if (!key || !job)
        return { left: [], kept: [] };
    const ended = await (0,_src_courier_js__WEBPACK_IMPORTED_MODULE_3__/* .endLeftSandboxes */ .iX)({ access: (0,_src_courier_options_js__WEBPACK_IMPORTED_MODULE_14__/* .e2bAccess */ .K)(key, env), job });
    const kept = [];
    for (const { id, reported } of ended) {
        for (const [name, bytes] of Object.entries(reported)) {
            const target = node_path__WEBPACK_IMPORTED_MODULE_1__.join(salvageFolder(env, id), name);
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(target), { recursive: true });
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(target, bytes);
            kept.push(target);
        }
    }
    return { left: ended.map(({ reported }) => reported), kept };
}
function salvageFolder(env, sandbox) {
    return node_path__WEBPACK_IMPORTED_MODULE_1__.join((0,_folders_js__WEBPACK_IMPORTED_MODULE_8__/* .outputFolder */ .qi)(env), 'salvaged', sandbox);
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
