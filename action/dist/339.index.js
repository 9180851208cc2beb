export const id = 339;
export const ids = [339,668];
export const modules = {

/***/ 60339:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 14 modules
var core = __webpack_require__(96421);
// EXTERNAL MODULE: ./build/src/events/understand-event.js + 5 modules
var understand_event = __webpack_require__(25788);
// EXTERNAL MODULE: ./build/src/lib/errors.js
var errors = __webpack_require__(89862);
// EXTERNAL MODULE: ./build/src/lib/text.js
var lib_text = __webpack_require__(95498);
// EXTERNAL MODULE: ./build/src/publishing/environment-secrets.js
var environment_secrets = __webpack_require__(88586);
// EXTERNAL MODULE: ./build/src/publishing/gate.js + 9 modules
var publishing_gate = __webpack_require__(53364);
// EXTERNAL MODULE: ./build/src/sessions/split.js
var split = __webpack_require__(75991);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/src/events/workflow-file.js
var workflow_file = __webpack_require__(16369);
// EXTERNAL MODULE: ./build/src/config/parse-config.js
var parse_config = __webpack_require__(5982);
// EXTERNAL MODULE: ./build/src/commands/authorise.js
var authorise = __webpack_require__(93326);
// EXTERNAL MODULE: ./build/src/publishing/safe-text.js
var safe_text = __webpack_require__(59308);
;// CONCATENATED MODULE: ./build/src/commands/check-run.js

/** Buttons of a check run. GitHub takes three at most, and 20 characters of a label, 40 of a description, 20 of an identifier. */
const buttons = {
    rerun: { identifier: 'rerun', label: 'Re-run', description: 'Do it again, on the same request' },
    stop: { identifier: 'stop', label: 'Stop', description: 'End it now; what it had is kept' },
    approve: { identifier: 'approve', label: 'Approve', description: 'Approve all assumptions of the request' },
};
function isButton(identifier) {
    return Object.hasOwn(buttons, identifier);
}
/** The verb whose permission a button asks for; what is repeated asks for that of the command itself. */
const verbOf = { stop: 'stop', approve: 'approve' };
const stateWords = {
    in_progress: 'at work',
    success: 'done',
    failure: 'failed',
    cancelled: 'cancelled',
    timed_out: 'timed out',
};
/** By what a check run is found again whose making was answered to nobody. */
function externalIdOf({ issue }, { comment, index, run, attempt }) {
    return `courier:${issue}:${comment}:${index}:${run}:${attempt}`;
}
/** What a check run shows. `note`: what came of a button, as a sentence. */
function renderCheck({ state, verb, run, say, note }, { gate, offered }) {
    const isOver = state !== 'in_progress';
    const wanted = isOver ? ['rerun', 'approve'] : ['stop'];
    const shown = wanted.filter((button) => button !== 'approve' || offered.has('approve'));
    const link = (0,safe_text/* safe */.gB) `${gate.link((0,safe_text/* safe */.gB) `The workflow's run`, run)}.`;
    return {
        state,
        title: (0,safe_text/* safe */.gB) `${gate.codeSpan(`/courier ${verb}`)}: ${gate.inline(stateWords[state])}`,
        summary: gate.body((0,safe_text/* joinSafe */.e)([say, note, link], (0,safe_text/* safe */.gB) `\n\n`)),
        buttons: shown.map((button) => buttons[button]),
    };
}
/** How a check run ends: as the command did; where the run says more, as that. */
function toConclusion(outcome, run) {
    if (outcome === 'done')
        return 'success';
    if (run === 'cancelled' || run === 'timed_out')
        return run;
    return 'failure';
}
const isSame = (one, other) => one.comment === other.comment && one.index === other.index && one.run === other.run && one.attempt === other.attempt;
function findCheck({ checks }, key) {
    return checks.find((each) => isSame(each, key));
}
const mostChecks = 100;
/** Keeps an entry, in the place of the one of the same attempt. */
function keepCheck(inbox, entry) {
    const others = inbox.checks.filter((each) => !isSame(each, entry));
    return { ...inbox, checks: [...others, entry].slice(-mostChecks) };
}
/** Of each issue the newest check run on a commit, which is the one that GitHub shows; by their ids. */
function newestChecksOn(commit, inboxes) {
    return inboxes.flatMap(({ checks }) => {
        const own = checks.filter((each) => each.commit === commit && each.check !== undefined);
        return own.toSorted((a, b) => a.at.localeCompare(b.at)).at(-1)?.check ?? [];
    });
}
/** The check run of an id, with its issue. */
function findCheckById(inboxes, check) {
    for (const inbox of inboxes) {
        const entry = inbox.checks.find((each) => each.check === check);
        if (entry)
            return { issue: inbox.issue, comment: entry.comment, index: entry.index, entry };
    }
    return undefined;
}

// EXTERNAL MODULE: ./build/src/commands/parse-commands.js + 8 modules
var parse_commands = __webpack_require__(64532);
// EXTERNAL MODULE: ./build/src/ledger/read-ledger.js + 1 modules
var read_ledger = __webpack_require__(47125);
// EXTERNAL MODULE: ./build/src/ledger/update-ledger.js + 2 modules
var update_ledger = __webpack_require__(23291);
// EXTERNAL MODULE: ./build/src/lib/clock.js
var lib_clock = __webpack_require__(19563);
// EXTERNAL MODULE: ./build/src/lib/hash.js
var hash = __webpack_require__(47441);
// EXTERNAL MODULE: ./build/src/findings/labels.js
var findings_labels = __webpack_require__(47749);
// EXTERNAL MODULE: ./build/src/flows/tell-rest-ended.js
var tell_rest_ended = __webpack_require__(39358);
;// CONCATENATED MODULE: ./build/src/flows/do-owed.js


/** What a change brings with it elsewhere, as it is on record until it was done. */
function owedBy({ issue, effects = [] }) {
    if (!issue)
        return [...effects];
    const { addLabels = [], removeLabels = [] } = issue.update;
    return [{ kind: 'labels', issue: issue.number, add: [...addLabels], remove: [...removeLabels] }, ...effects];
}
/** In their order; each may be done twice. */
async function doOwed(owed, desk) {
    for (const one of owed)
        await doOne(one, desk);
}
async function doOne(owed, desk) {
    const { github, gate, config } = desk;
    switch (owed.kind) {
        case 'labels': {
            const [addLabels, removeLabels] = [owed.add, owed.remove].map((names) => names.map((name) => gate.label(name)));
            if (addLabels && addLabels.length > 0)
                await github.issues.ensureLabels((0,findings_labels/* findLabels */.Tf)(addLabels));
            return github.issues.update(owed.issue, {
                ...(addLabels && { addLabels }),
                ...(removeLabels && { removeLabels }),
            });
        }
        case 'cancel-run':
            return github.workflows.cancelRun(owed.run);
        case 'remove-artifact':
            for (const { id } of await github.workflows.listArtifacts(owed.run, owed.name))
                await github.workflows.removeArtifact(id);
            return;
        case 'rest-ended':
            return (0,tell_rest_ended/* tellRestEnded */.y)(owed, { ...desk, store: github.ledger(config.ledger.branch), actor: 'courier' });
    }
}

// EXTERNAL MODULE: ./build/src/flows/follow-command.js
var follow_command = __webpack_require__(86490);
// EXTERNAL MODULE: ./build/src/commands/command-ends.js
var command_ends = __webpack_require__(12184);
// EXTERNAL MODULE: ./build/src/commands/inbox.js
var commands_inbox = __webpack_require__(26512);
// EXTERNAL MODULE: ./build/src/events/comment-key.js
var comment_key = __webpack_require__(39092);
// EXTERNAL MODULE: ./build/src/commands/choose-session.js
var choose_session = __webpack_require__(87930);
// EXTERNAL MODULE: ./build/src/commands/decide-export.js
var decide_export = __webpack_require__(33989);
// EXTERNAL MODULE: ./build/src/findings/history.js
var findings_history = __webpack_require__(4548);
// EXTERNAL MODULE: ./build/src/findings/severity.js
var findings_severity = __webpack_require__(11669);
;// CONCATENATED MODULE: ./build/src/commands/decide-finding.js





const day = 24 * 3_600_000;
/** The finding that a command is about: the one it names, else the one of the issue. */
function findFinding(named, { issue }, { findings }) {
    return findings.find((finding) => (named === undefined ? finding.issue?.number === issue : finding.id === named));
}
/** What is said where there is none. */
function noFinding(named, { gate }) {
    const say = named === undefined
        ? (0,safe_text/* safe */.gB) `This is not the issue of a finding; name one by its id, \`F-…\`.`
        : (0,safe_text/* safe */.gB) `The ledger knows no finding ${gate.inline(named)}.`;
    return { answer: { outcome: 'refused', say } };
}
function ignore(command, context, ledger) {
    const finding = findFinding(command.finding, context, ledger);
    const { at, by, gate } = context;
    if (!finding)
        return noFinding(command.finding, context);
    const { id } = finding;
    if (finding.state === 'resolved')
        return refuse((0,safe_text/* safe */.gB) `${gate.inline(id)} is resolved: there is nothing to ignore.`);
    const until = command.days === undefined ? undefined : (0,lib_clock/* isoTime */.Ly)(Date.parse(at) + command.days * day);
    const reason = command.reason === undefined ? undefined : gate.plain(command.reason);
    const ignored = { at, by, ...(until === undefined ? {} : { until }), ...(reason === undefined ? {} : { reason }) };
    const silent = (0,findings_history/* addToHistory */.P)({ ...finding, state: 'ignored', ignored }, { at, what: 'ignored', by, detail: reason });
    const end = until === undefined
        ? (0,safe_text/* safe */.gB) `until somebody writes \`/courier unignore\``
        : (0,safe_text/* safe */.gB) `until ${gate.inline(until.slice(0, 10))}`;
    const label = gate.label((0,findings_labels/* labelFor */.gt)({ state: 'ignored' }));
    return {
        answer: { outcome: 'done', say: (0,safe_text/* safe */.gB) `Courier is silent about ${gate.inline(id)} ${end}.` },
        changes: { findings: [silent] },
        audit: { action: 'ignore', target: id },
        ...(finding.issue ? { issue: { number: finding.issue.number, update: { addLabels: [label] } } } : {}),
    };
}
function unignore(command, context, ledger) {
    const finding = findFinding(command.finding, context, ledger);
    const { at, by, gate } = context;
    if (!finding)
        return noFinding(command.finding, context);
    const { ignored, ...rest } = finding;
    if (!ignored)
        return refuse((0,safe_text/* safe */.gB) `${gate.inline(finding.id)} is not ignored.`);
    const state = finding.issue ? 'open' : 'detected';
    const label = gate.label((0,findings_labels/* labelFor */.gt)({ state: 'ignored' }));
    return {
        answer: { outcome: 'done', say: (0,safe_text/* safe */.gB) `Courier tells of ${gate.inline(finding.id)} again from the next scan on.` },
        changes: { findings: [(0,findings_history/* addToHistory */.P)({ ...rest, state }, { at, what: 'unignored', by })] },
        audit: { action: 'unignore', target: finding.id },
        ...(finding.issue ? { issue: { number: finding.issue.number, update: { removeLabels: [label] } } } : {}),
    };
}
function setPriority(command, context, ledger) {
    const finding = findFinding(command.finding, context, ledger);
    const { at, by, gate } = context;
    if (!finding)
        return noFinding(command.finding, context);
    const { priority } = command;
    const { issue } = finding;
    const label = (0,findings_labels/* labelFor */.gt)({ priority });
    const others = [...(issue?.observed?.labels ?? []), ...(issue?.labels ?? [])].filter((each) => {
        const other = (0,findings_labels/* toLabelPriority */.u9)(each);
        return other !== undefined && other !== priority;
    });
    const update = {
        addLabels: [gate.label(label)],
        removeLabels: [...new Set(others)].map((other) => gate.label(other)),
    };
    // Where the next command comes before anybody looked at the issue, it has to take this label away.
    const labels = [...(issue?.labels ?? []).filter((each) => each !== label && !others.includes(each)), label];
    const set = {
        ...finding,
        ...(issue && { issue: { ...issue, labels } }),
        ...{ severity: (0,findings_severity/* toSeverity */.T_)(priority), prioritySet: { at, by } },
    };
    return {
        answer: {
            outcome: 'done',
            say: (0,safe_text/* safe */.gB) `The priority of ${gate.inline(finding.id)} is ${gate.inline(priority)} from now on, whatever scans say.`,
        },
        changes: { findings: [(0,findings_history/* addToHistory */.P)(set, { at, what: 'priority', by, detail: priority })] },
        audit: { action: 'priority', target: finding.id },
        ...(issue ? { issue: { number: issue.number, update } } : {}),
    };
}
function pause(_, context, { dashboard }) {
    const { at, by, gate } = context;
    if (dashboard?.paused)
        return refuse((0,safe_text/* safe */.gB) `Scheduled scans are held already, since ${gate.inline(dashboard.paused.at)}.`);
    return {
        answer: { outcome: 'done', say: (0,safe_text/* safe */.gB) `Scheduled scans are held until somebody writes \`/courier unpause\`.` },
        changes: { dashboard: { version: 1, sessions: [], ...dashboard, paused: { at, by } } },
        audit: { action: 'pause', target: 'scheduled scans' },
    };
}
function unpause(_, __, { dashboard }) {
    if (!dashboard?.paused)
        return refuse((0,safe_text/* safe */.gB) `Scheduled scans are not held.`);
    const { paused: _paused, ...rest } = dashboard;
    return {
        answer: { outcome: 'done', say: (0,safe_text/* safe */.gB) `Scheduled scans go on.` },
        changes: { dashboard: rest },
        audit: { action: 'unpause', target: 'scheduled scans' },
    };
}
/** Whether findings that were asked for may be filed, in words for the person. `undefined`: they may. */
function whyNotFiled(ids, { gate }, { findings }) {
    const unknown = whyUnknown(ids, { gate }, { findings });
    if (unknown)
        return unknown;
    const others = findings.filter(({ id, issue, state }) => ids.includes(id) && (issue || state === 'resolved'));
    if (others.length === 0)
        return undefined;
    const names = gate.inline(others.map(({ id }) => id).join(', '));
    const rest = others.length === 1 ? (0,safe_text/* safe */.gB) `has an issue or is resolved` : (0,safe_text/* safe */.gB) `have an issue or are resolved`;
    return refuse((0,safe_text/* safe */.gB) `Nothing was filed: ${names} ${rest}.`);
}
/** A run that could only say so is not started. */
function whyUnknown(ids, { gate }, { findings }) {
    const unknown = ids.find((id) => !findings.some((finding) => finding.id === id));
    return unknown === undefined ? undefined : refuse((0,safe_text/* safe */.gB) `The ledger knows no finding ${gate.inline(unknown)}.`);
}
function refuse(say) {
    return { answer: { outcome: 'refused', say } };
}

// EXTERNAL MODULE: ./build/src/config/rule-text.js
var rule_text = __webpack_require__(12734);
// EXTERNAL MODULE: ./build/src/memory/review-learnings.js
var review_learnings = __webpack_require__(81067);
// EXTERNAL MODULE: ./build/src/memory/rules.js
var rules = __webpack_require__(33978);
// EXTERNAL MODULE: ./build/src/commands/name-assumption.js
var name_assumption = __webpack_require__(78689);
// EXTERNAL MODULE: ./build/src/commands/render-help.js
var render_help = __webpack_require__(99312);
;// CONCATENATED MODULE: ./build/src/commands/decide-learning.js







/** `approve`, `decline` and `correct` of learnings and rules, on the dashboard: each by itself, bound to the text that was there. */
async function reviewLearnings(command, context, ledger) {
    const { by, at, written, gate, place } = context;
    if (place !== 'dashboard')
        return { answer: { outcome: 'refused', say: (0,safe_text/* safe */.gB) `Learnings and rules are reviewed on the dashboard.` } };
    const named = (0,name_assumption/* nameAssumption */.Fc)(command, undefined);
    if ('misused' in named) {
        const { verb } = command;
        const say = (0,render_help/* renderProblem */.yM)({ kind: 'misused', verb, why: named.misused }, gate);
        return { answer: { outcome: 'refused', say } };
    }
    const before = await ledger.readLearnings();
    const review = { by, at, from: placeOfComment(context), seen: written };
    let learnings = before;
    const said = [];
    const done = [];
    for (const act of actsOf(named, before, context)) {
        const reviewed = (0,review_learnings/* reviewLearning */.P)(learnings, act, review);
        said.push(gate.inline('done' in reviewed ? reviewed.done : reviewed.refused));
        if ('done' in reviewed) {
            learnings = reviewed.learnings;
            done.push(act.id);
        }
    }
    if (done.length === 0) {
        const none = said.length > 0 ? (0,safe_text/* joinSafe */.e)(said, (0,safe_text/* safe */.gB) ` `) : (0,safe_text/* safe */.gB) `No learning is proposed.`;
        return { answer: { outcome: 'refused', say: none } };
    }
    return {
        answer: { outcome: done.length === said.length ? 'done' : 'failed', say: (0,safe_text/* joinSafe */.e)(said, (0,safe_text/* safe */.gB) ` `) },
        ...(learnings === before ? {} : { changes: { learnings } }),
        audit: { action: `${command.verb}-learning`, target: done.join(', ') },
    };
}
const decide_learning_day = 86_400_000;
function actsOf(command, { learnings }, { gate, written }) {
    if (command.verb === 'correct')
        return [{ kind: 'correct', id: command.assumption, text: gate.plain(command.text) }];
    if (command.verb === 'decline') {
        const reason = command.reason === undefined ? undefined : gate.plain(command.reason);
        return command.assumptions.map((id) => ({ kind: 'decline', id, reason }));
    }
    // `all` are those that were there to be seen.
    const isSeen = ({ history }) => history.every(({ at }) => Date.parse(at) <= Date.parse(written));
    const ids = command.assumptions === 'all'
        ? learnings.filter((learning) => learning.state === 'proposed' && isSeen(learning)).map(({ id }) => id)
        : command.assumptions;
    const { days } = command;
    const until = days === undefined ? {} : { until: (0,lib_clock/* isoTime */.Ly)(Date.parse(written) + days * decide_learning_day) };
    return ids.map((id) => ({ kind: 'approve', id, ...until }));
}
/** Keeps a framing for agents beside those of the configuration. */
async function addRuleByCommand({ paths = ['**'], text }, context, ledger) {
    const { by, at, gate } = context;
    const why = (0,rule_text/* whyNoRule */.q)(text);
    if (why !== undefined)
        return { answer: { outcome: 'refused', say: (0,safe_text/* safe */.gB) `A rule is ${gate.inline(why)}.` } };
    const before = await ledger.readLearnings();
    const added = (0,rules/* addRule */.W9)(before, { paths, text: gate.plain(text) }, { by, at, from: placeOfComment(context) });
    if ('refused' in added)
        return { answer: { outcome: 'refused', say: gate.inline(added.refused) } };
    const { id } = added.rule;
    const where = (0,safe_text/* joinSafe */.e)(paths.map((path) => gate.codeSpan(path)), (0,safe_text/* safe */.gB) `, `);
    return {
        answer: {
            outcome: 'done',
            say: (0,safe_text/* safe */.gB) `Rule ${gate.inline(id)} frames what agents do in ${where}, from the next scan on. It changes no severity. \`/courier decline ${gate.inline(id)}\` on the dashboard deletes it.`,
        },
        ...(added.learnings === before ? {} : { changes: { learnings: added.learnings } }),
        audit: { action: 'add-rule', target: id },
    };
}
function placeOfComment({ repository, issue, mandate }) {
    return `${repository.url}/issues/${issue}#issuecomment-${mandate.comment}`;
}

// EXTERNAL MODULE: ./build/src/ledger/mail-record.js
var mail_record = __webpack_require__(19372);
// EXTERNAL MODULE: ./build/src/runs/advance-chain.js
var advance_chain = __webpack_require__(49786);
// EXTERNAL MODULE: ./build/src/sessions/close-resting.js
var close_resting = __webpack_require__(80416);
// EXTERNAL MODULE: ./build/src/sessions/may-resume.js
var may_resume = __webpack_require__(78900);
// EXTERNAL MODULE: ./build/src/sessions/phases.js
var phases = __webpack_require__(1211);
;// CONCATENATED MODULE: ./build/src/commands/rest-ended.js
/** What follows where a session is over that rested: of a run its issue, and whoever asked for it, are told. */
function restEnded({ id, phase, issueRun }) {
    return phase === 'stopped' && issueRun ? [{ kind: 'rest-ended', issue: issueRun.issue, session: id }] : [];
}

;// CONCATENATED MODULE: ./build/src/commands/stop-asked.js


/** The runs of the issue that a command stands on, or whose pull request that is. */
async function runsHere({ issue, place }, ledger) {
    if (place !== 'pull-request')
        return ledger.readRuns(issue);
    const all = await Promise.all(ledger.listRuns().map((number) => ledger.readRuns(number)));
    return all.find((runs) => runs?.pullRequest?.number === issue);
}
/**
 * Stops a run that was asked for here and has not begun: its workflow waits for a runner, or prepares itself. Whoever was to do it finds that on
 * record; its workflow is cancelled where it is known.
 *
 * @returns `undefined` where there is none.
 */
async function stopAsked(context, ledger) {
    const runs = await runsHere(context, ledger);
    const asked = runs?.asked;
    if (!runs || !asked || runs.claim || asked.stopped)
        return undefined;
    const waiting = await findWaiting(asked, runs, ledger);
    if (!waiting)
        return undefined;
    const { gate, by, at } = context;
    return {
        answer: {
            outcome: 'done',
            say: (0,safe_text/* safe */.gB) `The run that ${gate.inline(asked.by)} asked for has not begun, and does not. \`/courier retry\` on #${runs.issue} asks for it again.`,
        },
        changes: { runs: { ...runs, asked: { ...asked, stopped: { by, at } } } },
        audit: { action: 'stop-run', target: `#${runs.issue}` },
        effects: waiting.run === undefined ? [] : [{ kind: 'cancel-run', run: waiting.run }],
    };
}
async function findWaiting(asked, { attempts }, ledger) {
    const { order } = asked;
    if (order) {
        const began = attempts.some((attempt) => attempt.order === order.id);
        return began ? undefined : { run: order.taken ?? order.started?.run };
    }
    const open = (0,command_ends/* openCommands */.zE)(await ledger.readInbox(asked.issue));
    return open.find(({ comment, index }) => comment === asked.comment && index === asked.index);
}

;// CONCATENATED MODULE: ./build/src/commands/decide-order.js









/** A job that has not ended by its own for so long, although it was asked to, is cancelled when somebody asks again. */
const graceMinutes = 2;
/** It reads the letter within seconds, and rests after the call that it is in. */
async function stop(command, context, ledger) {
    const chain = await findChain(command.session, context.issue, ledger);
    return chain ? stopChain(chain, context, ledger) : stopSession(command, context, ledger);
}
/** Of a chain the run that is at work stops, and no other begins. */
async function stopChain(chain, context, ledger) {
    const { gate, by } = context;
    const current = (0,advance_chain/* currentLink */.Q6)(chain);
    const runs = current && (await ledger.readRuns(current.issue));
    const isAtWork = runs?.attempts.some(({ order }) => order !== undefined && order === current?.order) ?? false;
    const session = isAtWork && runs?.claim ? await (0,choose_session/* readSession */.l)(runs.claim.session, ledger) : undefined;
    const stopped = { ...chain, end: { how: 'stopped', why: `${gate.plain(by)} stopped it.`, told: false } };
    const say = (0,safe_text/* safe */.gB) `The chain of #${chain.issue} is stopped: no other run of it begins.`;
    const audit = { action: 'stop-chain', target: `#${chain.issue}` };
    if (!session || !(0,phases/* isUnderWay */.gn)(session.phase))
        return { answer: { outcome: 'done', say }, changes: { chain: stopped }, audit };
    const sent = await send('stop', session, context, {
        ledger,
        say: (0,safe_text/* safe */.gB) `${say} ${nameOf(session, context)} ends after its current step.`,
    });
    return { ...sent, changes: { ...sent.changes, chain: stopped } };
}
/** The chain that was asked for on the issue, or whose run of the issue it is now; where a session is named, the one that it works for. */
async function findChain(session, issue, ledger) {
    const open = (await ledger.listChains()).filter(({ end }) => !end);
    for (const chain of open) {
        const current = (0,advance_chain/* currentLink */.Q6)(chain);
        if (session === undefined && (chain.issue === issue || current?.issue === issue))
            return chain;
        const runs = session !== undefined && current ? await ledger.readRuns(current.issue) : undefined;
        const attempt = runs?.attempts.find((one) => one.session === session);
        if (attempt?.order !== undefined && attempt.order === current?.order)
            return chain;
    }
    return undefined;
}
async function stopSession(command, context, ledger) {
    const { gate } = context;
    const waiting = command.session === undefined ? await stopAsked(context, ledger) : undefined;
    if (waiting)
        return waiting;
    const session = await (0,choose_session/* chooseSession */.A)(command.session, { issue: context.issue, meant: 'working' }, ledger);
    if (!session)
        return noneThat('working', command.session, context);
    // A run that waits for answers holds its issue: to stop it is to give that back.
    if (session.phase === 'stopped' && session.issueRun)
        return decide_order_close(session, context, ledger);
    if (!(0,phases/* isUnderWay */.gn)(session.phase))
        return decide_order_refuse((0,safe_text/* safe */.gB) `${nameOf(session, context)} is not at work (${gate.inline(session.phase)}).`);
    return send('stop', session, context, {
        ledger,
        say: (0,safe_text/* safe */.gB) `${nameOf(session, context)} ends after its current step; ${whatFollows(session, gate.inline(session.id))}`,
    });
}
/** What can be done after a stop: only scans rest. */
function whatFollows({ kind, issueRun }, id) {
    // What a run's agents wrote is not kept: it begins anew.
    if (issueRun)
        return (0,safe_text/* safe */.gB) `\`/courier retry\` on #${issueRun.issue} starts it anew.`;
    if (kind === 'ask')
        return (0,safe_text/* safe */.gB) `it cannot go on after that: \`/courier clone ${id}\` asks the same question once more.`;
    if (kind === 'answer')
        return (0,safe_text/* safe */.gB) `what it proposed by then is kept, and \`/courier answer-session\` starts another.`;
    return (0,safe_text/* safe */.gB) `\`/courier resume ${id}\` goes on.`;
}
/** What works is told to end; a job that does not is cancelled when somebody asks again; what rests is closed. */
async function kill(command, context, ledger) {
    const { gate, issue, at } = context;
    const waiting = command.session === undefined ? await stopAsked(context, ledger) : undefined;
    if (waiting)
        return waiting;
    const session = (await (0,choose_session/* chooseSession */.A)(command.session, { issue, meant: 'working' }, ledger)) ??
        (command.session === undefined ? await (0,choose_session/* chooseSession */.A)(undefined, { issue, meant: 'resting' }, ledger) : undefined);
    if (!session)
        return noneThat('working', command.session, context);
    if (session.phase === 'stopped')
        return decide_order_close(session, context, ledger);
    const name = nameOf(session, context);
    if ((0,phases/* isEnded */.pl)(session.phase))
        return decide_order_refuse((0,safe_text/* safe */.gB) `${name} has ended already (${gate.inline(session.phase)}).`);
    const { letters } = await ledger.readMail();
    const asked = letters.find((letter) => letter.kind === 'kill' && letter.session === session.id);
    const isDeaf = asked !== undefined && Date.parse(at) - Date.parse(asked.at) >= graceMinutes * 60_000;
    if (!isDeaf || session.runner?.kind !== 'workflow')
        return send('kill', session, context, {
            ledger,
            say: (0,safe_text/* safe */.gB) `${name} ends now; what it had found is kept. Where it still works after ${graceMinutes} minutes, write the command again: then its workflow run is cancelled.`,
        });
    return send('kill', session, context, {
        ledger,
        say: (0,safe_text/* safe */.gB) `${name} did not end by itself: its workflow run is cancelled, which keeps what it had found.`,
        effects: [{ kind: 'cancel-run', run: session.runner.run }],
    });
}
/** `act`: the session has ended, and a new one follows it. */
async function tell(command, context, ledger) {
    const { gate, issue } = context;
    const session = await (0,choose_session/* chooseSession */.A)(command.session, { issue, meant: 'working' }, ledger);
    if (!session)
        return noneThat('working', command.session, context);
    const name = nameOf(session, context);
    if (session.phase === 'stopped')
        return decide_order_refuse((0,safe_text/* safe */.gB) `${name} rests: \`/courier resume ${gate.inline(session.id)}\` first${(0,may_resume/* openQuestions */.qd)(session).length > 0 ? (0,safe_text/* safe */.gB) `, or answer its questions` : (0,safe_text/* safe */.gB) ``}.`);
    if ((0,phases/* isEnded */.pl)(session.phase))
        return 'act';
    return send('tell', session, context, { ledger, say: (0,safe_text/* safe */.gB) `${name} reads it after its current step.` });
}
/** Whether a session that rests may go on; in the words of comments, as the command line has its own. */
async function resume(command, context, ledger) {
    const { gate, issue } = context;
    const session = await (0,choose_session/* chooseSession */.A)(command.session, { issue, meant: 'resting' }, ledger);
    if (!session)
        return noneThat('resting', command.session, context);
    const [name, id] = [nameOf(session, context), gate.inline(session.id)];
    if ((0,phases/* isUnderWay */.gn)(session.phase))
        return decide_order_refuse((0,safe_text/* safe */.gB) `${name} is at work (${gate.inline(session.phase)}).`);
    if (session.phase === 'completed')
        return decide_order_refuse((0,safe_text/* safe */.gB) `${name} has ended. \`/courier tell ${id} TEXT\` starts one that builds on it.`);
    if ((0,phases/* isEnded */.pl)(session.phase) && session.issueRun)
        return decide_order_refuse((0,safe_text/* safe */.gB) `${name} was a run of #${session.issueRun.issue} and has ended: \`/courier retry\` there starts it anew.`);
    if ((0,phases/* isEnded */.pl)(session.phase))
        return decide_order_refuse((0,safe_text/* safe */.gB) `${name} has ended (${gate.inline(session.phase)}) and cannot go on: \`/courier clone ${id}\` starts it anew.`);
    const open = session.stopReason === 'waiting_input' ? (0,may_resume/* openQuestions */.qd)(session).map((question) => question.id) : [];
    if (open.length === 0)
        return 'act';
    return decide_order_refuse((0,safe_text/* safe */.gB) `${name} waits for ${gate.inline(open.join(', '))}: answer, or leave it to the agent's assumption with \`/courier skip ${gate.inline(open[0] ?? '')}\`.`);
}
async function clone(command, context, ledger) {
    const session = await (0,choose_session/* chooseSession */.A)(command.session, { issue: context.issue, meant: 'last' }, ledger);
    return session ? 'act' : noneThat('last', command.session, context);
}
/** One that rests has nobody to tell: its record is closed. */
async function decide_order_close(session, context, ledger) {
    const { gate, by, at } = context;
    const name = nameOf(session, context);
    const runs = session.issueRun && (await ledger.readRuns(session.issueRun.issue));
    const why = `It was ended by ${gate.plain(by)} while it rested.`;
    const closed = (0,close_resting/* closeResting */.r)(session, { end: 'ended', why, at }, runs);
    if ('refused' in closed)
        return decide_order_refuse(gate.inline(closed.refused));
    const free = session.issueRun
        ? (0,safe_text/* safe */.gB) `#${session.issueRun.issue} is free for another run`
        : (0,safe_text/* safe */.gB) `what it had found is kept`;
    return {
        answer: { outcome: 'done', say: (0,safe_text/* safe */.gB) `${name} has ended; ${free}.` },
        changes: closed,
        audit: { action: 'kill-session', target: session.id },
        effects: restEnded(session),
    };
}
async function send(kind, session, { mandate, issue, index, by, at }, { ledger, say, effects = [] }) {
    const { comment, digest } = mandate;
    const letter = { session: session.id, kind, by, at, issue, comment, index, digest };
    return {
        answer: { outcome: 'done', say },
        changes: { mail: (0,mail_record/* post */.b)(await ledger.readMail(), letter) },
        audit: { action: `${kind}-session`, target: session.id },
        effects,
    };
}
const none = {
    last: (0,safe_text/* safe */.gB) `There is no session yet.`,
    working: (0,safe_text/* safe */.gB) `No session is at work.`,
    resting: (0,safe_text/* safe */.gB) `No session rests.`,
};
function noneThat(meant, named, { gate }) {
    return decide_order_refuse(named === undefined ? none[meant] : (0,safe_text/* safe */.gB) `The ledger holds no session ${gate.inline(named)} that can be read.`);
}
function nameOf({ id, run }, { gate }) {
    const name = (0,safe_text/* safe */.gB) `Session ${gate.inline(id)}`;
    return run === undefined ? name : gate.link(name, run);
}
function decide_order_refuse(say) {
    return { answer: { outcome: 'refused', say } };
}

// EXTERNAL MODULE: ./build/src/runs/issue-runs.js
var issue_runs = __webpack_require__(49562);
// EXTERNAL MODULE: ./build/src/sessions/artifact.js
var artifact = __webpack_require__(25165);
// EXTERNAL MODULE: ./build/src/commands/place-of.js
var place_of = __webpack_require__(54001);
;// CONCATENATED MODULE: ./build/src/commands/decide-removal.js









/** So many at once, as GitHub limits how fast artifacts may be removed. */
const most = 50;
/** One session, named or that of the issue: which one is never guessed. */
async function remove(command, context, ledger) {
    const { gate, issue } = context;
    const id = command.session ?? (0,place_of/* sessionOf */.M)(issue, ledger);
    if (id === undefined)
        return decide_removal_refuse((0,safe_text/* safe */.gB) `Name the session: \`/courier delete S…\`. \`/courier sessions\` lists them.`);
    const session = await (0,choose_session/* readSession */.l)(id, ledger);
    if (!session)
        return decide_removal_refuse((0,safe_text/* safe */.gB) `The ledger holds no session ${gate.inline(id)} that can be read.`);
    if ((0,phases/* isUnderWay */.gn)(session.phase))
        return decide_removal_refuse((0,safe_text/* safe */.gB) `Session ${gate.inline(id)} is at work (${gate.inline(session.phase)}): end it first, with \`/courier kill ${gate.inline(id)}\`.`);
    const again = (0,safe_text/* safe */.gB) `/courier delete ${gate.inline(id)} yes`;
    const change = decide([session], { sure: command.sure, again, left: 0 }, { context, ledger });
    return change.changes ? withIssue(change, session, { context, ledger }) : change;
}
/** A run that waited for answers has its issue no longer. */
async function withIssue(change, session, { context: { gate, by }, ledger }) {
    const told = restEnded(session);
    const runs = told.length > 0 && session.issueRun ? await ledger.readRuns(session.issueRun.issue) : undefined;
    if (!runs)
        return change;
    const why = `It was deleted by ${gate.plain(by)}.`;
    const freed = (0,issue_runs/* endRun */.lb)(runs, { session: session.id, outcome: 'stopped', why });
    return { ...change, changes: { ...change.changes, runs: freed }, effects: [...(change.effects ?? []), ...told] };
}
/** All that ended. What rests may still go on, and stays. */
async function removeAll(command, context, ledger) {
    const found = await Promise.all(ledger.listSessions().map(({ id }) => (0,choose_session/* readSession */.l)(id, ledger)));
    const ended = found
        .flatMap((session) => session ?? [])
        .filter(({ phase }) => !(0,phases/* isUnderWay */.gn)(phase) && phase !== 'stopped');
    if (ended.length === 0)
        return decide_removal_refuse((0,safe_text/* safe */.gB) `The ledger holds no session that has ended.`);
    const asked = { sure: command.sure, again: (0,safe_text/* safe */.gB) `/courier delete-all yes`, left: ended.length - most };
    return decide(ended.slice(0, most), asked, { context, ledger });
}
function decide(sessions, { sure, again, left }, { context: { gate }, ledger }) {
    const kept = sessions.flatMap((session) => artifactIn(session) ?? []);
    const ids = sessions.map(({ id }) => id);
    const what = [
        (0,safe_text/* safe */.gB) `- ${gate.inline((0,lib_text/* count */.U9)(ids.length, 'record'))} in the ledger: ${gate.inline(ids.join(', '))}`,
        kept.length === 0
            ? undefined
            : (0,safe_text/* safe */.gB) `- ${gate.inline((0,lib_text/* count */.U9)(kept.length, 'artifact'))} of its workflow runs (transcript, events, outputs, reports), where GitHub still keeps them: ${gate.inline(kept.map(({ name }) => name).join(', '))}`,
    ];
    const stays = (0,safe_text/* safe */.gB) `Findings, issues, comments and what was spent stay, and so does the history of the ledger's branch: git forgets nothing.`;
    const more = left > 0 ? (0,safe_text/* safe */.gB) `${gate.inline((0,lib_text/* count */.U9)(left, 'session'))} more have ended: ${most} are removed at a time.` : undefined;
    const list = (0,safe_text/* joinSafe */.e)(what, (0,safe_text/* safe */.gB) `\n`);
    const told = (first, last) => (0,safe_text/* joinSafe */.e)([first, list, stays, more, last], (0,safe_text/* safe */.gB) `\n\n`);
    if (!sure)
        return {
            answer: {
                outcome: 'done',
                say: told((0,safe_text/* safe */.gB) `This would be removed:`, (0,safe_text/* safe */.gB) `Nothing was removed yet. To do it, write \`${again}\`.`),
            },
        };
    const wanted = new Set(ids);
    return {
        answer: { outcome: 'done', say: told((0,safe_text/* safe */.gB) `Removed:`) },
        changes: { forgotten: ledger.listSessions().filter(({ id }) => wanted.has(id)) },
        audit: { action: 'delete-session', target: ids.join(' ') },
        effects: kept,
    };
}
function artifactIn(session) {
    const run = (0,decide_export/* runOf */.n)(session);
    return run === undefined ? undefined : { kind: 'remove-artifact', run, name: (0,artifact/* artifactName */.C)(session) };
}
function decide_removal_refuse(say) {
    return { answer: { outcome: 'refused', say } };
}

// EXTERNAL MODULE: ./build/src/events/role.js
var events_role = __webpack_require__(80031);
// EXTERNAL MODULE: ./build/src/findings/rating.js
var findings_rating = __webpack_require__(19911);
// EXTERNAL MODULE: ./build/src/runs/pull-fate.js
var pull_fate = __webpack_require__(37228);
// EXTERNAL MODULE: ./build/src/sessions/audience.js
var audience = __webpack_require__(98417);
// EXTERNAL MODULE: ./build/src/sessions/keep-record.js
var keep_record = __webpack_require__(9106);
;// CONCATENATED MODULE: ./build/src/commands/decide-session.js









function noSession(id, { gate }) {
    const say = id === undefined
        ? (0,safe_text/* safe */.gB) `There is no session yet.`
        : (0,safe_text/* safe */.gB) `The ledger holds no session ${gate.inline(id)} that can be read.`;
    return { answer: { outcome: 'refused', say } };
}
function rename(command, context, ledger) {
    const name = context.gate.plain(command.name);
    return rewrite(command.session, context, ledger, {
        action: 'rename-session',
        change: (session) => ({ ...session, displayName: name }),
        told: (id) => (0,safe_text/* safe */.gB) `Session ${id} is now named ${context.gate.codeSpan(name)}.`,
    });
}
function archive(command, context, ledger) {
    return rewrite(command.session, context, ledger, {
        action: 'archive-session',
        change: (session) => ({ ...session, archived: true }),
        told: (id) => (0,safe_text/* safe */.gB) `Session ${id} is archived: lists leave it out.`,
    });
}
/** One rating for each person: the last one counts. On the issue of a finding it is the finding that is meant, where nothing is named. */
function rate(command, context, ledger) {
    const finding = command.session === undefined ? findFinding(command.finding, context, ledger) : undefined;
    if (finding)
        return rateFinding(finding, command, context);
    return command.finding === undefined ? rateSession(command, context, ledger) : noFinding(command.finding, context);
}
function rateFinding(finding, { rating, text }, context) {
    const { by, at, gate, role = 'none' } = context;
    const id = gate.inline(finding.id);
    if (!(0,events_role/* isAtLeast */.d)(role, 'triage')) {
        const say = (0,safe_text/* safe */.gB) `Not on record: a rating of a finding counts from people who may triage. \`/courier rate S… ${rating === 'up' ? (0,safe_text/* safe */.gB) `up` : (0,safe_text/* safe */.gB) `down`}\` rates a session.`;
        return { answer: { outcome: 'refused', say } };
    }
    // What somebody says about a weakness may tell of it.
    const told = text === undefined || (0,audience/* isSensitive */.tV)(finding, context.visibility) ? {} : { text: gate.plain(text) };
    const others = (finding.ratings ?? []).filter((each) => each.from !== 'rate' || each.by !== by);
    const ratings = [...others, { by, at, value: rating, from: 'rate', ...told }].slice(-findings_rating/* mostRatings */.Yj);
    return {
        answer: { outcome: 'done', say: (0,safe_text/* safe */.gB) `Thank you: your rating of ${id} is on record.` },
        changes: { findings: [{ ...finding, ratings }] },
        audit: { action: 'rate-finding', target: finding.id },
    };
}
/** On an issue that runs worked on, or on their pull request, the last of these is meant. */
async function rateSession(command, context, ledger) {
    const { by, at, gate } = context;
    const text = command.text === undefined ? {} : { text: gate.plain(command.text) };
    const named = command.session ?? (await runsHere(context, ledger))?.attempts.at(-1)?.session;
    const rated = await rewrite(named, context, ledger, {
        action: 'rate-session',
        change: (session) => ({
            ...session,
            ratings: [...session.ratings.filter((rating) => rating.by !== by), { by, at, value: command.rating, ...text }],
        }),
        told: (id) => (0,safe_text/* safe */.gB) `Thank you: your rating of session ${id} is on record.`,
    });
    return withRunRated(rated, {
        command,
        context,
        ledger,
        session: await (0,choose_session/* chooseSession */.A)(named, { issue: context.issue, meant: 'last' }, ledger),
    });
}
/** What a person who may triage finds wrong with a run's pull request is kept with the runs: it is to be learned of where that is closed. */
async function withRunRated(rated, { command, context, ledger, session }) {
    const { by, at, gate, role = 'none' } = context;
    const runs = session?.issueRun && (await ledger.readRuns(session.issueRun.issue));
    const pullRequest = runs?.pullRequest?.number ?? runs?.turnedDown?.at(-1)?.pullRequest;
    if (!rated.changes || !runs || pullRequest === undefined || !(0,events_role/* isAtLeast */.d)(role, 'triage'))
        return rated;
    const text = command.rating === 'down' && command.text !== undefined ? gate.plain(command.text) : undefined;
    return { ...rated, changes: { ...rated.changes, runs: (0,pull_fate/* withWord */.$H)(runs, { pullRequest, by, at, text }) } };
}
async function rewrite(id, context, ledger, { action, change, told }) {
    const session = await (0,choose_session/* chooseSession */.A)(id, { issue: context.issue, meant: 'last' }, ledger);
    if (!session)
        return noSession(id, context);
    const kept = (0,keep_record/* keepRecord */.r)(session, change(session));
    if ('refused' in kept)
        return { answer: { outcome: 'refused', say: context.gate.inline(kept.refused) } };
    return {
        answer: { outcome: 'done', say: told(context.gate.inline(session.id)) },
        changes: { session: kept.record },
        audit: { action, target: session.id },
    };
}

// EXTERNAL MODULE: ./build/src/findings/counted.js
var counted = __webpack_require__(88766);
// EXTERNAL MODULE: ./build/src/findings/permalink.js
var permalink = __webpack_require__(14601);
// EXTERNAL MODULE: ./build/src/sessions/render-run.js
var render_run = __webpack_require__(78823);
// EXTERNAL MODULE: ./build/src/sessions/session.js + 3 modules
var session = __webpack_require__(70532);
;// CONCATENATED MODULE: ./build/src/commands/tell-status.js












const lines = (0,safe_text/* safe */.gB) `\n`;
const told = (say) => ({ answer: { outcome: 'done', say } });
/** How the finding or the session of the issue stands, or else the whole repository. */
async function tellStatus(_, context, ledger) {
    const finding = findFinding(undefined, context, ledger);
    if (finding)
        return told(renderFinding(finding, context));
    const id = (0,place_of/* sessionOf */.M)(context.issue, ledger);
    const session = id === undefined ? undefined : await (0,choose_session/* readSession */.l)(id, ledger);
    return told(session ? renderWhole(session, context) : await renderAll(context, ledger));
}
async function renderAll({ gate, issue }, ledger) {
    const alive = ledger.findings.filter(counted/* isCounted */.h);
    const counts = findings_severity/* priorities */.vx.map((priority) => {
        const number = alive.filter(({ severity }) => (0,findings_severity/* toPriority */.WM)(severity) === priority).length;
        return (0,safe_text/* safe */.gB) `${number} ${gate.inline(priority)}`;
    });
    const last = await (0,choose_session/* chooseSession */.A)(undefined, { issue, meant: 'last' }, ledger);
    const paused = ledger.dashboard?.paused;
    return (0,safe_text/* joinSafe */.e)([
        (0,safe_text/* safe */.gB) `${gate.inline((0,lib_text/* count */.U9)(alive.length, 'open finding'))}: ${(0,safe_text/* joinSafe */.e)(counts, (0,safe_text/* safe */.gB) `, `)}.`,
        last ? (0,safe_text/* safe */.gB) `Last session: ${renderSession(last, gate)}` : (0,safe_text/* safe */.gB) `There was no session yet.`,
        paused ? (0,safe_text/* safe */.gB) `Scheduled scans are held by ${gate.inline(paused.by)} since ${gate.inline(paused.at)}.` : undefined,
    ], lines);
}
const mostSessions = 10;
/** The last ones, newest first, without those that were put away. */
async function tellSessions(_, { gate }, ledger) {
    const pointers = ledger
        .listSessions()
        .slice(-3 * mostSessions)
        .reverse();
    const found = await Promise.all(pointers.map(({ id }) => ledger.readSession(id, session/* Session */.Nn)));
    const sessions = found
        .flatMap((each) => (each && 'session' in each ? [each.session] : []))
        .filter(({ archived }) => !archived)
        .slice(0, mostSessions);
    if (sessions.length === 0)
        return told((0,safe_text/* safe */.gB) `There was no session yet.`);
    return told((0,safe_text/* joinSafe */.e)(sessions.map((session) => (0,safe_text/* safe */.gB) `- ${renderSession(session, gate)}`), lines));
}
async function tellOne(command, context, ledger) {
    const id = command.id ?? (0,place_of/* sessionOf */.M)(context.issue, ledger);
    if (id?.startsWith('S')) {
        const session = await (0,choose_session/* readSession */.l)(id, ledger);
        return session ? told(renderWhole(session, context)) : noSession(id, context);
    }
    const finding = findFinding(id, context, ledger);
    return finding ? told(renderFinding(finding, context)) : noFinding(id, context);
}
function renderFinding(finding, { gate, visibility }) {
    const { id, title, severity, state, occurrences, lastSeen, issue, location, ignored } = finding;
    const priority = gate.inline((0,findings_severity/* toPriority */.WM)(severity));
    const number = issue ? (0,safe_text/* safe */.gB) `, #${issue.number}` : undefined;
    const withheld = (0,audience/* isSensitive */.tV)(finding, visibility) || (visibility === 'public' && finding.sealed !== undefined);
    const head = withheld ? (0,safe_text/* safe */.gB) `a security finding, whose details are withheld here` : (0,safe_text/* safe */.gB) `**${gate.inline(title)}**`;
    const until = ignored?.until === undefined ? undefined : (0,safe_text/* safe */.gB) ` until ${gate.inline(ignored.until)}`;
    const place = location && !withheld ? (0,safe_text/* safe */.gB) `At ${gate.codeSpan((0,permalink/* placeText */.Z9)(location))}.` : undefined;
    return (0,safe_text/* joinSafe */.e)([
        (0,safe_text/* safe */.gB) `\`${gate.inline(id)}\`${number ?? (0,safe_text/* safe */.gB) ``}: ${head}`,
        (0,safe_text/* safe */.gB) `Priority ${priority}, ${gate.inline(state)}${until ?? (0,safe_text/* safe */.gB) ``}; seen in ${gate.inline((0,lib_text/* count */.U9)(occurrences, 'session'))}, last at ${gate.inline(lastSeen.at)}.`,
        place,
    ], lines);
}
function renderSession({ id, displayName, phase, result, startedAt, raised, run }, gate) {
    const name = run === undefined ? gate.inline(displayName) : gate.link(gate.inline(displayName), run);
    const found = gate.inline((0,lib_text/* count */.U9)(raised.length, 'new finding'));
    return (0,safe_text/* safe */.gB) `\`${gate.inline(id)}\` ${name}: ${gate.inline(result ?? phase)}, ${gate.inline(startedAt)}, ${found}`;
}
function renderWhole(session, { gate }) {
    const { reasons, costUsd, updated, resolved, reopened, ratings, issueRun } = session;
    const up = ratings.filter(({ value }) => value === 'up').length;
    return (0,safe_text/* joinSafe */.e)([
        renderSession(session, gate),
        (0,safe_text/* safe */.gB) `${updated.length} known, ${resolved.length} resolved, ${reopened.length} reopened.`,
        issueRun && (0,render_run/* renderRun */.e)(issueRun, (0,safe_text/* safe */.gB) `Run of #${issueRun.issue}`, gate),
        costUsd === undefined ? undefined : (0,safe_text/* safe */.gB) `Cost: $${gate.inline(costUsd.toFixed(2))}.`,
        ratings.length === 0 ? undefined : (0,safe_text/* safe */.gB) `Rated up by ${up}, down by ${ratings.length - up}.`,
        ...reasons.slice(0, 5).map((reason) => (0,safe_text/* safe */.gB) `- ${gate.inline(reason)}`),
    ], lines);
}

// EXTERNAL MODULE: ./build/src/commands/verbs.js
var verbs = __webpack_require__(77474);
// EXTERNAL MODULE: ./build/src/events/request.js
var events_request = __webpack_require__(63498);
// EXTERNAL MODULE: ./build/src/questions/panel-boxes.js
var panel_boxes = __webpack_require__(72805);
// EXTERNAL MODULE: ./build/src/questions/understand-answer.js
var understand_answer = __webpack_require__(75816);
;// CONCATENATED MODULE: ./build/src/commands/to-deeds.js


/**
 * What an `answer` or a `skip` does about the questions of a session: all of it, or nothing and why (a sentence).
 */
function toDeeds(command, questions) {
    const asked = command.verb === 'skip' ? command.questions : command.answers.map(({ question }) => question);
    const unknown = asked.find((id) => !questions.some((question) => question.id === id));
    if (unknown !== undefined) {
        const ids = questions.map(({ id }) => id).join(', ');
        return { refused: `There is no question ${unknown} here${ids === '' ? '' : `: there are ${ids}`}.` };
    }
    if (command.verb === 'skip')
        return { deeds: command.questions.map((question) => ({ kind: 'skip', question })) };
    const deeds = [];
    for (const answered of command.answers) {
        const question = questions.find(({ id }) => id === answered.question);
        const deed = question && toDeed(question, answered);
        if (deed && 'refused' in deed)
            return deed;
        if (deed)
            deeds.push(deed);
    }
    return { deeds };
}
function toDeed(question, answered) {
    const { id } = question;
    const said = 'text' in answered ? answered.text : answered.choices.map(toLetter).join(',');
    const understood = (0,understand_answer/* understandAnswer */.r)(question, said);
    if ('refused' in understood)
        return understood;
    if (understood.options)
        return { kind: 'choose', question: id, options: [...understood.options] };
    const isChoice = 'choices' in answered && question.options.length > 0;
    if (isChoice)
        return {
            refused: `${id} has the options a to ${(0,panel_boxes/* letterOf */.UB)(question.options.length - 1)}; own words go behind a colon, as ${id}: text.`,
        };
    return { kind: 'say', question: id, text: 'text' in answered ? understood.text : answered.choices.join(',') };
}
/** `2` is the second option, `b`. */
function toLetter(choice) {
    const number = Number(choice);
    return Number.isInteger(number) && number >= 1 && number <= 26 ? (0,panel_boxes/* letterOf */.UB)(number - 1) : choice;
}

// EXTERNAL MODULE: ./build/src/sessions/put-questions.js
var put_questions = __webpack_require__(65682);
// EXTERNAL MODULE: ./build/src/flows/find-run.js
var find_run = __webpack_require__(77872);
// EXTERNAL MODULE: ./build/src/flows/panel-look.js
var panel_look = __webpack_require__(31989);
// EXTERNAL MODULE: ./build/src/flows/panel-place.js
var panel_place = __webpack_require__(21047);
// EXTERNAL MODULE: ./build/src/flows/record-answers.js + 1 modules
var record_answers = __webpack_require__(6409);
// EXTERNAL MODULE: ./build/src/flows/record-session.js + 10 modules
var record_session = __webpack_require__(55665);
;// CONCATENATED MODULE: ./build/src/flows/answer-command.js










/**
 * `/courier answer` and `/courier skip`, on the session's issue or where it is clear which session is meant. All of a command is taken or nothing of
 * it. Following it again, after a crash, changes nothing.
 */
async function answerByCommand(command, context, { github, workflow }) {
    const { gate, by, issue, mandate, config } = context;
    const remote = await github.repository();
    const store = github.ledger(config.ledger.branch);
    const place = { github, store, remote, gate, clock: lib_clock/* systemClock */.ml, workflow, actor: by };
    const ledger = await (0,read_ledger/* readLedger */.S)(await store.read(), (0,record_session/* identityOf */.c)(remote));
    const found = await findPanel(context, ledger, place);
    if ('say' in found)
        return { outcome: 'refused', say: found.say };
    const understood = toDeeds(command, found.session.questions.filter(({ aside }) => aside?.why !== 'same'));
    if ('refused' in understood)
        return { outcome: 'refused', say: gate.inline(understood.refused) };
    const from = context.url ?? `${remote.url}/issues/${issue}`;
    const said = { by, at: context.written, from, comment: mandate.comment };
    const acts = understood.deeds.map((deed) => ({ ...said, ...deed }));
    const sent = await (0,record_answers/* recordAnswers */.l)(found.session.id, acts, place);
    return { outcome: sent.kind === 'unsent' ? 'failed' : 'done', say: await answer_command_tell(found.session.id, sent, place) };
}
/** The one of the issue, or of its run; elsewhere the only one that asks, of a finding the only one that saw it. */
async function findPanel({ issue, place: where, gate }, ledger, place) {
    const own = ledger.sessionIssues.find(({ number }) => number === issue);
    if (own)
        return ((await (0,panel_look/* panelIn */.A)(ledger, own.session, place.remote)) ?? { say: (0,safe_text/* safe */.gB) `The record of this session cannot be read.` });
    const ofRun = await findRunThatAsks({ issue, place: where }, ledger);
    const asking = ofRun === undefined ? undefined : await (0,panel_look/* panelIn */.A)(ledger, ofRun, place.remote);
    if (asking)
        return asking;
    if (where === 'issue')
        return { say: (0,safe_text/* safe */.gB) `No session asks anything here.` };
    const open = ledger.sessionIssues.filter((each) => each.open);
    const looks = await Promise.all(open.slice(-20).map(({ session }) => (0,panel_look/* panelIn */.A)(ledger, session, place.remote)));
    const finding = where === 'finding' ? ledger.findings.find((each) => each.issue?.number === issue)?.id : undefined;
    const fitting = looks.flatMap((look) => (look && (finding === undefined || saw(look.session, finding)) ? look : []));
    const [only] = fitting;
    if (only && fitting.length === 1)
        return only;
    if (fitting.length === 0)
        return { say: (0,safe_text/* safe */.gB) `No session asks anything here.` };
    const numbers = fitting.flatMap(({ panel }) => (panel.issue ? [(0,safe_text/* safe */.gB) `#${panel.issue.number}`] : []));
    return {
        say: (0,safe_text/* safe */.gB) `${gate.inline(String(fitting.length))} sessions ask something: answer on the issue of the one that you mean, ${(0,safe_text/* joinSafe */.e)(numbers, (0,safe_text/* safe */.gB) ` or `)}.`,
    };
}
/** The issue's last run, where it asked something that is still open to answers. */
async function findRunThatAsks({ issue, place }, ledger) {
    const runs = place === 'pull-request' ? await (0,find_run/* findRunOfPull */.P)(issue, ledger) : await ledger.readRuns(issue);
    const last = runs?.attempts.at(-1)?.session;
    return ledger.sessionIssues.some(({ session, open }) => open && session === last) ? last : undefined;
}
function saw({ raised, updated, questions }, finding) {
    return [...raised, ...updated, ...questions.flatMap(({ findings }) => findings)].includes(finding);
}
async function answer_command_tell(id, sent, place) {
    const { gate } = place;
    const run = sent.kind === 'sent' && sent.run !== undefined ? gate.link((0,safe_text/* safe */.gB) `goes on`, sent.run) : (0,safe_text/* safe */.gB) `goes on`;
    if (sent.kind === 'sent')
        return (0,safe_text/* safe */.gB) `On record. Session \`${gate.inline(id)}\` ${run} with the answers.`;
    if (sent.kind === 'unsent')
        return (0,safe_text/* safe */.gB) `On record, and session \`${gate.inline(id)}\` could not be sent on its way: ${gate.inline(sent.why)}`;
    const look = await (0,panel_place/* lookAtPanel */.l5)(id, place);
    return look ? (0,safe_text/* safe */.gB) `On record. ${renderNext(look, place)}` : (0,safe_text/* safe */.gB) `On record.`;
}
function renderNext({ session, panel, asked }, { gate }) {
    const open = (0,put_questions/* openOf */.wf)([...asked.told, ...asked.withheld], panel).map(({ id }) => id);
    const waited = new Set((0,put_questions/* waitedFor */.a6)(session));
    const blocking = open.filter((id) => waited.has(id));
    const list = (ids) => gate.inline(ids.slice(0, 20).join(', '));
    switch (session.phase) {
        case 'stopped':
            if (blocking.length > 0)
                return (0,safe_text/* safe */.gB) `The session still waits for ${list(blocking)}.`;
            if (open.length > 0)
                return (0,safe_text/* safe */.gB) `${list(open)} is open; Submit on the panel goes on without it.`;
            return (0,safe_text/* safe */.gB) `Nothing is open any more; the session gets the answers when it goes on.`;
        case 'completed':
        case 'failed':
        case 'killed':
        case 'cancelled':
            return (0,safe_text/* safe */.gB) `The session has ended: the answer is kept beside it, in the place of what it assumed.`;
        case 'pending':
        case 'creating':
        case 'running':
        case 'reviewing':
        case 'stopping':
            return (0,safe_text/* safe */.gB) `The session is at work, and is told.`;
    }
}

// EXTERNAL MODULE: ./build/src/flows/ask-answering-session.js
var ask_answering_session = __webpack_require__(29332);
// EXTERNAL MODULE: ./build/src/flows/open-assumptions-pull.js
var open_assumptions_pull = __webpack_require__(64044);
;// CONCATENATED MODULE: ./build/src/flows/export-assumptions.js






/**
 * `/courier export assumptions`: offers all assumptions for review in a pull request, on the word of who may approve them. Asked twice it is the
 * same pull request.
 */
async function exportAssumptions({ by, config, gate }, { github }) {
    const { permissions, ledger } = config;
    const needed = (0,authorise/* roleNeeded */.SA)('approve', permissions);
    const standing = await (0,follow_command/* lookUp */.TE)(by, { github });
    if ('unknown' in standing)
        return {
            outcome: 'failed',
            say: (0,safe_text/* safe */.gB) `What you may do here could not be looked up: ${gate.inline(standing.unknown)}`,
        };
    if (!(0,events_role/* isAtLeast */.d)(standing.role, needed)) {
        const say = (0,safe_text/* safe */.gB) `Refused: a review of assumptions needs the role ${gate.inline(needed)} in this repository, and yours is ${gate.inline(standing.role)}.`;
        return { outcome: 'refused', say };
    }
    const remote = await github.repository();
    const place = { github, store: github.ledger(ledger.branch), remote, gate, clock: lib_clock/* systemClock */.ml, permissions };
    const pull = await (0,open_assumptions_pull/* openAssumptionsPull */.uk)({ by }, place);
    return 'none' in pull ? { outcome: 'failed', say: gate.block(pull.none) } : { outcome: 'done', say: tellPull(pull) };
}
function tellPull({ number, isNew, shown, edited, left }) {
    return (0,safe_text/* joinSafe */.e)([
        isNew
            ? (0,safe_text/* safe */.gB) `${shown} assumptions can be reviewed in #${number}.`
            : (0,safe_text/* safe */.gB) `#${number} is up to date: ${shown} assumptions.`,
        edited > 0 ? (0,safe_text/* safe */.gB) `${edited} of them were edited there, and stay so.` : undefined,
        left > 0 ? (0,safe_text/* safe */.gB) `${left} older ones have no room in the file.` : undefined,
    ], (0,safe_text/* safe */.gB) ` `);
}

// EXTERNAL MODULE: ./build/src/memory/review.js
var memory_review = __webpack_require__(70353);
;// CONCATENATED MODULE: ./build/src/memory/follow-review.js

// An assumption about which so much was said is somebody's game.
const mostEntries = 300;
/**
 * What an assumption comes to with one more word on it. However late and however often each word comes to us, the result is that of their
 * times; of the same second, that of the order in which they came. A word on another text than the present one is none.
 */
function followReview(record, vote) {
    const entry = toEntry(vote);
    if (record.history.some((each) => follow_review_isSame(each, entry)))
        return { record };
    const refused = (0,memory_review/* refusal */.x5)(record, vote);
    if (refused !== undefined)
        return { refused };
    if (record.history.length >= mostEntries)
        return { refused: `Too much was said to ${record.id}: no more is taken.` };
    return { record: settle(record, insert(record.history, entry), entry) };
}
function toEntry({ verdict, on, reason, by, at, from, revision, until }) {
    const said = { by, at, from, revision };
    if (!on)
        return { what: 'taken-back', ...said, text: verdict };
    const why = reason?.trim();
    if (verdict === 'approve')
        return { what: 'approved', ...said, ...(until === undefined ? {} : { until }) };
    return { what: 'declined', ...said, ...(why ? { text: why } : {}) };
}
function follow_review_isSame(one, other) {
    const keys = ['what', 'by', 'at', 'from', 'revision', 'text', 'until'];
    return keys.every((key) => one[key] === other[key]);
}
const isVote = ({ what }) => what === 'approved' || what === 'declined' || what === 'taken-back';
/** In its place by time, among the words that were said since the text is there. */
function insert(history, entry) {
    const isLater = (each) => isVote(each) && Date.parse(each.at) > Date.parse(entry.at);
    const before = history.findLastIndex((each) => each.revision !== entry.revision || !isLater(each));
    return [...history.slice(0, before + 1), entry, ...history.slice(before + 1)];
}
function settle({ stale, reason: _, expiresAt, ...record }, history, { at }) {
    const isCorrected = record.correctedText !== undefined;
    const untouched = { state: isCorrected ? 'corrected' : 'proposed' };
    const { state, reason } = history
        .filter(({ revision }) => revision === record.revision)
        .reduce((stand, entry) => follow(stand, entry, untouched), untouched);
    // The last word says how long it holds; what nobody decided on keeps what it had.
    const last = history.findLast(({ what, revision }) => (what === 'approved' || what === 'declined') && revision === record.revision);
    const until = last ? last.until : expiresAt;
    const isLooked = stale === undefined || Date.parse(at) >= Date.parse(stale.at);
    return {
        ...record,
        state,
        ...(reason === undefined ? {} : { reason }),
        ...(isLooked ? {} : { stale }),
        ...(until === undefined ? {} : { expiresAt: until }),
        history: [...history],
    };
}
function follow(stand, { what, text }, untouched) {
    if (what === 'approved')
        return { state: untouched.state === 'corrected' ? 'corrected' : 'approved' };
    if (what === 'declined')
        return { state: 'declined', ...(text === undefined ? {} : { reason: text }) };
    if (what === 'restored')
        return { state: 'proposed' };
    if (what !== 'taken-back')
        return stand;
    return stand.state === (text === 'decline' ? 'declined' : 'approved') ? untouched : stand;
}

;// CONCATENATED MODULE: ./build/src/memory/seen-revision.js
const bringsText = new Set(['proposed', 'refined', 'corrected']);
/** Which text of an assumption was there when somebody wrote; `undefined`: none, it came later. */
function seenRevision({ history }, written) {
    const seen = history.filter((entry) => bringsText.has(entry.what) && isBefore(entry, written));
    return seen.length === 0 ? undefined : Math.max(...seen.map(({ revision }) => revision));
}
/** Of two comments their numbers tell, which ascend; else times, of which GitHub knows the second. */
function isBefore(entry, written) {
    const [one, other] = [commentOf(entry), commentOf(written)];
    if (one !== undefined && other !== undefined && one !== other)
        return one < other;
    return Date.parse(entry.at) <= Date.parse(written.at);
}
function commentOf({ from }) {
    const number = /#issuecomment-(\d{1,15})$/.exec(from)?.[1];
    return number === undefined ? undefined : Number(number);
}

;// CONCATENATED MODULE: ./build/src/commands/review-assumptions.js




/**
 * Follows `approve`, `decline` and `correct`, each assumption by itself: what fits is done, and what does not is told. A word is bound to the
 * text that was there when the comment was written, `all` to the assumptions that were proposed then. Followed again it changes nothing.
 */
function reviewAssumptions(command, given) {
    const results = idsOf(command, given).map((id) => reviewOne(id, command, given));
    return {
        changed: results.flatMap(({ changed = [] }) => changed),
        held: results.flatMap(({ held = [] }) => held),
        not: results.flatMap(({ not = [] }) => not),
    };
}
function idsOf(command, { records, withheld, said }) {
    if (command.verb === 'correct')
        return [command.assumption];
    if (command.assumptions !== 'all')
        return command.assumptions;
    const isMeant = (record) => !withheld.has(record.id) &&
        (record.state === 'proposed' || record.history.some(({ from, by }) => from === said.from && by === said.by));
    return records.filter(isMeant).map(({ id }) => id);
}
const review_assumptions_day = 86_400_000;
function reviewOne(id, command, { records, withheld, said, seen }) {
    const [record, ...others] = records.filter((each) => each.id === id);
    if (withheld.has(id))
        return { not: `${id} is not shown here, and nobody decides about what they did not see.` };
    if (!record)
        return { not: whyMissing(id) };
    if (others.length > 0)
        return { not: `${id} stands for several here: say it on the issue of the session.` };
    const here = seen?.id === id ? seen : undefined;
    if (command.verb === 'approve' && here?.unapproved !== undefined)
        return { not: here.unapproved };
    const revision = here?.revision ?? seenRevision(record, said);
    if (revision === undefined)
        return { not: `${id} came after your comment.` };
    const reviewed = act(record, command, { ...said, revision });
    if ('refused' in reviewed)
        return { not: reviewed.refused };
    const after = reviewed.record;
    const later = overruledBy(after, said);
    return { changed: after === record ? [] : [after], ...(later === undefined ? { held: id } : { not: later }) };
}
function whyMissing(id) {
    if (id.startsWith('A'))
        return `There is no assumption ${id} here.`;
    return `${id} is ${id.startsWith('L') ? 'a learning' : 'a rule'}: those are reviewed on the dashboard.`;
}
function act(record, command, review) {
    if (command.verb === 'correct')
        return (0,memory_review/* correct */.d4)(record, { ...review, text: command.text });
    const reason = command.verb === 'decline' ? command.reason : undefined;
    const days = command.verb === 'approve' ? command.days : undefined;
    const until = days === undefined ? {} : { until: (0,lib_clock/* isoTime */.Ly)(Date.parse(review.at) + days * review_assumptions_day) };
    return followReview(record, { ...review, verdict: command.verb, on: true, reason, ...until });
}
/** Whoever said something later has the last word, however late this one is read. */
function overruledBy({ id, history, revision }, { at }) {
    const own = history.filter((entry) => entry.revision === revision);
    const last = own.findLast(({ what }) => what === 'approved' || what === 'declined' || what === 'taken-back');
    if (!last || Date.parse(last.at) <= Date.parse(at))
        return undefined;
    const what = last.what === 'taken-back' ? 'opened again' : last.what;
    return `${id} was ${what} by ${last.by} at ${(0,lib_clock/* isoTime */.Ly)(Date.parse(last.at))}, after your comment: that holds.`;
}

// EXTERNAL MODULE: ./build/src/memory/memory.js + 1 modules
var memory_memory = __webpack_require__(1845);
// EXTERNAL MODULE: ./build/src/flows/audit-line.js
var audit_line = __webpack_require__(78819);
// EXTERNAL MODULE: ./build/src/flows/keep-panel.js + 8 modules
var keep_panel = __webpack_require__(40522);
// EXTERNAL MODULE: ./build/src/memory/assumptions-file.js
var assumptions_file = __webpack_require__(67676);
// EXTERNAL MODULE: ./build/src/memory/render-assumptions-file.js
var render_assumptions_file = __webpack_require__(27339);
;// CONCATENATED MODULE: ./build/src/flows/read-commented.js



/** The assumption on whose lines of the file a comment in a review stands, in the text that its author looked at. */
async function readCommented({ review, gate }, github) {
    if (review?.path !== assumptions_file/* assumptionsFile */.fh || review.commit === undefined)
        return {};
    const file = gate.codeSpan(assumptions_file/* assumptionsFile */.fh);
    const { line, startLine = line } = review;
    if (line === undefined || startLine === undefined)
        return { unclear: (0,safe_text/* safe */.gB) `This comment stands on no line that is in ${file}: name the assumption.` };
    const text = await github.readFile(assumptions_file/* assumptionsFile */.fh, review.commit);
    const read = text === undefined ? { unreadable: '' } : (0,assumptions_file/* parseAssumptionsFile */.w4)(text);
    if ('unreadable' in read)
        return { unclear: (0,safe_text/* safe */.gB) `${file} cannot be read at the commit of this comment: name the assumption.` };
    const [entry, ...others] = (0,assumptions_file/* entriesAt */.ws)(read, { from: startLine, to: line });
    if (!entry)
        return { unclear: (0,safe_text/* safe */.gB) `No assumption stands on these lines: name the one that is meant.` };
    if (others.length === 0)
        return { entry };
    return {
        unclear: (0,safe_text/* safe */.gB) `Several assumptions stand on these lines: comment on those of one, or name those that are meant.`,
    };
}
/** Of those that have the same id, the one on whose lines the comment stands. */
function asCommented(records, { entry }) {
    if (!entry)
        return records;
    const isThere = records.some((record) => (0,assumptions_file/* keyOf */.TN)(record) === (0,assumptions_file/* keyOf */.TN)(entry));
    return isThere ? records.filter((record) => record.id !== entry.id || (0,assumptions_file/* keyOf */.TN)(record) === (0,assumptions_file/* keyOf */.TN)(entry)) : records;
}
/** The text that the comment's lines hold; `unapproved`: why no word approves it. */
function seenAt({ entry }, records, gate) {
    const record = entry && records.find((each) => (0,assumptions_file/* keyOf */.TN)(each) === (0,assumptions_file/* keyOf */.TN)(entry));
    if (!entry || !record)
        return undefined;
    const { id, revision } = entry;
    if (!(0,render_assumptions_file/* isEdited */.s)(entry, record, gate))
        return { id, revision };
    return { id, revision, unapproved: `${id} was edited in the file, which counts when it is merged.` };
}

// EXTERNAL MODULE: ./build/src/flows/tell-open-pulls.js + 4 modules
var tell_open_pulls = __webpack_require__(61398);
;// CONCATENATED MODULE: ./build/src/flows/review-command.js















/**
 * `/courier approve`, `decline` and `correct`: on the issue of a session about what it assumed, on a pull request about what the ledger says that it
 * reviews. What fits is done and the rest is told, each with its reason. Following it again, after a crash, changes nothing.
 */
async function reviewByCommand(command, context, github) {
    const { gate, by, issue, mandate, config } = context;
    const commented = await readCommented(context, github);
    const named = (0,name_assumption/* nameAssumption */.Fc)(command, commented.entry?.id);
    if ('misused' in named)
        return { outcome: 'refused', say: commented.unclear ?? sayMisused(command, named, gate) };
    const remote = await github.repository();
    const store = github.ledger(config.ledger.branch);
    const place = { github, store, remote, gate, clock: lib_clock/* systemClock */.ml, actor: by };
    const said = { by, at: context.written, from: context.url ?? `${remote.url}/issues/${issue}` };
    const words = cleaned(named, gate);
    const { decided } = await (0,update_ledger/* updateLedger */.R)(store, `${(0,comment_key/* nameOfComment */.o7)(mandate.comment)} of #${issue}: ${command.verb}`, (ledger) => review_command_decide(words, { ledger, context, commented, said, place }), (0,record_session/* identityOf */.c)(remote));
    const { before, memory, result, sessions } = decided;
    if (before && memory)
        await (0,tell_open_pulls/* tellSettled */.XO)({ before, after: memory }, place);
    for (const session of sessions)
        await (0,keep_panel/* keepPanel */.Y)(session, place);
    return review_command_tell(named, result, gate);
}
/** What is kept of a person's words is what may be told again. */
function cleaned(command, { plain }) {
    if (command.verb === 'correct')
        return { ...command, text: plain(command.text) };
    if (command.verb !== 'decline' || command.reason === undefined)
        return command;
    return { ...command, reason: plain(command.reason) };
}
async function review_command_decide(command, { ledger, context, commented, said, place }) {
    const before = await ledger.readMemory();
    const meant = await findMeant(before, { ledger, context, commented, place });
    if (!meant)
        return { result: undefined, sessions: [] };
    const result = reviewAssumptions(command, { ...meant, said, seen: seenAt(commented, meant.records, place.gate) });
    const sessions = [...new Set(meant.records.map(({ session }) => session))];
    if (result.changed.length === 0)
        return { result, sessions };
    const audit = result.changed.map(({ session, id }) => (0,audit_line/* auditLine */.k)({ action: 'review-assumption', target: `${session} ${id}` }, { session, actor: said.by }, place.clock));
    return { memory: (0,memory_memory/* withAssumptions */.d$)(before, result.changed), audit, before, result, sessions };
}
/** `undefined`: no assumption belongs here. Which those of a pull request are, the ledger alone says. */
async function findMeant(memory, { ledger, context, commented, place }) {
    const session = context.place === 'pull-request' ? undefined : (0,place_of/* sessionOf */.M)(context.issue, ledger);
    const ofPullRequest = memory.assumptions.filter(({ pullRequest }) => pullRequest === context.issue);
    const ids = session === undefined ? ofPullRequest.map((record) => record.session) : [session];
    const looks = await Promise.all([...new Set(ids)].map((id) => (0,panel_look/* panelIn */.A)(ledger, id, place.remote)));
    const isMeant = (record) => session !== undefined || record.pullRequest === context.issue;
    const put = looks.flatMap((look) => look?.assumed ?? []);
    const records = asCommented(put.flatMap(({ told, withheld }) => [...told, ...withheld]).filter(isMeant), commented);
    const hidden = new Set(put.flatMap((each) => each.withheld));
    const withheld = new Set(records.filter((record) => hidden.has(record)).map(({ id }) => id));
    return records.length === 0 ? undefined : { records, withheld };
}
function sayMisused({ verb }, { misused }, gate) {
    return (0,render_help/* renderProblem */.yM)({ kind: 'misused', verb, why: misused }, gate);
}
const done = {
    approve: (0,safe_text/* safe */.gB) `Approved`,
    decline: (0,safe_text/* safe */.gB) `Declined`,
    correct: (0,safe_text/* safe */.gB) `Corrected`,
};
function review_command_tell({ verb }, result, gate) {
    if (!result)
        return { outcome: 'refused', say: (0,safe_text/* safe */.gB) `No assumption is put to people here.` };
    const { held, not } = result;
    const list = gate.inline(held.slice(0, 50).join(', '));
    const why = (0,safe_text/* joinSafe */.e)(not.slice(0, 20).map((sentence) => (0,safe_text/* safe */.gB) `- ${gate.inline(sentence)}`), (0,safe_text/* safe */.gB) `\n`);
    if (held.length === 0 && not.length === 0)
        return { outcome: 'refused', say: (0,safe_text/* safe */.gB) `Nobody has anything left to decide here: each assumption was decided on.` };
    if (not.length === 0)
        return { outcome: 'done', say: (0,safe_text/* safe */.gB) `${done[verb]}: ${list}.` };
    if (held.length === 0)
        return {
            outcome: 'refused',
            say: not.length === 1 ? gate.inline(not[0] ?? '') : (0,safe_text/* safe */.gB) `Nothing was done:\n\n${why}`,
        };
    return { outcome: 'refused', say: (0,safe_text/* safe */.gB) `${done[verb]}: ${list}. The others not:\n\n${why}` };
}

// EXTERNAL MODULE: ./build/src/runs/render-chain.js
var render_chain = __webpack_require__(3314);
// EXTERNAL MODULE: ./build/src/flows/tend-chains.js
var tend_chains = __webpack_require__(21533);
;// CONCATENATED MODULE: ./build/src/flows/start-chain.js






const mostLinks = 10;
/** Puts a chain on record and begins its first run. Once more for the same command, it comes to the same. */
async function startChain({ issues }, context, desk) {
    const { gate } = desk;
    const why = await whyNoChain(issues, desk);
    if (why !== undefined)
        return { outcome: 'refused', say: gate.inline(why) };
    const { chain, refused } = await record(issues, context, desk);
    if (!chain)
        return { outcome: 'refused', say: gate.inline(refused ?? '') };
    await (0,tend_chains/* tendChain */.P)(context.issue, desk);
    return { outcome: 'started', say: (0,render_chain/* renderChain */.E)(chain, gate) };
}
async function whyNoChain(issues, { github }) {
    if (issues.length > mostLinks)
        return `A chain has ${mostLinks} issues at most, and this one ${issues.length}.`;
    const found = await github.issues.read(issues);
    const unknown = issues.find((issue) => !found.has(issue));
    if (unknown !== undefined)
        return `There is no issue #${unknown}: name issues of this repository, no pull requests.`;
    const closed = issues.find((issue) => found.get(issue)?.state === 'closed');
    return closed === undefined ? undefined : `Issue #${closed} is closed: open it again, or leave it out.`;
}
async function record(issues, { issue, mandate: { comment, digest }, index, by, at }, { store, remote, opens }) {
    const links = issues.map((number) => ({ issue: number }));
    const chain = { version: 1, issue, comment, index, digest, by, at, opens, links };
    const audit = (0,audit_line/* auditLine */.k)({ action: 'ask-for-chain', target: issues.map((number) => `#${number}`).join(' ') }, { session: 'runs', actor: by }, lib_clock/* systemClock */.ml);
    const { decided } = await (0,update_ledger/* updateLedger */.R)(store, `#${issue}: a chain of ${issues.length} runs`, async (ledger) => {
        const now = await ledger.readChain(issue);
        if (now?.comment === comment && now.index === index)
            return { recorded: { chain: now } };
        if (now && !now.end)
            return { recorded: { refused: `A chain of this issue is under way: end it with \`/courier stop\` first.` } };
        return { chain, audit: [audit], recorded: { chain } };
    }, (0,record_session/* identityOf */.c)(remote));
    return decided.recorded;
}

// EXTERNAL MODULE: ./build/src/flows/ready-run.js + 1 modules
var ready_run = __webpack_require__(65432);
;// CONCATENATED MODULE: ./build/src/flows/start-run.js




/**
 * Makes everything ready for the run that a command asks for, but the run. It may be done again for the same command, and comes to the same. A
 * second command finds the first one's.
 */
async function prepareRun(command, context, { github, opens }) {
    const { mandate, index, at, by, config } = context;
    const remote = await github.repository();
    const store = github.ledger(config.ledger.branch);
    const number = await issueOf(context, await (0,read_ledger/* readLedger */.S)(await store.read(), (0,record_session/* identityOf */.c)(remote)));
    if (typeof number !== 'number')
        return number;
    return (0,ready_run/* readyRun */.r)({
        issue: number,
        ask: (runs) => order(command, runs, { context, opens }),
        wishes: command.verb === 'run' ? command : {},
        isSame: (asked) => asked.comment === mandate.comment && asked.index === index,
        ...{ at, by },
    }, { github, remote, store, ledgerBranch: config.ledger.branch });
}
/** The issue of the comment, or the one whose run made the pull request. */
async function issueOf({ place, issue }, ledger) {
    if (place !== 'pull-request')
        return issue;
    const runs = await (0,find_run/* findRunOfPull */.P)(issue, ledger);
    if (runs)
        return runs.issue;
    return { refused: `Pull request #${issue} is not one of Courier's runs: a run is asked for on an issue.` };
}
/** What the run is to do, as it goes on record. */
function order(command, runs, { context, opens }) {
    const { issue, mandate, index, at, by } = context;
    const pointer = { issue, comment: mandate.comment, index, at, by, opens };
    if (command.verb === 'run') {
        const { text, model } = command;
        return { ...pointer, ...(text === undefined ? {} : { text }), ...(model === undefined ? {} : { model }) };
    }
    if (!runs?.asked)
        return { refused: 'There was no run yet that could be repeated: ask for one with `/courier run`.' };
    const { order: _, stopped: __, ...asked } = runs.asked;
    return { ...asked, ...pointer };
}

;// CONCATENATED MODULE: ./build/src/flows/command-executors.js



















/** The commands that this version follows. What takes a checkout or an agent is handed to a workflow, as a pointer at the comment. */
function createExecutors(place) {
    const dispatched = (context) => dispatch(context, place);
    const executors = {
        help: {
            kind: 'change',
            change: (_, { place: where, gate }) => ({
                answer: { outcome: 'done', say: (0,render_help/* renderHelp */.W5)(where, { offered: offeredBy(executors), gate }) },
            }),
        },
        status: { kind: 'change', change: tellStatus },
        sessions: { kind: 'change', change: tellSessions },
        show: { kind: 'change', change: tellOne },
        ignore: { kind: 'change', change: ignore },
        unignore: { kind: 'change', change: unignore },
        priority: { kind: 'change', change: setPriority },
        rate: { kind: 'change', change: rate },
        rename: { kind: 'change', change: rename },
        archive: { kind: 'change', change: archive },
        pause: { kind: 'change', change: pause },
        unpause: { kind: 'change', change: unpause },
        answer: { kind: 'act', act: (command, context) => answerByCommand(command, context, place) },
        skip: { kind: 'act', act: (command, context) => answerByCommand(command, context, place) },
        approve: reviewing(place),
        decline: reviewing(place),
        correct: reviewing(place),
        rule: { kind: 'change', change: addRuleByCommand },
        'answer-session': {
            kind: 'either',
            change: (_, context, ledger) => (0,ask_answering_session/* mayAskAnswering */.r0)(context, ledger),
            act: (_, context) => dispatched(context),
        },
        run: { kind: 'act', act: (command, context) => run(command, context, place) },
        chain: {
            kind: 'act',
            act: async (command, context) => startChain(command, context, await toOrderPlace(context, place)),
        },
        retry: { kind: 'act', act: (command, context) => run(command, context, place) },
        scan: { kind: 'act', act: (_, context) => dispatched(context) },
        verify: {
            kind: 'either',
            change: ({ findings }, context, ledger) => whyUnknown(findings, context, ledger) ?? 'act',
            act: (_, context) => dispatched(context),
        },
        ask: { kind: 'act', act: (_, context) => dispatched(context) },
        file: {
            kind: 'either',
            change: ({ findings }, context, ledger) => whyNotFiled(findings, context, ledger) ?? 'act',
            act: (_, context) => dispatched(context),
        },
        stop: { kind: 'change', change: stop },
        kill: { kind: 'change', change: kill },
        tell: { kind: 'either', change: tell, act: (_, context) => dispatched(context) },
        resume: {
            kind: 'either',
            change: resume,
            act: async (command, context, ledger) => {
                const session = await (0,choose_session/* chooseSession */.A)(command.session, { issue: context.issue, meant: 'resting' }, ledger);
                return session ? start(resumeRequest(session, context), context, place) : dispatched(context);
            },
        },
        clone: { kind: 'either', change: clone, act: (_, context) => dispatched(context) },
        delete: { kind: 'change', change: remove },
        'delete-all': { kind: 'change', change: removeAll },
        export: exporting(place),
    };
    return executors;
}
/** Where runs without a command of their own are started. */
async function toOrderPlace({ config, gate }, { github, workflow, opens = 'job' }) {
    const remote = await github.repository();
    const store = github.ledger(config.ledger.branch);
    return { github, remote, store, config, workflow, opens, gate, clock: lib_clock/* systemClock */.ml };
}
/** Reports, and the pull request of assumptions. */
function exporting(place) {
    return {
        kind: 'either',
        change: async ({ format, session }, context, ledger) => {
            if (format === 'assumptions')
                return 'act';
            const found = await (0,decide_export/* findReports */.z)({ session, format }, context, ledger);
            return 'answer' in found ? found : 'act';
        },
        act: async ({ format, session }, context, ledger) => {
            if (format === 'assumptions')
                return exportAssumptions(context, place);
            const found = await (0,decide_export/* findReports */.z)({ session, format }, context, ledger);
            return 'answer' in found ? found.answer : linkReports(found, context, place);
        },
    };
}
/** On the dashboard about learnings and rules, elsewhere about assumptions. */
function reviewing({ github }) {
    return {
        kind: 'either',
        change: (command, context, ledger) => context.place === 'dashboard' ? reviewLearnings(command, context, ledger) : 'act',
        act: (command, context) => reviewByCommand(command, context, github),
    };
}
/** Where the configuration cannot be read, nobody knows who may what: each command is answered with the reason. */
function executorsWithout(problem) {
    const act = async (_, { gate }) => ({
        outcome: 'failed',
        say: (0,safe_text/* safe */.gB) `Nothing was done, as the configuration cannot be read. ${gate.block(problem)}`,
    });
    return Object.fromEntries(verbs/* verbs */.P.map((verb) => [verb, { kind: 'act', act }]));
}
function offeredBy(executors) {
    return new Set(verbs/* verbs */.P.filter((verb) => executors[verb] !== undefined));
}
/** The artifact that holds them, if GitHub still has it: nothing is made anew, as that takes the files of the session. */
async function linkReports({ session, run, artifact, file }, { gate, repository: { url } }, { github }) {
    const [kept] = await github.workflows.listArtifacts(run, artifact);
    const where = gate.link((0,safe_text/* safe */.gB) `its run`, `${url}/actions/runs/${run}`);
    if (!kept) {
        const say = (0,safe_text/* safe */.gB) `The files of session ${gate.inline(session)} are gone: an artifact expires, and the workflow has to upload \`session-path\`. What its record holds is told by \`/courier show ${gate.inline(session)}\`; ${where} may still be there.`;
        return { outcome: 'failed', say };
    }
    const link = gate.link((0,safe_text/* safe */.gB) `${gate.inline(artifact)}`, `${url}/actions/runs/${run}/artifacts/${kept.id}`);
    const until = kept.expiresAt === undefined ? (0,safe_text/* safe */.gB) `` : (0,safe_text/* safe */.gB) ` GitHub keeps it until ${gate.inline(kept.expiresAt.slice(0, 10))}.`;
    return { outcome: 'done', say: (0,safe_text/* safe */.gB) `${gate.codeSpan(file)} is in ${link}, the artifact of ${where}.${until}` };
}
/** The branch is made here, as only one of several commands makes it; all else is the job's. */
async function run(command, context, { github, workflow, opens = 'job' }) {
    const { gate, issue, index, mandate, repository } = context;
    const ready = await prepareRun(command, context, { github, opens });
    if ('refused' in ready)
        return { outcome: 'refused', say: gate.inline(ready.refused) };
    const { comment, digest } = mandate;
    const request = { version: 1, kind: 'command', issue, comment, index, digest, head: ready.head };
    const started = await start(request, context, { github, workflow });
    if (started.outcome !== 'started')
        return started;
    const link = gate.link(gate.codeSpan(ready.branch), `${repository.url}/tree/${encodeURI(ready.branch)}`);
    const notes = ready.notes.map((note) => (0,safe_text/* safe */.gB) ` ${gate.inline(note)}`);
    return { ...started, say: (0,safe_text/* safe */.gB) `${started.say} It works on the branch ${link}.${(0,safe_text/* joinSafe */.e)(notes, (0,safe_text/* safe */.gB) ``)}` };
}
/** The run and the commit are for the steps before ours; the job asks the record whether they are the session's. */
function resumeRequest(session, { issue, index, mandate }) {
    const { id, commit } = session;
    const run = (0,decide_export/* runOf */.n)(session);
    const at = { ...(run === undefined ? {} : { run }), ...(commit === undefined ? {} : { commit }) };
    const asked = { issue, comment: mandate.comment, index };
    return { version: 1, kind: 'resume', session: id, ...at, asked };
}
/**
 * Starts the repository's workflow on the default branch, which reads comment, words and permission anew. A second start for the same command,
 * after a crash, does nothing: `takeRequest` lets one run have it.
 */
function dispatch(context, place) {
    // Without a head: what looks at the default branch looks at it as it is then.
    const { issue, index, mandate } = context;
    const { comment, digest } = mandate;
    return start({ version: 1, kind: 'command', issue, comment, index, digest }, context, place);
}
async function start(request, { gate, repository: { defaultBranch, url } }, { github, workflow }) {
    const started = await github.workflows.dispatch(workflow, { branch: defaultBranch, request: (0,events_request/* renderRequest */.iP)(request) });
    if ('missing' in started) {
        const say = (0,safe_text/* safe */.gB) `The workflow ${gate.codeSpan(`.github/workflows/${workflow}`)} could not be started on ${gate.codeSpan(defaultBranch)} (${gate.inline(started.missing)}): it has to be there, switched on, and take the input \`request\` of \`workflow_dispatch\`.`;
        return { outcome: 'failed', say };
    }
    const run = started.run === undefined ? (0,safe_text/* safe */.gB) `A run` : gate.link((0,safe_text/* safe */.gB) `A run`, `${url}/actions/runs/${started.run}`);
    return {
        outcome: 'started',
        say: (0,safe_text/* safe */.gB) `${run} of the workflow ${gate.codeSpan(workflow)} does it.`,
        run: started.run,
    };
}

;// CONCATENATED MODULE: ./build/src/flows/keep-checks.js










// In milliseconds. Whoever began to make a check run and did not in this time has died.
const longestMaking = 120_000;
/**
 * The check run on a pull request for a command that a workflow does there: made when the run works, ended when it ends, one for each attempt,
 * whoever is told of it and how often. Nothing on issues, and nothing for a token that makes no check runs.
 */
async function keepCheckRun(at, run, desk) {
    const inbox = await readInbox(at, desk);
    const known = findCheck(inbox, { ...at, run: run.id, attempt: run.attempt });
    if (known?.ended)
        return;
    if (run.status === 'in_progress')
        await begin(at, { run, known }, desk);
    if (run.status !== 'completed' || !known)
        return;
    const check = known.check ?? (await findMade(at, known, desk));
    if (check !== undefined)
        await desk.github.checks.update(check, await contentOf(at, { run, entry: known, inbox }, desk));
    await endCheck(at, { ...known, ...(check === undefined ? {} : { check }) }, desk);
}
async function endCheck(at, entry, desk) {
    await keep(at, { ...entry, ended: true }, desk);
}
async function begin(at, { run, known }, desk) {
    const isMade = known?.check !== undefined;
    const isBeingMade = known && desk.clock.now() - Date.parse(known.at) < longestMaking;
    if (isMade || isBeingMade)
        return;
    const pull = known ? { head: known.commit, isOpen: true } : await desk.github.pullRequest(at.issue);
    if (!pull?.isOpen)
        return;
    const entry = {
        ...{ comment: at.comment, index: at.index, run: run.id, attempt: run.attempt, commit: pull.head },
        ...{ at: (0,lib_clock/* isoTime */.Ly)(desk.clock.now()), ended: false, used: [] },
    };
    if (!(await claim(at, { entry, known }, desk)))
        return;
    const content = await contentOf(at, { run, entry, inbox: await readInbox(at, desk) }, desk);
    const made = (known && (await findMade(at, known, desk))) ?? (await create(at, entry, { content, desk }));
    if (made !== undefined)
        await keep(at, { ...entry, check: made }, desk);
}
function create(at, entry, { content, desk }) {
    return desk.github.checks.create({ commit: entry.commit, externalId: externalIdOf(at, entry), ...content });
}
/** One whose making was answered to nobody. */
async function findMade(at, entry, { github }) {
    const wanted = externalIdOf(at, entry);
    return (await github.checks.listOwn(entry.commit)).find(({ externalId }) => externalId === wanted)?.id;
}
/** @returns false where somebody else makes it. */
async function claim(at, { entry, known }, desk) {
    const { decided } = await (0,update_ledger/* updateLedger */.R)(desk.store, `${(0,comment_key/* nameOfComment */.o7)(at.comment)} of #${at.issue}: a check run for run ${entry.run}`, async (ledger) => {
        const inbox = await ledger.readInbox(at.issue);
        const there = findCheck(inbox, entry);
        if (there?.at !== known?.at || there?.check !== undefined)
            return { mine: false };
        return { mine: true, inbox: keepCheck(inbox, entry) };
    }, { repositoryId: desk.repositoryId });
    return decided.mine;
}
async function keep(at, entry, desk) {
    await (0,update_ledger/* updateLedger */.R)(desk.store, `${(0,comment_key/* nameOfComment */.o7)(at.comment)} of #${at.issue}: check run ${entry.check ?? ''}`, async (ledger) => {
        const inbox = await ledger.readInbox(at.issue);
        const { used } = findCheck(inbox, entry) ?? entry;
        return { inbox: keepCheck(inbox, { ...entry, used }) };
    }, { repositoryId: desk.repositoryId });
}
/** What the check run of a command shows now. */
async function contentOf(at, { run, entry, inbox, note }, desk) {
    const { github, gate, executors } = desk;
    const handled = (0,commands_inbox/* findEntry */.w4)(inbox, at.comment);
    const outcome = handled && (0,command_ends/* outcomesOf */.RK)(handled, inbox)[at.index];
    const end = (0,command_ends/* endsOf */.oI)(at.comment, inbox).find(({ index }) => index === at.index);
    const isOver = run.status === 'completed' || run.attempt > entry.attempt;
    const comment = await github.comments.read(at.comment);
    const line = comment && (0,parse_commands/* parseCommands */.G)(comment.body)[at.index];
    const shown = {
        verb: line && 'command' in line ? line.command.verb : '',
        run: run.url,
        say: end && isOver ? gate.block(end.say) : (0,safe_text/* safe */.gB) `In answer to ${gate.inline((0,comment_key/* nameOfComment */.o7)(at.comment))}.`,
    };
    const state = isOver ? toConclusion(outcome, run.conclusion) : 'in_progress';
    const offered = offeredBy(executors);
    const buttons = (await hasAssumptions(at, desk)) ? offered : offered.difference(new Set(['approve']));
    return renderCheck({ ...shown, state, note }, { gate, offered: buttons });
}
/** Whether there is anything to approve on a pull request. */
async function hasAssumptions({ issue }, { store, repositoryId }) {
    const { assumptions } = await (await (0,read_ledger/* readLedger */.S)(await store.read(), { repositoryId })).readMemory();
    return assumptions.some(({ pullRequest, state }) => pullRequest === issue && state === 'proposed');
}
async function readInbox({ issue }, desk) {
    const { store, repositoryId } = desk;
    return (await (0,read_ledger/* readLedger */.S)(await store.read(), { repositoryId })).readInbox(issue);
}

;// CONCATENATED MODULE: ./build/src/flows/answer-click.js











/**
 * Does what a button says, on the word of who clicked it, if that person may do so now, and for the commit that the check run is about. A button
 * does it once for each attempt of a run, however often its event arrives and however many click. Who may not is told in the check run.
 */
async function answerClick({ check, button, by }, desk) {
    if (!isButton(button))
        return;
    const { store, repositoryId, github } = desk;
    const found = findCheckById(await (await (0,read_ledger/* readLedger */.S)(await store.read(), { repositoryId })).listInboxes(), check);
    const run = found && (await github.workflows.readRun(found.entry.run));
    if (!found || !run)
        return;
    const { issue, comment, index, entry } = found;
    const clicked = { at: { issue, comment, index }, entry, run, button, by };
    const why = await whyNot(clicked, desk);
    if (why === 'unheard')
        return;
    if (why !== undefined)
        return note(clicked, (0,safe_text/* safe */.gB) `${desk.gate.inline(by)}: not done, ${desk.gate.inline(why)}.`, desk);
    if (button === 'approve')
        return approve(clicked, desk);
    if (await answer_click_act(clicked, desk))
        await answer_click_record(clicked, desk);
}
/** GitHub's own button for all checks of a commit: as if that person had clicked on Re-run of each of ours that is shown. */
async function answerRerunAll({ commit, by }, desk) {
    const { store, repositoryId } = desk;
    const inboxes = await (await (0,read_ledger/* readLedger */.S)(await store.read(), { repositoryId })).listInboxes();
    for (const check of newestChecksOn(commit, inboxes))
        await answerClick({ check, button: 'rerun', by }, desk);
}
/** Why nothing is done: the rest of a sentence; `unheard` where not even that is said. */
async function whyNot(clicked, desk) {
    const { at, entry, button, by } = clicked;
    const { github, config, remote } = desk;
    const comment = await github.comments.read(at.comment);
    const verb = button === 'rerun' ? verbAt(comment, at, await readInbox(at, desk)) : verbOf[button];
    if (verb === undefined)
        return 'the comment that asked for it was edited or deleted: ask again';
    const standing = await (0,follow_command/* lookUp */.TE)(by, desk);
    const verdict = (0,authorise/* authorise */.Z_)({
        ...{ verb, place: 'pull-request', standing, permissions: config.permissions, visibility: remote.visibility },
        // A click cannot be edited.
        comment: asComment(by),
    });
    if (verdict.kind === 'refused')
        return verdict.why;
    if (verdict.kind !== 'allowed')
        return 'unheard';
    if (button === 'stop')
        return undefined;
    const pull = await github.pullRequest(at.issue);
    if (!pull?.isOpen)
        return 'the pull request is not open';
    if (pull.head !== entry.commit)
        return `the pull request has moved on from ${entry.commit.slice(0, 7)}: ask again`;
    return undefined;
}
function verbAt(comment, { index }, { handled }) {
    const line = comment && (0,parse_commands/* parseCommands */.G)(comment.body)[index];
    const digest = handled.find((each) => each.comment === comment?.id)?.digest;
    return line && 'command' in line && digest === (0,hash/* sha256 */.sc)(comment.body) ? line.command.verb : undefined;
}
function asComment(author) {
    return { id: 0, body: '', author, by: 'person', createdAt: '', updatedAt: '', url: '' };
}
/** @returns whether it did something: what is stopped is not stopped again, and each attempt is repeated once. */
async function answer_click_act({ entry, run, button }, { github }) {
    if (run.attempt !== entry.attempt)
        return false;
    if (button === 'rerun')
        return run.status === 'completed' && github.workflows.rerun(run.id);
    if (run.status === 'completed')
        return false;
    await github.workflows.cancelRun(run.id);
    return true;
}
async function answer_click_record(clicked, desk) {
    const audit = { action: `${clicked.button}-run`, target: `run ${clicked.run.id}` };
    await useOnce(clicked, desk, async () => ({ answer: { outcome: 'done', say: (0,safe_text/* safe */.gB) `` }, audit }));
}
/** As the command `approve all` of this person; what it changes and that the button is used are one commit. */
async function approve(clicked, desk) {
    const { at, entry, by } = clicked;
    const executor = desk.executors.approve;
    if (!executor)
        return;
    const digest = (await readInbox(at, desk)).handled.find(({ comment }) => comment === at.comment)?.digest ?? '';
    const now = (0,lib_clock/* isoTime */.Ly)(desk.clock.now());
    const context = {
        ...{ issue: at.issue, index: at.index, place: 'pull-request', by, at: now, written: now },
        ...{
            mandate: { comment: at.comment, by, digest, head: entry.commit },
            visibility: desk.remote.visibility,
            repository: desk.remote,
        },
        ...{ config: desk.config, gate: desk.gate },
    };
    const all = { verb: 'approve', assumptions: 'all' };
    const change = await useOnce(clicked, desk, async (ledger) => {
        if (executor.kind === 'change')
            return executor.change(all, context, ledger);
        const change = executor.kind === 'either' ? await executor.change(all, context, ledger) : 'act';
        if (change !== 'act')
            return change;
        return { answer: await executor.act(all, context, ledger), audit: { action: 'approve', target: `#${at.issue}` } };
    });
    if (!change)
        return;
    await doOwed(owedBy(change), desk);
    await note(clicked, (0,safe_text/* safe */.gB) `${desk.gate.inline(by)}: ${change.answer.say}`, desk);
}
/** Writes a change together with the record that the button is used. @returns nothing where it was before. */
async function useOnce({ at, entry, button, by }, { store, repositoryId, clock }, decide) {
    const name = `check run ${entry.check ?? 0}`;
    const { decided } = await (0,update_ledger/* updateLedger */.R)(store, `${name} of #${at.issue}: ${button}`, async (ledger) => {
        const inbox = await ledger.readInbox(at.issue);
        const now = inbox.checks.find(({ check }) => check === entry.check) ?? entry;
        if (now.used.includes(button))
            return {};
        const change = await decide(ledger);
        const audit = change.audit
            ? [{ at: (0,lib_clock/* isoTime */.Ly)(clock.now()), session: name, actor: by, ...change.audit }]
            : [];
        return { ...change.changes, change, audit, inbox: keepCheck(inbox, { ...now, used: [...now.used, button] }) };
    }, { repositoryId });
    return decided.change;
}
async function note({ at, entry, run }, text, desk) {
    const { check } = entry;
    if (check === undefined)
        return;
    const inbox = await readInbox(at, desk);
    await desk.github.checks.update(check, await contentOf(at, { run, entry, inbox, note: text }, desk));
}

// EXTERNAL MODULE: ./build/src/flows/answer-learning-boxes.js
var answer_learning_boxes = __webpack_require__(36900);
// EXTERNAL MODULE: ./build/src/findings/issue-markers.js
var issue_markers = __webpack_require__(5797);
;// CONCATENATED MODULE: ./build/src/flows/record-reviews.js








/**
 * Puts what people clicked about assumptions on record, each bound to the text that the panel showed, and tells the findings that hang on them.
 *
 * @returns why clicks count for nothing (sentences).
 */
async function recordVotes(session, { deeds, said }, place) {
    const { store, remote, clock } = place;
    const { decided } = await (0,update_ledger/* updateLedger */.R)(store, `session ${session}: ${(0,lib_text/* count */.U9)(deeds.length, 'word')} on assumptions`, async (ledger) => {
        const look = await (0,panel_look/* panelIn */.A)(ledger, session, remote);
        if (!look)
            return { refused: [] };
        const { records, refused } = vote(look.assumed.told, deeds, said);
        if (records.length === 0)
            return { refused };
        const before = await ledger.readMemory();
        const audit = records.map(({ id }) => (0,audit_line/* auditLine */.k)({ action: 'review-assumption', target: `${session} ${id}` }, { session, actor: said.by }, clock));
        return { memory: (0,memory_memory/* withAssumptions */.d$)(before, records), audit, refused, before };
    }, (0,record_session/* identityOf */.c)(remote));
    const { before, memory, refused } = decided;
    if (before && memory)
        await (0,tell_open_pulls/* tellSettled */.XO)({ before, after: memory }, place);
    return refused;
}
function vote(told, deeds, said) {
    const now = new Map(told.map((record) => [record.id, record]));
    const changed = new Set();
    const refused = [];
    for (const { assumption, revision, verdict, on } of deeds) {
        const record = now.get(assumption);
        if (!record)
            continue;
        const reviewed = followReview(record, { ...said, revision, verdict, on });
        if ('refused' in reviewed)
            refused.push(reviewed.refused);
        else if (reviewed.record !== record) {
            now.set(assumption, reviewed.record);
            changed.add(assumption);
        }
    }
    return { records: [...changed].flatMap((id) => now.get(id) ?? []), refused };
}

;// CONCATENATED MODULE: ./build/src/flows/review-in-pull.js




/** Somebody who may approve ticked the box: all assumptions are offered for review in a pull request. @returns why not, a sentence. */
async function reviewInPull(by, { github, permissions, place }) {
    const { store, remote, gate } = place;
    try {
        const pull = await (0,open_assumptions_pull/* openAssumptionsPull */.uk)({ by }, { github, store, remote, gate, clock: lib_clock/* systemClock */.ml, permissions });
        return 'none' in pull ? gate.inline(pull.none) : undefined;
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo || error instanceof errors/* ExternalError */.yA))
            throw error;
        const hint = error instanceof errors/* ExternalError */.yA && error.hint ? (0,safe_text/* safe */.gB) ` ${gate.inline(error.hint)}` : (0,safe_text/* safe */.gB) ``;
        return (0,safe_text/* safe */.gB) `the pull request could not be opened. ${gate.inline((0,errors/* messageOf */.bD)(error))}${hint}`;
    }
}

