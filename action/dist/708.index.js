export const id = 708;
export const ids = [708];
export const modules = {

/***/ 2708:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 14 modules
var core = __webpack_require__(6421);
// EXTERNAL MODULE: ./build/src/courier.js + 241 modules
var src_courier = __webpack_require__(2154);
// EXTERNAL MODULE: ./build/src/events/understand-event.js + 1 modules
var understand_event = __webpack_require__(1613);
// EXTERNAL MODULE: ./build/src/lib/errors.js
var errors = __webpack_require__(9862);
// EXTERNAL MODULE: ./build/src/lib/text.js
var lib_text = __webpack_require__(5498);
// EXTERNAL MODULE: ./build/src/publishing/environment-secrets.js
var environment_secrets = __webpack_require__(8586);
// EXTERNAL MODULE: ./build/src/publishing/gate.js + 7 modules
var publishing_gate = __webpack_require__(6216);
// EXTERNAL MODULE: ./build/action/folders.js
var folders = __webpack_require__(6366);
// EXTERNAL MODULE: ./build/action/inputs.js + 2 modules
var action_inputs = __webpack_require__(2879);
;// CONCATENATED MODULE: ./build/action/log.js
/**
 * The log of a step. What Courier prints may hold text of the repository or of an agent, so no line of it may be read as a workflow
 * command. The commands that `core` makes for warnings and errors escape line ends themselves. The runner masks the secrets that it knows
 * as they are; the gate does so in every encoding.
 */
function createStepLog(core, gate) {
    return {
        debug: (message) => core.debug(gate.plain(message)),
        info: (message) => core.info(gate.logLine(message)),
        warn: (message) => core.warning(gate.plain(message)),
        error: (message) => core.error(gate.plain(message)),
    };
}

;// CONCATENATED MODULE: ./build/action/outputs.js
/** The value of each output of the step; empty where there is nothing to say. */
function toOutputs(outcome) {
    const { session, counts, files } = outcome;
    return {
        'session-id': session.id,
        phase: session.phase,
        result: outcome.result,
        findings: String(outcome.findings.length + counts.withheld),
        created: String(counts.created),
        updated: String(counts.updated),
        resolved: String(counts.resolved),
        reopened: String(counts.reopened),
        questions: String(session.questions.length),
        assumptions: String(session.assumptions.length),
        'cost-usd': session.costUsd === undefined ? '' : session.costUsd.toFixed(4),
        'report-path': files.html ?? '',
        'sarif-path': files.sarif ?? '',
        'plan-path': files.plan ?? '',
        'session-path': files.session ?? '',
    };
}

;// CONCATENATED MODULE: ./build/action/progress.js
// Often while a person may still be watching, seldom after that (contract section 3).
const earlyPaceMs = 5_000;
const latePaceMs = 60_000;
/**
 * Progress in the step's log. The steps of a scan: at most a line in 5 s during the first minute, one in 60 s after; the last one is
 * always told. An agent's turns: a log group each, with the names of the tools that it called. Never what was read or found.
 */
function createStepProgress(output, now = Date.now) {
    const started = now();
    let last = Number.NEGATIVE_INFINITY;
    let untold;
    let iteration;
    const say = (line) => {
        untold = undefined;
        last = now();
        output.info(line);
    };
    const closeGroup = () => {
        if (iteration !== undefined)
            output.endGroup();
        iteration = undefined;
    };
    const tellStep = (progress) => {
        closeGroup();
        const elapsed = now() - started;
        const line = lineOf(progress, elapsed);
        if (now() - last >= (elapsed < 60_000 ? earlyPaceMs : latePaceMs))
            say(line);
        else
            untold = line;
    };
    const tellTurn = (progress) => {
        if (progress.iteration !== iteration) {
            closeGroup();
            iteration = progress.iteration;
            output.startGroup(lineOf(progress, now() - started));
        }
        if (progress.tool)
            output.info(progress.tool);
    };
    return {
        tell: (progress) => (progress.iteration === undefined ? tellStep(progress) : tellTurn(progress)),
        end() {
            closeGroup();
            if (untold !== undefined)
                say(untold);
        },
    };
}
function lineOf({ step, iteration, of, costUsd, done }, elapsedMs) {
    const parts = [
        step,
        done === undefined ? undefined : `${Math.round(done * 100)} %`,
        iteration === undefined ? undefined : `iteration ${iteration} of ${of ?? '?'}`,
        `${Math.round(elapsedMs / 1000)} s`,
        costUsd === undefined ? undefined : `$${costUsd.toFixed(2)}`,
    ];
    return parts.filter((part) => part !== undefined).join(' · ');
}

;// CONCATENATED MODULE: ./build/action/main.js















/** The step: understand the event, let Courier work, tell what came of it. The one place where its errors end. */
async function main(env) {
    for (const credential of (0,action_inputs/* credentialsIn */.Wr)(env))
        core.setSecret(credential);
    core.saveState('courierStarted', 'true');
    const stop = stopOnSignals();
    const gate = (0,publishing_gate/* createGate */.q)({ secrets: [...(0,action_inputs/* credentialsIn */.Wr)(env), ...(0,environment_secrets/* environmentSecrets */.P)(env)] });
    try {
        const outcome = await run(env, { stop, gate });
        await tell(outcome, gate);
    }
    catch (error) {
        await tellFailure(sentenceFor(error), gate);
        if (!(error instanceof errors/* UserError */.yo))
            core.debug(gate.plain(error instanceof Error ? (error.stack ?? '') : ''));
    }
    // A connection that somebody keeps open must not keep the job alive.
    process.exit();
}
async function run(env, { stop, gate }) {
    const inputs = (0,action_inputs/* parseInputs */.TL)(env);
    const log = createStepLog(core, gate);
    const event = await toEvent(inputs);
    const progress = createStepProgress({ info: log.info, startGroup: core.startGroup, endGroup: core.endGroup });
    // Told before there is a sandbox: the post step ends what a killed step could not.
    const job = (0,external_node_crypto_.randomUUID)();
    core.saveState('courierJob', job);
    const courier = (0,src_courier/* createCourier */.uy)({
        repositoryPath: env.GITHUB_WORKSPACE ?? process.cwd(),
        assets: external_node_path_.join(import.meta.dirname, 'presets'),
        tools: { mode: 'tool-cache', cacheDir: (0,folders/* toolCacheFolder */.zM)(env) },
        env,
        github: githubFrom(inputs, env),
        model: inputs.anthropicApiKey ? { apiKey: inputs.anthropicApiKey, baseUrl: env.ANTHROPIC_BASE_URL } : undefined,
        e2b: inputs.e2bApiKey ? { access: (0,src_courier/* e2bAccess */.Kv)(inputs.e2bApiKey, env), job } : undefined,
        ledgerKey: inputs.ledgerKey,
        secrets: (0,action_inputs/* credentialsIn */.Wr)(env),
        outputFolder: (0,folders/* outputFolder */.qi)(env),
        sandboxFolder: (0,folders/* sandboxFolder */.IT)(env),
        layers: (0,folders/* setupLayers */.Ck)(env),
        log,
        progress: progress.tell,
    });
    try {
        return await courier.receive(event, stop);
    }
    finally {
        progress.end();
    }
}
function githubFrom(inputs, env) {
    const repository = env.GITHUB_REPOSITORY;
    if (!repository)
        throw new errors/* UserError */.yo('GITHUB_REPOSITORY is not set: this is a step of a GitHub workflow; on the command line use courier scan.');
    if (!inputs.githubToken)
        throw new errors/* UserError */.yo('Input github-token: it is empty; leave it out for the token of the job.');
    return {
        token: inputs.githubToken,
        repository,
        apiUrl: env.GITHUB_API_URL ?? 'https://api.github.com',
        graphqlUrl: env.GITHUB_GRAPHQL_URL ?? 'https://api.github.com/graphql',
        serverUrl: env.GITHUB_SERVER_URL ?? 'https://github.com',
    };
}
async function toEvent(inputs) {
    const { eventName: name, payload, actor, ref, serverUrl, runId } = await readContext();
    const repository = process.env.GITHUB_REPOSITORY;
    const run = repository && runId ? `${serverUrl}/${repository}/actions/runs/${runId}` : undefined;
    const step = (0,understand_event/* understandEvent */.P)(inputs.mode, { name, payload, actor, ref, run }, inputs.request);
    const request = { trigger: step.trigger, overrides: inputs, configPath: inputs.config, strict: true };
    if (step.kind === 'scan')
        return { kind: 'scan', ...request };
    if (step.kind === 'ticks')
        return { kind: 'ticks', ...request, edit: step.edit };
    return { kind: 'publish', ...request, discovery: await readDiscovery(inputs.sessionPath ?? '') };
}
/** The workflow's context; the toolkit reads the event file while it is imported. */
async function readContext() {
    try {
        return (await Promise.all(/* import() */[__webpack_require__.e(479), __webpack_require__.e(722)]).then(__webpack_require__.bind(__webpack_require__, 722))).context;
    }
    catch (error) {
        throw new errors/* ExternalError */.yA(`The event file at GITHUB_EVENT_PATH cannot be read: ${(0,errors/* messageOf */.bD)(error)}`, {
            cause: error,
        });
    }
}
async function readDiscovery(folder) {
    try {
        return await (0,promises_.readFile)(external_node_path_.join(folder, 'session.json'), 'utf8');
    }
    catch (error) {
        throw new errors/* UserError */.yo(`Input session-path: there is no session.json in ${folder || '(empty)'}. Give the folder that a step with publish: none left.`, { cause: error });
    }
}
/** GitHub cancels with SIGINT, SIGTERM 7.5 s later, then SIGKILL: the first asks the session to end and keep what it has. */
function stopOnSignals() {
    const controller = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'])
        process.on(signal, () => controller.abort());
    return controller.signal;
}
async function tell(outcome, gate) {
    for (const [name, value] of Object.entries(toOutputs(outcome)))
        core.setOutput(name, value);
    if (process.env.GITHUB_STEP_SUMMARY)
        await core.summary.addRaw(outcome.summary, true).write();
    annotate(outcome, gate);
    for (const note of outcome.notes)
        core.info(gate.logLine(note));
    const reasons = gate.plain(outcome.reasons.join(' '));
    if (outcome.result === 'failed')
        core.setFailed(`The session failed. ${reasons}`);
    else if (outcome.result === 'skipped')
        core.notice(`Skipped. ${reasons}`);
    else if (outcome.result === 'partial')
        core.warning(`The session is only partial. ${reasons}`);
    if (outcome.failOnMet)
        core.setFailed('An open finding has the priority of fail-on, or worse.');
}
const mostAnnotations = 10;
function annotate({ findings, annotates }, gate) {
    if (!annotates)
        return;
    for (const finding of findings.slice(0, mostAnnotations)) {
        const place = finding.location;
        const properties = place
            ? { title: `Courier ${finding.id}`, file: place.path, ...(place.startLine ? { startLine: place.startLine } : {}) }
            : { title: `Courier ${finding.id}` };
        const title = gate.plain(finding.title);
        if (finding.severity <= 2)
            core.error(title, properties);
        else
            core.warning(title, properties);
    }
    const more = findings.length - mostAnnotations;
    if (more > 0)
        core.info(`${(0,lib_text/* count */.U9)(more, 'more finding')}: see the summary.`);
}
/** A step that did not get to a session says so where people look: a summary without a word would read as nothing found. */
async function tellFailure(sentence, gate) {
    core.setOutput('result', 'failed');
    core.setFailed(gate.plain(sentence));
    if (!process.env.GITHUB_STEP_SUMMARY)
        return;
    await core.summary.addRaw(`## Courier\n\n**Failed:** ${gate.block(sentence)}`, true).write();
}
function sentenceFor(error) {
    if (error instanceof errors/* UserError */.yo)
        return error.message;
    if (error instanceof errors/* ExternalError */.yA)
        return error.hint ? `${error.message} ${error.hint}` : error.message;
    return `Courier failed unexpectedly: ${(0,errors/* messageOf */.bD)(error)}`;
}


/***/ })

};
