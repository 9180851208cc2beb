// Controls but tab and newline, line separators, and what Unicode calls default-ignorable: direction marks and overrides, zero-width
// characters, soft hyphens, tags. The selector that colours an emoji is none of these tricks.
const invisible = /(?![\t\n]|(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{DI}\p{Zl}\p{Zp}\ufff9-\ufffb]/gu;

// A terminal reads these as colours, titles, links and cursor moves.
const esc = String.fromCharCode(0x1b);
const bell = String.fromCharCode(0x07);
const escapeSequence = new RegExp(
  `${esc}\\[[0-?]*[ -/]*[@-~]|${esc}\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)?|${esc}[@-Z\\\\-_]`,
  'g',
);

/** Text without terminal sequences and invisible characters; tabs and line ends stay. Lone surrogates become `\ufffd`. */
export function toPlain(text: string): string {
  return text.toWellFormed().replace(escapeSequence, '').replace(/\r\n?/g, '\n').replace(invisible, '');
}

/** The same in one line. */
export function toPlainLine(text: string): string {
  return toPlain(text).replace(/\s+/g, ' ').trim();
}

/** One line of code with every invisible character spelled out, so that nobody is shown other code than a compiler reads. */
export function spellInvisible(line: string): string {
  return line
    .toWellFormed()
    .replace(/\r$/, '')
    .replace(
      invisible,
      (character) => `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`,
    );
}

const wide =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

/** Columns that the text takes in a terminal: wide characters two, combining marks none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

function columnsOf(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** At most `columns` of the text's start, `…` in place of what is cut. */
export function fitStart(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  return `${take([...text], columns - 1).join('')}…`;
}

/** The text in lines of at most `columns`, broken between words; a longer word (a path) behind a slash, where it has one. */
export function wrapTo(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) <= columns) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = breakWord(word, columns);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line];
}

function breakWord(word: string, columns: number): string[] {
  const pieces: string[] = [];
  let rest = [...word];
  while (displayWidth(rest.join('')) > columns) {
    const most = take(rest, columns);
    if (most.length === 0) break;
    const piece = most.slice(0, most.lastIndexOf('/') + 1 || most.length);
    pieces.push(piece.join(''));
    rest = rest.slice(piece.length);
  }
  return [...pieces, rest.join('')];
}

function take(characters: readonly string[], columns: number): string[] {
  const taken: string[] = [];
  let width = 0;
  for (const character of characters) {
    width += columnsOf(character);
    if (width > columns) break;
    taken.push(character);
  }
  return taken;
}

/** The text and as many spaces as it lacks to fill the columns. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - displayWidth(text)));
}