;// CONCATENATED MODULE: ./build/src/flows/answer-panel.js











/**
 * What somebody did on a panel by clicking. It counts where that person may answer now; else the panel is put back as it was, with one sentence to
 * them, and on a public repository without any. Whatever else was done to its text is undone.
 */
async function answerPanel(edit, ports) {
    const { github, config, clock, gate, workflow } = ports;
    const remote = await github.repository();
    const store = github.ledger(config.ledger.branch);
    const ledger = await (0,read_ledger/* readLedger */.S)(await store.read(), (0,record_session/* identityOf */.c)(remote));
    const known = ledger.sessionIssues.find(({ number }) => number === edit.issue);
    const panel = known && (await ledger.readPanel(known.session));
    if (!panel || panel.comment !== edit.comment)
        return 'not-ours';
    const place = { github, store, remote, gate, clock, workflow, actor: edit.sender };
    if (edit.deeds.length === 0) {
        await (0,keep_panel/* keepPanel */.Y)(panel.session, place);
        return 'healed';
    }
    const refused = [...(await answer_panel_follow(edit, panel.session, { place, ports }))];
    if (refused.length > 0)
        await tellRefused(edit, refused, { place, isPublic: remote.visibility === 'public' });
    return refused.length > 0 ? 'refused' : 'answered';
}
/** What was asked counts by the right to answer, what was assumed by the right to approve. */
async function answer_panel_follow({ deeds, sender: by, at, url: from, comment }, session, { place, ports }) {
    const standing = await (0,follow_command/* lookUp */.TE)(by, ports);
    const reviews = deeds.filter((deed) => deed.kind === 'review');
    const isPullAsked = deeds.some(({ kind }) => kind === 'pull-request');
    const acts = deeds.flatMap((deed) => deed.kind === 'review' || deed.kind === 'pull-request' ? [] : [{ by, at, from, comment, ...deed }]);
    const mayAnswer = acts.length === 0 ? undefined : answer_panel_whyNot('answer', standing, ports);
    const mayReview = reviews.length === 0 && !isPullAsked ? undefined : answer_panel_whyNot('approve', standing, ports);
    const votes = mayReview ? [] : await recordVotes(session, { deeds: reviews, said: { by, at, from } }, place);
    const { github, config } = ports;
    const unopened = isPullAsked && !mayReview ? await reviewInPull(by, { github, permissions: config.permissions, place }) : undefined;
    if (acts.length > 0 && !mayAnswer)
        await (0,record_answers/* recordAnswers */.l)(session, acts, place);
    else
        await (0,keep_panel/* keepPanel */.Y)(session, place);
    const moved = [...votes.map((why) => place.gate.inline(why)), ...(unopened ? [unopened] : [])].map((why) => ({ why, quiet: false }));
    return [...(mayAnswer ? [mayAnswer] : []), ...(mayReview ? [mayReview] : []), ...moved];
}
function answer_panel_whyNot(verb, standing, { config, gate }) {
    if ('unknown' in standing) {
        const why = (0,safe_text/* safe */.gB) `what you may do here could not be looked up (${gate.inline(standing.unknown)}); try again`;
        return { why, quiet: true };
    }
    const needed = (0,authorise/* roleNeeded */.SA)(verb, config.permissions);
    if ((0,events_role/* isAtLeast */.d)(standing.role, needed))
        return undefined;
    const what = verb === 'answer' ? (0,safe_text/* safe */.gB) `answering` : (0,safe_text/* safe */.gB) `deciding on assumptions`;
    return {
        why: (0,safe_text/* safe */.gB) `${what} takes the role ${gate.inline(needed)} in this repository`,
        quiet: !(0,events_role/* isAtLeast */.d)(standing.role, 'triage'),
    };
}
/** One sentence for each person and reason, once. */
async function tellRefused({ issue, sender }, refused, { place: { github, gate }, isPublic }) {
    for (const { why } of refused.filter(({ quiet }) => !quiet || !isPublic)) {
        const mark = (0,issue_markers/* renderCommentMark */.NL)(['panel-refused', sender.toLowerCase(), why], gate);
        const end = why.endsWith('.') ? (0,safe_text/* safe */.gB) `` : (0,safe_text/* safe */.gB) `.`;
        const say = (0,safe_text/* safe */.gB) `What ${gate.inline(sender)} ticked was taken back: ${why}${end}`;
        await github.comments.ensure(issue, mark, (0,safe_text/* safe */.gB) `${say}\n\n${mark}`);
    }
}

