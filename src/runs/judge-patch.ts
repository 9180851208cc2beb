import { posix } from 'node:path';
import { type ForbiddenPath, forbidPath } from './forbidden-path.ts';
import type { PatchChange } from './patch.ts';

/** What a patch may be. Sizes are in bytes of what it adds and changes. */
export type PatchPolicy = {
  mostFiles: number;
  mostBytes: number;
  largestFile: number;
  /** What the repository protects besides. */
  isProtected: (path: string) => boolean;
  /** Whether a text holds a credential: one of ours, or what looks like one. */
  holdsSecret: (text: string) => boolean;
  /** Where other repositories are put in. */
  submodules: readonly string[];
};

export const patchLimits = { mostFiles: 200, mostBytes: 2_000_000, largestFile: 500_000 } as const;

/** Why a patch does not leave the sandbox. `path` is absent where the whole of it is meant. */
export type PatchRefusal = {
  kind: ForbiddenPath | 'link' | 'submodule' | 'binary' | 'size' | 'secret' | 'clash';
  path?: string;
  why: string;
};

const whyForbidden = {
  unsafe: 'its path is not one that every machine can hold safely',
  git: "it is git's own: what is in it acts on every checkout",
  workflow: 'it says what runs in continuous integration',
  agent: 'programs read or run it by themselves in every checkout',
  own: "it is Courier's own configuration",
  owners: 'it says who has to review what',
  protected: 'the repository protects it',
} as const satisfies Record<ForbiddenPath, string>;

/**
 * All that keeps a patch in the sandbox; empty where it may leave. What was there already is not held against it: neither a secret nor
 * a binary file that it leaves as they are.
 *
 * @param paths all paths of the tree after the patch.
 */
export function judgePatch(
  changes: readonly PatchChange[],
  { paths, ...policy }: PatchPolicy & { paths: Iterable<string> },
): PatchRefusal[] {
  return [
    ...changes.flatMap((change) => judgeChange(change, policy)),
    ...judgeSize(changes, policy),
    ...judgeClashes(changes, paths),
  ];
}

function judgeChange(change: PatchChange, policy: PatchPolicy): PatchRefusal[] {
  const { path } = change;
  const refused = judgePath(path, policy);
  if (refused) return [refused];
  if (change.change === 'deleted') return [];
  if (policy.holdsSecret(path)) return [{ kind: 'secret', path, why: 'its name looks like a credential' }];
  if (change.mode === 'link') return judgeLink(path, decode(change.data), policy);
  if (change.data.length > policy.largestFile) return [tooLarge(change.data.length, path)];
  const before = change.change === 'changed' ? change.before : undefined;
  if (before && same(before.data, change.data)) return [];
  const text = decode(change.data);
  if (text === undefined) return [{ kind: 'binary', path, why: 'it is not text' }];
  const added = addedLines(text, (before && decode(before.data)) ?? '');
  return policy.holdsSecret(added) ? [{ kind: 'secret', path, why: 'what it adds looks like a credential' }] : [];
}

/** Why nothing may be done to a path; it need not be one that a patch can hold. */
export function judgePath(
  path: string,
  { isProtected, submodules }: Pick<PatchPolicy, 'isProtected' | 'submodules'>,
): PatchRefusal | undefined {
  const forbidden = forbidPath(path, isProtected);
  if (forbidden) return { kind: forbidden, path, why: whyForbidden[forbidden] };
  const isIn = submodules.some((submodule) => path === submodule || path.startsWith(`${submodule}/`));
  return isIn ? { kind: 'submodule', path, why: 'it is in a submodule, which is a repository of its own' } : undefined;
}

export function unsafePath(path: string): PatchRefusal {
  return { kind: 'unsafe', path, why: whyForbidden.unsafe };
}

export function tooLarge(bytes: number, path: string): PatchRefusal {
  return { kind: 'size', path, why: `it has ${bytes} bytes, and ${patchLimits.largestFile} are the most` };
}

export function tooMany(files: number): PatchRefusal {
  return { kind: 'size', why: `it touches ${files} files, and ${patchLimits.mostFiles} are the most` };
}

/** A link may point at what the repository holds, by a relative path that stays in it. */
function judgeLink(path: string, target: string | undefined, policy: PatchPolicy): PatchRefusal[] {
  const out = { kind: 'link', path, why: 'it is a link that leads out of the repository' } as const;
  if (target === undefined || target === '' || posix.isAbsolute(target) || /[\\:\0]/.test(target)) return [out];
  if (policy.holdsSecret(target)) return [{ kind: 'secret', path, why: 'what it adds looks like a credential' }];
  // A step back on the way is one from where the folder before it leads, if that is a link.
  const steps = target.split('/').filter((step) => step !== '' && step !== '.');
  if (steps.lastIndexOf('..') > steps.findIndex((step) => step !== '..') && steps.some((step) => step !== '..'))
    return [out];
  const place = posix.normalize(posix.join(posix.dirname(path), target));
  if (place === '..' || place.startsWith('../')) return [out];
  if (place === '.') return [];
  const forbidden = forbidPath(place.replace(/\/$/, ''), policy.isProtected);
  return forbidden ? [{ kind: 'link', path, why: `it is a link to a place where ${whyForbidden[forbidden]}` }] : [];
}

function judgeSize(changes: readonly PatchChange[], { mostFiles, mostBytes }: PatchPolicy): PatchRefusal[] {
  const bytes = changes.reduce((sum, change) => sum + (change.change === 'deleted' ? 0 : change.data.length), 0);
  const refusals: PatchRefusal[] = [];
  if (changes.length > mostFiles) refusals.push(tooMany(changes.length));
  if (bytes > mostBytes) refusals.push({ kind: 'size', why: `it has ${bytes} bytes, and ${mostBytes} are the most` });
  return refusals;
}

/** Two names that are one on a file system without case, and a file where a folder is. */
function judgeClashes(changes: readonly PatchChange[], paths: Iterable<string>): PatchRefusal[] {
  const folded = Map.groupBy(paths, (path) => path.normalize('NFC').toLowerCase());
  return changes.flatMap(({ change, path }) => {
    if (change !== 'added') return [];
    const others = (folded.get(path.normalize('NFC').toLowerCase()) ?? []).filter((other) => other !== path);
    if (others.length === 0) return [];
    return [{ kind: 'clash' as const, path, why: `on many machines it is the same file as ${others[0]}` }];
  });
}

function decode(data: Uint8Array): string | undefined {
  if (data.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    return undefined;
  }
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** Lines that were not there, each as often as it is new. */
function addedLines(text: string, before: string): string {
  const known = new Map<string, number>();
  for (const line of before.split('\n')) known.set(line, (known.get(line) ?? 0) + 1);
  const added = text.split('\n').filter((line) => {
    const left = known.get(line) ?? 0;
    known.set(line, left - 1);
    return left <= 0;
  });
  return added.join('\n');
}
