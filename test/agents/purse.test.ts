import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPurse } from '../../src/agents/purse.ts';

describe('a purse', () => {
  it('never lets several agents together spend more than there is, where each spends what it set aside at most', () => {
    const step = fc.record({ agent: fc.nat({ max: 3 }), worst: fc.nat({ max: 60 }), used: fc.nat({ max: 100 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const purse = createPurse(100);
        const draws = [0, 1, 2, 3].map(() => purse.open());
        const aside = [0, 0, 0, 0];
        for (const { agent, worst, used } of steps) {
          const draw = draws[agent];
          if (used % 2 === 0 && draw?.reserve(worst)) aside[agent] = worst;
          const spent = (used / 100) * (aside[agent] ?? 0);
          draw?.settle(spent);
          aside[agent] = (aside[agent] ?? 0) - spent;
          expect(purse.spentUsd() + aside.reduce((a, b) => a + b)).toBeLessThanOrEqual(100.000001);
        }
      }),
    );
  });

  it('keeps what one set aside from the others until it is spent or given back', () => {
    const purse = createPurse(10, 2);
    const [one, other] = [purse.open(), purse.open()];
    expect(one.reserve(5)).toBe(true);
    expect([one.availableUsd(), other.availableUsd()]).toEqual([8, 3]);
    expect(other.reserve(4)).toBe(false);
    one.settle(1);
    expect([one.availableUsd(), other.availableUsd(), purse.spentUsd()]).toEqual([7, 3, 3]);
    one.close();
    expect(other.availableUsd()).toBe(7);
  });

  it('lets one set aside less than before, and not more than is there', () => {
    const draw = createPurse(10).open();
    expect([draw.reserve(10), draw.reserve(10.01), draw.reserve(3)]).toEqual([true, false, true]);
  });
});
