/** The runs of backticks of one line, by length, each list from the last to the first. */
export type BacktickRuns = Map<number, number[]>;

// CommonMark's reference implementation gives up on longer runs: what stands between them would be text.
const longestRun = 32;

export function findBacktickRuns(line: string): BacktickRuns {
  const runs: BacktickRuns = new Map();
  for (const match of line.matchAll(/`+/g)) {
    const length = match[0].length;
    const same = runs.get(length);
    if (same) same.push(match.index);
    else runs.set(length, [match.index]);
  }
  for (const same of runs.values()) same.reverse();
  return runs;
}

/**
 * The end (exclusive) of the code span that opens with a run of `length` backticks at `at`: CommonMark pairs it with the next run of its
 * length. `undefined` where the line has none: then it is no code, and has to be made to say so, or it would pair with one of a later line.
 * Positions are asked for from left to right; what lies behind is forgotten, which keeps it linear.
 */
export function endOfCodeSpan(runs: BacktickRuns, { at, length }: { at: number; length: number }): number | undefined {
  const same = runs.get(length);
  if (!same || length > longestRun) return undefined;
  while ((same.at(-1) ?? Number.POSITIVE_INFINITY) < at + length) same.pop();
  const closer = same.at(-1);
  return closer === undefined ? undefined : closer + length;
}

/** How many backticks stand at `at`. */
export function backticksAt(text: string, at: number): number {
  let end = at;
  while (text[end] === '`') end++;
  return end - at;
}
