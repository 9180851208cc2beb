/** Where a quote stands in a file: first and last line, from 1. */
export type QuotePlace = { startLine: number; endLine: number };

// Fewer characters stand in every file: they prove nothing.
const shortest = 4;
const mostOccurrences = 1_000;
const widestGap = 200;

/** A file made ready for looking quotes up in it: its text without white space, and the line of each character. */
export type QuoteIndex = { compact: string; lineOf: (at: number) => number; lines: readonly string[] };

/** Takes time and memory linear in the text. */
export function indexForQuotes(text: string): QuoteIndex {
  const lines = text.split(/\r\n|\r|\n/);
  const starts: number[] = [];
  const parts: string[] = [];
  let length = 0;
  for (const line of lines) {
    const part = compact(line);
    starts.push(length);
    parts.push(part);
    length += part.length;
  }
  return { compact: parts.join(''), lineOf: (at) => lastAtMost(starts, at), lines };
}

/**
 * Finds a quote, white space aside, nearest to the claimed line. Lines of the quote that are only an ellipsis may stand for up to 200
 * lines left out; line numbers that a tool printed before the code are overlooked.
 * @returns `undefined` where it is not in the file, or is too short to prove anything.
 */
export function findQuote(index: QuoteIndex, quote: string, claimedLine: number | undefined): QuotePlace | undefined {
  return (
    findPieces(index, toPieces(quote), claimedLine) ?? findPieces(index, toPieces(withoutNumbers(quote)), claimedLine)
  );
}

/** The file's own text of a place. */
export function quoteAt(index: QuoteIndex, { startLine, endLine }: QuotePlace): string {
  return index.lines.slice(startLine - 1, endLine).join('\n');
}

function findPieces(
  index: QuoteIndex,
  pieces: readonly string[],
  claimedLine: number | undefined,
): QuotePlace | undefined {
  const [first, ...rest] = pieces;
  if (first === undefined || pieces.join('').length < shortest) return undefined;
  let best: QuotePlace | undefined;
  let seen = 0;
  for (
    let at = index.compact.indexOf(first);
    at >= 0 && seen < mostOccurrences;
    at = index.compact.indexOf(first, at + 1)
  ) {
    seen += 1;
    const end = followPieces(index, rest, at + first.length);
    if (end === undefined) continue;
    const place = { startLine: index.lineOf(at), endLine: index.lineOf(end - 1) };
    if (claimedLine === undefined) return place;
    if (best && distance(best, claimedLine) <= distance(place, claimedLine)) break;
    best = place;
  }
  return best;
}

/** The end of the last piece, each being looked for after the one before. */
function followPieces(index: QuoteIndex, pieces: readonly string[], from: number): number | undefined {
  let end = from;
  for (const piece of pieces) {
    const at = index.compact.indexOf(piece, end);
    if (at < 0 || index.lineOf(at) - index.lineOf(end - 1) > widestGap) return undefined;
    end = at + piece.length;
  }
  return end;
}

function distance({ startLine, endLine }: QuotePlace, line: number): number {
  if (line >= startLine && line <= endLine) return 0;
  return Math.min(Math.abs(line - startLine), Math.abs(line - endLine));
}

function toPieces(quote: string): string[] {
  return quote
    .split(/^[ \t]*(?:\/\/|#|\/\*)?[ \t]*(?:\.{3}|…)[ \t]*(?:\*\/)?[ \t]*$/m)
    .map(compact)
    .filter((piece) => piece !== '');
}

function withoutNumbers(quote: string): string {
  return quote.replace(/^[ \t]*\d+(?:[ \t]*[:|→]|\t)/gm, '');
}

function compact(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Number, from 1, of the last of the ascending starts that is not above `at`; of several equal ones the last, as empty lines hold nothing. */
function lastAtMost(starts: readonly number[], at: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
