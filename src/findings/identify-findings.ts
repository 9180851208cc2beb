import type { Finding, RaisedFinding } from './finding.ts';
import {
  matchBlocks,
  matchLines,
  matchLinesOfGoneFiles,
  matchPlaces,
  matchQuotes,
  matchScopedLines,
} from './recognise/by-anchor.ts';
import { matchCited } from './recognise/by-citation.ts';
import { matchFingerprints, matchNumberedFingerprints } from './recognise/by-fingerprint.ts';
import { createJudgement } from './recognise/by-judgement.ts';
import { matchByScore, type ScoredPair } from './recognise/by-score.ts';
import { type Left, type Pair, type Recognise, without } from './recognise/pair.ts';
import { createPlaces } from './recognise/places.ts';

/** What else is known about the two lists. */
export type IdentityContext = {
  /** Files that were renamed or moved since: old path, new path. */
  renames?: readonly (readonly [string, string])[];
  /** Paths of known findings that the repository no longer has. */
  gone?: readonly string[];
  /** Ids of known findings that somebody looked for and saw where they were. */
  present?: readonly string[];
  /** What a judge said about a raised finding (by fingerprint) and a known one. */
  judged?: readonly { fingerprint: string; finding: string; same: boolean }[];
};

export type Match = Pair & {
  by: 'known' | 'fingerprint' | 'anchor' | 'block' | 'moved' | 'place' | 'score' | 'judge';
};

/**
 * Which known finding each raised one is; what is left on either side did not match. `possibly` are pairs of what is left that may be one
 * (`score` from 0 to 1): they stay separate until somebody judges them. `comparisons`: of how many pairs the words were compared.
 */
export type Identified = {
  matched: readonly Match[];
  fresh: readonly RaisedFinding[];
  possibly: readonly ScoredPair[];
  comparisons: number;
};

const passes: readonly { by: Match['by']; match: Recognise }[] = [
  { by: 'known', match: matchCited },
  { by: 'fingerprint', match: matchFingerprints },
  { by: 'anchor', match: matchScopedLines },
  { by: 'anchor', match: matchLines },
  { by: 'anchor', match: matchQuotes },
  { by: 'fingerprint', match: matchNumberedFingerprints },
  { by: 'block', match: matchBlocks },
  { by: 'moved', match: matchLinesOfGoneFiles },
  { by: 'place', match: matchPlaces },
];

/**
 * Recognises findings of earlier sessions, in whatever state, one to one: each pass, surest first, goes over all that is left and takes
 * what it matched out of the way of the fuzzier ones; what fits several, no pass takes. The answer does not depend on the order of either list.
 */
export function identifyFindings(
  raised: readonly RaisedFinding[],
  known: readonly Finding[],
  { renames = [], gone = [], present = [], judged = [] }: IdentityContext = {},
): Identified {
  const all: Left = { raised: raised.toSorted(byContent), known: known.toSorted((a, b) => compare(a.id, b.id)) };
  const places = createPlaces({ renames, gone, present });
  const judgement = createJudgement(judged);
  const matched: Match[] = [];
  let left = all;
  const take = (by: Match['by'], pairs: readonly Pair[]) => {
    matched.push(...pairs.map(({ finding, raised: one }) => ({ finding, raised: one, by })));
    left = without(left, pairs);
  };
  for (const { by, match } of passes) take(by, match(left, { places, all }));
  const scored = matchByScore(left, { places, isExcluded: judgement.areDifferent });
  take('score', scored.matched);
  take('judge', judgement.match(left));
  const [fresh, open] = [new Set(left.raised), new Set(left.known)];
  return {
    matched,
    fresh: raised.filter((one) => fresh.has(one)),
    possibly: scored.possibly.filter((pair) => fresh.has(pair.raised) && open.has(pair.finding)),
    comparisons: scored.comparisons,
  };
}

/** Any order will do that follows from what the findings say. */
function byContent(a: RaisedFinding, b: RaisedFinding): number {
  const lines = (a.location?.startLine ?? 0) - (b.location?.startLine ?? 0);
  return lines || compare(contentOf(a), contentOf(b));
}

function contentOf(raised: RaisedFinding): string {
  const { fingerprint, title, description, evidence, known, cwe, location, origin, category, anchor } = raised;
  return JSON.stringify([fingerprint, title, description, evidence, known, cwe, location, origin, category, anchor]);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
