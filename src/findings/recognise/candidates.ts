import type { Finding, RaisedFinding } from '../finding.ts';
import { indexOf } from './pair.ts';
import type { Side } from './side.ts';
import type { TextVector } from './text-vectors.ts';

type FileSides = { raised: readonly Side<RaisedFinding>[]; known: readonly Side<Finding>[] };

// A file with no more pairs than this is compared wholly.
const mostWhole = 4_000;
// Of a larger one each raised finding is compared with so many: by code, by words, by lines.
const [mostByCode, mostByWords, mostByLines] = [16, 32, 8];

/** Which raised and known findings of a file are compared, as pairs of their places in the two lists. */
export function candidatesIn({ raised, known }: FileSides): (readonly [number, number])[] {
  const all = known.map((_, index) => index);
  if (raised.length * known.length <= mostWhole) return raised.flatMap((_, i) => all.map((j) => [i, j] as const));
  const byCode = indexOf(all, (index) => (known[index]?.anchors ?? []).flatMap(codeKeysOf));
  const byWords = createWordIndex(known.map(({ vector }) => vector));
  const byLine = all.toSorted((a, b) => lineOf(known[a]) - lineOf(known[b]));
  return raised.flatMap((one, i) => {
    const sameCode = one.anchors.flatMap(codeKeysOf).flatMap((key) => (byCode.get(key) ?? []).slice(0, mostByCode));
    const near = nearestLines(byLine, (index) => lineOf(known[index]) - lineOf(one));
    const found = new Set([...sameCode, ...byWords.nearest(one.vector, mostByWords), ...near]);
    return [...found].map((j) => [i, j] as const);
  });
}

// The rarest words of a finding, and no word that more than so many have, tell which ones to look at.
const [rarest, mostPostings] = [16, 256];

/** An inverted index: the texts that share the most of a text's rare words. */
export function createWordIndex(vectors: readonly TextVector[]) {
  const postings = new Map<string, number[]>();
  for (const [index, vector] of vectors.entries())
    for (const term of vector.keys()) {
      const list = postings.get(term);
      if (list) list.push(index);
      else postings.set(term, [index]);
    }
  return {
    nearest(vector: TextVector, most: number): number[] {
      const terms = [...vector].filter(([term]) => (postings.get(term)?.length ?? Infinity) <= mostPostings);
      const sums = new Map<number, number>();
      for (const [term, weight] of terms.sort((a, b) => b[1] - a[1]).slice(0, rarest))
        for (const index of postings.get(term) ?? [])
          sums.set(index, (sums.get(index) ?? 0) + weight * (vectors[index]?.get(term) ?? 0));
      return [...sums]
        .sort((a, b) => b[1] - a[1] || a[0] - b[0])
        .slice(0, most)
        .map(([index]) => index);
    },
  };
}

function codeKeysOf({ line, scope }: { line: string; scope?: string | undefined }): string[] {
  return [`line ${line}`, ...(scope === undefined ? [] : [`scope ${scope}`])];
}

function lineOf(side: Side<RaisedFinding | Finding> | undefined): number {
  return side?.of.location?.startLine ?? 0;
}

/** Around the first that does not stand above. */
function nearestLines(sorted: readonly number[], above: (index: number) => number): readonly number[] {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (above(sorted[middle] ?? 0) < 0) low = middle + 1;
    else high = middle;
  }
  return sorted.slice(Math.max(0, low - mostByLines / 2), low + mostByLines / 2);
}
