import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssumptionRecord } from '../../src/memory/assumption.ts';
import { followReview, type Vote } from '../../src/memory/follow-review.ts';
import { correct, propose, refine, supersede } from '../../src/memory/review.ts';
import { seenRevision } from '../../src/memory/seen-revision.ts';
import { anAssumption } from './builders.ts';

const second = (n: number) => new Date(Date.UTC(2026, 10, 21, 19) + n * 1000).toISOString();
const issue = 'https://github.test/acme/shop/issues/12';
const raised = { by: 'audit', at: second(0), from: 'session S20261121-181500-ab3d' };
const { revision: _, state: __, history: ___, ...fields } = anAssumption();
const proposed = propose(fields, raised);

function vote(verdict: Vote['verdict'], n: number, over: Partial<Vote> = {}): Vote {
  return { verdict, on: true, revision: 1, by: 'wanda', at: second(n), from: `${issue}#issuecomment-${n}`, ...over };
}

function come(votes: readonly Vote[], record = proposed): AssumptionRecord {
  return votes.reduce((now, each) => {
    const reviewed = followReview(now, each);
    return 'record' in reviewed ? reviewed.record : now;
  }, record);
}

describe('words on an assumption', () => {
  it('come to what was said last, and to nothing where it was taken back', () => {
    expect(come([vote('approve', 1), vote('decline', 2, { reason: ' no ' })])).toMatchObject({
      state: 'declined',
      reason: 'no',
    });
    expect(come([vote('approve', 1), vote('approve', 2, { on: false })]).state).toBe('proposed');
    // What is not there any more cannot be taken back.
    expect(come([vote('approve', 1), vote('decline', 2), vote('approve', 3, { on: false })]).state).toBe('declined');
  });

  it('say how long an approval holds, and no longer where it is approved for good, declined or worded anew', () => {
    const until = '2027-02-19T19:00:01Z';
    const lasting = come([vote('approve', 1, { until })]);
    expect(lasting).toMatchObject({ state: 'approved', expiresAt: until });
    expect(come([vote('approve', 2)], lasting).expiresAt).toBeUndefined();
    expect(come([vote('approve', 2), vote('approve', 1, { until })]).expiresAt).toBeUndefined();
    expect(come([vote('decline', 2)], lasting).expiresAt).toBeUndefined();
    expect(correct(lasting, { ...vote('approve', 3), text: 'Euros.' })).not.toHaveProperty('record.expiresAt');
  });

  it('come to the same in whatever order they are heard, as often as they are heard', () => {
    const one = fc.record({ verdict: fc.constantFrom('approve' as const, 'decline' as const), on: fc.boolean() });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), fc.infiniteStream(fc.nat(1000)), (given, random) => {
        const votes = given.map(({ verdict, on }, n) => vote(verdict, n + 1, { on }));
        const shuffled = votes
          .map((each) => ({ each, key: random.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        const inTurn = come(votes);
        expect(come([...shuffled, ...shuffled.slice(0, 3)])).toEqual(inTurn);
        expect(inTurn.history).toHaveLength(votes.length + 1);
        expect(AssumptionRecord.parse(inTurn)).toEqual(inTurn);
      }),
    );
  });

  it('are none about another text than the one that was seen, nor about what an answer stands for', () => {
    const refined = refine(proposed, { text: 'Prices are in euros.' }, { ...raised, at: second(3), revision: 1 });
    if ('refused' in refined) throw new Error(refined.refused);
    expect(followReview(refined.record, vote('approve', 2))).toMatchObject({
      refused: expect.stringMatching(/another text by now/),
    });
    expect(come([vote('approve', 4, { revision: 2 })], refined.record).state).toBe('approved');
    const answered = supersede(proposed, { by: 'tom', at: second(1), from: 'cli', reason: 'Q1 was answered by tom' });
    expect(followReview(answered, vote('approve', 2))).toMatchObject({
      refused: expect.stringMatching(/Q1 was answered by tom/),
    });
  });

  it('leave the words of whoever put it right, unless somebody declines those', () => {
    const corrected = correct(proposed, { ...vote('approve', 1), text: 'Prices are net.' });
    if ('refused' in corrected) throw new Error(corrected.refused);
    const { record } = corrected;
    expect(come([vote('approve', 2, { revision: 2 })], record).state).toBe('corrected');
    expect(come([vote('approve', 2, { revision: 2, on: false })], record).state).toBe('corrected');
    expect(come([vote('decline', 2, { revision: 2 })], record).state).toBe('declined');
    expect(
      come([vote('decline', 2, { revision: 2 }), vote('decline', 3, { revision: 2, on: false })], record),
    ).toMatchObject({ state: 'corrected', correctedText: 'Prices are net.' });
  });

  it('count as a look at what had gone stale, where they were said after that', () => {
    const stale = { ...proposed, stale: { at: second(5), why: 'src/price.ts changed' } };
    expect(come([vote('approve', 4)], stale).stale).toBeDefined();
    expect(come([vote('approve', 6)], stale).stale).toBeUndefined();
  });

  it('are not taken without end', () => {
    const many = Array.from({ length: 400 }, (_unused, n) => vote('approve', n + 1, { on: n % 2 === 0 }));
    const record = come(many);
    expect(record.history).toHaveLength(300);
    expect(followReview(record, vote('decline', 900))).toMatchObject({
      refused: expect.stringMatching(/Too much was said/),
    });
  });
});

describe('the text that somebody saw who wrote', () => {
  const corrected = correct(proposed, { ...vote('approve', 10), text: 'Prices are net.' });
  const record = 'record' in corrected ? corrected.record : proposed;

  it.each([
    ['before it was there', second(-1), `${issue}#issuecomment-1`, undefined],
    ['in the second in which it was raised', second(0), `${issue}#issuecomment-1`, 1],
    ['before it was put right', second(9), `${issue}#issuecomment-9`, 1],
    ['in the same second, in the comment before', second(10), `${issue}#issuecomment-9`, 1],
    ['in the same second, in the comment behind', second(10), `${issue}#issuecomment-11`, 2],
    ['later, in a review', second(11), `${issue}#discussion_r3`, 2],
  ])('%s', (_when, at, from, revision) => {
    expect(seenRevision(record, { at, from })).toBe(revision);
  });
});
