import { describe, expect, it } from 'vitest';
import type { AssumptionRecord } from '../../src/memory/assumption.ts';
import { chooseContext } from '../../src/memory/choose-context.ts';
import { contradictedIn, contradictionsIn } from '../../src/memory/contradiction.ts';
import { findSettled } from '../../src/memory/find-settled.ts';
import { emptyMemory, type Memory, understandMemory, withAnswers, withAssumptions } from '../../src/memory/memory.ts';
import { raiseContradictions } from '../../src/memory/raise-contradictions.ts';
import { approve, decline } from '../../src/memory/review.ts';
import { settleAnswers } from '../../src/memory/settle-answers.ts';
import { anAnswer, anAssumption } from './builders.ts';

const at = '2026-12-01T00:00:00Z';
const [early, late, now] = ['S20261101-000000-aaaa', 'S20261102-000000-bbbb', 'S20261201-000000-cccc'];
const ada = { by: 'ada', at: '2026-11-21T19:00:00Z', from: 'https://github.test/acme/shop/issues/12', revision: 1 };
const tom = { by: 'tom', at: '2026-12-02T10:00:00Z', from: 'cli' };
const src = { paths: ['src/**'], categories: [] };
const noticing = { session: now, at, questions: [], isTold: () => true };

function reviewed(record: AssumptionRecord, how: typeof approve | typeof decline): AssumptionRecord {
  const result = how(record, ada);
  if ('refused' in result) throw new Error(result.refused);
  return result.record;
}

const approved = (over: Partial<AssumptionRecord> = {}) => reviewed(anAssumption({ session: early, ...over }), approve);
const declined = (over: Partial<AssumptionRecord> = {}) => reviewed(anAssumption({ session: late, ...over }), decline);
const first = anAnswer({ session: early, at: '2026-11-01T00:00:00Z', scope: src });
const second = anAnswer({ session: late, id: 'Q4', answer: 'euros', by: 'tom', at: '2026-11-02T00:00:00Z' });
const of = (...sides: (AssumptionRecord | typeof first)[]): Memory =>
  withAssumptions(
    withAnswers(
      emptyMemory,
      sides.filter((side) => 'answer' in side),
    ),
    sides.filter((side) => 'state' in side),
  );
const pairs = (memory: Memory) => contradictionsIn(memory, at).map(({ between }) => between.map(({ ref }) => ref));

describe('what contradicts each other', () => {
  it('is two answers to the same question that differ, where they concern the same places', () => {
    expect(pairs(of(first, second))).toEqual([[`${early}/Q1`, `${late}/Q4`]]);
    expect(pairs(of(first, { ...second, answer: 'Cents.' }))).toEqual([]);
    expect(pairs(of(first, { ...second, options: ['euros'] }))).toEqual([]);
    expect(pairs(of(first, { ...second, scope: { paths: ['docs/**'], categories: [] } }))).toEqual([]);
    expect(pairs(of(first, { ...second, expiresAt: '2026-11-30' }))).toEqual([]);
    expect(pairs(of(first, { ...second, supersededBy: `${now}/Q1` }))).toEqual([]);
  });

  it('is the same statement, approved or answered by one and declined by another', () => {
    expect(pairs(of(approved(), declined({ text: 'prices are in cents' })))).toHaveLength(1);
    expect(pairs(of(first, declined({ text: 'Cents' })))).toHaveLength(1);
    expect(pairs(of(approved(), approved({ session: late })))).toEqual([]);
    expect(pairs(of(anAssumption({ session: early }), declined()))).toEqual([]);
    expect(pairs(of(declined({ session: early }), declined()))).toEqual([]);
  });

  it('is told alike in whatever order it is on record, also where one moment said all of it', () => {
    const sides = [
      approved(),
      approved({ id: 'A2' }),
      declined(),
      { ...second, answer: 'Prices are in cents.' },
      first,
    ];
    const told = (memory: Memory) => [
      pairs(memory),
      [...contradictedIn(memory, at)].map(([ref, against]) => [ref, against.map((one) => one.ref)]).toSorted(),
    ];
    const backwards = of(...sides);
    const memory = {
      ...backwards,
      answers: backwards.answers.toReversed(),
      assumptions: backwards.assumptions.toReversed(),
    };
    expect(told(memory)).toEqual(told(backwards));
  });

  it('is what an agent says that it found otherwise, of what people settled and of nothing else', () => {
    const found = anAssumption({ session: late, text: 'Prices are in euros.', contradicts: [`${early}/A1`] });
    expect(pairs(of(approved(), found))).toEqual([[`${early}/A1`, `${late}/A1`]]);
    expect(pairs(of(anAssumption({ session: early }), found))).toEqual([]);
    expect(pairs(of(approved(), reviewed(found, decline)))).toEqual([]);
  });
});

