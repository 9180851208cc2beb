import { formsOf } from './secret-forms.ts';

/** Shorter values are words as likely as secrets, and are not looked for. */
export const shortestSecret = 8;
/** So many characters of a longer secret, or of one of its encodings, give it away. */
const fragment = 12;
/** As above, for secrets with separators strewn in; longer, since the separators make chance hits likelier. */
const strewnFragment = 16;

/**
 * Pieces of one length, as hashes of 64 bits (a text that is none of them has one with a chance of 2⁻⁴⁸): as texts, those of a private key
 * would fill 15 MB. `near` has a mark for each that may begin at a position, so that most positions are passed by without a look-up.
 */
export type Pieces = {
  length: number;
  near: Uint8Array;
  prints: Int32Array;
  /** Each holds shorter pieces that are looked for: where none of them is, there is no need to look for these. */
  hold: boolean;
};

/** What gives some secrets away: pieces of all their forms as they are, and `strewn`, the same without separators. */
export type SecretPieces = { plain: readonly Pieces[]; strewn: readonly Pieces[] };

/**
 * Takes secrets (8 characters and more) apart into pieces of 12 characters of them and of their encodings. A private key has some 60,000:
 * whoever meets the same secret again keeps its pieces.
 */
export function takeApart(secrets: readonly string[]): SecretPieces {
  const known = [...new Set(secrets.flatMap(withLines))].filter((secret) => secret.length >= shortestSecret);
  const forms = known.flatMap(formsOf).filter((form) => form.length >= shortestSecret);
  const strewn = forms.map(compact).filter((form) => form.length >= strewnFragment);
  return { plain: toPieces(forms, fragment), strewn: toPieces(strewn, strewnFragment) };
}

/** A secret of several lines leaks by each of them. */
function withLines(secret: string): string[] {
  const trimmed = secret.trim();
  if (!trimmed.includes('\n')) return [trimmed];
  const lines = trimmed.split(/\r?\n/).map((line) => line.trim());
  return [trimmed, ...lines.filter((line) => line.length >= 16 && !line.startsWith('-----'))];
}

function toPieces(forms: readonly string[], length: number): Pieces[] {
  const parts = newPieces(length, false);
  const others = new Map<string, ReturnType<typeof newPieces>>();
  for (const form of forms) {
    let telling = 0;
    for (let at = 0; at + length <= form.length; at++) {
      if (!isTelling(form, at, length)) continue;
      parts.add(form, at);
      telling += 1;
    }
    if (telling > 0 && telling === form.length - length + 1) continue;
    // `000000000000` or `------------` is a piece of many things: such a secret is looked for whole.
    const key = `${form.length} ${telling > 0}`;
    const whole = others.get(key) ?? newPieces(form.length, telling > 0);
    whole.add(form, 0);
    others.set(key, whole);
  }
  return [parts, ...others.values()].filter(({ isEmpty }) => !isEmpty()).map(({ build }) => build());
}

function newPieces(length: number, hold: boolean) {
  const near = new Uint8Array(1 << 16);
  const prints: number[] = [];
  return {
    add(form: string, at: number) {
      near[hashAt(form, at, length)] = 1;
      prints.push(printAt(form, at, length, seeds[0]), printAt(form, at, length, seeds[1]));
    },
    isEmpty: () => prints.length === 0,
    build: (): Pieces => ({ length, near, hold, prints: toTable(prints) }),
  };
}

export function hashAt(text: string, at: number, length: number): number {
  const middle = text.charCodeAt(at + (length >> 1));
  return (text.charCodeAt(at) * 7919 + middle * 271 + text.charCodeAt(at + length - 1)) & 0xffff;
}

/** Whether one of the pieces is at that place of the text. */
export function isPieceAt({ length, near, prints }: Pieces, text: string, at: number): boolean {
  if (near[hashAt(text, at, length)] !== 1) return false;
  const [first, mask] = [printAt(text, at, length, seeds[0]), prints.length - 1];
  for (let slot = (2 * first) & mask; prints[slot] !== 0; slot = (slot + 2) & mask)
    if (prints[slot] === first && prints[slot + 1] === printAt(text, at, length, seeds[1])) return true;
  return false;
}

// Odd factors of MurmurHash 3.
const seeds = [0x85ebca6b, 0xc2b2ae35] as const;

/** Half of a piece's hash; never 0, which marks an empty place. */
function printAt(text: string, at: number, length: number, seed: number): number {
  let print = seed;
  for (let index = at; index < at + length; index++) {
    print = Math.imul(print ^ text.charCodeAt(index), seed);
    print ^= print >>> 15;
  }
  return print | 0 || 1;
}

/** Pairs of hashes, each at the place that its first half says or behind it; half of the places stay empty, so that a look-up ends soon. */
function toTable(prints: readonly number[]): Int32Array {
  const table = new Int32Array(2 ** Math.ceil(Math.log2(2 * prints.length)));
  const mask = table.length - 1;
  for (let index = 0; index < prints.length; index += 2) {
    const first = prints[index] ?? 0;
    const second = prints[index + 1] ?? 0;
    let slot = (2 * first) & mask;
    while (table[slot] !== 0 && !(table[slot] === first && table[slot + 1] === second)) slot = (slot + 2) & mask;
    table[slot] = first;
    table[slot + 1] = second;
  }
  return table;
}

const fewest = 5;

/** Of five different characters at least. Asked of each piece of each form: no text is made for it. */
function isTelling(form: string, at: number, length: number): boolean {
  let different = 0;
  for (let index = at; index < at + length && different < fewest; index++) {
    let before = at;
    while (form.charCodeAt(before) !== form.charCodeAt(index)) before += 1;
    if (before === index) different += 1;
  }
  return different >= fewest;
}

export const separators = /[\s.,:;|+'"\\/*_~&#=-]+/g;

export function compact(text: string): string {
  return text.replace(separators, '');
}
