import type { PatchChange } from './patch.ts';

/** A file as a branch gets it; `null`: it goes. */
export type FileText = string | { mode: 'executable' | 'link'; text: string } | null;

/** The files of a patch as text. @returns the path of one that is none: nothing but text leaves a sandbox. */
export function planFiles(changes: readonly PatchChange[]): { files: Map<string, FileText> } | { binary: string } {
  const files = new Map<string, FileText>();
  for (const change of changes) {
    const { path } = change;
    if (change.change === 'deleted') {
      files.set(path, null);
      continue;
    }
    const text = decode(change.data);
    if (text === undefined) return { binary: path };
    const { mode } = change;
    files.set(path, mode === 'executable' || mode === 'link' ? { mode, text } : text);
  }
  return { files };
}

function decode(data: Uint8Array): string | undefined {
  if (data.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    return undefined;
  }
}

type Entries = ReadonlyMap<string, { mode: string; id: string }>;

/**
 * The changed paths that are otherwise in `now` than they were in `before`, or in whose way something stands there now: what a patch against
 * `before` would undo.
 */
export function conflictsOf(paths: Iterable<string>, before: Entries, now: Entries): string[] {
  return [...paths].filter((path) => {
    const [old, current] = [before.get(path), now.get(path)];
    if (old?.id !== current?.id || old?.mode !== current?.mode) return true;
    return old === undefined && isInTheWay(path, now);
  });
}

/** A file where the path has a folder, or a folder where it has its file. */
function isInTheWay(path: string, entries: Entries): boolean {
  const parts = path.split('/');
  if (parts.slice(1).some((_, depth) => entries.has(parts.slice(0, depth + 1).join('/')))) return true;
  return [...entries.keys()].some((other) => other.startsWith(`${path}/`));
}
