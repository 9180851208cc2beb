import { describe, expect, it } from 'vitest';
import type { AssumptionRecord } from '../../src/memory/assumption.ts';
import { emptyMemory, type Memory, withAnswers, withAssumptions } from '../../src/memory/memory.ts';
import { correct, decline, supersede } from '../../src/memory/review.ts';
import type { SettledAnswer } from '../../src/memory/settled-answer.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { lateWords, usedPoints, withUsed } from '../../src/runs/late-words.ts';
import { renderLate } from '../../src/runs/render-late.ts';
import { anAnswer, anAssumption, session } from '../memory/builders.ts';

const own = { session, assumptions: [{ id: 'A1' }], questions: [{ id: 'Q1', default: 'Euros' }, { id: 'Q2' }] };
const nothing = { session: 'S20261121-190000-aaaa', assumptions: [], questions: [] };
const memoryOf = (assumptions: readonly AssumptionRecord[], answers: readonly SettledAnswer[] = []): Memory =>
  withAnswers(withAssumptions(emptyMemory, assumptions), answers);
const review = { by: 'wanda', at: '2026-11-22T10:00:00Z', from: 'x', revision: 1 };
const of = (reviewed: ReturnType<typeof decline>): AssumptionRecord => {
  if ('refused' in reviewed) throw new Error(reviewed.refused);
  return reviewed.record;
};
const told = (before: Memory, after: Memory, refs = [`${session}/A1`, `${session}/Q1`]) =>
  lateWords(usedPoints(nothing, refs, before), after).map(({ ref, what, by }) => `${ref} ${what} ${by}`);

const proposed = anAssumption();
const approved = anAssumption({ state: 'approved', history: [{ ...review, what: 'approved' }] });
const declined = of(decline(approved, review));

describe('what people say after a run', () => {
  it('goes against what its own agents assumed where it is declined or put right, and not where it is approved', () => {
    const used = usedPoints(own, [], emptyMemory);
    const say = (record: AssumptionRecord) => lateWords(used, memoryOf([record])).map(({ what }) => what);
    expect(say(proposed)).toEqual([]);
    expect(say(approved)).toEqual([]);
    expect(say(of(decline(proposed, review)))).toEqual(['declined']);
    expect(say(of(correct(proposed, { ...review, text: 'In euros.' })))).toEqual(['corrected']);
  });

  it('goes against what its agents were told where it holds no more, holds otherwise, or holds after all', () => {
    expect(told(memoryOf([approved]), memoryOf([approved]))).toEqual([]);
    expect(told(memoryOf([approved]), memoryOf([declined]))).toEqual([`${session}/A1 declined wanda`]);
    expect(told(memoryOf([declined]), memoryOf([declined]))).toEqual([]);
    expect(told(memoryOf([declined]), memoryOf([approved]))).toEqual([`${session}/A1 approved wanda`]);
    const corrected = of(correct(approved, { ...review, text: 'In euros.' }));
    expect(told(memoryOf([corrected]), memoryOf([corrected]))).toEqual([]);
    expect(told(memoryOf([approved]), memoryOf([corrected]))).toEqual([`${session}/A1 corrected wanda`]);
    expect(told(memoryOf([approved]), memoryOf([{ ...approved, revision: 2 }]))).toEqual([
      `${session}/A1 reworded wanda`,
    ]);
  });

  it('goes against it where a question is answered otherwise than the run went on with, and not where it is the same', () => {
    const used = usedPoints(own, [], emptyMemory);
    const say = (...answers: SettledAnswer[]) =>
      lateWords(used, memoryOf([], answers)).map(({ ref, what }) => [ref, what]);
    expect(say(anAnswer({ answer: 'euros ' }))).toEqual([]);
    expect(say(anAnswer(), anAnswer({ id: 'Q2' }))).toEqual([
      [`${session}/Q1`, 'answered'],
      [`${session}/Q2`, 'answered'],
    ]);
    expect(say(anAnswer({ supersededBy: 'S/Q9' }))).toEqual([]);
    expect(told(memoryOf([], [anAnswer()]), memoryOf([], [anAnswer()]))).toEqual([]);
    expect(told(memoryOf([], [anAnswer()]), memoryOf([], [anAnswer({ answer: 'euros' })]))).toHaveLength(1);
  });

  it('is told by the question where an answer takes the place of what was assumed', () => {
    const superseded = supersede({ ...proposed, questionId: 'Q1' }, { ...review, reason: 'answered' });
    const after = memoryOf([superseded], [anAnswer()]);
    const words = lateWords(usedPoints(own, [], emptyMemory), after);
    expect(words.map(({ ref }) => ref)).toEqual([`${session}/Q1`]);
    expect(told(memoryOf([approved]), memoryOf([{ ...superseded, questionId: undefined }]))).toEqual([
      `${session}/A1 answered wanda`,
    ]);
  });

  it('is told once, and again only where something else is said', () => {
    const used = usedPoints(own, [], emptyMemory);
    const after = memoryOf([of(decline(proposed, review))]);
    const [word] = lateWords(used, after);
    const then = used.map((point) => (point.ref === word?.ref ? { ...point, told: word.digest } : point));
    expect(lateWords(then, after)).toEqual([]);
    expect(lateWords(then, memoryOf([of(correct(proposed, { ...review, text: 'No.' }))]))).toHaveLength(1);
    // A later run knew it.
    expect(lateWords(withUsed(then, usedPoints(nothing, [`${session}/A1`], after)), after)).toEqual([]);
  });
});

describe('the sentence about it', () => {
  const gate = createGate({ secrets: [] });
  const word = { ref: `${session}/A2`, what: 'declined', by: 'wanda', digest: 'x' } as const;

  it('says what, who and what to do', () => {
    expect(renderLate([word], 9, gate)).toBe(
      `\`${session}/A2\` was declined by wanda after the change of #9 was made: \`/courier run\` takes it up.`,
    );
    const several = renderLate([word, { ...word, ref: `${session}/Q1`, what: 'answered', by: '@max' }], 9, gate);
    expect(several).toContain(
      `- \`${session}/A2\` was declined by wanda\n- \`${session}/Q1\` was answered by \`@max\``,
    );
  });
});
