export const id = 407;
export const ids = [407,788];
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

/***/ 20407:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createGitHub: () => (/* binding */ createGitHub)
});

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 3 modules
var classic_schemas = __webpack_require__(28942);
// EXTERNAL MODULE: ./build/src/ledger/latest-store.js
var latest_store = __webpack_require__(47668);
// EXTERNAL MODULE: ./build/src/ledger/store-path.js
var store_path = __webpack_require__(75988);
// EXTERNAL MODULE: ./build/src/lib/errors.js
var lib_errors = __webpack_require__(89862);
// EXTERNAL MODULE: ./build/src/lib/hash.js
var hash = __webpack_require__(47441);
// EXTERNAL MODULE: ./build/src/lib/text.js
var lib_text = __webpack_require__(95498);
// EXTERNAL MODULE: ./build/src/adapters/github/failure.js
var github_failure = __webpack_require__(21634);
;// CONCATENATED MODULE: ./build/src/adapters/github/branch-head.js




const RestRef = classic_schemas/* object */.Ikc({ object: classic_schemas/* object */.Ikc({ sha: classic_schemas/* string */.YjP() }) });
const Commit = classic_schemas/* object */.Ikc({ parents: classic_schemas/* array */.YOg(classic_schemas/* object */.Ikc({ sha: classic_schemas/* string */.YjP() })) });
/** The branch's commit; `undefined` where there is no such branch, or no commit at all in the repository. */
async function readBranchHead(client, branch) {
    const { owner, repo } = client.place;
    const octokit = await client.octokit();
    try {
        return RestRef.parse((await octokit.rest.git.getRef({ owner, repo, ref: `heads/${branch}` })).data).object.sha;
    }
    catch (error) {
        const status = (0,github_failure/* understandFailure */.ri)(error)?.status;
        if (status === 404 || status === 409)
            return undefined;
        throw error;
    }
}
const Ref = classic_schemas/* object */.Ikc({ target: classic_schemas/* object */.Ikc({ oid: classic_schemas/* string */.YjP(), tree: classic_schemas/* object */.Ikc({ oid: classic_schemas/* string */.YjP() }) }) }).nullish();
const Tip = classic_schemas/* object */.Ikc({ repository: classic_schemas/* object */.Ikc({ ref: Ref }) });
const tipFields = 'target { oid ... on Commit { tree { oid } } }';
function toTip(ref) {
    return ref ? { commit: ref.target.oid, tree: ref.target.tree.oid } : undefined;
}
/** The branch's commit and, where one request tells both, the commit's tree. */
async function readBranchTip(client, branch) {
    const { owner, repo } = client.place;
    const { tips } = client.told;
    const told = tips.get(branch);
    if (tips.delete(branch))
        return told;
    const query = `query Tip($owner: String!, $name: String!, $ref: String!) {
  repository(owner: $owner, name: $name) { ref(qualifiedName: $ref) { ${tipFields} } }
}`;
    const answer = await client.graphql(query, { owner, name: repo, ref: `refs/heads/${branch}` });
    const tip = answer?.errors.length === 0 ? Tip.safeParse(answer.data) : undefined;
    if (tip?.success)
        return toTip(tip.data.repository.ref);
    const commit = await readBranchHead(client, branch);
    return commit === undefined ? undefined : { commit, tree: undefined };
}
const tries = 3;
/** How far behind the head our own commit is looked for after a lost answer: others may have written since. */
const depth = 20;
/**
 * Moves the branch forward, or makes it.
 *
 * Where the answer is lost, the branch itself tells whether the move was done.
 *
 * @throws ConflictError when the branch is not at `from` any more; UserError when the repository's rules forbid it.
 */
async function moveBranch(client, move) {
    for (let attempt = 1;; attempt++) {
        try {
            return await send(client, move);
        }
        catch (error) {
            if (await isDone(error, client, move))
                return;
            if (attempt === tries)
                throw error;
            await client.patience.sleep(500 * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
        }
    }
}
/** Whether the move was done although it failed: only where no clear answer came. @throws what a clear answer means. */
async function isDone(error, client, move) {
    const failure = (0,github_failure/* understandFailure */.ri)(error);
    if (!failure)
        throw error;
    const lost = failure.status === undefined || failure.status >= 500;
    if (!lost)
        throw refusal(failure, move, { client, cause: error }) ?? error;
    return arrived(client, move);
}
async function send(client, { branch, from, to }) {
    const { owner, repo } = client.place;
    const { git } = (await client.octokit()).rest;
    if (from === undefined)
        await git.createRef({ owner, repo, ref: `refs/heads/${branch}`, sha: to });
    else
        await git.updateRef({ owner, repo, ref: `heads/${branch}`, sha: to, force: false });
}
/** @returns `undefined` for what speaks of neither a conflict nor a rule. */
function refusal({ status, message }, { branch }, { client, cause }) {
    if (status !== 403 && status !== 409 && status !== 422)
        return undefined;
    const { owner, repo } = client.place;
    const said = (0,lib_text/* oneLine */.TN)(message);
    if (/rule violation|protected branch|pull request|not authorized to push|restricted/i.test(message))
        return new lib_errors/* UserError */.yo(`The rules of ${owner}/${repo} forbid Courier's branch ${branch} (${said}): allow it there, or name a branch that they leave alone under \`ledger.branch\` in .github/courier.yml (another repository, \`ledger.repository\`, is not possible in this version).`, { cause });
    const moved = /already exists|fast.?forward|does not exist/i.test(message);
    if (moved || (status === 409 && !/empty/i.test(message)))
        return new lib_errors/* ConflictError */.fK(`The branch ${branch} has moved on (${said}).`, { cause });
    return undefined;
}
/** Whether our commit is on the branch. @throws ConflictError when somebody else's is there instead. */
async function arrived(client, { branch, from, to }) {
    const { owner, repo } = client.place;
    const { git } = (await client.octokit()).rest;
    let sha = await readBranchHead(client, branch);
    if (sha === from)
        return false;
    for (let step = 0; sha !== undefined && step < depth; step++) {
        if (sha === to)
            return true;
        if (sha === from)
            break;
        const { data } = await git.getCommit({ owner, repo, commit_sha: sha });
        sha = Commit.parse(data).parents[0]?.sha;
    }
    throw new lib_errors/* ConflictError */.fK(`The branch ${branch} has moved on.`);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./build/src/adapters/github/read-blobs.js


const Blob = classic_schemas/* object */.Ikc({ text: classic_schemas/* string */.YjP().nullish(), isTruncated: classic_schemas/* boolean */.zMY() }).nullish();
const RestBlob = classic_schemas/* object */.Ikc({ content: classic_schemas/* string */.YjP(), encoding: classic_schemas/* string */.YjP() });
const batchCount = 50;
const batchBytes = 2_000_000;
// GraphQL cuts longer texts.
const largestText = 400_000;
/**
 * Reads texts by their blob's name. What is asked for at the same time comes in one GraphQL query; large, odd or altered texts, and
 * everything where there is no GraphQL, by REST. Kept by name, which is a digest of the content.
 */
function createBlobReader(client) {
    const known = new Map();
    let waiting = [];
    async function flush() {
        const batches = toBatches(waiting);
        waiting = [];
        for (const batch of batches) {
            try {
                await readBatch(client, batch);
            }
            catch (error) {
                for (const { sha, reject } of batch) {
                    known.delete(sha);
                    reject(error);
                }
            }
        }
    }
    return (sha, size) => {
        const reading = known.get(sha) ??
            new Promise((resolve, reject) => {
                if (waiting.length === 0)
                    setTimeout(() => void flush(), 0);
                waiting.push({ sha, size, resolve, reject });
            });
        known.set(sha, reading);
        return reading;
    };
}
async function readBatch(client, batch) {
    const texts = batch.length > 1 ? await readTogether(client, batch) : new Map();
    for (const { sha, resolve } of batch)
        resolve(texts.get(sha) ?? (await readOne(client, sha)));
}
function toBatches(wanted) {
    const batches = wanted.filter(({ size }) => size > largestText).map((one) => [one]);
    let batch = [];
    let bytes = 0;
    for (const one of wanted.filter(({ size }) => size <= largestText)) {
        if (batch.length === batchCount || bytes + one.size > batchBytes) {
            batches.push(batch);
            batch = [];
            bytes = 0;
        }
        batch.push(one);
        bytes += one.size;
    }
    return batch.length > 0 ? [...batches, batch] : batches;
}
/** Texts by name; those that GraphQL cannot give whole are absent. */
async function readTogether(client, batch) {
    const { owner, repo } = client.place;
    const names = batch.map(({ sha }) => sha).filter((sha) => /^[0-9a-f]{40,64}$/.test(sha));
    const aliases = names.map((sha) => `b${sha}: object(oid: "${sha}") { ... on Blob { text isTruncated } }`);
    const query = `query Texts($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    ${aliases.join('\n    ')}
  }
}`;
    const answer = await client.graphql(query, { owner, name: repo });
    const repository = classic_schemas/* record */.g1P(classic_schemas/* string */.YjP(), classic_schemas/* unknown */.L5J()).safeParse(answer?.data?.repository).data ?? {};
    const texts = new Map();
    for (const sha of names) {
        const blob = Blob.safeParse(repository[`b${sha}`]).data;
        if (blob?.text != null && !blob.isTruncated && blobName(blob.text, sha) === sha)
            texts.set(sha, blob.text);
    }
    return texts;
}
/** The name that git gives to this text, in the repository's own hash. */
function blobName(text, like) {
    const content = Buffer.from(text);
    return (0,external_node_crypto_.createHash)(like.length === 40 ? 'sha1' : 'sha256')
        .update(`blob ${content.length}\0`)
        .update(content)
        .digest('hex');
}
async function readOne(client, sha) {
    const { owner, repo } = client.place;
    const octokit = await client.octokit();
    const { content, encoding } = RestBlob.parse((await octokit.rest.git.getBlob({ owner, repo, file_sha: sha })).data);
    return Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8').toString('utf8');
}

;// CONCATENATED MODULE: ./build/src/adapters/github/branch-store.js







const Tree = classic_schemas/* object */.Ikc({
    truncated: classic_schemas/* boolean */.zMY().default(false),
    tree: classic_schemas/* array */.YOg(classic_schemas/* object */.Ikc({
        path: classic_schemas/* string */.YjP(),
        mode: classic_schemas/* string */.YjP(),
        type: classic_schemas/* string */.YjP(),
        sha: classic_schemas/* string */.YjP(),
        size: classic_schemas/* number */.aig().optional(),
    })),
});
const Named = classic_schemas/* object */.Ikc({ sha: classic_schemas/* string */.YjP() });
const branch_store_Commit = classic_schemas/* object */.Ikc({ tree: Named });
// Git's name for a tree without entries; GitHub makes none from an empty list.
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
/** The ledger's files that every session reads, whatever it does. */
function isAlwaysRead(path) {
    return path.startsWith('findings/') || !path.includes('/');
}
/**
 * The ledger on a branch of its own, written by the Git Data API: one tree of inline contents and one commit per change, and a
 * non-forced update of the branch, which is a compare-and-swap because the commit's only parent is the revision that was read.
 */
function createBranchStore(client, branch) {
    const { owner, repo } = client.place;
    const readBlob = createBlobReader(client);
    client.ledgerBranches.add(branch);
    const reading = { doing: `read the ledger branch ${branch}`, permission: 'contents: read' };
    const writing = { doing: `write the ledger branch ${branch}`, permission: 'contents: write' };
    // A revision never changes: the last one read is kept, as most reads find it again.
    let last;
    let trees = new Map();
    async function read(octokit) {
        const tip = await readBranchTip(client, branch);
        if (tip?.tree !== undefined)
            trees.set(tip.commit, tip.tree);
        if (tip === undefined || last?.revision !== tip.commit)
            last = await readSnapshot(octokit, tip?.commit);
        return last;
    }
    /** Ours is the last one until somebody else writes: it need not be read again, and what was told of the branch before is old. */
    function remember(written, { commit, tree }) {
        last = written;
        trees = new Map([[commit, tree]]);
        client.told.tips.delete(branch);
    }
    async function readSnapshot(octokit, revision) {
        const leaves = revision === undefined
            ? new Map()
            : await readLeaves(octokit, client, { branch, commit: revision });
        // Whoever reads the ledger reads these: asked for now, they come in one request. What fails is told to who reads it.
        for (const [path, { sha, size }] of leaves)
            if (isAlwaysRead(path))
                readBlob(sha, size).catch(() => undefined);
        const paths = [...leaves.keys()].sort();
        return {
            revision,
            list: (prefix) => paths.filter((path) => path.startsWith(prefix)),
            read: async (path) => {
                const leaf = leaves.get(path);
                return leaf && client.attempt(reading, () => readBlob(leaf.sha, leaf.size));
            },
        };
    }
    async function writeTree(octokit, base, changes) {
        const there = new Set(base.list(''));
        const entries = [...changes].filter(([path, text]) => text !== null || there.has(path));
        const removed = entries.filter(([, text]) => text === null).length;
        if (entries.length === removed && removed === there.size)
            return emptyTree;
        const baseTree = base.revision === undefined
            ? undefined
            : (trees.get(base.revision) ?? (await treeOf(octokit, client, base.revision)));
        if (entries.length === 0 && baseTree !== undefined)
            return baseTree;
        const tree = await Promise.all(entries.map(([path, text]) => toEntry(octokit, client, path, text)));
        const request = { owner, repo, tree, ...(baseTree !== undefined && { base_tree: baseTree }) };
        return Named.parse((await octokit.rest.git.createTree(request)).data).sha;
    }
    async function commit(octokit, base, changes, message) {
        const { revision } = base;
        // Seen early, a lost race costs one request at most; it also sees a branch that was forced back to an ancestor.
        if ((await headBeforeWrite(client, branch)) !== revision)
            throw new lib_errors/* ConflictError */.fK(`The ledger branch ${branch} has moved on.`);
        const tree = await writeTree(octokit, base, changes);
        const parents = revision === undefined ? [] : [revision];
        // Two who write the same in the same second would else make one and the same commit, and both be told that they were the one.
        const request = { owner, repo, message: `${message}\n\nWrite: ${(0,hash/* randomBase32 */.OL)(12)}`, tree, parents };
        const { sha } = Named.parse((await octokit.rest.git.createCommit(request)).data);
        await moveBranch(client, { branch, from: revision, to: sha });
        remember((0,latest_store/* afterCommit */.M)(base, changes, sha), { commit: sha, tree });
        return sha;
    }
    return {
        read: () => client.attempt(reading, read),
        commit(base, changes, message) {
            const strange = [...changes.keys()].find((path) => !(0,store_path/* isStorePath */.z)(path));
            if (strange !== undefined)
                return Promise.reject(new Error(`not a path of the ledger: ${JSON.stringify(strange)}`));
            return client.attempt(writing, (octokit) => commit(octokit, base, changes, message));
        },
    };
}
async function readLeaves(octokit, client, { branch, commit }) {
    const { owner, repo } = client.place;
    const { data } = await octokit.rest.git.getTree({ owner, repo, tree_sha: commit, recursive: '1' });
    const { truncated, tree } = Tree.parse(data);
    if (truncated)
        throw new lib_errors/* ExternalError */.yA(`The ledger branch ${branch} holds more files than GitHub lists at once.`, {
            hint: 'Start a new one under `ledger.branch` in .github/courier.yml.',
        });
    // Neither links nor submodules are files of ours.
    const files = tree.filter(({ type, mode, path }) => type === 'blob' && mode !== '120000' && (0,store_path/* isStorePath */.z)(path));
    return new Map(files.map(({ path, sha, size }) => [path, { sha, size: size ?? 0 }]));
}
/** As it was told together with the issues a moment ago, or asked for now. */
async function headBeforeWrite(client, branch) {
    const told = client.told.heads.get(branch);
    client.told.heads.delete(branch);
    return told ?? (await readBranchHead(client, branch));
}
async function treeOf(octokit, { place: { owner, repo } }, commit) {
    return branch_store_Commit.parse((await octokit.rest.git.getCommit({ owner, repo, commit_sha: commit })).data).tree.sha;
}
const file = { mode: '100644', type: 'blob' };
async function toEntry(octokit, { place: { owner, repo } }, path, text) {
    if (text === null)
        return { path, ...file, sha: null };
    // Inline content is text to GitHub; what it might take for something else goes as bytes.
    if (!text.includes('\0'))
        return { path, ...file, content: text };
    const content = Buffer.from(text).toString('base64');
    const { data } = await octokit.rest.git.createBlob({ owner, repo, content, encoding: 'base64' });
    return { path, ...file, sha: Named.parse(data).sha };
}

;// CONCATENATED MODULE: ./build/src/adapters/github/branch-watch.js


const branch_watch_Ref = classic_schemas/* object */.Ikc({ object: classic_schemas/* object */.Ikc({ sha: classic_schemas/* string */.YjP() }) });
/**
 * Asks for a branch's commit again and again, each time with the ETag of the answer before: GitHub answers 304 while nothing has changed, and
 * does not count that against the limit.
 */
function createBranchWatch(client) {
    const last = new Map();
    async function look(octokit, branch) {
        const { owner, repo } = client.place;
        const before = last.get(branch);
        const headers = before?.etag === undefined ? {} : { 'if-none-match': before.etag };
        try {
            const { data, headers: told } = await octokit.rest.git.getRef({ owner, repo, ref: `heads/${branch}`, headers });
            return { etag: told.etag, sha: branch_watch_Ref.parse(data).object.sha };
        }
        catch (error) {
            return afterFailure(error, before);
        }
    }
    return (branch) => client.attempt({ doing: `look at the branch ${branch}`, permission: 'contents: read' }, async (octokit) => {
        const seen = await look(octokit, branch);
        if (seen)
            last.set(branch, seen);
        return seen?.sha;
    });
}
/** What an answer means that is none: not modified; no such branch, or a repository without a commit. */
function afterFailure(error, before) {
    const status = (0,github_failure/* understandFailure */.ri)(error)?.status;
    if (status === 304)
        return before;
    if (status === 404 || status === 409)
        return undefined;
    throw error;
}

;// CONCATENATED MODULE: ./build/src/adapters/github/linked-branch.js



const Names = classic_schemas/* object */.Ikc({ nodes: classic_schemas/* array */.YOg(classic_schemas/* object */.Ikc({ ref: classic_schemas/* object */.Ikc({ name: classic_schemas/* string */.YjP() }).nullish() }).nullish()) });
const Issue = classic_schemas/* object */.Ikc({
    repository: classic_schemas/* object */.Ikc({ issue: classic_schemas/* object */.Ikc({ id: classic_schemas/* string */.YjP(), linkedBranches: Names.nullish() }).nullish() }),
});
const Made = classic_schemas/* object */.Ikc({
    createLinkedBranch: classic_schemas/* object */.Ikc({ linkedBranch: classic_schemas/* object */.Ikc({ ref: classic_schemas/* object */.Ikc({ name: classic_schemas/* string */.YjP() }).nullish() }).nullish() })
        .nullish(),
});
const issueQuery = `query Linked($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    issue(number: $number) { id linkedBranches(first: 50) { nodes { ref { name } } } }
  }
}`;
const mutation = `mutation Link($input: CreateLinkedBranchInput!) {
  createLinkedBranch(input: $input) { linkedBranch { ref { name } } }
}`;
/**
 * Makes a branch that GitHub shows at an issue. Where that cannot be had, `createPlain` makes an ordinary one: not every token may link, an
 * older GitHub does not know how, and GitHub answers with nothing, and without an error, where the branch is there already.
 */
async function createLinkedBranch(client, { branch, issue, commit }, createPlain) {
    const { owner, repo } = client.place;
    const asked = await client.graphql(issueQuery, { owner, name: repo, number: issue });
    const node = Issue.safeParse(asked?.data).data?.repository.issue;
    // After a lost answer.
    const isLinked = node?.linkedBranches?.nodes.some((one) => one?.ref?.name === branch) ?? false;
    if (isLinked && (await readBranchHead(client, branch)) === commit)
        return { made: 'linked' };
    if (!node)
        return plainly(createPlain, whyNot(asked));
    const answer = await client.graphql(mutation, { input: { issueId: node.id, oid: commit, name: branch } });
    const made = Made.safeParse(answer?.data).data?.createLinkedBranch?.linkedBranch;
    if (made && (await readBranchHead(client, branch)) === commit)
        return { made: 'linked' };
    return plainly(createPlain, whyNot(answer));
}
async function plainly(createPlain, why) {
    const created = await createPlain();
    return created === 'created' ? { made: 'plain', why } : created;
}
function whyNot(answer) {
    if (!answer)
        return 'This GitHub has no GraphQL.';
    const [error] = answer.errors;
    if (error?.type === 'FORBIDDEN')
        return 'This token may not link branches to issues.';
    return error ? `GitHub says: ${(0,lib_text/* truncate */.xv)((0,lib_text/* oneLine */.TN)(error.message), 200)}` : 'GitHub did not link it.';
}
const Rules = classic_schemas/* object */.Ikc({
    repository: classic_schemas/* object */.Ikc({
        ref: classic_schemas/* object */.Ikc({
            refUpdateRule: classic_schemas/* object */.Ikc({ pattern: classic_schemas/* string */.YjP() }).nullish(),
            rules: classic_schemas/* object */.Ikc({ nodes: classic_schemas/* array */.YOg(classic_schemas/* object */.Ikc({ type: classic_schemas/* string */.YjP() }).nullish()) }).nullish(),
        })
            .nullish(),
    }),
});
const rulesQuery = `query Rules($owner: String!, $name: String!, $ref: String!) {
  repository(owner: $owner, name: $name) {
    ref(qualifiedName: $ref) { refUpdateRule { pattern } rules(first: 100) { nodes { type } } }
  }
}`;
/** Rulesets may also hold rules that are in nobody's way, for the form of messages and the like. */
const closing = new Set(['PULL_REQUEST', 'UPDATE', 'LOCK_BRANCH', 'MERGE_QUEUE', 'REQUIRED_STATUS_CHECKS']);
async function isProtectedBranch(client, branch) {
    const { owner, repo } = client.place;
    const answer = await client.graphql(rulesQuery, { owner, name: repo, ref: `refs/heads/${branch}` });
    const ref = Rules.safeParse(answer?.data).data?.repository.ref;
    if (!ref)
        return false;
    return Boolean(ref.refUpdateRule) || (ref.rules?.nodes.some((rule) => rule && closing.has(rule.type)) ?? false);
}

;// CONCATENATED MODULE: ./build/src/adapters/github/merge-branch.js



const Merged = classic_schemas/* object */.Ikc({ sha: classic_schemas/* string */.YjP() });
const Compared = classic_schemas/* object */.Ikc({ status: classic_schemas/* string */.YjP() });
const Activities = classic_schemas/* array */.YOg(classic_schemas/* object */.Ikc({
    after: classic_schemas/* string */.YjP(),
    actor: classic_schemas/* object */.Ikc({ login: classic_schemas/* string */.YjP(), type: classic_schemas/* string */.YjP().optional() }).nullish(),
}));
/** What GitHub refuses is thrown, as it came. A branch that holds nothing of its own goes forward, so that it gets no merge. */
async function mergeInto(client, branch, from) {
    const { owner, repo } = client.place;
    const octokit = await client.octokit();
    const [head = '', other = ''] = await Promise.all([readBranchHead(client, branch), readBranchHead(client, from)]);
    const basehead = `${head}...${other}`;
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead, per_page: 1 });
    const { status } = Compared.parse(data);
    if (status === 'identical' || status === 'behind')
        return { head };
    if (status === 'ahead') {
        await moveBranch(client, { branch, from: head, to: other });
        return { head: other };
    }
    const { data: merged } = await octokit.rest.repos.merge({ owner, repo, base: branch, head: other });
    // Without one it was there already: somebody else was faster.
    return { head: Merged.safeParse(merged).data?.sha ?? (await readBranchHead(client, branch)) ?? head };
}
function readPusher(client, branch, commit) {
    const { owner, repo } = client.place;
    return client.attempt({ doing: `read who pushed to ${branch}`, permission: 'contents: read' }, async (octokit) => {
        try {
            const query = { owner, repo, ref: `refs/heads/${branch}`, per_page: 100 };
            const { data } = await octokit.rest.repos.listActivities(query);
            const actor = Activities.parse(data).find(({ after }) => after === commit)?.actor;
            if (!actor)
                return undefined;
            return { login: actor.login, by: actor.type === 'User' && !actor.login.endsWith('[bot]') ? 'person' : 'app' };
        }
        catch (error) {
            // An older GitHub Enterprise Server has no such list.
            if ((0,github_failure/* understandFailure */.ri)(error)?.status === 404)
                return undefined;
            throw error;
        }
    });
}

