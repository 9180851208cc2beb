import type { Anchor, Finding, RaisedFinding } from '../finding.ts';
import { assign, type Scored } from './assign.ts';
import { candidatesIn } from './candidates.ts';
import { type FileOfPairs, type Placed, posteriorsOf } from './file-posterior.ts';
import { indexOf, type Left } from './pair.ts';
import type { Places } from './places.ts';
import { type Likeness, ratioOf, scoresOf } from './score.ts';
import { type Side, textOf } from './side.ts';
import { cosineOf, namesIn, toTextVectors } from './text-vectors.ts';
import { likenessOfWeakness } from './weakness.ts';

export type ScoredPair = { finding: Finding; raised: RaisedFinding; score: number };

type FilePair = Placed & Likeness & { raisedSide: Side<RaisedFinding>; knownSide: Side<Finding> };
type FileSides = Omit<FileOfPairs, 'pairs'> & { pairs: readonly FilePair[] };
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
  const posteriors = posteriorsOf(files);
  const [matched, possibly]: [ScoredPair[], ScoredPair[]] = [[], []];
  let comparisons = 0;
  for (const [file, { pairs }] of files.entries()) {
    comparisons += pairs.length;
    const scored = pairs.map((pair, index): Scored<FilePair> => {
      const { matched: score, alone } = scoresOf(pair, posteriors[file]?.[index] ?? { joint: 0, alone: 0 });
      return { pair, score, alone };
    });
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
function compareFiles(files: readonly File[], { places, isExcluded }: ScoreOptions): FileSides[] {
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
    .map(({ raised, known, candidates }) => ({
      raised: raised.length,
      known: known.length,
      span: Math.max(spanOf(raised), spanOf(known)),
      pairs: candidates.flatMap(([i, j]) => {
        const [a, b] = [raised[i], known[j]];
        return a && b && !isExcluded(a.of, b.of) ? [comparePair(a, i, b, j)] : [];
      }),
    }));
}

/** How many lines apart the first and the last of them are. */
function spanOf(sides: readonly Side<RaisedFinding | Finding>[]): number {
  const lines = sides.flatMap(({ of }) => of.location?.startLine ?? []);
  return (
    lines.reduce((most, line) => Math.max(most, line), 0) -
    lines.reduce((least, line) => Math.min(least, line), Infinity)
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
  const likeness: Likeness = {
    text,
    weakness: likenessOfWeakness(raisedSide.of, knownSide.of),
    names: commonNames(raisedSide.names(), knownSide.names()),
    code: compareCode(raisedSide.anchors, knownSide.anchors),
  };
  return {
    ...likeness,
    raised,
    known,
    raisedSide,
    knownSide,
    ratio: ratioOf(likeness),
    lines: a?.startLine === undefined || b?.startLine === undefined ? undefined : a.startLine - b.startLine,
    sameSpan: compareSpans(a, b),
    sameSymbol: a?.symbol === undefined || b?.symbol === undefined ? undefined : a.symbol === b.symbol,
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function commonNames(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const fewest = Math.min(a.size, b.size);
  return fewest === 0 ? 0 : a.intersection(b).size / fewest;
}

/** How many lines a finding spans stays when its file's lines move. */
function compareSpans(a: Finding['location'], b: Finding['location']): boolean | undefined {
  if (a?.startLine === undefined || a.endLine === undefined) return undefined;
  if (b?.startLine === undefined || b.endLine === undefined) return undefined;
  return a.endLine - a.startLine === b.endLine - b.startLine;
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

function toScoredPair({ pair, score, alone }: Scored<FilePair>): ScoredPair {
  return { finding: pair.knownSide.of, raised: pair.raisedSide.of, score: Math.max(score, alone) };
}
