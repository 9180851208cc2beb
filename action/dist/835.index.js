export const id = 835;
export const ids = [835,788];
export const modules = {

/***/ 20705:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  U: () => (/* binding */ createClient)
});

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 3 modules
var schemas = __webpack_require__(28942);
// EXTERNAL MODULE: ./build/src/lib/clock.js
var lib_clock = __webpack_require__(19563);
// EXTERNAL MODULE: ./build/src/lib/errors.js
var errors = __webpack_require__(89862);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/errors.js
var classic_errors = __webpack_require__(961);
// EXTERNAL MODULE: ./build/src/lib/text.js
var lib_text = __webpack_require__(95498);
// EXTERNAL MODULE: ./build/src/adapters/github/failure.js
var github_failure = __webpack_require__(21634);
;// CONCATENATED MODULE: ./build/src/adapters/github/errors.js





const token = 'pass a valid one as `github-token` in the Action or as GITHUB_TOKEN on the command line';
/** Whatever a call threw, as an error of ours whose message is fit for people. Bugs stay what they are. */
function toCourierError(error, attempt, place) {
    if (error instanceof errors/* UserError */.yo || error instanceof errors/* ConflictError */.fK || error instanceof errors/* ExternalError */.yA)
        return error;
    if (error instanceof classic_errors/* ZodError */.G)
        return new errors/* ExternalError */.yA(`GitHub's answer to the attempt to ${attempt.doing} could not be read.`, {
            cause: error,
            hint: 'Run it again; if it stays so, check that the API address is that of GitHub.',
        });
    const failure = (0,github_failure/* understandFailure */.ri)(error);
    return failure ? fromFailure(failure, attempt, place, error) : error;
}
function fromFailure(failure, attempt, place, cause) {
    const { status } = failure;
    const said = saidBy(failure);
    if (status === undefined)
        return new errors/* ExternalError */.yA(`GitHub at ${place.apiUrl} could not be reached to ${attempt.doing}: ${said}.`, {
            cause,
            hint: 'Check the network and GITHUB_API_URL, then run it again.',
        });
    if (status === 401)
        return new errors/* UserError */.yo(`GitHub refused the token (401): ${token}.`, { cause });
    if ((0,github_failure/* isLimited */.lU)(failure))
        return limited(failure, attempt, place, cause);
    if (status === 403)
        return forbidden(failure, attempt, place, cause);
    if (status === 404 || status === 410)
        return missing(failure, attempt, place, cause);
    if (status === 409 && /empty/i.test(said))
        return new errors/* UserError */.yo(`${place.owner}/${place.repo} has no commit yet, so that nothing can be kept in it: push one first.`, { cause });
    if (status >= 500)
        return new errors/* ExternalError */.yA(`GitHub answered ${status} to the attempt to ${attempt.doing}: ${said}.`, {
            cause,
            hint: 'GitHub has a problem; run it again later.',
        });
    return new errors/* ExternalError */.yA(`GitHub rejected the attempt to ${attempt.doing} (${status}): ${said}.`, { cause });
}
function saidBy({ message }) {
    return (0,lib_text/* oneLine */.TN)(message).replace(/\.$/, '');
}
function limited(failure, { doing }, { now }, cause) {
    const until = (0,lib_clock/* isoTime */.Ly)(now() + (0,github_failure/* waitOf */.pE)(failure, now()));
    return new errors/* ExternalError */.yA(`GitHub's rate limit stopped the attempt to ${doing} (${failure.status}).`, {
        cause,
        hint: `Run it again after ${until}.`,
    });
}
function forbidden(failure, attempt, { owner, repo }, cause) {
    const permission = permissionOf(failure) ?? attempt.permission;
    const said = saidBy(failure);
    if (/archived/i.test(said))
        return new errors/* UserError */.yo(`${owner}/${repo} is archived: nothing can be written there. Unarchive it, or do not publish.`, { cause });
    return new errors/* ExternalError */.yA(`GitHub does not let this token ${attempt.doing} in ${owner}/${repo} (403: ${said}).`, {
        cause,
        hint: `Add \`${permission}\` under \`permissions:\` of the workflow's job, or use a token that has it.`,
    });
}
/** GitHub names what it wanted as `issues=write; pull_requests=write`; a workflow writes `issues: write`. */
function permissionOf(failure) {
    const [, name, level] = /^\s*(\w+)=(\w+)/.exec(failure.header('x-accepted-github-permissions') ?? '') ?? [];
    return name && level ? `${name.replaceAll('_', '-')}: ${level}` : undefined;
}
function missing(failure, { doing, issue }, { owner, repo }, cause) {
    if (failure.status === 410 && /disabled/i.test(failure.message))
        return new errors/* UserError */.yo(`Issues are disabled in ${owner}/${repo}: switch them on in its settings, or do not publish.`, {
            cause,
        });
    if (issue !== undefined)
        return new errors/* ExternalError */.yA(`${owner}/${repo}#${issue} is not there any more (${failure.status}): could not ${doing}.`, {
            cause,
        });
    return new errors/* UserError */.yo(`GitHub has no repository ${owner}/${repo}, or this token may not see it (${failure.status}): could not ${doing}.`, { cause });
}

