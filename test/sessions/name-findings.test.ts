import { expect, it } from 'vitest';
import { Question } from '../../src/questions/question.ts';
import { nameFindings } from '../../src/sessions/name-findings.ts';
import { aDiscovery } from './builders.ts';

const asks = (scan: string, ref: string, findings: string[]) =>
  Question.parse({ id: 'Q1', scan, ref, question: 'Which?', findings });

it('calls what questions and assumptions are about by the ids that findings have for good, where that is certain', () => {
  const named = [
    { scan: 'audit', ref: 'F1', id: 'F-0000000a' },
    { scan: 'audit', ref: 'F2', id: 'F-0000000b' },
    { scan: 'audit', ref: 'F2', id: 'F-0000000c' },
  ];
  const session = {
    ...aDiscovery().session,
    questions: [
      asks('audit', 'q1', ['f1', 'F2', 'F-0000000a', 'F9']),
      asks('other', 'q1', ['F1']),
      asks('audit', '2/q1', ['F1']),
    ],
    assumptions: [{ id: 'A1', scan: 'audit', ref: 'a1', text: 'So.', findings: ['F1'] }],
  };
  const { questions, assumptions } = nameFindings(session, { named });
  expect(questions.map(({ findings }) => findings)).toEqual([['F-0000000a', 'F2', 'F9'], ['F1'], ['F1']]);
  expect(assumptions.map(({ findings }) => findings)).toEqual([['F-0000000a']]);
});
