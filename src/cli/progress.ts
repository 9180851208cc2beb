import type { Progress } from '../flows/ports.ts';
import type { Log } from '../lib/log.ts';
import { toPlainLine } from '../reports/plain-text.ts';
import { renderProgressLine } from '../reports/progress-line.ts';
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
): { show: (progress: Progress) => void; log: Log; end: () => void } {
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
    log: { debug() {}, info: tell, warn: say, error: say },
    end: clear,
  };
}