// EXTERNAL MODULE: ./build/src/adapters/github/pacer.js
var github_pacer = __webpack_require__(78407);
;// CONCATENATED MODULE: ./build/src/adapters/github/retry.js



const tries = 3;
const longestWait = 60_000;
/**
 * Calls GitHub up to three times. What GitHub certainly did not do (its limits) is repeated after the time it asks for: up to a minute, or,
 * where there is a deadline, as often and as long as that allows. A server error or no answer at all only where `repeatable`: a create
 * whose answer was lost would otherwise be made twice.
 *
 * @throws OutOfTimeError when GitHub asks to wait beyond the deadline.
 */
async function withRetry(call, { repeatable, what, patience }) {
    const met = { limits: 0, breaks: 0 };
    for (;;) {
        try {
            return await call();
        }
        catch (error) {
            const failure = (0,github_failure/* understandFailure */.ri)(error);
            const wait = failure && pause(failure, { met, repeatable, patience, cause: error });
            if (wait === undefined)
                throw error;
            const seconds = Math.ceil(wait / 1000);
            patience.log.debug(`${what}: ${failure?.status ?? 'no answer'}, again in ${seconds} s`);
            if (wait >= 5000)
                patience.log.info(`GitHub asks to wait ${seconds} s`);
            await patience.sleep(wait);
        }
    }
}
/** Milliseconds to wait before the next try; `undefined` where there must be none. */
function pause(failure, { met, repeatable, patience, cause }) {
    const isLimit = (0,github_failure/* isLimited */.lU)(failure);
    met[isLimit ? 'limits' : 'breaks'] += 1;
    if (!isLimit)
        return met.breaks >= tries ? undefined : brokenPause(failure, met.breaks, repeatable);
    if (patience.deadline === undefined && met.limits >= tries)
        return undefined;
    return limitPause((0,github_failure/* waitOf */.pE)(failure, patience.now(), met.limits), patience, cause);
}
/** @returns `undefined` where it is too long to wait for. */
function limitPause(wait, { now, deadline }, cause) {
    if (deadline === undefined)
        return wait <= longestWait ? wait : undefined;
    const until = now() + wait;
    if (until <= deadline)
        return wait;
    throw new errors/* OutOfTimeError */.JT(`GitHub's rate limit asks to wait until ${(0,lib_clock/* isoTime */.Ly)(until)}.`, { cause });
}
/** Milliseconds to wait before the next try; `undefined` where there must be none. */
function brokenPause({ status }, breaks, repeatable) {
    const broken = status === undefined || status >= 500;
    // Exponential with full jitter on the upper half, so that writers which failed together do not come back together.
    return broken && repeatable ? 500 * 2 ** (breaks - 1) * (0.5 + Math.random() / 2) : undefined;
}

;// CONCATENATED MODULE: ./build/src/adapters/github/client.js







