import { type Fields, fieldsOf, findField, findText } from './fields.ts';
import { mergePlaces, type Place, placeOfFields, understandPlace } from './understand-place.ts';

/** A quote as the agent wrote it; without a path it is the output of a command, or a claim. */
export type QuotedText = { path?: string; startLine?: number; endLine?: number; quote: string };

const evidenceNames = 'evidence evidences proof quotes quote snippets snippet codesnippet code excerpt'.split(' ');
const quoteNames = 'quote code snippet codesnippet text content excerpt evidence output value'.split(' ');

/** The quotes that an issue gives, and what it says in place of one: that is no proof, but no forged one either. */
export function understandEvidence(fields: Fields, place: Place): { quotes: QuotedText[]; claims: string | undefined } {
  const given = findField(fields, evidenceNames);
  const evidence: readonly unknown[] = Array.isArray(given) ? given.slice(0, 200) : [given];
  const claims = evidence.filter((value) => typeof value === 'string' && value.trim() !== '' && !isCode(value));
  return {
    quotes: evidence.flatMap((value) => quoteOf(value, place)),
    claims: claims.length === 0 ? undefined : claims.join('\n'),
  };
}

/** The quotes in one piece of evidence; a bare text is taken to be from the place that the issue names. */
function quoteOf(value: unknown, issue: Place): QuotedText[] {
  if (typeof value === 'string') return isCode(value) ? [{ ...linesOf(issue), quote: withoutFence(value) }] : [];
  const fields = fieldsOf(value);
  const quote = fields && findText(fields, quoteNames);
  if (fields === undefined || quote === undefined) return [];
  const own = mergePlaces(placeOfFields(fields), understandPlace(findField(fields, ['location'])));
  return [
    { ...(own.path === undefined ? linesOf(mergePlaces(own, issue)) : linesOf(own)), quote: withoutFence(quote) },
  ];
}

function linesOf({ symbol: _, ...lines }: Place): Omit<Place, 'symbol'> {
  return lines;
}

/** Code without the Markdown fence around it, and without empty lines at its ends. */
export function withoutFence(text: string): string {
  const trimmed = text.trim();
  const lineEnd = trimmed.indexOf('\n');
  const mark = trimmed.slice(0, 3);
  const isFenced = (mark === '```' || mark === '~~~') && lineEnd > 0 && trimmed.endsWith(mark);
  const code = isFenced ? trimmed.slice(lineEnd + 1, -3) : text;
  return code.trimEnd().replace(/^(?:[ \t]*\n)+/, '');
}

/** Whether a bare text may be quoted code, rather than a sentence about it. */
function isCode(text: string): boolean {
  if (/[{};=<>]|\w\(|^\s*`{3}/.test(text)) return true;
  const isSentence = /^\s*[\p{L}\p{N}'’-]+(?:,? +\S+){3,}/u.test(text);
  return text.trim() !== '' && !isSentence;
}
