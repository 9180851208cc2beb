export const id = 327;
export const ids = [327];
export const modules = {

/***/ 98327:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  replay: () => (/* binding */ replay)
});

// EXTERNAL MODULE: ./build/src/config/schema.js + 1 modules
var schema = __webpack_require__(55892);
// EXTERNAL MODULE: ./build/src/lib/errors.js
var errors = __webpack_require__(89862);
// EXTERNAL MODULE: ./build/src/lib/log.js
var log = __webpack_require__(7399);
// EXTERNAL MODULE: ./build/src/lib/ndjson.js
var ndjson = __webpack_require__(59765);
// EXTERNAL MODULE: ./build/src/lib/text.js
var lib_text = __webpack_require__(95498);
// EXTERNAL MODULE: ./build/src/publishing/gate.js + 9 modules
var publishing_gate = __webpack_require__(53364);
// EXTERNAL MODULE: ./build/src/sessions/begin-session.js
var begin_session = __webpack_require__(2523);
// EXTERNAL MODULE: ./build/src/sessions/clean-discovery.js
var clean_discovery = __webpack_require__(82649);
// EXTERNAL MODULE: ./build/src/ledger/json.js
var json = __webpack_require__(75905);
;// CONCATENATED MODULE: ./build/src/sessions/compare-replay.js


// Of a session's record those fields that follow from what was seen; the others say when and where it ran.
const told = [
    'phase',
    'result',
    'stopReason',
    'reasons',
    'agents',
    'checks',
    'usage',
    'costUsd',
    'rejected',
    'verdicts',
    'questions',
    'assumptions',
];
/** In what a replay differs from the record, a sentence each; none: it came to the same. */
function compareReplay(replayed, recorded) {
    const { raised, session, verdicts, determined, covered, gone, renames, judged } = recorded.discovery;
    const now = replayed.discovery;
    return [
        ...compareLists('finding', keyed(raised, nameOfRaised), keyed(now.raised, nameOfRaised)),
        ...told.flatMap((field) => compareValues(field, tidy(field, session), tidy(field, now.session))),
        ...compareValues('verdicts on known findings', verdicts, now.verdicts),
        ...compareValues('determined checks', determined, now.determined),
        ...compareValues('covered scans', covered, now.covered),
        ...compareValues('files that are gone', gone, now.gone),
        ...compareValues('renames', renames, now.renames),
        ...compareValues('what the judge said', judged, now.judged),
        ...compareApplied(recorded.applied, replayed.applied),
        ...(recorded.plannedAnew ? [] : comparePlanned(recorded.planned.map(toPlanned), replayed.planned)),
    ];
}
/** Of an agent's part what it came to: the tool that drove it now is a replay, and what it looked at and was told is not looked at again. */
function tidy(field, session) {
    if (field !== 'agents')
        return session[field];
    return session.agents.map(({ tool: _, coverage: __, settled: ___, ...agent }) => agent);
}
function compareApplied(recorded, applied) {
    if (!recorded)
        return [];
    const fresh = recorded.fresh.map(({ id }) => id);
    const known = applied.seen.filter((id) => !applied.fresh.includes(id));
    return [
        ...compareIds('new findings', fresh, applied.fresh),
        ...compareIds('known findings that were seen', recorded.seen, known),
        ...compareIds('resolved findings', recorded.resolved, applied.resolved),
        ...compareIds('reopened findings', recorded.reopened, applied.reopened),
        ...compareIds('ignored findings', recorded.ignored, applied.ignored),
    ];
}
function comparePlanned(recorded, now) {
    return compareLists('planned operation', keyed(recorded, nameOfPlanned), keyed(now, nameOfPlanned));
}
function compareIds(what, recorded, now) {
    return compareValues(what, recorded.toSorted(), now.toSorted());
}
function nameOfRaised({ fingerprint, title }) {
    return [`${fingerprint} ${title}`, title];
}
function nameOfPlanned({ kind, finding }) {
    return [finding, `${kind} ${finding}`];
}
function toPlanned({ kind, finding, number, reason }) {
    return { kind, finding, number, reason };
}
function keyed(items, keyOf) {
    return new Map(items.map((item) => {
        const [key, name] = keyOf(item);
        return [key, { name, line: (0,json/* stableLine */.A$)(item) }];
    }));
}
function compareLists(what, recorded, now) {
    const missing = [...recorded].filter(([key]) => !now.has(key)).map(([, { name }]) => `Missing ${what}: ${name}`);
    const further = [...now].filter(([key]) => !recorded.has(key)).map(([, { name }]) => `Further ${what}: ${name}`);
    const changed = [...now].flatMap(([key, { name, line }]) => {
        const before = recorded.get(key);
        return before && before.line !== line ? [`Other ${what}: ${name}: ${firstDifference(before.line, line)}`] : [];
    });
    return [...missing, ...further, ...changed];
}
function compareValues(what, recorded, now) {
    const [before, after] = [(0,json/* stableLine */.A$)(recorded ?? null), (0,json/* stableLine */.A$)(now ?? null)];
    return before === after ? [] : [`Other ${what}: ${firstDifference(before, after)}`];
}
function firstDifference(before, after) {
    let at = 0;
    while (before[at] === after[at] && at < before.length)
        at += 1;
    const from = Math.max(0, at - 40);
    const part = (text) => (0,lib_text/* truncate */.xv)(text.slice(from).trim(), 120);
    return `recorded ${part(before)}, replayed ${part(after)}`;
}