// EXTERNAL MODULE: ./build/src/flows/ask-people.js + 1 modules
var ask_people = __webpack_require__(12868);
// EXTERNAL MODULE: ./build/src/runs/continue-runs.js
var continue_runs = __webpack_require__(3102);
// EXTERNAL MODULE: ./build/src/flows/each-apart.js
var each_apart = __webpack_require__(96301);
// EXTERNAL MODULE: ./build/src/flows/keep-run-label.js + 1 modules
var keep_run_label = __webpack_require__(47633);
// EXTERNAL MODULE: ./build/src/flows/order-run.js
var order_run = __webpack_require__(50711);
// EXTERNAL MODULE: ./build/src/flows/run-pull-view.js
var run_pull_view = __webpack_require__(90780);
;// CONCATENATED MODULE: ./build/src/flows/continue-runs.js


















const mostLooked = 50;
/**
 * Goes on with runs whose pull requests people want changed, or whose checks failed: a few times by itself, then a person is asked for. For whoever
 * is told of a review or a check, of the end of a run, and for a timer; repeatable, as all that counts is read anew and what was dealt with is on
 * record.
 *
 * @returns `soon` where somebody is about to begin a run: worth another look in a moment. After runs that are at work one is told of their end.
 * @throws ExternalError, UserError of the first that failed, once all were looked at.
 */
