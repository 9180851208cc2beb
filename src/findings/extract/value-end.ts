import { closersOf, isEllipsis, isQuote, skipBareKey, skipSpace } from './characters.ts';

/** Where a string stands: a key, the value of a property, or an element of a list. `depth` counts the open containers. */
export type Place = { role: 'key' | 'property' | 'element'; closer: string; depth: number };

/** Keys that structure an agent's output: seen behind `{` or `,` inside what looks like a string, they mean that the string had ended. */
const structuralKeys = new Set(
  (
    'title name description goal severity priority category location file path line evidence reproduce expected actual id issues ' +
    'findings results nextSteps confidence suggestedPrompt prompt cwe question questions assumptions text'
  ).split(' '),
);

/** Whether the quote at `quote` closes a value: what follows it has to be what follows a value. In valid JSON it always does. */
export function endsValue(text: string, quote: number, place: Place): boolean {
  const next = skipSpace(text, quote + 1);
  if (next >= text.length || startsComment(text, next) || isEllipsis(text, next)) return true;
  const char = text[next] ?? '';
  if (char === ',' || char === ';') return startsNext(text, next + 1, place);
  if (char === '}' || char === ']' || char === ')') return closesContainers(text, next, place);
  if (char === ':') return place.role === 'element';
  if (char === '+') return isQuote(text[skipSpace(text, next + 1)]);
  return startsNextWithoutComma(text, quote, next, place);
}

function startsNextWithoutComma(text: string, quote: number, next: number, place: Place): boolean {
  const char = text[next] ?? '';
  if (isQuote(char)) return next > quote + 1 && (place.role === 'element' || looksLikeKey(text, next));
  if (!text.slice(quote, Math.min(next, quote + 200)).includes('\n')) return false;
  return place.role === 'property' ? looksLikeKey(text, next) : char === '{' || char === '[';
}

/** Behind a comma: a key (in an object) or a value (in a list), or the end. */
function startsNext(text: string, from: number, place: Place): boolean {
  const at = skipSpace(text, from);
  const char = text[at];
  if (char === undefined || char === ',' || char === place.closer) return true;
  if (char === '}' || char === ']') return closesContainers(text, at, place);
  if (startsComment(text, at) || isEllipsis(text, at)) return true;
  if (place.role === 'property')
    return looksLikeKey(text, at) || (char === '{' && looksLikeKey(text, skipSpace(text, at + 1)));
  return startsValue(text, at);
}

/** Behind `}` or `]`: every container is closed, or what follows can follow an element. */
function closesContainers(text: string, from: number, place: Place): boolean {
  if (text[from] === ')' && place.closer !== ')') return false;
  let closed = 0;
  let at = from;
  while ('}])'.includes(text[at] ?? ' ')) {
    closed++;
    if (closed >= place.depth) return true;
    at = skipSpace(text, at + 1);
  }
  if (at >= text.length) return true;
  if (text[from] !== place.closer) return text[at] === ',' && looksLikeKey(text, skipSpace(text, at + 1));
  return followsElement(text, from, at);
}

/** Whether what stands behind closed containers (closed from `from` on) can follow an element of the container around them. */
function followsElement(text: string, from: number, at: number): boolean {
  const comma = text[at] === ',' || text[at] === ';';
  const next = comma ? skipSpace(text, at + 1) : at;
  if (next >= text.length || '}]),`'.includes(text[next] ?? '')) return true;
  if (startsComment(text, next) || isEllipsis(text, next) || startsValue(text, next)) return true;
  return looksLikeKey(text, next) || text.slice(from, Math.min(next, from + 400)).includes('\n');
}

const literal = /-?\d|(?:true|false|null|none|undefined|nan)\b/iy;

function startsValue(text: string, at: number): boolean {
  const char = text[at] ?? '';
  if (char === '{' || char === '[' || char === '(' || isQuote(char)) return true;
  literal.lastIndex = at;
  return literal.test(text);
}

function startsComment(text: string, at: number): boolean {
  return text[at] === '#' || text.startsWith('//', at) || text.startsWith('/*', at);
}

/** Whether a key and its colon start here. The look ahead is bounded: a quoted text of 256 characters without an end counts as one. */
export function looksLikeKey(text: string, at: number): boolean {
  const closers = closersOf(text[at]);
  if (closers === undefined) {
    const end = skipBareKey(text, at);
    const colon = skipSpace(text, end);
    return end > at && isColon(text, colon) && text[colon + 1] !== ':' && text[colon + 1] !== '/';
  }
  const stop = Math.min(text.length, at + 256);
  for (let end = at + 1; end < stop; end++) {
    const char = text[end] ?? '';
    if (char === '\\') end++;
    else if (char === '\n') return false;
    else if (closers.includes(char)) {
      const next = skipSpace(text, end + 1);
      // Without a colon only a well-known key counts.
      return isColon(text, next) || (isQuote(text[next]) && structuralKeys.has(text.slice(at + 1, end)));
    }
  }
  return true;
}

function isColon(text: string, at: number): boolean {
  return text[at] === ':' || (text[at] === '=' && text[at + 1] !== '=');
}

/** Whether the quote here opens a well-known key. */
export function opensStructuralKey(text: string, quote: number): boolean {
  const end = skipBareKey(text, quote + 1);
  if (!isQuote(text[end]) || !structuralKeys.has(text.slice(quote + 1, end))) return false;
  return text[skipSpace(text, end + 1)] === ':';
}