// EXTERNAL MODULE: ./build/src/sessions/discovery.js
var discovery = __webpack_require__(24301);
// EXTERNAL MODULE: ./build/src/sessions/recorded.js + 1 modules
var recorded = __webpack_require__(95570);
;// CONCATENATED MODULE: ./build/src/sessions/to-check-outcome.js
/** What came of a check, from the lines that tell of it. @returns `undefined` for an ending without what belongs to it. */
function toCheckOutcome({ check, kind, tool, version, durationMs, state, cause, reason, held }, findings) {
    const base = { check, kind, durationMs, ...(tool && { tool }), ...(version && { version }) };
    if (state === 'clean' || state === 'findings') {
        const rules = findings.map(({ candidate, rule }) => ({ candidate, rule }));
        return { ...base, state, findings: rules, held: held ?? { findings: 0, rules: [] } };
    }
    if (reason === undefined)
        return undefined;
    if (state === 'not-applicable')
        return { ...base, state, reason };
    return { ...base, state, cause: cause ?? 'failed', reason };
}

;// CONCATENATED MODULE: ./build/src/sessions/recording.js



/** @returns why there is nothing to replay, a sentence, where the events are no recording. */
function toRecording(events) {
    const started = events.find((event) => event.type === 'session-started');
    if (!started)
        return { unusable: 'Its events do not say what it was about.' };
    if (events.filter((event) => event.type === 'session-started').length > 1)
        return { unusable: 'It was resumed: sessions of several parts cannot be replayed yet.' };
    if (started.withheld)
        return { unusable: 'Its details were withheld, as everybody can read the repository: there is nothing to replay.' };
    const gaps = [];
    const answers = (what, schema) => readAnswers(events, { what, schema, gaps });
    const scope = answers('scope', recorded/* recordedKinds */.I.scope).at(-1)?.answer;
    if (!scope)
        return { unusable: 'Its events hold no recording: sessions that scan are recorded, from this version on.' };
    const known = byAbout(answers('known', recorded/* recordedKinds */.I.known));
    const found = Map.groupBy(answers('check-finding', recorded/* recordedKinds */.I['check-finding']), ({ about }) => about);
    const runsOf = Map.groupBy(answers('command', recorded/* recordedKinds */.I.command), ({ about }) => about);
    return {
        started,
        scope,
        known: [...known.values()],
        before: [...new Map([...known, ...byAbout(answers('before', recorded/* recordedKinds */.I.before))]).values()],
        issues: [...byAbout(answers('issue', recorded/* recordedKinds */.I.issue)).values()],
        adoptable: [...byAbout(answers('adoptable', recorded/* recordedKinds */.I.issue)).values()],
        requested: answers('requested', recorded/* recordedKinds */.I.requested).at(-1)?.answer ?? [],
        points: byAbout(answers('points', recorded/* recordedKinds */.I.points)),
        checks: answers('check', recorded/* recordedKinds */.I.check).flatMap(({ about, answer }) => toCheckOutcome(answer, (found.get(about) ?? []).map((one) => one.answer)) ?? []),
        renames: answers('renames', recorded/* recordedKinds */.I.renames).at(-1)?.answer,
        commands: new Map([...runsOf].map(([about, runs]) => [about, runs.map(({ answer }) => answer)])),
        judge: answers('judge', recorded/* recordedKinds */.I.judge).at(-1)?.answer,
        runs: toRuns(events),
        applied: answers('applied', recorded/* recordedKinds */.I.applied).at(-1)?.answer,
        planned: events.filter((event) => event.type === 'planned'),
        plannedAnew: answers('planned-anew', recorded/* recordedKinds */.I['planned-anew']).length > 0,
        gaps,
    };
}
function readAnswers(events, { what, schema, gaps }) {
    const all = events.flatMap((event) => (event.type === 'recorded' && event.what === what ? [event] : []));
    const read = all.flatMap(({ about, answer }) => {
        const parsed = schema.safeParse(answer);
        return parsed.success ? [{ about, answer: parsed.data }] : [];
    });
    const lost = all.length - read.length;
    if (lost > 0)
        gaps.push(`${(0,lib_text/* count */.U9)(lost, 'recorded answer')} (${what}) could not be read, or had been too large to keep.`);
    return read;
}
function byAbout(given) {
    return new Map(given.map(({ about, answer }) => [about, answer]));
}
/** Each run begins with its start; what scans did side by side is told apart by their names. */
function toRuns(events) {
    const runs = [];
    for (const event of events) {
        const { scan } = event;
        if (scan === undefined)
            continue;
        if (event.type === 'agent-started')
            runs.push({ scan, started: event, handedOver: [], ended: undefined });
        const run = runs.findLast((one) => one.scan === scan);
        if (event.type === 'handed-over')
            run?.handedOver.push(event);
        if (event.type === 'agent-ended' && run)
            run.ended = event;
    }
    return runs;
}

