import { formsOf } from './secret-forms.ts';

/** Shorter values are words as likely as secrets, and are not looked for. */
export const shortestSecret = 8;
/** So many characters of a longer secret, or of one of its encodings, give it away. */
const fragment = 12;
/** As above, for secrets with separators strewn in; longer, since the separators make chance hits likelier. */
const strewnFragment = 16;

/** Pieces of one length. `near` has a bit for each that may begin at a position, so that most positions are passed by without a look-up. */
export type Pieces = { length: number; set: Set<string>; near: Uint8Array };

/** What gives some secrets away: pieces of all their forms as they are, and `strewn`, the same without separators. */
export type SecretPieces = { plain: readonly Pieces[]; strewn: readonly Pieces[] };

/**
 * Takes secrets (8 characters and more) apart into pieces of 12 characters of them and of their encodings. That of a private key takes most of
 * a second and 15 MB: whoever meets the same secret again keeps its pieces.
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

export function hashAt(text: string, at: number, length: number): number {
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

export const separators = /[\s.,:;|+'"\\/*_~&#=-]+/g;

export function compact(text: string): string {
  return text.replace(separators, '');
}
