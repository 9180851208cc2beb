const blockSize = 100;
const base = 37;
const endOfFile = 65_535;
const word = 2 ** 32;
const [lineFeed, carriageReturn, space, tab] = [10, 13, 32, 9];

// 37^100 mod 2^64, split into two halves of 32 bits: what a character weighs when it leaves the window.
const leaving = BigInt.asUintN(64, BigInt(base) ** BigInt(blockSize));
const leavingHigh = Number(leaving >> 32n);
const leavingLow = Number(leaving & 0xffff_ffffn);

/** The window over the last 100 characters: `high` and `low` are the halves of the 64-bit hash. */
type Window = { characters: Uint16Array; lines: Int32Array; at: number; high: number; low: number };

/**
 * `partialFingerprints.primaryLocationLineHash` of every line, as GitHub's code scanning computes it: `hashes[line - 1]` is
 * `<hex>:<n>`, n counting the lines of the file with that hash so far. A text that ends in a line break has one more, empty, line.
 *
 * Algorithm: github/codeql-action, src/fingerprints.ts. A rolling hash (base 37, modulo 2^64) over the next 100 characters that are
 * neither space nor tab, from the line's start on and across lines; CR and CRLF count as LF; the end is the character 65535, then zeros.
 */
export function primaryLocationLineHashes(text: string): string[] {
  const window: Window = {
    characters: new Uint16Array(blockSize),
    lines: new Int32Array(blockSize),
    at: 0,
    high: 0,
    low: 0,
  };
  const output = { hashes: [] as string[], counts: new Map<string, number>() };
  let line = 0;
  let lineStarts = true;
  for (const character of characters(text)) {
    flush(window, output);
    if (lineStarts) window.lines[window.at] = ++line;
    lineStarts = character === lineFeed;
    push(window, character);
  }
  for (let rest = 0; rest < blockSize; rest++) {
    flush(window, output);
    push(window, 0);
  }
  return output.hashes;
}

/** Code units that count, line breaks unified, ended by the end marker. */
function* characters(text: string): Generator<number> {
  let afterReturn = false;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const skipped = unit === space || unit === tab || (afterReturn && unit === lineFeed);
    afterReturn = unit === carriageReturn;
    if (!skipped) yield afterReturn ? lineFeed : unit;
  }
  yield endOfFile;
}

/** The oldest character began a line: by now the hash covers exactly that line's 100 characters. */
function flush(window: Window, output: { hashes: string[]; counts: Map<string, number> }): void {
  const line = window.lines[window.at] ?? 0;
  if (line === 0) return;
  const hex = (BigInt(window.high) * BigInt(word) + BigInt(window.low)).toString(16);
  const occurrence = (output.counts.get(hex) ?? 0) + 1;
  output.counts.set(hex, occurrence);
  output.hashes[line - 1] = `${hex}:${occurrence}`;
  window.lines[window.at] = 0;
}

// hash = 37 * hash + incoming - 37^100 * outgoing, in two halves: every intermediate value stays below 2^53 and so exact.
function push(window: Window, incoming: number): void {
  const outgoing = window.characters[window.at] ?? 0;
  window.characters[window.at] = incoming;
  window.at = (window.at + 1) % blockSize;
  const low = base * window.low + incoming - leavingLow * outgoing;
  const high = base * window.high + Math.floor(low / word) - leavingHigh * outgoing;
  window.low = modulo(low);
  window.high = modulo(high);
}

function modulo(value: number): number {
  return value - Math.floor(value / word) * word;
}
