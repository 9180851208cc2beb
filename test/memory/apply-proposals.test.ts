import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyProposals, type Proposed } from '../../src/memory/apply-proposals.ts';
import type { AssumptionRecord } from '../../src/memory/assumption.ts';
import { emptyMemory, type Memory, withAssumptions } from '../../src/memory/memory.ts';
import { approve, correct, decline, supersede } from '../../src/memory/review.ts';
import type { Proposal } from '../../src/questions/proposal.ts';
import { Question } from '../../src/questions/question.ts';
import { anAssumption, session } from './builders.ts';

const basis = [{ path: 'src/price.js', startLine: 1, quote: '// All amounts are whole cents.' }];
const said = { by: 'answering agent', at: '2026-11-22T11:00:00Z', from: 'session S20261122-110000-bbbb' };
const ada = { by: 'ada', at: '2026-11-22T10:59:00Z', from: 'https://github.test/acme/shop/issues/12' };
const question = (id: string, more: object = {}) => Question.parse({ id, question: `What of ${id}?`, ...more });
const proposal = (over: Partial<Proposal> = {}): Proposal => ({ id: 'p1', text: 'Whole cents.', basis, ...over });
const withdrawal = (questionId: string) => ({ questionId, answer: 'They are.', basis });
const proposed = (over: Partial<Proposed> = {}): Proposed => ({
  ...{ session, proposals: [], withdrawals: [], seen: {} },
  ...over,
});
const at = (...open: Question[]) => ({ said, open, known: [], findings: [], scans: [] });
const memoryOf = (...records: AssumptionRecord[]): Memory => withAssumptions(emptyMemory, records);
const first = anAssumption({ questionId: 'Q1', text: 'Fractions.' });

describe('what an answering session proposes', () => {
  it('takes the place of the assumption that it names, and of the only one that stands in for its question', () => {
    for (const over of [{ assumption: 'A1' }, { questionId: 'Q1' }]) {
      const given = proposed({ proposals: [proposal({ ...over, confidence: 0.9 })], seen: { A1: 1 } });
      const { memory, refused } = applyProposals(memoryOf(first), given, at(question('Q1')));
      expect(memory.assumptions).toMatchObject([
        { id: 'A1', revision: 2, text: 'Whole cents.', basis: 'src/price.js:1', confidence: 0.9, state: 'proposed' },
      ]);
      expect(memory.assumptions[0]?.history.at(-1)).toMatchObject({ what: 'refined', by: 'answering agent' });
      expect(refused).toEqual([]);
    }
  });

  it('is a new one for a question without any, or with several, under a number that was never given', () => {
    const own = [first, anAssumption({ id: 'A4', questionId: 'Q1', text: 'Or not.' })];
    const given = proposed({
      proposals: [proposal({ questionId: 'Q2' }), proposal({ id: 'p2', questionId: 'Q1' })],
      seen: { A1: 1, A4: 1 },
    });
    const { memory } = applyProposals(memoryOf(...own), given, {
      ...at(question('Q1'), question('Q2', { findings: ['F-0000000a'] })),
      known: ['A7'],
      issue: 12,
    });
    expect(memory.assumptions.map(({ id, questionId, issue }) => [id, questionId, issue])).toEqual([
      ['A1', 'Q1', undefined],
      ['A4', 'Q1', undefined],
      ['A8', 'Q2', 12],
      ['A9', 'Q1', 12],
    ]);
    expect(memory.assumptions[2]).toMatchObject({ findings: ['F-0000000a'], state: 'proposed', revision: 1 });
  });

  it('withdraws a question with the assumptions that stood in for it', () => {
    const { memory, withdrawn } = applyProposals(
      memoryOf(first),
      proposed({ withdrawals: [withdrawal('Q1')], seen: { A1: 1 } }),
      at(question('Q1')),
    );
    expect(withdrawn).toHaveLength(1);
    expect(memory.assumptions).toMatchObject([{ state: 'superseded', reason: 'The repository answers Q1: They are.' }]);
  });
});

