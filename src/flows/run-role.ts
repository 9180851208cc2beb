import type { AgentResult, AgentTask } from '../agents/agent.ts';
import { type JudgementInput, toolInputs } from '../agents/tool-inputs.ts';
import { noUsage } from '../agents/usage.ts';
import type { AgentSettings } from '../config/agent-settings.ts';
import type { RoleStep } from '../config/blueprint.ts';
import { ExternalError, messageOf, UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { extractQuestions } from '../questions/extract-questions.ts';
import { isCutOff, overBy, whyEmpty, whyStopped } from '../runs/agent-end.ts';
import { applyPatch } from '../runs/apply-patch.ts';
import { briefStep, promptOf } from '../runs/brief-step.ts';
import { whyRefused } from '../runs/end-run.ts';
import { agentOf } from '../runs/step-agent.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import { type AgentPart, toAgentRecord } from '../sessions/agent-part.ts';
import type { EarlierScan } from '../sessions/restored.ts';
import { bringEquipment } from './bring-equipment.ts';
import type { Ports } from './ports.ts';
import { readContext } from './read-context.ts';
import { rulesFor, settledAnswerFor, settledFor } from './read-memory.ts';
import { openRunSandbox, takePatch } from './run-sandbox.ts';
import type { Came, RunPlace, RunState } from './run-state.ts';

export type RolePorts = Pick<
  Ports,
  'agent' | 'chooseAgent' | 'sandboxes' | 'repository' | 'log' | 'progress' | 'clock'
> & { gate: Gate };

type Asked = {
  step: RoleStep;
  /** Its place in journal and record: `run-implementer-1`. */
  name: string;
  feedback: string | undefined;
};

const kinds = { planner: 'plan', implementer: 'implement', judge: 'judge', evaluator: 'evaluate' } as const;

/**
 * Has an agent do one step. An implementer works where those before it did, and what it leaves there is the patch from then on; all others look at a
 * copy of their own, and what they change in it is gone.
 */
export async function runRole(asked: Asked, state: RunState, place: RunPlace, given: RolePorts): Promise<Came> {
  const own = asked.step.role !== 'implementer';
  let sandbox: Sandbox | undefined;
  let ports = given;
  try {
    const { tool, model } = agentOf(asked.step, place.settings.agent);
    // Whoever the session has chosen is there already.
    if (tool !== place.settings.agent.tool) ports = { ...given, ...(await given.chooseAgent?.({ tool, model })) };
    const opened = await openRunSandbox(own ? 'copy' : 'hands', { ...state, model }, place, ports);
    sandbox = opened.sandbox;
    const ran = await runAgent({ ...asked, ...opened }, state, place, ports);
    const next = {
      ...state,
      parts: [...state.parts, ran.part],
      raw: { ...state.raw, ...ran.raw },
      notes: [...state.notes, ...ran.notes],
    };
    return await conclude(asked, ran.result, { state: next, sandbox, place, ports });
  } catch (error) {
    if (!(error instanceof ExternalError || error instanceof UserError)) throw error;
    const hint = error instanceof ExternalError && error.hint ? ` ${error.hint}` : '';
    const why = `${asked.step.role}: ${messageOf(error)}${hint}`;
    ports.log.error(ports.gate.logLine(why));
    return { end: { end: 'broken', why }, state };
  } finally {
    if (own) await sandbox?.kill();
  }
}

async function runAgent(
  { step, name, feedback, sandbox, outfit }: Asked & Awaited<ReturnType<typeof openRunSandbox>>,
  state: RunState,
  place: RunPlace,
  ports: RolePorts,
): Promise<{ result: AgentResult; part: AgentPart; raw: RunState['raw']; notes: readonly string[] }> {
  const { agent } = ports;
  if (!agent) throw new UserError('A run needs an agent: none is set up.');
  const settings = agentOf(step, place.settings.agent);
  const equipped = await bringEquipment(settings, { sandbox, trigger: place.trigger }, ports);
  const scan = { name, prompt: promptOf(step), paths: [] };
  const earlier = earlierOf(step, name, place);
  const settled = await settledFor(scan, { memory: place.memory, known: [], earlier }, ports);
  const files = [...applyPatch(place.base, state.changes)].flatMap(([path, { mode }]) =>
    mode === 'link' ? [] : [path],
  );
  const task: AgentTask = {
    kind: kinds[step.role],
    scan: name,
    prompt: scan.prompt,
    paths: [],
    questions: mayAsk(step, state, place) ? 'block' : 'record',
    ...limitsFor(settings, place, ports),
    known: [],
    verify: [],
    rules: rulesFor(scan, { configured: place.settings.rules, memory: place.memory, files }),
    context: await readContext(settings.context, await ports.repository.files(), ports.repository),
    briefing: [...place.briefing, ...briefStep(step, state, feedback)],
    files: files.toSorted(),
    gaps: await ports.repository.gaps(),
    setupProblem: sandbox.setupProblem,
    ...settled.task,
    ...equipped.task,
  };
  await place.desk.note(name, { state: 'working', workspace: sandbox.workspace, ...settled.told });
  const result = await agent.run(task, {
    sandbox: equipped.sandbox,
    outfit,
    signal: place.signal,
    onEvent: place.onEvent,
    ...place.desk.contextFor(name),
    settledAnswer: settledAnswerFor(scan, place, ports),
    ...(earlier.state === 'goes-on' ? { resume: earlier.resume('fresh') } : {}),
    spend: place.purse,
  });
  const part = { ...toPart(step, scan, { result, sandbox, settings }) };
  const record = { ...part.record, ...settled.told };
  const raw = rawOf(name, result);
  await place.desk.keep(name, raw);
  await place.desk.note(name, {
    // Of a planner the transcript tells all, also that it had ended: a run that goes on takes it up from there.
    state: step.role === 'planner' ? 'resting' : 'done',
    record,
    usage: result.usage,
    ...(result.costUsd === undefined ? {} : { costUsd: result.costUsd }),
  });
  const notes = (result.notes ?? []).map((note) => `${name}: ${note}`);
  return { result, part: { ...part, record }, raw, notes };
}

/** Only before anybody changed a file: what implementers wrote in their sandbox is not kept while a run rests. */
function mayAsk({ role }: RoleStep, { changes }: RunState, { mayPark, hands }: RunPlace): boolean {
  return role === 'planner' && mayPark && changes.length === 0 && hands.sandbox === undefined;
}

function earlierOf({ role }: RoleStep, name: string, { desk }: RunPlace): EarlierScan {
  return role === 'planner' ? desk.earlier(name) : { state: 'begins' };
}

function limitsFor(
  settings: AgentSettings,
  { settings: { stallMs, inactivityMs }, deadline }: RunPlace,
  { clock }: RolePorts,
) {
  const { model, effort, temperature, maxTokens, maxIterations, budgetUsd } = settings;
  return {
    ...{ model, effort, maxTokens, maxIterations, budgetUsd, stallMs, inactivityMs },
    ...(temperature === undefined ? {} : { temperature }),
    timeoutMs: Math.max(1, deadline - clock.now()),
  };
}

function linesIn({ handedOver = [] }: AgentResult, wanted: string): unknown[] {
  return handedOver.flatMap(({ file, line }) => (file === wanted ? [line] : []));
}

function rawOf(name: string, result: AgentResult): Record<string, string> {
  const files = ['work.json', 'answers.json', 'questions.json'] as const;
  return Object.fromEntries(
    files.flatMap((file) => {
      const lines = linesIn(result, file);
      return lines.length === 0
        ? []
        : [[`${name}/${file}`, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`]];
    }),
  );
}

/** What it handed over, as the host kept it: nothing in the sandbox is it. */
function handedBy(result: AgentResult) {
  const work = result.handedOver?.findLast(({ file }) => file === 'work.json')?.line;
  const answer = result.handedOver?.findLast(({ file }) => file === 'answers.json')?.line;
  return {
    work: toolInputs.deliver.safeParse(work?.work).data,
    judgement: toolInputs.judge.safeParse(work?.judgement).data,
    score: toolInputs.score.safeParse(work?.score).data,
    plan: toolInputs.answer.safeParse(answer?.answer).data,
  };
}

function toPart(
  { role }: RoleStep,
  scan: { name: string; prompt: string },
  { result, sandbox, settings }: { result: AgentResult; sandbox: Sandbox; settings: AgentSettings },
): AgentPart {
  const handed = handedBy(result);
  const came = { planner: handed.plan, implementer: handed.work, judge: handed.judgement, evaluator: handed.score }[
    role
  ];
  const asked = extractQuestions(
    linesIn(result, 'questions.json')
      .map((line) => JSON.stringify(line))
      .join('\n'),
  );
  return {
    record: toAgentRecord(scan, settings, { result, outcome: came ? 'complete' : 'no-json' }),
    rejected: [],
    questions: asked.questions,
    assumptions: asked.assumptions,
    usage: result.usage ?? noUsage,
    costUsd: result.costUsd,
    sandbox: sandbox.ref,
  };
}

type Concluding = { state: RunState; sandbox: Sandbox; place: RunPlace; ports: RolePorts };

async function conclude({ step }: Asked, result: AgentResult, at: Concluding): Promise<Came> {
  const { state } = at;
  if (result.ending === 'parked') return { end: 'parked', state };
  const over = whyStopped(result);
  if (over !== undefined) return { end: { end: 'broken', why: over }, state, over: { outcome: 'stopped', why: over } };
  const { plan, work, judgement, score } = handedBy(result);
  const why = `${step.role}: ${whyEmpty(result)}`;
  const left = { ...state, refusals: undefined };
  const broken: Came = { end: { end: 'broken', why }, state: left, ...overBy(result, why) };
  switch (step.role) {
    case 'planner':
      return plan ? { end: { end: 'done' }, state: { ...state, plan } } : broken;
    case 'implementer':
      return work && !isCutOff(result) ? deliver(work, at) : broken;
    case 'judge':
      return judgement ? judged(judgement, state) : broken;
    case 'evaluator':
      // Its word changes nothing about the work.
      return { end: { end: 'done' }, state: score ? { ...state, score } : state };
  }
}

function judged(judgement: JudgementInput, state: RunState): Came {
  if (judgement.verdict === 'accept') return { end: { end: 'done' }, state: { ...state, judgement } };
  const why = `The judge sent it back:\n\n${judgement.reasons.map((reason) => `- ${reason}`).join('\n')}`;
  return { end: { end: 'sent-back', why }, state: { ...state, judgement } };
}

/** What the files of its sandbox are now. What policy does not let leave goes back with all reasons. */
async function deliver(
  work: NonNullable<RunState['work']>,
  { state, sandbox, place, ports }: Concluding,
): Promise<Came> {
  const taken = await takePatch(sandbox, state, place, ports);
  const isNone = work.unchanged !== undefined;
  const changes = isNone ? [] : taken.changes;
  const refusals = isNone || taken.refusals.length === 0 ? undefined : taken.refusals;
  // What was verified was another change.
  const next = { ...state, work, changes, refusals, verified: [], test: work.test ?? state.test };
  if (!refusals) return { end: { end: 'done' }, state: next };
  return { end: { end: 'sent-back', why: ports.gate.plain(whyRefused(refusals)) }, state: next };
}
