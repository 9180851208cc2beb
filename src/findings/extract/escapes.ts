/**
 * Text with every backslash sequence replaced by what `decode` makes of it. `length` units belong to the sequence, the backslash
 * included. Linear in time and memory, also where the text is nothing but escapes.
 */
export function replaceEscapes(
  text: string,
  decode: (text: string, at: number) => { value: string; length: number },
): string {
  const chunks: string[] = [];
  let parts: string[] = [];
  let end = 0;
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', end)) {
    const { value, length } = decode(text, at);
    parts.push(text.slice(end, at), value);
    end = at + length;
    if (parts.length > 10_000) {
      chunks.push(parts.join(''));
      parts = [];
    }
  }
  chunks.push(...parts, text.slice(end));
  return chunks.join('');
}

/** What the inside of a string literal means: JSON's escapes, and those of JavaScript and Python. An unknown escape stays as it is. */
export function decodeEscapes(raw: string): string {
  if (!raw.includes('\\')) return raw;
  try {
    const value: unknown = JSON.parse(`"${raw}"`);
    if (typeof value === 'string') return value;
  } catch {
    // Not JSON: read leniently.
  }
  return replaceEscapes(raw, decodeEscape);
}

const simple: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['\n', ''],
]);

const coded = /\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2}))/y;

function decodeEscape(text: string, at: number): { value: string; length: number } {
  const value = simple.get(text[at + 1] ?? '');
  if (value !== undefined) return { value, length: 2 };
  if (text.startsWith('\r\n', at + 1)) return { value: '', length: 3 };
  coded.lastIndex = at;
  const match = coded.exec(text);
  if (match === null) return { value: text.slice(at, at + 2), length: 2 };
  const code = Number.parseInt(match[1] ?? match[2] ?? match[3] ?? '', 16);
  const char = match[2] === undefined ? String.fromCharCode(code) : fromCodePoint(code);
  return { value: char, length: match[0].length };
}

function fromCodePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