async function continueRuns(desk, among = {}) {
    const ledger = await (0,read_ledger/* readLedger */.S)(await desk.store.read(), (0,record_session/* identityOf */.c)(desk.remote));
    const open = (await (0,find_run/* readAllRuns */.c)(ledger)).filter(({ pullRequest }) => pullRequest?.state === 'open');
    const meant = await Promise.all(open.map((each) => isMeant(each, among, ledger)));
    let came = 'done';
    await (0,each_apart/* eachApart */._)(open.filter((_, index) => meant[index]).slice(-mostLooked), {
        async work(runs) {
            if ((await continueOne(runs, ledger, desk)) === 'soon')
                came = 'soon';
        },
        what: ({ issue }) => `The runs of #${issue} were not gone on with`,
    }, desk);
    return came;
}
/** Each that is looked at takes several requests: of a workflow's run that ended only those are that it may have been at. */
async function isMeant({ pullRequest, asked }, { pullRequests, run }, ledger) {
    if (pullRequests)
        return pullRequest !== undefined && pullRequests.includes(pullRequest.number);
    if (run === undefined || !asked)
        return true;
    const { comment, index, order } = asked;
    if (order)
        return order.taken === run || order.started?.run === run;
    return comment === undefined || !(0,command_ends/* isOfOtherRun */.$k)({ comment, index }, await ledger.readInbox(asked.issue), run);
}
async function continueOne(runs, ledger, desk) {
    if (await repeatStart(runs, desk))
        return 'done';
    const busy = await whoIsBusy(runs, ledger, desk);
    if (busy)
        return busy === 'follower' ? 'soon' : 'done';
    const seen = await (0,run_pull_view/* lookAtPull */.EP)(runs, desk);
    if (!seen)
        return 'done';
    const decided = (0,continue_runs/* decideContinuation */.w)(runs, seen.view);
    if (decided.kind === 'continue')
        await goOn(runs, decided, { seen, desk });
    if (decided.kind === 'halt')
        await halt(runs.issue, seen.view, desk);
    // Where whoever wrote that died before it was told.
    if (decided.kind === 'nothing' && runs.halted && !runs.halted.told)
        await tellHalt(runs, runs.halted.why, desk);
    return 'done';
}
/** Where whoever put an order on record died before a workflow was started for it. */
async function repeatStart({ issue, asked, attempts }, desk) {
    const { order } = asked ?? {};
    const isLeft = asked && order && order.cause.kind !== 'chain' && !order.started && order.taken === undefined;
    if (!isLeft || !(0,continue_runs/* isOrderOpen */.X)({ asked, attempts }, desk.clock.now()))
        return false;
    const { by, at, issue: on } = asked;
    await (0,order_run/* orderRun */.yS)({ id: order.id, cause: order.cause, issue, on, by, at, say: (0,safe_text/* safe */.gB) `Courier goes on by itself.` }, desk);
    return true;
}
/** `run`: there is one, or is to be one. `follower`: somebody is at the command that asks for it, and has not come to start it. */
async function whoIsBusy(runs, ledger, { clock }) {
    const now = clock.now();
    const { asked, offer } = runs;
    // What was pushed is still to be offered: its end has not been told.
    const isOffered = offer !== undefined && asked?.opens === 'app';
    if (isOffered || (0,continue_runs/* isOrderOpen */.X)(runs, now) || (0,issue_runs/* whyAtWork */.J)(runs, (0,lib_clock/* isoTime */.Ly)(now)) !== undefined)
        return 'run';
    if (asked?.comment === undefined)
        return undefined;
    const { comment, index } = asked;
    const inbox = await ledger.readInbox(asked.issue);
    if ((0,command_ends/* isBeingFollowed */.wv)({ comment, index }, inbox))
        return 'follower';
    return (0,command_ends/* isPending */.mm)({ comment, index }, inbox) ? 'run' : undefined;
}
async function goOn(runs, { cause, heeded }, { seen, desk }) {
    const { issue, pullRequest, asked } = runs;
    const by = cause.kind === 'review' ? seen.requestedBy(cause.reviews) : await whoAsked(runs, desk);
    if (!pullRequest || by === undefined)
        return;
    const now = (0,lib_clock/* isoTime */.Ly)(desk.clock.now());
    // GitHub's clock may be ahead of this one: what was said in the reviews is meant, all of it.
    const at = [now, ...seen.view.requests.map((request) => request.at)].toSorted().at(-1) ?? now;
    const say = (0,safe_text/* safe */.gB) `${whyGoing(cause, by, seen, desk)} Courier goes on by itself (${(0,issue_runs/* ownRuns */.F_)(runs) + 1} of ${issue_runs/* mostOwnRuns */.sj}).`;
    const model = asked?.model;
    const order = { id: `O-${(0,hash/* randomBase32 */.OL)(8)}`, issue, cause, on: pullRequest.number, by, at, model, heeded, say };
    const ready = await (0,order_run/* orderRun */.yS)(order, desk);
    if ('refused' in ready)
        desk.log.info(`#${issue} is not gone on with: ${desk.gate.logLine(ready.refused)}`);
}
/** Checks are answered on the word of who asked for the runs last, as long as that person may. */
async function whoAsked({ asked }, { github, config }) {
    if (!asked)
        return undefined;
    const standing = await (0,follow_command/* lookUp */.TE)(asked.by, { github });
    const may = 'role' in standing && (0,events_role/* isAtLeast */.d)(standing.role, (0,authorise/* roleNeeded */.SA)('run', config.permissions));
    return may ? asked.by : undefined;
}
function whyGoing(cause, by, { view }, { gate }) {
    if (cause.kind === 'review')
        return (0,safe_text/* safe */.gB) `${gate.inline(by)} asked for changes.`;
    const names = (view.failed ?? []).slice(0, 5).join(', ');
    return (0,safe_text/* safe */.gB) `Checks failed at ${gate.inline(view.commit.slice(0, 7))}: ${gate.inline(names)}.`;
}
/** Decided anew where somebody else wrote meanwhile: of several that look at the same one says it. */
async function halt(issue, view, desk) {
    const at = (0,lib_clock/* isoTime */.Ly)(desk.clock.now());
    const { decided } = await change(issue, 'a person is needed', desk, (runs) => {
        const now = (0,continue_runs/* decideContinuation */.w)(runs, view);
        if (now.kind !== 'halt')
            return undefined;
        return { ...runs, heeded: now.heeded, halted: { at, why: desk.gate.plain(now.why), told: false } };
    });
    if (!decided.runs)
        return;
    await tellHalt(decided.runs, decided.runs.halted?.why ?? '', desk);
    await (0,keep_run_label/* keepRunLabelOrLog */.c)(issue, { ...desk, repositoryId: desk.remote.id });
}
/** The label follows from the record; the sentence stands on the pull request. */
async function tellHalt({ issue, pullRequest, halted }, why, desk) {
    const { github, gate } = desk;
    const mark = (0,issue_markers/* renderCommentMark */.NL)(['run-halted', String(issue), halted?.at ?? ''], gate);
    const body = gate.comment((0,safe_text/* safe */.gB) `${gate.inline(why)}\n\n${mark}`);
    if (pullRequest)
        await github.issues.comment(pullRequest.number, body, mark);
    await change(issue, 'a person was told', desk, (runs) => runs.halted ? { ...runs, halted: { ...runs.halted, told: true } } : runs);
}
function change(issue, what, { store, remote }, to) {
    return (0,update_ledger/* updateLedger */.R)(store, `#${issue}: ${what}`, async (ledger) => {
        const before = await ledger.readRuns(issue);
        const runs = before && to(before);
        return runs ? { runs } : {};
    }, (0,record_session/* identityOf */.c)(remote));
}

