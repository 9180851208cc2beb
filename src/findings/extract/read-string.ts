import { closersOf, isSpace } from './characters.ts';
import { decodeEscapes } from './escapes.ts';
import { endsValue, opensStructuralKey, type Place } from './value-end.ts';

/**
 * `end` is where reading goes on. `closed`: its closing mark was found. `doubtful`: where it ends was a guess (unescaped quotes, a
 * missing closing mark). `rescanned` characters will be read a second time.
 */
export type StringToken = { value: string; end: number; closed: boolean; doubtful: boolean; rescanned: number };

/**
 * Reads the string that starts at `start` (its opening mark), valid or not: raw line breaks, unescaped quotes, unknown escapes and a
 * missing closing mark are understood. A valid JSON string is always read as JSON.parse reads it.
 *
 * `rescans` is how many characters may still be read twice; where it is spent, a string is not ended in hindsight any more.
 */
export function readString(text: string, start: number, place: Place, rescans: number): StringToken {
  if (isTriple(text, start)) return readTriple(text, start);
  const closers = closersOf(text[start]) ?? '"';
  const marks = place.role === 'key' ? `${closers}\n` : closers;
  let refused = -1;
  for (let at = nextMark(text, start + 1, marks); at < text.length; at = nextMark(text, at + 1, marks)) {
    if (text[at] === '\n') return token(text, start, at, { resume: at });
    const end = endAt(text, { start, quote: at, refused, place, rescans });
    if (end !== undefined) return end;
    if (refused < 0) refused = at;
  }
  return { value: '', end: text.length, closed: false, doubtful: true, rescanned: 0 };
}

/** The next of the marks that no backslash escapes, or the length (or more). */
function nextMark(text: string, from: number, marks: string): number {
  let at = from;
  while (at < text.length && !marks.includes(text[at] ?? '')) at += text[at] === '\\' ? 2 : 1;
  return at;
}

type Quote = { start: number; quote: number; refused: number; place: Place; rescans: number };

/** The string, where the quote ends it, or proves that it had ended before. */
function endAt(text: string, { start, quote, refused, place, rescans }: Quote): StringToken | undefined {
  if (place.role === 'key' || endsValue(text, quote, place)) {
    return { ...token(text, start, quote, { resume: quote + 1 }), closed: true, doubtful: refused >= 0 };
  }
  const end = opensStructuralKey(text, quote) ? endBefore(text, { start, quote, refused }) : undefined;
  if (end === undefined || quote - end.resume >= rescans) return undefined;
  return { ...token(text, start, end.at, end), closed: true, rescanned: quote - end.resume };
}

function token(text: string, start: number, end: number, { resume }: { resume: number }): StringToken {
  return { value: decodeEscapes(text.slice(start + 1, end)), end: resume, closed: false, doubtful: true, rescanned: 0 };
}

function isTriple(text: string, at: number): boolean {
  return text.startsWith('"""', at) || text.startsWith("'''", at);
}

function readTriple(text: string, start: number): StringToken {
  const end = text.indexOf(text.slice(start, start + 3), start + 3);
  if (end < 0) return { value: '', end: text.length, closed: false, doubtful: true, rescanned: 0 };
  return { value: decodeEscapes(text.slice(start + 3, end)), end: end + 3, closed: true, doubtful: true, rescanned: 0 };
}

/**
 * A quote that opens a well-known key behind `,` or a line break, or behind the `{` of a next element: the string ended at the first
 * refused quote, or, where there was none, before that `,` or `{`.
 */
function endBefore(
  text: string,
  { start, quote, refused }: Pick<Quote, 'start' | 'quote' | 'refused'>,
): End | undefined {
  const before = backOverSpace(text, quote - 1, start);
  if (text[before] === '{') return endBeforeElement(text, { start, brace: before, refused });
  // "A bug", note to self: check this
  if (refused >= 0) return text[refused + 1] === ',' ? { at: refused, resume: refused + 1 } : undefined;
  if (text[before] === ',') return { at: before, resume: before };
  return text.slice(before + 1, quote).includes('\n') ? { at: before + 1, resume: before + 1 } : undefined;
}

type End = { at: number; resume: number };

function endBeforeElement(
  text: string,
  { start, brace, refused }: { start: number; brace: number; refused: number },
): End | undefined {
  const before = backOverSpace(text, brace - 1, start);
  const startsElement = '}],['.includes(text[before] ?? '') || text.slice(before + 1, brace).includes('\n');
  if (!startsElement) return undefined;
  if (refused >= 0) return { at: refused, resume: refused + 1 };
  const end = backOver(text, brace - 1, start, /[\s,{}[\]]/) + 1;
  return { at: end, resume: end };
}

function backOverSpace(text: string, from: number, start: number): number {
  let at = from;
  while (at > start && from - at < 200 && isSpace(text.charCodeAt(at))) at--;
  return at;
}

function backOver(text: string, from: number, start: number, skipped: RegExp): number {
  let at = from;
  while (at > start && from - at < 200 && skipped.test(text[at] ?? '')) at--;
  return at;
}
