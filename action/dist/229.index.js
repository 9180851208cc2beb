export const id = 229;
export const ids = [229];
export const modules = {

/***/ 45225:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E9: () => (/* binding */ listSandboxes),
/* harmony export */   sj: () => (/* binding */ openAccount),
/* harmony export */   xf: () => (/* binding */ runsStill)
/* harmony export */ });
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6136);

/** Loads the SDK, which nothing else does: a step without E2B should not pay for it. It says nothing on its own. */
async function openAccount({ apiKey, domain, apiUrl, sandboxUrl }) {
    const sdk = await __webpack_require__.e(/* import() */ 980).then(__webpack_require__.t.bind(__webpack_require__, 72980, 19));
    return new sdk.E2B({
        apiKey,
        ...(domain ? { domain } : {}),
        ...(apiUrl ? { apiUrl } : {}),
        ...(sandboxUrl ? { sandboxUrl } : {}),
        debug: false,
        logger: {},
    });
}
/** Sandboxes that run and carry all of these marks. */
async function listSandboxes({ Sandbox }, metadata, options) {
    return (0,_retry_js__WEBPACK_IMPORTED_MODULE_0__/* .withRetries */ .L)(async () => {
        const pages = Sandbox.list({ query: { metadata, state: ['running'] } });
        const found = [];
        while (pages.hasNext) {
            const page = await pages.nextItems();
            found.push(...page.map(({ sandboxId, endAt, metadata: marks }) => ({ id: sandboxId, endAt, metadata: marks })));
        }
        return found;
    }, options);
}
/** Whether E2B knows the sandbox as running; `undefined` where it does not say. */
async function runsStill({ Sandbox }, id) {
    try {
        return (await Sandbox.getInfo(id)).state === 'running';
    }
    catch (error) {
        return error instanceof Error && error.name === 'SandboxNotFoundError' ? false : undefined;
    }
}


/***/ }),

/***/ 30229:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   endSandboxesOf: () => (/* binding */ endSandboxesOf)
/* harmony export */ });
/* harmony import */ var _account_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(45225);
/* harmony import */ var _inside_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24776);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6136);



const largest = 50_000_000;
/** Ends all sandboxes of a job, or of a session, also those that nobody got to know. What an agent had reported is fetched first, where it can be. */
async function endSandboxesOf(whose, { access, patience = _retry_js__WEBPACK_IMPORTED_MODULE_2__/* .usualPatience */ .U }) {
    const account = await (0,_account_js__WEBPACK_IMPORTED_MODULE_0__/* .openAccount */ .sj)(access);
    const what = 'E2B could not list the sandboxes of this job or session';
    const ended = [];
    for (const { id } of await (0,_account_js__WEBPACK_IMPORTED_MODULE_0__/* .listSandboxes */ .E9)(account, { courier: 'sandbox', ...whose }, { what, patience })) {
        const reported = await fetchReports(account, id).catch(() => ({}));
        await (0,_retry_js__WEBPACK_IMPORTED_MODULE_2__/* .withRetries */ .L)(() => account.Sandbox.kill(id), { what: 'E2B could not end a sandbox', patience });
        ended.push({ id, reported });
    }
    return ended;
}
async function fetchReports({ Sandbox }, id) {
    const machine = await Sandbox.connect(id, { timeoutMs: 60_000 });
    const reported = {};
    for (const name of ['issues.json', 'questions.json']) {
        const bytes = await (0,_inside_js__WEBPACK_IMPORTED_MODULE_1__/* .fetchOnce */ .Wl)(machine, `/home/user/${name}`, largest).catch(() => undefined);
        if (bytes && bytes.length <= largest)
            reported[name] = bytes;
    }
    return reported;
}


/***/ }),

/***/ 24776:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ve: () => (/* binding */ enter),
/* harmony export */   Wl: () => (/* binding */ fetchOnce),
/* harmony export */   v6: () => (/* binding */ ended)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(89862);
/* harmony import */ var _account_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45225);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6136);
/* harmony import */ var _to_e2b_error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(44364);