const GraphqlAnswer = schemas/* object */.Ikc({
    data: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J()).nullish(),
    errors: schemas/* array */.YOg(schemas/* object */.Ikc({
        type: schemas/* string */.YjP().optional(),
        message: schemas/* string */.YjP(),
        path: schemas/* array */.YOg(schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* number */.aig()])).optional(),
    }))
        .default([]),
});
const requestTimeout = 60_000;
// Everything else may be sent twice: reads, updates to a stated value, deletions, and git objects, which are named by their content.
const onlyOnce = new Set([
    'POST /repos/{owner}/{repo}/issues',
    'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
    'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
    'POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun',
    'POST /repos/{owner}/{repo}/check-runs',
    'POST /repos/{owner}/{repo}/code-scanning/sarifs',
    'POST /repos/{owner}/{repo}/security-advisories',
    'POST /repos/{owner}/{repo}/git/refs',
    'PATCH /repos/{owner}/{repo}/git/refs/{ref}',
    'DELETE /repos/{owner}/{repo}/git/refs/{ref}',
    'POST /repos/{owner}/{repo}/pulls',
]);
/** What GitHub limits most strictly, and what must not happen twice. */
const creating = new Set([
    'POST /repos/{owner}/{repo}/issues',
    'POST /repos/{owner}/{repo}/security-advisories',
    'POST /repos/{owner}/{repo}/pulls',
    'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
]);
function createClient(options, manner = {}) {
    const { owner, repo, clock = lib_clock/* systemClock */.ml } = options;
    const now = () => clock.now();
    const sleep = options.sleep ?? ((time) => new Promise((resolve) => setTimeout(resolve, time)));
    const apiUrl = options.apiUrl.replace(/\/+$/, '');
    const place = { owner, repo, apiUrl, now };
    const { conduct } = manner;
    const patience = { now, sleep, log: options.log, ...(conduct && { deadline: conduct.deadline }) };
    const pacer = manner.pacer ?? (0,github_pacer.createPacer)(patience);
    pacer.remember(conduct?.recent ?? []);
    let loading;
    const octokit = () => {
        loading ??= load({ ...options, apiUrl }, { patience, pacer, ready: conduct?.ready });
        return loading;
    };
    return {
        token: options.token,
        place,
        patience,
        pacer,
        told: { tips: new Map(), heads: new Map() },
        ledgerBranches: new Set(),
        octokit,
        graphql: async (query, variables) => postGraphql(await octokit(), options.graphqlUrl, { query, variables }),
        async attempt(attempt, work) {
            try {
                return await work(await octokit());
            }
            catch (error) {
                throw toCourierError(error, attempt, place);
            }
        },
    };
}
async function load(options, { patience, pacer, ready }) {
    // Loaded when first used: a scan that publishes nothing starts without it.
    const { Octokit } = await __webpack_require__.e(/* import() */ 891).then(__webpack_require__.bind(__webpack_require__, 60891));
    const { debug } = options.log;
    // What fails is told by our own errors; Octokit would warn of every missing branch.
    const log = { debug, info: debug, warn: debug, error: debug };
    const octokit = new Octokit({ auth: options.token, baseUrl: options.apiUrl, userAgent: options.userAgent, log });
    octokit.hook.wrap('request', (request, given) => {
        const route = `${given.method} ${given.url}`;
        const call = async () => {
            if (creating.has(route)) {
                await pacer.turn(patience.deadline);
                await ready?.();
            }
            const signal = AbortSignal.timeout(requestTimeout);
            const headers = { ...given.headers, 'x-github-api-version': '2022-11-28' };
            const response = await request({ ...given, headers, request: { ...given.request, signal } });
            const left = Number(response.headers['x-ratelimit-remaining'] ?? Number.NaN);
            if (Number.isFinite(left))
                options.onRateLimit?.(left);
            return whole(response);
        };
        return withRetry(call, { repeatable: !onlyOnce.has(route), what: route, patience });
    });
    return octokit;
}
/** Octokit answers an empty text where the connection broke in the middle of a body. */
function whole(response) {
    const json = /^application\/json\b/.test(response.headers['content-type'] ?? '');
    if (json && typeof response.data === 'string')
        throw Object.assign(new Error('the answer broke off'), { status: 500 });
    return response;
}
async function postGraphql(octokit, url, body) {
    try {
        const { data } = await octokit.request({ method: 'POST', url, ...body });
        const answer = GraphqlAnswer.parse(data);
        if (answer.errors.some(({ type }) => type === 'RATE_LIMITED'))
            throw new errors/* ExternalError */.yA("GitHub's GraphQL rate limit is used up.", { hint: 'Run it again in an hour.' });
        return answer;
    }
    catch (error) {
        const status = (0,github_failure/* understandFailure */.ri)(error)?.status;
        if (status === 404 || status === 405)
            return undefined;
        throw error;
    }
}


/***/ }),

