import { describe, expect, it } from 'vitest';
import { checkBases, withBases } from '../../src/memory/check-bases.ts';
import type { Memory } from '../../src/memory/memory.ts';
import { anAssumption } from './builders.ts';

const said = { by: 'courier', at: '2026-11-22T03:00:00Z', from: 'session S2' };
const evidence = [{ path: 'src/price.ts', quote: 'export const price = 100;' }];
const memoryOf = (...assumptions: Memory['assumptions']): Memory => ({ version: 1, assumptions, answers: [] });
const files = (text?: string) => async () => text;

describe('the code that an assumption rests on', () => {
  const approved = anAssumption({ state: 'approved', evidence });

  it('is compared with the files, white space aside; only what people approved is', async () => {
    const memory = memoryOf(
      approved,
      anAssumption({ id: 'A2', evidence }),
      anAssumption({ id: 'A3', state: 'approved' }),
      anAssumption({ id: 'A4', state: 'declined', evidence }),
    );
    const { session } = approved;
    expect(await checkBases(memory, files('x\n  export const price  = 100;\n'))).toEqual([{ session, id: 'A1' }]);
    expect(await checkBases(memory, files('export const price = 1.0;'))).toEqual([
      { session, id: 'A1', changed: 'src/price.ts does not say any more what it rests on' },
    ]);
    expect(await checkBases(memory, files())).toEqual([{ session, id: 'A1', changed: 'src/price.ts is gone' }]);
  });

  it('changed: it is marked once, for people to look again, and the mark goes when the code is back', async () => {
    const bases = await checkBases(memoryOf(approved), files());
    const stale = withBases(memoryOf(approved), bases, said);
    expect(stale.assumptions[0]).toMatchObject({
      ...{ state: 'approved', revision: 1, stale: { at: said.at, why: 'src/price.ts is gone' } },
      history: [{ what: 'stale', revision: 1, text: 'src/price.ts is gone', from: 'session S2' }],
    });
    expect(withBases(stale, bases, said)).toBe(stale);
    const back = withBases(stale, await checkBases(stale, files(evidence[0]?.quote)), said);
    expect(back.assumptions[0]?.stale).toBeUndefined();
    expect(back.assumptions[0]?.history.map(({ what }) => what)).toEqual(['stale', 'fresh']);
  });

  it('says nothing of what was decided otherwise meanwhile', async () => {
    const bases = await checkBases(memoryOf(approved), files());
    const declined = memoryOf(anAssumption({ state: 'declined', evidence }));
    expect(withBases(declined, bases, said)).toBe(declined);
  });
});
