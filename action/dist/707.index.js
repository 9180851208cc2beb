export const id = 707;
export const ids = [707];
export const modules = {

/***/ 96707:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createPatternMatcher: () => (/* binding */ createPatternMatcher)
/* harmony export */ });
/* harmony import */ var node_worker_threads__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75919);

const longestPattern = 2000;
const defaultMs = 1000;
/** Runs in a thread of its own: an expression that backtracks without end is ended with it, and the host keeps going. */
const program = `
const { parentPort, workerData: { pattern, text } } = require('node:worker_threads');
const compile = () => { try { return new RegExp(pattern, 'm'); } catch { return undefined; } };
const expression = compile();
parentPort.postMessage('begins');
parentPort.postMessage(expression ? expression.test(text) : text.includes(pattern));
`;
/**
 * Searches text for a regular expression (JavaScript's, `^` and `$` at line ends) that anybody may have written. What is none is searched
 * for as it stands. It takes at most `limitMs` of one thread, whatever the expression: counted from when that thread begins to search, as a busy
 * machine may take longer than that to start it.
 */
function createPatternMatcher(limitMs = defaultMs) {
    return async (pattern, text) => {
        if (pattern.length > longestPattern)
            return { undetermined: 'its pattern is too long' };
        return search({ pattern, text }, limitMs);
    };
}
function search(workerData, limitMs) {
    return new Promise((resolve) => {
        const worker = new node_worker_threads__WEBPACK_IMPORTED_MODULE_0__.Worker(program, {
            eval: true,
            workerData,
            env: {},
            execArgv: [],
            resourceLimits: { maxOldGenerationSizeMb: 128, stackSizeMb: 4 },
        });
        let timer;
        const settle = (matched) => {
            clearTimeout(timer);
            resolve(matched);
            void worker.terminate();
        };
        const giveUp = () => settle({ undetermined: 'its pattern takes too long to search for' });
        worker.on('message', (said) => {
            if (typeof said === 'boolean')
                settle(said);
            // An answer that has come by then counts, also where this process was too busy to hear it in time.
            else
                timer = setTimeout(() => setImmediate(giveUp), limitMs);
        });
        worker.once('error', () => settle({ undetermined: 'its pattern could not be searched for' }));
    });
}


/***/ })

};
