import type { Blueprint } from '../config/blueprint.ts';
import { hasCommand } from '../findings/recheck.ts';
import { truncate } from '../lib/text.ts';
import type { PatchRefusal } from '../runs/judge-patch.ts';
import { nameStep, renderDiagram } from '../runs/render-diagram.ts';
import { type NextStep, nextStep, type StepEnd, type Walk } from '../runs/walk.ts';
import type { IssueRun } from '../sessions/issue-run.ts';
import { spentBefore } from './earlier-work.ts';
import { type GatePorts, runGate } from './run-gate.ts';
import { type RolePorts, runRole } from './run-role.ts';
import { type Came, nothingDone, type RunPlace, type RunState } from './run-state.ts';
import type { Desk } from './session-desk.ts';

export type WalkPorts = RolePorts & GatePorts;

/** How the walk ended, and what there is then. */
export type Walked = {
  state: RunState;
  walk: Walk;
  ending:
    | { ending: 'done' }
    | { ending: 'failed'; why: string; limit?: 'timeout' | 'budget' }
    | { ending: 'stopped'; why: string }
    | { ending: 'parked' }
    | { ending: 'refused'; refusals: readonly PatchRefusal[] };
};

/** Does the steps of a blueprint, one after the other, until it is through, fails for good, or has to end. */
export async function walkRun(place: RunPlace, ports: WalkPorts): Promise<Walked> {
  const { blueprint, finding } = place;
  const facts = { isFinding: finding !== undefined, isReproducible: finding !== undefined && hasCommand(finding) };
  let [state, walk]: [RunState, Walk] = [nothingDone, []];
  for (;;) {
    const next = nextStep(blueprint, walk, { ...facts, changed: state.changes.length > 0 });
    const end = next.kind === 'step' ? whyOver(place, ports) : endOf(next, place, state);
    if (end || next.kind !== 'step') return { state, walk, ending: end ?? { ending: 'done' } };
    const { index: step, round } = next;
    const before = walk;
    show([...before, { step, round }], place, ports);
    const came = await doStep(next, state, place, ports);
    state = came.state;
    walk = [...before, came.end === 'parked' ? { step, round } : { step, round, ended: came.end }];
    const ending = endingBy(came, place);
    if (ending) return { state, walk, ending };
  }
}

function endingBy(came: Came, place: RunPlace): Walked['ending'] | undefined {
  if (came.end === 'parked') return { ending: 'parked' };
  const stopping = whyStoppedMeanwhile(came.end, place);
  if (!came.over) return stopping;
  if (came.over.outcome === 'stopped') return { ending: 'stopped', why: came.over.why };
  return stopping ?? { ending: 'failed', why: came.over.why, limit: came.over.limit };
}

function endOf(next: Exclude<NextStep, { kind: 'step' }>, place: RunPlace, { refusals }: RunState): Walked['ending'] {
  const { blueprint } = place;
  // Nothing is pushed any more, either.
  if (next.kind === 'done') return isStopped(place) ? { ending: 'stopped', why: stopped } : { ending: 'done' };
  if (refusals) return { ending: 'refused', refusals };
  return { ending: 'failed', why: `${stepName(blueprint, next.index)} failed. ${next.why}` };
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
  return runRole({ step, name: partOf(place.blueprint, { index, round }), feedback }, state, place, ports);
}

/** A step in journal and record. It names files, too: an artifact takes no colon. */
function partOf({ steps }: Blueprint, { index, round }: { index: number; round: number }): string {
  const names = steps.map(nameStep);
  const own = names[index] ?? '';
  const isAlone = names.filter((name) => name === own).length === 1;
  return `run-${isAlone ? own : `${own}-${index + 1}`}-${round}`;
}

/** US dollars that the planners had spent before the run rested: it rests in a first round, before anybody else works. */
export function spentOnPlans(blueprint: Blueprint, { earlier }: Pick<Desk, 'earlier'>): number {
  return blueprint.steps
    .map((step, index) =>
      'role' in step && step.role === 'planner' ? spentBefore(earlier(partOf(blueprint, { index, round: 1 }))) : 0,
    )
    .reduce((sum, usd) => sum + usd, 0);
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