// EXTERNAL MODULE: ./build/src/commands/why-ended.js
var why_ended = __webpack_require__(9407);
;// CONCATENATED MODULE: ./build/src/flows/end-left-checks.js





const end_left_checks_mostLooked = 50;
/** No check run stays at work whose run does not: for the start of the app and for a timer, as events may have been lost. */
async function endLeftChecks(desk) {
    const { store, repositoryId } = desk;
    const inboxes = await (await (0,read_ledger/* readLedger */.S)(await store.read(), { repositoryId })).listInboxes();
    const left = inboxes.flatMap(({ issue, checks }) => checks.filter(({ ended }) => !ended).map((entry) => ({ issue, entry })));
    for (const { issue, entry } of left.slice(0, end_left_checks_mostLooked))
        await endLeft(issue, entry, desk);
}
async function endLeft(issue, entry, desk) {
    const { github, gate } = desk;
    const at = { issue, comment: entry.comment, index: entry.index };
    const run = await github.workflows.readRun(entry.run);
    if (run && run.status !== 'completed' && run.attempt <= entry.attempt)
        return;
    const check = entry.check ?? (await findMade(at, entry, desk));
    if (check !== undefined) {
        const content = run
            ? await contentOf(at, { run, entry, inbox: await readInbox(at, desk) }, desk)
            : renderCheck({ state: 'cancelled', verb: '', run: '', say: (0,safe_text/* safe */.gB) `${gate.inline(why_ended/* runGone */.Pr)}` }, { gate, offered: new Set() });
        await github.checks.update(check, content);
    }
    await endCheck(at, { ...entry, ...(check === undefined ? {} : { check }) }, desk);
}

// EXTERNAL MODULE: ./build/src/flows/status-comment.js
var status_comment = __webpack_require__(64313);
;// CONCATENATED MODULE: ./build/src/flows/follow-run.js









/**
 * What became of a workflow's run that does commands, as GitHub has it now: one that ended without a word (it died, was cancelled, never began) is
 * told in the status comment. Repeatable, and nothing for runs that do no command.
 *
 * Its check run on a pull request follows, where `desk` belongs to an app.
 *
 * @returns the commands that it has.
 */
async function followRun(id, desk) {
    const inboxes = await readInboxes(desk);
    const commands = inboxes.flatMap((inbox) => (0,command_ends/* commandsOfRun */.lZ)(inbox, id));
    if (commands.length === 0)
        return commands;
    const run = await desk.github.workflows.readRun(id);
    for (const command of run ? commands : []) {
        if (run?.status === 'completed')
            await endSilent(command, run, desk);
        if (run)
            await keepCheckRun(command, run, desk);
    }
    return commands;
}
// In milliseconds. A dispatch becomes a run within seconds; where GitHub did not say which, the run says so itself when it begins.
const longestStart = 3_600_000;
const follow_run_mostLooked = 100;
/** The same for all commands that have no end yet: for the start of the app and for a timer, as events may have been lost. */
async function followOpenRuns(desk) {
    await followOpenCommands(desk);
    await endLeftChecks(desk);
}
/** Those of the commands alone. */
async function followOpenCommands(desk) {
    const { store, repositoryId } = desk;
    const ledger = await (0,read_ledger/* readLedger */.S)(await store.read(), { repositoryId });
    // A chain is many runs, and says itself when it has ended.
    const chains = (await ledger.listChains()).filter(({ end }) => !end?.told);
    const isChain = ({ issue, comment, index }) => chains.some((chain) => chain.issue === issue && chain.comment === comment && chain.index === index);
    const open = (await ledger.listInboxes()).flatMap(command_ends/* openCommands */.zE).filter((command) => !isChain(command));
    const runs = new Map();
    for (const command of open.slice(0, follow_run_mostLooked)) {
        const { run } = command;
        if (run === undefined) {
            if (desk.clock.now() - Date.parse(command.at) > longestStart)
                await fail(command, { why: why_ended/* neverBegan */.St, run: 0 }, desk);
            continue;
        }
        if (!runs.has(run))
            runs.set(run, await desk.github.workflows.readRun(run));
        await followOpen(command, { id: run, run: runs.get(run) }, desk);
    }
}
async function followOpen(command, { id, run }, desk) {
    if (!run)
        await fail(command, { why: why_ended/* runGone */.Pr, run: id }, desk);
    else if (run.status === 'completed')
        await endSilent(command, run, desk);
}
/** What the run said itself stays, and is shown where it could not do so any more. */
async function endSilent(command, run, desk) {
    const { id, attempt, url } = run;
    const made = await findPushed(command, desk);
    if (!made)
        return fail(command, { why: (0,why_ended/* whyEnded */.rs)(run.conclusion), run: id, attempt, url }, desk);
    const { gate } = desk;
    const say = (0,safe_text/* safe */.gB) `${(0,render_run/* renderPushed */.w)(made, gate)}. The run ended before it could say more: ${gate.link((0,safe_text/* safe */.gB) `what it left`, url)}.`;
    await (0,status_comment/* endCommand */.v6)(command, { outcome: 'done', say, run: id, attempt }, desk);
}
/** What the run of an issue that a command asked for had pushed and put on record before it was cut off: nothing of that is lost. */
async function findPushed({ comment, index }, { store, repositoryId }) {
    const all = await (0,find_run/* readAllRuns */.c)(await (0,read_ledger/* readLedger */.S)(await store.read(), { repositoryId }));
    const runs = all.find(({ asked }) => asked?.comment === comment && asked.index === index);
    const last = runs?.attempts.at(-1);
    if (!runs?.asked || last?.outcome !== 'pushed' || Date.parse(last.at) < Date.parse(runs.asked.at))
        return undefined;
    return { branch: runs.branch, commit: last.commit, held: runs.offer?.held };
}
async function fail(at, { why, run, attempt = 1, url }, desk) {
    const more = url === undefined ? (0,safe_text/* safe */.gB) `` : (0,safe_text/* safe */.gB) ` ${desk.gate.link((0,safe_text/* safe */.gB) `What it left`, url)}.`;
    await (0,status_comment/* endCommand */.v6)(at, { outcome: 'failed', say: (0,safe_text/* safe */.gB) `${desk.gate.inline(why)}${more}`, run, attempt }, desk);
}
async function readInboxes({ store, repositoryId }) {
    return (await (0,read_ledger/* readLedger */.S)(await store.read(), { repositoryId })).listInboxes();
}

