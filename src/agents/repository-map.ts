import { count } from '../lib/text.ts';

type Folder = { name: string; files: string[]; folders: Map<string, Folder>; total: number; marked: number };

/**
 * The tree of the files, indented by two spaces, in at most about `maxLines` lines: the largest folders are opened first,
 * one that stays closed is `name/ (n files)`. Of a crowded folder the first files and the largest folders are named, the rest counted.
 *
 * @param files repository-relative paths with forward slashes
 * @param options.marked those of them that get a `*`; a closed folder tells how many
 */
export function renderRepositoryMap(
  files: readonly string[],
  { maxLines = 300, marked = new Set() }: { maxLines?: number; marked?: ReadonlySet<string> } = {},
): string {
  if (files.length === 0) return '(no files)';
  const root = toTree(files, marked);
  const opened = openLargest(root, maxLines);
  return [`${count(files.length, 'file')} in all`, ...renderFolder(root, opened, '')].join('\n');
}

const filesShown = 60;
const foldersShown = 120;

function toTree(files: readonly string[], marked: ReadonlySet<string>): Folder {
  const root = emptyFolder('');
  for (const file of files) {
    const parts = file.split('/').map(printable);
    const isMarked = marked.has(file);
    let folder = root;
    addTo(folder, isMarked);
    for (const name of parts.slice(0, -1)) {
      folder = childOf(folder, name);
      addTo(folder, isMarked);
    }
    folder.files.push(`${parts.at(-1) ?? ''}${isMarked ? ' *' : ''}`);
  }
  return root;
}

function childOf(folder: Folder, name: string): Folder {
  const known = folder.folders.get(name);
  if (known) return known;
  const child = emptyFolder(name);
  folder.folders.set(name, child);
  return child;
}

function emptyFolder(name: string): Folder {
  return { name, files: [], folders: new Map(), total: 0, marked: 0 };
}

function addTo(folder: Folder, isMarked: boolean): void {
  folder.total += 1;
  if (isMarked) folder.marked += 1;
}

function openLargest(root: Folder, maxLines: number): ReadonlySet<Folder> {
  const opened = new Set([root]);
  const closed = [...shownFolders(root)];
  let lines = linesOf(root);
  while (closed.length > 0) {
    closed.sort((a, b) => b.total - a.total);
    const at = closed.findIndex((folder) => lines + linesOf(folder) <= maxLines);
    if (at === -1) break;
    for (const folder of closed.splice(at, 1)) {
      opened.add(folder);
      lines += linesOf(folder);
      closed.push(...shownFolders(folder));
    }
  }
  return opened;
}

function shownFolders({ folders }: Folder): ReadonlySet<Folder> {
  const all = [...folders.values()];
  if (all.length <= foldersShown) return new Set(all);
  return new Set(all.sort((a, b) => b.total - a.total).slice(0, foldersShown));
}

function linesOf({ folders, files }: Folder): number {
  return Math.min(folders.size, foldersShown + 1) + Math.min(files.length, filesShown + 1);
}

function renderFolder(folder: Folder, opened: ReadonlySet<Folder>, indent: string): string[] {
  const shown = shownFolders(folder);
  const folders = [...folder.folders.values()].filter((child) => shown.has(child));
  const files = folder.files.slice(0, filesShown);
  return [
    ...folders.flatMap((child) => renderChild(child, opened, indent)),
    ...renderRest(folder.folders.size - folders.length, 'folder', indent),
    ...files.map((file) => `${indent}${file}`),
    ...renderRest(folder.files.length - files.length, 'file', indent),
  ];
}

function renderChild(child: Folder, opened: ReadonlySet<Folder>, indent: string): string[] {
  const marks = child.marked > 0 ? `, ${child.marked} *` : '';
  if (!opened.has(child)) return [`${indent}${child.name}/ (${count(child.total, 'file')}${marks})`];
  return [`${indent}${child.name}/`, ...renderFolder(child, opened, `${indent}  `)];
}

function renderRest(hidden: number, noun: string, indent: string): string[] {
  return hidden > 0 ? [`${indent}… and ${count(hidden, `more ${noun}`)}`] : [];
}

/** A file name may hold line breaks and worse. */
function printable(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