describe('people', () => {
  it('are asked once which of both holds, with the words of both, who said them and when', () => {
    const { memory, questions } = raiseContradictions(of(first, second), { ...noticing, questions: [] });
    expect(questions).toMatchObject([
      {
        ...{ id: 'Q1', header: 'Contradiction', blocking: false, multiSelect: false, allowOther: true },
        contradiction: [`${early}/Q1`, `${late}/Q4`],
      },
    ]);
    expect(questions[0]?.options.map(({ label }) => label)).toEqual(['The first', 'The second']);
    expect(questions[0]?.question).toContain(
      `The first: ${early}/Q1, answered by ada on 2026-11-01 (${first.from}): “cents”, to the question “${first.question}”`,
    );
    expect(questions[0]?.question).toContain(`The second: ${late}/Q4, answered by tom on 2026-11-02`);
    expect(raiseContradictions(memory, noticing).questions).toEqual([]);
    expect(understandMemory(JSON.parse(JSON.stringify(memory)))).toEqual({ memory, damaged: 0 });
  });

  it('are asked anew where the words are others, five at a time, and of nothing that may not be told', () => {
    const { memory } = raiseContradictions(of(first, second), noticing);
    const changed = withAnswers(memory, [{ ...second, answer: 'dollars' }]);
    expect(raiseContradictions(changed, noticing).questions).toHaveLength(1);
    const many = of(...Array.from({ length: 5 }, (_, i) => ({ ...second, id: `Q${i + 1}`, answer: `${i}` })));
    const once = raiseContradictions(many, { ...noticing, questions: [] });
    expect(once.questions.map(({ id }) => id)).toEqual(['Q1', 'Q2', 'Q3', 'Q4', 'Q5']);
    expect(raiseContradictions(once.memory, { ...noticing, questions: once.questions }).questions[0]?.id).toBe('Q6');
    expect(raiseContradictions(of(first, second), { ...noticing, isTold: () => false }).questions).toEqual([]);
  });
});

describe('until somebody said which holds', () => {
  const told = (memory: Memory) =>
    chooseContext({ memory, learnings: [], ignored: [] }, { files: ['src/price.ts'] }, { at }).settled;

  it('both are told with what contradicts them, and nothing is answered from memory', () => {
    const memory = of(first, second);
    expect(told(memory).answers).toMatchObject([
      { id: `${early}/Q1`, contradictedBy: [{ id: `${late}/Q4`, text: 'euros' }] },
      { id: `${late}/Q4`, contradictedBy: [{ id: `${early}/Q1`, text: 'cents' }] },
    ]);
    const assumed = approved({ asked: { question: 'Cents?', options: [] } });
    const origin = { origin: { paths: [] }, at };
    expect(findSettled({ question: 'Cents?', options: [] }, of(assumed), origin)?.answer).toBe('Prices are in cents.');
    expect(findSettled({ question: 'Cents?', options: [] }, of(assumed, declined()), origin)).toBeUndefined();
  });

  it('what was said of other places contradicts nothing here', () => {
    const elsewhere = { ...second, scope: { paths: ['lib/**'], categories: [] } };
    expect(told(of({ ...first, scope: { paths: [], categories: [] } }, elsewhere)).answers).toEqual([
      { id: `${early}/Q1`, question: first.question, answer: 'cents' },
    ]);
  });

  it('what a person said stays the answer though an agent found otherwise, and says so', () => {
    const found = anAssumption({ session: late, text: 'All is in euros.', contradicts: [`${early}/Q1`] });
    const asked = { question: first.question, options: first.options.map((label) => ({ label })) };
    expect(findSettled(asked, of(first, found), { origin: { paths: [] }, at })).toMatchObject({
      answer: 'cents',
      doubted: [`${late}/A1`],
    });
  });
});

describe('what a person says to a contradiction', () => {
  const asked = raiseContradictions(of(first, second, approved(), declined()), noticing);
  const stands = asked.questions.map((question) => ({ question, ...tom, answer: 'The first' }));
  const where = { scans: [], findings: [] };
  const after = settleAnswers(asked.memory, now, { ...where, stands });

  it('stands in the place of both', () => {
    expect(contradictionsIn(after, at)).toEqual([]);
    expect(after.assumptions.map(({ state }) => state)).toEqual(['superseded', 'superseded']);
    expect(after.answers.map(({ id, supersededBy }) => [id, supersededBy])).toEqual([
      ['Q1', `${now}/Q1`],
      ['Q4', `${now}/Q1`],
      ['Q1', undefined],
      ['Q2', undefined],
    ]);
    const { settled } = chooseContext({ memory: after, learnings: [], ignored: [] }, { files: [] }, { at });
    expect(settled.answers.map(({ answer }) => answer)).toEqual(['The first', 'The first']);
    expect(settled.assumptions).toEqual([]);
  });

  it('taken back leaves them as they were', () => {
    const back = settleAnswers(after, now, { ...where, stands: stands.map(({ answer: _, ...stand }) => stand) });
    expect(back.assumptions.map(({ state }) => state)).toEqual(['approved', 'declined']);
    expect(back.answers).toEqual([first, second]);
    expect(contradictionsIn(back, at)).toHaveLength(2);
    expect(raiseContradictions(back, noticing).questions).toEqual([]);
  });
});
