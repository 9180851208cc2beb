import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extractQuestions } from '../../src/questions/extract-questions.ts';
import { Assumption, Question } from '../../src/questions/question.ts';

const document = {
  questions: [
    {
      id: 'Q1',
      question: 'Is the legacy login still used?',
      header: 'Login',
      options: [{ label: 'Yes', description: 'by partners' }, 'No'],
      multiSelect: false,
      blocking: true,
      findings: ['r1'],
    },
  ],
  assumptions: [{ id: 'A1', text: 'It is not used.', basis: 'No caller.', confidence: 0.7, questionId: 'Q1' }],
};

describe('questions.json', () => {
  test('is read as one document', () => {
    const { outcome, questions, assumptions } = extractQuestions(JSON.stringify(document));
    expect(outcome).toBe('complete');
    expect(questions).toEqual([
      {
        ...document.questions[0],
        options: [{ label: 'Yes', description: 'by partners' }, { label: 'No' }],
        allowOther: true,
      },
    ]);
    expect(assumptions).toEqual([{ ...document.assumptions[0], findings: [] }]);
  });

  test('is read as a line each, in every form', () => {
    const lines = [
      '{"questions":[{"id":"q1","question":"One?"}]}',
      '{"assumptions":[{"id":"a1","text":"One."}]}',
      '{"question":"Two?"}',
      '{"text":"Two."}',
      '{"assumption":"Three."}',
    ];
    const { outcome, questions, assumptions } = extractQuestions(lines.join('\n'));
    expect(outcome).toBe('complete');
    expect(questions.map(({ id, question }) => [id, question])).toEqual([
      ['q1', 'One?'],
      ['Q1', 'Two?'],
    ]);
    expect(assumptions.map(({ id, text }) => [id, text])).toEqual([
      ['a1', 'One.'],
      ['A1', 'Two.'],
      ['A2', 'Three.'],
    ]);
  });

  test('gives doubled ids a free number', () => {
    const text = '{"questions":[{"id":"Q1","question":"a?"},{"id":"Q1","question":"b?"},{"id":"Q2","question":"c?"}]}';
    expect(extractQuestions(text).questions.map(({ id }) => id)).toEqual(['Q1', 'Q3', 'Q2']);
  });

  test('is found in the last message of an envelope', () => {
    const text = JSON.stringify({ type: 'result', result: `Here:\n${JSON.stringify(document)}` });
    expect(extractQuestions(text)).toMatchObject({ outcome: 'complete', questions: [{ id: 'Q1' }] });
  });

  test('is complete and empty where nothing was asked', () => {
    expect(extractQuestions('{"questions":[],"assumptions":[]}')).toMatchObject({ outcome: 'complete', questions: [] });
  });

  test.each(['', 'nothing to ask', '{"error":"crashed"}', '[1,2]', '"text"', '{}', '[[[]]]'])(
    'is none in %j',
    (text) => {
      expect(extractQuestions(text)).toMatchObject({ outcome: 'no-json', questions: [], assumptions: [] });
    },
  );

  test('says what it had to leave out', () => {
    const { outcome, rejected } = extractQuestions('{"questions":[{"header":"no question"}, 5]}');
    expect(outcome).toBe('incomplete');
    expect(rejected).toHaveLength(2);
  });

  test('never counts as complete when it was cut, and what it gives is valid', () => {
    const text = JSON.stringify(document);
    for (let length = 0; length < text.length; length++) {
      const { outcome, questions, assumptions } = extractQuestions(text.slice(0, length));
      expect(outcome).not.toBe('complete');
      for (const question of questions) expect(Question.parse(question)).toEqual(question);
      for (const assumption of assumptions) expect(Assumption.parse(assumption)).toEqual(assumption);
    }
  });

  test.each([
    '{"questions":[]}\n{"assum',
    JSON.stringify({ type: 'result', result: '{"questions":[{"question":"One?"}' }),
  ])('is incomplete in %j', (text) => {
    expect(extractQuestions(text).outcome).toBe('incomplete');
  });

  test('never throws, however deep or damaged', () => {
    expect(extractQuestions(`${'['.repeat(300_000)}${']'.repeat(300_000)}`).outcome).toBe('no-json');
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '"question"',
      '"text"',
      '"assumptions"',
      'x',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(() => extractQuestions(pieces.join(''))).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
