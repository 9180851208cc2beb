declare const cleaned: unique symbol;

/** Text that passed the gate (gate.ts). Only such text may leave for GitHub; a plain string does not fit where it is asked for. */
export type SafeText = string & { readonly [cleaned]: true };

/**
 * The one place where text becomes safe. For the modules of this folder, after they cleaned it; everything else asks the gate.
 *
 * @internal
 */
export function brand(text: string): SafeText {
  return text as SafeText;
}

/**
 * Text of our own around text that passed the gate: safe`Found in ${gate.codeSpan(path)}`. Raw strings do not compile.
 * Neighbours never melt: two code spans that touch, or `!` before a link, are kept apart by a space.
 */
export function safe(literals: TemplateStringsArray, ...values: readonly (SafeText | number)[]): SafeText {
  let text = '';
  for (const [index, literal] of literals.entries()) {
    text = glue(text, literal);
    const value = values[index];
    if (value !== undefined) text = glue(text, String(value));
  }
  return brand(text);
}

/** `separator` is a literal of our own or safe text. Empty parts are left out. */
export function joinSafe(parts: readonly (SafeText | undefined)[], separator: SafeText): SafeText {
  let text = '';
  for (const part of parts) {
    if (part === undefined || part === '') continue;
    text = text === '' ? part : glue(glue(text, separator), part);
  }
  return brand(text);
}

function glue(left: string, right: string): string {
  return melts(left, right) ? `${left} ${right}` : left + right;
}

/** Where GitHub begins to make a link of bare text; the link takes all up to the next white space, backticks included. */
export const beginsAddress = /:\/\/|www\./i;

/** Whether the seam of two texts would read as something that neither of them is. */
export function melts(left: string, right: string): boolean {
  const end = left.at(-1);
  if (right.startsWith('`')) return end === '`' || end === '$' || endsInAddress(left);
  if (end === '!' && right.startsWith('[')) return true;
  return /^[^\s`]{0,2000}`/.test(right) && endsInAddress(left);
}

function endsInAddress(text: string): boolean {
  return beginsAddress.test(/\S*$/.exec(text.slice(-2000))?.[0] ?? '');
}

/** New text between texts that GitHub already shows and that are written back as they are: they belong to people, not to Courier. */
export function amongShown(before: string, text: SafeText, after: string): SafeText {
  return brand(before + text + after);
}
