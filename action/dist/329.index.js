export const id = 329;
export const ids = [329];
export const modules = {

/***/ 87329:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createLangfuse: () => (/* binding */ createLangfuse)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28942);
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89862);
/* harmony import */ var _lib_hash_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(47441);



// Langfuse takes 3.5 MB at once; an event of ours is a few hundred bytes.
const mostEvents = 500;
/** A batch answers 207 whatever came of its events: each is told of on its own. */
const Ingested = zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({
    errors: zod__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_2__/* .object */ .Ikc({ id: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().optional(), status: zod__WEBPACK_IMPORTED_MODULE_2__/* .number */ .aig(), message: zod__WEBPACK_IMPORTED_MODULE_2__/* .string */ .YjP().nullish() })),
});
/**
 * Langfuse by its public ingestion API (`POST /api/public/ingestion`, basic authentication with the public and the secret key). The ids of
 * events, traces and scores are made of what they are about: what is sent again is there once.
 */
function createLangfuse({ baseUrl, publicKey, secretKey, timeoutMs = 15_000 }) {
    const address = `${baseUrl.replace(/\/+$/, '')}/api/public/ingestion`;
    const authorization = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`;
    async function post(batch) {
        const response = await reach(address, {
            method: 'POST',
            headers: { authorization, 'content-type': 'application/json' },
            body: JSON.stringify({ batch }),
            // A redirect would carry the keys elsewhere.
            redirect: 'error',
            signal: AbortSignal.timeout(timeoutMs),
        });
        if (!response.ok)
            throw refused(response.status);
        const ingested = Ingested.safeParse(await response.json().catch(() => undefined));
        if (!ingested.success)
            throw new _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ExternalError */ .yA('Langfuse answered with something that is no answer of its API.');
        const [first] = ingested.data.errors;
        if (!first)
            return;
        throw new _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ExternalError */ .yA(`Langfuse did not take ${ingested.data.errors.length} of ${batch.length} events (${first.status}).`);
    }
    return {
        async send({ traces, scores }) {
            // Traces first: a score is linked to one.
            const events = [...traces.map(toTraceEvent), ...scores.map(toScoreEvent)];
            for (let start = 0; start < events.length; start += mostEvents)
                await post(events.slice(start, start + mostEvents));
        },
    };
}
async function reach(address, init) {
    try {
        return await fetch(address, init);
    }
    catch (error) {
        // Its message may hold the address only; the cause is for the log of whoever runs it.
        throw new _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ExternalError */ .yA(`Langfuse could not be reached: ${(0,_lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`, {
            cause: error,
            hint: 'Look at `feedback.langfuse.baseUrl`.',
        });
    }
}
function refused(status) {
    const isKey = status === 401 || status === 403;
    return new _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ExternalError */ .yA(`Langfuse answered with status ${status}.`, {
        hint: isKey
            ? 'Look at LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY: they belong to one project at `feedback.langfuse.baseUrl`.'
            : 'Ratings are sent again by the next scan.',
    });
}
function toTraceEvent({ session, at, name, metadata }) {
    const body = { id: session, sessionId: session, timestamp: at, name, metadata, tags: ['courier'] };
    return toEvent('trace-create', at, body);
}
function toScoreEvent({ id, session, at, name, value, metadata }) {
    const body = { id, traceId: session, name, value: value === 'up' ? 1 : 0, dataType: 'BOOLEAN', metadata };
    return toEvent('score-create', at, body);
}
/** The same event has the same id, by which Langfuse drops the second one; changed, it is another event about the same thing. */
function toEvent(type, timestamp, body) {
    return { id: (0,_lib_hash_js__WEBPACK_IMPORTED_MODULE_1__/* .sha256 */ .sc)(JSON.stringify([type, timestamp, body])).slice(0, 32), type, timestamp, body };
}


/***/ })

};