// EXTERNAL MODULE: ./build/src/flows/tend-runs.js + 1 modules
var tend_runs = __webpack_require__(65333);
;// CONCATENATED MODULE: ./build/src/flows/end-dead-runs.js



/**
 * Ends what workflow runs were at that died without a word, as far as GitHub knows of their end: for whoever comes next where no app was told of it.
 * Otherwise a run of an issue that was killed would keep the next one away. It is not what they came for: what fails is left for later.
 */
async function endDeadRuns(desk) {
    try {
        await followOpenCommands(desk);
        await (0,tend_runs/* tendRuns */.uJ)(desk);
    }
    catch (error) {
        if (!(error instanceof errors/* ExternalError */.yA || error instanceof errors/* UserError */.yo))
            throw error;
        desk.log.warn(`What became of earlier runs was not looked up: ${desk.gate.logLine((0,errors/* messageOf */.bD)(error))}`);
    }
}

// EXTERNAL MODULE: ./build/src/runs/branch-name.js
var branch_name = __webpack_require__(17232);
// EXTERNAL MODULE: ./build/src/runs/protected-paths.js
var protected_paths = __webpack_require__(16747);
// EXTERNAL MODULE: ./build/src/flows/judge-pushed.js
var judge_pushed = __webpack_require__(3964);
// EXTERNAL MODULE: ./build/src/flows/open-run-pull.js + 2 modules
var open_run_pull = __webpack_require__(6569);
;// CONCATENATED MODULE: ./build/src/flows/open-offered-runs.js













/**
 * Opens the pull requests of the runs that were started by the app and have pushed their work: what an app opens starts the repository's checks.
 * Each is looked at again before, on GitHub. It may be repeated, and done by several at once.
 *
 * @throws ExternalError, UserError of the first that failed, once all were looked at.
 */
async function openOfferedRuns(place) {
    const ledger = await (0,read_ledger/* readLedger */.S)(await place.store.read(), (0,record_session/* identityOf */.c)(place.remote));
    const offered = (await (0,find_run/* readAllRuns */.c)(ledger)).flatMap((runs) => runs.offer && runs.asked?.opens === 'app' ? [{ ...runs, offer: runs.offer }] : []);
    await (0,each_apart/* eachApart */._)(offered, {
        work: (runs) => openOffered(runs, place),
        what: ({ issue }) => `What the run of #${issue} pushed was not offered`,
    }, place);
}
async function openOffered(runs, place) {
    const why = (await open_offered_runs_whyNot(runs, place)) ?? (await bring(runs, place));
    if (why !== undefined) {
        await say(runs, [why], place);
        await withdraw(runs, why, place);
        return;
    }
    const { notes } = await (0,open_run_pull/* openRunPull */.x)(runs, place);
    // The pull request itself is seen at the issue, which it names.
    if (notes.length > 0)
        await say(runs, notes, place);
}
/** Why the work is not offered, in a sentence. */
async function open_offered_runs_whyNot(runs, place) {
    const { branch, offer } = runs;
    const { github, gate, config } = place;
    const { branches } = github;
    const { from, commit } = offer;
    const short = commit.slice(0, 7);
    const missing = await whyNotThere(runs, place);
    if (missing !== undefined)
        return missing;
    if ((await branches.parent(commit)) !== from)
        return `Nothing was done with what the run made: ${short} does not stand on ${from.slice(0, 7)}, which the run began from.`;
    const [refusal] = await (0,judge_pushed/* judgePushed */.X)(await toJudge(runs, place), {
        ...{ branches, gate },
        isProtected: (0,protected_paths/* createProtection */.o)(config.runs.protectedPaths),
    });
    if (!refusal)
        return undefined;
    const what = refusal.path === undefined ? '' : ` ${refusal.path}:`;
    if (offer.held)
        return `${short} was not brought to ${branch}, as it may not leave a sandbox:${what} ${refusal.why}.`;
    return `No pull request was opened, as what was pushed to ${branch} may not leave a sandbox:${what} ${refusal.why}. Look at it, and remove the branch.`;
}
/**
 * Of a pull request that is open, what the run adds to it. Of one that would be opened, all that it would hold, below and above what the run says it
 * pushed: nobody has looked at that yet, and opening it starts the repository's workflows.
 */
async function toJudge(runs, { github }) {
    const { branch, base, offer, pullRequest } = runs;
    const pull = pullRequest && (await github.pullRequests.read(pullRequest.number));
    if (pull && (0,run_pull_view/* isOfRuns */.Cd)(pull, runs))
        return offer;
    const commit = (await github.branches.head(branch)) ?? offer.commit;
    return { from: (await github.branches.fork(base, commit)) ?? offer.from, commit };
}
/** Why the commit is not on its branch, and does not come there. */
async function whyNotThere(runs, place) {
    const { branch, offer } = runs;
    const { held, from, commit } = offer;
    const { github } = place;
    const head = await github.branches.head(branch);
    if (head === commit || (head !== undefined && (await github.isAhead(commit, head))))
        return undefined;
    const short = commit.slice(0, 7);
    if (!held)
        return `No pull request was opened: the branch ${branch} does not hold ${short} any more, which the run pushed.`;
    if (head !== from)
        return movedOn({ branch, offer });
    const astray = await whyAstray(runs, place);
    return astray === undefined ? undefined : `${short} was not brought to ${branch}, ${astray}`;
}
/**
 * Only the branch of a pull request that is open goes forward, whatever the ledger says of the branch: who may write to the ledger may not write
 * everywhere, and what people closed while the run worked is not to come back as another one.
 */
async function whyAstray(runs, { github, remote, config }) {
    const { branch, pullRequest } = runs;
    if ((0,branch_name/* refuseBranch */.H)(branch, { defaultBranch: remote.defaultBranch, ledger: config.ledger.branch, isProtected: false }))
        return 'which no run works on.';
    const pull = pullRequest && (await github.pullRequests.read(pullRequest.number));
    if (pull && (0,run_pull_view/* isOfRuns */.Cd)(pull, runs))
        return undefined;
    const which = pullRequest ? `#${pullRequest.number}` : 'its pull request';
    return `as ${which} is not open any more: ask for the run again to have it made anew.`;
}
/** A commit that waited for this look comes to its branch now, by the app's token: so the repository's checks start. */
async function bring({ branch, offer }, { github }) {
    const { held, from, commit } = offer;
    const { branches } = github;
    if (!held || (await branches.head(branch)) !== from)
        return undefined;
    const brought = await branches.advance(branch, { from, to: commit });
    if (brought === 'advanced')
        return undefined;
    return brought.obstacle === 'moved' ? movedOn({ branch, offer }) : `Nothing was pushed to ${branch}: ${brought.why}`;
}
function movedOn({ branch, offer: { from, commit } }) {
    return `${commit.slice(0, 7)} was not brought to ${branch}, which has moved on from ${from.slice(0, 7)} meanwhile: ask for the run again to have it made anew on what is there now.`;
}
function say({ issue, offer }, sentences, { github, gate }) {
    const mark = (0,issue_markers/* renderCommentMark */.NL)(['run', offer.session, offer.commit], gate);
    const words = sentences.map((sentence) => gate.inline(sentence));
    return github.issues.comment(issue, (0,safe_text/* safe */.gB) `${(0,safe_text/* joinSafe */.e)(words, (0,safe_text/* safe */.gB) ` `)}\n\n${mark}`, mark);
}
/** What may not be offered came to nothing, whatever its job thought. */
async function withdraw({ issue, offer: refused }, why, { store, remote }) {
    await (0,update_ledger/* updateLedger */.R)(store, `#${issue}: what was pushed is not offered`, async (ledger) => {
        const now = await ledger.readRuns(issue);
        if (now?.offer?.commit !== refused.commit)
            return {};
        const { offer: _, ...rest } = now;
        const attempts = now.attempts.map((attempt) => attempt.session === refused.session
            ? { ...attempt, outcome: 'refused', why: (0,lib_text/* truncate */.xv)(why, 1900) }
            : attempt);
        return { runs: { ...rest, attempts } };
    }, (0,record_session/* identityOf */.c)(remote));
}

// EXTERNAL MODULE: ./build/src/flows/tend-assumptions-pulls.js + 2 modules
var tend_assumptions_pulls = __webpack_require__(96276);
;// CONCATENATED MODULE: ./build/src/flows/duties.js









/** What follows from more than one kind of event. With a broken configuration nobody knows who may what: it is looked at later. */
function createDuties({ problem, runDesk, pullPlace, workflow, isStep }) {
    const hear = async (pullRequest) => problem === undefined ? (0,tend_assumptions_pulls/* tendAssumptionsPulls */.gn)(pullPlace, pullRequest) : undefined;
    // The app hears of each run that ends, if it does: what the last one pushed comes before another one begins, whose work would take its place.
    const endUntold = async () => (isStep ? endDeadRuns(runDesk) : offerLeft());
    // Only the app is told of reviews and checks, and may start what follows from them.
    const goOn = async (among) => isStep || problem !== undefined ? undefined : continueRuns({ ...runDesk, workflow, opens: 'app' }, among);
    const bringOn = async () => problem === undefined ? (0,tend_chains/* tendChains */.K)({ ...runDesk, workflow, opens: isStep ? 'job' : 'app' }) : undefined;
    // A step in a workflow opens its own. With a broken configuration nobody knows what is protected: it is opened later.
    const openOffered = async () => (isStep || problem !== undefined ? undefined : openOfferedRuns(runDesk));
    async function offerLeft() {
        try {
            await openOffered();
        }
        catch (error) {
            // It is not what they came for, and was told.
            if (!(error instanceof errors/* ExternalError */.yA || error instanceof errors/* UserError */.yo))
                throw error;
        }
    }
    /** One after the other, as each builds on what came before; none is kept from its work by another's failure. */
    async function tendAllRuns(among) {
        let came;
        const duties = [
            ['What runs pushed was not offered', openOffered],
            ['What became of runs was not looked up', () => (0,tend_runs/* tendRuns */.uJ)(runDesk)],
            ['Open pull requests were not told of each other', () => (0,tell_open_pulls/* tellOpenPulls */.uD)(runDesk)],
            ['Chains were not brought on', bringOn],
            [
                'Runs were not gone on with',
                async () => {
                    came = await goOn(among);
                },
            ],
        ];
        await (0,each_apart/* eachApart */._)(duties, { work: ([, duty]) => duty(), what: ([what]) => what }, runDesk);
        return came;
    }
    async function afterComments({ issue, pullRequest }, handled) {
        if (pullRequest && (await (0,tend_assumptions_pulls/* isAssumptionsPull */.qk)(issue, pullPlace)))
            await hear(issue);
        // A review that holds a command may ask for changes, too.
        if (pullRequest)
            await goOn({ pullRequests: [issue] });
        await (0,tend_runs/* tendCommented */.sR)({ issue, pullRequest }, { ...runDesk, workflow, told: isStep ? 'by nobody' : 'by GitHub' });
        // One may have stopped a chain.
        if (handled.kind === 'done' && handled.comments > 0)
            await bringOn();
    }
    return { endUntold, hear, tendAllRuns, goOn, afterComments };
}

;// CONCATENATED MODULE: ./build/src/flows/find-waiting.js




/**
 * The issues where a comment waits although nobody is going to be woken for it: the delivery was lost, or whoever took it died.
 * @param since milliseconds since the epoch; comments that are older are not looked for.
 */
async function find_waiting_findWaiting(since, { github, config, clock }) {
    const recent = await github.comments.recent((0,lib_clock/* isoTime */.Ly)(since));
    const commands = recent.filter(({ comment }) => comment.by === 'person' && /\/courier/i.test(comment.body));
    if (commands.length === 0)
        return [];
    const remote = await github.repository();
    const ledger = await (0,read_ledger/* readLedger */.S)(await github.ledger(config.ledger.branch).read(), (0,record_session/* identityOf */.c)(remote));
    const self = await github.self();
    const waiting = [];
    for (const [issue, found] of Map.groupBy(commands, (each) => each.issue)) {
        const comments = found.map(({ comment }) => comment);
        const chosen = (0,commands_inbox/* chooseComments */.Y2)(await ledger.readInbox(issue), comments, { self, now: clock.now() });
        if (chosen.length > 0)
            waiting.push({ issue, pullRequest: found.some(({ pullRequest }) => pullRequest) });
    }
    return waiting;
}

;// CONCATENATED MODULE: ./build/src/flows/greet-comment.js

/**
 * 👀 for a comment that an event told of, where a person asks for something in it: at once, before anything else is looked up.
 * @returns whether it has it.
 */
async function greetComment(id, { comments }) {
    const comment = await comments.read(id);
    if (comment?.by !== 'person' || (0,parse_commands/* parseCommands */.G)(comment.body).length === 0)
        return false;
    await comments.react(id, 'eyes');
    return true;
}

;// CONCATENATED MODULE: ./build/src/commands/holder.js

/** A new name for a worker, by which the ledger knows it; that of a workflow's run says which one, as GitHub can tell whether it lives. */
function newHolder(at) {
    return at ? `run-${at.run}-${at.attempt}-${(0,hash/* randomBase32 */.OL)(8)}` : (0,hash/* randomBase32 */.OL)(12);
}
/** The run that a worker's name speaks of. */
function tryOf(holder) {
    const [, run, attempt] = /^run-(\d{1,15})-(\d{1,4})-/.exec(holder) ?? [];
    return run === undefined || attempt === undefined ? undefined : { run: Number(run), attempt: Number(attempt) };
}

// EXTERNAL MODULE: ./build/src/commands/render-status.js
var render_status = __webpack_require__(87525);
// EXTERNAL MODULE: ./build/src/ledger/latest-store.js
var latest_store = __webpack_require__(47668);
// EXTERNAL MODULE: ./build/src/ledger/inbox-record.js
var inbox_record = __webpack_require__(94837);
// EXTERNAL MODULE: ./build/src/flows/find-under-way.js
var find_under_way = __webpack_require__(38733);
;// CONCATENATED MODULE: ./build/src/flows/keep-inbox.js










async function keep_inbox_claim(comment, bench) {
    const { store, issue, holder, clock, remote } = bench;
    const { decided } = await (0,update_ledger/* updateLedger */.R)(store, `${(0,comment_key/* nameOfComment */.o7)(comment.id)} of #${issue}: taken up`, async (ledger) => {
        const before = await ledger.readInbox(issue);
        const entry = (0,commands_inbox/* findEntry */.w4)(before, comment.id);
        const pace = (0,commands_inbox/* paceOf */.x3)(before, { by: comment.author ?? '', now: clock.now() });
        const begun = { givenUp: false, before: entry?.outcomes ?? [], digest: entry?.digest, owed: before.owed, pace };
        if (entry?.answered ?? (0,inbox_record/* isThrough */.WT)(before, comment.id))
            return { claim: { mine: true, isDone: true, ...begun } };
        const gone = await findGone(before, bench);
        const claimed = (0,commands_inbox/* claimInbox */.HH)(before, { holder, comment: comment.id, now: clock.now(), gone });
        if (!claimed.mine)
            return { claim: claimed };
        return { inbox: claimed.inbox, claim: { mine: true, isDone: false, ...begun, givenUp: claimed.givenUp } };
    }, (0,record_session/* identityOf */.c)(remote));
    return decided.claim;
}
/** The holder of the claim, where it was a run of a workflow that is over: it was killed, or it would have let go. */
async function findGone({ claim: held }, { github, holder }) {
    const at = held && held.holder !== holder ? tryOf(held.holder) : undefined;
    return at && (await (0,find_under_way/* isRunOver */.Ck)(at, github)) ? held?.holder : undefined;
}
/** The next one need not wait. Nothing is written where nothing is held. */
async function letGo({ store, issue, holder, remote }) {
    await (0,update_ledger/* updateLedger */.R)(store, `comments of #${issue}: let go`, async (ledger) => {
        const { claim: held, ...inbox } = await ledger.readInbox(issue);
        return held?.holder === holder ? { inbox } : {};
    }, (0,record_session/* identityOf */.c)(remote));
}
/** A workflow does it now: starting it twice is no harm, and still to be avoided. */
async function recordStart(comment, { outcomes, run }, bench) {
    await commitInbox(`${(0,comment_key/* nameOfComment */.o7)(comment.id)} of #${bench.issue}: started`, bench, (inbox) => (0,commands_inbox/* recordOutcomes */.T5)(inbox, comment, { outcomes, run, now: bench.clock.now() }), { tries: update_ledger/* patientTries */.Z });
}
/** Writes a change and that its command is dealt with in one commit; a command that changes nothing needs none. */
function commitFor(comment, before, bench) {
    const { store, issue, remote, clock, holder } = bench;
    return async (decide) => {
        const { decided } = await (0,update_ledger/* updateLedger */.R)(store, `${(0,comment_key/* nameOfComment */.o7)(comment.id)} of #${issue}: followed`, async (ledger) => {
            const change = await decide(ledger);
            if (!change.changes)
                return { change };
            const inbox = await ledger.readInbox(issue);
            if (!(0,commands_inbox/* isHolder */.Hk)(inbox, holder))
                throw lost();
            const outcomes = [...before, change.answer.outcome];
            const owed = [...inbox.owed, ...owedBy(change)];
            const recorded = (0,commands_inbox/* recordOutcomes */.T5)({ ...inbox, owed }, comment, { outcomes, now: clock.now() });
            return { ...change.changes, audit: auditOf(change, comment, clock.now()), inbox: recorded, change };
        }, (0,record_session/* identityOf */.c)(remote));
        await doOwed(owedBy(decided.change), bench);
        return decided.change;
    };
}
function auditOf({ audit }, { id, author = '' }, now) {
    return audit ? [{ ...audit, at: (0,lib_clock/* isoTime */.Ly)(now), session: (0,comment_key/* nameOfComment */.o7)(id), actor: author }] : [];
}
async function commitInbox(message, { store, issue, holder, remote }, decide, patience = {}) {
    await (0,update_ledger/* updateLedger */.R)(store, message, async (ledger) => {
        const inbox = await ledger.readInbox(issue);
        if (!(0,commands_inbox/* isHolder */.Hk)(inbox, holder))
            throw lost();
        return { inbox: decide(inbox) };
    }, { ...(0,record_session/* identityOf */.c)(remote), ...patience });
}
function lost() {
    return new follow_command/* ClaimLostError */.hk('Somebody else took over the comments of this issue, as this worker had given no sign of life.');
}

;// CONCATENATED MODULE: ./build/src/flows/handle-comments.js

















/**
 * Works off all comments of an issue that wait, in the order of their times, each command once: whichever delivery woke it, however many do so at
 * once. The ledger says who works on the issue; whoever finds somebody at it leaves, because that one looks again before it ends.
 *
 * Nothing is written where nothing waits. @throws ExternalError, UserError where GitHub failed: what was done is on record, and the next call goes on.
 */
async function handleComments(request, ports) {
    const { github, config } = ports;
    const remote = ports.remote ?? (await github.repository());
    const store = (0,latest_store/* createLatestStore */.T)(github.ledger(config.ledger.branch));
    const { issue } = request;
    const greeted = new Set(request.greeted === undefined ? [] : [request.greeted]);
    const bench = { ...ports, issue, greeted, remote, store, holder: newHolder(ports.at), place: 'issue' };
    let handled = 0;
    for (;;) {
        const { waiting, place } = await look(request, bench);
        if (waiting.length === 0)
            return { kind: 'done', comments: handled };
        const result = await workOff(waiting, { ...bench, place }, ports);
        if (result !== undefined)
            return result;
        handled += waiting.length;
    }
}
async function look(request, bench) {
    const { github, clock, store, remote } = bench;
    const now = clock.now();
    store.refresh();
    const ledger = await (0,read_ledger/* readLedger */.S)(await store.read(), (0,record_session/* identityOf */.c)(remote));
    const inbox = await ledger.readInbox(request.issue);
    const since = (0,commands_inbox/* readSince */.$Z)(inbox, now);
    const [said, reviewed] = await Promise.all([
        github.comments.list(request.issue, since),
        // An issue has none, and is not asked for them.
        request.pullRequest ? github.comments.listReviewed(request.issue, since) : [],
    ]);
    const chosen = (0,commands_inbox/* chooseComments */.Y2)(inbox, [...said, ...reviewed], { self: await github.self(), now });
    const waiting = remote.visibility === 'public' ? await withoutStrangers(chosen, inbox, bench) : chosen;
    return { waiting, place: (0,place_of/* placeOf */.$)(request, ledger) };
}
// More of them are left for later: one person with many accounts must not use up the limits of GitHub.
const mostStrangers = 20;
/**
 * On a public repository anybody may write a comment: who may not triage gets a reaction, and leaves no trace in the ledger. Once a newer
 * comment was dealt with, theirs are not looked at again.
 */
async function withoutStrangers(comments, inbox, bench) {
    const known = new Map();
    const kept = [];
    let strangers = 0;
    for (const comment of comments) {
        const login = comment.author ?? '';
        const before = known.get(login);
        if (before === undefined && strangers >= mostStrangers)
            continue;
        const isKnown = before ?? (await mayBeHeard(login, bench));
        known.set(login, isKnown);
        if (isKnown)
            kept.push(comment);
        else
            strangers += 1;
        if (!isKnown && (0,commands_inbox/* isNewest */.vA)(inbox, comment.id) && strangers <= mostStrangers)
            await bench.github.comments.react(comment.id, 'confused');
    }
    return kept;
}
async function mayBeHeard(login, bench) {
    const standing = await (0,follow_command/* lookUp */.TE)(login, bench);
    return 'unknown' in standing || (0,events_role/* isAtLeast */.d)(standing.role, 'triage');
}
/** @returns `busy` where somebody else is at it, or has to be; `undefined` when all is done. */
async function workOff(waiting, bench, { isLeaving }) {
    try {
        for (const [index, comment] of waiting.entries()) {
            if (isLeaving?.()) {
                await letGo(bench);
                return { kind: 'busy', until: bench.clock.now() };
            }
            await greet(comment, bench);
            const claimed = await keep_inbox_claim(comment, bench);
            if (!claimed.mine)
                return { kind: 'busy', until: claimed.until };
            if (!claimed.isDone)
                await answerComment(comment, { ...claimed, release: index + 1 === waiting.length }, bench);
        }
        // Where the last one was dealt with by somebody else after all, the claim is still held.
        await letGo(bench);
        return undefined;
    }
    catch (error) {
        // What is down now may be up in a minute: the comment keeps its place. A bug keeps the claim, and is given up after some tries.
        const isPassing = error instanceof errors/* ExternalError */.yA || error instanceof errors/* UserError */.yo || error instanceof errors/* ConflictError */.fK;
        if (isPassing && !(error instanceof follow_command/* ClaimLostError */.hk))
            await letGo(bench).catch(() => undefined);
        throw error;
    }
}
/** Read, and soon answered. */
async function greet({ id }, { github, greeted }) {
    if (greeted.has(id))
        return;
    greeted.add(id);
    await github.comments.react(id, 'eyes');
}
/**
 * Follows what is left of a comment's commands, tells what came of all in one status comment, and records that it is dealt with. What a workflow
 * does goes on being told there, by `endCommand` at last.
 */
