import { describe, expect, it } from 'vitest';
import type { Assumption, Question } from '../../src/questions/question.ts';
import { numberQuestions } from '../../src/sessions/number-questions.ts';

const ask = (id: string): Question => ({
  id,
  question: `${id}?`,
  options: [],
  multiSelect: false,
  allowOther: true,
  blocking: false,
  findings: [],
});
const assume = (id: string, questionId?: string): Assumption => ({
  id,
  text: id,
  findings: [],
  ...(questionId === undefined ? {} : { questionId }),
});
const nothing = { questions: [], assumptions: [] };

describe('the questions of a session', () => {
  it('have ids of their own, though each scan counts from one', () => {
    const { questions, assumptions } = numberQuestions(
      [
        { scan: 'a', questions: [ask('q1')], assumptions: [assume('a1', 'q1')] },
        { scan: 'b', questions: [ask('q1'), ask('q2')], assumptions: [assume('a1', 'q2')] },
      ],
      nothing,
    );
    expect(questions.map(({ id, scan, ref }) => [id, scan, ref])).toEqual([
      ['Q1', 'a', 'q1'],
      ['Q2', 'b', 'q1'],
      ['Q3', 'b', 'q2'],
    ]);
    expect(assumptions.map(({ id, questionId }) => [id, questionId])).toEqual([
      ['A1', 'Q1'],
      ['A2', 'Q3'],
    ]);
  });

  it('keep their ids when the session goes on and asks more', () => {
    const first = numberQuestions(
      [
        { scan: 'a', questions: [ask('q1')], assumptions: [] },
        { scan: 'b', questions: [ask('q1')], assumptions: [] },
      ],
      nothing,
    );
    const { questions } = numberQuestions(
      [
        { scan: 'a', questions: [ask('q1'), ask('q2')], assumptions: [] },
        { scan: 'b', questions: [ask('q1')], assumptions: [] },
      ],
      first,
    );
    expect(questions.map(({ id, scan, ref }) => [id, scan, ref])).toEqual([
      ['Q1', 'a', 'q1'],
      ['Q3', 'a', 'q2'],
      ['Q2', 'b', 'q1'],
    ]);
  });
});
