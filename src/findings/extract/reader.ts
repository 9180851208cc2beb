import { isSpace, saysLeftOut, skipComment } from './characters.ts';
import { readString, type StringToken } from './read-string.ts';

export type ObjectFrame = {
  kind: 'object';
  closer: '}';
  fields: Record<string, unknown>;
  key: string | undefined;
  size: number;
};
export type ArrayFrame = { kind: 'array'; closer: ']' | ')'; items: unknown[] };
type Frame = ObjectFrame | ArrayFrame;

/** Where reading stands: the position, the open containers, and what was noticed on the way. */
export type Reader = {
  text: string;
  at: number;
  stack: Frame[];
  /** Open containers below the depth that is kept; what they hold is read over. */
  below: number;
  values: number;
  budget: { rescans: number };
  closed: boolean;
  doubtful: boolean;
  elided: boolean;
};

const maxDepth = 200;
// No issue has so many; an object of millions costs more than all else.
const maxFields = 100_000;

/** Opens the container whose bracket is here and puts it into its parent. @returns the container. */
export function open(reader: Reader): unknown {
  const char = reader.text[reader.at];
  reader.at++;
  const frame: Frame =
    char === '{'
      ? { kind: 'object', closer: '}', fields: {}, key: undefined, size: 0 }
      : { kind: 'array', closer: char === '(' ? ')' : ']', items: [] };
  const container = frame.kind === 'object' ? frame.fields : frame.items;
  put(reader, container);
  if (reader.stack.length >= maxDepth) reader.below = 1;
  else reader.stack.push(frame);
  return container;
}

export function put(reader: Reader, value: unknown): void {
  reader.values++;
  const frame = reader.stack.at(-1);
  if (frame === undefined) return;
  if (frame.kind === 'array') frame.items.push(value);
  else if (frame.key !== undefined) {
    if (frame.key !== '__proto__' && frame.size < maxFields) frame.fields[frame.key] = value;
    frame.size++;
    frame.key = undefined;
  }
}

/** Closes the innermost container that this bracket fits, and those within it; a bracket that fits none is skipped. */
export function close(reader: Reader, bracket: string): void {
  reader.at++;
  const fitting = reader.stack.findLastIndex((frame) => frame.closer === bracket);
  if (fitting !== reader.stack.length - 1) reader.doubtful = true;
  if (fitting < 0) return;
  reader.stack.length = fitting;
  reader.closed = fitting === 0;
}

export function cutOff(reader: Reader): void {
  reader.stack.length = 0;
  reader.at = reader.text.length;
}

export function elide(reader: Reader): void {
  reader.elided = true;
  reader.at += reader.text[reader.at] === '…' ? 1 : 3;
}

export function takeString(reader: Reader, role: 'key' | 'property' | 'element'): StringToken {
  const closer = reader.stack.at(-1)?.closer ?? '}';
  const place = { role, closer, depth: reader.stack.length + reader.below };
  const string = readString(reader.text, reader.at, place, reader.budget.rescans);
  reader.doubtful ||= string.doubtful;
  reader.budget.rescans -= string.rescanned;
  return string;
}

export function skipSeparators(reader: Reader): void {
  for (;;) {
    skipFiller(reader);
    const char = reader.text[reader.at];
    if (char !== ',' && char !== ';') return;
    reader.at++;
  }
}

export function skipFiller(reader: Reader): void {
  const { text } = reader;
  for (;;) {
    while (reader.at < text.length && isSpace(text.charCodeAt(reader.at))) reader.at++;
    const end = skipComment(text, reader.at);
    if (end === reader.at) return;
    if (saysLeftOut(text.slice(reader.at, Math.min(end, reader.at + 500)))) reader.elided = true;
    reader.at = end;
  }
}

export function isOpener(char: string): boolean {
  return char === '{' || char === '[' || char === '(';
}

export function isCloser(char: string): boolean {
  return char === '}' || char === ']' || char === ')';
}
