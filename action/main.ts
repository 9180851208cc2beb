import { randomUUID } from 'node:crypto';
import * as core from '@actions/core';
import type { CourierEvent } from '../src/courier.ts';
import { type StepRequest, understandEvent } from '../src/events/understand-event.ts';
import type { ScanOutcome } from '../src/flows/outcome.ts';
import { ExternalError, messageOf, UserError } from '../src/lib/errors.ts';
import type { Log } from '../src/lib/log.ts';
import { count } from '../src/lib/text.ts';
import { environmentSecrets } from '../src/publishing/environment-secrets.ts';
import { createGate, type Gate } from '../src/publishing/gate.ts';
import { parseSplit } from '../src/sessions/split.ts';
import { answerIssue } from './answer-issue.ts';
import { makeOutputFolder } from './folders.ts';
import { credentialsIn, type Inputs, parseInputs } from './inputs.ts';
import { createStepLog } from './log.ts';
import { toOutputs } from './outputs.ts';
import { createStepProgress } from './progress.ts';
import { readEvent } from './read-event.ts';
import { readHanded } from './read-handed.ts';
import { startCourier } from './start-courier.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `dist`: the folder of the bundle, with the files that lie beside it. `stop`: the job is cancelled. */
type Entry = { dist: string; stop: AbortSignal };

/** The step: understand the event, let Courier work, tell what came of it. The one place where its errors end. */
export async function main(env: Environment, { dist, stop }: Entry): Promise<void> {
  for (const credential of credentialsIn(env)) core.setSecret(credential);
  core.saveState('courierStarted', 'true');
  const keepStopped = () => core.saveState('courierStopped', 'true');
  if (stop.aborted) keepStopped();
  else stop.addEventListener('abort', keepStopped, { once: true });
  const gate = createGate({ secrets: [...credentialsIn(env), ...environmentSecrets(env)] });
  try {
    await work(env, { dist, stop, gate });
  } catch (error) {
    await tellFailure(sentenceFor(error), gate);
    if (!(error instanceof UserError)) core.debug(gate.plain(error instanceof Error ? (error.stack ?? '') : ''));
  }
}

type Tools = Entry & { inputs: Inputs; gate: Gate; log: Log };

async function work(env: Environment, given: Entry & Pick<Tools, 'gate'>): Promise<void> {
  const { gate } = given;
  const inputs = parseInputs(env);
  const tools = { ...given, inputs, log: createStepLog(core, gate) };
  const step = understandEvent(inputs.mode, await readEvent(env), inputs.request);
  // Before anything is loaded or asked: most comments are no commands.
  if (step.kind === 'nothing') return tellQuietly('skipped', step.why);
  if (step.kind === 'issue') {
    await answerIssue(step.event, { env, ...tools });
    const { event } = step;
    const issue = event.kind === 'panel' ? event.edit.issue : event.issue;
    return tellQuietly('complete', `What waited on #${issue} is dealt with; answers stand there.`);
  }
  const outcome = await run(env, await toEvent(step, inputs, env), tools);
  core.saveState('courierEnded', 'true');
  return tell(outcome, gate);
}

/** What has no session: the answer stands where somebody asked. */
function tellQuietly(result: 'skipped' | 'complete', sentence: string): void {
  core.setOutput('result', result);
  core.info(sentence);
}

async function run(env: Environment, event: CourierEvent, { dist, inputs, stop, log }: Tools): Promise<ScanOutcome> {
  const progress = createStepProgress({ info: log.info, startGroup: core.startGroup, endGroup: core.endGroup });
  // Told before there is a sandbox: the post step ends what a killed step could not.
  const job = randomUUID();
  core.saveState('courierJob', job);
  const folder = await makeOutputFolder(env);
  core.saveState('courierFolder', folder);
  const courier = startCourier(env, inputs, {
    ...{ dist, job, folder, log, progress: progress.tell, watch: progress.watch },
    began: (session, on) => {
      if (on === 'record') core.saveState('courierSession', session);
      // Also where the step is killed: what it kept by then is uploaded.
      core.setOutput('session-id', session);
      core.setOutput('session-path', folder);
    },
  });
  try {
    return await courier.receive(event, stop);
  } finally {
    progress.end();
  }
}