;// CONCATENATED MODULE: ./build/src/adapters/github/obstacle.js


/**
 * What GitHub's refusal means. @returns `undefined` for what is none: no clear answer, a limit, a bug.
 * GitHub tells most of them apart by words alone.
 */
function toObstacle(error, wish, client) {
    const failure = (0,github_failure/* understandFailure */.ri)(error);
    if (failure?.status === undefined || (0,github_failure/* isLimited */.lU)(failure))
        return undefined;
    const { owner, repo } = client.place;
    const said = (0,lib_text/* oneLine */.TN)(failure.message).replace(/\.$/, '');
    const obstacle = kindOf(failure);
    if (!obstacle)
        return undefined;
    return { obstacle, why: explain(obstacle, { said, place: `${owner}/${repo}`, ...wish }) };
}
const words = [
    // Also for a token that could do it otherwise.
    ['switched-off', /pull requests? (?:are|is|has been|have been) (?:disabled|turned off|switched off)/i],
    ['no-drafts', /draft pull requests are not supported/i],
    ['permission', /not permitted to create or approve pull requests|resource not accessible|must have .*rights/i],
    ['protected', /rule violation|protected branch|pull request\b.*\brequired|not authorized to push|restricted/i],
    ['no-changes', /no commits between|no history in common/i],
    ['exists', /already exists/i],
    ['conflict', /merge conflict/i],
    ['moved', /fast.?forward|does not exist/i],
];
function kindOf({ status = 0, message }) {
    if (![403, 404, 409, 410, 422].includes(status))
        return undefined;
    const found = words.find(([, pattern]) => pattern.test(message))?.[0];
    if (found)
        return found;
    if (status === 409)
        return /empty/i.test(message) ? undefined : 'moved';
    if (status === 410)
        return 'switched-off';
    // GitHub also hides from a token what it may not do.
    return status === 422 ? 'rejected' : 'permission';
}
function explain(obstacle, { doing, said, place, permission }) {
    switch (obstacle) {
        case 'permission':
            return /not permitted to create/i.test(said)
                ? `GitHub Actions may not make pull requests in ${place}: switch on "Allow GitHub Actions to create and approve pull requests" in its settings under Actions, or use the app.`
                : `This token may not ${doing} in ${place} (${said}): it needs \`${permission}\`.`;
        case 'protected':
            return `The rules of ${place} do not let Courier ${doing} (${said}): allow it there.`;
        case 'switched-off':
            return `${place} takes no pull requests (${said}): switch them on in its settings.`;
        case 'no-drafts':
            return `${place} takes no drafts of pull requests.`;
        case 'moved':
            return `The branch has moved on meanwhile (${said}).`;
        case 'exists':
            return `It is there already (${said}).`;
        case 'no-changes':
            return 'The branch holds nothing that its base has not.';
        case 'conflict':
            return 'Both changed the same lines.';
        case 'rejected':
            return `GitHub did not ${doing} in ${place} (${said}).`;
    }
}

;// CONCATENATED MODULE: ./build/src/adapters/github/read-commit.js




const Commits = classic_schemas/* array */.YOg(classic_schemas/* object */.Ikc({ commit: classic_schemas/* object */.Ikc({ message: classic_schemas/* string */.YjP() }) }));
const read_commit_Commit = classic_schemas/* object */.Ikc({ message: classic_schemas/* string */.YjP(), parents: classic_schemas/* array */.YOg(classic_schemas/* object */.Ikc({ sha: classic_schemas/* string */.YjP() })) });
const read_commit_Tree = classic_schemas/* object */.Ikc({
    tree: classic_schemas/* array */.YOg(classic_schemas/* object */.Ikc({ path: classic_schemas/* string */.YjP(), mode: classic_schemas/* string */.YjP(), type: classic_schemas/* string */.YjP(), sha: classic_schemas/* string */.YjP(), size: classic_schemas/* number */.aig().optional() })),
    truncated: classic_schemas/* boolean */.zMY().default(false),
});
const read_commit_Blob = classic_schemas/* object */.Ikc({ content: classic_schemas/* string */.YjP(), encoding: classic_schemas/* string */.YjP() });
const reading = (doing) => ({ doing, permission: 'contents: read' });
/** Merges tell nothing of how subjects are written. */
function readSubjects(client, sha) {
    const { owner, repo } = client.place;
    return client.attempt(reading('list commits'), async (octokit) => {
        const { data } = await octokit.rest.repos.listCommits({ owner, repo, sha, per_page: 30 });
        return Commits.parse(data).map(({ commit }) => (0,lib_text/* oneLine */.TN)(commit.message.split('\n', 1).join()));
    });
}
async function readParent(client, commit) {
    return (await readCommit(client, commit))?.parents[0]?.sha;
}
async function readMessage(client, commit) {
    return (await readCommit(client, commit))?.message;
}
function readCommit(client, commit_sha) {
    const { owner, repo } = client.place;
    return client.attempt(reading('read a commit'), async (octokit) => {
        try {
            return read_commit_Commit.parse((await octokit.rest.git.getCommit({ owner, repo, commit_sha })).data);
        }
        catch (error) {
            if ((0,github_failure/* understandFailure */.ri)(error)?.status === 404)
                return undefined;
            throw error;
        }
    });
}
function readTree(client, tree) {
    return client.attempt(reading('list the files of a commit'), async () => {
        const files = new Map();
        const rest = { folders: [{ name: tree, prefix: '' }], listings: 400 };
        for (let folder = rest.folders.pop(); folder; folder = rest.folders.pop()) {
            const { prefix } = folder;
            for (const { path, mode, sha, size } of await listFolder(client, folder, rest))
                files.set(`${prefix}${path}`, { mode, id: sha, bytes: size });
        }
        return files;
    });
}
/** All files below a folder; where GitHub does not tell these in one answer, those in it, and its folders are left for later. */
async function listFolder(client, { name: tree_sha, prefix }, rest) {
    const { owner, repo } = client.place;
    const octokit = await client.octokit();
    const isFile = ({ type }) => type !== 'tree';
    rest.listings -= 1;
    if (rest.listings < 0)
        throw tooMany();
    const whole = read_commit_Tree.parse((await octokit.rest.git.getTree({ owner, repo, tree_sha, recursive: '1' })).data);
    if (!whole.truncated)
        return whole.tree.filter(isFile);
    const flat = read_commit_Tree.parse((await octokit.rest.git.getTree({ owner, repo, tree_sha })).data);
    if (flat.truncated)
        throw tooMany();
    const folders = flat.tree.filter(({ type }) => type === 'tree');
    rest.folders.push(...folders.map(({ path, sha }) => ({ name: sha, prefix: `${prefix}${path}/` })));
    return flat.tree.filter(isFile);
}
function tooMany() {
    return new lib_errors/* ExternalError */.yA('The repository has more files than can be listed at GitHub.');
}
function readContent(client, file_sha) {
    const { owner, repo } = client.place;
    return client.attempt(reading('read a file of a commit'), async (octokit) => {
        const { content, encoding } = read_commit_Blob.parse((await octokit.rest.git.getBlob({ owner, repo, file_sha })).data);
        return Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
    });
}

