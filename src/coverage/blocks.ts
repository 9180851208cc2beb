/** First and last line, from 1, both included. */
export type Range = readonly [number, number];

/**
 * What of a file was looked at, as a set of its blocks: sixteen parts of about equal length (a shorter file has one per line), the first
 * in the lowest bit. Small enough to keep for every file, and coarse enough to tell nobody which line somebody stopped at.
 */
export type Blocks = number;

const mostBlocks = 16;
/** A block counts as seen from this share of its lines on. */
const enough = 0.8;

function blockCount(lines: number): number {
  return Math.min(mostBlocks, lines);
}

export function allBlocks(lines: number): Blocks {
  return 2 ** blockCount(lines) - 1;
}

function linesOfBlock(index: number, lines: number): Range {
  const blocks = blockCount(lines);
  return [Math.floor((index * lines) / blocks) + 1, Math.floor(((index + 1) * lines) / blocks)];
}

/** The ranges sorted, those that touch as one. */
export function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    const last = merged.at(-1);
    if (last && from <= last[1] + 1) merged.splice(-1, 1, [last[0], Math.max(last[1], to)]);
    else merged.push([from, to]);
  }
  return merged;
}

/** @param ranges merged. */
export function toBlocks(ranges: readonly Range[], lines: number): Blocks {
  let blocks = 0;
  for (let index = 0; index < blockCount(lines); index++) {
    const block = linesOfBlock(index, lines);
    const seen = ranges.reduce((sum, range) => sum + overlap(range, block), 0);
    if (seen >= enough * (block[1] - block[0] + 1)) blocks |= 1 << index;
  }
  return blocks;
}

function overlap(one: Range, other: Range): number {
  return Math.max(0, Math.min(one[1], other[1]) - Math.max(one[0], other[0]) + 1);
}

/** How many lines the blocks hold. */
export function linesIn(blocks: Blocks, lines: number): number {
  let sum = 0;
  for (let index = 0; index < blockCount(lines); index++) {
    const [from, to] = linesOfBlock(index, lines);
    if (blocks & (1 << index)) sum += to - from + 1;
  }
  return sum;
}

/** The lines of the blocks that are missing. */
export function missingRanges(blocks: Blocks, lines: number): Range[] {
  const missing: Range[] = [];
  for (let index = 0; index < blockCount(lines); index++)
    if (!(blocks & (1 << index))) missing.push(linesOfBlock(index, lines));
  return mergeRanges(missing);
}
