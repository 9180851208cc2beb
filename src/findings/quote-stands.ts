import { stripInvisible } from '../publishing/invisible.ts';

// Fewer characters stand in every file.
const shortest = 4;

/**
 * Whether quoted code stands in a text, white space aside; `undefined` where the quote says too little to tell. It errs to yes: the quote's
 * pieces (around what was left out, or replaced by `***` before the quote was recorded) may stand anywhere. A record's quote has no
 * invisible characters, so those of the text do not count either.
 */
export function quoteStands(quote: string, text: string): boolean | undefined {
  const readings = [quote, quote.replace(/^[ \t]*\d+(?:[ \t]*[:|→]|\t)/gm, '')].map(piecesOf);
  const telling = readings.filter((pieces) => pieces.length > 0);
  if (telling.length === 0) return undefined;
  // Nearly always it stands as it did, which is told without a copy of the text.
  if (text.includes(quote)) return true;
  const whole = compact(text);
  return telling.some((pieces) => pieces.every((piece) => whole.includes(piece)));
}

/** How much there is to compare, in characters. */
export function weightOf(quote: string): number {
  return piecesOf(quote).join('').length;
}

/** The longest line: a text into which the quote was moved as it is holds it, too, which is quicker to tell. */
export function longestLine(quote: string): string {
  const lines = quote.split(/\n|\*{3,}/).map((line) => line.replace(lineNumber, '').trim());
  return lines
    .filter((line) => !/^\W*(?:\.{3}|…)/.test(line))
    .reduce((longest, line) => (line.length > longest.length ? line : longest), '');
}

const lineNumber = /^[ \t]*\d+(?:[ \t]*[:|→]|\t)/;

function piecesOf(quote: string): string[] {
  return stripInvisible(quote)
    .split(/\*{3,}|^[ \t]*(?:\/\/|#|\/\*)?[ \t]*(?:\.{3}|…)[ \t]*(?:\*\/)?[ \t]*$/m)
    .map((piece) => piece.replace(/\s+/g, ''))
    .filter((piece) => piece.length >= shortest);
}

// The literal stars of a text are where those of a quote were split.
function compact(text: string): string {
  return stripInvisible(text).replace(/\s+/g, '');
}
