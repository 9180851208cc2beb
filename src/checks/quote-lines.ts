import type { Evidence } from '../findings/finding.ts';

const maxLines = 5;
const maxWidth = 300;

/**
 * The lines of a place as evidence, word for word: at most 5 lines, each cut after 300 characters.
 * `undefined` where the file has no such lines or nothing but white space there.
 */
export function quoteLines(
  text: string | undefined,
  { path, startLine, endLine = startLine }: { path?: string; startLine?: number; endLine?: number },
): Evidence | undefined {
  if (text === undefined || path === undefined || startLine === undefined || endLine === undefined) return undefined;
  const last = Math.min(endLine, startLine + maxLines - 1);
  const lines = text.split(/\r?\n/).slice(startLine - 1, last);
  const long = lines.findIndex((line) => line.length > maxWidth);
  // A quote that is cut in its middle would be no quote: after a line that is too long, nothing follows.
  const kept = long < 0 ? lines : [...lines.slice(0, long), lines[long]?.slice(0, maxWidth) ?? ''];
  const end = kept.findLastIndex((line) => line.trim() !== '');
  if (end < 0) return undefined;
  return { path, startLine, endLine: startLine + end, quote: kept.slice(0, end + 1).join('\n') };
}
