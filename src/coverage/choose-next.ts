import { allBlocks, missingRanges, type Range } from './blocks.ts';
import { type ScanCoverage, seenOf } from './coverage.ts';
import { type FileFacts, fileKinds } from './file-facts.ts';

/** A file to look at. `ranges`: the rest of it was looked at already. */
export type NextFile = { path: string; lines: number; ranges?: readonly Range[] };

/** Where a session is to begin. */
export type NextFiles = {
  /** Looked at before, with other contents. */
  changed: readonly NextFile[];
  /** Never looked at, or in part. */
  unseen: readonly NextFile[];
  /** How many more of both there are. */
  left: number;
  /** Everything that is to be looked at, the files that were left out here among them. */
  open: ReadonlySet<string>;
  /** Readable files in scope. */
  files: number;
};

// About 4,000 tokens.
const defaultCharacters = 12_000;

/**
 * What a scan has not looked at as it is now: changed files first, then what was never seen, the most relevant first (those offered least
 * often, code before its tests before texts before data, files with findings before others), as many as fit.
 *
 * @param options.marked paths of known findings
 * @param options.characters the room for the list
 */
export function chooseNext(
  files: readonly FileFacts[],
  coverage: ScanCoverage,
  options: { marked?: ReadonlySet<string>; characters?: number } = {},
): NextFiles {
  const { marked = new Set(), characters = defaultCharacters } = options;
  const readable = files.filter(({ kind }) => kind !== 'unread');
  const open = readable.filter((file) => seenOf(file, coverage) !== allBlocks(file.lines));
  const ranked = open
    .map((file) => ({ file, rank: rankOf(file, coverage, marked) }))
    .sort((a, b) => compareRanks(a.rank, b.rank) || compareText(a.file.path, b.file.path))
    .map(({ file }) => file);
  const fitting = takeFitting(ranked, characters);
  const isChanged = ({ path, blob }: FileFacts) => {
    const known = coverage.get(path);
    return known?.day !== undefined && known.blob !== blob;
  };
  return {
    changed: fitting.filter(isChanged).map((file) => toNext(file, coverage)),
    unseen: fitting.filter((file) => !isChanged(file)).map((file) => toNext(file, coverage)),
    left: open.length - fitting.length,
    open: new Set(open.map(({ path }) => path)),
    files: readable.length,
  };
}

// What was offered so often and never looked at is not to keep others waiting, nor to be forgotten.
const mostOffers = 3;

function rankOf(file: FileFacts, coverage: ScanCoverage, marked: ReadonlySet<string>): readonly number[] {
  const known = coverage.get(file.path);
  const isChanged = known?.day !== undefined && known.blob !== file.blob;
  return [
    Math.min(known?.offers ?? 0, mostOffers),
    isChanged ? 0 : 1,
    fileKinds.indexOf(file.kind),
    marked.has(file.path) ? 0 : 1,
  ];
}

function compareRanks(one: readonly number[], other: readonly number[]): number {
  for (const [index, rank] of one.entries()) {
    const difference = rank - (other[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** In order, until the room is used up. What is told of a file beside its path takes some 30 characters at most. */
function takeFitting(files: readonly FileFacts[], characters: number): FileFacts[] {
  let room = characters;
  const taken: FileFacts[] = [];
  for (const file of files) {
    room -= file.path.length + 30;
    if (room < 0) break;
    taken.push(file);
  }
  return taken;
}

function toNext(file: FileFacts, coverage: ScanCoverage): NextFile {
  const { path, lines } = file;
  const seen = seenOf(file, coverage);
  return seen === 0 ? { path, lines } : { path, lines, ranges: missingRanges(seen, lines) };
}
