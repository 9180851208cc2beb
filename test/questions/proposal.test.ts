import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractProposals } from '../../src/questions/proposal.ts';

const basis = [{ path: 'a.ts', quote: 'x' }];
const proposal = (over: object = {}) => ({ id: 'p1', text: 'It is so.', basis, ...over });
const lines = (...values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

describe('what an answering agent handed over', () => {
  it('is read line by line; the last word about a question or an assumption holds', () => {
    const { outcome, proposals, withdrawals } = extractProposals(
      lines(
        { proposals: [proposal({ questionId: 'Q1', text: 'First.' })] },
        { proposals: [proposal({ id: 'p2', questionId: 'Q1', text: 'Better.' })] },
        { proposals: [proposal({ id: 'p3', assumption: 'A1' })] },
        { proposals: [proposal({ id: 'p4', questionId: 'Q2' })] },
        { withdrawals: [{ questionId: 'Q2', answer: 'It says so.', basis }] },
      ),
    );
    expect(outcome).toBe('complete');
    expect(proposals.map(({ id }) => id)).toEqual(['p2', 'p3']);
    expect(withdrawals.map(({ questionId }) => questionId)).toEqual(['Q2']);
  });

  it('is nothing, and clean, with an empty list; unknown without any', () => {
    expect(extractProposals(lines({ proposals: [] }))).toEqual({ outcome: 'complete', proposals: [], withdrawals: [] });
    expect(extractProposals('').outcome).toBe('no-json');
    expect(extractProposals('I found nothing.').outcome).toBe('no-json');
  });

  it('keeps what is whole of a file that a kill tore off, or that a command damaged', () => {
    const whole = lines({ proposals: [proposal({ questionId: 'Q1' })] });
    expect(extractProposals(`${whole}{"proposals":[{"id":"p2"`)).toMatchObject({ outcome: 'incomplete' });
    expect(extractProposals(`rubbish\n${whole}`)).toMatchObject({ outcome: 'incomplete', proposals: [{ id: 'p1' }] });
    const empty = lines({ proposals: [proposal({ text: '  ' })] });
    expect(extractProposals(empty).outcome).toBe('no-json');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.jsonValue().map((value) => lines(value)),
        ),
        (text) => {
          expect(() => extractProposals(text)).not.toThrow();
        },
      ),
    );
  });
});
