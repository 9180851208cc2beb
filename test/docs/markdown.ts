import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

export const read = (name: string) => readFileSync(path.join(root, name), 'utf8');

/** Every page for people, by its path in the repository. */
export const pages = [...globSync('*.md', { cwd: root }), ...globSync('docs/**/*.md', { cwd: root })].toSorted();

export type Block = { page: string; language: string; text: string };

/** The fenced code blocks of a page. */
export function blocksIn(page: string): Block[] {
  return [...read(page).matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    page,
    language,
    text,
  }));
}

/** Text without its fenced code blocks. */
export function proseOf(page: string): string {
  return read(page).replace(/^```[\s\S]*?^```$/gm, '');
}

export type Link = { page: string; target: string; problem: string | undefined };

/** The links of a page to files of the repository and to headings in them, and what is wrong with each. */
export function localLinksIn(page: string): Link[] {
  return [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .flatMap(([, target = '']) => (/^[a-z]+:/.test(target) ? [] : [target]))
    .map((target) => ({ page, target, problem: problemOf(page, target) }));
}

function problemOf(page: string, target: string): string | undefined {
  const [file = '', heading] = target.split('#');
  const place = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
  if (!existsSync(path.join(root, place))) return 'there is no such file';
  if (heading === undefined) return undefined;
  return headingsOf(place).includes(heading) ? undefined : 'there is no such heading';
}

/** Headings as GitHub's anchors: lower case, spaces as hyphens, other signs left out. */
function headingsOf(page: string): string[] {
  return [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, text = '']) =>
    text
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

/** The rows of the first table below a heading, header and rule left out. */
export function rowsBelow(page: string, heading: string): string[][] {
  const section =
    read(page)
      .split(new RegExp(`^#+ ${heading}$`, 'm'))[1]
      ?.split(/^#+ /m)[0] ?? '';
  const lines = section.split('\n');
  const start = lines.findIndex((line) => line.startsWith('|'));
  const end = lines.findIndex((line, at) => at > start && !line.startsWith('|'));
  return lines.slice(start + 2, end === -1 ? undefined : end).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
