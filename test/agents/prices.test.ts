import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chargeOf, costOf, defaultModel, models, ratesOf } from '../../src/agents/prices.ts';

/** The ids in the client's own `Model` type. */
function modelsOfTheClient(): string[] {
  const types = readFileSync('node_modules/@anthropic-ai/sdk/resources/messages/messages.d.ts', 'utf8');
  const union = /^export type Model = (.*)$/m.exec(types)?.[1] ?? '';
  return [...union.matchAll(/'([^']+)'/g)].map(([, id]) => id ?? '');
}

describe('the price table', () => {
  it('lists exactly the models that the client names, so that an upgrade cannot forget one', () => {
    expect(modelsOfTheClient().length).toBeGreaterThan(10);
    expect([...models].sort()).toEqual(modelsOfTheClient().sort());
  });

  it('has a price for each of them but those without a list price', () => {
    expect(models.filter((model) => !ratesOf(model, 0))).toEqual(['claude-mythos-preview']);
  });

  it('orders the rates of every model: a cache read below the input, a write above it', () => {
    for (const model of models) {
      const rates = ratesOf(model, 0);
      if (!rates) continue;
      expect(rates.cacheRead).toBeLessThan(rates.input);
      expect(rates.cacheWrite).toBeCloseTo(rates.input * 1.25, 6);
      expect(rates.output).toBeCloseTo(rates.input * 5, 6);
    }
  });

  it('knows the default model, the newest of the Opus class', () => {
    expect(defaultModel).toBe('claude-opus-5-5');
    expect(models.find((model) => model.includes('opus'))).toBe(defaultModel);
  });
});

describe('the cost of a request', () => {
  const usage = { inputTokens: 1000, outputTokens: 2000, cacheReadTokens: 100_000, cacheWriteTokens: 4000 };

  it('adds each kind of token at its rate', () => {
    expect(costOf('claude-opus-5-5', usage)).toBeCloseTo(0.004 + 0.04 + 0.02 + 0.02, 10);
  });

  it('is five times as high for haiku above 100,000 tokens of prompt, for the whole request', () => {
    const at = (cacheReadTokens: number) => costOf('claude-haiku-5-5', { ...usage, cacheReadTokens });
    const base = (cacheReadTokens: number) => (1000 * 0.1 + 2000 * 0.5 + cacheReadTokens * 0.01 + 4000 * 0.125) / 1e6;
    expect(at(95_000)).toBeCloseTo(base(95_000), 12);
    expect(at(95_001)).toBeCloseTo(base(95_001) * 5, 12);
  });

  it('is known for models of another vendor, dearer as a whole above 272,000 tokens of prompt', () => {
    const at = (cacheReadTokens: number) => costOf('gpt-6.1-sol', { ...usage, cacheReadTokens });
    expect(at(267_000)).toBeCloseTo((5000 * 2 + 2000 * 10 + 267_000 * 0.1) / 1e6, 12);
    expect(at(267_001)).toBeCloseTo((5000 * 4 + 2000 * 15 + 267_001 * 0.2) / 1e6, 12);
  });

  it('counts against a budget also where it is not known, as that of a large model', () => {
    expect(chargeOf('claude-opus-5-5', usage)).toBe(costOf('claude-opus-5-5', usage));
    expect(chargeOf('my-gateway/model', usage)).toBe(costOf('claude-opus-5', usage));
  });

  it('is not known for a model that is not in the table', () => {
    expect(costOf('my-gateway/model', usage)).toBeUndefined();
    expect(costOf('toString', usage)).toBeUndefined();
  });
});
