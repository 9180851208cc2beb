import { mergeRanges, type Range } from './blocks.ts';
import { type Reading, type ShownLines, weightOf } from './shown-lines.ts';

/** Lines of a file that stand in an output, one after the other. */
type Run = {
  path: string;
  /** From 1, both included. */
  from: number;
  to: number;
  /** Of the first line, in the output. */
  at: number;
  length: number;
  score: number;
};

/** Collects files against what was shown; `settle` says what of each file that was. */
export type LineMatcher = {
  /** @param lines as `comparedLines` gives them */
  take(path: string, lines: readonly string[]): void;
  settle(): ReadonlyMap<string, readonly Range[]>;
};

/** Letters and digits that a run needs to mean this file, and none of a like kind; less where the output names file or line. */
const leastWeight = 30;
const leastNamedWeight = 8;
/** A text that as many files have alike belongs to none of them. */
const mostOwners = 4;
const mostRuns = 2000;

/**
 * Finds what of the repository's files an agent has seen: runs of a file's own lines in what its commands printed, whatever the commands
 * were. Of files that share a run (a licence's head, copied code) the one with the longest run around it has it, then the one whose line
 * numbers or path agree. Cost: one look-up per line of each file, and the lines that match.
 */
export function createLineMatcher(shown: ShownLines): LineMatcher {
  const runs: Run[] = [];
  const best = new Map<number, { score: number; owners: number }>();
  return {
    take(path, lines) {
      for (const run of findRuns({ path, lines }, shown)) {
        runs.push(run);
        for (let at = run.at; at < run.at + run.length; at++) noteScore(best, at, run.score);
      }
    },
    settle() {
      const ranges = new Map<string, Range[]>();
      for (const run of runs)
        if (ownsRun(run, best)) ranges.set(run.path, [...(ranges.get(run.path) ?? []), [run.from, run.to]]);
      return new Map([...ranges].map(([path, list]) => [path, mergeRanges(list)]));
    },
  };
}

function noteScore(best: Map<number, { score: number; owners: number }>, at: number, score: number): void {
  const known = best.get(at);
  if (!known || score > known.score) best.set(at, { score, owners: 1 });
  else if (score === known.score) known.owners += 1;
}

/** A run is a file's own where half of its lines are nobody else's by more right. */
function ownsRun({ at, length, score }: Run, best: ReadonlyMap<number, { score: number; owners: number }>): boolean {
  let own = 0;
  for (let position = at; position < at + length; position++) {
    const found = best.get(position);
    if (found && found.score === score && found.owners <= mostOwners) own += 1;
  }
  return own * 2 >= length;
}

type File = { path: string; lines: readonly string[] };

function findRuns(file: File, shown: ShownLines): Run[] {
  const runs: Run[] = [];
  // Up to which line each diagonal of file and output was followed already.
  const followed = new Map<number, number>();
  file.lines.forEach((text, index) => {
    for (const at of shown.positions.get(text) ?? []) {
      const diagonal = at - index;
      if ((followed.get(diagonal) ?? -1) >= index || runs.length >= mostRuns) continue;
      const { run, last } = follow(file, { index, at }, shown);
      followed.set(diagonal, last);
      if (run) runs.push(run);
    }
  });
  return runs;
}

/** The run through a place, forwards and backwards as far as file and output agree. */
function follow(
  file: File,
  { index, at }: { index: number; at: number },
  shown: ShownLines,
): { run: Run | undefined; last: number } {
  const { path, lines } = file;
  const readingAt = (line: number) => readingOf({ path, text: lines[line] }, shown.lines[at + line - index]);
  let first = index;
  while (first > 0 && readingAt(first - 1)) first -= 1;
  let last = index;
  while (readingAt(last + 1)) last += 1;
  const length = last - first + 1;
  const agreeing = { lines: 0, weight: 0 };
  for (let line = first; line <= last; line++) addReading(agreeing, readingAt(line), line + 1);
  const mention = mentionOf(path, shown.commandAt(at));
  const isWhole = mention > 0 && lines.every((text, line) => text === '' || (line >= first && line <= last));
  if (!isWhole && agreeing.weight < (agreeing.lines > 0 ? leastNamedWeight : leastWeight))
    return { run: undefined, last };
  const score = length * 10 + (agreeing.lines * 2 >= length ? 3 : 0) + mention;
  return { run: { path, ...withBlanks(lines, first, last), at: at - index + first, length, score }, last };
}

/** Adds what a line says, and whether the path or the line number before it agree. */
function addReading(sum: { lines: number; weight: number }, reading: Reading | undefined, line: number): void {
  sum.weight += weightOf(reading?.text ?? '');
  if (reading?.path !== undefined || reading?.line === line) sum.lines += 1;
}

/** The reading of an output's line that is this line of the file. A path before it must be the file's. */
function readingOf(
  { path, text }: { path: string; text: string | undefined },
  readings: readonly Reading[] | undefined,
): Reading | undefined {
  const fitting = readings?.filter((one) => one.text === text && (one.path === undefined || fits(one.path, path)));
  return fitting?.at(-1);
}

/** Whether a path as a command printed it may be this file: from the root, from a folder below it, or absolute. */
function fits(printed: string, path: string): boolean {
  const name = printed.replace(/^(?:\.\/)+/, '');
  return name === path || path.endsWith(`/${name}`) || name.endsWith(`/${path}`);
}

function mentionOf(path: string, command: string): number {
  if (command.includes(path)) return 5;
  return command.includes(path.slice(path.lastIndexOf('/') + 1)) ? 4 : 0;
}

/** With the empty lines around it: there is nothing in them to see. */
function withBlanks(lines: readonly string[], first: number, last: number): { from: number; to: number } {
  let from = first;
  while (from > 0 && lines[from - 1] === '') from -= 1;
  let to = last;
  while (lines[to + 1] === '') to += 1;
  return { from: from + 1, to: to + 1 };
}
