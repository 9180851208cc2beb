import { type Edge, marginalsOf } from './matching-marginals.ts';

/**
 * Two findings of one file: `ratio` is how much likelier their words and weaknesses are for one problem than for two, `lines` how far the
 * second stands below the first, where both have a line.
 */
export type Placed = Edge & {
  ratio: number;
  lines: number | undefined;
  /** Whether they span as many lines; absent where one does not tell where it ends. */
  sameSpan: boolean | undefined;
  sameSymbol: boolean | undefined;
};

/** `joint`: how probable it is that the two are one, all others considered; `alone`: the same if there were no others. */
export type Posterior = { joint: number; alone: number };

export type FileOfPairs = { raised: number; known: number; span: number; pairs: readonly Placed[] };

/** One way in which the lines of a file may have moved; `lines` is absent where no pair stands together. */
type Shifted = { lines: number | undefined; logSum: number; joint: Float64Array; alone: Float64Array };

// Before anything is compared: three of ten findings come back.
const overlap = 0.3;
// How the lines of two reports about one problem differ, measured: 0, 1, 2 … lines; and the rest anywhere.
const jitter = [0.82, 0.045, 0.02, 0.01, 0.005, 0.004, 0.003, 0.003, 0.002, 0.002, 0.002];
const elsewhere = 0.02;
// Two reports that start in one line and end in different ones. Measured, wherever they start: three of ten pairs that are one problem span
// another number of lines, three of four that are two. Where they start apart so do most of either kind, and it tells nothing.
const otherEnd = 0.4;
// Two problems of a file stand anywhere in it: at least in so many lines, as those that were found do not show how long it is.
const leastSpan = 500;
// By how much code moves, where it does: small shifts are likelier (lines, the mean of the distribution).
const meanShift = 100;
const [fewestShifts, mostShifts, mostWork] = [8, 20, 60_000];
// The same function is near, wherever in it the finger points.
const inSymbol = 12;
const rounds = 4;

/**
 * How probable it is, for each pair of each file, that the two are one problem: the sum over all ways in which the file's lines may have
 * moved by one number, each with all ways of matching one to one. How much of the repository stands where it stood is not assumed but told
 * by the findings themselves (expectation maximisation).
 */
export function posteriorsOf(files: readonly FileOfPairs[]): Posterior[][] {
  const shifted = files.map(shiftsOf);
  let standing = 0.5;
  for (let round = 0; round < rounds; round++) {
    let [stood, total] = [1, 2];
    for (const shifts of shifted) {
      const weights = weightsOf(shifts, standing);
      const matched = Math.min(
        1,
        mix(shifts, weights, (shift) => sumOf(shift.joint)),
      );
      stood += matched * mix(shifts, weights, ({ lines }) => Number(lines === 0));
      total += matched;
    }
    standing = stood / total;
  }
  return shifted.map((shifts, file) => {
    const weights = weightsOf(shifts, standing);
    return (files[file]?.pairs ?? []).map((_pair, index) => ({
      joint: mix(shifts, weights, ({ joint }) => joint[index] ?? 0),
      alone: mix(shifts, weights, ({ alone }) => alone[index] ?? 0),
    }));
  });
}

/** No shift, those under which a pair of some likeness stands together, and any other. */
function shiftsOf(file: FileOfPairs): Shifted[] {
  const most = Math.max(fewestShifts, Math.min(mostShifts, Math.floor(mostWork / Math.max(1, file.pairs.length))));
  const telling = file.pairs.filter(({ lines, ratio }) => lines !== undefined && ratio > 0.2);
  const likeliest = telling.toSorted((a, b) => b.ratio - a.ratio).map(({ lines }) => lines);
  const candidates = [0, ...new Set(likeliest.filter((lines) => lines !== 0))].slice(0, most);
  return [...candidates, undefined].map((lines) => matchUnder(file, lines));
}

function matchUnder(file: FileOfPairs, shift: number | undefined): Shifted {
  const span = Math.max(leastSpan, 2 * file.span);
  const prior = overlap / (1 - overlap) / Math.max(file.raised, file.known);
  const odds = new Float64Array(file.pairs.length);
  for (const [index, pair] of file.pairs.entries()) odds[index] = prior * pair.ratio * placeRatio(pair, shift, span);
  const { probabilities, logSum } = marginalsOf(file.pairs, odds, file);
  return { lines: shift, logSum, joint: probabilities, alone: odds.map((odd) => odd / (1 + odd)) };
}

/** How much likelier the place of the two is for one problem than for two. */
function placeRatio({ lines, sameSpan, sameSymbol }: Placed, shift: number | undefined, span: number): number {
  if (lines === undefined) return sameSymbol ? inSymbol : 1;
  const near = shift === undefined ? 0 : (jitter[Math.abs(lines - shift)] ?? 0);
  const ends = lines === shift && sameSpan === false ? otherEnd : 1;
  return Math.max(ends * near * span + elsewhere, sameSymbol ? inSymbol : 0);
}

function weightsOf(shifts: readonly Shifted[], standing: number): number[] {
  const priors = shifts.map(({ lines }) => (lines === undefined ? undefined : priorOf(lines, standing)));
  const rest = Math.max(1e-6, 1 - priors.reduce((sum: number, prior) => sum + (prior ?? 0), 0));
  const logs = shifts.map(({ logSum }, index) => logSum + Math.log(priors[index] ?? rest));
  const highest = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - highest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function priorOf(lines: number, standing: number): number {
  const moved = ((1 - standing) * Math.exp(-Math.abs(lines) / meanShift)) / (2 * meanShift);
  return moved + (lines === 0 ? standing : 0);
}

function mix(shifts: readonly Shifted[], weights: readonly number[], read: (shift: Shifted) => number): number {
  return shifts.reduce((sum, shift, index) => sum + (weights[index] ?? 0) * read(shift), 0);
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