;// CONCATENATED MODULE: ./build/src/adapters/github/read-history.js


const read_history_Commits = classic_schemas/* array */.YOg(classic_schemas/* object */.Ikc({ sha: classic_schemas/* string */.YjP() }));
const Comparison = classic_schemas/* object */.Ikc({ status: classic_schemas/* string */.YjP(), merge_base_commit: classic_schemas/* object */.Ikc({ sha: classic_schemas/* string */.YjP() }) });
/** The newest commit of a branch at a time, by the committers' dates; `undefined` where there was none yet. */
function readHeadAt(client, branch, time) {
    const { owner, repo } = client.place;
    const attempt = { doing: `read the history of ${branch}`, permission: 'contents: read' };
    return client.attempt(attempt, async (octokit) => {
        const query = { owner, repo, sha: branch, until: time, per_page: 1 };
        try {
            return read_history_Commits.parse((await octokit.rest.repos.listCommits(query)).data)[0]?.sha;
        }
        catch (error) {
            const status = (0,github_failure/* understandFailure */.ri)(error)?.status;
            // No such branch, or no commit at all.
            if (status === 404 || status === 409)
                return undefined;
            throw error;
        }
    });
}
/** Whether `commit` comes after `base` in the history; false where one of them is not there (any more). */
async function isAhead(client, base, commit) {
    return (await compare(client, base, commit))?.status === 'ahead';
}
/** The newest commit that two have in common; `undefined` where there is none, or one of them is not there (any more). */
async function readFork(client, base, commit) {
    return (await compare(client, base, commit))?.merge_base_commit.sha;
}
function compare(client, base, commit) {
    const { owner, repo } = client.place;
    const attempt = { doing: `compare ${base.slice(0, 40)} with ${commit.slice(0, 7)}`, permission: 'contents: read' };
    return client.attempt(attempt, async (octokit) => {
        // Of the commits between them none is needed.
        const query = { owner, repo, basehead: `${base}...${commit}`, per_page: 1 };
        try {
            const { data } = await octokit.rest.repos.compareCommitsWithBasehead(query);
            return Comparison.parse(data);
        }
        catch (error) {
            if ((0,github_failure/* understandFailure */.ri)(error)?.status === 404)
                return undefined;
            throw error;
        }
    });
}

;// CONCATENATED MODULE: ./build/src/adapters/github/write-commit.js


const write_commit_Named = classic_schemas/* object */.Ikc({ sha: classic_schemas/* string */.YjP() });
const write_commit_Commit = classic_schemas/* object */.Ikc({ tree: write_commit_Named });
/** @returns the new commit, which no branch has yet: `base` where the files are so already. */
async function writeCommit(octokit, client, { base, files, message }) {
    const { owner, repo } = client.place;
    const { tree: before } = write_commit_Commit.parse((await octokit.rest.git.getCommit({ owner, repo, commit_sha: base })).data);
    const tree = await writeFiles(octokit, client, { tree: before.sha, files });
    if (tree === before.sha)
        return base;
    const request = { owner, repo, message, tree, parents: [base] };
    return write_commit_Named.parse((await octokit.rest.git.createCommit(request)).data).sha;
}
const modes = { file: '100644', executable: '100755', link: '120000' };
/** @returns the tree's name: the one that was there where nothing changes. */
async function writeFiles(octokit, client, { tree, files }) {
    const { owner, repo } = client.place;
    const wanted = await withoutMissing(client, { tree, files });
    if (wanted.length === 0)
        return tree;
    const entries = await Promise.all(wanted.map(async ([path, change]) => {
        if (change === null)
            return { path, mode: '100644', type: 'blob', sha: null };
        const { mode, text } = typeof change === 'string' ? { mode: 'file', text: change } : change;
        const file = { path, mode: modes[mode], type: 'blob' };
        if (!text.includes('\0'))
            return { ...file, content: text };
        // Inline content is text to GitHub; what it might take for something else goes as bytes.
        const content = Buffer.from(text).toString('base64');
        const { data } = await octokit.rest.git.createBlob({ owner, repo, content, encoding: 'base64' });
        return { ...file, sha: write_commit_Named.parse(data).sha };
    }));
    const request = { owner, repo, base_tree: tree, tree: entries };
    return write_commit_Named.parse((await octokit.rest.git.createTree(request)).data).sha;
}
/** GitHub takes the removal of a file that is not there for a mistake. */
async function withoutMissing(client, { tree, files }) {
    const all = [...files];
    if (all.every(([, text]) => text !== null))
        return all;
    const there = await readTree(client, tree);
    return all.filter(([path, text]) => text !== null || there.has(path));
}

;// CONCATENATED MODULE: ./build/src/adapters/github/branches.js









const permission = 'contents: write';
function createBranches(client) {
    const head = (branch) => client.attempt({ doing: `read the branch ${branch}`, permission: 'contents: read' }, () => readBranchHead(client, branch));
    const create = (branch, commit) => orObstacle(client, { doing: `make the branch ${branch}`, permission }, async () => {
        const there = await readBranchHead(client, branch);
        if (there === commit)
            return 'created';
        if (there !== undefined)
            return { obstacle: 'exists', why: `There is a branch ${branch} already.` };
        await moveBranch(client, { branch, from: undefined, to: commit });
        return 'created';
    });
    return {
        head,
        create,
        createLinked: (branch, { issue, commit }) => client.attempt({ doing: `make the branch ${branch}`, permission }, () => createLinkedBranch(client, { branch, issue, commit }, () => create(branch, commit))),
        isProtected: (branch) => client.attempt({ doing: `read the rules of ${branch}`, permission: 'contents: read' }, () => isProtectedBranch(client, branch)),
        ...createReading(client),
        commit: (branch, change) => orObstacle(client, { doing: `write the branch ${branch}`, permission }, async (octokit) => {
            if ((await readBranchHead(client, branch)) !== change.base)
                return moved(branch);
            const commit = await writeCommit(octokit, client, change);
            if (commit !== change.base)
                await moveBranch(client, { branch, from: change.base, to: commit });
            return { commit };
        }),
        write: (change) => orObstacle(client, { doing: 'write a commit', permission }, async (octokit) => ({
            commit: await writeCommit(octokit, client, change),
        })),
        advance: (branch, { from, to }) => orObstacle(client, { doing: `write the branch ${branch}`, permission }, async () => {
            const there = await readBranchHead(client, branch);
            if (there === to)
                return 'advanced';
            if (there !== from)
                return moved(branch);
            await moveBranch(client, { branch, from, to });
            return 'advanced';
        }),
        bringIn: (branch, from) => orObstacle(client, { doing: `bring the branch ${branch} up to date`, permission }, () => mergeInto(client, branch, from)),
        pusher: (branch, commit) => readPusher(client, branch, commit),
        remove: (branch, at) => orObstacle(client, { doing: `remove the branch ${branch}`, permission }, async () => {
            const there = await readBranchHead(client, branch);
            if (there === undefined)
                return 'removed';
            return there === at ? remove(client, branch) : moved(branch);
        }),
    };
}
function createReading(client) {
    return {
        subjects: (commit) => readSubjects(client, commit),
        parent: (commit) => readParent(client, commit),
        fork: (branch, commit) => readFork(client, branch, commit),
        message: (commit) => readMessage(client, commit),
        tree: (commit) => readTree(client, commit),
        content: (id) => readContent(client, id),
    };
}
/** Runs `work`; a refusal of GitHub becomes a value. */
function orObstacle(client, wish, work) {
    return client.attempt(wish, async (octokit) => {
        try {
            return await work(octokit);
        }
        catch (error) {
            const obstacle = obstacleOf(error, wish, client);
            if (obstacle)
                return obstacle;
            throw error;
        }
    });
}
async function remove(client, branch) {
    const { owner, repo } = client.place;
    try {
        await (await client.octokit()).rest.git.deleteRef({ owner, repo, ref: `heads/${branch}` });
    }
    catch (error) {
        // Somebody else was faster, or the answer was lost.
        if (!(0,github_failure/* understandFailure */.ri)(error) || (await readBranchHead(client, branch)) !== undefined)
            throw error;
    }
    return 'removed';
}
function obstacleOf(error, wish, client) {
    if (error instanceof lib_errors/* ConflictError */.fK)
        return { obstacle: 'moved', why: error.message };
    // `moveBranch` tells of rules in the ledger's words.
    return toObstacle(error instanceof lib_errors/* UserError */.yo ? error.cause : error, wish, client);
}
function moved(branch) {
    return { obstacle: 'moved', why: `The branch ${branch} has moved on meanwhile.` };
}

;// CONCATENATED MODULE: ./build/src/adapters/github/identity.js


