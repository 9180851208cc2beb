export const id = 788;
export const ids = [788];
export const modules = {

/***/ 78407:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createPacer: () => (/* binding */ createPacer)
/* harmony export */ });
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89862);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(95498);


/**
 * GitHub's limits on content that is created (issues, comments): 80 requests a minute and 500 an hour
 * (docs.github.com, "Rate limits for the REST API"). The windows are a little longer, as requests do not all take the same time to arrive.
 */
const contentLimits = [
    { most: 80, within: 61_000 },
    { most: 500, within: 3_605_000 },
];
function createPacer({ now, sleep, log, longestWait = Number.POSITIVE_INFINITY, }) {
    let made = [];
    let queue = Promise.resolve();
    /** The earliest time at which another one keeps all limits. */
    const earliest = () => contentLimits.reduce((time, { most, within }) => {
        const first = made.at(-most);
        return first === undefined ? time : Math.max(time, first + within);
    }, 0);
    async function turn(deadline) {
        const longest = Math.max(...contentLimits.map(({ within }) => within));
        made = made.filter((time) => time > now() - longest);
        const at = earliest();
        if (at > Math.min(deadline, now() + longestWait))
            throw new _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .OutOfTimeError */ .JT("GitHub's limits on new issues and comments leave no time for more in this session.");
        const wait = at - now();
        if (wait > 0) {
            log.info(`GitHub takes no more new issues and comments for now: going on in ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .count */ .U9)(Math.ceil(wait / 1000), 'second')}`);
            await sleep(wait);
        }
        made.push(now());
    }
    return {
        turn(deadline = Number.POSITIVE_INFINITY) {
            const mine = queue.then(() => turn(deadline));
            queue = mine.catch(() => undefined);
            return mine;
        },
        remember(times) {
            made = [...made, ...times].sort((a, b) => a - b);
        },
    };
}


/***/ })

};
