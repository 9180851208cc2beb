import type { AgentTask } from './agent.ts';
import { ratesOf } from './prices.ts';

export type Limit = 'iterations' | 'budget' | 'timeout';

/** What a session has used when a turn is about to be taken. */
export type Spent = {
  iterations: number;
  costUsd: number | undefined;
  elapsedMs: number;
  /** An upper estimate of the tokens that the next request sends. */
  promptTokens: number;
  /** Whether the transcript may have to be summarised first, which reads it once more and writes too. */
  summary?: boolean;
};

/** Which turn may be taken now: a working one, the one for wrapping up, or none. `maxTokens` is what it may write. */
export type Allowance =
  | { turn: 'work'; maxTokens: number }
  | { turn: 'wrap-up'; limit: Limit; maxTokens: number }
  | { turn: 'none'; limit: Limit };

/** Enough to report what is left and to say good-bye. */
const wrapUpTokens = 8000;
/** Less than this is not worth a turn: the model would be cut off before it acts. */
const leastTokens = 1024;

type Limits = Pick<AgentTask, 'model' | 'maxTokens' | 'maxIterations' | 'budgetUsd' | 'timeoutMs'>;

/**
 * Decides before each turn. The budget holds even at the turn's worst case (nothing cached, all tokens written) and keeps
 * the wrap-up turn's in reserve; a turn may write less than `maxTokens` to stay within it. An unknown price limits nothing.
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
function affordableTokens({ model, budgetUsd }: Limits, spent: Spent): { work: number; wrapUp: number } {
  const { costUsd, promptTokens } = spent;
  const rates = ratesOf(model, promptTokens);
  if (costUsd === undefined || !rates) return { work: Infinity, wrapUp: Infinity };
  const requests = spent.summary ? 2 : 1;
  const left = (budgetUsd - costUsd) * 1_000_000;
  const prompt = promptTokens * rates.cacheWrite;
  const reserve = (promptTokens + 2 * wrapUpTokens) * rates.cacheWrite + wrapUpTokens * rates.output;
  return {
    work: Math.floor((left - requests * prompt - reserve) / (requests * rates.output)),
    wrapUp: Math.floor((left - prompt) / rates.output),
  };
}
