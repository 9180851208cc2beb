import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowTurn, type Spent, workingTime } from '../../src/agents/limits.ts';
import { costOf, models, ratesOf } from '../../src/agents/prices.ts';

const limits = { model: 'claude-opus-5-5', maxTokens: 32_000, maxIterations: 40, budgetUsd: 5, timeoutMs: 3_600_000 };
const spent = (overrides: Partial<Spent> = {}): Spent => ({
  iterations: 0,
  availableUsd: Number.POSITIVE_INFINITY,
  costUsd: 0,
  elapsedMs: 0,
  promptTokens: 10_000,
  ...overrides,
});

describe('the next turn', () => {
  it('is one of work while nothing is near its limit', () => {
    expect(allowTurn(limits, spent())).toEqual({ turn: 'work', maxTokens: 32_000 });
  });

  it('is the last when turns or time are used up', () => {
    expect(allowTurn(limits, spent({ iterations: 40 }))).toMatchObject({ turn: 'wrap-up', limit: 'iterations' });
    expect(allowTurn(limits, spent({ iterations: 39 }))).toMatchObject({ turn: 'work' });
    expect(allowTurn(limits, spent({ elapsedMs: 3_480_000 }))).toMatchObject({ turn: 'wrap-up', limit: 'timeout' });
    expect(allowTurn(limits, spent({ elapsedMs: 3_479_999 }))).toMatchObject({ turn: 'work' });
  });

  it('may write less as the budget shrinks, then is the last, then there is none', () => {
    const at = (costUsd: number) => allowTurn(limits, spent({ costUsd }));
    expect(at(4)).toEqual({ turn: 'work', maxTokens: 32_000 });
    const shrunk = at(4.4);
    expect(shrunk).toMatchObject({ turn: 'work' });
    expect('maxTokens' in shrunk && shrunk.maxTokens).toBeLessThan(32_000);
    expect(at(4.7)).toEqual({ turn: 'wrap-up', limit: 'budget', maxTokens: 8000 });
    expect(at(4.99)).toEqual({ turn: 'none', limit: 'budget' });
  });

  it('is limited by tokens where the price is not known: by what the purse has left for them', () => {
    const mine = (availableUsd: number) =>
      allowTurn({ ...limits, model: 'mine' }, spent({ costUsd: undefined, availableUsd, promptTokens: 10_000 }));
    expect(mine(5)).toEqual({ turn: 'work', maxTokens: 32_000 });
    expect(mine(0.5)).toEqual({ turn: 'wrap-up', limit: 'budget', maxTokens: 8000 });
    expect(mine(0.01)).toEqual({ turn: 'none', limit: 'budget' });
  });

  it('never costs more than is left, at its worst, for any model and any state', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...models.filter((model) => ratesOf(model, 0))),
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 900_000 }),
        fc.integer({ min: 256, max: 128_000 }),
        fc.boolean(),
        (model, budgetUsd, share, promptTokens, maxTokens, summary) => {
          const costUsd = budgetUsd * share;
          const state = spent({ costUsd, promptTokens, summary });
          const allowance = allowTurn({ ...limits, model, budgetUsd, maxTokens }, state);
          if (allowance.turn === 'none') return;
          const worst = costOf(model, {
            inputTokens: 0,
            outputTokens: allowance.maxTokens,
            cacheReadTokens: 0,
            cacheWriteTokens: promptTokens,
          });
          // A summary by the service is a second request within the first; there is none in the turn to wrap up.
          const requests = summary && allowance.turn === 'work' ? 2 : 1;
          expect(costUsd + requests * (worst ?? Number.NaN)).toBeLessThanOrEqual(budgetUsd + 1e-9);
          expect(allowance.maxTokens).toBeLessThanOrEqual(maxTokens);
          expect(allowance.maxTokens).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('leaves time to wrap up: a fifth of it, two minutes at most', () => {
    expect(workingTime(60_000)).toBe(48_000);
    expect(workingTime(3_600_000)).toBe(3_480_000);
  });
});
