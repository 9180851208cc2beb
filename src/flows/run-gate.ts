import type { BlueprintStep } from '../config/blueprint.ts';
import { hasCommand } from '../findings/recheck.ts';
import { describeRuns, isUnanimous, judgeRuns } from '../findings/reproduction.ts';
import { ExternalError, messageOf, UserError } from '../lib/errors.ts';
import { timesText } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { applyPatch, changesBetween, testsIn } from '../runs/apply-patch.ts';
import { endText, feedbackOf, outputText, type RunEnd, whyNoProof } from '../runs/gate-text.ts';
import type { PatchChange } from '../runs/patch.ts';
import { nameStep } from '../runs/render-diagram.ts';
import type { Verification } from '../runs/render-pull-request.ts';
import type { Bench } from './bench.ts';
import type { Ports } from './ports.ts';
import { type CheckPorts, compareChecks } from './run-checks-gate.ts';
import { type RunLimits, runLimits, runReproduction } from './run-reproduction.ts';
import { openRunBench } from './run-sandbox.ts';
import type { Came, RunPlace, RunState } from './run-state.ts';

export type GatePorts = Pick<Ports, 'sandboxes' | 'repository' | 'log' | 'matchPattern'> & CheckPorts & { gate: Gate };

type GateStep = Exclude<BlueprintStep, { role: string }>;

const commandMs = 15 * 60_000;
/** A test that took longer is not run a second time on the files before. */
const cheapMs = 60_000;
// A verdict about absence takes all its runs, however long each takes.
const reproduceLimits: RunLimits = { ...runLimits, commandMs, cheapMs: Number.POSITIVE_INFINITY };

/**
 * Tries what a gate asks for, in untouched copies of the files with the patch: what passes is what would be pushed, and nothing that an agent left
 * elsewhere in its sandbox has a part in it.
 */
export async function runGate(step: GateStep, state: RunState, place: RunPlace, ports: GatePorts): Promise<Came> {
  try {
    return withinTime(await tryGate(step, state, place, ports), step, { place, ports });
  } catch (error) {
    if (!(error instanceof ExternalError || error instanceof UserError)) throw error;
    return { end: { end: 'broken', why: `${nameStep(step)}: ${messageOf(error)}` }, state };
  }
}

/**
 * A gate that the end of the session's time cut off has found nothing, and nobody has the time to repair it. Of checks that hold also where both
 * looks were cut off alike, which they take for no difference.
 */
function withinTime(came: Came, step: GateStep, { place, ports }: { place: RunPlace; ports: GatePorts }): Came {
  if (came.end === 'parked' || ports.clock.now() < place.deadline) return came;
  const isChecks = 'verify' in step && step.verify === 'checks';
  if (came.end.end === 'done' && !isChecks) return came;
  const why = `Its time was used up while ${nameStep(step)} ran.`;
  const more = 'why' in came.end ? `\n\n${came.end.why}` : '';
  return { ...came, end: { end: 'broken', why: `${why}${more}` }, over: { outcome: 'failed', why, limit: 'timeout' } };
}

function tryGate(step: GateStep, state: RunState, place: RunPlace, ports: GatePorts): Promise<Came> {
  if ('run' in step) return runCommandGate(nameStep(step), step.run, state, place, ports);
  switch (step.verify) {
    case 'test-fails':
      return testFails(state, place, ports);
    case 'test-passes':
      return testPasses(state, place, ports);
    case 'reproduce':
      return reproduceIsSilent(state, place, ports);
    case 'checks':
      return nothingNew(state, place, ports);
  }
}

async function onBench<Result>(
  changes: readonly PatchChange[],
  place: RunPlace,
  ports: GatePorts,
  work: (bench: Bench) => Promise<Result>,
): Promise<Result> {
  const bench = openRunBench(changes, place, ports);
  try {
    return await work(bench);
  } finally {
    await bench.close();
  }
}

function runOn(command: string, changes: readonly PatchChange[], place: RunPlace, ports: GatePorts): Promise<RunEnd> {
  const setupMs = Math.max(1, place.deadline - ports.clock.now());
  const timeoutMs = Math.min(commandMs, setupMs);
  return onBench(changes, place, ports, (bench) => bench.run(command, { timeoutMs, setupMs, signal: place.signal }));
}

async function runCommandGate(
  name: string,
  command: string,
  state: RunState,
  place: RunPlace,
  ports: GatePorts,
): Promise<Came> {
  const result = await runOn(command, state.changes, place, ports);
  const after = outputText(result);
  return passed(result)
    ? came(state, { name, ok: true, verdict: 'passes', after })
    : failed(state, { name, ok: false, verdict: 'fails', after }, feedbackOf(name, command, result));
}

function passed({ exitCode, timedOut }: RunEnd): boolean {
  return exitCode === 0 && !timedOut;
}

/** The newest word of a gate takes the place of its last. */
function withVerified(state: RunState, verification: Verification): RunState {
  return { ...state, verified: [...state.verified.filter(({ name }) => name !== verification.name), verification] };
}

function came(state: RunState, { verdict = 'passes', ...verification }: Verification): Came {
  const failures = state.failures?.[verification.name] ?? 0;
  const told = failures === 0 ? verdict : `${verdict}; it had sent the change back ${timesText(failures)}`;
  return { end: { end: 'done' }, state: withVerified(state, { ...verification, verdict: told }) };
}

