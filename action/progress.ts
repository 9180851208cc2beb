import type * as Core from '@actions/core';
import type { Progress } from '../src/flows/ports.ts';
import { renderEventLines, renderIteration } from '../src/reports/event-lines.ts';
import { costText } from '../src/reports/measures.ts';
import { toPlainLine } from '../src/reports/plain-text.ts';
import type { SessionEvent } from '../src/sessions/session-event.ts';

// Often while a person may still be watching, seldom after that (contract section 3).
const earlyPaceMs = 5_000;
const latePaceMs = 60_000;

type Output = Pick<typeof Core, 'info' | 'startGroup' | 'endGroup'>;

type StepProgress = {
  tell: (progress: Progress) => void;
  watch: (event: SessionEvent) => void;
  end: () => void;
};

/**
 * Progress in the step's log. The steps of a scan: at most a line in 5 s during the first minute, one in 60 s after; the last one is
 * always told. An agent's turns: a log group each, with its tools, what they gave, what it said and thought. GitHub's groups do not nest, so
 * all of it stands in the turn's. On a public repository the events hold names, counts and cost alone, and so does the log.
 */
export function createStepProgress(output: Output, now: () => number = Date.now): StepProgress {
  const started = now();
  const group = createGroup(output);
  let last = Number.NEGATIVE_INFINITY;
  let untold: string | undefined;
  const say = (line: string) => {
    untold = undefined;
    last = now();
    output.info(line);
  };
  return {
    tell(progress) {
      // The events of a turn say more.
      if (progress.iteration !== undefined) return;
      group.close();
      const elapsed = now() - started;
      const line = lineOf(progress, elapsed);
      if (now() - last >= (elapsed < 60_000 ? earlyPaceMs : latePaceMs)) say(line);
      else untold = line;
    },
    watch: (event) => group.watch(event, now() - started),
    end() {
      group.close();
      if (untold !== undefined) say(untold);
    },
  };
}

/** One group per turn. What agents do side by side is told by the name of the scan. */
function createGroup(output: Output) {
  let open: { scan: string | undefined } | undefined;
  let totalUsd: number | undefined;
  const close = () => {
    if (open) output.endGroup();
    open = undefined;
  };
  return {
    close,
    watch(event: SessionEvent, elapsedMs: number) {
      if (event.type === 'iteration') {
        close();
        open = { scan: event.scan };
        const parts = [renderIteration(event, event.scan), secondsText(elapsedMs), ...dollars(totalUsd)];
        output.startGroup(parts.join(' · '));
        return;
      }
      if (event.type === 'model-call') totalUsd = event.totalUsd;
      if (event.type === 'agent-ended' || event.scan === undefined) close();
      const other = event.scan !== undefined && open && event.scan !== open.scan ? `${toPlainLine(event.scan)}: ` : '';
      for (const line of renderEventLines(event)) output.info(`${other}${line}`);
    },
  };
}

function lineOf({ step, costUsd, done }: Progress, elapsedMs: number): string {
  const share = done === undefined ? [] : [`${Math.round(done * 100)} %`];
  return [step, ...share, secondsText(elapsedMs), ...dollars(costUsd)].join(' · ');
}

function secondsText(milliseconds: number): string {
  return `${Math.round(milliseconds / 1000)} s`;
}

function dollars(usd: number | undefined): string[] {
  return usd === undefined ? [] : [costText(usd)];
}