// EXTERNAL MODULE: ./build/src/sessions/session-event.js
var session_event = __webpack_require__(29082);
// EXTERNAL MODULE: ./build/src/sessions/settings.js + 2 modules
var settings = __webpack_require__(41829);
// EXTERNAL MODULE: ./build/src/findings/plan-issue-changes.js + 2 modules
var plan_issue_changes = __webpack_require__(60842);
// EXTERNAL MODULE: ./build/src/sessions/apply-session.js + 4 modules
var apply_session = __webpack_require__(51473);
;// CONCATENATED MODULE: ./build/src/flows/decide-replay.js



/** What a session's result does to the findings, and what there would be to do about the issues: nothing of it is written. */
function decideReplay(discovery, { recording, settings }) {
    const { remote, reconciles, trigger } = recording.scope;
    const { endedAt, startedAt } = discovery.session;
    const options = { ignore: settings.ignore, at: endedAt ?? startedAt, visible: remote === undefined };
    const applied = withIdsOf(recording, (0,apply_session/* applySession */.L)(recording.before, discovery, options));
    const plans = remote !== undefined && reconciles.may && settings.publish !== 'none' && !trigger.pullRequest;
    return { discovery, applied, planned: plans ? plan(discovery, { applied, recording, settings }) : [] };
}
/** A new finding's id is made anew each time: here it is the one that it got then. */
function withIdsOf({ applied: recorded }, applied) {
    const ids = new Map(recorded?.fresh.map(({ id, fingerprint }) => [fingerprint, id]));
    const then = new Map(applied.findings.flatMap(({ id, fingerprints }) => {
        const known = applied.fresh.includes(id) ? ids.get(fingerprints.at(-1)) : undefined;
        return known === undefined ? [] : [[id, known]];
    }));
    const idOf = (id) => then.get(id) ?? id;
    return {
        findings: applied.findings.map((finding) => ({ ...finding, id: idOf(finding.id) })),
        fresh: applied.fresh.map(idOf),
        seen: applied.seen.map(idOf),
        resolved: applied.resolved.map(idOf),
        reopened: applied.reopened.map(idOf),
        ignored: applied.ignored.map(idOf),
        named: applied.named.map((one) => ({ ...one, id: idOf(one.id) })),
    };
}
function plan({ session }, { applied, recording, settings }) {
    const { remote } = recording.scope;
    const { changes } = (0,plan_issue_changes/* planIssueChanges */.S)({
        findings: applied.findings,
        issues: new Map(recording.issues.map((issue) => [issue.number, issue])),
        adoptable: recording.adoptable,
        settings: settings.issues,
        labelsByScan: settings.labelsByScan,
        requested: new Set(recording.requested),
        audience: 'private',
        partial: session.result !== 'complete',
        context: {
            gate: (0,publishing_gate/* createGate */.q)({ secrets: [] }),
            serverUrl: remote ? remote.url.slice(0, -`/${remote.name}`.length) : '',
            repository: remote?.name ?? '',
            commit: session.commit,
            settledOf: (finding) => recording.points.get(finding) ?? [],
        },
    });
    return changes.flatMap((change) => {
        const { kind, finding } = change;
        if (kind === 'none')
            return [];
        return [
            {
                kind,
                finding,
                number: 'number' in change ? change.number : undefined,
                reason: 'reason' in change ? change.reason : undefined,
            },
        ];
    });
}

