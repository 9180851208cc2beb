import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssumptionRecord, assumptionStates, textOf } from '../../src/memory/assumption.ts';
import {
  approve,
  correct,
  decline,
  propose,
  type Reviewed,
  refine,
  restore,
  supersede,
  withdraw,
} from '../../src/memory/review.ts';
import { anAssumption } from './builders.ts';

const ada = { by: 'ada', at: '2026-11-21T19:00:00Z', from: 'https://github.test/acme/shop/issues/12' };
const seen = { ...ada, revision: 1 };

function recordOf(reviewed: Reviewed): AssumptionRecord {
  if ('refused' in reviewed) throw new Error(reviewed.refused);
  return reviewed.record;
}

describe('a review of an assumption', () => {
  it('approves the text that the person saw', () => {
    const record = recordOf(approve(anAssumption(), seen));
    expect(record).toMatchObject({ state: 'approved', history: [{ what: 'approved', revision: 1, by: 'ada' }] });
    expect(textOf(record)).toBe('Prices are in cents.');
  });

  it('refuses where the text is another one by now', () => {
    const refined = recordOf(refine(anAssumption(), { text: 'Prices are in euros.' }, seen));
    expect(refined.revision).toBe(2);
    for (const act of [approve(refined, seen), decline(refined, seen), correct(refined, { ...seen, text: 'x' })])
      expect(act).toEqual({ refused: 'A1 has another text by now (revision 2, you saw 1): look at it again.' });
  });

  it('holds the words of the person who put it right, as they are', () => {
    const record = recordOf(correct(anAssumption(), { ...seen, text: '  Prices are in\ncents, net.  ' }));
    expect(textOf(record)).toBe('Prices are in\ncents, net.');
    expect(record).toMatchObject({ state: 'corrected', revision: 2, text: 'Prices are in cents.' });
  });

  it('keeps what was corrected when somebody approves it afterwards', () => {
    const corrected = recordOf(correct(anAssumption(), { ...seen, text: 'Net cents.' }));
    const approved = recordOf(approve(corrected, { ...seen, revision: 2 }));
    expect(textOf(approved)).toBe('Net cents.');
    expect(approved.state).toBe('corrected');
  });

  it('changes nothing when it comes twice', () => {
    const approved = recordOf(approve(anAssumption(), seen));
    expect(recordOf(approve(approved, seen))).toBe(approved);
    const declined = recordOf(decline(anAssumption(), { ...seen, reason: 'no' }));
    expect(recordOf(decline(declined, { ...seen, reason: 'no' }))).toBe(declined);
    const corrected = recordOf(correct(anAssumption(), { ...seen, text: 'x' }));
    expect(recordOf(correct(corrected, { ...seen, text: 'x' }))).toBe(corrected);
  });

  it('takes no empty correction', () => {
    expect(correct(anAssumption(), { ...seen, text: ' \n ' })).toEqual({ refused: 'The text for A1 is empty.' });
  });

  it('can be changed by people, from approved to declined and back', () => {
    const approved = recordOf(approve(anAssumption(), seen));
    const declined = recordOf(decline(approved, { ...seen, reason: 'It was never so.' }));
    expect(declined).toMatchObject({ state: 'declined', reason: 'It was never so.' });
    const again = recordOf(approve(declined, seen));
    expect(again.state).toBe('approved');
    expect(again.reason).toBeUndefined();
    expect(again.history.map(({ what }) => what)).toEqual(['approved', 'declined', 'approved']);
  });

  it('leaves what people decided to people: no answering session changes it', () => {
    const approved = recordOf(approve(anAssumption(), seen));
    expect(refine(approved, { text: 'Other.' }, seen)).toEqual({
      refused: 'A1 was approved by a person, which stays.',
    });
    expect(withdraw(approved, { ...seen, reason: 'The README says so.' })).toHaveProperty('refused');
  });

  it('gives way to an answer, whatever was decided, and comes back when the answer is taken back', () => {
    const approved = recordOf(approve(anAssumption(), seen));
    const superseded = supersede(approved, { ...ada, reason: 'Q1 was answered by tom' });
    expect(approve(superseded, seen)).toEqual({ refused: 'A1 stands for nothing any more: Q1 was answered by tom' });
    expect(restore(superseded, ada)).toMatchObject({ state: 'proposed' });
    const withdrawn = recordOf(withdraw(anAssumption(), { ...seen, reason: 'The README says so.' }));
    expect(restore(withdrawn, ada)).toBe(withdrawn);
  });

  it('takes away the remark that its basis changed, as somebody looked again', () => {
    const stale = anAssumption({ state: 'approved', stale: { at: ada.at, why: 'src/a.ts changed' } });
    expect(recordOf(approve(stale, seen)).stale).toBeUndefined();
  });

  it('never loses history, never counts a revision back, and stays readable', () => {
    const said = fc.record({ revision: fc.integer({ min: 1, max: 4 }) }).map(({ revision }) => ({ ...ada, revision }));
    const text = fc.string({ maxLength: 20 });
    const act = fc.oneof(
      said.map((review) => (record: AssumptionRecord) => approve(record, review)),
      fc.tuple(said, text).map(
        ([review, reason]) =>
          (record: AssumptionRecord) =>
            decline(record, { ...review, reason }),
      ),
      fc.tuple(said, text).map(
        ([review, words]) =>
          (record: AssumptionRecord) =>
            correct(record, { ...review, text: words }),
      ),
      fc.tuple(said, text).map(
        ([review, words]) =>
          (record: AssumptionRecord) =>
            refine(record, { text: words }, review),
      ),
      fc.tuple(said, text).map(
        ([review, reason]) =>
          (record: AssumptionRecord) =>
            withdraw(record, { ...review, reason }),
      ),
      fc.constant((record: AssumptionRecord): Reviewed => ({ record: supersede(record, { ...ada, reason: 'Q1' }) })),
      fc.constant((record: AssumptionRecord): Reviewed => ({ record: restore(record, ada) })),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        const { revision: _, state: __, history: ___, ...fresh } = anAssumption();
        let record = propose(fresh, ada);
        for (const next of acts) {
          const reviewed = next(record);
          if ('refused' in reviewed) continue;
          const after = reviewed.record;
          expect(after.history.slice(0, record.history.length)).toEqual(record.history);
          expect(after.revision).toBeGreaterThanOrEqual(record.revision);
          if (textOf(after) !== textOf(record)) expect(after.revision).toBeGreaterThan(record.revision);
          expect(AssumptionRecord.parse(after)).toEqual(after);
          expect(assumptionStates).toContain(after.state);
          // What a person decided is changed by a person's act only.
          record = after;
        }
      }),
    );
  });
});
