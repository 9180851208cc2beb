import { describe, expect, it } from 'vitest';
import { emptyMemory, findAssumption, nextAssumptionId, withAssumptions } from '../../src/memory/memory.ts';
import { raiseAssumptions } from '../../src/memory/raise-assumptions.ts';
import { approve } from '../../src/memory/review.ts';
import { settleAnswers } from '../../src/memory/settle-answers.ts';
import type { Assumption, Question } from '../../src/questions/question.ts';
import { aFinding } from '../ledger/builders.ts';
import { session } from './builders.ts';

const at = '2026-11-21T18:30:00Z';
const scans = [{ name: 'security', paths: ['src/**'] }];
const question: Question = {
  id: 'Q1',
  scan: 'security',
  question: 'Are prices in cents?',
  options: [{ label: 'yes' }, { label: 'no' }],
  multiSelect: false,
  allowOther: true,
  blocking: false,
  findings: [],
};
const assumption: Assumption = {
  id: 'A1',
  scan: 'security',
  text: 'Prices are in cents.',
  questionId: 'Q1',
  findings: [],
};
const raised = { session, at, scans, findings: [], assumptions: [assumption], questions: [question] };
const tom = { by: 'tom', at: '2026-11-21T19:00:00Z', from: 'cli' };

describe('what a session assumes', () => {
  it('is proposed where its scan looked, and where the findings are that hang on it', () => {
    const findings = [aFinding({ id: 'F-a0000001', category: 'bug', location: { path: 'src/price.ts' } })];
    const about = { ...assumption, id: 'A2', findings: ['F-a0000001'] };
    const { assumptions } = raiseAssumptions(emptyMemory, { ...raised, findings, assumptions: [assumption, about] });
    expect(assumptions.map(({ scope }) => scope)).toEqual([
      { paths: ['src/**'], categories: [] },
      { paths: ['src/price.ts'], categories: ['bug'] },
    ]);
    expect(assumptions[0]).toMatchObject({
      state: 'proposed',
      revision: 1,
      history: [{ what: 'proposed', by: 'security', from: `session ${session}`, revision: 1 }],
    });
  });

  it('is raised once: a part that tells it again changes nothing of what was decided', () => {
    const memory = raiseAssumptions(emptyMemory, raised);
    const [record] = memory.assumptions;
    if (!record) throw new Error('nothing was raised');
    const reviewed = approve(record, { ...tom, revision: 1 });
    if ('refused' in reviewed) throw new Error(reviewed.refused);
    const decided = withAssumptions(memory, [reviewed.record]);
    expect(raiseAssumptions(decided, { ...raised, assumptions: [{ ...assumption, text: 'Other.' }] })).toBe(decided);
  });

  it('never has its number again', () => {
    const memory = raiseAssumptions(emptyMemory, { ...raised, assumptions: [{ ...assumption, id: 'A9' }] });
    expect(nextAssumptionId(memory, session)).toBe('A10');
    expect(nextAssumptionId(memory, session, ['A12'])).toBe('A13');
    expect(nextAssumptionId(memory, 'S20261121-000000-aaaa')).toBe('A1');
  });
});

describe('an answer', () => {
  const memory = raiseAssumptions(emptyMemory, raised);

  it('stands in the place of what was assumed, with who, when and where', () => {
    const after = settleAnswers(memory, session, { scans, findings: [], stands: [{ question, ...tom, answer: 'no' }] });
    expect(after.answers).toEqual([
      {
        ...{ session, id: 'Q1', scan: 'security', question: question.question, options: ['yes', 'no'], answer: 'no' },
        ...{ ...tom, findings: [], scope: { paths: ['src/**'], categories: [] }, earlier: [] },
      },
    ]);
    expect(findAssumption(after, { session, id: 'A1' })).toMatchObject({
      state: 'superseded',
      reason: 'Q1 was answered by tom',
    });
  });

  it('stands there as well where the assumption comes on record later', () => {
    const first = settleAnswers(emptyMemory, session, {
      scans,
      findings: [],
      stands: [{ question, ...tom, answer: 'no' }],
    });
    expect(raiseAssumptions(first, raised).assumptions[0]?.state).toBe('superseded');
  });

  it('is put right later without losing what was said before', () => {
    const once = settleAnswers(memory, session, { scans, findings: [], stands: [{ question, ...tom, answer: 'no' }] });
    const ada = { by: 'ada', at: '2026-11-21T20:00:00Z', from: 'cli' };
    const twice = settleAnswers(once, session, { scans, findings: [], stands: [{ question, ...ada, answer: 'yes' }] });
    expect(twice.answers).toMatchObject([{ answer: 'yes', by: 'ada', earlier: [{ answer: 'no', ...tom }] }]);
    expect(
      settleAnswers(twice, session, { scans, findings: [], stands: [{ question, ...ada, answer: 'yes' }] }).answers,
    ).toEqual(twice.answers);
  });

  it('that is taken back leaves the assumption open again', () => {
    const once = settleAnswers(memory, session, { scans, findings: [], stands: [{ question, ...tom, answer: 'no' }] });
    const back = settleAnswers(once, session, { scans, findings: [], stands: [{ question, ...tom }] });
    expect(back.answers).toEqual([]);
    expect(back.assumptions[0]?.state).toBe('proposed');
  });

  it('of white space is none', () => {
    const after = settleAnswers(memory, session, {
      scans,
      findings: [],
      stands: [{ question, ...tom, answer: ' \n' }],
    });
    expect(after).toBe(memory);
  });
});