const ended = 'The sandbox has ended.';
const sendMs = 300_000;
function enter(machine, { account, patience, over }) {
    const refuseEnded = (cause) => {
        if (over.aborted)
            throw new _lib_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ExternalError */ .yA(ended, { cause });
    };
    // Whoever is turned away at the door hears that the sandbox is gone, whatever the reason.
    const mayPass = async ({ kind, error }) => {
        if (kind === 'refused')
            return false;
        if ((await (0,_account_js__WEBPACK_IMPORTED_MODULE_2__/* .runsStill */ .xf)(account, machine.sandboxId)) !== false)
            return true;
        throw new _lib_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ExternalError */ .yA('The E2B sandbox is gone.', { cause: error, hint: _to_e2b_error_js__WEBPACK_IMPORTED_MODULE_4__/* .goneHint */ .d });
    };
    return {
        async run(line, { timeoutMs }) {
            const attempt = async () => {
                refuseEnded();
                return runOnce(machine, line, AbortSignal.any([over, AbortSignal.timeout(timeoutMs)]));
            };
            try {
                return await (0,_retry_js__WEBPACK_IMPORTED_MODULE_3__/* .withRetries */ .L)(attempt, { what: 'E2B could not run a command', patience, signal: over, mayPass });
            }
            catch (error) {
                refuseEnded(error);
                throw error;
            }
        },
        async follow(line, { onLine, signal }) {
            const either = AbortSignal.any([over, signal]);
            const attempt = () => hearAll({ machine, line, onLine, signal: either });
            await (0,_retry_js__WEBPACK_IMPORTED_MODULE_3__/* .withRetries */ .L)(attempt, { what: 'E2B could not tell an output', patience, signal: either, mayPass });
        },
        async send(path, data) {
            const blob = new node_buffer__WEBPACK_IMPORTED_MODULE_0__.Blob([typeof data === 'string' ? data : Uint8Array.from(data)]);
            const options = { user: 'root', useOctetStream: true, requestTimeoutMs: sendMs, signal: over };
            const what = 'E2B did not take a file';
            await (0,_retry_js__WEBPACK_IMPORTED_MODULE_3__/* .withRetries */ .L)(() => machine.files.write(path, blob, options), { what, patience, signal: over });
        },
        fetch: (path, maxBytes) => (0,_retry_js__WEBPACK_IMPORTED_MODULE_3__/* .withRetries */ .L)(() => fetchOnce(machine, path, maxBytes), {
            what: 'E2B did not give a file',
            patience,
            signal: over,
        }),
    };
}
/** A cut after something was heard is no failure. */
async function hearAll({ machine, line, onLine, signal }) {
    for (let heard = true; heard;) {
        heard = false;
        let begun = '';
        const onStdout = (text) => {
            const lines = `${begun}${text}`.split('\n');
            begun = lines.pop() ?? '';
            if (signal.aborted || lines.length === 0)
                return;
            heard = true;
            lines.forEach(onLine);
        };
        try {
            await runOnce(machine, line(), signal, onStdout);
            return;
        }
        catch (error) {
            if (!heard || signal.aborted)
                throw error;
        }
    }
}
/** E2B's edge cuts a connection now and then while the command goes on. */
async function runOnce(machine, line, signal, onStdout) {
    try {
        // The home of the commands' user is theirs: nothing of it is read at the start of ours.
        const envs = { HOME: '/nonexistent', COURIER_SUPERVISOR: '1' };
        const options = { timeoutMs: 0, user: 'root', envs, signal, ...(onStdout ? { onStdout } : {}) };
        const handle = await machine.commands.run(line, { ...options, background: true });
        return await handle.wait();
    }
    catch (error) {
        const result = exitOf(error);
        if (result)
            return result;
        throw error;
    }
}
/** A command that ended with another code than 0: the SDK throws it. */
function exitOf(error) {
    if (!(error instanceof Error) || error.name !== 'CommandExitError')
        return undefined;
    if (!('exitCode' in error && 'stdout' in error && 'stderr' in error))
        return undefined;
    return { exitCode: Number(error.exitCode), stdout: String(error.stdout), stderr: String(error.stderr) };
}
async function fetchOnce(machine, path, maxBytes) {
    const stream = await machine.files.read(path, { format: 'stream', user: 'root' });
    const chunks = [];
    let size = 0;
    for await (const chunk of stream) {
        chunks.push(chunk);
        size += chunk.length;
        if (size > maxBytes)
            break;
    }
    return Buffer.concat(chunks);
}


/***/ }),

/***/ 6136:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ withRetries),
/* harmony export */   U: () => (/* binding */ usualPatience)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var _to_e2b_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44364);


const usualPatience = { attempts: 6, firstDelayMs: 500, longestDelayMs: 15_000 };
/** An attempt that lasted so long is not one of a row of failures. */
const longEnoughMs = 30_000;
const passing = ({ kind }) => kind === 'transport' || kind === 'busy';
/**
 * Does it again while E2B is busy or out of reach, later each time and never at the same moment as others. (The SDK itself waits as long as
 * a `Retry-After` says.) `work` must be safe to do twice.
 */