type SessionStep = Exclude<StepRequest, { kind: 'nothing' | 'issue' }>;

async function toEvent(step: SessionStep, inputs: Inputs, env: Environment): Promise<CourierEvent> {
  const request = { trigger: step.trigger, overrides: inputs, configPath: inputs.config, strict: true };
  if (step.kind === 'scan')
    return { kind: 'scan', ...request, split: parseSplit(env.COURIER_PART, env.COURIER_SESSION) };
  if (step.kind === 'ticks') return { kind: 'ticks', ...request, edit: step.edit };
  if (step.kind === 'request') return { kind: 'request', ...request, request: step.request };
  if (step.kind === 'order') return { kind: 'order', ...request, order: step.order };
  if (step.kind === 'verify') return { kind: 'verify-repair', ...request, issue: step.issue };
  if (step.kind === 'answer-session') return { kind: 'answer-session', ...request, session: step.session };
  if (step.kind === 'resume') {
    const { session, asked } = step;
    return { kind: 'resume', ...request, session, asked, files: inputs.sessionPath };
  }
  return { kind: 'publish', ...request, handed: await readHanded(inputs.sessionPath ?? '') };
}

async function tell(outcome: ScanOutcome, gate: Gate): Promise<void> {
  for (const [name, value] of Object.entries(toOutputs(outcome))) core.setOutput(name, value);
  if (process.env.GITHUB_STEP_SUMMARY) await core.summary.addRaw(outcome.summary, true).write();
  annotate(outcome, gate);
  for (const note of outcome.notes) core.info(gate.logLine(note));
  const reasons = gate.plain(outcome.reasons.join(' '));
  if (outcome.result === 'failed') core.setFailed(`The session failed. ${reasons}`);
  else if (outcome.result === 'skipped' && outcome.session.trigger === 'workflow_dispatch')
    core.warning(`Skipped. ${reasons}`);
  else if (outcome.result === 'skipped') core.notice(`Skipped. ${reasons}`);
  else if (outcome.result === 'partial') core.warning(`The session is only partial. ${reasons}`);
  if (outcome.failOnMet) core.setFailed('An open finding has the priority of fail-on, or worse.');
}

const mostAnnotations = 10;

function annotate({ findings, annotates }: ScanOutcome, gate: Gate): void {
  if (!annotates) return;
  for (const finding of findings.slice(0, mostAnnotations)) {
    const place = finding.location;
    const properties = place
      ? { title: `Courier ${finding.id}`, file: place.path, ...(place.startLine ? { startLine: place.startLine } : {}) }
      : { title: `Courier ${finding.id}` };
    const title = gate.plain(finding.title);
    if (finding.severity <= 2) core.error(title, properties);
    else core.warning(title, properties);
  }
  const more = findings.length - mostAnnotations;
  if (more > 0) core.info(`${count(more, 'more finding')}: see the summary.`);
}

/** A step that did not get to a session says so where people look: a summary without a word would read as nothing found. */
async function tellFailure(sentence: string, gate: Gate): Promise<void> {
  core.setOutput('result', 'failed');
  core.setFailed(gate.plain(sentence));
  if (!process.env.GITHUB_STEP_SUMMARY) return;
  await core.summary.addRaw(`## Courier\n\n**Failed:** ${gate.block(sentence)}`, true).write();
}

function sentenceFor(error: unknown): string {
  if (error instanceof UserError) return error.message;
  if (error instanceof ExternalError) return error.hint ? `${error.message} ${error.hint}` : error.message;
  return `Courier failed unexpectedly: ${messageOf(error)}`;
}
