import type { Finding, RaisedFinding } from '../finding.ts';
import { estimateShift, type Placed, stillnessOf } from './file-shift.ts';
import { type Likeness, likenessOf, possible, same, scoreOf } from './score.ts';
import { cosineOf, namesIn, type TextVector, toTextVectors } from './text-vectors.ts';
import { likenessOfWeakness } from './weakness.ts';

export type ScoredPair = { finding: Finding; raised: RaisedFinding; score: number };

type Side<Kind> = { of: Kind; vector: TextVector; names: ReadonlySet<string> };
type FilePair = Placed & Likeness & { raisedSide: Side<RaisedFinding>; knownSide: Side<Finding> };
type FileGroup = { raised: readonly RaisedFinding[]; known: readonly Finding[] };

// Beyond these the words are not compared, and what is left stays new: a file with so many findings is no place to guess.
const mostPerFile = 40_000;
const mostAltogether = 250_000;
// A judge need not see more of them for one raised finding.
const mostPossible = 3;
// Two partners that fit equally well: neither is taken.
const margin = 0.005;

/**
 * Recognises agents' findings by place, weakness and words within one file, one to one, the surest first. Those just below the threshold,
 * and those that fit two equally well, are only possible. A check's finding is never recognised so: whether it is resolved depends on it.
 */
export function matchByScore(
  raised: readonly RaisedFinding[],
  known: readonly Finding[],
): { matched: readonly ScoredPair[]; possibly: readonly ScoredPair[] } {
  const pairs = compareFiles(comparableFiles(raised, known));
  const stillness = stillnessOf(pairs);
  const matched: ScoredPair[] = [];
  const possibly: ScoredPair[] = [];
  for (const file of pairs) {
    const shift = estimateShift(file);
    const scored = file
      .map((pair) => ({ pair, score: scoreOf(pair, shift, stillness) }))
      .filter(({ score }) => score >= possible);
    const assigned = assign(scored);
    matched.push(...assigned.matched);
    possibly.push(...assigned.possibly);
  }
  return { matched, possibly };
}

/** Files that have agents' findings on both sides, those with the fewest comparisons first, as far as the cap goes. */
function comparableFiles(raised: readonly RaisedFinding[], known: readonly Finding[]): FileGroup[] {
  const isPlacedAgents = ({ origin, location }: RaisedFinding | Finding) =>
    origin.kind === 'agent' && location !== undefined;
  const byPath = Map.groupBy(known.filter(isPlacedAgents), ({ location }) => location?.path);
  const files = [...Map.groupBy(raised.filter(isPlacedAgents), ({ location }) => location?.path)]
    .map(([path, group]) => ({ raised: group, known: byPath.get(path) ?? [] }))
    .filter((file) => file.known.length > 0 && comparisonsOf(file) <= mostPerFile)
    .sort((a, b) => comparisonsOf(a) - comparisonsOf(b));
  let total = 0;
  return files.filter((file) => {
    total += comparisonsOf(file);
    return total <= mostAltogether;
  });
}

function comparisonsOf(file: FileGroup): number {
  return file.raised.length * file.known.length;
}

function compareFiles(files: readonly FileGroup[]): FilePair[][] {
  const all = files.flatMap(({ raised, known }) => [...raised, ...known]);
  const vectors = toTextVectors(all.map(textOf));
  let next = 0;
  const side = <Kind extends RaisedFinding | Finding>(of: Kind): Side<Kind> => ({
    of,
    vector: vectors[next++] ?? new Map(),
    names: namesIn(of.description),
  });
  return files.map((file) => {
    const [raised, known] = [file.raised.map((one) => side(one)), file.known.map((one) => side(one))];
    return raised.flatMap((a, i) => known.map((b, j) => comparePair(a, i, b, j)));
  });
}

function textOf({ title, description, evidence }: RaisedFinding | Finding) {
  return [
    { text: title, times: 2 },
    { text: description, times: 1 },
    { text: evidence[0]?.quote ?? '', times: 1 },
  ];
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
    names: commonNames(raisedSide.names, knownSide.names),
    lines: a?.startLine === undefined || b?.startLine === undefined ? undefined : a.startLine - b.startLine,
    sameSymbol: a?.symbol === undefined || b?.symbol === undefined ? undefined : a.symbol === b.symbol,
  };
}

function commonNames(a: ReadonlySet<string>, b: ReadonlySet<string>): number | undefined {
  const fewest = Math.min(a.size, b.size);
  return fewest === 0 ? undefined : a.intersection(b).size / fewest;
}

type Scored = { pair: FilePair; score: number };

function assign(scored: readonly Scored[]): { matched: ScoredPair[]; possibly: ScoredPair[] } {
  const ofRaised = Map.groupBy(scored, ({ pair }) => pair.raised);
  const ofKnown = Map.groupBy(scored, ({ pair }) => pair.known);
  const taken = { raised: new Set<number>(), known: new Set<number>() };
  const isOpen = ({ pair }: Scored) => !taken.raised.has(pair.raised) && !taken.known.has(pair.known);
  const undecided = new Set<Scored>();
  const matched: Scored[] = [];
  for (const one of scored.toSorted((a, b) => b.score - a.score)) {
    if (one.score < same || undecided.has(one) || !isOpen(one)) continue;
    const rivals = [...(ofRaised.get(one.pair.raised) ?? []), ...(ofKnown.get(one.pair.known) ?? [])].filter(
      (other) => other !== one && one.score - other.score < margin && isOpen(other),
    );
    for (const rival of rivals) undecided.add(rival);
    if (rivals.length > 0) continue;
    matched.push(one);
    taken.raised.add(one.pair.raised);
    taken.known.add(one.pair.known);
  }
  return { matched: matched.map(toScoredPair), possibly: bestOfEach(scored.filter(isOpen)).map(toScoredPair) };
}

function bestOfEach(open: readonly Scored[]): Scored[] {
  const groups = Map.groupBy(open, ({ pair }) => pair.raised).values();
  return [...groups].flatMap((group) => group.toSorted((a, b) => b.score - a.score).slice(0, mostPossible));
}

function toScoredPair({ pair, score }: Scored): ScoredPair {
  return { finding: pair.knownSide.of, raised: pair.raisedSide.of, score };
}
