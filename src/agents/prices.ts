import type { Usage } from './usage.ts';

/** US dollars per million tokens. `cacheWrite` is the five-minute cache's. */
export type Rates = { input: number; output: number; cacheRead: number; cacheWrite: number };

/** `above`: the rates of a whole request whose prompt has more tokens than that. */
type Price = Rates & { above?: { promptTokens: number; rates: Rates } };

const at = (input: number, output: number, cacheRead: number, cacheWrite: number): Rates => ({
  input,
  output,
  cacheRead,
  cacheWrite,
});

const opus = at(5, 25, 0.5, 6.25);
const sonnet4 = at(3, 15, 0.3, 3.75);
const haiku45 = at(1, 5, 0.1, 1.25);
const large52 = at(8, 40, 0.2, 10);
const large51 = at(10, 50, 0.25, 12.5);
const large5 = at(10, 50, 1, 12.5);

/** List prices of November 2026, newest models first. `undefined`: offered by invitation, without a list price. */
const prices = {
  'claude-fable-5-2': large52,
  'claude-mythos-5-2': large52,
  'claude-haiku-5-5': {
    ...at(0.1, 0.5, 0.01, 0.125),
    above: { promptTokens: 100_000, rates: at(0.5, 2.5, 0.05, 0.625) },
  },
  'claude-sonnet-5-5': at(2, 10, 0.1, 2.5),
  'claude-fable-5-1': large51,
  'claude-opus-5-5': at(4, 20, 0.2, 5),
  'claude-mythos-5-1': large51,
  'claude-sonnet-5': at(2, 10, 0.2, 2.5),
  'claude-fable-5': large5,
  'claude-mythos-5': large5,
  'claude-opus-5': opus,
  'claude-opus-4-8': opus,
  'claude-opus-4-7': opus,
  'claude-mythos-preview': undefined,
  'claude-opus-4-6': opus,
  'claude-sonnet-4-6': sonnet4,
  'claude-haiku-4-5': haiku45,
  'claude-haiku-4-5-20251001': haiku45,
  'claude-opus-4-5': opus,
  'claude-opus-4-5-20251101': opus,
  'claude-sonnet-4-5': sonnet4,
  'claude-sonnet-4-5-20250929': sonnet4,
} as const satisfies Record<string, Price | undefined>;

/** The models whose ids we know; any other id works too, without a price. */
export const models: readonly string[] = Object.keys(prices);

/** The newest model of the Opus class. */
export const defaultModel = 'claude-opus-5-5';

/**
 * List prices of other vendors, as third parties tell them; a write into the cache costs nothing of its own there. A model that is not here has no
 * price.
 */
const openAi = (input: number, output: number, cacheRead: number): Price => ({
  ...at(input, output, cacheRead, input),
  above: { promptTokens: 272_000, rates: at(2 * input, 1.5 * output, 2 * cacheRead, 2 * input) },
});
const others = {
  'gpt-6.1-sol': openAi(2, 10, 0.1),
  'gpt-6.1-terra': openAi(1, 5, 0.05),
  'gpt-6-luna': openAi(0.1, 0.5, 0.01),
} as const satisfies Record<string, Price>;

const table: ReadonlyMap<string, Price | undefined> = new Map<string, Price | undefined>(
  Object.entries({ ...prices, ...others }),
);

/** What the tokens of a model without a price count for: as much as those of a large model in everyday use. */
const assumed: Rates = opus;

/** US dollars of one request (the tier depends on its prompt, so sums of requests cannot be priced), or `undefined` for a model without a price. */
export function costOf(model: string, usage: Usage): number | undefined {
  const rates = ratesOf(model, promptTokensOf(usage));
  return rates && priceAt(rates, usage);
}

/** US dollars that one request counts for against a budget: its cost, or where that is not known what its tokens stand for. */
export function chargeOf(model: string, usage: Usage): number {
  return costOf(model, usage) ?? priceAt(assumed, usage);
}

function priceAt(rates: Rates, usage: Usage): number {
  const micros =
    usage.inputTokens * rates.input +
    usage.outputTokens * rates.output +
    usage.cacheReadTokens * rates.cacheRead +
    usage.cacheWriteTokens * rates.cacheWrite;
  return micros / 1_000_000;
}

/** The prompt's size above which a model costs more, where it has such a cliff. */
export function cliffOf(model: string): number | undefined {
  return table.get(model)?.above?.promptTokens;
}

/** All tokens that went in, cached or not. */
export function promptTokensOf(usage: Usage): number {
  return usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
}

/** The rates of a request with a prompt of that size, or `undefined` for a model without a price. */
export function ratesOf(model: string, promptTokens: number): Rates | undefined {
  const price = table.get(model);
  return price?.above && promptTokens > price.above.promptTokens ? price.above.rates : price;
}

/** The rates at which a request counts against a budget. */
export function chargedRatesOf(model: string, promptTokens: number): Rates {
  return ratesOf(model, promptTokens) ?? assumed;
}

/** For people: that a budget in dollars is one in tokens for this model. `undefined` where its price is known. */
export function noteUnknownPrice(model: string): string | undefined {
  if (ratesOf(model, 0)) return undefined;
  const { input, output, cacheRead } = assumed;
  return `The price of ${model} is not known: against the budget a million of its tokens count as $${input} read, $${cacheRead.toFixed(2)} read from the cache and $${output} written.`;
}
