import type { Progress } from '../src/flows/ports.ts';
import type { Log } from '../src/lib/log.ts';

// Often while a person may still be watching, seldom after that (contract section 3).
const earlyPaceMs = 5_000;
const latePaceMs = 60_000;

/** Progress lines in the step's log: at most one in 5 s during the first minute, one in 60 s after; the last one is always told. */
export function createStepProgress(
  log: Pick<Log, 'info'>,
  now: () => number = Date.now,
): { tell: (progress: Progress) => void; end: () => void } {
  const started = now();
  let last = Number.NEGATIVE_INFINITY;
  let untold: string | undefined;
  const say = (line: string) => {
    untold = undefined;
    last = now();
    log.info(line);
  };
  return {
    tell(progress) {
      const elapsed = now() - started;
      const line = lineOf(progress, elapsed);
      const pace = elapsed < 60_000 ? earlyPaceMs : latePaceMs;
      if (now() - last >= pace) say(line);
      else untold = line;
    },
    end() {
      if (untold !== undefined) say(untold);
    },
  };
}

function lineOf(progress: Progress, elapsedMs: number): string {
  const { step, iteration, of, tool, costUsd } = progress;
  return [
    step,
    iteration === undefined ? undefined : `iteration ${iteration} of ${of ?? '?'}`,
    `${Math.round(elapsedMs / 1000)} s`,
    costUsd === undefined ? undefined : `$${costUsd.toFixed(2)}`,
    tool,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}