// EXTERNAL MODULE: ./build/src/flows/discover.js + 10 modules
var discover = __webpack_require__(95770);
// EXTERNAL MODULE: ./build/src/agents/usage.js
var usage = __webpack_require__(41659);
;// CONCATENATED MODULE: ./build/src/flows/replay-agent.js

/**
 * An agent that does again what one did: it hands over what was handed over, line by line, and ends as it ended. It asks no model and runs
 * nothing. A scan that the recording does not know never began, as when the session was over before its turn.
 *
 * @param raw what the sandbox held in the end, `SCAN/issues.json`, where it is on record; it counts where an agent wrote the file by other
 * means than its tools
 * @param unstarted by scan, why its agent could not begin at all: there is no run of it then, only its record
 * @param onAbort called where a person or the runner ended the session in the middle of this run
 */
function createReplayAgent(runs, { raw, unstarted, onAbort, onNote, }) {
    const left = [...runs];
    return {
        tool: 'replay',
        async run({ scan, model }, { sandbox }) {
            const at = left.findIndex((run) => run.scan === scan);
            const [run] = at < 0 ? [] : left.splice(at, 1);
            const why = unstarted.get(scan);
            if (!run && why !== undefined)
                return { ...unspent, costUsd: 0, ending: 'failed', reason: why, model };
            if (!run)
                return { ...unspent, ending: 'failed', reason: 'it is not on record', model };
            for (const file of ['issues.json', 'questions.json']) {
                const text = textOf(file, run, { raw, onNote });
                await sandbox.appendFile(`${sandbox.out}/${file}`, text);
            }
            const result = toResult(run);
            if (result.ending === 'aborted')
                onAbort();
            return result;
        },
    };
}
/** What the session read counts, where it is on record. */
function textOf(file, run, { raw, onNote }) {
    const rebuilt = rebuild(run, file);
    const kept = raw.get(`${run.scan}/${file}`);
    if (kept !== undefined && rebuilt !== '' && !isSame(kept, rebuilt))
        onNote(`Scan ${run.scan}: ${file} held more than its tools had written; it was read as it was.`);
    return kept ?? rebuilt;
}
function rebuild({ handedOver }, wanted) {
    return handedOver
        .flatMap(({ file, line }) => (file === wanted && line ? [`${JSON.stringify(line)}\n`] : []))
        .join('');
}
const unspent = { iterations: 0, usage: usage/* noUsage */.t, costUsd: undefined, finalText: '' };
function isSame(one, other) {
    const values = (text) => text
        .split('\n')
        .filter(Boolean)
        .map((line) => line.replace(/\s/g, ''));
    return values(one).join('\n') === values(other).join('\n');
}
function toResult({ ended, started }) {
    if (!ended)
        return { ...unspent, ending: 'failed', reason: 'it was killed', model: started.model };
    const { iterations, model, usage, costUsd, finalText = '', reason = '', hint, questions = [] } = ended;
    const spent = { iterations, model, usage, costUsd, finalText };
    switch (ended.ending) {
        case 'finished':
            return { ...spent, ending: 'finished' };
        case 'limited':
            return { ...spent, ending: 'limited', stopReason: oneOf(ended.stopReason, limits, 'timeout') };
        case 'unfinished':
        case 'refused':
            return { ...spent, ending: ended.ending, reason };
        case 'parked':
            return { ...spent, ending: 'parked', stopReason: 'waiting_input', questions };
        case 'stopped':
            return { ...spent, ending: 'stopped', stopReason: oneOf(ended.stopReason, stops, 'user') };
        case 'aborted':
            return { ...spent, ending: 'aborted', stopReason: 'user' };
        case 'failed':
            return { ...spent, ending: 'failed', reason, ...(hint === undefined ? {} : { hint }) };
    }
}
const limits = ['iterations', 'budget', 'timeout'];
const stops = ['user', 'stall', 'inactivity'];
function oneOf(word, words, other) {
    return words.find((one) => one === word) ?? other;
}
/** Folders in memory, at the paths that the session's sandboxes had. Nothing is ever run in them. */
function createReplaySandboxes(runs) {
    const left = [...runs];
    return {
        kind: 'local',
        create: async () => {
            const { workspace = '/workspace', out = '/out', setupProblem } = left.shift()?.started ?? {};
            return createReplaySandbox({ workspace, out, ...(setupProblem === undefined ? {} : { setupProblem }) });
        },
    };
}
function createReplaySandbox(place) {
    const files = new Map();
    const bytes = (data) => (typeof data === 'string' ? new TextEncoder().encode(data) : data);
    return {
        ...place,
        ref: { kind: 'local', id: 'replay' },
        exec: async () => ({
            exitCode: 127,
            stdout: '',
            stderr: 'A replay runs no commands.',
            timedOut: false,
            truncated: false,
            durationMs: 0,
        }),
        writeFile: async (path, data) => void files.set(path, bytes(data)),
        async appendFile(path, data) {
            // A file that nobody wrote to is not there.
            if (data === '')
                return;
            files.set(path, joined(files.get(path), bytes(data)));
        },
        readFile: async (path) => files.get(path),
        kill: async () => { },
    };
}
function joined(before, more) {
    if (!before)
        return more;
    const all = new Uint8Array(before.length + more.length);
    all.set(before);
    all.set(more, before.length);
    return all;
}