function failed(state: RunState, verification: Verification, why: string): Came {
  const { failures = {} } = state;
  const { name } = verification;
  const counted = { ...state, failures: { ...failures, [name]: (failures[name] ?? 0) + 1 } };
  return { end: { end: 'failed', why }, state: withVerified(counted, verification) };
}

const unnamed =
  'No test command was named: call deliver with `test`, the one command that runs the test which shows the problem.';

async function testFails(state: RunState, place: RunPlace, ports: GatePorts): Promise<Came> {
  const { test } = state;
  if (test === undefined) return { end: { end: 'failed', why: unnamed }, state };
  const result = await runOn(test, state.changes, place, ports);
  const why = whyNoProof(test, result);
  if (why !== undefined) return { end: { end: 'failed', why }, state };
  const before = new Map([...state.before, [test, outputText(result)]]);
  return { end: { end: 'done', note: endText(result) }, state: { ...state, before } };
}

/** Where there is no test, there is nothing to pass: the pull request says that nothing was run. */
async function testPasses(state: RunState, place: RunPlace, ports: GatePorts): Promise<Came> {
  const { test } = state;
  if (test === undefined) return { end: { end: 'done', note: 'no test was named' }, state };
  const result = await runOn(test, state.changes, place, ports);
  const about = { name: test, ok: passed(result), after: outputText(result) };
  if (!about.ok) return failed(state, { ...about, verdict: 'fails' }, feedbackOf('test', test, result));
  const known = state.before.get(test);
  const before = known === undefined ? await runBefore(test, result, { state, place, ports }) : shows(known);
  return came(state, { ...about, ...before });
}

const shows = (before: string) => ({ before, verdict: 'fails without the change, passes with it' });

/** The same test without the repair: of all that the pull request changes only what tests are made of. */
async function runBefore(
  test: string,
  after: RunEnd,
  { state, place, ports }: { state: RunState; place: RunPlace; ports: GatePorts },
): Promise<{ before: string; verdict: string } | undefined> {
  const { base, origin } = place;
  const changes = origin ? changesBetween(origin.files, applyPatch(base, state.changes)) : state.changes;
  const tests = testsIn(changes);
  const isAll = tests.length === changes.length;
  if (after.durationMs > cheapMs || tests.length === 0 || isAll) return undefined;
  const end = await runOn(test, tests, atOrigin(place), ports);
  // Cut off by the end of the session's time, it shows nothing.
  if (end.timedOut && ports.clock.now() >= place.deadline) return undefined;
  const before = outputText(end);
  return passed(end) ? { before, verdict: 'passes, and does so without the change as well' } : shows(before);
}

/** The files as the branch found them. */
function atOrigin(place: RunPlace): RunPlace {
  return place.origin ? { ...place, base: place.origin.files } : place;
}

/** Its command has to show the problem in the files as they were, so that its silence in those of the patch means something. */
async function reproduceIsSilent(state: RunState, place: RunPlace, ports: GatePorts): Promise<Came> {
  const { finding } = place;
  if (!finding || !hasCommand(finding)) return { end: { end: 'done', note: 'there is no command' }, state };
  const { reproduce } = finding;
  const run = (changes: readonly PatchChange[], at: RunPlace) =>
    onBench(changes, at, ports, (bench) =>
      runReproduction(
        reproduce,
        { bench, limits: reproduceLimits, deadline: place.deadline, signal: place.signal },
        ports,
      ),
    );
  const now = await run(state.changes, place);
  const shown = state.shown ?? toShown(await run([], atOrigin(place)));
  const next = { ...state, shown };
  const about = { name: reproduce.command, before: shown.text, after: describeRuns(now) };
  if (isUnanimous(now, 'silent')) {
    if (shown.ok)
      return came(next, { ...about, ok: true, verdict: 'shows the problem without the change, not with it' });
    const after = `${about.after}. It proves nothing: it did not show the problem before the change either.`;
    const verdict = 'proves nothing: it does not show the problem without the change either';
    return came(next, { ...about, ok: false, verdict, after });
  }
  const heard = judgeRuns(now);
  const told =
    heard === 'unknown' ? 'could not be judged' : `still shows the problem${heard === 'flaky' ? ' sometimes' : ''}`;
  const why = `The finding's own command ${told} (${describeRuns(now)}):\n\n${reproduce.command}`;
  return failed(next, { ...about, ok: false, verdict: told }, why);
}

function toShown(runs: Parameters<typeof describeRuns>[0]): NonNullable<RunState['shown']> {
  return { ok: isUnanimous(runs, 'shows'), text: describeRuns(runs) };
}

async function nothingNew(state: RunState, place: RunPlace, ports: GatePorts): Promise<Came> {
  const compared = await compareChecks(state.changes, place, ports, (changes, work) =>
    onBench(changes, place, ports, work),
  );
  if (compared.fresh.length === 0 && compared.after === '')
    return { end: { end: 'done', note: 'no check has anything to look at' }, state };
  const verification = {
    name: 'checks',
    ok: compared.fresh.length === 0,
    ...(compared.before === undefined ? {} : { before: compared.before }),
    after: compared.after,
  };
  if (verification.ok) return came(state, { ...verification, verdict: 'find nothing new' });
  return failed(state, verification, `The checks find what they did not find before:\n\n${compared.fresh.join('\n')}`);
}
