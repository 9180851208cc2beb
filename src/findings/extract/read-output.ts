import { isSpace } from './characters.ts';
import { withoutTerminalCodes } from './decode.ts';
import { type Scan, scanBlocks } from './scan-blocks.ts';

const [quote, comma, openBracket, backslash, closeBracket, openBrace, closeBrace] = [34, 44, 91, 92, 93, 123, 125];
const strictLimit = { depth: 1000, values: 3_500_000 };

/** The values in a text: the one of a valid JSON document, untouched, or whatever can be found in it. */
export function readValues(text: string, countWanted: (value: unknown) => number | undefined): Scan {
  const strict = parseStrictly(text);
  if (strict !== undefined) {
    return { runs: [{ values: [strict.value], sound: true, stray: false }], cutOff: false, debris: false };
  }
  return scanBlocks(withoutTerminalCodes(text), countWanted);
}

/** JSON.parse, where the text is JSON and not made to exhaust the memory by its nesting or its number of values. */
function parseStrictly(text: string): { value: unknown } | undefined {
  let start = 0;
  while (start < text.length && isSpace(text.charCodeAt(start))) start++;
  if (start === text.length || !'{["'.includes(text[start] ?? ' ')) return undefined;
  if (text.length > 1_000_000 && !fitsLimit(text)) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function fitsLimit(text: string): boolean {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    const nesting = nestingOf(code);
    depth += nesting;
    if (nesting > 0 || code === comma) values++;
    if (depth > strictLimit.depth || values > strictLimit.values) return false;
  }
  return true;
}

function nestingOf(code: number): number {
  if (code === openBrace || code === openBracket) return 1;
  return code === closeBrace || code === closeBracket ? -1 : 0;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (let code = text.charCodeAt(at); at < text.length && code !== quote; code = text.charCodeAt(at))
    at += code === backslash ? 2 : 1;
  return at;
}
