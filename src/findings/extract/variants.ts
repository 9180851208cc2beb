import { replaceEscapes } from './escapes.ts';

/** `trusted`: the reading may be the whole text's; otherwise it is what could be saved of a damaged envelope. */
export type Variant = { text: string; trusted: boolean };

/**
 * Other readings of a text in which no whole list was found: without what a terminal, a mail, a diff or a log put before each line,
 * and without an escaping that was applied once too often. Only those that the text suggests.
 */
export function* variantsOf(text: string): Generator<Variant> {
  for (const prefix of linePrefixes) {
    const stripped = withoutLinePrefix(text, prefix);
    if (stripped !== undefined) yield { text: stripped, trusted: true };
  }
  if (/[{[,]\s*\\"/.test(text)) yield { text: withoutEscaping(text), trusted: /^\s*[{[][\s{[]*\\"/.test(text) };
  if (/&(?:quot|#34|#x22);/i.test(text)) yield { text: withoutEntities(text), trusted: true };
}

const maxLines = 1_000_000;

const linePrefixes = [
  /^\s{0,3}>[ \t]?/, // quoted in Markdown or mail
  /^\s*\d+\s*(?:[:|→│\t]|\s[-|])[ ]?/, // line numbers
  /^\+(?!\+\+)/, // added in a diff
  /^\[?\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?\]?[ \t]?/, // logged with the time
] as const;

/** Without the prefix on every stretch of lines that all have it, where such a stretch holds a bracket. */
function withoutLinePrefix(text: string, prefix: RegExp): string | undefined {
  if (!startsSomeLine(text, prefix)) return undefined;
  const lines = text.split('\n');
  const stripped: string[] = [];
  let found = false;
  for (const line of lines) {
    const rest = line.replace(prefix, '');
    if (rest !== line && /^\s*[{[]/.test(rest)) found = true;
    stripped.push(rest);
  }
  return found ? stripped.join('\n') : undefined;
}

/** Whether one of the first lines has the prefix; a text of too many lines is left alone. */
function startsSomeLine(text: string, prefix: RegExp): boolean {
  let lines = 0;
  let found = false;
  for (let start = 0; start >= 0 && lines <= maxLines; lines++) {
    const end = text.indexOf('\n', start);
    found ||= prefix.test(text.slice(start, Math.min(end < 0 ? text.length : end, start + 100)));
    start = end < 0 ? -1 : end + 1;
  }
  return found && lines <= maxLines;
}

function withoutEscaping(text: string): string {
  return replaceEscapes(text, (whole, at) => {
    const escaped = whole[at + 1] ?? '';
    return { value: escapes.get(escaped) ?? `\\${escaped}`, length: 2 };
  });
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['n', '\n'],
  ['r', ' '],
  ['t', ' '],
]);

function withoutEntities(text: string): string {
  return text
    .replace(/&(?:quot|#34|#x22);/gi, '"')
    .replace(/&(?:apos|#39);/gi, "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
