import { formsOf } from './secret-forms.ts';
import { maskLines, redactTokenShapes } from './token-shapes.ts';

/** Shorter values are words as likely as secrets, and are not looked for. */
export const shortestSecret = 8;
/** So many characters of a longer secret, or of one of its encodings, give it away. */
const fragment = 12;
/** As above, for secrets with separators strewn in; longer, since the separators make chance hits likelier. */
const strewnFragment = 16;

/** Pieces of one length. `near` has a bit for each that may begin at a position, so that most positions are passed by without a look-up. */
type Pieces = { length: number; set: Set<string>; near: Uint8Array };
type Range = { start: number; end: number };

/**
 * Makes the function that replaces the known secrets (8 characters and more), their encodings, pieces of 12 characters of both, and
 * everything that looks like a credential by `***`. Line ends stay where they are.
 *
 * The pieces are looked up in a hash set at every position (as Rabin and Karp do): linear in the text, whatever it holds.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const known = [...new Set(secrets.flatMap(withLines))].filter((secret) => secret.length >= shortestSecret);
  const forms = known.flatMap(formsOf).filter((form) => form.length >= shortestSecret);
  const pieces = toPieces(forms, fragment);
  const strewn = toPieces(
    forms.map(compact).filter((form) => form.length >= strewnFragment),
    strewnFragment,
  );
  return (text) => {
    const plain = mask(text, findPieces(text, pieces));
    return redactTokenShapes(strewn.length === 0 ? plain : mask(plain, findStrewn(plain, strewn)));
  };
}

/** A secret of several lines leaks by each of them. */
function withLines(secret: string): string[] {
  const trimmed = secret.trim();
  if (!trimmed.includes('\n')) return [trimmed];
  const lines = trimmed.split(/\r?\n/).map((line) => line.trim());
  return [trimmed, ...lines.filter((line) => line.length >= 16 && !line.startsWith('-----'))];
}

function toPieces(forms: readonly string[], length: number): Pieces[] {
  const pieces = new Map<number, Pieces>();
  const add = (piece: string) => {
    const known = pieces.get(piece.length) ?? { length: piece.length, set: new Set(), near: new Uint8Array(1 << 16) };
    known.set.add(piece);
    known.near[hashAt(piece, 0, piece.length)] = 1;
    pieces.set(piece.length, known);
  };
  for (const form of forms) {
    const grams = Array.from({ length: Math.max(0, form.length - length + 1) }, (_, at) => form.slice(at, at + length));
    const telling = grams.filter(isTelling);
    // `000000000000` or `------------` is a piece of many things: such a secret is looked for whole.
    if (form.length <= length || telling.length < grams.length) add(form);
    for (const gram of telling) add(gram);
  }
  return [...pieces.values()];
}

function hashAt(text: string, at: number, length: number): number {
  const middle = text.charCodeAt(at + (length >> 1));
  return (text.charCodeAt(at) * 7919 + middle * 271 + text.charCodeAt(at + length - 1)) & 0xffff;
}

const fewest = 5;

/** Of five different characters at least. Asked of each piece of each form: a set for each would take most of the time. */
function isTelling(piece: string): boolean {
  let different = 0;
  for (let at = 0; at < piece.length && different < fewest; at++)
    if (piece.indexOf(piece.charAt(at)) === at) different++;
  return different >= fewest;
}

function findPieces(text: string, pieces: readonly Pieces[]): Range[] {
  const ranges: Range[] = [];
  for (const { length, set, near } of pieces) {
    for (let at = 0; at + length <= text.length; at++) {
      if (near[hashAt(text, at, length)] === 1 && set.has(text.slice(at, at + length))) {
        ranges.push({ start: at, end: at + length });
      }
    }
  }
  return ranges;
}

const separators = /[\s.,:;|+'"\\/*_~&#=-]+/g;

function compact(text: string): string {
  return text.replace(separators, '');
}

/** Finds pieces in the text without its separators. A backtick is none: what is masked never takes the end of a code span with it. */
function findStrewn(text: string, pieces: readonly Pieces[]): Range[] {
  const positions: number[] = [];
  let packed = '';
  let copied = 0;
  const copy = (end: number) => {
    for (let at = copied; at < end; at++) positions.push(at);
    packed += text.slice(copied, end);
  };
  for (const match of text.matchAll(separators)) {
    copy(match.index);
    copied = match.index + match[0].length;
  }
  copy(text.length);
  return findPieces(packed, pieces).map(({ start, end }) => ({
    start: positions[start] ?? 0,
    end: (positions[end - 1] ?? 0) + 1,
  }));
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
