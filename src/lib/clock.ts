/** Wall-clock time. `now` is milliseconds since the epoch. */
export interface Clock {
  now(): number;
  /** Waits, in milliseconds; absent where real time is meant. */
  sleep?(milliseconds: number): Promise<void>;
}

export function sleepBy(clock: Clock, milliseconds: number): Promise<void> {
  return clock.sleep?.(milliseconds) ?? new Promise((resolve) => setTimeout(resolve, milliseconds));
}

export const systemClock: Clock = { now: () => Date.now() };

/** ISO 8601 in UTC without milliseconds: 2026-11-20T10:00:00Z. */
export function isoTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