async function withRetries(work, { what, patience, signal, mayPass = passing }) {
    for (let attempt = 1;; attempt += 1) {
        const begin = performance.now();
        const tried = await attemptOnce(work, what);
        if ('result' in tried)
            return tried.result;
        if (performance.now() - begin > longEnoughMs)
            attempt = 1;
        const enough = signal?.aborted || attempt >= patience.attempts;
        if (enough || !(await mayPass(tried.failure)))
            throw tried.failure.error;
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(delayOf(attempt, patience));
    }
}
async function attemptOnce(work, what) {
    try {
        return { result: await work() };
    }
    catch (error) {
        return { failure: (0,_to_e2b_error_js__WEBPACK_IMPORTED_MODULE_1__/* .toE2bFailure */ .b)(error, what) };
    }
}
/** Doubles each time; half of it is chance. */
function delayOf(attempt, { firstDelayMs, longestDelayMs }) {
    const full = Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs);
    return full * (0.5 + Math.random() / 2);
}


/***/ }),

/***/ 44364:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ toE2bFailure),
/* harmony export */   d: () => (/* binding */ goneHint)
/* harmony export */ });
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89862);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(95498);


const dashboard = 'https://e2b.dev/dashboard';
/** What can be said about a sandbox that E2B does not know any more. */
const goneHint = 'E2B ended the sandbox: at the longest lifetime of the plan (an hour on Hobby), or because of a failure of its own. Scan again.';
/** The first that holds. The SDK's errors are told apart by name and HTTP status, as their classes come from a module that is loaded late. */
const rules = [
    {
        kind: 'refused',
        user: true,
        hint: `Set e2b-api-key (E2B_API_KEY on the command line) to a key of ${dashboard}.`,
        when: ({ name, status }) => name === 'AuthenticationError' || status === 401,
    },
    {
        kind: 'busy',
        hint: `The plan allows so many sandboxes at a time: end others at ${dashboard}, or raise the limit.`,
        when: ({ name, said }) => name === 'RateLimitError' && /concurrent/i.test(said),
    },
    {
        kind: 'busy',
        hint: 'E2B asks for fewer requests: try again in a minute.',
        when: ({ name }) => name === 'RateLimitError',
    },
    {
        kind: 'busy',
        hint: 'E2B has no room for a sandbox right now: try again later.',
        when: ({ name }) => name === 'ServiceBusyError',
    },
    { kind: 'gone', hint: goneHint, when: ({ name }) => name === 'SandboxNotFoundError' },
    { kind: 'refused', hint: 'The disk of the sandbox is full.', when: ({ name }) => name === 'NotEnoughSpaceError' },
    {
        kind: 'refused',
        user: true,
        hint: 'Set sandbox.templateId (template-id) to a template of the account.',
        when: ({ status, said }) => [400, 403, 404].includes(status ?? 0) && /template.*(not found|access)/i.test(said),
    },
    {
        kind: 'refused',
        user: true,
        hint: `The account may not do this: see its plan and limits at ${dashboard}.`,
        when: ({ status }) => status === 403,
    },
    {
        kind: 'refused',
        hint: `See ${dashboard} for the plan of the account and what it allows.`,
        when: ({ status }) => status !== undefined && status < 500,
    },
    {
        kind: 'refused',
        hint: `See the template and its build at ${dashboard}.`,
        when: ({ name, status }) => name === 'BuildError' && status === undefined,
    },
];
const otherwise = {
    kind: 'transport',
    hint: 'E2B could not be reached, or did not answer: see https://status.e2b.dev.',
};
/** @param what could not be done: a sentence without its end. */
function toE2bFailure(cause, what) {
    const traits = traitsOf(cause);
    const { kind, hint, user } = rules.find(({ when }) => when(traits)) ?? otherwise;
    const message = `${what}: ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .truncate */ .xv)((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(traits.said), 300)}`;
    return {
        kind,
        error: user ? new _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${message} ${hint}`, { cause }) : new _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ExternalError */ .yA(message, { cause, hint }),
    };
}
function traitsOf(cause) {
    const said = (0,_lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(cause);
    if (!(cause instanceof Error))
        return { name: '', status: undefined, said };
    const status = 'statusCode' in cause && typeof cause.statusCode === 'number' ? cause.statusCode : undefined;
    // An error of a build carries its status in words only.
    const spelt = cause.name === 'BuildError' ? /^(\d{3}): /.exec(said)?.[1] : undefined;
    return { name: cause.name, status: status ?? (spelt ? Number(spelt) : undefined), said };
}


/***/ })

};
