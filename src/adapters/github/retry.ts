import { isoTime } from '../../lib/clock.ts';
import { OutOfTimeError } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import { type Failure, isLimited, understandFailure, waitOf } from './failure.ts';

export type Patience = {
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
  log: Log;
  /** Until when GitHub's limits are waited for; without one three times a minute at most. */
  deadline?: number;
};

const tries = 3;
const longestWait = 60_000;

/**
 * Calls GitHub up to three times. What GitHub certainly did not do (its limits) is repeated after the time it asks for: up to a minute, or,
 * where there is a deadline, as often and as long as that allows. A server error or no answer at all only where `repeatable`: a create
 * whose answer was lost would otherwise be made twice.
 *
 * @throws OutOfTimeError when GitHub asks to wait beyond the deadline.
 */
export async function withRetry<Answer>(
  call: () => Promise<Answer>,
  { repeatable, what, patience }: { repeatable: boolean; what: string; patience: Patience },
): Promise<Answer> {
  const met = { limits: 0, breaks: 0 };
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const failure = understandFailure(error);
      const wait = failure && pause(failure, { met, repeatable, patience, cause: error });
      if (wait === undefined) throw error;
      const seconds = Math.ceil(wait / 1000);
      patience.log.debug(`${what}: ${failure?.status ?? 'no answer'}, again in ${seconds} s`);
      if (wait >= 5000) patience.log.info(`GitHub asks to wait ${seconds} s`);
      await patience.sleep(wait);
    }
  }
}

type Met = { limits: number; breaks: number };

/** Milliseconds to wait before the next try; `undefined` where there must be none. */
function pause(
  failure: Failure,
  { met, repeatable, patience, cause }: { met: Met; repeatable: boolean; patience: Patience; cause: unknown },
): number | undefined {
  const isLimit = isLimited(failure);
  met[isLimit ? 'limits' : 'breaks'] += 1;
  if (!isLimit) return met.breaks >= tries ? undefined : brokenPause(failure, met.breaks, repeatable);
  if (patience.deadline === undefined && met.limits >= tries) return undefined;
  return limitPause(waitOf(failure, patience.now(), met.limits), patience, cause);
}

/** @returns `undefined` where it is too long to wait for. */
function limitPause(wait: number, { now, deadline }: Patience, cause: unknown): number | undefined {
  if (deadline === undefined) return wait <= longestWait ? wait : undefined;
  const until = now() + wait;
  if (until <= deadline) return wait;
  throw new OutOfTimeError(`GitHub's rate limit asks to wait until ${isoTime(until)}.`, { cause });
}

/** Milliseconds to wait before the next try; `undefined` where there must be none. */
function brokenPause({ status }: Failure, breaks: number, repeatable: boolean): number | undefined {
  const broken = status === undefined || status >= 500;
  // Exponential with full jitter on the upper half, so that writers which failed together do not come back together.
  return broken && repeatable ? 500 * 2 ** (breaks - 1) * (0.5 + Math.random() / 2) : undefined;
}
