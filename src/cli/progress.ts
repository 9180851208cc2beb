import type { Progress } from '../flows/ports.ts';
import type { Log } from '../lib/log.ts';
import { renderEventLines, renderIteration } from '../reports/event-lines.ts';
import { toPlainLine } from '../reports/plain-text.ts';
import { renderProgressLine } from '../reports/progress-line.ts';
import type { SessionEvent } from '../sessions/session-event.ts';
import { hasColour, isInteractive, type Terminal, widthOf } from './terminal.ts';

const barPaceMs = 80;
const linePaceMs = 3000;

/**
 * Tells on standard error how far a scan is: a bar that is redrawn on a terminal, elsewhere a line every few seconds at most.
 * Log messages keep their own lines. Quiet: warnings and errors only.
 */
export function createProgress(
  { stderr, env }: Pick<Terminal, 'stderr' | 'env'>,
  flags: ReadonlySet<string>,
  now: () => number = Date.now,
): {
  show: (progress: Progress) => void;
  /** Where `--verbose` asks for it; absent: nobody wants to know. */
  watch: ((event: SessionEvent) => void) | undefined;
  log: Log;
  end: () => void;
} {
  const quiet = flags.has('quiet');
  const colour = hasColour(stderr, env, flags);
  const interactive = isInteractive(stderr, env);
  const started = now();
  let last = Number.NEGATIVE_INFINITY;
  let drawn = 0;

  // Spaces instead of an escape sequence: it works without colours too.
  const clear = () => {
    if (drawn > 0) stderr.write(`\r${' '.repeat(drawn)}\r`);
    drawn = 0;
  };
  const say = (message: string) => {
    clear();
    stderr.write(`${toPlainLine(message)}\n`);
  };
  const tell = (message: string) => {
    if (!quiet) say(message);
  };

  // Indented lines stay so: they were cleaned where they were rendered.
  const watch = (event: SessionEvent) => {
    const lines = event.type === 'iteration' ? [renderIteration(event, event.scan)] : renderEventLines(event);
    if (lines.length === 0) return;
    clear();
    for (const line of lines) stderr.write(`${line}\n`);
  };

  return {
    show(progress) {
      const elapsedMs = now() - started;
      const pace = interactive ? barPaceMs : linePaceMs;
      if (quiet || now() - last < pace) return;
      last = now();
      if (!interactive) return say(renderProgressLine(progress, { colour: false, elapsedMs }));
      const width = widthOf(stderr);
      clear();
      stderr.write(renderProgressLine(progress, { width, colour, elapsedMs }));
      drawn = width - 1;
    },
    watch: flags.has('verbose') ? watch : undefined,
    log: { debug() {}, info: tell, warn: say, error: say },
    end: clear,
  };
}
