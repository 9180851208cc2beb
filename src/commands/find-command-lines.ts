import { classifyLines, type LineKind } from './classify-lines.ts';
import { isInsideInline } from './inside-inline.ts';

export type CommandLine = {
  /** From 0. */
  line: number;
  /** What follows `/courier`, without white space around it. */
  text: string;
  /** It may stand in a quote, in code or in HTML: the person is asked, and nothing done. */
  unclear: boolean;
};

// As many as anybody writes by hand; of more nobody could say what they come to.
const most = 20;
/** Longer than GitHub takes a comment. */
const longest = 100_000;
// `s`: a line may hold U+2028, which is no line end in Markdown.
const commandLine = /^ {0,3}\/courier(?=\s|$)(.*)$/is;
// Where a paragraph may begin although no blank line says so.
const mayBegin = /^\s*(?:[-*+]|\d{1,9}[.)]|#{1,6})(?:\s|$)|^\s*(?:[-*_][ \t]*){3,}$|\|/;

/** The lines of a comment, without their ends. */
export function toLines(body: string): string[] {
  return body.slice(0, longest).split(/\r\n|\r|\n/);
}

/**
 * The lines that a reader of the rendered comment sees begin with `/courier`, outside of quotes, code and HTML comments; at most 20 and then
 * one more, so that the caller sees that there are too many.
 */
export function findCommandLines(body: string): CommandLine[] {
  const lines = toLines(body);
  const found: CommandLine[] = [];
  let kinds: LineKind[] | undefined;
  for (const [line, content] of lines.entries()) {
    const rest = commandLine.exec(content)?.[1];
    if (rest === undefined) continue;
    kinds ??= classifyLines(lines);
    const kind = kinds[line];
    if (kind !== 'text' && kind !== 'unclear') continue;
    found.push({ line, text: rest.trim(), unclear: kind === 'unclear' || isHiddenInParagraph(lines, kinds, line) });
    if (found.length > most) break;
  }
  return found;
}

/** How many of the places are tried where the paragraph of a line may have begun. */
const tried = 20;

function isHiddenInParagraph(lines: readonly string[], kinds: readonly LineKind[], line: number): boolean {
  // A tag does not always begin something new.
  const goesOn = (at: number) => kinds[at] === 'text' || kinds[at] === 'unclear';
  let first = line;
  while (goesOn(first - 1)) first -= 1;
  let last = line;
  while (goesOn(last + 1)) last += 1;
  if (first === line) return false;
  const paragraph = lines.slice(first, last + 1);
  const index = line - first;
  // A definition's title may go on for lines, and is not shown.
  if (paragraph.slice(0, index).some((text) => /^\s*\[[^\]]*\]:/.test(text))) return true;
  const offsets = offsetsOf(paragraph);
  const text = paragraph.join('\n');
  const at = offsets[index] ?? 0;
  const begins = paragraph.flatMap((content, each) => {
    const isAfterOther = /^(?: {4}|\t)/.test(paragraph[each - 1] ?? '') || kinds[first + each - 1] === 'unclear';
    return each < index && each > 0 && (mayBegin.test(content) || isAfterOther) ? [offsets[each] ?? 0] : [];
  });
  return [0, ...begins.slice(-tried)].some((start) => isInsideInline(text, start, at));
}

function offsetsOf(lines: readonly string[]): number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const line of lines) {
    offsets.push(offset);
    offset += line.length + 1;
  }
  return offsets;
}
