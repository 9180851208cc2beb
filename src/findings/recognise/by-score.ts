import type { Anchor, Finding, RaisedFinding } from '../finding.ts';
import { assign, type Scored } from './assign.ts';
import { candidatesIn } from './candidates.ts';
import { estimateShift, type Placed, stillnessOf } from './file-shift.ts';
import { indexOf, type Left } from './pair.ts';
import type { Places } from './places.ts';
import { type Likeness, likenessOf, possible, scoreOf } from './score.ts';
import { type Side, textOf } from './side.ts';
import { cosineOf, namesIn, toTextVectors } from './text-vectors.ts';
import { likenessOfWeakness } from './weakness.ts';

export type ScoredPair = { finding: Finding; raised: RaisedFinding; score: number };

type FilePair = Placed & Likeness & { raisedSide: Side<RaisedFinding>; knownSide: Side<Finding> };
type File = { raised: readonly RaisedFinding[]; known: readonly Finding[] };

export type ScoreOptions = {
  places: Places;
  /** Pairs that somebody decided about: they are no more compared. */
  isExcluded: (raised: RaisedFinding, finding: Finding) => boolean;
};

// Beyond this the words are not compared, and what is left stays new: no session has so much to say in earnest.
const mostAltogether = 250_000;

/**
 * Recognises agents' findings by place, weakness and words within one file, one to one, the surest first. Those just below the threshold,
 * and those that fit two equally well, are only possible. A check's finding is never recognised so: whether it is resolved depends on it.
 */
export function matchByScore(
  left: Left,
  options: ScoreOptions,
): { matched: readonly ScoredPair[]; possibly: readonly ScoredPair[]; comparisons: number } {
  const files = compareFiles(filesOf(left, options.places), options);
  const stillness = stillnessOf(files);
  const [matched, possibly]: [ScoredPair[], ScoredPair[]] = [[], []];
  let comparisons = 0;
  for (const pairs of files) {
    comparisons += pairs.length;
    const shift = estimateShift(pairs);
    const scored = pairs
      .map((pair): Scored<FilePair> => ({ pair, score: scoreOf(pair, shift, stillness) }))
      .filter(({ score }) => score >= possible);
    const assigned = assign(scored, isResolved);
    matched.push(...assigned.matched.map(toScoredPair));
    possibly.push(...assigned.possibly.map(toScoredPair));
  }
  return { matched, possibly, comparisons };
}

/** Files that have agents' findings on both sides. */
function filesOf({ raised, known }: Left, places: Places): File[] {
  const ofAgents = <Kind extends RaisedFinding | Finding>(all: readonly Kind[]) =>
    all.filter(({ origin, location }) => origin.kind === 'agent' && location !== undefined);
  const byPath = indexOf(ofAgents(known), (finding) => [places.pathOf(finding) ?? '']);
  return [...indexOf(ofAgents(raised), ({ location }) => [location?.path ?? ''])].flatMap(([path, group]) => {
    const findings = byPath.get(path);
    return findings ? [{ raised: group, known: findings }] : [];
  });
}

/** The pairs of each file that are worth a comparison, the files with the fewest first, as far as the cap goes. */
function compareFiles(files: readonly File[], { places, isExcluded }: ScoreOptions): FilePair[][] {
  const vectors = toTextVectors(files.flatMap(({ raised, known }) => [...raised, ...known]).map(textOf));
  let next = 0;
  const side = <Kind extends RaisedFinding | Finding>(of: Kind, anchors: readonly Anchor[]): Side<Kind> => ({
    of,
    vector: vectors[next++] ?? new Map(),
    names: once(() => namesIn(of.description)),
    anchors,
  });
  const sides = files.map(({ raised, known }) => ({
    raised: raised.map((one) => side(one, one.anchor ? [one.anchor] : [])),
    known: known.map((one) => side(one, places.anchorsOf(one))),
  }));
  let total = 0;
  return sides
    .map((file) => ({ ...file, candidates: candidatesIn(file) }))
    .sort((a, b) => a.candidates.length - b.candidates.length)
    .filter(({ candidates }) => {
      total += candidates.length;
      return total <= mostAltogether;
    })
    .map(({ raised, known, candidates }) =>
      candidates.flatMap(([i, j]) => {
        const [a, b] = [raised[i], known[j]];
        return a && b && !isExcluded(a.of, b.of) ? [comparePair(a, i, b, j)] : [];
      }),
    );
}

function comparePair(
  raisedSide: Side<RaisedFinding>,
  raised: number,
  knownSide: Side<Finding>,
  known: number,
): FilePair {
  const [a, b] = [raisedSide.of.location, knownSide.of.location];
  const text = cosineOf(raisedSide.vector, knownSide.vector);
  const weakness = likenessOfWeakness(raisedSide.of, knownSide.of);
  return {
    raised,
    known,
    raisedSide,
    knownSide,
    text,
    weakness,
    likeness: likenessOf({ text, weakness }),
    names: commonNames(raisedSide.names(), knownSide.names()),
    lines: a?.startLine === undefined || b?.startLine === undefined ? undefined : a.startLine - b.startLine,
    sameSymbol: a?.symbol === undefined || b?.symbol === undefined ? undefined : a.symbol === b.symbol,
    code: compareCode(raisedSide.anchors, knownSide.anchors),
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function commonNames(a: ReadonlySet<string>, b: ReadonlySet<string>): number | undefined {
  const fewest = Math.min(a.size, b.size);
  return fewest === 0 ? undefined : a.intersection(b).size / fewest;
}

/** The declaration is compared with that of the newest anchor that a known finding has there. */
function compareCode([now]: readonly Anchor[], known: readonly Anchor[]): Likeness['code'] {
  const [newest] = known;
  if (!now || !newest) return undefined;
  const sameLine = known.some(({ line }) => line === now.line);
  if (now.scope === undefined && newest.scope === undefined) return { sameLine, sameScope: undefined };
  return { sameLine, sameScope: known.some(({ scope }) => scope === now.scope) };
}

function isResolved({ knownSide }: FilePair): boolean {
  return knownSide.of.state === 'resolved';
}

function toScoredPair({ pair, score }: Scored<FilePair>): ScoredPair {
  return { finding: pair.knownSide.of, raised: pair.raisedSide.of, score };
}
