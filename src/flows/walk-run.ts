import type { Blueprint } from '../config/blueprint.ts';
import { hasCommand } from '../findings/recheck.ts';
import { truncate } from '../lib/text.ts';
import type { PatchRefusal } from '../runs/judge-patch.ts';
import { nameStep, renderDiagram } from '../runs/render-diagram.ts';
import { type NextStep, nextStep, type StepEnd, type Walk } from '../runs/walk.ts';
import type { IssueRun } from '../sessions/issue-run.ts';
import { type GatePorts, runGate } from './run-gate.ts';
import { type RolePorts, runRole } from './run-role.ts';
import { type Came, nothingDone, type Over, type RunPlace, type RunState } from './run-state.ts';

export type WalkPorts = RolePorts & GatePorts;

/** How the walk ended, and what there is then. */
export type Walked = {
  state: RunState;
  walk: Walk;
  ending:
    | { ending: 'done' }
    | { ending: 'failed'; why: string; limit?: 'timeout' | 'budget' }
    | { ending: 'stopped'; why: string }
    | { ending: 'refused'; refusals: readonly PatchRefusal[] };
};

/** Does the steps of a blueprint, one after the other, until it is through, fails for good, or has to end. */
export async function walkRun(place: RunPlace, ports: WalkPorts): Promise<Walked> {
  const { blueprint, finding } = place;
  const facts = { isFinding: finding !== undefined, isReproducible: finding !== undefined && hasCommand(finding) };
  let [state, walk]: [RunState, Walk] = [nothingDone, []];
  for (;;) {
    const next = nextStep(blueprint, walk, { ...facts, changed: state.changes.length > 0 });
    const end = next.kind === 'step' ? whyOver(place, ports) : endOf(next, blueprint);
    if (end || next.kind !== 'step') return { state, walk, ending: end ?? { ending: 'done' } };
    const { index: step, round } = next;
    const before = walk;
    show([...before, { step, round }], place, ports);
    const came = await doStep(next, state, place, ports);
    state = came.state;
    walk = [...before, { step, round, ended: came.end }];
    const over = came.over ? toEnding(came.over) : whyStoppedMeanwhile(came.end, place);
    if (over) return { state, walk, ending: over };
  }
}

function endOf(next: Exclude<NextStep, { kind: 'step' }>, blueprint: Blueprint): Walked['ending'] {
  if (next.kind === 'done') return { ending: 'done' };
  return { ending: 'failed', why: `${stepName(blueprint, next.index)} failed. ${next.why}` };
}

function toEnding(over: Over): Walked['ending'] {
  return over.outcome === 'refused'
    ? { ending: 'refused', refusals: over.refusals }
    : { ending: 'stopped', why: over.why };
}

function stepName({ steps }: Blueprint, index: number): string {
  const step = steps[index];
  return step ? nameStep(step) : 'a step';
}

const stopped = 'It was stopped before its end.';

/** A gate whose command was ended by a stop has found nothing. */
function whyStoppedMeanwhile(end: StepEnd, place: RunPlace): Walked['ending'] | undefined {
  return end.end !== 'done' && isStopped(place) ? { ending: 'stopped', why: stopped } : undefined;
}

function isStopped({ signal, desk }: RunPlace): boolean {
  return signal.aborted || desk.stop.aborted;
}

function whyOver(place: RunPlace, { clock }: WalkPorts): Walked['ending'] | undefined {
  if (isStopped(place)) return { ending: 'stopped', why: stopped };
  if (clock.now() >= place.deadline) return { ending: 'failed', why: 'Its time was used up.', limit: 'timeout' };
  if (place.purse.spentUsd() >= place.settings.agent.budgetUsd)
    return { ending: 'failed', why: 'Its budget was used up.', limit: 'budget' };
  return undefined;
}

function show(walk: Walk, { blueprint }: RunPlace, { progress, gate }: WalkPorts): void {
  const at = walk.at(-1)?.step ?? 0;
  progress({ step: stepName(blueprint, at), picture: renderDiagram(blueprint.steps, walk, gate) });
}

function doStep(
  { step, index, round, feedback }: Extract<NextStep, { kind: 'step' }>,
  state: RunState,
  place: RunPlace,
  ports: WalkPorts,
): Promise<Came> {
  if (!('role' in step)) {
    const signal = AbortSignal.any([place.signal, place.desk.stop]);
    return runGate(step, state, { ...place, signal }, ports);
  }
  const { steps } = place.blueprint;
  const own = nameStep(step);
  const isAlone = steps.filter((other) => nameStep(other) === own).length === 1;
  // It names files, too: an artifact takes no colon.
  const name = `run-${isAlone ? own : `${own}-${index + 1}`}-${round}`;
  return runRole({ step, name, feedback }, state, place, ports);
}

/** The steps as the session's record keeps them. */
export function toRecordedSteps({ steps }: Blueprint, walk: Walk): IssueRun['steps'] {
  return walk.flatMap(({ step: index, round, ended }) => {
    const step = steps[index];
    if (!step || ended?.end === 'passed-over') return [];
    const name = truncate(nameStep(step), 200);
    const why = ended && 'why' in ended ? { why: truncate(ended.why, 1500) } : {};
    return [{ name, round, end: ended?.end ?? ('open' as const), ...why }];
  });
}
