import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPlainQuestions } from '../../src/questions/plain-questions.ts';
import { byWeight, headOf, isPut, planQuestions, tellAside } from '../../src/questions/plan-questions.ts';
import type { Question } from '../../src/questions/question.ts';
import { isSameQuestion } from '../../src/questions/same-question.ts';

function aQuestion(over: Partial<Question> = {}): Question {
  return {
    ...{ id: 'Q1', scan: 'audit', question: 'Are prices in cents?', options: [], multiSelect: false },
    ...{ allowOther: true, blocking: false, findings: [], ...over },
  };
}
const none = { settledOf: () => undefined, put: new Set<string>(), assumptions: [] };
const asideOf = (questions: readonly Question[]) => questions.map(({ id, aside }) => [id, aside?.why]);

describe('two questions', () => {
  const same = (a: string, b: string) => isSameQuestion({ question: a, options: [] }, { question: b, options: [] });
  it('ask the same where only case, marks and articles differ', () => {
    expect(same('Are the prices in cents?', 'are prices in `cents`')).toBe(true);
    expect(same('Is "/health" public?', 'Is /health public ?')).toBe(true);
  });
  it('do not where a word, a number, an order or an option differs', () => {
    expect(same('Are prices in cents?', 'Are prices not in cents?')).toBe(false);
    expect(same('Does a.ts call b.ts?', 'Does b.ts call a.ts?')).toBe(false);
    expect(same('Is the limit 1.5 MB?', 'Is the limit 15 MB?')).toBe(false);
    expect(same('Is /health public?', 'Is /admin public?')).toBe(false);
    const options = (...labels: string[]) => labels.map((label) => ({ label }));
    expect(
      isSameQuestion(
        { question: 'Which?', options: options('a', 'b') },
        { question: 'Which?', options: options('b', 'A') },
      ),
    ).toBe(true);
    expect(
      isSameQuestion({ question: 'Which?', options: options('a', 'b') }, { question: 'Which?', options: options('a') }),
    ).toBe(false);
  });
});

describe('the questions of a session', () => {
  it('are put once where several scans ask the same, and never where they are settled', () => {
    const planned = planQuestions(
      [
        aQuestion(),
        aQuestion({ id: 'Q2', scan: 'other', question: 'Are the prices in cents' }),
        aQuestion({ id: 'Q3', question: 'Who calls the old API?' }),
      ],
      {
        ...none,
        settledOf: ({ id }) => (id === 'Q3' ? { by: 'S1/Q4', told: 'ada said so on 2026-11-21 (x)' } : undefined),
      },
    );
    expect(asideOf(planned)).toEqual([
      ['Q1', undefined],
      ['Q2', 'same'],
      ['Q3', 'settled'],
    ]);
    expect(planned.map(tellAside)).toEqual([
      undefined,
      'asked once, as Q1',
      'not asked again: ada said so on 2026-11-21 (x)',
    ]);
    expect(planned.map(headOf)).toEqual(['Q1', 'Q1', 'Q3']);
  });

  it('come in the order of how many findings hang on them, those that block first', () => {
    const questions = [
      aQuestion({ id: 'Q1' }),
      aQuestion({ id: 'Q2', question: 'Two?', findings: ['F-1', 'F-2'] }),
      aQuestion({ id: 'Q3', question: 'Three?', findings: ['F-1'] }),
      aQuestion({ id: 'Q4', question: 'Four?', blocking: true }),
    ];
    const assumptions = [{ questionId: 'Q3', findings: ['F-2', 'F-3'] }];
    expect(byWeight(questions, { questions, assumptions }).map(({ id }) => id)).toEqual(['Q4', 'Q3', 'Q2', 'Q1']);
  });

  it('are capped: those on which nothing hangs stay on record, what blocks and what was put before is never held back', () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      aQuestion({
        ...{ id: `Q${index + 1}`, question: `What about number ${index}?`, blocking: index === 19 },
        findings: index >= 10 ? [`F-${index}`] : [],
      }),
    );
    const planned = planQuestions(many, { ...none, put: new Set(['Q1']), most: 4 });
    expect(planned.filter(isPut).map(({ id }) => id)).toEqual(['Q1', 'Q11', 'Q12', 'Q20']);
    expect(asideOf(planned)[1]).toEqual(['Q2', 'beyond']);
  });

  it('are all there afterwards, planned again they are the same, and nothing that blocks is lost', () => {
    const texts = fc.constantFrom('One thing?', 'one thing', 'Two things?', 'Three?', 'Four?');
    const questions = fc
      .array(fc.record({ question: texts, blocking: fc.boolean(), findings: fc.subarray(['F-1', 'F-2']) }), {
        maxLength: 20,
      })
      .map((all) => all.map((one, index) => aQuestion({ id: `Q${index + 1}`, ...one })));
    fc.assert(
      fc.property(questions, fc.integer({ min: 0, max: 5 }), (given, most) => {
        const planned = planQuestions(given, { ...none, most });
        expect(planned.map(({ aside: _, ...question }) => question)).toEqual(given);
        expect(planQuestions(planned, { ...none, most })).toEqual(planned);
        const put = planned.filter(isPut);
        for (const question of planned.filter(({ blocking }) => blocking))
          expect(put.map(({ id }) => id)).toContain(headOf(question));
        const stays = planQuestions(planned, { ...none, most: 0, put: new Set(put.map(({ id }) => id)) });
        expect(stays.filter(isPut)).toEqual(put);
      }),
    );
  });
});

describe('questions in closing words', () => {
  const found = (text: string) => findPlainQuestions(text).map(({ question }) => question);
  it('are those that the text ends with', () => {
    expect(found('I looked at it all.\n\nIs the old API still called by the mobile app?')).toEqual([
      'Is the old API still called by the mobile app?',
    ]);
    expect(
      found('Open points:\n\n1. Are prices in `src/price.ts` in cents?\n2. **Which of the two parsers is in use?**\n'),
    ).toEqual(['Are prices in `src/price.ts` in cents?', 'Which of the two parsers is in use?']);
  });
  it.each([
    ['an offer', 'All done. Nothing found.\n\nWould you like me to look at the tests as well?'],
    ['a question that is answered', 'Is it used anywhere? No: nothing imports it.'],
    ['a question in the middle', 'Are prices in cents?\n\nI assumed so and went on.'],
    ['code', 'The file says:\n\n```\nwhat is this thing here?\n```'],
    ['a quote', 'The comment reads:\n\n> should this be removed some day?'],
    ['half a question', 'Everything is fine?!? Really.'],
    ['a query', 'I called GET /items?page=1&size=20?'],
    ['a paragraph that says something besides', 'Prices are in cents. Is that what was meant by it?'],
    ['nothing', ''],
  ])('are not seen in %s', (_, text) => {
    expect(found(text)).toEqual([]);
  });
  it('never fail, whatever an agent says', () => {
    fc.assert(fc.property(fc.string({ maxLength: 500 }), (text) => findPlainQuestions(text).length <= 5));
  });
});
