import type { Finding, RaisedFinding } from '../finding.ts';
import type { ScoredPair } from './by-score.ts';
import { createWordIndex } from './candidates.ts';
import type { Left } from './pair.ts';
import type { Places } from './places.ts';
import { textOf } from './side.ts';
import { cosineOf, toTextVectors } from './text-vectors.ts';
import { likenessOfWeakness } from './weakness.ts';

// Words never decide (docs/quality.md): they only say whom to ask about, and of how many.
const leastLikeness = 0.25;
const [mostEach, mostLookedAt] = [3, 24];

/**
 * Agents' findings of different files that may have one cause (a route, the query behind it, its template): the same weakness, or category
 * where one names none, in similar words. For each raised one the three most similar; `score` is how similar, 0 to 1. For a judge only.
 */
export function pairsAcrossFiles({ raised, known }: Left, places: Places): ScoredPair[] {
  const [some, all] = [raised.filter(isTold), known.filter(isTold)];
  if (some.length === 0 || all.length === 0) return [];
  const vectors = toTextVectors([...some, ...all].map(textOf));
  const knownVectors = vectors.slice(some.length);
  const index = createWordIndex(knownVectors);
  return some.flatMap((one, at) => {
    const vector = vectors[at] ?? new Map<string, number>();
    return index
      .nearest(vector, mostLookedAt)
      .flatMap((place) => {
        const finding = all[place];
        if (!finding || !mayHaveOneCause(one, finding, places)) return [];
        const score = cosineOf(vector, knownVectors[place] ?? new Map());
        return score < leastLikeness ? [] : [{ raised: one, finding, score }];
      })
      .sort((a, b) => b.score - a.score)
      .slice(0, mostEach);
  });
}

/** Not withheld, and not a check's. */
function isTold({ origin, description }: RaisedFinding | Finding): boolean {
  return origin.kind === 'agent' && description !== '';
}

function mayHaveOneCause(raised: RaisedFinding, finding: Finding, places: Places): boolean {
  const path = places.pathOf(finding);
  if (path !== undefined && path === raised.location?.path) return false;
  return likenessOfWeakness(raised, finding) >= (raised.cwe && finding.cwe ? 1 : 0.5);
}