async function answerComment(comment, begun, bench) {
    const { github, issue, gate, clock, store, remote } = bench;
    await repay(begun.owed, bench);
    if (begun.pace !== 'fine' && begun.before.length === 0)
        return hold(comment, begun, bench);
    const { said, unheard } = await followAll(comment, begun, bench);
    const reply = said.length > 0 ? await ensureStatus(comment, said, bench) : undefined;
    const outcomes = said.map(({ outcome }) => outcome);
    const isOpen = outcomes.includes('started');
    const isFine = !unheard && outcomes.every((outcome) => outcome === 'done');
    if (!isOpen)
        await github.comments.react(comment.id, isFine ? 'rocket' : 'confused');
    await commitInbox(`${(0,comment_key/* nameOfComment */.o7)(comment.id)} of #${issue}: answered`, bench, (inbox) => (0,commands_inbox/* finishComment */.Pg)(inbox, comment, { outcomes, reply, release: begun.release, now: clock.now() }));
    // A run may have been faster than this.
    if (isOpen) {
        store.refresh();
        await (0,status_comment/* settleStatus */.aQ)({ issue, comment: comment.id }, { github, gate, store, repositoryId: remote.id });
    }
}
/** One person does not keep Courier from the others: told once, then by a reaction only. */
async function hold(comment, { pace, release }, bench) {
    const say = (0,safe_text/* safe */.gB) `Not followed: ${commands_inbox/* mostInAnHour */.Ah} commands of one person are followed here in an hour. Others that come too early are answered by a reaction only.`;
    const said = [{ outcome: 'refused', line: undefined, say }];
    const reply = pace === 'over' ? await ensureStatus(comment, said, bench) : undefined;
    await bench.github.comments.react(comment.id, 'confused');
    await commitInbox(`${(0,comment_key/* nameOfComment */.o7)(comment.id)} of #${bench.issue}: held`, bench, (inbox) => (0,commands_inbox/* holdComment */.Hz)(inbox, comment, { reply, release, now: bench.clock.now() }));
}
async function ensureStatus(comment, said, bench) {
    const { mark, body } = (0,render_status/* renderStatus */.LG)(comment, said, bench.gate);
    return (await bench.github.comments.ensure(bench.issue, mark, body)).id;
}
/** What a worker left that died between a change and what follows from it. One that cannot be done any more does not hold up the others. */
async function repay(owed, bench) {
    if (owed.length === 0)
        return;
    try {
        await doOwed(owed, bench);
    }
    catch (error) {
        if (!(error instanceof errors/* ExternalError */.yA || error instanceof errors/* UserError */.yo))
            throw error;
        bench.log.warn(`What was left to do for #${bench.issue} failed: ${bench.gate.logLine((0,errors/* messageOf */.bD)(error))}`);
    }
}
/** `unheard`: part of it was by somebody who is answered by a reaction only. */
async function followAll(comment, { givenUp, before, digest }, bench) {
    const parsed = (0,parse_commands/* parseCommands */.G)(comment.body);
    const said = before.map((outcome, index) => ({ outcome, line: parsed[index], say: undefined }));
    const why = whyNotFollowed({ givenUp, isEdited: digest !== undefined && digest !== (0,hash/* sha256 */.sc)(comment.body) });
    if (why)
        return { said: [...said, { outcome: 'failed', line: undefined, say: why }], unheard: false };
    let unheard = false;
    for (const [index, line] of parsed.entries()) {
        if (index < before.length)
            continue;
        const outcomes = said.map(({ outcome }) => outcome);
        const followed = await (0,follow_command/* followCommand */.te)(line, { comment, index, commit: commitFor(comment, outcomes, bench) }, bench);
        unheard ||= 'unheard' in followed;
        const answer = 'unheard' in followed ? { outcome: 'refused', say: (0,safe_text/* safe */.gB) `Not followed.` } : followed.answer;
        said.push({ line, outcome: answer.outcome, say: answer.say });
        if (answer.outcome === 'started')
            await recordStart(comment, { outcomes: [...outcomes, answer.outcome], run: answer.run }, bench);
    }
    return unheard ? { said: [], unheard } : { said, unheard };
}
function whyNotFollowed({ givenUp, isEdited }) {
    if (givenUp)
        return (0,safe_text/* safe */.gB) `Courier failed at this several times and gives it up.`;
    return isEdited ? (0,safe_text/* safe */.gB) `The comment was edited meanwhile: what was left of it was not followed.` : undefined;
}

// EXTERNAL MODULE: ./build/src/dashboard/plan-dashboard.js + 3 modules
var plan_dashboard = __webpack_require__(15569);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 3 modules
var schemas = __webpack_require__(28942);
;// CONCATENATED MODULE: ./build/src/setup/render-configuration.js

/**
 * A commented configuration for this repository. What needs something of it to be installed first stands there as a comment, so that a
 * first scan does not report that it was not.
 */
