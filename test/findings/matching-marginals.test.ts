import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FileOfPairs, posteriorsOf } from '../../src/findings/recognise/file-posterior.ts';
import { type Edge, marginalsOf } from '../../src/findings/recognise/matching-marginals.ts';

/** All matchings one by one. */
function counted(edges: readonly Edge[], odds: readonly number[]) {
  const sums = edges.map(() => 0);
  let all = 0;
  const visit = (at: number, taken: readonly number[], weight: number): void => {
    if (at === edges.length) {
      all += weight;
      for (const index of taken) sums[index] = (sums[index] ?? 0) + weight;
      return;
    }
    visit(at + 1, taken, weight);
    const meets = taken.some(
      (index) => edges[index]?.raised === edges[at]?.raised || edges[index]?.known === edges[at]?.known,
    );
    if (!meets) visit(at + 1, [...taken, at], weight * (odds[at] ?? 0));
  };
  visit(0, [], 1);
  return { probabilities: sums.map((sum) => sum / all), logSum: Math.log(all) };
}

const odd = fc.double({ min: 0, max: 50, noNaN: true });

describe('the probabilities of pairs that exclude each other', () => {
  // By how much eight rounds are wrong at worst, of all odds up to 50, with a little room.
  it('are as good as exact where one finding stands against many', () => {
    fc.assert(
      fc.property(fc.array(odd, { minLength: 1, maxLength: 6 }), (odds) => {
        const edges = odds.map((_, known) => ({ raised: 0, known }));
        const { probabilities, logSum } = marginalsOf(edges, Float64Array.from(odds), {
          raised: 1,
          known: odds.length,
        });
        const expected = counted(edges, odds);
        for (const [index, value] of probabilities.entries())
          expect(Math.abs(value - (expected.probabilities[index] ?? 0))).toBeLessThan(0.07);
        expect(logSum).toBeCloseTo(expected.logSum, 2);
      }),
    );
  });

  it('are close where many stand against many, and hardly more than one for a finding', () => {
    fc.assert(
      fc.property(fc.array(odd, { minLength: 9, maxLength: 9 }), (odds) => {
        const edges = odds.map((_, index) => ({ raised: Math.floor(index / 3), known: index % 3 }));
        const { probabilities } = marginalsOf(edges, Float64Array.from(odds), { raised: 3, known: 3 });
        const expected = counted(edges, odds).probabilities;
        for (const [index, value] of probabilities.entries())
          expect(Math.abs(value - (expected[index] ?? 0))).toBeLessThan(0.3);
        for (const row of [0, 1, 2])
          expect(probabilities.slice(3 * row, 3 * row + 3).reduce((sum, value) => sum + value, 0)).toBeLessThan(1.15);
      }),
    );
  });
});

const told = { sameSpan: undefined, sameSymbol: undefined };

/** Two findings on either side; the pairs on the diagonal are `lines` apart. */
const file = (lines: readonly [number, number], ratio: number): FileOfPairs => ({
  raised: 2,
  known: 2,
  span: 40,
  pairs: [
    { raised: 0, known: 0, ratio, lines: lines[0], ...told },
    { raised: 0, known: 1, ratio: 0.2, lines: lines[0] - 40, ...told },
    { raised: 1, known: 0, ratio: 0.2, lines: lines[1] + 40, ...told },
    { raised: 1, known: 1, ratio, lines: lines[1], ...told },
  ],
});

describe('two findings of one file', () => {
  const sureOf = (lines: readonly [number, number], ratio = 5) =>
    posteriorsOf([file(lines, ratio)])[0]?.[0]?.joint ?? 0;

  it('are the surer the more pairs moved by the same number of lines', () => {
    expect(sureOf([57, 57])).toBeGreaterThan(sureOf([57, 80]));
    expect(sureOf([0, 0])).toBeGreaterThan(sureOf([57, 57]));
  });

  it('are told by their words alone where no line is known', () => {
    const unplaced = file([0, 0], 100);
    const pairs = unplaced.pairs.map((pair) => ({ ...pair, lines: undefined }));
    const [[first, second] = []] = posteriorsOf([{ ...unplaced, pairs }]);
    expect(first?.joint).toBeGreaterThan(0.9);
    expect(second?.joint).toBeLessThan(0.1);
  });

  const lone = (lines: number, sameSpan?: boolean): FileOfPairs => ({
    ...{ raised: 1, known: 1, span: 0 },
    pairs: [{ raised: 0, known: 0, ratio: 2, lines, ...told, sameSpan }],
  });

  it('are less sure where they start in one line, moved or not, and end in different ones', () => {
    const sureOfSpan = (sameSpan?: boolean) =>
      [0, 57].map((lines) => posteriorsOf([lone(lines, sameSpan)])[0]?.[0]?.joint ?? 0);
    const [[stood = 0, moved = 0], [stoodOther = 0, movedOther = 0]] = [sureOfSpan(true), sureOfSpan(false)];
    expect(stoodOther).toBeLessThan(stood);
    expect(movedOther).toBeLessThan(moved);
    expect(sureOfSpan(undefined)).toEqual([stood, moved]);
  });

  it('are hardly less sure for it where they start apart: then they span other lines either way', () => {
    const sure = (lines: number, sameSpan: boolean) => {
      const third = { raised: 2, known: 2, ratio: 1, lines, ...told, sameSpan };
      const { pairs } = file([57, 57], 100);
      return posteriorsOf([{ raised: 3, known: 3, span: 40, pairs: [...pairs, third] }])[0]?.at(-1)?.joint ?? 0;
    };
    const lostAt = (lines: number) => 1 - sure(lines, false) / sure(lines, true);
    expect(lostAt(57)).toBeGreaterThan(0.01);
    expect(lostAt(60)).toBeLessThan(lostAt(57) / 4);
  });

  it('learn from the other files whether code moved', () => {
    const among = (lines: readonly [number, number]) =>
      posteriorsOf([lone(0), ...Array(5).fill(file(lines, 20))])[0]?.[0]?.joint ?? 0;
    expect(among([0, 0])).toBeGreaterThan(among([57, 57]));
  });
});
