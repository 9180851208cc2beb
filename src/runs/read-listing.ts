import { isPlainRelative } from '../lib/safe-path.ts';

/** A file or link as a sandbox lists it; all of it is the sandbox's word. */
export type ListedFile = { path: string; mode: 'file' | 'executable' | 'link'; bytes: number; target: string };

/** What lists the files of the folder it runs in, for `readListing`; git's own folder at the top is left out. */
export const listingCommand = [
  'find',
  ...['.', '-path', './.git', '-prune', '-o', '(', '-type', 'f', '-o', '-type', 'l', ')'],
  ...['-printf', '%y\\t%m\\t%s\\t%p\\0%l\\0'],
] as const satisfies readonly [string, ...string[]];

/**
 * What the command printed: for each file two texts that end with a zero byte, `type, permissions, size, path` apart by tabs, and the target of a link.
 *
 * @returns the files, and the paths that no repository can hold; `undefined` where it is no listing.
 */
export function readListing(text: string): { files: ListedFile[]; odd: string[] } | undefined {
  if (text !== '' && !text.endsWith('\0')) return undefined;
  const parts = text.split('\0').slice(0, -1);
  if (parts.length % 2 !== 0) return undefined;
  const entries = parts.flatMap((head, at) => (at % 2 === 0 ? [toFile(head, parts[at + 1] ?? '')] : []));
  const files = entries.filter((entry) => entry !== undefined);
  if (files.length < entries.length) return undefined;
  const odd = files.map(({ path }) => path).filter(isOdd);
  return { files: files.filter(({ path }) => !isOdd(path)), odd };
}

/** Whether no repository can hold a path, or none that we could name. */
export function isOdd(path: string): boolean {
  return !isPlainRelative(path) || path.includes('\ufffd');
}

function toFile(head: string, target: string): ListedFile | undefined {
  const [, type = '', permissions = '', size, path = ''] = /^([fl])\t([0-7]{1,4})\t(\d+)\t\.\/(.+)$/s.exec(head) ?? [];
  return size === undefined ? undefined : { path, mode: modeOf(type, permissions), bytes: Number(size), target };
}

function modeOf(type: string, permissions: string): ListedFile['mode'] {
  if (type === 'l') return 'link';
  return (Number.parseInt(permissions, 8) & 0o100) !== 0 ? 'executable' : 'file';
}

/** What hashes the files whose paths it reads, for `readDigests`. */
export const digestCommand = ['xargs', '-0', '-r', 'sha256sum', '-z', '--'] as const satisfies readonly [
  string,
  ...string[],
];

/** SHA-256 by path, of what the command printed. */
export function readDigests(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\0').flatMap((entry) => {
      const [, digest, path] = /^([0-9a-f]{64}) [ *](.+)$/s.exec(entry) ?? [];
      return digest !== undefined && path !== undefined ? [[path, digest] as const] : [];
    }),
  );
}
