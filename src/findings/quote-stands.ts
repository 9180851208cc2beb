import { stripInvisible } from '../publishing/invisible.ts';

// Fewer characters stand in every file.
const shortest = 4;

/**
 * Whether quoted code stands in a text, white space aside; `undefined` where the quote says too little to tell. It errs to yes: the quote's
 * pieces (around what was left out, or replaced by `***` before the quote was recorded) may stand anywhere. A record's quote has no
 * invisible characters, so those of the text do not count either.
 */
export function quoteStands(quote: string, text: string): boolean | undefined {
  const whole = compact(text);
  const readings = [quote, quote.replace(/^[ \t]*\d+(?:[ \t]*[:|→]|\t)/gm, '')].map(piecesOf);
  const telling = readings.filter((pieces) => pieces.length > 0);
  if (telling.length === 0) return undefined;
  return telling.some((pieces) => pieces.every((piece) => whole.includes(piece)));
}

/** How much there is to compare, in characters. */
export function weightOf(quote: string): number {
  return piecesOf(quote).join('').length;
}

/** The longest part without white space: what a text that holds the quote as it is certainly holds, too. */
export function longestWord(quote: string): string {
  const words = quote.split(/\s+|\*{3,}/).filter((word) => !/[.…]{3}|^\d+[:|→]/.test(word));
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

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
