/** Where a quote stands in a file: first and last line, from 1. */
export type QuotePlace = { startLine: number; endLine: number };

// Fewer characters stand in every file: they prove nothing.
const shortest = 4;
const mostOccurrences = 1_000;
const widestGap = 200;
const longestLines = 2_000;

/** A file made ready for looking quotes up in it: its text without white space, and where in it each line starts. */
export type QuoteIndex = { compact: string; starts: readonly number[]; lines: readonly string[] };

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
  return { compact: parts.join(''), starts, lines };
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

/** Whether a quote is so short that it stands in every file: it proves nothing, and disproves nothing either. */
export function isTooShort(quote: string): boolean {
  return toPieces(quote).join('').length < shortest;
}

/**
 * The file's own text of the lines where a quote was found. Where the quote leaves lines out, or shows a small part of endless ones, it
 * stays as it is: what was left out may be long, or a secret.
 */
export function quoteAt(index: QuoteIndex, { startLine, endLine }: QuotePlace, quote: string): string {
  const lines = index.lines.slice(startLine - 1, endLine).join('\n');
  const isWhole = toPieces(quote).length === 1 && lines.length <= Math.max(longestLines, 2 * quote.length);
  return isWhole ? lines : quote;
}

function findPieces(
  index: QuoteIndex,
  pieces: readonly string[],
  claimedLine: number | undefined,
): QuotePlace | undefined {
  const [first, ...rest] = pieces;
  if (first === undefined || pieces.join('').length < shortest) return undefined;
  let best: QuotePlace | undefined;
  for (const at of occurrences(index.compact, first)) {
    const end = followPieces(index, rest, at + first.length);
    if (end === undefined) continue;
    const place = { startLine: lastAtMost(index.starts, at), endLine: lastAtMost(index.starts, end - 1) };
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
    const farthest = index.starts[lastAtMost(index.starts, end - 1) + widestGap] ?? index.compact.length;
    const at = index.compact.slice(end, farthest + piece.length).indexOf(piece);
    if (at < 0) return undefined;
    end += at + piece.length;
  }
  return end;
}

/** Where the pattern stands in the text, in order. Knuth-Morris-Pratt: linear also where text and pattern are made to be slow. */
function* occurrences(text: string, pattern: string): Generator<number> {
  const fallback = fallbacksOf(pattern);
  let found = 0;
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    while (length > 0 && char !== pattern.charCodeAt(length)) length = fallback[length - 1] ?? 0;
    if (char === pattern.charCodeAt(length)) length++;
    if (length < pattern.length) continue;
    yield at - length + 1;
    if (++found >= mostOccurrences) return;
    length = fallback[length - 1] ?? 0;
  }
}

/** For each prefix of the pattern: how much of it is known to match when the next character does not. */
function fallbacksOf(pattern: string): Uint32Array {
  const fallback = new Uint32Array(pattern.length);
  let length = 0;
  for (let at = 1; at < pattern.length; at++) {
    while (length > 0 && pattern.charCodeAt(at) !== pattern.charCodeAt(length)) length = fallback[length - 1] ?? 0;
    if (pattern.charCodeAt(at) === pattern.charCodeAt(length)) length++;
    fallback[at] = length;
  }
  return fallback;
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
