import { costText, elapsedText } from './measures.ts';
import { fitStart, padTo, toPlainLine } from './plain-text.ts';

/** What a person watching sees (flows/ports.ts has the same shape). */
export type ReportedProgress = {
  step: string;
  /** 0 to 1 where it can be told. */
  done?: number;
  iteration?: number;
  of?: number;
  tool?: string;
  costUsd?: number;
};

/**
 * One line on how far the session is, without a line end.
 *
 * With a `width` it is a terminal's: a bar and at most `width - 1` columns, so that no terminal wraps it. Without one it is a plain line
 * for a log.
 */
export function renderProgressLine(
  progress: ReportedProgress,
  { width, colour, elapsedMs }: { width?: number; colour: boolean; elapsedMs: number },
): string {
  const details = detailsOf(progress, elapsedMs);
  if (width === undefined) return [shareText(progress.done), ...details].filter((text) => text !== '').join(', ');
  const bar = width < 50 ? '' : `${renderBar(progress.done, { colour, elapsedMs })} `;
  const room = width - 1 - (bar === '' ? 0 : barWidth + 1);
  return bar + fitStart([padTo(shareText(progress.done), 4), ...details].join('  ').trimEnd(), Math.max(8, room));
}

function detailsOf({ step, iteration, of, tool, costUsd }: ReportedProgress, elapsedMs: number): string[] {
  return [
    toPlainLine(step),
    iteration === undefined ? '' : `iteration ${iteration}${of === undefined ? '' : ` of ${of}`}`,
    toPlainLine(tool ?? ''),
    elapsedText(elapsedMs),
    costUsd === undefined ? '' : costText(costUsd),
  ].filter((text) => text !== '');
}

function shareText(done: number | undefined): string {
  return done === undefined || Number.isNaN(done) ? '' : `${Math.floor(clamp(done) * 100)}%`;
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

const barWidth = 20;

/** Where the share is not known, a short run wanders along the bar. */
function renderBar(done: number | undefined, { colour, elapsedMs }: { colour: boolean; elapsedMs: number }): string {
  const known = done !== undefined && !Number.isNaN(done);
  const length = known ? Math.floor(clamp(done) * barWidth) : 4;
  const start = known ? 0 : Math.floor(Math.max(0, elapsedMs) / 200) % (barWidth - length + 1);
  const parts = ['░'.repeat(start), '█'.repeat(length), '░'.repeat(barWidth - start - length)];
  return colour ? `${parts[0]}\u001b[36m${parts[1]}\u001b[0m${parts[2]}` : parts.join('');
}
