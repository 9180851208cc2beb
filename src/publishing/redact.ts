import { compact, isPieceAt, type Pieces, type SecretPieces, separators } from './secret-pieces.ts';
import { maskLines, redactTokenShapes } from './token-shapes.ts';

type Range = { start: number; end: number };

/**
 * Makes the function that replaces known secrets, their encodings, pieces of both, and everything that looks like a credential by `***`.
 * Line ends stay where they are.
 *
 * The pieces are looked up by their hashes at every position (as Rabin and Karp do): linear in the text, whatever it holds.
 */
export function createRedactor(secrets: readonly SecretPieces[]): (text: string) => string {
  const pieces = inOrder(secrets.flatMap(({ plain }) => plain));
  const strewn = inOrder(secrets.flatMap((secret) => secret.strewn));
  return (text) => {
    const plain = mask(text, findPieces(text, pieces));
    return redactTokenShapes(strewn.length === 0 ? plain : mask(plain, findStrewn(plain, strewn)));
  };
}

/** What holds others comes after them. */
function inOrder(pieces: readonly Pieces[]): readonly Pieces[] {
  return pieces.toSorted((one, other) => Number(one.hold) - Number(other.hold));
}

function findPieces(text: string, pieces: readonly Pieces[]): Range[] {
  const ranges: Range[] = [];
  for (const each of pieces) {
    if (each.hold && ranges.length === 0) continue;
    for (let at = 0; at + each.length <= text.length; at++)
      if (isPieceAt(each, text, at)) ranges.push({ start: at, end: at + each.length });
  }
  return ranges;
}

/** Finds pieces in the text without its separators. A backtick is none: what is masked never takes the end of a code span with it. */
function findStrewn(text: string, pieces: readonly Pieces[]): Range[] {
  const found = findPieces(compact(text), pieces);
  if (found.length === 0) return [];
  const positions = positionsOf(text);
  return found.map(({ start, end }) => ({
    start: positions[start] ?? 0,
    end: (positions[end - 1] ?? 0) + 1,
  }));
}

/** Where each character of the text without separators is in the text; of most texts nobody has to know. */
function positionsOf(text: string): number[] {
  const positions: number[] = [];
  let copied = 0;
  const copy = (end: number) => {
    for (let at = copied; at < end; at++) positions.push(at);
  };
  for (const match of text.matchAll(separators)) {
    copy(match.index);
    copied = match.index + match[0].length;
  }
  copy(text.length);
  return positions;
}

function mask(text: string, found: Range[]): string {
  if (found.length === 0) return text;
  const ranges = found.sort((a, b) => a.start - b.start);
  let result = '';
  let copied = 0;
  let open: Range | undefined;
  const close = () => {
    if (!open) return;
    result += text.slice(copied, open.start) + maskLines(text.slice(open.start, open.end));
    copied = open.end;
  };
  for (const range of ranges) {
    if (open && range.start <= open.end) {
      open = { start: open.start, end: Math.max(open.end, range.end) };
      continue;
    }
    close();
    open = range;
  }
  close();
  return result + text.slice(copied);
}
