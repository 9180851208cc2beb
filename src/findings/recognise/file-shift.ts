/** Two findings of one file. `lines` is how far the second stands below the first; `likeness` how alike they are wherever they stand. */
export type Placed = { raised: number; known: number; lines: number | undefined; likeness: number };

/** How far a file's code moved. `sure` unless it rests on a single pair that moved. */
export type Shift = { lines: number; sure: boolean };

// Reports of one place differ by a few lines; pairs that are less alike than this say nothing about where the code went.
const tolerance = 3;
const leastLikeness = 0.5;
const mostCandidates = 40;
const standingBonus = 0.5;

/**
 * The shift of lines that makes most sense of a file: of those that its surest pairs have, the one under which the most, and the most
 * alike, pairs come to stand together. That nothing moved needs the least evidence.
 */
export function estimateShift(pairs: readonly Placed[]): Shift {
  const telling = pairs.filter(({ lines, likeness }) => lines !== undefined && likeness >= leastLikeness);
  const surest = telling.toSorted((a, b) => b.likeness - a.likeness || distance(a) - distance(b));
  const candidates = new Set([0, ...surest.slice(0, mostCandidates).map(({ lines = 0 }) => lines)]);
  let best: Shift & { support: number } = { lines: 0, sure: false, support: -1 };
  for (const lines of candidates) {
    const { support, pairs: count } = supportOf(lines, telling);
    const total = support + (lines === 0 ? standingBonus : 0);
    const better = total > best.support || (total === best.support && isPreferred(lines, best.lines));
    if (better) best = { lines, sure: count >= 2 || (lines === 0 && count === 1), support: total };
  }
  return { lines: best.lines, sure: best.sure };
}

/** How much of what was recognised by its words alone stands where it stood, over all files: 0 to 1, one half where nothing tells. */
export function stillnessOf(files: readonly (readonly Placed[])[]): number {
  let [standing, total] = [0.5, 1];
  for (const pairs of files) {
    for (const { lines } of mutualBest(pairs)) {
      total += 1;
      if (lines !== undefined && Math.abs(lines) <= tolerance) standing += 1;
    }
  }
  return standing / total;
}

function mutualBest(pairs: readonly Placed[]): Placed[] {
  const [ofRaised, ofKnown] = [new Map<number, Placed>(), new Map<number, Placed>()];
  for (const pair of pairs) {
    if (pair.likeness > (ofRaised.get(pair.raised)?.likeness ?? leastLikeness)) ofRaised.set(pair.raised, pair);
    if (pair.likeness > (ofKnown.get(pair.known)?.likeness ?? leastLikeness)) ofKnown.set(pair.known, pair);
  }
  return [...ofRaised.values()].filter((pair) => ofKnown.get(pair.known) === pair);
}

/** Each finding counts once, by its best partner. */
function supportOf(shift: number, pairs: readonly Placed[]): { support: number; pairs: number } {
  const [ofRaised, ofKnown] = [new Map<number, number>(), new Map<number, number>()];
  for (const { raised, known, lines = 0, likeness } of pairs) {
    const off = Math.abs(lines - shift);
    if (off > tolerance) continue;
    const weight = likeness * (1 - off / (tolerance + 1));
    ofRaised.set(raised, Math.max(ofRaised.get(raised) ?? 0, weight));
    ofKnown.set(known, Math.max(ofKnown.get(known) ?? 0, weight));
  }
  return { support: Math.min(sumOf(ofRaised), sumOf(ofKnown)), pairs: Math.min(ofRaised.size, ofKnown.size) };
}

function sumOf(weights: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const weight of weights.values()) sum += weight;
  return sum;
}

function distance({ lines = 0 }: Placed): number {
  return Math.abs(lines);
}

function isPreferred(lines: number, other: number): boolean {
  return Math.abs(lines) - Math.abs(other) < 0 || (Math.abs(lines) === Math.abs(other) && lines > other);
}
