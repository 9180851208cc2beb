import { extname } from 'node:path/posix';

/** Where a repository is shown. `commit` is 40 hex digits; without it there are no lasting addresses. */
export type Hosted = { serverUrl: string; repository: string; commit: string | undefined };

type Place = { path: string; startLine?: number | undefined; endLine?: number | undefined };

/** The address of lines at a commit, which stay what they are. */
export function permalink(place: Place, { serverUrl, repository, commit }: Hosted): string | undefined {
  const segments = place.path.toWellFormed().split('/');
  // A browser resolves `..`, and the address would be that of somebody else's page.
  if (!commit || segments.some((segment) => ['', '.', '..'].includes(segment))) return undefined;
  const path = segments.map(encodeURIComponent).join('/');
  const start = place.startLine ? `#L${place.startLine}` : '';
  const end = start !== '' && place.endLine && place.endLine !== place.startLine ? `-L${place.endLine}` : '';
  // GitHub draws Markdown files instead of showing their lines, unless asked for the plain text.
  const plain = start !== '' && /\.(?:md|markdown|mdx|rst|adoc)$/i.test(place.path) ? '?plain=1' : '';
  return `${serverUrl}/${repository}/blob/${commit}/${path}${plain}${start}${end}`;
}

export function commitAddress({ serverUrl, repository, commit }: Hosted): string | undefined {
  return commit && `${serverUrl}/${repository}/commit/${commit}`;
}

/** `src/a.ts:3-5`. */
export function placeText({ path, startLine, endLine }: Place): string {
  if (!startLine) return path;
  return endLine && endLine !== startLine ? `${path}:${startLine}-${endLine}` : `${path}:${startLine}`;
}

const languages: Readonly<Record<string, string>> = {
  cjs: 'js',
  mjs: 'js',
  cts: 'ts',
  mts: 'ts',
  yml: 'yaml',
  htm: 'html',
  h: 'c',
  hpp: 'cpp',
  cc: 'cpp',
  bash: 'sh',
  zsh: 'sh',
  kts: 'kotlin',
  kt: 'kotlin',
  rs: 'rust',
  tf: 'hcl',
  dockerfile: 'dockerfile',
  makefile: 'makefile',
};

/** The language hint of a code block for a file, by its extension or, where it has none, its name. */
export function languageOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const extension = extname(name).slice(1);
  return languages[extension || name] ?? extension;
}
