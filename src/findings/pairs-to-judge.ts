import type { Finding, RaisedFinding } from './finding.ts';
import { type IdentityContext, identifyFindings } from './identify-findings.ts';
import { pairsAcrossFiles } from './recognise/across-files.ts';
import { createPlaces } from './recognise/places.ts';

/** A raised finding, and a known one that it may be. `near`: of the same file, and marked as possibly the same unless somebody decides. */
export type PairToJudge = { raised: RaisedFinding; finding: Finding; near: boolean };

// One call for all of them: what a person would still read.
const mostPairs = 40;

/** The pairs that places and words left open, the likeliest first; those of one file before those across files. */
export function pairsToJudge(
  raised: readonly RaisedFinding[],
  known: readonly Finding[],
  context: IdentityContext,
): PairToJudge[] {
  const { matched, fresh, possibly } = identifyFindings(raised, known, context);
  const taken = new Set(matched.map(({ finding }) => finding.id));
  const left = { raised: fresh, known: known.filter(({ id }) => !taken.has(id)) };
  const { renames = [], gone = [], present = [] } = context;
  const across = pairsAcrossFiles(left, createPlaces({ renames, gone, present }));
  return [
    ...possibly.toSorted((a, b) => b.score - a.score).map((pair) => ({ ...pair, near: true })),
    ...across.toSorted((a, b) => b.score - a.score).map((pair) => ({ ...pair, near: false })),
  ]
    .map(({ raised: one, finding, near }) => ({ raised: one, finding, near }))
    .slice(0, mostPairs);
}
