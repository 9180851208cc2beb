import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assumptionStates, textOf } from '../../src/memory/assumption.ts';
import { chooseContext, type Known } from '../../src/memory/choose-context.ts';
import { refOf } from '../../src/memory/settled-answer.ts';
import { aFinding } from '../ledger/builders.ts';
import { anAnswer, anAssumption, session } from './builders.ts';

const at = '2026-12-01T00:00:00Z';
const gaze = { files: ['src/price.ts', 'docs/a.md', 'app/[id]/page.ts'] };
const nothing: Known = { memory: { version: 1, assumptions: [], answers: [] }, learnings: [], ignored: [] };

function known(over: Partial<Known['memory']>, more: Partial<Known> = {}): Known {
  return { ...nothing, memory: { ...nothing.memory, ...over }, ...more };
}

const everywhere = { paths: [], categories: [] };

describe('what an agent is told to be settled', () => {
  it('is what people approved as it is worded, what they put right in their words, and what they declined', () => {
    const assumptions = assumptionStates.map((state, index) =>
      anAssumption({
        id: `A${index + 1}`,
        state,
        text: `text ${state}`,
        ...(state === 'corrected' ? { correctedText: 'theirs' } : {}),
      }),
    );
    const { settled, ids, left } = chooseContext(known({ assumptions }), gaze, { at });
    expect(settled.assumptions).toEqual([
      { id: `${session}/A2`, text: 'text approved', state: 'approved' },
      { id: `${session}/A3`, text: 'theirs', state: 'corrected' },
      { id: `${session}/A4`, text: 'text declined', state: 'declined' },
    ]);
    expect({ ids, left }).toEqual({ ids: [`${session}/A2`, `${session}/A3`, `${session}/A4`], left: 0 });
  });

  it('leaves out what has expired, and what is about other places or other matters', () => {
    const state = 'approved' as const;
    const assumptions = [
      anAssumption({ id: 'A1', state, expiresAt: '2026-11-30' }),
      anAssumption({ id: 'A2', state, expiresAt: '2026-12-01' }),
      anAssumption({ id: 'A3', state, scope: { paths: ['lib/**'], categories: [] } }),
      anAssumption({ id: 'A4', state, scope: { paths: ['app/[id]/page.ts'], categories: ['bug'] } }),
      anAssumption({ id: 'A5', state, scope: { paths: [], categories: ['docs'] } }),
      anAssumption({ id: 'A6', state, scan: 'security', scope: { paths: [], categories: ['docs'] } }),
    ];
    const chosen = chooseContext(known({ assumptions }), { ...gaze, categories: ['bug'], scan: 'security' }, { at });
    expect(chosen.settled.assumptions.map(({ id }) => id)).toEqual(['A4', 'A6', 'A2'].map((id) => `${session}/${id}`));
    const any = chooseContext(known({ assumptions }), gaze, { at });
    expect(any.ids).toContain(`${session}/A5`);
  });

  it('says why something was declined, and what changed since it was approved', () => {
    const assumptions = [
      anAssumption({ id: 'A1', state: 'declined', reason: 'They are public.' }),
      anAssumption({ id: 'A2', state: 'approved', stale: { at, why: 'src/price.ts says something else by now' } }),
    ];
    expect(chooseContext(known({ assumptions }), gaze, { at }).settled.assumptions).toMatchObject([
      { reason: 'They are public.' },
      { remark: 'src/price.ts says something else by now' },
    ]);
  });

  it('holds answers, what was learned and approved, and findings that people ignore with a reason', () => {
    const learned = { why: '', scope: everywhere, sources: [], history: [] };
    const ignored = { at: '2026-11-01T00:00:00Z', by: 'ada', reason: 'Generated code.' };
    const place = { path: 'src/price.ts' };
    const { settled } = chooseContext(
      known(
        { answers: [anAnswer()] },
        {
          learnings: [
            { id: 'L1', text: 'No line lengths.', state: 'approved', ...learned },
            { id: 'L2', text: 'Nobody approved it.', state: 'proposed', ...learned },
          ],
          ignored: [
            aFinding({ id: 'F-a0000001', title: 'Long file', location: place, ignored }),
            aFinding({ id: 'F-a0000002', location: place, ignored: { at: ignored.at } }),
            aFinding({ id: 'F-a0000003', location: place, ignored: { ...ignored, until: '2026-11-20' } }),
          ],
        },
      ),
      gaze,
      { at },
    );
    expect(settled).toEqual({
      assumptions: [],
      answers: [{ id: `${session}/Q1`, question: 'Are prices in cents or in euros?', answer: 'cents' }],
      learnings: [{ text: 'No line lengths.' }],
      ignored: [{ id: 'F-a0000001', title: 'Long file', reason: 'Generated code.' }],
      left: 0,
    });
  });

  it('is never cut: what has no room is left out whole, what holds anywhere before what names the place', () => {
    const state = 'approved' as const;
    const text = 'w'.repeat(300);
    const assumptions = [
      anAssumption({ id: 'A1', state, text }),
      anAssumption({ id: 'A2', state, text, scope: { paths: ['src/**'], categories: [] } }),
    ];
    const { ids, left, settled } = chooseContext(known({ assumptions }), gaze, { at, tokens: 150 });
    expect(ids).toEqual([`${session}/A2`]);
    expect({ left, said: settled.left }).toEqual({ left: 1, said: 1 });
  });

  it('keeps within the budget, needs no order, and tells nobody’s guess', () => {
    const state = fc.constantFrom(...assumptionStates);
    const scope = fc.record({
      paths: fc.subarray(['src/**', 'docs/a.md', 'lib/**', '!src/x.ts', '[']),
      categories: fc.subarray(['bug', 'docs']),
    });
    const records = fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 1, max: 50 }).map((id) => `A${id}`),
        state,
        scope,
        // Often the same: then one contradicts the other where it was declined.
        text: fc.oneof(fc.string({ minLength: 1, maxLength: 200 }), fc.constantFrom('In cents.', 'In euros.')),
      }),
      { selector: ({ id }) => id, maxLength: 20 },
    );
    fc.assert(
      fc.property(records, fc.integer({ min: 0, max: 400 }), (given, tokens) => {
        const assumptions = given.map((record) => anAssumption(record));
        const chosen = chooseContext(known({ assumptions }), gaze, { at, tokens });
        expect(chooseContext(known({ assumptions: assumptions.toReversed() }), gaze, { at, tokens })).toEqual(chosen);
        const bytes = chosen.settled.assumptions.map(({ text }) => Buffer.byteLength(text));
        expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(tokens * 3);
        for (const { id, text } of chosen.settled.assumptions) {
          const record = assumptions.find((one) => refOf(one) === id);
          expect(['approved', 'corrected', 'declined']).toContain(record?.state);
          expect(record && textOf(record)).toBe(text);
        }
        const more = chooseContext(known({ assumptions }), gaze, { at, tokens: tokens + 1_000_000 });
        expect(more.left).toBe(0);
        expect(more.ids).toEqual(expect.arrayContaining([...chosen.ids]));
      }),
    );
  });
});
