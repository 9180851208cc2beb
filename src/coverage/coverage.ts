import { allBlocks, type Blocks, linesIn } from './blocks.ts';
import type { FileFacts } from './file-facts.ts';

/** What is known of a file's having been looked at. */
export type FileAttention = {
  /** The content that was looked at. */
  blob: string;
  lines: number;
  seen: Blocks;
  /** The day of the last look (`2026-11-21`); absent where it was only ever offered. */
  day?: string | undefined;
  /** How often it was offered since then without being looked at. */
  offers: number;
};

/** By path. */
export type ScanCoverage = ReadonlyMap<string, FileAttention>;
/** By the name of the scan: what one looked at for its purpose, another has still to look at for its own. */
export type Coverage = ReadonlyMap<string, ScanCoverage>;

/** What a scan saw of a file in one session; nothing where it was offered only. */
export type Look = { path: string; seen: Blocks };

/**
 * The coverage after a session. What was seen of the same content adds up; of changed content it begins anew. A file that was offered and
 * not looked at moves back behind those that were offered less often.
 *
 * @param scan.files all files of the repository as they are now: others are forgotten.
 */
export function updateCoverage(
  before: ScanCoverage,
  scan: { files: ReadonlyMap<string, FileFacts>; looks: readonly Look[]; day: string },
): ScanCoverage {
  const after = new Map([...before].filter(([path]) => scan.files.has(path)));
  for (const { path, seen } of scan.looks) {
    const file = scan.files.get(path);
    if (file) after.set(path, afterLook(before.get(path), { file, seen, day: scan.day }));
  }
  return after;
}

function afterLook(
  known: FileAttention | undefined,
  { file, seen, day }: { file: FileFacts; seen: Blocks; day: string },
): FileAttention {
  const { blob, lines } = file;
  if (seen === 0)
    return known ? { ...known, offers: Math.min(known.offers + 1, 99) } : { blob, lines, seen: 0, offers: 1 };
  const before = known?.blob === blob ? known.seen : 0;
  return { blob, lines, seen: before | seen, day, offers: 0 };
}

/** What of the file's present content was looked at so far. */
export function seenOf({ path, blob }: Pick<FileFacts, 'path' | 'blob'>, coverage: ScanCoverage): Blocks {
  const known = coverage.get(path);
  return known?.blob === blob ? known.seen : 0;
}

/** How far a scan has come. Counted are the files that somebody can read, within the scan's paths. */
export type CoverageTotals = {
  files: number;
  lines: number;
  /** In this session: files of which anything was seen, and lines. */
  looked: { files: number; lines: number };
  /** Of the present contents, in all sessions: files that were seen whole, and lines. */
  soFar: { files: number; lines: number };
};

export function totalCoverage(
  files: readonly FileFacts[],
  { looks, after }: { looks: readonly Look[]; after: ScanCoverage },
): CoverageTotals {
  const now = new Map(looks.map(({ path, seen }) => [path, seen]));
  const readable = files.filter(({ kind }) => kind !== 'unread');
  const sum = (count: (file: FileFacts) => number) => readable.reduce((total, file) => total + count(file), 0);
  const nowSeen = ({ path }: FileFacts) => now.get(path) ?? 0;
  return {
    files: readable.length,
    lines: sum(({ lines }) => lines),
    looked: {
      files: sum((file) => Number(nowSeen(file) > 0)),
      lines: sum((file) => linesIn(nowSeen(file), file.lines)),
    },
    soFar: {
      files: sum((file) => Number(seenOf(file, after) === allBlocks(file.lines))),
      lines: sum((file) => linesIn(seenOf(file, after), file.lines)),
    },
  };
}
