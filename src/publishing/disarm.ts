import { disarmLine } from './disarm-line.ts';
import { entity, isKeptEntity } from './entities.ts';
import { stripInvisible } from './invisible.ts';
import { type Block, renderFence, splitBlocks } from './markdown-blocks.ts';
import { issueAddress } from './triggers.ts';
import { unfoldProse, unfoldTitle } from './unfold.ts';

/** One line of prose. It may stand anywhere in a line, also at its start: nothing in it opens a list, a heading, a quote or a fence. */
export function disarmInline(text: string, kind: { cell?: boolean } = {}): string {
  const line = fold(stripInvisible(unfoldProse(text)));
  return disarmLine(escapeLineStart(line), { ...kind, table: true });
}

/** A title: GitHub shows it as it is, but for code spans. */
export function disarmTitle(text: string): string {
  return disarmLine(fold(unfoldTitle(text)), { title: true });
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function escapeLineStart(line: string): string {
  if (/^(?:[-*_=][ \t]*){3,}$|^=+$|^(?:>|~{3,}|#{1,6}(?: |$)|[-+*](?: |$))/.test(line)) return `\\${line}`;
  return line.replace(/^(\d{1,9})([.)])(?= |$)/, '$1\\$2');
}

type Page = { lines: string[]; depth: number };

/**
 * Markdown of several lines. Its code blocks stay as they are, each within a fence of ours; all other lines are disarmed one by one.
 * What it folds away (`details`) it also ends. Repeatable: disarmed text stays as it is.
 */
export function disarmBlock(text: string): string {
  const page: Page = { lines: [], depth: 0 };
  for (const block of splitBlocks(unfold(text))) {
    if (block.kind === 'fence') standAlone(page, renderFence(block));
    else writeProse(page, block.lines);
  }
  for (; page.depth > 0; page.depth--) standAlone(page, '</details>');
  return trimLines(page.lines).join('\n');
}

/** Takes hidden parts out of the prose. That can make new fences, so it is done over until they are where they were. */
function unfold(text: string): string {
  let current = text;
  for (let round = 0; round < 4; round++) {
    const next = stripInvisible(splitBlocks(current).map(unfoldBlock).join('\n'));
    if (next === current) return next;
    current = next;
  }
  return current;
}

function unfoldBlock(block: Block): string {
  return block.kind === 'fence' ? renderFence(block) : unfoldProse(block.lines.join('\n'));
}

function writeProse(page: Page, lines: readonly string[]): void {
  const table = lines.some((line) => /^[ \t>|:-]*$/.test(line) && line.includes('-') && /[|:]/.test(line));
  for (const line of lines) {
    const folding = foldingLines(page, line.trim());
    if (folding) for (const html of folding) standAlone(page, html);
    else if (line.trim() !== '') page.lines.push(disarmLine(line.trimEnd(), { table }));
    else if (page.lines.at(-1) !== '') page.lines.push('');
  }
}

/** `<details>`, `</details>` and `<summary>` lines as HTML of our own, or nothing where the line is none or closes what is not open. */
function foldingLines(page: Page, line: string): readonly string[] | undefined {
  if (/^<details(?: open)?>$/i.test(line)) {
    page.depth += 1;
    return ['<details>'];
  }
  if (/^<\/details>$/i.test(line) && page.depth > 0) {
    page.depth -= 1;
    return ['</details>'];
  }
  const summary = /^(<details(?: open)?>)?[ \t]*<summary>(.*)<\/summary>$/i.exec(line);
  if (!summary || (summary[1] === undefined && page.depth === 0)) return undefined;
  if (summary[1] !== undefined) page.depth += 1;
  const title = `<summary>${disarmSummary(summary[2] ?? '')}</summary>`;
  return summary[1] === undefined ? [title] : ['<details>', title];
}

/** Text in raw HTML, where Markdown's code spans protect nothing. */
function disarmSummary(text: string): string {
  const plain = text.replace(/<\/?(?:b|code|strong|em|i)>/gi, '').replace(/<|&/g, (sign, at: number, whole: string) => {
    entity.lastIndex = at;
    const found = sign === '&' ? entity.exec(whole) : undefined;
    if (sign === '<') return '&lt;';
    return found && !isKeptEntity(found) ? '&amp;' : '&';
  });
  return /[@#]|gh-\d/i.test(plain) || issueAddress(plain) ? `<code>${plain}</code>` : plain;
}

/** Blank lines around: so that a fence is a fence, and raw HTML ends where it should. */
function standAlone(page: Page, text: string): void {
  if ((page.lines.at(-1) ?? '') !== '') page.lines.push('');
  page.lines.push(...text.split('\n'), '');
}

function trimLines(lines: readonly string[]): readonly string[] {
  const start = lines.findIndex((line) => line.trim() !== '');
  const end = lines.findLastIndex((line) => line.trim() !== '');
  return start === -1 ? [] : lines.slice(start, end + 1);
}
