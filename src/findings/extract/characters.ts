/** Marks that open a string, each with the marks that may close it. */
const closingMarks: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['\u201c', '\u201d\u201c"'],
  ['\u201d', '\u201d"'],
  ['\u201e', '\u201c\u201d"'],
  ['\u2018', "\u2019'"],
  ['\u00ab', '\u00bb'],
]);

/** The marks that close a string which `mark` opened; `undefined` where it opens none. */
export function closersOf(mark: string | undefined): string | undefined {
  return mark === undefined ? undefined : closingMarks.get(mark);
}

export function isQuote(mark: string | undefined): boolean {
  return mark !== undefined && closingMarks.has(mark);
}

/** White space of any kind: control characters, Unicode spaces, line separators and zero-width characters. */
export function isSpace(code: number): boolean {
  if (code < 0x7f) return code <= 0x20;
  if (code < 0x1680) return code <= 0xa0 || code === 0xad;
  return /[\s\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/.test(String.fromCharCode(code));
}

/** The next index that is no white space, or the length. */
export function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Behind the comment (C, C++, shell or HTML style) that starts here, or the same index. */
export function skipComment(text: string, at: number): number {
  if (text[at] === '#' || text.startsWith('//', at)) return behind(text, text.indexOf('\n', at), 1);
  if (text.startsWith('/*', at)) return behind(text, text.indexOf('*/', at + 2), 2);
  if (text.startsWith('<!--', at)) return behind(text, text.indexOf('-->', at + 4), 3);
  return at;
}

/** Whether a `...` or `…` starts here: somebody left something out. */
export function isEllipsis(text: string, at: number): boolean {
  return text[at] === '…' || text.startsWith('...', at);
}

const leftOut =
  /\.\.\.|…|truncat|omitted|elided|\brest of\b|\bremaining\b|\bmore (?:issues|findings|items|entries|results)|\b\d+ more\b/i;

/** Whether a comment says that something was left out. */
export function saysLeftOut(comment: string): boolean {
  return leftOut.test(comment.slice(0, 500));
}

const bareKey = /[\p{L}_$][\p{L}\p{N}_$.-]{0,80}/uy;

/** The end of the bare word that starts here and could be a key, or the same index. */
export function skipBareKey(text: string, at: number): number {
  bareKey.lastIndex = at;
  return bareKey.test(text) ? bareKey.lastIndex : at;
}

const stringPrefix = /[ubrf]{1,2}(?=["'])/iy;

/** Behind Python's string prefix (`u"…"`, `rb'…'`), where one starts here. */
export function skipStringPrefix(text: string, at: number): number {
  stringPrefix.lastIndex = at;
  return stringPrefix.test(text) ? stringPrefix.lastIndex : at;
}

function behind(text: string, found: number, length: number): number {
  return found < 0 ? text.length : found + length;
}
