import { highlightOf, windowOf } from './excerpt.ts';
import type { Place } from './place.ts';
import { spellInvisible } from './plain-text.ts';
import type { Excerpt } from './report.ts';

/** One line to show; `number` is missing where the quote's line is not known. */
export type CodeLine = { number: number | undefined; text: string; highlighted: boolean };

const longestQuote = 40;

/** The place within its lines of code: from an excerpt where there is one, else the quote alone; empty where there is neither. */
export function codeLines(excerpts: readonly Excerpt[], place: Place): CodeLine[] {
  const { startLine } = place;
  const excerpt = excerpts.find((candidate) => candidate.path === place.path && holds(candidate, startLine));
  return excerpt && startLine ? fromExcerpt(excerpt, place, startLine) : fromQuote(place);
}

function holds({ startLine, lines }: Excerpt, line: number | undefined): boolean {
  return line !== undefined && startLine <= line && line < startLine + lines.length;
}

function fromExcerpt(excerpt: Excerpt, place: Place, startLine: number): CodeLine[] {
  const lastLine = excerpt.startLine + excerpt.lines.length - 1;
  const [from, to] = windowOf(place, lastLine) ?? [startLine, startLine];
  const [first, last] = highlightOf(place, startLine);
  return excerpt.lines
    .map((text, index) => ({ number: excerpt.startLine + index, text: spellInvisible(text) }))
    .filter(({ number }) => from <= number && number <= to)
    .map((line) => ({ ...line, highlighted: first <= line.number && line.number <= last }));
}

function fromQuote({ quote = '', startLine }: Place): CodeLine[] {
  if (quote.trim() === '') return [];
  const lines = quote
    .replace(/^\s*\n|\s+$/g, '')
    .split('\n')
    .slice(0, longestQuote);
  return lines.map((text, index) => ({
    number: startLine && startLine + index,
    text: spellInvisible(text),
    highlighted: false,
  }));
}
