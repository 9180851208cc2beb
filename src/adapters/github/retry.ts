import type { Log } from '../../lib/log.ts';
import { isLimited, understandFailure, waitOf } from './failure.ts';

export type Patience = {
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
  log: Log;
};

const tries = 3;
const longestWait = 60_000;

/**
 * Calls GitHub up to three times. What GitHub certainly did not do (its limits) is repeated after the time it asks for, up to a minute; a
 * server error or no answer at all only where `repeatable`: a create whose answer was lost would otherwise be made twice.
 */
export async function withRetry<Answer>(
  call: () => Promise<Answer>,
  { repeatable, what, patience }: { repeatable: boolean; what: string; patience: Patience },
): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const wait = pause(error, attempt, repeatable, patience.now());
      if (wait === undefined || attempt === tries) throw error;
      const seconds = Math.ceil(wait / 1000);
      const failure = understandFailure(error);
      patience.log.debug(`${what}: ${failure?.status ?? 'no answer'}, again in ${seconds} s`);
      if (wait >= 5000) patience.log.info(`GitHub asks to wait ${seconds} s`);
      await patience.sleep(wait);
    }
  }
}

/** Milliseconds to wait before the next try; `undefined` where there must be none. */
function pause(error: unknown, attempt: number, repeatable: boolean, now: number): number | undefined {
  const failure = understandFailure(error);
  if (!failure) return undefined;
  if (isLimited(failure)) {
    const wait = waitOf(failure, now);
    return wait <= longestWait ? wait : undefined;
  }
  const broken = failure.status === undefined || failure.status >= 500;
  // Exponential with full jitter on the upper half, so that writers which failed together do not come back together.
  return broken && repeatable ? 500 * 2 ** (attempt - 1) * (0.5 + Math.random() / 2) : undefined;
}