function renderConfiguration(facts) {
    const sources = ['src', 'lib', 'app', 'packages', 'cmd', 'internal'].filter((name) => facts.folders.includes(name));
    const documents = ['ARCHITECTURE.md', 'CONTRIBUTING.md'].filter((name) => facts.files.includes(name));
    const commands = commandsOf(facts);
    return `# Courier's configuration. Every key is optional: this file is a start. All keys: docs/configuration.md of Courier.

# The agent. It runs where a key is set (secret ANTHROPIC_API_KEY); without one only the checks below do.
issueAgent:
  effort: high # low | medium | high | max
  budgetUsd: 5 # limit of a session, in US dollars
  # Documents that the agent should know.
  ${documents.length > 0 ? `context: [${documents.join(', ')}]` : '# context: [docs/ARCHITECTURE.md]'}
  # Commands that the agent finds in its sandbox. It has no network and only what git tracks: none that needs an installation.
  # commands:
${[...commands].map(([name, run]) => `  #   ${name}: ${run}`).join('\n')}

# What the agent looks for. Each scan has its own prompt; paths narrow it.
scans:
  bugs:
    prompt: >-
      Find bugs that users or operators of this software would suffer from: wrong results, lost data, crashes,
      unhandled failures, races, leaks, and security holes. Report what you can prove from the code.
    ${sources.length > 0 ? `paths: [${sources.map((name) => `"${name}/**"`).join(', ')}]` : '# paths: ["src/**"]'}

# Keyless checks switch themselves on where they apply: auto, none, or a list of their names.
presets: auto

# Commands of your own: a failing one is a finding, and so is each result of one that prints SARIF (format: sarif).
# They run in the workflow's job as it is: install what they need in a step before Courier's.
# checks:
${[...commands].map(([name, run]) => `#   ${name}: { run: ${run}, severity: 3 }`).join('\n')}

issues:
  labels: [courier]
  minPriority: low # critical | high | medium | low; lower ones are kept in the ledger only
  maxNew: 20 # new issues per session

# Framing for agents by path; it never changes a severity.
# rules:
#   - { paths: ["legacy/**"], text: "Legacy code: report only security and data loss." }

# Standing suppressions, each with a reason.
# ignore:
#   - { category: docs, paths: ["examples/**"], reason: "Examples are short on purpose." }
`;
}
const PackageManifest = schemas/* object */.Ikc({ scripts: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* unknown */.L5J()).catch({}) });
/** Commands that such a repository usually has. Only names that are known here are used, never text of the repository. */
function commandsOf({ files, packageManifest }) {
    const has = (name) => files.includes(name);
    const commands = new Map();
    const scripts = scriptsOf(packageManifest);
    for (const name of ['typecheck', 'lint', 'test']) {
        if (scripts.includes(name))
            commands.set(name, name === 'test' ? 'npm test' : `npm run ${name}`);
    }
    if (has('go.mod'))
        commands.set('vet', 'go vet ./...').set('test', 'go test ./...');
    if (has('Cargo.toml'))
        commands.set('check', 'cargo check --all-targets').set('test', 'cargo test');
    if (has('pyproject.toml') || has('requirements.txt'))
        commands.set('test', 'python -m pytest -q');
    return commands.size > 0 ? commands : new Map([['test', 'make test']]);
}
function scriptsOf(text) {
    try {
        return Object.keys(PackageManifest.parse(JSON.parse(text)).scripts);
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ./build/src/setup/render-workflow.js

// The versions that are known to work, by commit: a tag may be moved.
const pinned = {
    checkout: 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0',
    download: 'actions/download-artifact@634f93cb2916e3fdff6788551b99b062d0335ce0 # v5.0.0',
    upload: 'actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2',
};
/**
 * The workflow that `courier init` writes.
 * @param name of the repository; spreads the schedules of many repositories over the hour.
 */
function renderWorkflow({ uses, name }) {
    const minute = 5 + (Number.parseInt((0,hash/* sha256 */.sc)(name).slice(0, 8), 16) % 50);
    return `# Courier scans this repository and keeps its findings as issues. What it looks for: .github/courier.yml
name: Courier

on:
  schedule:
    # Mondays to Fridays at 04:${String(minute).padStart(2, '0')} UTC.
    - cron: '${minute} 4 * * 1-5'
  workflow_dispatch:
    inputs:
      request:
        description: What a command in a comment asks for. Leave it empty to scan.
        type: string
        required: false
        default: ''
  # A box that somebody ticks on the Courier dashboard, an issue, counts at once, and so does what people do to the issues of findings.
  issues:
    types: [edited, closed, reopened, labeled, unlabeled, assigned, unassigned, locked, unlocked, deleted, transferred]
  # Commands in comments, and boxes that people tick to answer. Where you host the Courier app, it is faster; both do no harm.
  issue_comment:
    types: [created, edited]

# Each job has its own.
permissions: {}

jobs:
${renderWorkJob(uses)}
${renderCommentsJob(uses)}`;
}
/** Scans, and what commands ask for. */
function renderWorkJob(uses) {
    return `  courier:
    name: Courier
    # Of the edited issues only the dashboard starts a runner, and only when a person edited it.
    if: >-
      github.event_name != 'issue_comment' && (github.event_name != 'issues' ||
      (github.event.action == 'edited' && contains(github.event.issue.body, '<!-- courier:dashboard -->') &&
      github.event.sender.type != 'Bot'))
    permissions:
      # The record of findings, on the branch courier-ledger.
      contents: write
      # The issues themselves.
      issues: write
      # What came of a command that somebody wrote on a pull request.
      pull-requests: write
      # The files of a session that is resumed; the next run of a chain. With the app, read is enough.
      actions: write
      # What failed on the pull request of a run that is gone on with.
      checks: read
    # One at a time, in their order, and each issue's runs, which name a head, in a row of their own; a running one is never cut off. Here and not
    # above, so that a skipped run is in nobody's way.
    concurrency:
      group: courier\${{ inputs.request && fromJSON(inputs.request).head && format('-{0}', fromJSON(inputs.request).issue) || '' }}
      queue: max
      cancel-in-progress: false
    runs-on: ubuntu-24.04
    timeout-minutes: 90
    steps:
      - uses: ${pinned.checkout}
        with:
          persist-credentials: false
          fetch-depth: 0 # known findings are checked again at the commit where they were seen
          # A session that is resumed goes on at the commit that it scanned, and a run at its branch's newest.
          ref: \${{ inputs.request && (fromJSON(inputs.request).commit || fromJSON(inputs.request).head) || '' }}
      - uses: ${pinned.download}
        if: inputs.request && fromJSON(inputs.request).run
        continue-on-error: true # it expires: then the session goes on from its record
        with:
          name: courier-session-\${{ fromJSON(inputs.request).session }}
          run-id: \${{ fromJSON(inputs.request).run }}
          github-token: \${{ github.token }}
          path: \${{ runner.temp }}/courier-resumed
      - uses: ${uses}
        id: courier
        with:
          request: \${{ inputs.request }}
          session-path: \${{ runner.temp }}/courier-resumed
          # Optional: without this secret only the checks run.
          anthropic-api-key: \${{ secrets.ANTHROPIC_API_KEY }}
      # The session's reports and, in a private repository, what the agent did: readable by everybody who may read the repository.
      - uses: ${pinned.upload}
        if: always() && steps.courier.outputs.session-path != ''
        with:
          name: courier-session-\${{ steps.courier.outputs.session-id }}
          path: \${{ steps.courier.outputs.session-path }}
          retention-days: 30
`;
}
/** Commands: no checkout and no key of a model, as it only answers and starts the other job. */
function renderCommentsJob(uses) {
    return `  comments:
    name: Courier answers
    # A comment that may hold a command, a box of ours that a person ticked, an act on the issue of a finding: nothing else starts a runner.
    if: >-
      github.event.sender.type != 'Bot' && ((github.event_name == 'issue_comment' &&
      ((github.event.action == 'created' && contains(github.event.comment.body, '/courier')) ||
      (github.event.action == 'edited' && github.event.comment.user.type == 'Bot' &&
      (contains(github.event.comment.body, '<!-- courier:answer') ||
      contains(github.event.comment.body, '<!-- courier:assumption') ||
      contains(github.event.changes.body.from, '<!-- courier:answer') ||
      contains(github.event.changes.body.from, '<!-- courier:assumption'))))) ||
      (github.event_name == 'issues' && contains(github.event.issue.body, '<!-- courier:finding ') &&
      (github.event.action != 'edited' || github.event.changes.title)))
    permissions:
      # What was dealt with, and what commands change, on the branch courier-ledger.
      contents: write
      # Answers, reactions, labels.
      issues: write
      # The same on pull requests.
      pull-requests: write
      # Starts the job above for what takes a checkout.
      actions: write
    concurrency:
      group: courier-comments-\${{ github.event.issue.number }}
      queue: max
      cancel-in-progress: false
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    steps:
      - uses: ${uses}
        with:
          mode: command
`;
}

;// CONCATENATED MODULE: ./build/src/setup/render-setup.js




const configurationFile = '.github/courier.yml';
const action = 'codecourier/courier@v1';
const gap = (0,safe_text/* safe */.gB) `\n\n`;
const marker = /^<!-- courier:setup (workflow|no-workflow) (configuration|no-configuration) -->[ \t]*\r?$/m;
/**
 * What a repository is told that has the app and no workflow yet: two links to GitHub's own page for a new file, filled in. It stands in the
 * managed block of the dashboard, whose issue this is to become.
 */
function renderSetup(request, gate) {
    const { state, url, workflow, repository, facts } = request;
    const [, name = ''] = repository.split('/');
    const workflowFile = `.github/workflows/${workflow}`;
    const workflowText = renderWorkflow({ uses: action, name });
    const steps = [
        step(state.workflow, newFile(request, workflowFile, workflowText), {
            file: gate.codeSpan(workflowFile),
            why: (0,safe_text/* safe */.gB) `starts Courier: on a schedule, by hand and when somebody asks for it in a comment`,
            gate,
        }),
        step(state.configuration, newFile(request, configurationFile, renderConfiguration(facts)), {
            file: gate.codeSpan(configurationFile),
            why: (0,safe_text/* safe */.gB) `says what to look for, with comments; without it the checks run that need no key`,
            gate,
        }),
    ];
    const text = (0,safe_text/* joinSafe */.e)([
        (0,safe_text/* safe */.gB) `<!-- courier:setup ${(0,safe_text/* safe */.gB) `${word(state.workflow)}workflow`} ${(0,safe_text/* safe */.gB) `${word(state.configuration)}configuration`} -->`,
        state.workflow
            ? (0,safe_text/* safe */.gB) `The workflow is there. What Courier finds will stand here after the first scan, which starts on its schedule, by ${gate.link((0,safe_text/* safe */.gB) `Run workflow`, `${url}/actions/workflows/${workflow}`)}, or when somebody with write access comments ${gate.codeSpan('/courier scan')}.`
            : (0,safe_text/* safe */.gB) `The Courier app is installed, and works as soon as this repository has its workflow. An app may not write workflows: the links open GitHub's page for a new file, filled in. Read it, then commit it to the default branch.`,
        (0,safe_text/* joinSafe */.e)(steps, (0,safe_text/* safe */.gB) `\n`),
        (0,safe_text/* safe */.gB) `For scans by an agent add the secret ${gate.codeSpan('ANTHROPIC_API_KEY')} under ${gate.link((0,safe_text/* safe */.gB) `Settings, Secrets and variables, Actions`, `${url}/settings/secrets/actions`)}; without it the keyless checks run. It stays in this repository: the app never sees it.`,
        (0,safe_text/* safe */.gB) `This issue becomes the dashboard with the first scan. Not wanted? Close it, and it stays closed.`,
    ], gap);
    return (0,issue_markers/* renderManagedBlock */.$I)('dashboard', text, gate);
}
/** What a body says that it was written for; `undefined` where it is no setup, or has become the dashboard. */
function readSetupState(body) {
    const block = (0,issue_markers/* findManagedBlock */.uU)(body);
    const found = block?.about === 'dashboard' ? marker.exec(body.slice(block.start, block.end)) : null;
    return found ? { workflow: found[1] === 'workflow', configuration: found[2] === 'configuration' } : undefined;
}
function word(isThere) {
    return isThere ? (0,safe_text/* safe */.gB) `` : (0,safe_text/* safe */.gB) `no-`;
}
function step(isDone, address, { file, why, gate }) {
    return isDone ? (0,safe_text/* safe */.gB) `- ✅ ${file} is there` : (0,safe_text/* safe */.gB) `- ${gate.link((0,safe_text/* safe */.gB) `Create ${file}`, address)}: ${why}`;
}
/** GitHub answers longer addresses with an error. Somewhat less than the 8 KiB that web servers commonly take. */
const longestAddress = 7500;
/** GitHub's page for a new file, filled in; without the comments where they make the address too long. */
function newFile({ url, defaultBranch }, path, text) {
    const branch = defaultBranch.split('/').map(encodeURIComponent).join('/');
    const address = (value) => `${url}/new/${branch}?filename=${encodeURIComponent(path)}&value=${encodeURIComponent(value)}`;
    const whole = address(text);
    return whole.length <= longestAddress ? whole : address(withoutComments(text));
}
function withoutComments(text) {
    return text.replaceAll(/^[ \t]*#.*\n/gm, '').replaceAll(/\n{3,}/g, '\n\n');
}

;// CONCATENATED MODULE: ./build/src/flows/keep-setup.js











/**
 * Explains once, in the issue that becomes the dashboard, what a repository without the workflow needs; and keeps that up to date until it is the
 * dashboard. Nothing is written where there is nothing to say; closed, locked or deleted it is left alone.
 */
async function keepSetup(ports) {
    const { github, config, workflow } = ports;
    const remote = await github.repository();
    const head = remote.defaultHead;
    // An empty repository has no branch to put files on.
    if (head === undefined || !config.dashboard)
        return;
    const isThere = async (path) => (await github.readFile(path, head)) !== undefined;
    const state = {
        workflow: await isThere(`.github/workflows/${workflow}`),
        configuration: await isThere(configurationFile),
    };
    const store = github.ledger(config.ledger.branch);
    const { dashboard } = await (0,read_ledger/* readLedger */.S)(await store.read(), (0,record_session/* identityOf */.c)(remote));
    const work = { ...ports, remote, head, store, state };
    if (dashboard?.issue)
        await update(dashboard.issue.number, work);
    else if (!state.workflow)
        await keep_setup_create(work);
}
async function update(number, work) {
    const { github, gate, state } = work;
    const issue = (await github.issues.read([number])).get(number);
    if (!issue || issue.state === 'closed' || issue.locked)
        return;
    const told = readSetupState(issue.body);
    if (!told || (told.workflow === state.workflow && told.configuration === state.configuration))
        return;
    await github.issues.update(number, { body: (0,issue_markers/* replaceManagedBlock */.bZ)(issue.body, await render(work), gate) });
}
async function render({ remote, head, github, state, workflow, gate }) {
    const { name: repository, url, defaultBranch } = remote;
    const root = await github.root(head);
    const hasManifest = root.files.includes('package.json');
    const packageManifest = (hasManifest ? await github.readFile('package.json', head) : undefined) ?? '{}';
    const facts = { ...root, packageManifest };
    return renderSetup({ state, repository, url, defaultBranch, workflow, facts }, gate);
}
// Whoever claimed the creation and is silent for as long has died.
const claimLasts = 15 * 60_000;
/** One creates it, of however many replicas: the one whose claim the ledger took. */
async function keep_setup_create(work) {
    const holder = `setup-${(0,hash/* randomBase32 */.OL)(12)}`;
    const claimed = await keep_setup_claim(holder, work).catch(unlessForbidden);
    if (claimed === 'forbidden')
        return void (await createOrFind(work));
    if (!claimed)
        return;
    try {
        await createClaimed(holder, work);
    }
    catch (error) {
        // The next one need not wait: whether the issue was made shows in the list of our own.
        await keep_setup_record(holder, undefined, work);
        throw error;
    }
}
/** Rules of the repository may forbid the ledger's branch: what to do about it is told with the first command. */
function unlessForbidden(error) {
    if (error instanceof errors/* UserError */.yo)
        return 'forbidden';
    throw error;
}
async function keep_setup_claim(holder, { store, clock, remote }) {
    const now = clock.now();
    const { decided } = await (0,update_ledger/* updateLedger */.R)(store, 'setup: claimed', ({ dashboard = fresh }) => {
        const isTaken = dashboard.claim !== undefined && now - Date.parse(dashboard.claim.at) < claimLasts;
        if (dashboard.issue || isTaken)
            return { mine: false };
        return { mine: true, dashboard: { ...dashboard, claim: { session: holder, at: (0,lib_clock/* isoTime */.Ly)(now) } } };
    }, (0,record_session/* identityOf */.c)(remote));
    return decided.mine;
}
const fresh = { version: 1, sessions: [] };
async function createClaimed(holder, work) {
    const { issue, isNew } = await createOrFind(work);
    const kept = await keep_setup_record(holder, issue, work);
    // Somebody thought that this one was dead, and was faster.
    if (isNew && kept !== issue.number)
        await work.github.issues.update(issue.number, { state: { to: 'closed', reason: 'not_planned' } });
}
/** One of our own that is there already, by its marker, is brought up to date and stands for a new one. */
async function createOrFind(work) {
    const { github, gate } = work;
    const known = (0,plan_dashboard/* findAdoptable */._)(await github.issues.listOwn(findings_labels/* baseLabel */.ku));
    if (known) {
        await update(known.number, work);
        return { issue: known, isNew: false };
    }
    await github.issues.ensureLabels((0,findings_labels/* findLabels */.Tf)([findings_labels/* baseLabel */.ku]));
    const issue = await github.issues.create({
        title: (0,safe_text/* safe */.gB) `Courier dashboard`,
        body: await render(work),
        labels: [gate.label(findings_labels/* baseLabel */.ku)],
        assignees: [],
    });
    return { issue, isNew: true };
}
/** @returns the number that the ledger holds then. */
async function keep_setup_record(holder, issue, { store, clock, remote }) {
    const { decided } = await (0,update_ledger/* updateLedger */.R)(store, 'setup: issue', ({ dashboard = fresh }) => {
        const { claim: held, ...rest } = dashboard;
        const claimed = held && held.session !== holder ? { claim: held } : {};
        if (rest.issue || !issue)
            return { number: rest.issue?.number, dashboard: { ...rest, ...claimed } };
        const { number, url } = issue;
        const written = { action: 'create-dashboard', target: `#${number}`, actor: 'installation' };
        const audit = [{ ...written, at: (0,lib_clock/* isoTime */.Ly)(clock.now()), session: 'setup' }];
        return { number, audit, dashboard: { ...rest, ...claimed, issue: { number, url } } };
    }, (0,record_session/* identityOf */.c)(remote));
    return decided.number;
}

// EXTERNAL MODULE: ./build/src/flows/look-at-issues.js + 6 modules
var look_at_issues = __webpack_require__(79558);
;// CONCATENATED MODULE: ./build/src/flows/observe-issue.js





/**
 * What people did to an issue is in the ledger at once, where it is the issue of a finding: the same look that a scan takes, at the issue as it
 * is now. A late, doubled or lost event does no harm: looking twice changes nothing, and the next scan looks again.
 *
 * @returns whether anything was written; one commit at most.
 */
function observeIssue(issue, ports) {
    return observe({
        isMeant: ({ issue: link }) => link?.number === issue,
        inboxes: async (ledger) => [await ledger.readInbox(issue)],
        message: `issue #${issue}: what people did`,
    }, ports);
}
/**
 * The same for the issues of all findings, a hundred of them per request: for the start of the app and for a timer, as what was told of one
 * may have been lost.
 */
function observeIssues(ports) {
    return observe({
        isMeant: ({ issue }) => issue !== undefined,
        inboxes: (ledger) => ledger.listInboxes(),
        message: 'issues: what people did',
    }, ports);
}
// Whoever writes looks once more; this only ends what would never end.
const mostLooks = 10;
/**
 * Until nothing is left to write: who reads the issue after this look, and before what it writes, finds that the ledger says what is, and leaves the
 * ledger to this one.
 */
async function observe(meant, ports) {
    let observed = false;
    for (let looks = 0; looks < mostLooks; looks++) {
        const again = await lookOnce(meant, ports);
        if (again !== true)
            return again || observed;
        observed = true;
    }
    return observed;
}
async function lookOnce({ isMeant, inboxes, message }, { github, clock, ledgerBranch }) {
    const identity = (0,record_session/* identityOf */.c)(await github.repository());
    const store = github.ledger(ledgerBranch);
    const from = await store.read();
    // Most issues are none of ours, which takes no look at them.
    if (!(await (0,read_ledger/* readLedger */.S)(from, identity)).findings.some(isMeant))
        return false;
    const look = (0,look_at_issues/* createIssueLook */.J)(github, (0,lib_clock/* isoTime */.Ly)(clock.now()));
    const { written, decided } = await (0,update_ledger/* updateLedger */.R)(store, message, async (ledger) => {
        // The ledger says already what a command asked for, and the issue does not yet: that would be taken for somebody's wish.
        const owed = new Set((await inboxes(ledger)).flatMap((inbox) => inbox.owed.map(observe_issue_issueOf)));
        const meant = ledger.findings.filter(isMeant);
        const seen = meant.filter(({ issue }) => !owed.has(issue?.number));
        return { findings: (await look.at(seen)).findings, isBusy: seen.length < meant.length };
    }, { ...identity, from });
    return decided.isBusy ? 'busy' : written;
}
function observe_issue_issueOf(owed) {
    return owed.kind === 'labels' ? owed.issue : undefined;
}

// EXTERNAL MODULE: ./build/src/flows/read-configuration.js
var read_configuration = __webpack_require__(91896);
// EXTERNAL MODULE: ./build/src/lib/version.js
var version = __webpack_require__(20817);
// EXTERNAL MODULE: ./build/src/publishing/secret-pieces.js + 1 modules
var secret_pieces = __webpack_require__(77371);
;// CONCATENATED MODULE: ./build/src/publishing/keep-gates.js


/**
 * Makes gates, and takes each secret apart once: to do so with a private key takes longer, and holds more memory, than most of what is done
 * with it, and it stays while tokens come and go, one for each repository. The `most` secrets that were used last are kept.
 */
function keepGates(most, apart = secret_pieces/* takeApart */.YF) {
    const kept = new Map();
    function piecesOf(secret) {
        const pieces = kept.get(secret) ?? apart([secret]);
        kept.delete(secret);
        kept.set(secret, pieces);
        const [oldest] = kept.keys();
        if (kept.size > most && oldest !== undefined)
            kept.delete(oldest);
        return pieces;
    }
    return (secrets) => (0,publishing_gate/* createGateOver */.K)(secrets.map(piecesOf));
}

;// CONCATENATED MODULE: ./build/src/responder.js



















// Of all repositories: the app's own secrets are theirs in common, each has a token besides, which takes 0.6 MB (the long ones 5 MB).
const gateOf = keepGates(50);
/** The second composition root, beside `createCourier`: what is answered at once, by the app or by a step on a comment. */
function createResponder(options) {
    let connected;
    // GitHub's limits are the repository's, whichever token is used.
    let pacer;
    async function connect(token) {
        const { createGitHub } = await __webpack_require__.e(/* import() */ 407).then(__webpack_require__.bind(__webpack_require__, 20407));
        const { createPacer } = await __webpack_require__.e(/* import() */ 788).then(__webpack_require__.bind(__webpack_require__, 78407));
        const { longestWait } = options;
        const patience = longestWait === undefined ? {} : { longestWait };
        const sleep = (time) => (0,lib_clock/* sleepBy */.NS)(lib_clock/* systemClock */.ml, time);
        pacer ??= createPacer({ now: lib_clock/* systemClock */.ml.now, sleep, log: options.log, ...patience });
        const [owner = '', repo = ''] = options.repository.split('/');
        const { apiUrl, graphqlUrl, serverUrl, log, onRateLimit } = options;
        const urls = { apiUrl, graphqlUrl, serverUrl };
        const hooks = onRateLimit ? { onRateLimit } : {};
        return createGitHub({ ...urls, ...hooks, token, owner, repo, log, userAgent: `courier/${version/* courierVersion */.E}` }, { pacer });
    }
    async function reach() {
        const token = await options.token();
        if (connected?.token !== token)
            connected = { token, github: await connect(token) };
        return connected;
    }
    return {
        async check() {
            const { github } = await reach();
            await github.checkPermissions(['contents: write', 'issues: write']);
        },
        async receive(event) {
            const { token, github } = await reach();
            const gate = gateOf([...options.secrets, token]);
            return respond(event, { github, gate, options });
        },
    };
}
// In milliseconds. By then it is written, or whoever was to write it has died and somebody else will.
const afterCommand = 5000;
async function respond(event, { github, gate, options }) {
    const { log, workflow, at } = options;
    const greeted = event.kind === 'comments' ? await responder_greet(event.comment, github) : undefined;
    const rules = await readRules(github, options);
    const ports = { github, gate, clock: lib_clock/* systemClock */.ml, log, ...rules };
    const store = github.ledger(rules.config.ledger.branch);
    const runDesk = { ...rules, github, gate, clock: lib_clock/* systemClock */.ml, log, store, repositoryId: rules.remote.id };
    const fates = { ...runDesk, workflow };
    const pullPlace = { ...ports, store, permissions: rules.config.permissions };
    const { endUntold, hear, tendAllRuns, goOn, afterComments } = createDuties({
        problem: rules.problem,
        runDesk,
        pullPlace,
        workflow,
        isStep: at !== undefined,
    });
    switch (event.kind) {
        case 'comments': {
            await endUntold();
            const handled = await handleComments({ ...event, greeted }, { ...ports, at, isLeaving: options.isLeaving });
            await afterComments(event, handled);
            return handled.kind === 'busy' ? { again: handled.until } : {};
        }
        case 'acts': {
            const ledgerBranch = rules.config.ledger.branch;
            const observed = await observeIssue(event.issue, { github, clock: lib_clock/* systemClock */.ml, ledgerBranch });
            return observed === 'busy' ? { again: lib_clock/* systemClock */.ml.now() + afterCommand } : {};
        }
        case 'panel':
            requireReadable(rules);
            await answerPanel(event.edit, { ...ports, workflow });
            return {};
        case 'pull':
            await hear(event.pullRequest);
            await (0,tend_runs/* tendPullOf */._l)(event.pullRequest, fates);
            return {};
        case 'dashboard':
            requireReadable(rules);
            await (0,answer_learning_boxes/* answerLearningBoxes */.M)(event.edit, { ...ports, store, permissions: rules.config.permissions });
            return {};
        case 'continue':
            return soon(await goOn({ pullRequests: event.pullRequests }));
        case 'run':
            await followRun(event.run, runDesk);
            return soon(await tendAllRuns({ run: event.run }));
        case 'click':
            await answerClick(event, runDesk);
            return {};
        case 'rerun-all':
            await answerRerunAll(event, runDesk);
            return {};
        case 'setup':
            await keepSetup({ ...ports, workflow });
            return {};
        case 'rest': {
            await observeIssues({ github, clock: lib_clock/* systemClock */.ml, ledgerBranch: rules.config.ledger.branch });
            await followOpenRuns(runDesk);
            await tendAllRuns();
            await (0,tend_runs/* tendPulls */.A7)(fates);
            await (0,ask_people/* tendQuestions */.z)({ ...ports, workflow });
            await hear();
            const waiting = await find_waiting_findWaiting(event.since, ports);
            return { found: waiting.map((request) => ({ kind: 'comments', ...request })) };
        }
    }
}
function soon(came) {
    return came === 'soon' ? { again: lib_clock/* systemClock */.ml.now() + afterCommand } : {};
}
/** Otherwise nobody knows who may answer or decide. */
function requireReadable({ problem }) {
    if (problem !== undefined)
        throw new errors/* UserError */.yo(problem);
}
/** 👀 before anything else is looked up. @returns the comment that has it. */
async function responder_greet(comment, github) {
    return comment !== undefined && (await greetComment(comment, github)) ? comment : undefined;
}
/** The repositories that an installation's token sees. */
async function listRepositories(options) {
    const adapter = await __webpack_require__.e(/* import() */ 835).then(__webpack_require__.bind(__webpack_require__, 3835));
    return adapter.listRepositories({ ...options, userAgent: `courier/${courierVersion}` });
}
/** What holds in the repository now. With a broken configuration commands are answered, and none is followed. */
async function readRules(github, { configPath, workflow, at }) {
    // A step in a workflow is over when the run that it started ends.
    const opens = at ? 'job' : 'app';
    const remote = await github.repository();
    try {
        const config = await (0,read_configuration/* readPublishedConfiguration */.ts)(configPath, { remote, github });
        return { remote, config, executors: createExecutors({ github, workflow, opens }), problem: undefined };
    }
    catch (error) {
        if (!(error instanceof errors/* UserError */.yo))
            throw error;
        return { remote, config: parse_config/* defaultConfiguration */._, executors: executorsWithout(error.message), problem: error.message };
    }
}

// EXTERNAL MODULE: ./build/action/inputs.js + 2 modules
var action_inputs = __webpack_require__(52879);
// EXTERNAL MODULE: ./build/action/start-courier.js
var start_courier = __webpack_require__(529);
;// CONCATENATED MODULE: ./build/action/answer-issue.js





// Whoever holds the comments of an issue renews the claim or lets it go within five minutes.
const longestWait = 12 * 60_000;
const wait = { first: 2_000, most: 15_000 };
/**
 * Works off the comments of an issue, takes what somebody clicked on its panel, or looks at what people did to it. Where somebody else works off
 * the comments, this job stays until they are done, as they may die: nobody else would be woken.
 */
async function answerIssue(event, { env, inputs, log, stop }) {
    const { token, ...place } = (0,start_courier/* githubFrom */.e)(inputs, env);
    const responder = createResponder({
        ...place,
        token: async () => token,
        workflow: (0,workflow_file/* workflowFile */.E)(env),
        configPath: inputs.config,
        secrets: (0,action_inputs/* credentialsIn */.Wr)(env),
        log,
        at: answer_issue_tryOf(env),
    });
    await responder.check();
    const end = Date.now() + longestWait;
    for (let pause = wait.first;; pause = Math.min(2 * pause, wait.most)) {
        const { again } = await responder.receive(event);
        if (again === undefined)
            return;
        if (stop.aborted || Date.now() > end)
            break;
        log.info('Somebody else works on the comments of this issue.');
        await (0,promises_.setTimeout)(Math.max(1_000, Math.min(pause, again + 1_000 - Date.now())));
    }
    log.warn('Somebody else still works on the comments of this issue: they answer what is left.');
}
function answer_issue_tryOf({ GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt = '1' }) {
    return run && /^\d{1,15}$/.test(run) ? { run: Number(run), attempt: Number(attempt) } : undefined;
}

// EXTERNAL MODULE: ./build/action/folders.js
var folders = __webpack_require__(96366);
// EXTERNAL MODULE: ./build/action/log.js
var log = __webpack_require__(14173);
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

// EXTERNAL MODULE: ./build/src/sessions/answer-settings.js
var answer_settings = __webpack_require__(1127);
// EXTERNAL MODULE: ./build/src/reports/measures.js
var measures = __webpack_require__(75156);
// EXTERNAL MODULE: ./build/src/reports/plain-text.js
var plain_text = __webpack_require__(12757);
;// CONCATENATED MODULE: ./build/src/reports/event-lines.js




const event_lines_most = { lines: 40, columns: 240 };
/**
 * One event as lines for people who watch: a terminal, a step's log. What an agent or a command said stands behind a bar, so that no line of
 * it is the first thing in its line; there are no control characters, and long texts are cut and counted.
 *
 * @returns nothing for events that only machines need
 */
function renderEventLines(event) {
    switch (event.type) {
        case 'message':
            return quoted(event.text);
        case 'thinking':
            return event.text === undefined ? [] : ['(thinking)', ...quoted(event.text)];
        case 'tool-use':
            return [`> ${plain(event.tool)}`, ...quoted(inputText(event.input))];
        case 'tool-result':
            return [`< ${event.ok ? 'ok' : 'refused'}, ${(0,measures/* timeText */.Tc)(event.durationMs)}`, ...quoted(event.output)];
        case 'model-call':
            return [callText(event)];
        case 'retry':
            return [`Attempt ${event.attempt} failed${event.reason ? `: ${plain(event.reason)}` : '.'}`];
        case 'notice':
            return event.text === undefined ? [] : [`Note: ${plain(event.text)}`];
        case 'heard':
            return [`${plain(event.from)} wrote to the session.`, ...quoted(event.text)];
        case 'check':
            return [checkText(event)];
        case 'agent-started':
            return [`${plain(event.tool)} with ${plain(event.model)}: at most ${(0,lib_text/* count */.U9)(event.maxIterations, 'iteration')}`];
        case 'agent-ended':
            return [
                `The agent ended: ${[event.ending, event.stopReason, event.reason]
                    .filter((text) => text !== undefined)
                    .map(plain)
                    .join(', ')}`,
            ];
        case 'planned':
            return [
                `planned: ${[event.kind, event.finding, numberText(event.number), event.reason]
                    .filter(Boolean)
                    .map((text) => plain(text ?? ''))
                    .join(' ')}`,
            ];
        case 'wrote':
            return [`wrote: ${plain(event.action)} ${plain(event.target)} (${plain(event.actor)})`];
        case 'session-started':
        case 'session-ended':
        case 'iteration':
        case 'handed-over':
        case 'recorded':
            return [];
    }
}
/** `scan security · iteration 3 of 40`. */
function renderIteration({ iteration, of }, scan) {
    return [
        ...(scan === undefined ? [] : [plain((0,answer_settings/* titleOfScan */.xq)(scan)).replace(/^\w/, (first) => first.toLowerCase())]),
        `iteration ${iteration} of ${of}`,
    ].join(' · ');
}
function plain(text) {
    return (0,plain_text/* fitStart */.MV)((0,plain_text/* toPlainLine */.Ic)(text), event_lines_most.columns);
}
function quoted(text) {
    if (text === undefined)
        return [];
    const lines = (0,plain_text/* toPlain */.Ul)(text).replace(/\n+$/, '').split('\n');
    if (lines.length === 1 && lines[0] === '')
        return [];
    const shown = lines.slice(0, event_lines_most.lines).map((line) => `  | ${(0,plain_text/* fitStart */.MV)(line, event_lines_most.columns)}`);
    const left = lines.length - shown.length;
    return left > 0 ? [...shown, `  | … ${(0,lib_text/* count */.U9)(left, 'more line')}`] : shown;
}
function inputText(input) {
    if (input === undefined)
        return undefined;
    const command = typeof input === 'object' && input !== null && 'command' in input ? input.command : undefined;
    return typeof command === 'string' ? command : JSON.stringify(input, null, 1);
}
function callText({ usage, cacheShare, costUsd }) {
    const parts = [
        (0,measures/* tokensText */.c$)({ usage }) ?? 'no tokens',
        `${Math.floor(cacheShare * 100)} % of the input from the cache`,
        costUsd === undefined ? 'price not known' : (0,measures/* costText */.rs)(costUsd),
    ];
    return `tokens: ${parts.join(', ')}`;
}
function checkText({ check, state, findings, reason, durationMs }) {
    const came = state === 'findings' && findings !== undefined ? (0,lib_text/* count */.U9)(findings, 'finding') : state;
    return `check ${plain(check)}: ${came}${reason ? ` (${plain(reason)})` : ''}, ${(0,measures/* timeText */.Tc)(durationMs)}`;
}
function numberText(number) {
    return number === undefined ? undefined : `#${number}`;
}

;// CONCATENATED MODULE: ./build/action/progress.js



// Often while a person may still be watching, seldom after that (contract section 3).
const earlyPaceMs = 5_000;
const latePaceMs = 60_000;
/**
 * Progress in the step's log. The steps of a scan: at most a line in 5 s during the first minute, one in 60 s after; the last one is
 * always told. An agent's turns: a log group each, with its tools, what they gave, what it said and thought. GitHub's groups do not nest, so
 * all of it stands in the turn's. On a public repository the events hold names, counts and cost alone, and so does the log.
 */
function createStepProgress(output, now = Date.now) {
    const started = now();
    const group = createGroup(output);
    let last = Number.NEGATIVE_INFINITY;
    let untold;
    const say = (line) => {
        untold = undefined;
        last = now();
        output.info(line);
    };
    return {
        tell(progress) {
            // The events of a turn say more.
            if (progress.iteration !== undefined)
                return;
            group.close();
            const elapsed = now() - started;
            const line = lineOf(progress, elapsed);
            if (now() - last >= (elapsed < 60_000 ? earlyPaceMs : latePaceMs))
                say(line);
            else
                untold = line;
        },
        watch: (event) => group.watch(event, now() - started),
        end() {
            group.close();
            if (untold !== undefined)
                say(untold);
        },
    };
}
/** One group per turn. What agents do side by side is told by the name of the scan. */
function createGroup(output) {
    let open;
    let totalUsd;
    const close = () => {
        if (open)
            output.endGroup();
        open = undefined;
    };
    return {
        close,
        watch(event, elapsedMs) {
            if (event.type === 'iteration') {
                close();
                open = { scan: event.scan };
                const parts = [renderIteration(event, event.scan), secondsText(elapsedMs), ...dollars(totalUsd)];
                output.startGroup(parts.join(' · '));
                return;
            }
            if (event.type === 'model-call')
                totalUsd = event.totalUsd;
            if (event.type === 'agent-ended' || event.scan === undefined)
                close();
            const other = event.scan !== undefined && open && event.scan !== open.scan ? `${(0,plain_text/* toPlainLine */.Ic)(event.scan)}: ` : '';
            for (const line of renderEventLines(event))
                output.info(`${other}${line}`);
        },
    };
}
function lineOf({ step, costUsd, done }, elapsedMs) {
    const share = done === undefined ? [] : [`${Math.round(done * 100)} %`];
    return [step, ...share, secondsText(elapsedMs), ...dollars(costUsd)].join(' · ');
}
function secondsText(milliseconds) {
    return `${Math.round(milliseconds / 1000)} s`;
}
function dollars(usd) {
    return usd === undefined ? [] : [(0,measures/* costText */.rs)(usd)];
}

// EXTERNAL MODULE: ./build/action/read-event.js
var read_event = __webpack_require__(44490);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/action/read-handed.js




// A job that was run again may leave a second folder.
const mostFolders = 4 * split/* mostJobs */.om;
/**
 * The sessions that lie in `session-path`: the one that a step left, or a folder for each job of a session in several.
 * @throws UserError where there is none.
 */
async function readHanded(folder) {
    const whole = await read(folder, 'session.json');
    if ('text' in whole)
        return [whole];
    const entries = await (0,external_node_fs_promises_.readdir)(folder, { withFileTypes: true }).catch(() => []);
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const found = await Promise.all(names
        .toSorted()
        .slice(0, mostFolders)
        .map((name) => read(folder, `${name}/session.json`)));
    const parts = found.flatMap((one) => ('text' in one ? [one] : []));
    if (parts.length > 0)
        return parts;
    throw new errors/* UserError */.yo(`Input session-path: there is no session.json in ${folder || '(empty)'}. Give the folder that a step with publish: none left.`, { cause: whole.missing });
}
async function read(folder, file) {
    try {
        return { file, text: await (0,external_node_fs_promises_.readFile)(external_node_path_.join(folder, file), 'utf8') };
    }
    catch (error) {
        return { missing: error };
    }
}

;// CONCATENATED MODULE: ./build/action/main.js

















/** The step: understand the event, let Courier work, tell what came of it. The one place where its errors end. */
async function main(env, { dist, stop }) {
    for (const credential of (0,action_inputs/* credentialsIn */.Wr)(env))
        core.setSecret(credential);
    core.saveState('courierStarted', 'true');
    const keepStopped = () => core.saveState('courierStopped', 'true');
    if (stop.aborted)
        keepStopped();
    else
        stop.addEventListener('abort', keepStopped, { once: true });
    const gate = (0,publishing_gate/* createGate */.q)({ secrets: [...(0,action_inputs/* credentialsIn */.Wr)(env), ...(0,environment_secrets/* environmentSecrets */.P)(env)] });
    try {
        await work(env, { dist, stop, gate });
    }
    catch (error) {
        await tellFailure(sentenceFor(error), gate);
        if (!(error instanceof errors/* UserError */.yo))
            core.debug(gate.plain(error instanceof Error ? (error.stack ?? '') : ''));
    }
}
async function work(env, given) {
    const { gate } = given;
    const inputs = (0,action_inputs/* parseInputs */.TL)(env);
    const tools = { ...given, inputs, log: (0,log/* createStepLog */.d)(core, gate) };
    const step = (0,understand_event/* understandEvent */.P)(inputs.mode, await (0,read_event/* readEvent */.j)(env), inputs.request);
    // Before anything is loaded or asked: most comments are no commands.
    if (step.kind === 'nothing')
        return tellQuietly('skipped', step.why);
    if (step.kind === 'issue') {
        await answerIssue(step.event, { env, ...tools });
        const { event } = step;
        const issue = event.kind === 'panel' ? event.edit.issue : event.issue;
        return tellQuietly('complete', `What waited on #${issue} is dealt with; answers stand there.`);
    }
    const outcome = await main_run(env, await toEvent(step, inputs, env), tools);
    core.saveState('courierEnded', 'true');
    return main_tell(outcome, gate);
}
/** What has no session: the answer stands where somebody asked. */
function tellQuietly(result, sentence) {
    core.setOutput('result', result);
    core.info(sentence);
}
async function main_run(env, event, { dist, inputs, stop, log }) {
    const progress = createStepProgress({ info: log.info, startGroup: core.startGroup, endGroup: core.endGroup });
    // Told before there is a sandbox: the post step ends what a killed step could not.
    const job = (0,external_node_crypto_.randomUUID)();
    core.saveState('courierJob', job);
    const folder = await (0,folders/* makeOutputFolder */.Wn)(env);
    core.saveState('courierFolder', folder);
    const courier = (0,start_courier/* startCourier */.w)(env, inputs, {
        ...{ dist, job, folder, log, progress: progress.tell, watch: progress.watch },
        began: (session, on) => {
            if (on === 'record')
                core.saveState('courierSession', session);
            // Also where the step is killed: what it kept by then is uploaded.
            core.setOutput('session-id', session);
            core.setOutput('session-path', folder);
        },
    });
    try {
        return await courier.receive(event, stop);
    }
    finally {
        progress.end();
    }
}
async function toEvent(step, inputs, env) {
    const request = { trigger: step.trigger, overrides: inputs, configPath: inputs.config, strict: true };
    if (step.kind === 'scan')
        return { kind: 'scan', ...request, split: (0,split/* parseSplit */.Un)(env.COURIER_PART, env.COURIER_SESSION) };
    if (step.kind === 'ticks')
        return { kind: 'ticks', ...request, edit: step.edit };
    if (step.kind === 'request')
        return { kind: 'request', ...request, request: step.request };
    if (step.kind === 'order')
        return { kind: 'order', ...request, order: step.order };
    if (step.kind === 'verify')
        return { kind: 'verify-repair', ...request, issue: step.issue };
    if (step.kind === 'answer-session')
        return { kind: 'answer-session', ...request, session: step.session };
    if (step.kind === 'resume') {
        const { session, asked } = step;
        return { kind: 'resume', ...request, session, asked, files: inputs.sessionPath };
    }
    return { kind: 'publish', ...request, handed: await readHanded(inputs.sessionPath ?? '') };
}
async function main_tell(outcome, gate) {
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
    else if (outcome.result === 'skipped' && outcome.session.trigger === 'workflow_dispatch')
        core.warning(`Skipped. ${reasons}`);
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


/***/ }),

/***/ 47668:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ afterCommit),
/* harmony export */   T: () => (/* binding */ createLatestStore)
/* harmony export */ });
const texts = new WeakMap();
/** What a store holds after a commit, without asking it. */
function afterCommit(base, changes, revision) {
    const before = texts.get(base) ?? { root: base, changed: new Map() };
    const changed = new Map([...before.changed, ...changes]);
    const { root } = before;
    const there = new Set(root.list(''));
    for (const [path, text] of changed) {
        if (text === null)
            there.delete(path);
        else
            there.add(path);
    }
    const paths = [...there].sort();
    const snapshot = {
        revision,
        list: (prefix) => paths.filter((path) => path.startsWith(prefix)),
        read: async (path) => (changed.has(path) ? (changed.get(path) ?? undefined) : root.read(path)),
    };
    texts.set(snapshot, { root, changed });
    return snapshot;
}
/**
 * Reads once, and after a commit of its own goes on from that: who writes learns of a newer ledger by the conflict, and reads then. What only
 * reads may see what was there when this began.
 */
function createLatestStore(store) {
    let latest;
    return {
        async read() {
            latest ??= await store.read();
            return latest;
        },
        async commit(base, changes, message) {
            latest = undefined;
            const revision = await store.commit(base, changes, message);
            latest = afterCommit(base, changes, revision);
            return revision;
        },
        refresh() {
            latest = undefined;
        },
    };
}


/***/ })

};
