import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Blueprint } from '../../src/config/blueprint.ts';
import { builtInBlueprints } from '../../src/runs/built-in-blueprints.ts';
import { nextStep, type StepEnd, type StepRecord } from '../../src/runs/walk.ts';

const facts = { isFinding: true, isReproducible: true, changed: true };
const done: StepEnd = { end: 'done' };
const failed: StepEnd = { end: 'failed', why: 'npm test ended with 1' };

/** Walks until it ends, with what each step gives in turn (`done` where nothing is said). */
function walk(blueprint: Blueprint, ends: Record<number, readonly StepEnd[]> = {}, besides = facts) {
  const records: StepRecord[] = [];
  const left = new Map(Object.entries(ends).map(([step, list]) => [Number(step), [...list]]));
  for (let turn = 0; turn < 500; turn++) {
    const next = nextStep(blueprint, records, besides);
    if (next.kind !== 'step') return { next, order: records.map(({ step }) => step), records };
    records.push({ step: next.index, round: next.round, ended: left.get(next.index)?.shift() ?? done });
  }
  throw new Error('it does not end');
}

const simple = Blueprint.parse({
  steps: [{ role: 'planner' }, { role: 'implementer' }, { run: 'npm test', retries: 2 }, { role: 'judge', retries: 1 }],
});

describe('the walk through a blueprint', () => {
  it('does the steps in their order', () => {
    expect(walk(simple)).toMatchObject({ next: { kind: 'done' }, order: [0, 1, 2, 3] });
  });

  it('goes back to the implementer, with what the gate said, and does all that follows anew', () => {
    const { order, records } = walk(simple, { 2: [failed], 3: [{ end: 'sent-back', why: 'not what was asked' }] });
    expect(order).toEqual([0, 1, 2, 1, 2, 3, 1, 2, 3]);
    expect(records.map(({ round }) => round)).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3]);
    expect(nextStep(simple, records.slice(0, 3), facts)).toMatchObject({
      index: 1,
      round: 2,
      feedback: 'npm test ended with 1',
    });
    expect(nextStep(simple, records.slice(0, 6), facts)).toMatchObject({ index: 1, feedback: 'not what was asked' });
  });

  it('fails where a gate fails more often than it may', () => {
    const { next, order } = walk(simple, { 2: [failed, failed, failed] });
    expect(next).toEqual({ kind: 'failed', index: 2, why: 'npm test ended with 1' });
    expect(order).toEqual([0, 1, 2, 1, 2, 1, 2]);
  });

  it('fails where an agent breaks off, and where nobody is there to go back to', () => {
    expect(walk(simple, { 1: [{ end: 'broken', why: 'refused' }] })).toMatchObject({
      next: { kind: 'failed', why: 'refused' },
    });
    const alone = Blueprint.parse({ steps: [{ run: 'npm test' }] });
    expect(walk(alone, { 0: [failed] })).toMatchObject({ next: { kind: 'failed', index: 0 }, order: [0] });
  });

  it('passes over what does not apply', () => {
    const unproven = { ...facts, isReproducible: false };
    expect(walk(builtInBlueprints.fix, {}, unproven).order).toEqual([0, 1, 3, 4, 5]);
    expect(walk(builtInBlueprints.fix, {}, { ...unproven, changed: false }).order).toEqual([0]);
  });

  it('takes a step up again that was cut short, with the words it began with', () => {
    const records: StepRecord[] = [
      { step: 0, round: 1, ended: done },
      { step: 1, round: 1, ended: done },
      { step: 2, round: 1, ended: failed },
      { step: 1, round: 2 },
    ];
    expect(nextStep(simple, records, facts)).toMatchObject({ index: 1, round: 2, feedback: 'npm test ended with 1' });
  });

  it('ends, whatever the steps give, and never does a gate more often than its retries allow', () => {
    const step = fc.constantFrom(
      { role: 'implementer' },
      { role: 'judge' },
      { run: 'test' },
      { run: 'lint', retries: 3 },
    );
    const end = fc.constantFrom<StepEnd>(done, failed, { end: 'sent-back', why: 'no' });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), fc.array(end, { maxLength: 60 }), (steps, given) => {
        const blueprint = Blueprint.parse({ steps });
        const ends = [...given];
        const records: StepRecord[] = [];
        for (;;) {
          const next = nextStep(blueprint, records, facts);
          if (next.kind !== 'step') break;
          const isAgent = 'role' in next.step && next.step.role === 'implementer';
          records.push({ step: next.index, round: next.round, ended: isAgent ? done : (ends.shift() ?? done) });
        }
        for (const [index, { retries }] of blueprint.steps.entries()) {
          const failures = records.filter((record) => record.step === index && record.ended?.end !== 'done');
          expect(failures.length).toBeLessThanOrEqual(retries + 1);
        }
      }),
    );
  });
});