;// CONCATENATED MODULE: ./build/src/flows/replay-repository.js

/**
 * The files that a session saw: those of its commit, wherever the checkout stands now. What was scanned with changes that are in no commit
 * is read as it is now, and `note` says so.
 * @throws UserError where the clone does not hold the commit.
 */
async function openScannedFiles({ started: { commit, dirty } }, repository) {
    const scanned = { ...repository, commit, dirty: dirty === true };
    if (commit === undefined || dirty) {
        const note = 'The session saw files that are in no commit: the files are read as they are now.';
        return { repository: scanned, note };
    }
    if (commit === repository.commit && !repository.dirty)
        return { repository: scanned, note: undefined };
    const open = await repository.filesAt(commit);
    if (!open)
        throw new errors/* UserError */.yo(`This clone does not hold ${commit.slice(0, 7)}, which the session scanned: fetch it first.`);
    const files = new Map();
    for await (const file of open())
        files.set(file.path, file);
    return { repository: { ...scanned, ...inMemory(files) }, note: undefined };
}
function inMemory(files) {
    const regular = [...files.values()].filter(({ mode }) => mode !== 'link').map(({ path }) => path);
    return {
        files: async () => regular.toSorted(),
        async read(path, { maxBytes = 2 << 20 } = {}) {
            const file = files.get(path);
            return file && 'data' in file && file.data.length <= maxBytes ? file.data : undefined;
        },
        async *stream() {
            yield* files.values();
        },
    };
}

