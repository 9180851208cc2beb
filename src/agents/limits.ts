import type { AgentTask } from './agent.ts';
import { chargedRatesOf } from './prices.ts';

export type Limit = 'iterations' | 'budget' | 'timeout';

/** What a session has used when a turn is about to be taken. */
export type Spent = {
  iterations: number;
  /** `undefined`: not known; then what the purse has left holds alone. */
  costUsd: number | undefined;
  /** What the session's purse has left for this agent. */
  availableUsd: number;
  elapsedMs: number;
  /** An upper estimate of the tokens that the next request sends. */
  promptTokens: number;
  /** Whether the service may summarise the transcript within the next request, which reads it once more and writes too. */
  summary?: boolean;
};

/** Which turn may be taken now: a working one, the one for wrapping up, or none. `maxTokens` is what it may write. */
export type Allowance =
  | { turn: 'work'; maxTokens: number }
  | { turn: 'wrap-up'; limit: Limit; maxTokens: number }
  | { turn: 'none'; limit: Limit };

/** Enough to report what is left and to say good-bye. */
const wrapUpTokens = 8000;
/** A prompt that begins with a summary. */
const summaryTokens = 32_000;
/** Less than this is not worth a turn: the model would be cut off before it acts. */
const leastTokens = 1024;

type Limits = Pick<AgentTask, 'model' | 'maxTokens' | 'maxIterations' | 'budgetUsd' | 'timeoutMs'>;

/**
 * Decides before each turn. The budget holds even at the turn's worst case (nothing cached, all tokens written) and keeps
 * the wrap-up turn's in reserve; a turn may write less than `maxTokens` to stay within it. Where a price
 * is not known, the budget is one in tokens (`chargeOf`).
 */
export function allowTurn(limits: Limits, spent: Spent): Allowance {
  const output = affordableTokens(limits, spent);
  if (spent.elapsedMs >= workingTime(limits.timeoutMs)) return wrapUp('timeout', limits, output);
  if (spent.iterations >= limits.maxIterations) return wrapUp('iterations', limits, output);
  if (output.work < Math.min(limits.maxTokens, wrapUpTokens)) return wrapUp('budget', limits, output);
  return { turn: 'work', maxTokens: Math.min(limits.maxTokens, output.work) };
}

/** Milliseconds of the session for work; the rest is for the wrap-up turn: a fifth, two minutes at most. */
export function workingTime(timeoutMs: number): number {
  return timeoutMs - Math.min(120_000, timeoutMs / 5);
}

function wrapUp(limit: Limit, { maxTokens }: Limits, output: { wrapUp: number }): Allowance {
  const allowed = Math.min(maxTokens, wrapUpTokens, output.wrapUp);
  if (allowed < Math.min(maxTokens, leastTokens)) return { turn: 'none', limit };
  return { turn: 'wrap-up', limit, maxTokens: allowed };
}

/** How many tokens the budget lets the next turn write: as a working turn (the wrap-up after it stays affordable) or as the last one. */
function affordableTokens(limits: Limits, spent: Spent): { work: number; wrapUp: number } {
  const leftUsd = affordableUsd(limits, spent);
  const { requests, promptUsd, tokenUsd, wrapUpUsd } = worstCaseOf(limits, spent);
  return {
    work: Math.floor((leftUsd - requests * promptUsd - wrapUpUsd) / (requests * tokenUsd)),
    wrapUp: Math.floor((leftUsd - promptUsd) / tokenUsd),
  };
}

/** US dollars that the next turn may cost. */
function affordableUsd({ budgetUsd }: Limits, { costUsd = 0, availableUsd }: Spent): number {
  return Math.min(budgetUsd - costUsd, availableUsd);
}

/** US dollars to set aside before a turn: its worst case and, where it is not the last, that of the wrap-up turn after it. */
export function setAsideFor(
  limits: Limits,
  spent: Spent,
  { turn, maxTokens }: Exclude<Allowance, { turn: 'none' }>,
): number {
  const { requests, promptUsd, tokenUsd, wrapUpUsd } = worstCaseOf(limits, spent);
  const oneUsd = promptUsd + maxTokens * tokenUsd;
  return turn === 'wrap-up' ? oneUsd : requests * oneUsd + wrapUpUsd;
}

/** Whether a request that broke off may be sent again: its worst case is still within the budget. */
export function mayTryAgain(limits: Limits, spent: Spent, maxTokens: number): boolean {
  const leftUsd = affordableUsd(limits, spent);
  const worst = worstCaseOf(limits, spent);
  return worst.promptUsd + maxTokens * worst.tokenUsd <= leftUsd;
}

type WorstCase = {
  /** Requests that the next turn may take. */
  requests: number;
  /** US dollars of the prompt, nothing of it cached, and of each token written. */
  promptUsd: number;
  tokenUsd: number;
  /** US dollars of the wrap-up turn after it. */
  wrapUpUsd: number;
};

function worstCaseOf({ model }: Limits, { promptTokens, summary }: Spent): WorstCase {
  const rates = chargedRatesOf(model, promptTokens);
  const million = 1_000_000;
  // After a summary the turn to wrap up is a small one.
  const transcript = summary ? summaryTokens : promptTokens;
  return {
    requests: summary ? 2 : 1,
    promptUsd: (promptTokens * rates.cacheWrite) / million,
    tokenUsd: rates.output / million,
    wrapUpUsd: ((transcript + 2 * wrapUpTokens) * rates.cacheWrite + wrapUpTokens * rates.output) / million,
  };
}
