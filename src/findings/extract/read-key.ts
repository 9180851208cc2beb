import { isQuote, skipBareKey, skipSpace } from './characters.ts';
import { close, isCloser, type ObjectFrame, type Reader, skipFiller, takeString } from './reader.ts';

/** Reads a key and its colon in an object, or what stands there instead. */
export function readKey(reader: Reader, frame: ObjectFrame, char: string): void {
  if (isCloser(char)) close(reader, char);
  else if (char === '{' || char === '[') leaveObject(reader);
  else takeKeyAndColon(reader, frame, char);
}

function takeKeyAndColon(reader: Reader, frame: ObjectFrame, char: string): void {
  const start = reader.at;
  const key = isQuote(char) ? takeKey(reader) : takeBareKey(reader);
  if (reader.at <= start) reader.at = start + 1;
  if (key === undefined || !takeColon(reader)) {
    reader.doubtful = true;
    return;
  }
  frame.key = key;
}

function takeKey(reader: Reader): string | undefined {
  const string = takeString(reader, 'key');
  reader.at = string.end;
  const colon = string.value.indexOf(':');
  if (!string.closed || colon < 0 || startsColon(reader.text, skipSpace(reader.text, string.end))) {
    return string.closed ? string.value : undefined;
  }
  // {"title: "A"}: the mark that seemed to close the key opens the value.
  reader.doubtful = true;
  reader.at = string.end - 1;
  return string.value.slice(0, colon).trim();
}

function takeBareKey(reader: Reader): string | undefined {
  const end = skipBareKey(reader.text, reader.at);
  const key = reader.text.slice(reader.at, end);
  // {title": "A"}: only the opening mark is missing.
  reader.at = isQuote(reader.text[end]) && reader.text[end + 1] === ':' ? end + 1 : end;
  return key === '' || !startsColon(reader.text, skipSpace(reader.text, reader.at)) ? undefined : key;
}

/** Takes the colon, or its stand-in, behind a key; a missing one is forgiven before a value. */
function takeColon(reader: Reader): boolean {
  skipFiller(reader);
  const { text, at } = reader;
  if (startsColon(text, at)) {
    reader.at = text[at] === '=' && text[at + 1] === '>' ? at + 2 : at + 1;
    return true;
  }
  const char = text[at];
  return char === '{' || char === '[' || isQuote(char) || (char !== undefined && char >= '0' && char <= '9');
}

function startsColon(text: string, at: number): boolean {
  return text[at] === ':' || text[at] === '=';
}

/**
 * A container where a key should be: the closing bracket of this object is missing. In a list the new one is its next element;
 * outside of any list the block ends before it.
 */
function leaveObject(reader: Reader): void {
  reader.doubtful = true;
  while (reader.stack.at(-1)?.kind === 'object') reader.stack.pop();
}
