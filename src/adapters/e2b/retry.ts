import { setTimeout as sleep } from 'node:timers/promises';
import { type E2bFailure, toE2bFailure } from './to-e2b-error.ts';

/** How often, and how long to wait in between. */
export type Patience = { attempts: number; firstDelayMs: number; longestDelayMs: number };

export const usualPatience: Patience = { attempts: 6, firstDelayMs: 500, longestDelayMs: 15_000 };

type Options = {
  what: string;
  patience: Patience;
  signal?: AbortSignal;
  /** Whether a failure may pass. What it throws ends the attempts. */
  mayPass?: (failure: E2bFailure) => boolean | Promise<boolean>;
};

/** An attempt that lasted so long is not one of a row of failures. */
const longEnoughMs = 30_000;
const passing = ({ kind }: E2bFailure) => kind === 'transport' || kind === 'busy';

/**
 * Does it again while E2B is busy or out of reach, later each time and never at the same moment as others. (The SDK itself waits as long as
 * a `Retry-After` says.) `work` must be safe to do twice.
 */
export async function withRetries<Result>(
  work: () => Promise<Result>,
  { what, patience, signal, mayPass = passing }: Options,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    const begin = performance.now();
    const tried = await attemptOnce(work, what);
    if ('result' in tried) return tried.result;
    if (performance.now() - begin > longEnoughMs) attempt = 1;
    const enough = signal?.aborted || attempt >= patience.attempts;
    if (enough || !(await mayPass(tried.failure))) throw tried.failure.error;
    await sleep(delayOf(attempt, patience));
  }
}

async function attemptOnce<Result>(
  work: () => Promise<Result>,
  what: string,
): Promise<{ result: Result } | { failure: E2bFailure }> {
  try {
    return { result: await work() };
  } catch (error) {
    return { failure: toE2bFailure(error, what) };
  }
}

/** Doubles each time; half of it is chance. */
function delayOf(attempt: number, { firstDelayMs, longestDelayMs }: Patience): number {
  const full = Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs);
  return full * (0.5 + Math.random() / 2);
}