;// CONCATENATED MODULE: ./build/src/flows/replay-witness.js

/** Answers from a recording, each given once and in its order. What is not on record is told to `onGap`, and counts as not known. */
function createReplayWitness(recording, onGap) {
    const commands = new Map([...recording.commands].map(([about, answers]) => [about, [...answers]]));
    return {
        checks: async () => recording.checks,
        async renames() {
            if (!recording.renames)
                onGap('Where files went is not on record.');
            return recording.renames ?? { renames: [], notes: [] };
        },
        async command(about) {
            const answer = commands.get(about)?.shift();
            if (!answer) {
                onGap(`What a command showed is not on record: ${about}`);
                return [{ run: 'unknown', why: 'it is not on record' }];
            }
            if ('refused' in answer)
                throw new errors/* UserError */.yo(answer.refused);
            return answer;
        },
        async judge() {
            const { judge } = recording;
            if (!judge)
                onGap('Whether a judge was asked is not on record.');
            const spent = (judge?.spent ?? []).map(({ usage, costUsd }) => ({ usage, costUsd }));
            return { judged: judge?.judged ?? [], notes: judge?.notes ?? [], spent };
        },
    };
}

// EXTERNAL MODULE: ./build/src/flows/session-desk.js + 3 modules
var session_desk = __webpack_require__(89682);
;// CONCATENATED MODULE: ./build/src/flows/replay.js



















// A session's events are far smaller; beyond this it is nothing that Courier wrote.
const largest = 256 << 20;
/**
 * Drives the whole pipeline again with a session's events in the place of model, sandbox, checks and GitHub: extraction, proof, identity and
 * plan are done anew, from what the agents handed over and the files of the scanned commit. Nothing is run, asked or written.
 * @throws UserError where there is no recording, or no such commit
 */
