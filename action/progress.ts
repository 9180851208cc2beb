import type * as Core from '@actions/core';
import type { Progress } from '../src/flows/ports.ts';

// Often while a person may still be watching, seldom after that (contract section 3).
const earlyPaceMs = 5_000;
const latePaceMs = 60_000;

type Output = Pick<typeof Core, 'info' | 'startGroup' | 'endGroup'>;

/**
 * Progress in the step's log. The steps of a scan: at most a line in 5 s during the first minute, one in 60 s after; the last one is
 * always told. An agent's turns: a log group each, with the names of the tools that it called. Never what was read or found.
 */
export function createStepProgress(
  output: Output,
  now: () => number = Date.now,
): { tell: (progress: Progress) => void; end: () => void } {
  const started = now();
  let last = Number.NEGATIVE_INFINITY;
  let untold: string | undefined;
  let iteration: number | undefined;
  const say = (line: string) => {
    untold = undefined;
    last = now();
    output.info(line);
  };
  const closeGroup = () => {
    if (iteration !== undefined) output.endGroup();
    iteration = undefined;
  };
  const tellStep = (progress: Progress) => {
    closeGroup();
    const elapsed = now() - started;
    const line = lineOf(progress, elapsed);
    if (now() - last >= (elapsed < 60_000 ? earlyPaceMs : latePaceMs)) say(line);
    else untold = line;
  };
  const tellTurn = (progress: Progress) => {
    if (progress.iteration !== iteration) {
      closeGroup();
      iteration = progress.iteration;
      output.startGroup(lineOf(progress, now() - started));
    }
    if (progress.tool) output.info(progress.tool);
  };
  return {
    tell: (progress) => (progress.iteration === undefined ? tellStep(progress) : tellTurn(progress)),
    end() {
      closeGroup();
      if (untold !== undefined) say(untold);
    },
  };
}

function lineOf({ step, iteration, of, costUsd, done }: Progress, elapsedMs: number): string {
  const parts = [
    step,
    done === undefined ? undefined : `${Math.round(done * 100)} %`,
    iteration === undefined ? undefined : `iteration ${iteration} of ${of ?? '?'}`,
    `${Math.round(elapsedMs / 1000)} s`,
    costUsd === undefined ? undefined : `$${costUsd.toFixed(2)}`,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}