/***/ 21634:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   lU: () => (/* binding */ isLimited),
/* harmony export */   pE: () => (/* binding */ waitOf),
/* harmony export */   ri: () => (/* binding */ understandFailure)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(28942);

/** What Octokit throws, as far as we rely on it. Without `response` there was no answer: network, time-out, broken off. */
const Thrown = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    status: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig(),
    message: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(),
    response: zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({ status: zod__WEBPACK_IMPORTED_MODULE_0__/* .number */ .aig(), headers: zod__WEBPACK_IMPORTED_MODULE_0__/* .record */ .g1P(zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP(), zod__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J()), data: zod__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J() }).optional(),
});
const ErrorBody = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    message: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().default(''),
    errors: zod__WEBPACK_IMPORTED_MODULE_0__/* .array */ .YOg(zod__WEBPACK_IMPORTED_MODULE_0__/* .unknown */ .L5J()).default([]),
});
const FieldError = zod__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ikc({
    field: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    code: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
    message: zod__WEBPACK_IMPORTED_MODULE_0__/* .string */ .YjP().optional(),
});
/** @returns `undefined` for what is not a failed call (a bug, or an error of ours). */
function understandFailure(error) {
    const thrown = Thrown.safeParse(error);
    if (!thrown.success)
        return undefined;
    const { response, message } = thrown.data;
    if (!response)
        return { status: undefined, message, header: () => undefined };
    const header = (name) => {
        const value = response.headers[name];
        return typeof value === 'string' ? value : undefined;
    };
    return { status: response.status, message: sentenceOf(response.data) || message, header };
}
function sentenceOf(data) {
    const body = ErrorBody.safeParse(data);
    if (!body.success)
        return '';
    const details = body.data.errors.map((error) => {
        if (typeof error === 'string')
            return error;
        const field = FieldError.safeParse(error);
        return field.success ? (field.data.message ?? [field.data.field, field.data.code].filter(Boolean).join(' ')) : '';
    });
    return [body.data.message.trim(), ...details].filter(Boolean).join(': ');
}
/** GitHub certainly did nothing and asks to come back later: its primary or secondary limit. */
function isLimited({ status, message, header }) {
    if (status === 429)
        return true;
    if (status !== 403)
        return false;
    return (header('retry-after') !== undefined ||
        header('x-ratelimit-remaining') === '0' ||
        /rate limit|abuse detection/i.test(message));
}
/**
 * How long GitHub asks to wait, in milliseconds: `retry-after`, else the reset of an exhausted primary limit, else the minute that GitHub
 * recommends where it names no time, twice as long each further time.
 * @param limited how often in a row GitHub has said so.
 */
function waitOf(failure, now, limited = 1) {
    const retryAfter = Number(failure.header('retry-after') ?? Number.NaN);
    if (Number.isFinite(retryAfter) && retryAfter >= 0)
        return retryAfter * 1000;
    const reset = Number(failure.header('x-ratelimit-reset') ?? Number.NaN);
    if (failure.header('x-ratelimit-remaining') === '0' && Number.isFinite(reset))
        return Math.max(1000, reset * 1000 - now);
    return 60_000 * 2 ** Math.min(limited - 1, 6);
}


/***/ }),

/***/ 3835:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   listRepositories: () => (/* binding */ listRepositories)
/* harmony export */ });
/* harmony import */ var zod__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28942);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(20705);


const Repository = zod__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ikc({
    id: zod__WEBPACK_IMPORTED_MODULE_1__/* .number */ .aig().int().positive(),
    full_name: zod__WEBPACK_IMPORTED_MODULE_1__/* .string */ .YjP(),
    archived: zod__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zMY().optional(),
});
/** What an installation's token sees, without archived ones; `name` is `owner/name`. */
function listRepositories(options) {
    const client = (0,_client_js__WEBPACK_IMPORTED_MODULE_0__/* .createClient */ .U)({ ...options, owner: '', repo: '' });
    const attempt = { doing: 'list the repositories of the installation', permission: 'metadata: read' };
    return client.attempt(attempt, async (octokit) => {
        const listed = await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, { per_page: 100 });
        const repositories = listed.map((each) => Repository.parse(each));
        return repositories.filter(({ archived }) => !archived).map(({ id, full_name: name }) => ({ id, name }));
    });
}


/***/ }),

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
