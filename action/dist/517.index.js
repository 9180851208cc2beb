export const id = 517;
export const ids = [517];
export const modules = {

/***/ 6366:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IT: () => (/* binding */ sandboxFolder),
/* harmony export */   qi: () => (/* binding */ outputFolder),
/* harmony export */   zM: () => (/* binding */ toolCacheFolder)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);

/** Below the runner's folder for temporary files, which it empties after the job. */
function temporaryFolder(env) {
    return node_path__WEBPACK_IMPORTED_MODULE_0__.join(env.RUNNER_TEMP ?? '/tmp', 'courier');
}
/** Reports and session files: the output `session-path`. */
function outputFolder(env) {
    return node_path__WEBPACK_IMPORTED_MODULE_0__.join(temporaryFolder(env), 'session');
}
/** Storage of the step's sandboxes, and nothing else. */
function sandboxFolder(env) {
    return node_path__WEBPACK_IMPORTED_MODULE_0__.join(temporaryFolder(env), 'sandboxes');
}
/** Where tools are kept between jobs, on runners that keep it. */
function toolCacheFolder(env) {
    return env.RUNNER_TOOL_CACHE ?? node_path__WEBPACK_IMPORTED_MODULE_0__.join(temporaryFolder(env), 'tools');
}


/***/ }),

/***/ 6517:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   post: () => (/* binding */ post)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6421);
/* harmony import */ var _src_lib_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9862);
/* harmony import */ var _src_lib_text_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5498);
/* harmony import */ var _folders_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6366);






/**
 * After the job's steps, also a cancelled job's: no sandbox stays. A sandbox that is still there belongs to a step that was killed; what
 * its agent had reported is kept beside the session's files first.
 */
async function post(env) {
    const folder = (0,_folders_js__WEBPACK_IMPORTED_MODULE_4__/* .sandboxFolder */ .IT)(env);
    try {
        const left = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder).catch(() => []);
        const kept = [];
        for (const name of left) {
            kept.push(...(await salvage(node_path__WEBPACK_IMPORTED_MODULE_1__.join(folder, name, 'home'), node_path__WEBPACK_IMPORTED_MODULE_1__.join((0,_folders_js__WEBPACK_IMPORTED_MODULE_4__/* .outputFolder */ .qi)(env), 'salvaged', name))));
        }
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true });
        if (left.length > 0)
            _actions_core__WEBPACK_IMPORTED_MODULE_2__.warning(`The step was killed in the middle of a session: ${(0,_src_lib_text_js__WEBPACK_IMPORTED_MODULE_5__/* .count */ .U9)(left.length, 'sandbox', 'sandboxes')} removed.`);
        for (const file of kept)
            _actions_core__WEBPACK_IMPORTED_MODULE_2__.info(`What the agent had reported is kept, unread: ${file}`);
    }
    catch (error) {
        _actions_core__WEBPACK_IMPORTED_MODULE_2__.warning(`Courier could not clean up: ${(0,_src_lib_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(error)}`);
    }
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


/***/ }),

/***/ 9862:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   fK: () => (/* binding */ ConflictError),
/* harmony export */   yA: () => (/* binding */ ExternalError),
/* harmony export */   yo: () => (/* binding */ UserError)
/* harmony export */ });
/** A mistake that a person can repair. Faces show its message as it is and end with the usage exit code. */
class UserError extends Error {
    name = 'UserError';
}
/** The store has moved on since it was read. Read again, decide again, write again. */
class ConflictError extends Error {
    name = 'ConflictError';
}
/**
 * Something outside failed (an API, a tool, the network) in a way that the session has to report.
 * `hint` says in one sentence what a person can do about it.
 */
class ExternalError extends Error {
    name = 'ExternalError';
    hint;
    constructor(message, options = {}) {
        super(message, { cause: options.cause });
        this.hint = options.hint;
    }
}
/** One line that says what went wrong, whatever was thrown. */
function messageOf(error) {
    if (error instanceof Error)
        return error.message || error.name;
    return String(error);
}


/***/ }),

/***/ 5498:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   ZA: () => (/* binding */ suggest),
/* harmony export */   xv: () => (/* binding */ truncate)
/* harmony export */ });
/** At most `limit` UTF-16 units, never cutting a character in two; `mark` ends a text that was cut and counts. */
function truncate(text, limit, mark = '…') {
    if (text.length <= limit)
        return text;
    let end = Math.max(0, limit - mark.length);
    const last = text.charCodeAt(end - 1);
    if (last >= 0xd800 && last <= 0xdbff)
        end -= 1;
    return text.slice(0, end) + mark;
}
/** One line, inner white space folded. */
function oneLine(text) {
    return text.replace(/\s+/g, ' ').trim();
}
/** `1 finding`, `2 findings`. */
function count(number, noun, plural = `${noun}s`) {
    return `${number} ${number === 1 ? noun : plural}`;
}
/** The candidate nearest to `word` (Damerau-free Levenshtein), when it is near enough to be a misspelling of it. */
function suggest(word, candidates) {
    const scored = candidates.map((candidate) => ({
        candidate,
        distance: distance(word.toLowerCase(), candidate.toLowerCase()),
    }));
    const best = scored.sort((a, b) => a.distance - b.distance)[0];
    if (!best || best.distance > Math.max(2, Math.floor(best.candidate.length / 3)))
        return undefined;
    return best.candidate;
}
function distance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i++) {
        const next = [i];
        for (let j = 1; j <= b.length; j++) {
            const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
            next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution));
        }
        row = next;
    }
    return row[b.length] ?? 0;
}


/***/ })

};
