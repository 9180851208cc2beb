import { isQuote, isSpace, skipSpace } from './characters.ts';
import { looksLikeKey } from './value-end.ts';

/** `doubtful`: no literal but words without quotes, so that their end is a guess. */
export type BareToken = { value: unknown; end: number; doubtful: boolean };

const literals: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['True', true],
  ['False', false],
  ['None', null],
  ['undefined', null],
  ['nil', null],
  ['NaN', null],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const otherNumber = /^[+-]?(?:0x[0-9a-f]+|\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Reads a value without quotes: a literal, a number, or words up to where the next thing starts. Always takes at least one character. */
export function readBare(
  text: string,
  start: number,
  place: { role: 'property' | 'element'; closer: string },
): BareToken {
  const end = endOfBare(text, start, place);
  const raw = text.slice(start, end).trim();
  if (literals.has(raw)) return { value: literals.get(raw), end, doubtful: false };
  if (raw.length < 400 && (jsonNumber.test(raw) || otherNumber.test(raw))) {
    return { value: Number(raw.replaceAll('_', '')), end, doubtful: false };
  }
  const quoted = isQuote(text[end]) && !isSpace(text.charCodeAt(start));
  return { value: raw, end: quoted ? end + 1 : Math.max(end, start + 1), doubtful: quoted || /[\s"'{}[\]]/.test(raw) };
}

function endOfBare(text: string, start: number, place: { role: 'property' | 'element'; closer: string }): number {
  let open = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '\n') return at;
    if (open === 0 && endsBare(text, at, place)) return at;
    if ('([{'.includes(char)) open++;
    else if (')]}'.includes(char)) open = Math.max(0, open - 1);
  }
  return text.length;
}

function endsBare(
  text: string,
  at: number,
  { role, closer }: { role: 'property' | 'element'; closer: string },
): boolean {
  const char = text[at] ?? '';
  if (char === closer || char === '}' || char === ']') return true;
  if (char === ',') return role === 'element' || endsProperty(text, at + 1);
  if (char === '{') return role === 'element' && isQuote(text[skipSpace(text, at + 1)]);
  // SQL injection": the closing mark of a string whose opening one is missing.
  if (char === '"') return ',}]'.includes(text[skipSpace(text, at + 1)] ?? ' ');
  return startsTrailingComment(text, at);
}

function endsProperty(text: string, from: number): boolean {
  const at = skipSpace(text, from);
  if (at >= text.length || text.slice(from, Math.min(at, from + 200)).includes('\n')) return true;
  return text[at] === '}' || text[at] === ']' || looksLikeKey(text, at);
}

function startsTrailingComment(text: string, at: number): boolean {
  if (text.startsWith('/*', at)) return true;
  return isSpace(text.charCodeAt(at)) && (text.startsWith('//', at + 1) || text.startsWith('# ', at + 1));
}
