/**
 * What a line of a comment is to its reader. `unclear`: it may stand in a quote, in code or in HTML, by rules of Markdown that hardly anybody
 * knows (a quote goes on in the next line, an item of a list ends its code); nothing there is taken for a command without asking.
 */
export type LineKind = 'text' | 'blank' | 'quote' | 'hidden' | 'unclear';

type Fence = { character: string; length: number; indent: number };
type State = {
  fence: Fence | undefined;
  /** Whether something is open by one reading and not by another. */
  lost: boolean;
  /** An HTML comment is open. */
  comment: boolean;
  /** The name of an HTML element whose contents are no plain text, until it is closed. */
  element: string | undefined;
  /** A block of HTML, to the next blank line. */
  html: boolean;
  /** The last line stood in a quote: a paragraph in it goes on without `>`. */
  quoted: boolean;
  /** Only inside of a list can a fence stand four columns from the left. */
  listed: boolean;
};

const marker = /^(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)[ \t]*/;
const opening = /^(?:(`{3,})[^`]*|(~{3,}).*)$/s;
const elementOpens = /<(blockquote|pre|code|script|style|textarea|template|svg|math|select|xmp|noscript)(?=[\s/>]|$)/i;
const htmlOpens = /^<[a-z/]/i;
const autolink = /^<[a-z][a-z0-9+.-]{1,31}:[^\s<>]*>/i;

/**
 * Says of each line of a comment what it is to its reader, in one pass: fences, quotes, HTML, as CommonMark and GitHub have them. Where both
 * readings are possible it is `unclear`, never `text`. Indented code is `text` here, as nothing that is indented so far is a command.
 */
export function classifyLines(lines: readonly string[]): LineKind[] {
  const state: State = {
    fence: undefined,
    lost: false,
    comment: false,
    element: undefined,
    html: false,
    quoted: false,
    listed: false,
  };
  return lines.map((line) => classify(line, state));
}

function classify(line: string, state: State): LineKind {
  if (state.lost) return 'unclear';
  if (state.fence) return insideFence(line, state, state.fence);
  if (state.comment) return insideComment(line, state);
  if (state.element !== undefined) return insideElement(line, state, state.element);
  if (line.trim() === '') {
    state.html = false;
    state.quoted = false;
    return 'blank';
  }
  if (state.html) return insideHtml(line, state);
  return atBlockStart(line, state);
}

function atBlockStart(line: string, state: State): LineKind {
  const { text, column } = withoutMarkers(line, state);
  if (text.startsWith('>')) {
    state.quoted = true;
    return 'quote';
  }
  const fence = openFence(text, column);
  if (fence && (column < 4 || state.listed)) {
    state.fence = fence;
    state.quoted = false;
    return 'hidden';
  }
  if (text.startsWith('<!--')) {
    state.comment = !text.slice(2).includes('-->');
    return 'hidden';
  }
  // Processing instructions and declarations: nobody writes them, and each reader ends them elsewhere.
  if (/^<[?!]/.test(text)) {
    state.lost = true;
    return 'unclear';
  }
  state.html = htmlOpens.test(text) && !autolink.test(text);
  if (state.html) return insideHtml(line, state);
  const unclear = openElement(line, state) || state.quoted;
  return unclear ? 'unclear' : 'text';
}

/** What follows the markers of lists, and at which column. */
function withoutMarkers(line: string, state: State): { text: string; column: number } {
  let column = 0;
  let rest = line;
  for (;;) {
    const blank = /^[ \t]*/.exec(rest)?.[0] ?? '';
    column = advance(blank, column);
    rest = rest.slice(blank.length);
    const found = marker.exec(rest)?.[0];
    if (found === undefined) return { text: rest, column };
    state.listed = true;
    column = advance(found, column);
    rest = rest.slice(found.length);
  }
}

function advance(text: string, column: number): number {
  let at = column;
  for (const character of text) at += character === '\t' ? 4 - (at % 4) : 1;
  return at;
}

function openFence(text: string, indent: number): Fence | undefined {
  const [, ticks, tildes] = opening.exec(text) ?? [];
  const run = ticks ?? tildes;
  return run === undefined ? undefined : { character: run.charAt(0), length: run.length, indent };
}

function insideFence(line: string, state: State, fence: Fence): LineKind {
  const text = line.trim();
  if (text === '') return 'hidden';
  const blank = /^[ \t]*/.exec(line)?.[0] ?? '';
  const indent = advance(blank, 0);
  const isFence = isRunOf(text, fence.character) && text.length >= fence.length;
  if (isFence && (indent === fence.indent || (fence.indent === 0 && indent < 4))) {
    state.fence = undefined;
    return 'hidden';
  }
  // Within a list, less indentation ends the item and its code; elsewhere it does not.
  if (fence.indent > 0 && (isFence || indent < fence.indent)) state.lost = true;
  return state.lost ? 'unclear' : 'hidden';
}

function isRunOf(text: string, character: string): boolean {
  for (const each of text) if (each !== character) return false;
  return true;
}

function insideComment(line: string, state: State): LineKind {
  if (line.includes('-->')) state.comment = false;
  return 'hidden';
}

function insideElement(line: string, state: State, element: string): LineKind {
  const end = line.toLowerCase().indexOf(`</${element}`);
  if (end === -1) return 'unclear';
  state.element = undefined;
  return insideHtml(line.slice(end + 2), state);
}

/** A line of a block of HTML: an element or a comment that it leaves open goes on, whatever Markdown says. */
function insideHtml(line: string, state: State): LineKind {
  // A tag that stands alone in a paragraph begins no block, and a fence then does.
  const { text, column } = withoutMarkers(line, state);
  if (openFence(text, column)) state.lost = true;
  if (!openElement(line, state) && line.lastIndexOf('<!--') > line.lastIndexOf('-->')) state.comment = true;
  return 'unclear';
}

/** Whether the line leaves an element open whose contents are no plain text. Code spans of the same line do not count. */
function openElement(line: string, state: State): boolean {
  const text = line.replace(/(?<!`)(`{1,8})(?!`)[^`]{0,500}\1(?!`)/g, ' ');
  let rest = text;
  for (;;) {
    const found = elementOpens.exec(rest);
    const name = found?.[1]?.toLowerCase();
    if (found === null || name === undefined) return false;
    rest = rest.slice(found.index + 1);
    const end = rest.toLowerCase().indexOf(`</${name}`);
    if (end === -1) {
      state.element = name;
      return true;
    }
    rest = rest.slice(end);
  }
}