const Viewer = classic_schemas/* object */.Ikc({ viewer: classic_schemas/* object */.Ikc({ login: classic_schemas/* string */.YjP() }) });
const workflowIdentity = 'github-actions[bot]';
/** The login under which our writes appear; apps end in `[bot]`. */
async function readOwnLogin(client) {
    const answer = await client.graphql('query OwnLogin { viewer { login } }', {});
    const viewer = Viewer.safeParse(answer?.data);
    if (!viewer.success)
        return readByRest(client);
    const { login } = viewer.data.viewer;
    // `ghs_` tokens are installation tokens, GITHUB_TOKEN among them.
    return client.token.startsWith('ghs_') && !login.endsWith('[bot]') ? `${login}[bot]` : login;
}
async function readByRest(client) {
    const octokit = await client.octokit();
    try {
        return classic_schemas/* object */.Ikc({ login: classic_schemas/* string */.YjP() }).parse((await octokit.rest.users.getAuthenticated()).data).login;
    }
    catch (error) {
        // An installation token is nobody in particular there; without GraphQL the workflow's own identity is the best guess.
        if ((0,github_failure/* understandFailure */.ri)(error)?.status === 403)
            return workflowIdentity;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/src/adapters/github/commit-checks.js


const App = classic_schemas/* object */.Ikc({ slug: classic_schemas/* string */.YjP().nullish() }).nullish();
const Suite = classic_schemas/* object */.Ikc({
    id: classic_schemas/* number */.aig(),
    status: classic_schemas/* string */.YjP().nullish(),
    app: App,
    latest_check_runs_count: classic_schemas/* number */.aig().default(0),
});
const Run = classic_schemas/* object */.Ikc({
    id: classic_schemas/* number */.aig().int().positive(),
    name: classic_schemas/* string */.YjP(),
    conclusion: classic_schemas/* string */.YjP().nullish(),
    app: App,
    check_suite: classic_schemas/* object */.Ikc({ id: classic_schemas/* number */.aig() }).nullish(),
    output: classic_schemas/* object */.Ikc({ title: classic_schemas/* string */.YjP().nullish(), summary: classic_schemas/* string */.YjP().nullish() }).nullish(),
});
const WorkflowRuns = classic_schemas/* object */.Ikc({
    workflow_runs: classic_schemas/* array */.YOg(classic_schemas/* object */.Ikc({ path: classic_schemas/* string */.YjP().nullish(), check_suite_id: classic_schemas/* number */.aig().nullish() })),
});
const Note = classic_schemas/* object */.Ikc({ path: classic_schemas/* string */.YjP(), start_line: classic_schemas/* number */.aig().nullish(), message: classic_schemas/* string */.YjP().nullish() });
const commit_checks_permission = 'checks: read';
const actions = 'github-actions';
/** What was cancelled, skipped or is neutral has not failed; what asks for an action waits for a person. */
const failures = { failure: 'failed', timed_out: 'timed-out' };
function readChecksOfOthers(client, commit, besides) {
    const { owner, repo } = client.place;
    return client.attempt({ doing: 'read the checks of a commit', permission: commit_checks_permission }, async (octokit) => {
        const query = { owner, repo, ref: commit, per_page: 100 };
        const listed = await octokit.paginate(octokit.rest.checks.listSuitesForRef, query);
        // Each app that may make checks has a suite on each push; one that makes none never ends it.
        const used = listed.map((value) => Suite.parse(value)).filter((suite) => suite.latest_check_runs_count > 0);
        const isOwnApp = ownApp(await readOwnLogin(client));
        const suites = used.filter(({ app }) => !isOwnApp(app?.slug));
        const ours = suites.length === 0 ? new Set() : await suitesOfWorkflow(octokit, client, { commit, besides });
        const others = suites.filter(({ id }) => !ours.has(id));
        const settled = others.length > 0 && others.every(({ status }) => status === 'completed');
        if (!settled)
            return { settled, failed: [] };
        const counted = new Set(others.map(({ id }) => id));
        const runs = await octokit.paginate(octokit.rest.checks.listForRef, query);
        return { settled, failed: runs.flatMap((value) => toFailed(Run.parse(value), counted)) };
    });
}
/** A workflow's own token writes under a name that all workflows have. */
function ownApp(login) {
    const own = login.replace(/\[bot\]$/, '');
    return (slug) => slug === own && own !== actions;
}
async function suitesOfWorkflow(octokit, { place: { owner, repo } }, { commit, besides }) {
    const query = { owner, repo, head_sha: commit, per_page: 100 };
    const { data } = await octokit.rest.actions.listWorkflowRunsForRepo(query);
    const isOurs = (path) => path?.replace(/@.*$/, '') === `.github/workflows/${besides}`;
    return new Set(WorkflowRuns.parse(data).workflow_runs.flatMap(({ path, check_suite_id }) => isOurs(path) && check_suite_id ? [check_suite_id] : []));
}
function toFailed({ id, name, conclusion, app, check_suite, output }, suites) {
    const how = failures[conclusion ?? ''];
    // Of Courier's app, seen by a workflow's token.
    const isCouriers = name === 'Courier' && app?.slug !== actions;
    if (how === undefined || isCouriers || (check_suite && !suites.has(check_suite.id)))
        return [];
    return [{ id, name, how, title: output?.title ?? '', summary: output?.summary ?? '' }];
}
function readCheckNotes(client, check_run_id) {
    const { owner, repo } = client.place;
    return client.attempt({ doing: 'read the remarks of a check', permission: commit_checks_permission }, async (octokit) => {
        const { data } = await octokit.rest.checks.listAnnotations({ owner, repo, check_run_id, per_page: 50 });
        return data.map((value) => {
            const { path, start_line, message } = Note.parse(value);
            return { path, line: start_line ?? undefined, text: message ?? '' };
        });
    });
}

;// CONCATENATED MODULE: ./build/src/adapters/github/checks.js




const Check = classic_schemas/* object */.Ikc({
    id: classic_schemas/* number */.aig().int().positive(),
    external_id: classic_schemas/* string */.YjP().nullish(),
    app: classic_schemas/* object */.Ikc({ slug: classic_schemas/* string */.YjP() }).nullish(),
});
const Pull = classic_schemas/* object */.Ikc({ state: classic_schemas/* string */.YjP(), head: classic_schemas/* object */.Ikc({ sha: classic_schemas/* string */.YjP() }) });
const checks_permission = 'checks: write';
const checks_name = 'Courier';
function toFields({ state, title, summary, buttons }) {
    const status = state === 'in_progress'
        ? { status: 'in_progress' }
        : { status: 'completed', conclusion: state };
    // An empty list takes the buttons away.
    return { name: checks_name, ...status, output: { title, summary }, actions: [...buttons] };
}
function createChecks(client) {
    const { owner, repo } = client.place;
    let ownLogin;
    return {
        ofOthers: (commit, besides) => readChecksOfOthers(client, commit, besides),
        notes: (check) => readCheckNotes(client, check),
        listOwn: (ref) => client.attempt({ doing: 'list the check runs of a commit', permission: 'checks: read' }, async (octokit) => {
            const query = { owner, repo, ref, check_name: checks_name, per_page: 100 };
            const found = await octokit.paginate(octokit.rest.checks.listForRef, query);
            ownLogin ??= await readOwnLogin(client);
            return found.flatMap((value) => {
                const { id, external_id, app } = Check.parse(value);
                return `${app?.slug}[bot]` === ownLogin ? [{ id, externalId: external_id ?? '' }] : [];
            });
        }),
        create: ({ commit, externalId, ...content }) => client.attempt({ doing: 'make a check run', permission: checks_permission }, async (octokit) => {
            const check = { owner, repo, head_sha: commit, external_id: externalId, ...toFields(content) };
            const made = await orRefused(octokit.rest.checks.create(check));
            return made && Check.parse(made.data).id;
        }),
        update: (check_run_id, content) => client.attempt({ doing: 'change a check run', permission: checks_permission }, async (octokit) => {
            const fields = toFields(content);
            return (await orRefused(octokit.rest.checks.update({ owner, repo, check_run_id, ...fields }))) !== undefined;
        }),
    };
}
function readPullRequest(client, pull_number) {
    const { owner, repo } = client.place;
    const doing = { doing: `read pull request #${pull_number}`, permission: 'pull-requests: read' };
    return client.attempt(doing, async (octokit) => {
        try {
            const { state, head } = Pull.parse((await octokit.rest.pulls.get({ owner, repo, pull_number })).data);
            return { head: head.sha, isOpen: state === 'open' };
        }
        catch (error) {
            if ((0,github_failure/* understandFailure */.ri)(error)?.status === 404)
                return undefined;
            throw error;
        }
    });
}
/** Only apps with the permission make check runs, each its own. A limit is no refusal: `withRetry` has dealt with it. */
async function orRefused(answer) {
    try {
        return await answer;
    }
    catch (error) {
        const { status, message = '' } = (0,github_failure/* understandFailure */.ri)(error) ?? {};
        if (status === 404 || (status === 403 && !/rate limit/i.test(message)))
            return undefined;
        throw error;
    }
}

// EXTERNAL MODULE: ./build/src/adapters/github/client.js + 2 modules
var github_client = __webpack_require__(20705);
// EXTERNAL MODULE: ./build/src/events/comment-key.js
var comment_key = __webpack_require__(39092);
;// CONCATENATED MODULE: ./build/src/adapters/github/comment-snapshot.js

const Comment = classic_schemas/* object */.Ikc({
    id: classic_schemas/* number */.aig().int().positive(),
    body: classic_schemas/* string */.YjP().nullish(),
    user: classic_schemas/* object */.Ikc({ login: classic_schemas/* string */.YjP(), type: classic_schemas/* string */.YjP().optional() }).nullish(),
    performed_via_github_app: classic_schemas/* object */.Ikc({ slug: classic_schemas/* string */.YjP().optional() }).nullish(),
    created_at: classic_schemas/* string */.YjP(),
    updated_at: classic_schemas/* string */.YjP(),
    html_url: classic_schemas/* string */.YjP(),
});
function toSnapshot(value) {
    const { id, body, user, performed_via_github_app: via, created_at, updated_at, html_url } = Comment.parse(value);
    const isPerson = user?.type === 'User' && !user.login.endsWith('[bot]') && !via;
    return {
        id,
        body: body ?? '',
        author: user?.login,
        by: isPerson ? 'person' : 'app',
        createdAt: created_at,
        updatedAt: updated_at,
        url: html_url,
    };
}

;// CONCATENATED MODULE: ./build/src/adapters/github/recent-comments.js


const Place = classic_schemas/* object */.Ikc({ issue_url: classic_schemas/* string */.YjP(), html_url: classic_schemas/* string */.YjP() });
// Of a repository that writes more than this, the newest are looked at: the others were written longest ago.
const mostPages = 10;
const pageSize = 100;
/** The newest first. */
function readRecentComments(client, since) {
    const { owner, repo } = client.place;
    return client.attempt({ doing: 'read the newest comments', permission: 'issues: read' }, async (octokit) => {
        const found = [];
        for (let page = 1; page <= mostPages; page++) {
            const query = { owner, repo, since, sort: 'updated', direction: 'desc', per_page: pageSize, page };
            const { data } = await octokit.rest.issues.listCommentsForRepo(query);
            found.push(...data.map(toRecent));
            if (data.length < pageSize)
                break;
        }
        return found;
    });
}
function toRecent(value) {
    const { issue_url, html_url } = Place.parse(value);
    const [, issue] = /\/issues\/(\d+)$/.exec(issue_url) ?? [];
    return {
        comment: toSnapshot(value),
        issue: Number(issue),
        // What GitHub says of a comment itself does not tell them apart.
        pullRequest: /\/pull\/\d+#/.test(html_url),
    };
}

// EXTERNAL MODULE: ./node_modules/zod/v4/core/api.js
var api = __webpack_require__(43759);
;// CONCATENATED MODULE: ./node_modules/zod/v4/classic/coerce.js


function string(params) {
    return core._coercedString(schemas.ZodString, params);
}
function number(params) {
    return api/* _coercedNumber */.qG(classic_schemas/* ZodNumber */.rSt, params);
}
function coerce_boolean(params) {
    return core._coercedBoolean(schemas.ZodBoolean, params);
}
function bigint(params) {
    return core._coercedBigint(schemas.ZodBigInt, params);
}
function date(params) {
    return core._coercedDate(schemas.ZodDate, params);
}

;// CONCATENATED MODULE: ./build/src/adapters/github/review-node.js


// REST tells neither when a review was edited nor, of a comment in one, whether an edit or the publishing of a draft moved `updated_at`.
const fieldsOf = (id) => `fragment Remark on PullRequestReviewComment {
  id: ${id} body url path publishedAt lastEditedAt originalLine originalStartLine diffHunk
  author { __typename login } originalCommit { oid } pullRequest { number }
}
fragment Review on PullRequestReview {
  id: ${id} body url submittedAt lastEditedAt
  author { __typename login } commit { oid } pullRequest { number }
}`;
const reviewFields = fieldsOf('fullDatabaseId');
/** The same for a GitHub whose ids were small. */
const olderReviewFields = fieldsOf('databaseId');
const Author = classic_schemas/* object */.Ikc({ __typename: classic_schemas/* string */.YjP(), login: classic_schemas/* string */.YjP() }).nullish();
const review_node_Commit = classic_schemas/* object */.Ikc({ oid: classic_schemas/* string */.YjP().regex(/^[0-9a-f]{40}$/) }).nullish();
const Written = classic_schemas/* object */.Ikc({
    id: number().int().positive(),
    body: classic_schemas/* string */.YjP(),
    url: classic_schemas/* string */.YjP(),
    lastEditedAt: classic_schemas/* string */.YjP().nullish(),
    author: Author,
    pullRequest: classic_schemas/* object */.Ikc({ number: classic_schemas/* number */.aig().int().positive() }),
});
const RemarkNode = Written.extend({
    path: classic_schemas/* string */.YjP(),
    publishedAt: classic_schemas/* string */.YjP().nullish(),
    originalLine: classic_schemas/* number */.aig().nullish(),
    originalStartLine: classic_schemas/* number */.aig().nullish(),
    originalCommit: review_node_Commit,
    diffHunk: classic_schemas/* string */.YjP().nullish(),
});
const ReviewNode = Written.extend({ submittedAt: classic_schemas/* string */.YjP().nullish(), commit: review_node_Commit });
/** `undefined` while it is a draft, which nobody but its author may know of. */
function fromRemark(node) {
    const { publishedAt, originalCommit, path, originalLine: line, originalStartLine: startLine, diffHunk } = node;
    if (!publishedAt)
        return undefined;
    const isThere = line === lastLineOf(diffHunk ?? '');
    const lines = line && isThere ? { ...(startLine ? { startLine } : {}), line } : {};
    return review_node_toSnapshot(node, {
        lane: 'review-comment',
        publishedAt,
        review: { commit: originalCommit?.oid, path, ...lines },
    });
}
/**
 * The line of the newer file with which a hunk ends: the one that is commented. GitHub numbers a comment beside the older file by that one, and
 * does not say so here.
 */
function lastLineOf(hunk) {
    const [head = '', ...lines] = hunk.split('\n');
    const [, first] = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(head) ?? [];
    const last = lines.at(-1);
    if (first === undefined || last === undefined || last.startsWith('-'))
        return undefined;
    return Number(first) + lines.filter((line) => !line.startsWith('-') && !line.startsWith('\\')).length - 1;
}
/** `undefined` while it is a draft. */
function fromReview(node) {
    const { submittedAt, commit } = node;
    if (!submittedAt)
        return undefined;
    return review_node_toSnapshot(node, { lane: 'review', publishedAt: submittedAt, review: { commit: commit?.oid } });
}
function review_node_toSnapshot({ id, body, url, author, lastEditedAt, pullRequest }, { lane, publishedAt, review }) {
    // While it was a draft its author alone could change it.
    const isEdited = lastEditedAt && Date.parse(lastEditedAt) > Date.parse(publishedAt);
    return {
        id: (0,comment_key/* reviewKeyOf */.jt)(lane, pullRequest.number, id),
        body,
        author: author?.login,
        by: author?.__typename === 'User' && !author.login.endsWith('[bot]') ? 'person' : 'app',
        createdAt: publishedAt,
        updatedAt: isEdited ? lastEditedAt : publishedAt,
        url,
        review,
    };
}

;// CONCATENATED MODULE: ./build/src/adapters/github/review-comments.js





// A page of reviews with what was remarked in each costs one point of GitHub's limit.
const review_comments_pageSize = 50;
const review_comments_mostPages = 20;
const ofPullRequest = `query Reviewed($owner: String!, $name: String!, $number: Int!, $before: String) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) {
    reviews(last: ${review_comments_pageSize}, before: $before) {
      pageInfo { hasPreviousPage startCursor }
      nodes { ...Review comments(first: 100) { nodes { ...Remark } } }
    }
  } }
}`;
const ofRepository = `query RecentlyReviewed($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    pullRequests(first: 50, orderBy: { field: UPDATED_AT, direction: DESC }) { nodes {
      reviews(last: 20) { nodes { ...Review comments(first: 20) { nodes { ...Remark } } } }
    } }
  }
}`;
const ofOne = `query OneReviewed($id: ID!) { node(id: $id) { __typename ...Review ...Remark } }`;
const addReaction = `mutation React($id: ID!, $content: ReactionContent!) {
  addReaction(input: { subjectId: $id, content: $content }) { reaction { content } }
}`;
const nodesOf = (node) => classic_schemas/* object */.Ikc({ nodes: classic_schemas/* array */.YOg(node.nullable()).nullish() });
const ReviewOf = ReviewNode.extend({ comments: nodesOf(RemarkNode) });
const Reviews = nodesOf(ReviewOf).extend({
    pageInfo: classic_schemas/* object */.Ikc({ hasPreviousPage: classic_schemas/* boolean */.zMY(), startCursor: classic_schemas/* string */.YjP().nullish() }),
});
const OfPullRequest = classic_schemas/* object */.Ikc({ pullRequest: classic_schemas/* object */.Ikc({ reviews: Reviews }).nullish() });
const OfRepository = classic_schemas/* object */.Ikc({ pullRequests: nodesOf(classic_schemas/* object */.Ikc({ reviews: nodesOf(ReviewOf).nullish() })) });
const One = classic_schemas/* discriminatedUnion */.gMt('__typename', [
    ReviewNode.extend({ __typename: classic_schemas/* literal */.euz('PullRequestReview') }),
    RemarkNode.extend({ __typename: classic_schemas/* literal */.euz('PullRequestReviewComment') }),
]);
/** What others could read first at a time (ISO) or after it, or was edited since. */
function listReviewed(client, pullRequest, since) {
    const attempt = {
        doing: `read the reviews of #${pullRequest}`,
        permission: 'pull-requests: read',
        issue: pullRequest,
    };
    return client.attempt(attempt, async () => {
        const found = [];
        let next = {};
        for (let page = 0; next && page < review_comments_mostPages; page++) {
            const read = await readPage(client, { pullRequest, since, ...next });
            found.push(...read.found);
            next = read.next;
        }
        return found;
    });
}
async function readPage(client, { pullRequest: number, since, before }) {
    const { owner, repo } = client.place;
    const repository = await ask(client, ofPullRequest, { owner, name: repo, number, ...(before && { before }) });
    const reviews = OfPullRequest.safeParse(repository).data?.pullRequest?.reviews;
    if (!reviews)
        return { found: [] };
    const snapshots = snapshotsOf(reviews);
    const found = snapshots.filter(isSince(since));
    const { hasPreviousPage, startCursor } = reviews.pageInfo;
    const isOlder = snapshots.length > 0 && found.length === 0;
    return isOlder || !hasPreviousPage || !startCursor ? { found } : { found, next: { before: startCursor } };
}
/** The same of the fifty pull requests that changed last. */
function recentReviewed(client, since) {
    const { owner, repo } = client.place;
    const attempt = { doing: 'read the newest reviews', permission: 'pull-requests: read' };
    return client.attempt(attempt, async () => {
        const found = OfRepository.safeParse(await ask(client, ofRepository, { owner, name: repo })).data;
        const reviews = present(found?.pullRequests).flatMap((pull) => (pull.reviews ? snapshotsOf(pull.reviews) : []));
        return reviews.filter(isSince(since)).map((comment) => {
            return { issue: (0,comment_key/* partsOf */.CI)(comment.id).pullRequest ?? 0, pullRequest: true, comment };
        });
    });
}
/** `undefined`: deleted. */
function readReviewed(client, key) {
    return client.attempt({ doing: 'read a review', permission: 'pull-requests: read' }, async () => {
        const node = await findNode(client, key);
        if (node === undefined)
            return undefined;
        const answer = await query(client, ofOne, { id: node });
        if (!answer)
            throw notTold();
        const one = One.safeParse(answer.data?.node).data;
        const comment = one?.__typename === 'PullRequestReview' ? fromReview(one) : one && fromRemark(one);
        // Of another pull request it is another comment than the one that is meant.
        if (comment?.id !== key)
            return undefined;
        return { ...comment, issue: (0,comment_key/* partsOf */.CI)(key).pullRequest ?? 0, pullRequest: true };
    });
}
const contents = { eyes: 'EYES', rocket: 'ROCKET', confused: 'CONFUSED' };
/** REST has no reactions to reviews. */
function reactToReviewed(client, key, reaction) {
    const { owner, repo } = client.place;
    const { lane, id } = (0,comment_key/* partsOf */.CI)(key);
    return client.attempt({ doing: 'react to a review', permission: 'pull-requests: write' }, async (octokit) => {
        if (lane === 'review-comment') {
            const place = { owner, repo, comment_id: id, content: reaction };
            await orGone(octokit.rest.reactions.createForPullRequestReviewComment(place));
            return;
        }
        const node = await findNode(client, key);
        const answer = node && (await client.graphql(addReaction, { id: node, content: contents[reaction] }));
        const [error] = answer ? answer.errors.filter(({ type }) => type !== 'NOT_FOUND') : [];
        if (error)
            throw new lib_errors/* ExternalError */.yA(`GitHub did not take a reaction to a review: ${error.message}`);
    });
}
const Found = classic_schemas/* object */.Ikc({ node_id: classic_schemas/* string */.YjP() });
/** GitHub's own name for it. `undefined`: it is gone. */
async function findNode(client, key) {
    const { owner, repo } = client.place;
    const { lane, id, pullRequest = 0 } = (0,comment_key/* partsOf */.CI)(key);
    const { pulls } = (await client.octokit()).rest;
    const found = lane === 'review'
        ? await orGone(pulls.getReview({ owner, repo, pull_number: pullRequest, review_id: id }))
        : await orGone(pulls.getReviewComment({ owner, repo, comment_id: id }));
    return found && Found.parse(found.data).node_id;
}
/** `owner/name` of the repository, with what was asked of it; nothing where it cannot be told. */
async function ask(client, text, variables) {
    const answer = await query(client, text, variables);
    // A GitHub without it has conversations all the same.
    if (!answer)
        return undefined;
    const [error] = answer.errors.filter(({ type }) => type !== 'NOT_FOUND');
    if (error?.type === 'FORBIDDEN') {
        client.patience.log.warn(`Commands in reviews are not read: the token lacks \`pull-requests: read\`.`);
        return undefined;
    }
    if (error)
        throw new lib_errors/* ExternalError */.yA(`GitHub could not read reviews: ${error.message}`, { hint: 'Run it again later.' });
    return answer.data?.repository;
}
async function query(client, text, variables) {
    const answer = await client.graphql(`${text}\n${reviewFields}`, variables);
    // An older GitHub Enterprise Server refuses the whole question for one word that it does not know.
    const isTooNew = answer?.errors.some(({ message }) => /doesn't exist on type/.test(message));
    return isTooNew ? client.graphql(`${text}\n${olderReviewFields}`, variables) : answer;
}
function notTold() {
    return new lib_errors/* ExternalError */.yA('This GitHub does not tell whether a review was edited.', {
        hint: 'Write the command in the conversation of the pull request.',
    });
}
function snapshotsOf(reviews) {
    return present(reviews).flatMap((review) => {
        const remarks = present(review.comments).map(fromRemark);
        return [fromReview(review), ...remarks].flatMap((snapshot) => snapshot ?? []);
    });
}
function present(connection) {
    return (connection?.nodes ?? []).flatMap((node) => (node === null ? [] : [node]));
}
function isSince(since) {
    return ({ updatedAt }) => Date.parse(updatedAt) >= Date.parse(since);
}
/** `undefined` where what was asked for is gone. */
async function orGone(answer) {
    try {
        return await answer;
    }
    catch (error) {
        const status = (0,github_failure/* understandFailure */.ri)(error)?.status;
        if (status === 404 || status === 410)
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/src/adapters/github/comments.js





/** GitHub tells what a comment stands on by addresses alone. */
function toPlaced(value) {
    const comment = toSnapshot(value);
    const [, kind, issue] = /\/(issues|pull)\/(\d+)(?:#|$)/.exec(comment.url) ?? [];
    return { ...comment, issue: Number(issue), pullRequest: kind === 'pull' };
}
const comments_permission = 'issues: write';
function createComments(client) {
    const { owner, repo } = client.place;
    let ownLogin;
    async function list(octokit, issue_number, since) {
        const query = { owner, repo, issue_number, per_page: 100, ...(since === undefined ? {} : { since }) };
        const comments = await orGone(octokit.paginate(octokit.rest.issues.listComments, query));
        return (comments ?? []).map(toSnapshot).sort((a, b) => (0,comment_key/* compareKeys */.YD)(a.id, b.id));
    }
    async function findOwn(octokit, issue, mark) {
        const marked = (await list(octokit, issue)).filter(({ body }) => body.includes(mark));
        if (marked.length === 0)
            return undefined;
        ownLogin ??= await readOwnLogin(client);
        const login = ownLogin.toLowerCase();
        return marked.find(({ author }) => author?.toLowerCase() === login)?.id;
    }
    async function ensure(octokit, issue_number, { mark, body }) {
        const known = await findOwn(octokit, issue_number, mark);
        if (typeof known === 'number')
            return { id: known, written: false };
        const { data } = await octokit.rest.issues.createComment({ owner, repo, issue_number, body });
        return { id: data.id, written: true };
    }
    return {
        list: (issue, since) => client.attempt({ doing: `read the comments of #${issue}`, permission: 'issues: read', issue }, (octokit) => list(octokit, issue, since)),
        listReviewed: (pullRequest, since) => listReviewed(client, pullRequest, since),
        recent: async (since) => [...(await readRecentComments(client, since)), ...(await recentReviewed(client, since))],
        async read(comment_id) {
            if (typeof comment_id !== 'number')
                return readReviewed(client, comment_id);
            return client.attempt({ doing: 'read a comment', permission: 'issues: read' }, async (octokit) => {
                const found = await orGone(octokit.rest.issues.getComment({ owner, repo, comment_id }));
                return found && toPlaced(found.data);
            });
        },
        async react(comment_id, content) {
            if (typeof comment_id !== 'number')
                return reactToReviewed(client, comment_id, content);
            await client.attempt({ doing: 'react to a comment', permission: comments_permission }, (octokit) => orGone(octokit.rest.reactions.createForIssueComment({ owner, repo, comment_id, content })));
        },
        ensure: (issue, mark, body) => client.attempt({ doing: `comment on #${issue}`, permission: comments_permission, issue }, (octokit) => ensure(octokit, issue, { mark, body })),
        edit: (comment_id, body) => client.attempt({ doing: 'edit a comment', permission: comments_permission }, async (octokit) => {
            const edited = await orGone(octokit.rest.issues.updateComment({ owner, repo, comment_id, body }));
            return edited !== undefined;
        }),
    };
}

;// CONCATENATED MODULE: ./build/src/adapters/github/commits-between.js



const commits_between_Commit = classic_schemas/* object */.Ikc({
    sha: classic_schemas/* string */.YjP().regex(/^[0-9a-f]{40,64}$/),
    commit: classic_schemas/* object */.Ikc({ message: classic_schemas/* string */.YjP() }),
    // An author whom GitHub does not know is null, or an empty object.
    author: classic_schemas/* object */.Ikc({ login: classic_schemas/* string */.YjP().optional() }).nullish(),
});
const commits_between_Comparison = classic_schemas/* object */.Ikc({
    total_commits: classic_schemas/* number */.aig().int().nonnegative(),
    commits: classic_schemas/* array */.YOg(commits_between_Commit),
    files: classic_schemas/* array */.YOg(classic_schemas/* object */.Ikc({ filename: classic_schemas/* string */.YjP(), previous_filename: classic_schemas/* string */.YjP().optional() })).default([]),
});
const mostCommits = 10;
const longestTitle = 200;
/** The commits from `base` to `head`; `undefined` where GitHub does not have one of them (any more). */
function readCommitsBetween(client, { base, head, path }) {
    const { owner, repo } = client.place;
    const attempt = { doing: 'compare two commits', permission: 'contents: read' };
    return client.attempt(attempt, async (octokit) => {
        try {
            // Without a page: up to 250 commits, and the files. With one there are fewer.
            const compare = { owner, repo, basehead: `${base}...${head}` };
            const { total_commits, commits, files } = commits_between_Comparison.parse((await octokit.rest.repos.compareCommitsWithBasehead(compare)).data);
            const isTouched = files.some(({ filename, previous_filename }) => [filename, previous_filename].includes(path));
            const touching = path !== undefined && isTouched ? await shasTouching(client, { head, path }) : new Set();
            const newestFirst = commits.map((commit) => toRangeCommit(commit, touching)).reverse();
            const ordered = [
                ...newestFirst.filter(({ touches }) => touches),
                ...newestFirst.filter(({ touches }) => !touches),
            ];
            return { base, head, total: Math.max(total_commits, commits.length), commits: ordered.slice(0, mostCommits) };
        }
        catch (error) {
            if ((0,github_failure/* understandFailure */.ri)(error)?.status === 404)
                return undefined;
            throw error;
        }
    });
}
async function shasTouching(client, { head, path }) {
    const { owner, repo } = client.place;
    const octokit = await client.octokit();
    const { data } = await octokit.rest.repos.listCommits({ owner, repo, sha: head, path, per_page: 100 });
    return new Set(classic_schemas/* array */.YOg(commits_between_Commit.pick({ sha: true }))
        .parse(data)
        .map(({ sha }) => sha));
}
function toRangeCommit({ sha, commit, author }, touching) {
    const [title = ''] = commit.message.split('\n', 1);
    return { sha, title: (0,lib_text/* truncate */.xv)(title.trim(), longestTitle), author: author?.login, touches: touching.has(sha) };
}

;// CONCATENATED MODULE: ./build/src/adapters/github/contents.js


/** Text of a file at a branch, tag or commit; `undefined` where there is none, or a folder. */
function readFile(client, path, ref) {
    const { owner, repo } = client.place;
    const attempt = { doing: `read ${path}`, permission: 'contents: read' };
    return client.attempt(attempt, async (octokit) => {
        try {
            const mediaType = { format: 'raw' };
            const { data } = await octokit.rest.repos.getContent({ owner, repo, path, ref, mediaType });
            return textOf(data);
        }
        catch (error) {
            if ((0,github_failure/* understandFailure */.ri)(error)?.status === 404)
                return undefined;
            throw error;
        }
    });
}
/** Raw answers are bytes or text, whatever Octokit's types say; a folder is a list. */
function textOf(data) {
    if (typeof data === 'string')
        return data;
    return data instanceof ArrayBuffer ? Buffer.from(data).toString('utf8') : undefined;
}
const PullFile = classic_schemas/* object */.Ikc({
    filename: classic_schemas/* string */.YjP(),
    additions: classic_schemas/* number */.aig(),
    patch: classic_schemas/* string */.YjP().optional(),
});
/**
 * Lines that a pull request adds or changes, on its head's side, by path. Where GitHub leaves out a file's patch (too large), all lines
 * count as changed.
 */
function readChangedLines(client, pull_number) {
    const { owner, repo } = client.place;
    const attempt = { doing: `read the changes of #${pull_number}`, permission: 'pull-requests: read' };
    return client.attempt({ ...attempt, issue: pull_number }, async (octokit) => {
        const files = await octokit.paginate(octokit.rest.pulls.listFiles, { owner, repo, pull_number, per_page: 100 });
        const changed = new Map();
        for (const raw of files) {
            const { filename, additions, patch } = PullFile.parse(raw);
            const ranges = patch === undefined ? [[1, Number.MAX_SAFE_INTEGER]] : addedLines(patch);
            if (additions > 0 && ranges.length > 0)
                changed.set(filename, ranges);
        }
        return changed;
    });
}
/** The added lines of a unified diff, as ranges of the new file's line numbers. */
function addedLines(patch) {
    const ranges = [];
    let line = 0;
    for (const text of patch.split('\n')) {
        const header = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text);
        if (header)
            line = Number(header[1]);
        else if (text.startsWith('+')) {
            const last = ranges.at(-1);
            if (last?.[1] === line - 1)
                last[1] = line;
            else
                ranges.push([line, line]);
            line += 1;
        }
        else if (text.startsWith(' '))
            line += 1;
    }
    return ranges;
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/errors.js
var errors = __webpack_require__(961);
// EXTERNAL MODULE: ./build/src/lib/clock.js
var clock = __webpack_require__(19563);
;// CONCATENATED MODULE: ./build/src/adapters/github/disclosure.js





const Created = classic_schemas/* object */.Ikc({ ghsa_id: classic_schemas/* string */.YjP(), html_url: classic_schemas/* string */.YjP() });
const Advisory = Created.extend({
    description: classic_schemas/* string */.YjP().nullish(),
    state: classic_schemas/* enum */.k5n(['published', 'closed', 'withdrawn', 'draft', 'triage']),
    /** Only where somebody reported it: then its text, with whatever marker, is that person's. */
    submission: classic_schemas/* unknown */.L5J().optional(),
});
/** Where what is secret may be told. What GitHub answers is not passed on: it may quote what was sent. */
function createDisclosure(client) {
    const { owner, repo } = client.place;
    return {
        listAdvisories: () => quietly(client, 'list the draft advisories', async (octokit) => {
            const query = { owner, repo, per_page: 100 };
            const listed = await octokit.paginate(octokit.rest.securityAdvisories.listRepositoryAdvisories, query);
            const own = listed.map((each) => Advisory.parse(each)).filter(({ submission }) => !submission);
            return own.map(toAdvisory);
        }),
        createDraft: (draft) => createDraft(client, draft),
        readAdvisory: (ghsa_id) => quietly(client, 'read a security advisory', async (octokit) => {
            const { data } = await octokit.rest.securityAdvisories.getRepositoryAdvisory({ owner, repo, ghsa_id });
            return toAdvisory(Advisory.parse(data));
        }),
        updateAdvisory: (ghsa_id, { state, description }) => quietly(client, 'update a security advisory', async (octokit) => {
            await octokit.rest.securityAdvisories.updateRepositoryAdvisory({ owner, repo, ghsa_id, state, description });
            return 'taken';
        }),
        uploadSarif: ({ commit, ref, sarif }) => quietly(client, 'upload code scanning alerts', async (octokit) => {
            const packed = (0,external_node_zlib_.gzipSync)(sarif).toString('base64');
            await octokit.rest.codeScanning.uploadSarif({ owner, repo, commit_sha: commit, ref, sarif: packed });
            return 'taken';
        }),
    };
}
function toAdvisory({ ghsa_id, html_url, description, state }) {
    return { id: ghsa_id, url: html_url, description: description ?? '', state };
}
async function createDraft(client, draft) {
    const { owner, repo } = client.place;
    const { summary, description, severity, cweIds } = draft;
    // GitHub insists on a package; what is affected is the repository itself, and of no ecosystem that GitHub knows.
    const vulnerabilities = [{ package: { ecosystem: 'other', name: `${owner}/${repo}` } }];
    const request = { owner, repo, summary, description, severity, vulnerabilities };
    const attempt = (cwe_ids) => quietly(client, 'file a draft security advisory', async (octokit) => {
        const cwes = cwe_ids.length > 0 ? { cwe_ids: [...cwe_ids] } : {};
        const { data } = await octokit.rest.securityAdvisories.createRepositoryAdvisory({ ...request, ...cwes });
        const created = Created.parse(data);
        return { id: created.ghsa_id, url: created.html_url };
    });
    const first = await attempt(cweIds);
    return first === 'rejected' && cweIds.length > 0 ? attempt([]) : first;
}
/** @throws ExternalError that tells nothing of what was sent. */
async function quietly(client, doing, work) {
    try {
        return await work(await client.octokit());
    }
    catch (error) {
        if (error instanceof errors/* ZodError */.G)
            throw new lib_errors/* ExternalError */.yA(`GitHub's answer to the attempt to ${doing} could not be read.`);
        const failure = (0,github_failure/* understandFailure */.ri)(error);
        if (!failure)
            throw error;
        return refusalOf(failure, doing, client);
    }
}
function refusalOf(failure, doing, { place }) {
    const { status } = failure;
    if ((0,github_failure/* isLimited */.lU)(failure)) {
        const until = (0,clock/* isoTime */.Ly)(place.now() + (0,github_failure/* waitOf */.pE)(failure, place.now()));
        throw new lib_errors/* ExternalError */.yA(`GitHub's rate limit stopped the attempt to ${doing} (${status}).`, {
            hint: `Run it again after ${until}.`,
        });
    }
    if (status === 401)
        throw new lib_errors/* UserError */.yo(`GitHub refused the token (401) to ${doing}.`);
    if (status === 403 || status === 404)
        return 'refused';
    if (status === 400 || status === 413 || status === 422)
        return 'rejected';
    const answer = status === undefined ? 'did not answer' : `answered ${status} to`;
    throw new lib_errors/* ExternalError */.yA(`GitHub ${answer} the attempt to ${doing}.`);
}

;// CONCATENATED MODULE: ./build/src/adapters/github/labels.js


const labels_Named = classic_schemas/* object */.Ikc({ name: classic_schemas/* string */.YjP() });
/** Labels of the repository. Names compare without case, as GitHub does. */
function createLabels(client) {
    const { owner, repo } = client.place;
    let known;
    async function list() {
        const octokit = await client.octokit();
        const labels = await octokit.paginate(octokit.rest.issues.listLabelsForRepo, { owner, repo, per_page: 100 });
        return new Set(labels.map((label) => labels_Named.parse(label).name.toLowerCase()));
    }
    async function create({ name, color, description }) {
        const octokit = await client.octokit();
        try {
            await octokit.rest.issues.createLabel({ owner, repo, name, color: color.replace(/^#/, ''), description });
        }
        catch (error) {
            // Made by somebody else since the list was read, or by an earlier try whose answer was lost.
            const failure = (0,github_failure/* understandFailure */.ri)(error);
            if (!(failure?.status === 422 && failure.message.includes('already_exists')))
                throw error;
        }
    }
    /** Creates those that are missing; the list is read once. */
    const ensure = (labels) => client.attempt({ doing: 'create labels', permission: 'issues: write' }, async () => {
        known ??= await list();
        const made = [];
        for (const label of labels) {
            if (known.has(label.name.toLowerCase()))
                continue;
            await create(label);
            known.add(label.name.toLowerCase());
            made.push(label.name);
        }
        return made;
    });
    return { ensure };
}

;// CONCATENATED MODULE: ./build/src/adapters/github/issue-node.js

// The events are the last ones only: what counts is how it came to stand as it does.
const known = (stateReason) => `fragment Known on Issue {
  number url title body state locked closedAt lastEditedAt
  ${stateReason}
  repository { nameWithOwner }
  author { __typename login }
  labels(first: 100) { nodes { name } }
  assignees(first: 10) { nodes { login } }
  closed: timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent {
    actor { __typename login }
    closer {
      __typename
      ... on PullRequest { number merged mergeCommit { oid } repository { nameWithOwner } }
      ... on Commit { oid repository { nameWithOwner } }
    }
  } } }
  reopened: timelineItems(last: 1, itemTypes: [REOPENED_EVENT]) { nodes { ... on ReopenedEvent {
    createdAt actor { __typename login }
  } } }
  duplicates: timelineItems(last: 1, itemTypes: [MARKED_AS_DUPLICATE_EVENT]) { nodes { ... on MarkedAsDuplicateEvent {
    canonical { __typename ... on Issue { number repository { nameWithOwner } } }
  } } }
  renamed: timelineItems(last: 1, itemTypes: [RENAMED_TITLE_EVENT]) { nodes { ... on RenamedTitleEvent { createdAt } } }
  ups: reactions(last: 20, content: THUMBS_UP) { nodes { createdAt user { login } } }
  downs: reactions(last: 20, content: THUMBS_DOWN) { nodes { createdAt user { login } } }
  comments(last: 3) { nodes { databaseId viewerDidAuthor author { __typename login } reactions(last: 10) { nodes {
    content createdAt user { login }
  } } } }
  labelled: timelineItems(last: 20, itemTypes: [LABELED_EVENT]) { nodes { ... on LabeledEvent {
    createdAt actor { __typename login } label { name }
  } } }
}`;
/** What is asked of each issue. Without the argument GitHub tells no duplicate. */
const knownFields = known('stateReason(enableDuplicate: true)');
/** The same for a GitHub that knows no duplicates. */
const olderFields = known('stateReason');
const Actor = classic_schemas/* object */.Ikc({ __typename: classic_schemas/* string */.YjP(), login: classic_schemas/* string */.YjP() }).nullish();
const stateReasons = classic_schemas/* enum */.k5n(['completed', 'not_planned', 'duplicate', 'reopened']);
const Repository = classic_schemas/* object */.Ikc({ nameWithOwner: classic_schemas/* string */.YjP() });
const events = (event) => classic_schemas/* object */.Ikc({ nodes: classic_schemas/* array */.YOg(event.nullable()).nullish() }).nullish();
const Thumbs = events(classic_schemas/* object */.Ikc({ createdAt: classic_schemas/* string */.YjP(), user: classic_schemas/* object */.Ikc({ login: classic_schemas/* string */.YjP() }).nullish() })).optional();
const Comments = events(classic_schemas/* object */.Ikc({
    databaseId: classic_schemas/* number */.aig().nullish(),
    viewerDidAuthor: classic_schemas/* boolean */.zMY(),
    author: Actor,
    reactions: events(classic_schemas/* object */.Ikc({ content: classic_schemas/* string */.YjP(), createdAt: classic_schemas/* string */.YjP(), user: classic_schemas/* object */.Ikc({ login: classic_schemas/* string */.YjP() }).nullish() })),
})).optional();
const Closer = classic_schemas/* object */.Ikc({
    __typename: classic_schemas/* string */.YjP(),
    number: classic_schemas/* number */.aig().optional(),
    merged: classic_schemas/* boolean */.zMY().optional(),
    mergeCommit: classic_schemas/* object */.Ikc({ oid: classic_schemas/* string */.YjP() }).nullish(),
    oid: classic_schemas/* string */.YjP().optional(),
    repository: Repository.optional(),
})
    .nullish();
const IssueNode = classic_schemas/* object */.Ikc({
    number: classic_schemas/* number */.aig(),
    url: classic_schemas/* string */.YjP(),
    title: classic_schemas/* string */.YjP(),
    body: classic_schemas/* string */.YjP(),
    state: classic_schemas/* string */.YjP(),
    stateReason: classic_schemas/* string */.YjP().nullish(),
    locked: classic_schemas/* boolean */.zMY(),
    closedAt: classic_schemas/* string */.YjP().nullish(),
    lastEditedAt: classic_schemas/* string */.YjP().nullish(),
    renamed: events(classic_schemas/* object */.Ikc({ createdAt: classic_schemas/* string */.YjP() })).optional(),
    repository: Repository,
    author: Actor,
    labels: events(classic_schemas/* object */.Ikc({ name: classic_schemas/* string */.YjP() })),
    assignees: events(classic_schemas/* object */.Ikc({ login: classic_schemas/* string */.YjP() })),
    closed: events(classic_schemas/* object */.Ikc({ actor: Actor, closer: Closer })),
    reopened: events(classic_schemas/* object */.Ikc({ createdAt: classic_schemas/* string */.YjP(), actor: Actor })),
    duplicates: events(classic_schemas/* object */.Ikc({
        canonical: classic_schemas/* object */.Ikc({ __typename: classic_schemas/* string */.YjP(), number: classic_schemas/* number */.aig().optional(), repository: Repository.optional() })
            .nullish(),
    })),
    ups: Thumbs,
    downs: Thumbs,
    comments: Comments,
    labelled: events(classic_schemas/* object */.Ikc({ createdAt: classic_schemas/* string */.YjP(), actor: Actor, label: classic_schemas/* object */.Ikc({ name: classic_schemas/* string */.YjP() }) })),
});
function loginOf(actor) {
    if (!actor)
        return undefined;
    // GraphQL leaves out the suffix by which REST and people know an app.
    return actor.__typename === 'Bot' && !actor.login.endsWith('[bot]') ? `${actor.login}[bot]` : actor.login;
}
function reasonOf(reason) {
    return stateReasons.safeParse(reason?.toLowerCase()).data;
}
/** @param home the repository's `owner/name`, in small letters: what is elsewhere has a number that means nothing here. */
function fromNode(node, home) {
    const state = node.state === 'OPEN' ? 'open' : 'closed';
    const [reopened] = issue_node_nodesOf(node.reopened);
    return {
        number: node.number,
        url: node.url,
        title: node.title,
        body: node.body,
        ...editOf(node),
        state,
        stateReason: reasonOf(node.stateReason),
        labels: issue_node_nodesOf(node.labels).map(({ name }) => name),
        assignees: issue_node_nodesOf(node.assignees).map(({ login }) => login),
        locked: node.locked,
        author: loginOf(node.author),
        ...(state === 'closed' ? closingOf(node, home) : { closedBy: undefined }),
        ...(reopened ? { reopened: { at: reopened.createdAt, by: loginOf(reopened.actor) } } : {}),
        labelled: issue_node_nodesOf(node.labelled).map(({ createdAt, actor, label }) => {
            return { at: createdAt, by: loginOf(actor), label: label.name };
        }),
        thumbs: [...thumbsOf(node.ups, 'up'), ...thumbsOf(node.downs, 'down'), ...onComments(node.comments)],
    };
}
/** GitHub tells edits of the text and of the title in two places. */
function editOf({ lastEditedAt, renamed }) {
    const times = [lastEditedAt ?? '', ...issue_node_nodesOf(renamed).map(({ createdAt }) => createdAt)].filter((at) => at !== '');
    const last = times.toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
    return last === undefined ? {} : { editedAt: last };
}
/** Of people only: GitHub tells no user where an app reacted, or somebody whose account is gone. */
function thumbsOf(thumbs, value) {
    return issue_node_nodesOf(thumbs).flatMap(({ createdAt, user }) => (user ? [{ by: user.login, at: createdAt, value }] : []));
}
const thumbValues = { THUMBS_UP: 'up', THUMBS_DOWN: 'down' };
/** On comments that may be Courier's: an app's, or of whoever this token is of. Their text tells. */
function onComments(comments) {
    const own = issue_node_nodesOf(comments).filter(({ viewerDidAuthor, author }) => viewerDidAuthor || author?.__typename === 'Bot');
    return own.flatMap(({ databaseId, reactions }) => issue_node_nodesOf(reactions).flatMap(({ content, createdAt, user }) => {
        const value = Object.hasOwn(thumbValues, content) ? thumbValues[content] : undefined;
        return value && user && databaseId ? [{ by: user.login, at: createdAt, value, comment: databaseId }] : [];
    }));
}
function closingOf(node, home) {
    const [closed] = issue_node_nodesOf(node.closed);
    const [marked] = issue_node_nodesOf(node.duplicates);
    const closer = closed?.closer;
    const closedBy = loginOf(closed?.actor);
    const canonical = marked?.canonical;
    const isHere = canonical?.repository?.nameWithOwner.toLowerCase() === home;
    const isDuplicate = reasonOf(node.stateReason) === 'duplicate' && isHere;
    return {
        closedBy,
        ...(node.closedAt ? { closedAt: node.closedAt } : {}),
        ...closedWith(closer, home),
        ...(isBoard(closer?.__typename, closedBy) ? { closedOnBoard: true } : {}),
        ...(isDuplicate && canonical?.number !== undefined ? { duplicateOf: canonical.number } : {}),
    };
}
/** By its name, too: a token without a permission for projects does not see them. */
function isBoard(type, closedBy) {
    return type === 'ProjectV2' || closedBy === 'github-project-automation[bot]';
}
/** What another repository's history closed has no commit in this one. */
function closedWith(closer, home) {
    const isMerge = closer?.__typename === 'Commit' || (closer?.__typename === 'PullRequest' && closer.merged === true);
    if (!isMerge)
        return {};
    if (closer.repository?.nameWithOwner.toLowerCase() !== home)
        return { closedWith: {} };
    return { closedWith: { pullRequest: closer.number, commit: closer.oid ?? closer.mergeCommit?.oid } };
}
function issue_node_nodesOf(connection) {
    return (connection?.nodes ?? []).flatMap((node) => (node === null ? [] : [node]));
}

;// CONCATENATED MODULE: ./build/src/adapters/github/read-issues.js




const batchSize = 150;
const largestNumber = 2 ** 31 - 1;
const User = classic_schemas/* object */.Ikc({ login: classic_schemas/* string */.YjP() }).nullish();
/** An issue (or pull request) as REST shows it. */
const RestIssue = classic_schemas/* object */.Ikc({
    number: classic_schemas/* number */.aig(),
    html_url: classic_schemas/* string */.YjP(),
    repository_url: classic_schemas/* string */.YjP(),
    title: classic_schemas/* string */.YjP(),
    body: classic_schemas/* string */.YjP().nullish(),
    state: classic_schemas/* string */.YjP(),
    state_reason: classic_schemas/* string */.YjP().nullish(),
    locked: classic_schemas/* boolean */.zMY().default(false),
    user: User,
    closed_by: User,
    closed_at: classic_schemas/* string */.YjP().nullish(),
    labels: classic_schemas/* array */.YOg(classic_schemas/* union */.KCZ([classic_schemas/* string */.YjP(), classic_schemas/* object */.Ikc({ name: classic_schemas/* string */.YjP().nullish() })])),
    assignees: classic_schemas/* array */.YOg(classic_schemas/* object */.Ikc({ login: classic_schemas/* string */.YjP() })).nullish(),
    pull_request: classic_schemas/* unknown */.L5J().optional(),
});
function labelNames(labels) {
    const names = labels.map((label) => (typeof label === 'string' ? label : (label.name ?? '')));
    return names.filter((name) => name !== '');
}
function fromRest(issue) {
    const state = issue.state === 'open' ? 'open' : 'closed';
    return {
        number: issue.number,
        url: issue.html_url,
        title: issue.title,
        body: issue.body ?? '',
        state,
        stateReason: reasonOf(issue.state_reason),
        labels: labelNames(issue.labels),
        ...(issue.assignees ? { assignees: issue.assignees.map(({ login }) => login) } : {}),
        locked: issue.locked,
        author: issue.user?.login,
        closedBy: state === 'closed' ? issue.closed_by?.login : undefined,
        ...(state === 'closed' && issue.closed_at ? { closedAt: issue.closed_at } : {}),
    };
}
/** Issues by number. Absent: deleted, transferred, or never an issue (a pull request). */
async function readIssues(client, numbers) {
    const wanted = [...new Set(numbers)].filter((number) => number > 0 && number <= largestNumber);
    const found = new Map();
    for (let start = 0; start < wanted.length; start += batchSize) {
        const batch = wanted.slice(start, start + batchSize);
        for (const issue of (await readByGraphql(client, batch)) ?? (await read_issues_readByRest(client, batch)))
            found.set(issue.number, issue);
    }
    return found;
}
async function readByGraphql(client, numbers) {
    const { owner, repo } = client.place;
    const branches = [...client.ledgerBranches];
    const ask = (fields) => client.graphql(queryFor(numbers, branches, fields), { owner, name: repo });
    const answer = await ask(knownFields);
    // An older GitHub Enterprise Server refuses the whole question for one word that it does not know.
    const isTooNew = answer?.errors.some(({ message }) => /doesn't (?:accept argument|exist on type)/.test(message));
    const understood = isTooNew ? await ask(olderFields) : answer;
    if (!understood)
        return undefined;
    for (const [index, branch] of branches.entries())
        keepHead(understood, { index, branch }, client);
    return issuesOf(understood, client);
}
const Head = classic_schemas/* object */.Ikc({ target: classic_schemas/* object */.Ikc({ oid: classic_schemas/* string */.YjP() }) });
function keepHead({ data }, { index, branch }, { told }) {
    const head = Head.safeParse(classic_schemas/* record */.g1P(classic_schemas/* string */.YjP(), classic_schemas/* unknown */.L5J()).safeParse(data?.repository).data?.[`ledger${index}`]);
    if (head.success)
        told.heads.set(branch, head.data.target.oid);
}
function queryFor(numbers, branches, fields) {
    const heads = branches.map((branch, at) => `ledger${at}: ref(qualifiedName: ${JSON.stringify(`refs/heads/${branch}`)}) { target { oid } }`);
    const aliases = numbers.map((number) => `i${number}: issue(number: ${number}) { ...Known }`).join('\n    ');
    return `query KnownIssues($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    nameWithOwner
    hasIssuesEnabled
    ${heads.join('\n    ')}
    ${aliases}
  }
}
${fields}`;
}
/** An issue that is gone; and what a token without a permission for pull requests or projects may not see of how one was closed. */
function isTolerable({ type, path = [] }) {
    if (type === 'NOT_FOUND')
        return path.length >= 2;
    return type === 'FORBIDDEN' && (path.includes('closer') || path.includes('canonical'));
}
function issuesOf({ data, errors }, client) {
    const { owner, repo } = client.place;
    const fatal = errors.find((error) => !isTolerable(error));
    if (fatal?.type === 'NOT_FOUND')
        throw new lib_errors/* UserError */.yo(`GitHub has no repository ${owner}/${repo}, or this token may not see it.`);
    if (fatal)
        throw new lib_errors/* ExternalError */.yA(`GitHub could not read the issues of ${owner}/${repo}: ${fatal.message}`, {
            hint: 'Give the token `issues: read`, or run it again later.',
        });
    const repository = classic_schemas/* record */.g1P(classic_schemas/* string */.YjP(), classic_schemas/* unknown */.L5J()).parse(data?.repository);
    const home = classic_schemas/* string */.YjP().parse(repository.nameWithOwner).toLowerCase();
    // Otherwise all of them would look as if they were deleted.
    if (repository.hasIssuesEnabled === false)
        throw new lib_errors/* UserError */.yo(`Issues are disabled in ${owner}/${repo}: switch them on in its settings, or do not publish.`);
    const nodes = Object.entries(repository).filter(([alias, node]) => /^i\d/.test(alias) && node !== null);
    return nodes
        .map(([, node]) => IssueNode.parse(node))
        .filter((node) => node.repository.nameWithOwner.toLowerCase() === home)
        .map((node) => fromNode(node, home));
}
async function read_issues_readByRest(client, numbers) {
    const { owner, repo } = client.place;
    const octokit = await client.octokit();
    const found = [];
    for (const issue_number of numbers) {
        try {
            const { data } = await octokit.rest.issues.get({ owner, repo, issue_number });
            const issue = RestIssue.parse(data);
            // A transferred issue answers with a redirect, which was followed.
            const moved = !issue.repository_url.toLowerCase().endsWith(`/${owner}/${repo}`.toLowerCase());
            if (!moved && issue.pull_request === undefined && issue.number === issue_number)
                found.push(fromRest(issue));
        }
        catch (error) {
            const failure = (0,github_failure/* understandFailure */.ri)(error);
            const gone = failure?.status === 404 || (failure?.status === 410 && !/disabled/i.test(failure.message));
            if (!gone)
                throw error;
        }
    }
    return found;
}

;// CONCATENATED MODULE: ./build/src/adapters/github/issues.js





const issues_Created = classic_schemas/* object */.Ikc({
    number: classic_schemas/* number */.aig().int().positive(),
    html_url: classic_schemas/* string */.YjP(),
    labels: RestIssue.shape.labels.default([]),
});
const Changed = classic_schemas/* object */.Ikc({ number: classic_schemas/* number */.aig(), updated_at: classic_schemas/* string */.YjP(), comments: classic_schemas/* number */.aig().default(0) });
const issues_Comment = classic_schemas/* object */.Ikc({ body: classic_schemas/* string */.YjP().nullish(), user: classic_schemas/* object */.Ikc({ login: classic_schemas/* string */.YjP() }).nullish() });
const issues_permission = 'issues: write';
function createIssues(client) {
    const { owner, repo } = client.place;
    const labels = createLabels(client);
    let ownLogin;
    async function readLogin() {
        ownLogin ??= await readOwnLogin(client);
        return ownLogin.toLowerCase();
    }
    async function listOwn(label) {
        const login = await readLogin();
        const octokit = await client.octokit();
        const query = { owner, repo, labels: label, state: 'all', per_page: 100 };
        const listed = await octokit.paginate(octokit.rest.issues.listForRepo, query);
        return listed
            .map((issue) => RestIssue.parse(issue))
            .filter((issue) => issue.pull_request === undefined && issue.user?.login.toLowerCase() === login)
            .map(fromRest);
    }
    async function newestChange(octokit, label) {
        const query = {
            owner,
            repo,
            labels: label,
            state: 'all',
            sort: 'updated',
            direction: 'desc',
            per_page: 1,
        };
        const { data } = await octokit.rest.issues.listForRepo(query);
        return data.map((issue) => Object.values(Changed.parse(issue)).join(' ')).join();
    }
    async function isThere(octokit, issue_number, mark) {
        const query = { owner, repo, issue_number, per_page: 100 };
        const comments = await octokit.paginate(octokit.rest.issues.listComments, query);
        const marked = comments.map((comment) => issues_Comment.parse(comment)).filter(({ body }) => body?.includes(mark));
        if (marked.length === 0)
            return false;
        const login = await readLogin();
        return marked.some(({ user }) => user?.login.toLowerCase() === login);
    }
    async function comment(octokit, issue_number, body, mark) {
        if (mark !== undefined && (await isThere(octokit, issue_number, mark)))
            return false;
        await octokit.rest.issues.createComment({ owner, repo, issue_number, body });
        return true;
    }
    return {
        read: (numbers) => client.attempt({ doing: 'read the known issues', permission: 'issues: read' }, () => readIssues(client, numbers)),
        listOwn: (label) => client.attempt({ doing: 'list issues', permission: 'issues: read' }, () => listOwn(label)),
        create: (issue) => create(client, issue),
        update: (number, change) => update(client, number, change),
        newestChange: (label) => client.attempt({ doing: 'list issues', permission: 'issues: read' }, (octokit) => newestChange(octokit, label)),
        comment: (issue, body, mark) => client.attempt({ doing: `comment on #${issue}`, permission: issues_permission, issue }, (octokit) => comment(octokit, issue, body, mark)),
        ensureLabels: labels.ensure,
    };
}
function create(client, { title, body, labels, assignees }) {
    const { owner, repo } = client.place;
    return client.attempt({ doing: 'create an issue', permission: issues_permission }, async (octokit) => {
        const request = { owner, repo, title, body, labels: [...labels], assignees: [...assignees] };
        const { data } = await octokit.rest.issues.create(request);
        const created = issues_Created.parse(data);
        return { number: created.number, url: created.html_url, labels: labelNames(created.labels) };
    });
}
/** The fields of a PATCH; labels are never among them, because it would set the whole list and with it drop people's own. */
function patchOf({ title, body, state }) {
    const moved = state && {
        state: state.to,
        state_reason: state.to === 'closed' ? state.reason : 'reopened',
    };
    return { ...(title !== undefined && { title }), ...(body !== undefined && { body }), ...moved };
}
function update(client, issue_number, change) {
    const { owner, repo } = client.place;
    const target = { owner, repo, issue_number };
    const attempt = { doing: `update #${issue_number}`, permission: issues_permission, issue: issue_number };
    return client.attempt(attempt, async (octokit) => {
        const added = [...(change.addLabels ?? [])];
        if (added.length > 0)
            await octokit.rest.issues.addLabels({ ...target, labels: added });
        for (const name of change.removeLabels ?? [])
            await removeLabel(octokit, { ...target, name });
        const patch = patchOf(change);
        if (Object.keys(patch).length > 0)
            await octokit.rest.issues.update({ ...target, ...patch });
    });
}
async function removeLabel(octokit, label) {
    try {
        await octokit.rest.issues.removeLabel(label);
    }
    catch (error) {
        // Somebody took it off already.
        const failure = (0,github_failure/* understandFailure */.ri)(error);
        if (!(failure?.status === 404 && /label/i.test(failure.message)))
            throw error;
    }
}

;// CONCATENATED MODULE: ./build/src/adapters/github/permissions.js


/**
 * Tries what can be tried without anybody seeing it.
 *
 * `contents: write`: a blob that nothing refers to; git drops it in time. `issues: write` cannot be tried without a visible write, so only
 * reading is; the first real one is the creation of the labels, before any issue, and its refusal names the permission too.
 */
async function checkPermissions(client, needs) {
    for (const need of needs) {
        try {
            await (need === 'contents: write' ? tryBlob(client) : tryIssues(client));
        }
        catch (error) {
            throw toUserError(error, need, client);
        }
    }
}
function tryBlob(client) {
    const { owner, repo } = client.place;
    return client.attempt({ doing: 'write contents', permission: 'contents: write' }, async (octokit) => {
        await octokit.rest.git.createBlob({ owner, repo, content: 'courier', encoding: 'utf-8' });
    });
}
async function tryIssues(client) {
    const { owner, repo } = client.place;
    if (client.told.issuesAreReadable)
        return;
    return client.attempt({ doing: 'read issues', permission: 'issues: write' }, async (octokit) => {
        await octokit.rest.issues.listForRepo({ owner, repo, state: 'all', per_page: 1 });
    });
}
function toUserError(error, need, client) {
    const { owner, repo } = client.place;
    if (!(error instanceof lib_errors/* ExternalError */.yA))
        return error;
    const status = (0,github_failure/* understandFailure */.ri)(error.cause)?.status;
    if (status === 403 && error.hint?.includes('permissions:'))
        return new lib_errors/* UserError */.yo(`This token lacks a permission in ${owner}/${repo}: add \`${need}\` under \`permissions:\` of the workflow's job.`, { cause: error });
    return error;
}

;// CONCATENATED MODULE: ./build/src/adapters/github/pull-requests.js



const pull_requests_User = classic_schemas/* object */.Ikc({ login: classic_schemas/* string */.YjP(), type: classic_schemas/* string */.YjP().optional() }).nullish();
const Side = classic_schemas/* object */.Ikc({ ref: classic_schemas/* string */.YjP(), sha: classic_schemas/* string */.YjP(), repo: classic_schemas/* object */.Ikc({ full_name: classic_schemas/* string */.YjP() }).nullish() });
const pull_requests_Pull = classic_schemas/* object */.Ikc({
    number: classic_schemas/* number */.aig().int().positive(),
    html_url: classic_schemas/* string */.YjP(),
    title: classic_schemas/* string */.YjP(),
    body: classic_schemas/* string */.YjP().nullish(),
    state: classic_schemas/* string */.YjP(),
    draft: classic_schemas/* boolean */.zMY().default(false),
    user: pull_requests_User,
    head: Side,
    base: classic_schemas/* object */.Ikc({ ref: classic_schemas/* string */.YjP() }),
    merged_at: classic_schemas/* string */.YjP().nullish(),
    merged_by: pull_requests_User,
    merge_commit_sha: classic_schemas/* string */.YjP().nullish(),
});
const Review = classic_schemas/* object */.Ikc({
    id: classic_schemas/* number */.aig().int().positive(),
    user: pull_requests_User,
    body: classic_schemas/* string */.YjP().nullish(),
    state: classic_schemas/* string */.YjP(),
    commit_id: classic_schemas/* string */.YjP().nullish(),
    submitted_at: classic_schemas/* string */.YjP().nullish(),
    html_url: classic_schemas/* string */.YjP(),
});
const isPerson = (user) => user?.type === 'User' && !user.login.endsWith('[bot]');
function toPull({ owner, repo }, value) {
    const pull = pull_requests_Pull.parse(value);
    const { head, merged_at: at, merged_by: by, merge_commit_sha: commit } = pull;
    return {
        number: pull.number,
        url: pull.html_url,
        title: pull.title,
        body: pull.body ?? '',
        isOpen: pull.state === 'open',
        isDraft: pull.draft,
        author: pull.user?.login,
        head: {
            branch: head.ref,
            commit: head.sha,
            own: head.repo?.full_name.toLowerCase() === `${owner}/${repo}`.toLowerCase(),
        },
        base: pull.base.ref,
        // Until it is merged, GitHub names a commit there that it only tries.
        merged: at && commit ? { commit, at, by: by?.login, byPerson: isPerson(by) } : undefined,
    };
}
const states = {
    APPROVED: 'approved',
    CHANGES_REQUESTED: 'changes-requested',
    DISMISSED: 'dismissed',
    PENDING: 'pending',
};
function toReview(value) {
    const review = Review.parse(value);
    return {
        id: review.id,
        author: review.user?.login,
        by: isPerson(review.user) ? 'person' : 'app',
        // A state that is not known approves nothing.
        state: states[review.state.toUpperCase()] ?? 'commented',
        commit: review.commit_id ?? undefined,
        body: review.body ?? '',
        at: review.submitted_at ?? '',
        url: review.html_url,
    };
}
const pull_requests_permission = 'pull-requests: write';
function createPullRequests(client) {
    const { owner, repo } = client.place;
    const reading = (number) => ({ doing: `read pull request #${number}`, permission: 'pull-requests: read' });
    async function orObstacle(doing, work) {
        try {
            return await work();
        }
        catch (error) {
            const obstacle = toObstacle(error, { doing, permission: pull_requests_permission }, client);
            if (obstacle)
                return obstacle;
            throw error;
        }
    }
    return {
        read: (pull_number) => client.attempt(reading(pull_number), async (octokit) => {
            try {
                return toPull(client.place, (await octokit.rest.pulls.get({ owner, repo, pull_number })).data);
            }
            catch (error) {
                if ((0,github_failure/* understandFailure */.ri)(error)?.status === 404)
                    return undefined;
                throw error;
            }
        }),
        listFrom: (branch) => client.attempt({ doing: 'list pull requests', permission: 'pull-requests: read' }, async (octokit) => {
            const query = { owner, repo, head: `${owner}:${branch}`, state: 'all', per_page: 100 };
            const { data } = await octokit.rest.pulls.list(query);
            // Without a filter that GitHub understands it lists all: also those of forks, whose owner may have this one's name.
            const found = data.map((value) => toPull(client.place, value));
            return found.filter(({ head }) => head.own && head.branch === branch).sort((a, b) => b.number - a.number);
        }),
        create: (pull) => client.attempt({ doing: 'make a pull request', permission: pull_requests_permission }, (octokit) => orObstacle('make a pull request', async () => {
            const { number, html_url } = (await octokit.rest.pulls.create({ owner, repo, ...pull })).data;
            return { number, url: html_url };
        })),
        update: (pull_number, change) => client.attempt({ doing: `change pull request #${pull_number}`, permission: pull_requests_permission }, (octokit) => orObstacle(`change pull request #${pull_number}`, async () => {
            await octokit.rest.pulls.update({ owner, repo, pull_number, ...change });
            return 'updated';
        })),
        reviews: (pull_number) => client.attempt(reading(pull_number), async (octokit) => {
            const query = { owner, repo, pull_number, per_page: 100 };
            return (await octokit.paginate(octokit.rest.pulls.listReviews, query)).map(toReview);
        }),
    };
}

;// CONCATENATED MODULE: ./build/src/adapters/github/repository.js


// Whichever branch is configured: only what is told early is looked for under this name.
const usualLedger = 'courier-ledger';
const RestRepository = classic_schemas/* object */.Ikc({
    id: classic_schemas/* union */.KCZ([classic_schemas/* number */.aig(), classic_schemas/* bigint */.oad()]),
    full_name: classic_schemas/* string */.YjP(),
    html_url: classic_schemas/* string */.YjP(),
    default_branch: classic_schemas/* string */.YjP(),
    private: classic_schemas/* boolean */.zMY(),
    visibility: classic_schemas/* enum */.k5n(['public', 'private', 'internal']).optional(),
});
const Start = classic_schemas/* object */.Ikc({
    repository: classic_schemas/* object */.Ikc({
        databaseId: classic_schemas/* number */.aig(),
        nameWithOwner: classic_schemas/* string */.YjP(),
        url: classic_schemas/* string */.YjP(),
        visibility: classic_schemas/* enum */.k5n(['PUBLIC', 'PRIVATE', 'INTERNAL']),
        hasIssuesEnabled: classic_schemas/* boolean */.zMY(),
        defaultBranchRef: classic_schemas/* object */.Ikc({ name: classic_schemas/* string */.YjP(), target: classic_schemas/* object */.Ikc({ oid: classic_schemas/* string */.YjP() }) }),
        ledger: Ref,
        issues: classic_schemas/* object */.Ikc({ totalCount: classic_schemas/* number */.aig() }),
    }),
});
const lower = { PUBLIC: 'public', PRIVATE: 'private', INTERNAL: 'internal' };
const repository_query = `query Start($owner: String!, $name: String!, $ledger: String!) {
  repository(owner: $owner, name: $name) {
    databaseId nameWithOwner url visibility hasIssuesEnabled
    defaultBranchRef { name target { oid } }
    ledger: ref(qualifiedName: $ledger) { ${tipFields} }
    issues(first: 1) { totalCount }
  }
}`;
/** The first request of a session: it also tells what is asked next, the tip of the ledger's usual branch and whether issues may be read. */
function readRepository(client) {
    const attempt = { doing: 'read the repository', permission: 'metadata: read' };
    return client.attempt(attempt, async () => (await repository_readByGraphql(client)) ?? (await repository_readByRest(client)));
}
/** @returns `undefined` where GraphQL does not tell all of it: no endpoint, a permission less, no commit yet. */
async function repository_readByGraphql(client) {
    const { owner, repo } = client.place;
    const answer = await client.graphql(repository_query, { owner, name: repo, ledger: `refs/heads/${usualLedger}` });
    const start = answer?.errors.length === 0 ? Start.safeParse(answer.data) : undefined;
    if (!start?.success)
        return undefined;
    const { ledger, defaultBranchRef, ...remote } = start.data.repository;
    client.told.tips.set(usualLedger, toTip(ledger));
    client.told.issuesAreReadable = remote.hasIssuesEnabled;
    return {
        name: remote.nameWithOwner,
        id: String(remote.databaseId),
        defaultBranch: defaultBranchRef.name,
        defaultHead: defaultBranchRef.target.oid,
        visibility: lower[remote.visibility],
        url: remote.url,
    };
}
async function repository_readByRest(client) {
    const { owner, repo } = client.place;
    const octokit = await client.octokit();
    const remote = RestRepository.parse((await octokit.rest.repos.get({ owner, repo })).data);
    return {
        name: remote.full_name,
        id: String(remote.id),
        defaultBranch: remote.default_branch,
        defaultHead: await readBranchHead(client, remote.default_branch),
        // Older GitHub Enterprise says only whether it is private.
        visibility: remote.visibility ?? (remote.private ? 'private' : 'public'),
        url: remote.html_url,
    };
}

// EXTERNAL MODULE: ./build/src/events/role.js
var role = __webpack_require__(80031);
;// CONCATENATED MODULE: ./build/src/adapters/github/role.js



const Level = classic_schemas/* object */.Ikc({ permission: classic_schemas/* string */.YjP(), role_name: classic_schemas/* string */.YjP().optional() });
const RoleName = classic_schemas/* enum */.k5n(role/* roles */.O);
/** `permission` knows neither triage nor maintain; it only stands in for a custom role, whose base it names. */
async function readRole(client, login) {
    const { owner, repo } = client.place;
    return client.attempt({ doing: `look up what ${login} may do`, permission: 'metadata: read' }, async (octokit) => {
        try {
            const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username: login });
            const { permission, role_name } = Level.parse(data);
            return RoleName.safeParse(role_name).data ?? RoleName.safeParse(permission).data ?? 'none';
        }
        catch (error) {
            if ((0,github_failure/* understandFailure */.ri)(error)?.status === 404)
                return 'none';
            throw error;
        }
    });
}

;// CONCATENATED MODULE: ./build/src/adapters/github/root-entries.js

const root_entries_Tree = classic_schemas/* object */.Ikc({ tree: classic_schemas/* array */.YOg(classic_schemas/* object */.Ikc({ path: classic_schemas/* string */.YjP(), type: classic_schemas/* string */.YjP() })) });
/** What stands in the repository's root at a commit. */
function readRoot(client, commit) {
    const { owner, repo } = client.place;
    return client.attempt({ doing: 'list the files of the root', permission: 'contents: read' }, async (octokit) => {
        const { tree } = root_entries_Tree.parse((await octokit.rest.git.getTree({ owner, repo, tree_sha: commit })).data);
        const named = (type) => tree.filter((entry) => entry.type === type).map(({ path }) => path);
        return { files: named('blob'), folders: named('tree') };
    });
}

;// CONCATENATED MODULE: ./build/src/adapters/github/workflows.js


const workflows_Actor = classic_schemas/* object */.Ikc({ login: classic_schemas/* string */.YjP() }).nullish();
const workflows_Run = classic_schemas/* object */.Ikc({
    id: classic_schemas/* number */.aig().int().positive(),
    html_url: classic_schemas/* string */.YjP(),
    event: classic_schemas/* string */.YjP(),
    display_title: classic_schemas/* string */.YjP().nullish(),
    head_branch: classic_schemas/* string */.YjP().nullish(),
    head_sha: classic_schemas/* string */.YjP(),
    status: classic_schemas/* string */.YjP().nullish(),
    conclusion: classic_schemas/* string */.YjP().nullish(),
    created_at: classic_schemas/* string */.YjP(),
    run_attempt: classic_schemas/* number */.aig().optional(),
    actor: workflows_Actor,
    triggering_actor: workflows_Actor,
});
const Artifact = classic_schemas/* object */.Ikc({
    id: classic_schemas/* number */.aig().int().positive(),
    name: classic_schemas/* string */.YjP(),
    size_in_bytes: classic_schemas/* number */.aig().default(0),
    expired: classic_schemas/* boolean */.zMY().default(false),
    expires_at: classic_schemas/* string */.YjP().nullish(),
});
const Artifacts = classic_schemas/* object */.Ikc({ artifacts: classic_schemas/* array */.YOg(Artifact) });
const Started = classic_schemas/* object */.Ikc({ workflow_run_id: classic_schemas/* number */.aig().int().positive() });
function toRun(value) {
    const run = workflows_Run.parse(value);
    return {
        id: run.id,
        url: run.html_url,
        event: run.event,
        title: run.display_title ?? '',
        branch: run.head_branch ?? undefined,
        commit: run.head_sha,
        status: run.status ?? 'queued',
        conclusion: run.conclusion ?? undefined,
        createdAt: run.created_at,
        attempt: run.run_attempt ?? 1,
        actor: run.actor?.login,
        attemptBy: run.triggering_actor?.login,
    };
}
function toArtifact({ id, name, size_in_bytes, expires_at }, run) {
    return { id, run, name, bytes: size_in_bytes, expiresAt: expires_at ?? undefined };
}
function toQuery(given) {
    return Object.fromEntries(Object.entries(given).flatMap(([key, value]) => (value ? [[key, value]] : [])));
}
function createWorkflows(client) {
    const { owner, repo } = client.place;
    const dispatch = (workflow_id, { branch, request }) => client.attempt({ doing: `start the workflow ${workflow_id}`, permission: 'actions: write' }, async (octokit) => {
        const start = { owner, repo, workflow_id, ref: branch, inputs: { request } };
        const send = (more) => octokit.rest.actions.createWorkflowDispatch({ ...start, ...more });
        try {
            const { data } = await send({ return_run_details: true }).catch((error) => {
                // GitHub Enterprise Server may be older than the parameter; it has then started nothing.
                if (!/return_run_details/.test((0,github_failure/* understandFailure */.ri)(error)?.message ?? ''))
                    throw error;
                return send({});
            });
            return { run: Started.safeParse(data).data?.workflow_run_id };
        }
        catch (error) {
            const failure = (0,github_failure/* understandFailure */.ri)(error);
            if (failure?.status === 404 || failure?.status === 422)
                return { missing: failure.message };
            throw error;
        }
    });
    const runs = (workflow_id, { event, status, branch, since } = {}) => client.attempt({ doing: `list the runs of ${workflow_id}`, permission: 'actions: read' }, async (octokit) => {
        const query = toQuery({ event, branch, created: since && `>=${since}` });
        try {
            const route = 'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs';
            const asked = { owner, repo, workflow_id, per_page: 100, ...query };
            const { data } = await octokit.request(route, asked);
            const listed = classic_schemas/* object */.Ikc({ workflow_runs: classic_schemas/* array */.YOg(classic_schemas/* unknown */.L5J()) })
                .parse(data)
                .workflow_runs.map(toRun);
            return listed.filter((run) => status === undefined || run.status === status);
        }
        catch (error) {
            if ((0,github_failure/* understandFailure */.ri)(error)?.status === 404)
                return [];
            throw error;
        }
    });
    return {
        dispatch,
        runs,
        rerun: (run_id) => client.attempt({ doing: 'repeat a workflow run', permission: 'actions: write' }, (octokit) => orBusy(octokit.rest.actions.reRunWorkflow({ owner, repo, run_id }))),
        readRun: (run_id) => client.attempt({ doing: 'read a workflow run', permission: 'actions: read' }, async (octokit) => {
            const found = await orEnded(octokit.rest.actions.getWorkflowRun({ owner, repo, run_id }), [404]);
            return found && toRun(found.data);
        }),
        cancelRun: (run_id) => client.attempt({ doing: 'cancel a workflow run', permission: 'actions: write' }, async (octokit) => {
            await orEnded(octokit.rest.actions.cancelWorkflowRun({ owner, repo, run_id }), [404, 409]);
        }),
        listArtifacts: (run_id, name) => client.attempt({ doing: 'list the artifacts of a workflow run', permission: 'actions: read' }, async (octokit) => {
            const query = { owner, repo, run_id, name, per_page: 100 };
            const found = await orEnded(octokit.rest.actions.listWorkflowRunArtifacts(query), [404]);
            const { artifacts } = found ? Artifacts.parse(found.data) : { artifacts: [] };
            const isThere = (each) => each.name === name && !each.expired;
            return artifacts.filter(isThere).map((each) => toArtifact(each, run_id));
        }),
        removeArtifact: (artifact_id) => client.attempt({ doing: 'remove an artifact', permission: 'actions: write' }, async (octokit) => {
            await orEnded(octokit.rest.actions.deleteArtifact({ owner, repo, artifact_id }), [404, 410]);
        }),
    };
}
/** `undefined` where GitHub answers that what was asked for is gone, or over. */
async function orEnded(answer, statuses) {
    try {
        return await answer;
    }
    catch (error) {
        if (statuses.includes((0,github_failure/* understandFailure */.ri)(error)?.status ?? 0))
            return undefined;
        throw error;
    }
}
/** GitHub answers 403 where a run works already, or is too old, and for a missing permission as well. @returns false for the former. */
async function orBusy(answer) {
    try {
        await answer;
        return true;
    }
    catch (error) {
        const { status, message = '' } = (0,github_failure/* understandFailure */.ri)(error) ?? {};
        if (status === 404 || status === 409 || /already running|cannot be re-?run|unable to re-?run/i.test(message))
            return false;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/src/adapters/github/github.js


















/**
 * One repository on GitHub, GitHub Enterprise Server included. Nothing is loaded or asked before the first call.
 * @param manner.pacer of another one for the same repository: GitHub's limits do not ask for the token.
 */
function createGitHub(options, manner = {}) {
    const client = (0,github_client/* createClient */.U)(options, manner);
    const stores = new Map();
    const headOf = createBranchWatch(client);
    let self;
    let files = {};
    return {
        self: () => {
            const asking = self ??
                client.attempt({ doing: 'ask who this token is', permission: 'metadata: read' }, () => readOwnLogin(client));
            self = asking;
            // A failure is not kept: who asks next asks GitHub.
            asking.catch(() => {
                self = undefined;
            });
            return asking;
        },
        headOf,
        headAt: (branch, time) => readHeadAt(client, branch, time),
        isAhead: (base, commit) => isAhead(client, base, commit),
        repository: () => readRepository(client),
        checkPermissions: (needs) => checkPermissions(client, needs),
        root: (commit) => readRoot(client, commit),
        readFile(path, ref) {
            const key = `${ref}:${path}`;
            const reading = (files.key === key && files.text) || readFile(client, path, ref);
            // A commit never changes; the last one asked for is kept.
            files = /^[0-9a-f]{40}$/.test(ref) ? { key, text: reading } : {};
            reading.catch(() => {
                files = {};
            });
            return reading;
        },
        changedLines: (pullRequest) => readChangedLines(client, pullRequest),
        commitsBetween: (base, head, path) => readCommitsBetween(client, { base, head, path }),
        roleOf: (login) => readRole(client, login),
        issues: createIssues(client),
        comments: createComments(client),
        workflows: createWorkflows(client),
        checks: createChecks(client),
        branches: createBranches(client),
        pullRequests: createPullRequests(client),
        pullRequest: (number) => readPullRequest(client, number),
        issuesBy: (conduct) => createIssues((0,github_client/* createClient */.U)(options, { pacer: client.pacer, conduct })),
        disclosureBy: (conduct) => createDisclosure((0,github_client/* createClient */.U)(options, { pacer: client.pacer, conduct })),
        ledger: (branch) => {
            const store = stores.get(branch) ?? createBranchStore(client, branch);
            stores.set(branch, store);
            return store;
        },
    };
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


/***/ }),

/***/ 75988:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ isStorePath)
/* harmony export */ });
/** A segment of a store path: no leading dot (that is `.`, `..`, `.git` and a store's own bookkeeping), no control character, no `\` or `:`. */
const segment = /^[^./\\:\p{Cc}][^/\\:\p{Cc}]*$/u;
/** Whether a store may keep a file under this path: relative, forward slashes, never leading out. Every `Store` refuses the others. */
function isStorePath(path) {
    return path.length <= 500 && path.split('/').every((part) => segment.test(part));
}


/***/ })

};