describe('a person who was faster', () => {
  const seen = { ...ada, revision: 1 };
  const recordOf = (reviewed: ReturnType<typeof approve>) =>
    'record' in reviewed ? reviewed.record : expect.fail(reviewed.refused);

  it.each([
    ['approved', recordOf(approve(first, seen)), /approved by a person, which stays/],
    ['declined', recordOf(decline(first, { ...seen, reason: 'No.' })), /declined by a person, which stays/],
    ['corrected', recordOf(correct(first, { ...seen, text: 'Net cents.' })), /another text by now/],
    ['answered', supersede(first, { ...ada, reason: 'Q1 was answered by ada' }), /stands for nothing any more/],
  ])('has %s it, which stays, and the proposal is listed', (_, record, why) => {
    const before = memoryOf(record);
    const given = proposed({ proposals: [proposal({ assumption: 'A1' })], seen: { A1: 1 } });
    const { memory, refused, proposed: done } = applyProposals(before, given, at(question('Q1')));
    expect([memory, done]).toEqual([before, []]);
    expect(refused).toEqual([{ title: 'Whole cents.', reason: expect.stringMatching(why) }]);
  });

  it('has answered the question: nothing is proposed for it or withdrawn', () => {
    const given = proposed({ proposals: [proposal({ questionId: 'Q1' })], withdrawals: [withdrawal('Q1')] });
    const { memory, refused } = applyProposals(emptyMemory, given, at());
    expect(memory).toBe(emptyMemory);
    expect(refused.map(({ reason }) => reason)).toEqual(['Q1 is not open any more.', 'Q1 is not open any more.']);
  });

  it('approved what stood in for a question that is withdrawn: the word stays', () => {
    const approved = recordOf(approve(first, seen));
    const { memory } = applyProposals(
      memoryOf(approved),
      proposed({ withdrawals: [withdrawal('Q1')] }),
      at(question('Q1')),
    );
    expect(memory.assumptions).toEqual([approved]);
  });

  it('is not put aside by a text that the agent never saw: what came up meanwhile stays', () => {
    const later = anAssumption({ id: 'A2', questionId: 'Q2', text: 'Of another session.' });
    const given = proposed({ proposals: [proposal({ questionId: 'Q2' })] });
    const { memory, refused } = applyProposals(memoryOf(later), given, at(question('Q2')));
    expect(memory.assumptions).toEqual([later]);
    expect(refused[0]?.reason).toBe('A2 came up meanwhile: the agent did not know of it.');
  });
});

describe('whatever is proposed', () => {
  const ids = fc.constantFrom('A1', 'A2', 'A3');
  const questions = fc.constantFrom('Q1', 'Q2', 'Q3');
  const states = fc.constantFrom('proposed', 'approved', 'corrected', 'declined', 'superseded');
  const records = fc.uniqueArray(
    fc.record({ id: ids, questionId: questions, state: states, revision: fc.integer({ min: 1, max: 3 }) }),
    { selector: ({ id }) => id },
  );
  const text = fc.string({ minLength: 1, maxLength: 20 }).filter((words) => words.trim() !== '');
  const proposals = fc.array(
    fc.record(
      { id: fc.constant('p1'), text, assumption: ids, questionId: questions },
      { requiredKeys: ['id', 'text'] },
    ),
    { maxLength: 6 },
  );
  const seens = fc.dictionary(ids, fc.integer({ min: 1, max: 3 }));

  it('touches nothing that a person decided on or that the agent did not see, and nothing is lost without a word', () => {
    fc.assert(
      fc.property(
        ...[records, proposals, fc.uniqueArray(questions), seens, fc.uniqueArray(questions)],
        (own, given, withdrawals, seen, open) => {
          const before = memoryOf(...own.map((record) => anAssumption(record)));
          const asked = at(...open.map((id) => question(id)));
          const all = given.map((one) => proposal({ ...one }));
          const result = applyProposals(
            before,
            proposed({ proposals: all, withdrawals: withdrawals.map(withdrawal), seen }),
            asked,
          );
          for (const record of before.assumptions) {
            const now = result.memory.assumptions.find(({ id }) => id === record.id);
            if (record.state !== 'proposed') expect(now).toEqual(record);
            if (now && now.text !== record.text) expect(seen[record.id]).toBe(record.revision);
            expect(now?.history.slice(0, record.history.length)).toEqual(record.history);
          }
          const told = result.proposed.length + result.withdrawn.length + result.refused.length;
          expect(told).toBe(all.length + withdrawals.length);
          const keys = result.memory.assumptions.map(({ id }) => id);
          expect(new Set(keys).size).toBe(keys.length);
          for (const { evidence } of result.proposed) expect(evidence).toEqual(basis);
        },
      ),
    );
  });
});
