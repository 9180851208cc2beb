import type { Blueprint, BlueprintStep } from '../config/blueprint.ts';

/** What is known of the issue that a run is about. */
export type RunFacts = { isFinding: boolean; isReproducible: boolean };

/** How a step ended. `failed` of a gate, and `sent-back` of a judge or of what may not leave the sandbox, go back to the implementer. */
export type StepEnd =
  | { end: 'done'; note?: string }
  | { end: 'failed'; why: string }
  | { end: 'sent-back'; why: string }
  /** The agent broke off, or there is nobody to go back to. */
  | { end: 'broken'; why: string };

/** One step that was done, or passed over. `ended` is absent while it is under way. */
export type StepRecord = { step: number; round: number; ended?: StepEnd | { end: 'passed-over' } };

/** Where a run is: all that has happened, oldest first. It is kept in the session, so that a run which was cut short goes on. */
export type Walk = readonly StepRecord[];

export type NextStep =
  | { kind: 'step'; index: number; round: number; step: BlueprintStep; feedback: string | undefined }
  | { kind: 'done' }
  | { kind: 'failed'; index: number; why: string };

/**
 * What comes next, after all that has happened: the next step of the blueprint, or the implementer again where a gate or the judge sent the
 * work back, from whom all steps follow anew; a gate that failed more often than its `retries` ends the run.
 *
 * @param changed whether the run has changed any file by now.
 */
export function nextStep(
  { steps }: Pick<Blueprint, 'steps'>,
  walk: Walk,
  { changed, ...facts }: RunFacts & { changed: boolean },
): NextStep {
  const last = walk.at(-1);
  if (!last) return from(0, { steps, round: 1, changed, facts, feedback: undefined });
  const { step: index, round, ended } = last;
  if (!ended) return at(index, { steps, round, feedback: feedbackFor(walk) });
  switch (ended.end) {
    case 'done':
    case 'passed-over':
      return from(index + 1, { steps, round, changed, facts, feedback: undefined });
    case 'broken':
      return { kind: 'failed', index, why: ended.why };
    case 'failed':
    case 'sent-back':
      return back(index, { steps, walk, why: ended.why });
  }
}

type Onward = { steps: readonly BlueprintStep[]; round: number; feedback: string | undefined };

function from(index: number, onward: Onward & { changed: boolean; facts: RunFacts }): NextStep {
  const { steps, changed, facts } = onward;
  const next = steps.findIndex((step, place) => place >= index && applies(step, { changed, facts }));
  return next === -1 ? { kind: 'done' } : at(next, onward);
}

function at(index: number, { steps, round, feedback }: Onward): NextStep {
  const step = steps[index];
  return step ? { kind: 'step', index, round, step, feedback } : { kind: 'done' };
}

function applies({ when }: BlueprintStep, { changed, facts }: { changed: boolean; facts: RunFacts }): boolean {
  switch (when) {
    case 'always':
      return true;
    case 'changed':
      return changed;
    case 'unchanged':
      return !changed;
    case 'finding':
      return facts.isFinding;
    case 'reproducible':
      return facts.isReproducible;
  }
}

/** To the last implementer before it, while it may still fail; an implementer's own work goes back to itself. */
function back(
  index: number,
  { steps, walk, why }: { steps: readonly BlueprintStep[]; walk: Walk; why: string },
): NextStep {
  const failures = walk.filter(
    ({ step, ended }) => step === index && (ended?.end === 'failed' || ended?.end === 'sent-back'),
  );
  const implementer = steps.slice(0, index + 1).findLastIndex((step) => 'role' in step && step.role === 'implementer');
  const retries = steps[index]?.retries ?? 0;
  if (implementer === -1 || failures.length > retries) return { kind: 'failed', index, why };
  const round = Math.max(...walk.map((record) => record.round)) + 1;
  return at(implementer, { steps, round, feedback: why });
}

/** Why the round that is under way began: what the gate or the judge said. */
function feedbackFor(walk: Walk): string | undefined {
  const current = walk.at(-1)?.round ?? 1;
  const ended = walk.findLast(({ round }) => round < current)?.ended;
  return ended && 'why' in ended ? ended.why : undefined;
}