async function replay(folder, given) {
    const recording = await readRecording(folder);
    const recorded = await readDiscovery(folder);
    const { repository, note } = await openScannedFiles(recording, given.repository);
    const cutShort = recorded?.session.stopReason === 'user';
    const notes = [
        ...recording.gaps,
        ...(recording.plannedAnew
            ? [
                'Somebody else changed the issues before this session could write to them: what it planned then is not compared.',
            ]
            : []),
        ...(note === undefined ? [] : [note]),
        ...(cutShort
            ? ['The session was ended before its time: what was under way then is not on record and may differ.']
            : []),
    ];
    const gaps = [];
    const stop = new AbortController();
    const raw = await readRaw(folder, recording);
    const agent = createReplayAgent(recording.runs, {
        raw,
        unstarted: unstartedIn(recorded),
        onAbort: () => stop.abort(),
        onNote: (text) => notes.push(text),
    });
    const settings = settingsOf(recording);
    const gate = (0,publishing_gate/* createGate */.q)({ secrets: [] });
    const started = Date.parse(recording.started.at);
    const scope = toScope(recording);
    const { discovery } = await (0,discover/* discover */.k)({
        ...scope,
        session: { ...(0,begin_session/* beginSession */.c)({ ...scope, repository, settings, at: started }), reasons: recording.scope.reasons },
        desk: session_desk/* noDesk */.n,
        settings,
        known: recording.known,
        ledgerKey: undefined,
        signal: stop.signal,
    }, {
        ...given,
        repository: { ...repository, history: async () => ({ none: 'a replay has none' }) },
        gate,
        agent,
        sandboxes: createReplaySandboxes(recording.runs),
        github: undefined,
        model: undefined,
        output: nowhere,
        sessionFolder: () => nowhere,
        mailbox: () => ({ read: async () => [] }),
        clock: { now: () => started },
        log: log/* silentLog */.a,
        progress: () => { },
        witness: createReplayWitness(recording, (gap) => gaps.push(gap)),
    });
    const replayed = decideReplay(withTimesOf((0,clean_discovery/* cleanDiscovery */.u)(discovery, gate.plain), recorded), { recording, settings });
    const differences = recorded
        ? compareReplay(replayed, { ...recording, discovery: recorded })
        : ['The session has no end on record: there is nothing to compare with.'];
    return { ...replayed, differences: [...gaps, ...differences], notes };
}
async function readRecording(folder) {
    const text = await folder.read(session_event/* eventsFile */.kQ, { maxBytes: largest });
    if (text === undefined)
        throw new errors/* UserError */.yo(`There are no events in ${folder.folder}: a session is replayed from the folder that it left.`);
    const { values, damaged } = (0,ndjson/* parseLines */.L)(text, understandLine);
    const recording = toRecording(values.filter((event) => event !== 'unknown'));
    if ('unusable' in recording)
        throw new errors/* UserError */.yo(`This session cannot be replayed. ${recording.unusable}`);
    return damaged === 0
        ? recording
        : {
            ...recording,
            gaps: [...recording.gaps, `${(0,lib_text/* count */.U9)(damaged, 'line')} of its events ${damaged === 1 ? 'is' : 'are'} damaged.`],
        };
}
/** A kind of event that a later Courier writes is no damage. */
function understandLine(value) {
    const event = (0,session_event/* understandEvent */.PZ)(value);
    if (event)
        return event;
    return typeof value === 'object' && value !== null && 'type' in value ? 'unknown' : undefined;
}
async function readDiscovery(folder) {
    const text = await folder.read('session.json', { maxBytes: largest });
    if (text === undefined)
        return undefined;
    try {
        return discovery/* Discovery */.T.parse(JSON.parse(text));
    }
    catch (error) {
        throw new errors/* UserError */.yo("The session's session.json is damaged, or of another version of Courier.", { cause: error });
    }
}
async function readRaw(folder, { runs }) {
    const raw = new Map();
    for (const { scan } of runs)
        for (const file of ['issues.json', 'questions.json']) {
            const text = await folder.read(`raw/${scan}/${file}`, { maxBytes: largest });
            if (text !== undefined)
                raw.set(`${scan}/${file}`, text);
        }
    return raw;
}
function settingsOf({ scope }) {
    const none = (0,settings/* resolveSettings */.Mo)(schema/* Configuration */.V.parse({}), { agent: 'none' }, { hasModelKey: false, strict: false });
    return { ...none, ...scope.settings };
}
function toScope({ scope: { trigger, remote, reconciles, changedLines, recheckAll } }) {
    return {
        trigger: {
            ...trigger,
            actor: trigger.actor,
            ref: trigger.ref,
            pullRequest: trigger.pullRequest,
        },
        remote: remote && { ...remote, defaultHead: remote.defaultHead },
        reconciles,
        changedLines: changedLines && new Map(changedLines),
        recheckAll,
    };
}
/** The scans whose agent could not begin, as their sandbox could not, with the reason. */
function unstartedIn(recorded) {
    const failed = recorded?.session.agents.filter(({ ending, currentIteration }) => ending === 'failed' && currentIteration === 0);
    return new Map(failed?.map(({ scan, reason = '' }) => [scan, reason]));
}
/** When it was, and under which name: what is decided depends on it. */
function withTimesOf(discovery, recorded) {
    if (!recorded)
        return discovery;
    const { id, startedAt, endedAt } = recorded.session;
    return {
        ...discovery,
        session: { ...discovery.session, id, startedAt, ...(endedAt === undefined ? {} : { endedAt }) },
    };
}
const nowhere = {
    folder: '',
    write: async () => '',
    append: async () => { },
    read: async () => undefined,
    list: async () => [],
    remove: async () => { },
};


/***/ }),

/***/ 7399:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ silentLog)
/* harmony export */ });
const silentLog = { debug() { }, info() { }, warn() { }, error() { } };


/***/ })

};
