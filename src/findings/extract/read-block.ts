import { isEllipsis, isQuote, skipSpace, skipStringPrefix } from './characters.ts';
import { readBare } from './read-bare.ts';
import { readKey } from './read-key.ts';
import {
  type ArrayFrame,
  close,
  cutOff,
  elide,
  isCloser,
  isOpener,
  type ObjectFrame,
  open,
  put,
  type Reader,
  skipFiller,
  skipSeparators,
  takeString,
} from './reader.ts';

/**
 * What was read from one opening bracket on. `closed`: it was closed, not cut off. `doubtful`: something was skipped or its place
 * guessed. `elided`: an ellipsis or a comment says that something was left out.
 */
export type Block = { value: unknown; end: number; closed: boolean; doubtful: boolean; elided: boolean };

const maxValues = 3_500_000;

/**
 * Reads the JSON-like value whose opening bracket is at `start`: JSON, JSON with comments, JavaScript and Python literals, and damaged
 * forms of them (missing or extra commas, quotes and brackets, prose in between, a cut end). Valid JSON reads as JSON.parse reads it,
 * but for `__proto__` keys, which are left out, and containers nested deeper than 200, which are empty.
 *
 * Never throws, never recurses, reads each character a bounded number of times; `budget` is what may be read twice, shared by the
 * blocks of a text.
 */
export function readBlock(text: string, start: number, budget: { rescans: number }): Block {
  const reader: Reader = {
    text,
    at: start,
    stack: [],
    below: 0,
    values: 0,
    budget,
    closed: false,
    doubtful: false,
    elided: false,
  };
  const root = open(reader);
  while (reader.stack.length > 0) step(reader);
  return {
    value: root,
    end: reader.at,
    closed: reader.closed,
    doubtful: reader.doubtful,
    elided: reader.elided,
  };
}

function step(reader: Reader): void {
  const frame = reader.stack.at(-1);
  if (frame === undefined) return;
  const wantsValue = frame.kind === 'array' || frame.key !== undefined;
  if (frame.kind === 'object' && wantsValue && reader.below === 0) skipFiller(reader);
  else skipSeparators(reader);
  if (wantsValue) reader.at = skipStringPrefix(reader.text, reader.at);
  const char = reader.text[reader.at];
  if (char === undefined || reader.values > maxValues) cutOff(reader);
  else if (reader.below > 0) readOver(reader, char);
  else if (isEllipsis(reader.text, reader.at)) elide(reader);
  else readInto(reader, frame, char);
}

function readInto(reader: Reader, frame: ArrayFrame | ObjectFrame, char: string): void {
  if (frame.kind === 'array') readElement(reader, frame, char);
  else if (frame.key === undefined) readKey(reader, frame, char);
  else readProperty(reader, frame, char);
}

/** Inside containers that are too deep only brackets and strings matter. */
function readOver(reader: Reader, char: string): void {
  if (char === '{' || char === '[') reader.below++;
  else if (char === '}' || char === ']') reader.below--;
  else if (char === '"') reader.at = endOfPlainString(reader.text, reader.at);
  reader.at++;
}

/** The closing mark of a string that is taken for valid. */
function endOfPlainString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function readElement(reader: Reader, frame: ArrayFrame, char: string): void {
  if (isOpener(char)) open(reader);
  else if (isCloser(char)) close(reader, char);
  else if (isQuote(char)) readStringElement(reader);
  else readBareValue(reader, { role: 'element', closer: frame.closer });
}

function readStringElement(reader: Reader): void {
  const string = takeWhole(reader, 'element');
  if (string === undefined) return;
  const next = skipSpace(reader.text, reader.at);
  if (reader.text[next] !== ':') {
    put(reader, string);
    return;
  }
  // A key in a list: the bracket that opens its object is missing.
  const frame: ObjectFrame = { kind: 'object', closer: '}', fields: {}, key: string, size: 0 };
  put(reader, frame.fields);
  reader.stack.push(frame);
  reader.doubtful = true;
  reader.at = next + 1;
}

function readProperty(reader: Reader, frame: ObjectFrame, char: string): void {
  if (isOpener(char)) {
    open(reader);
  } else if (isCloser(char) || char === ',' || char === ';') {
    frame.key = undefined;
    reader.doubtful = true;
  } else if (isQuote(char)) {
    const string = takeWhole(reader, 'property');
    if (string !== undefined) put(reader, string);
  } else {
    readBareValue(reader, { role: 'property', closer: '}' });
  }
}

/** A value without quotes. One that reaches the end may be cut off: it does not count. */
function readBareValue(reader: Reader, place: { role: 'property' | 'element'; closer: string }): void {
  const bare = readBare(reader.text, reader.at, place);
  if (bare.end >= reader.text.length) {
    cutOff(reader);
    return;
  }
  reader.at = bare.end;
  reader.doubtful ||= bare.doubtful;
  const isScrap = bare.doubtful && typeof bare.value === 'string' && bare.value.length < 2;
  if (place.role === 'property' || !isScrap) put(reader, bare.value);
}

/** The string here with what `+` joins to it; `undefined` where it has no end, which ends everything. */
function takeWhole(reader: Reader, role: 'property' | 'element'): string | undefined {
  const parts: string[] = [];
  for (;;) {
    const string = takeString(reader, role);
    if (!string.closed) {
      cutOff(reader);
      return undefined;
    }
    parts.push(string.value);
    reader.at = string.end;
    const plus = skipSpace(reader.text, reader.at);
    const next = skipSpace(reader.text, plus + 1);
    if (reader.text[plus] !== '+' || !isQuote(reader.text[next])) return parts.join('');
    reader.at = next;
  }
}
