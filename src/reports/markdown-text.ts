import { toPlain, toPlainLine } from './plain-text.ts';
import { type Block, parseProse, type Span } from './prose.ts';

/** Untrusted text in one line that Markdown shows as it is. An underscore within a word means nothing and stays readable. */
export function inlineMarkdown(text: string): string {
  return toPlainLine(text)
    .replace(/[\\`*[\]<>|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(/\b(https?|ftp)(?=:\/\/)|\bwww(?=\.)/gi, '$&\\')
    .replace(/^(#{1,6}|[-+=]|\d{1,9}[.)])(?=\s|$)/, '\\$1');
}

/** Untrusted text in one line whose code spans and bold stay what they are. */
export function lineMarkdown(text: string): string {
  const blocks = parseProse(toPlainLine(text));
  const [first] = blocks;
  return blocks.length === 1 && first?.kind === 'paragraph' ? spansToMarkdown(first.spans) : inlineMarkdown(text);
}

/** A code span; its fence is longer than any run of backticks inside. */
export function codeSpan(text: string): string {
  const line = toPlainLine(text);
  const fence = '`'.repeat(longestRun(line, /`+/g) + 1);
  const pad = line === '' || line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A fenced block; its fence is longer than any run of backticks inside. */
export function fencedCode(text: string, language = ''): string {
  const code = toPlain(text);
  const fence = '`'.repeat(Math.max(3, longestRun(code, /`+/g) + 1));
  return `${fence}${/^[\w+#.-]*$/.test(language) ? language : ''}\n${code}\n${fence}`;
}

/** Paragraphs, code, lists and bold of untrusted text; everything else is shown as it was written. */
export function blockMarkdown(text: string): string {
  return parseProse(text).map(blockToMarkdown).join('\n\n');
}

/** Text that is Markdown already, for a cell of a table. */
export function tableCell(markdown: string): string {
  return markdown
    .replace(/\s*\n\s*/g, ' ')
    .replace(/(\\*)\|/g, (_, slashes: string) => `${slashes}${slashes.length % 2 === 0 ? '\\' : ''}|`);
}

/** Rows of Markdown cells under a head. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(tableCell).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function blockToMarkdown(block: Block): string {
  if (block.kind === 'code') return fencedCode(block.text, block.language);
  if (block.kind === 'paragraph') return spansToMarkdown(block.spans);
  return block.items
    .map((item, index) => `${block.ordered ? `${index + 1}.` : '-'} ${spansToMarkdown(item)}`)
    .join('\n');
}

function spansToMarkdown(spans: readonly Span[]): string {
  return spans.map(spanToMarkdown).join('');
}

/** Lines stay lines, and the space around a span stays: `inlineMarkdown` alone would fold both away. */
function spanToMarkdown({ kind, text }: Span): string {
  if (kind === 'code') return codeSpan(text);
  if (kind === 'bold') return text.trim() === '' ? text : `**${inlineMarkdown(text)}**`;
  return text
    .split('\n')
    .map((line) => (/^\s*/.exec(line)?.[0] ?? '') + inlineMarkdown(line) + (/\S(\s+)$/.exec(line)?.[1] ?? ''))
    .join('\n');
}

function longestRun(text: string, pattern: RegExp): number {
  return (text.match(pattern) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
