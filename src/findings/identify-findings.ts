import type { Finding, RaisedFinding } from './finding.ts';
import { normaliseCode } from './fingerprint.ts';
import { matchByScore, type ScoredPair } from './recognise/by-score.ts';
import { isSimilarTitle } from './similar-title.ts';

export type Match = {
  finding: Finding;
  raised: RaisedFinding;
  by: 'known' | 'fingerprint' | 'anchor' | 'place' | 'score';
};

/**
 * Which known finding each raised one is; what is left on either side did not match. `possibly` are pairs of what is left that may be one
 * (`score` from 0 to 1): they stay separate until somebody judges them.
 */
export type Identified = {
  matched: readonly Match[];
  fresh: readonly RaisedFinding[];
  possibly: readonly ScoredPair[];
};

type Left = { raised: readonly RaisedFinding[]; known: readonly Finding[] };

/** One way of recognising; each raised and each known finding is at most once in its answer, and not at all where several fit. */
type Pass = { by: Match['by']; match: (left: Left) => readonly Pair[] };
type Pair = { finding: Finding; raised: RaisedFinding };

const passes: readonly Pass[] = [
  { by: 'known', match: matchCited },
  { by: 'fingerprint', match: matchFingerprints },
  { by: 'anchor', match: matchAnchors },
  { by: 'place', match: matchPlaces },
];

/**
 * Recognises findings of earlier sessions, one to one: each pass, surest first, goes over all that is left and takes what it matched out of
 * the way of the fuzzier ones. The answer does not depend on the order of either list.
 */
export function identifyFindings(raised: readonly RaisedFinding[], known: readonly Finding[]): Identified {
  const matched: Match[] = [];
  let left: Left = { raised: raised.toSorted(byContent), known: known.toSorted((a, b) => compare(a.id, b.id)) };
  const take = (by: Match['by'], pairs: readonly Pair[]) => {
    matched.push(...pairs.map((pair) => ({ finding: pair.finding, raised: pair.raised, by })));
    left = without(left, pairs);
  };
  for (const { by, match } of passes) take(by, match(left));
  const scored = matchByScore(left.raised, left.known);
  take('score', scored.matched);
  const fresh = new Set(left.raised);
  return { matched, fresh: raised.filter((one) => fresh.has(one)), possibly: scored.possibly };
}

function without({ raised, known }: Left, pairs: readonly Pair[]): Left {
  const [seen, taken] = [new Set(pairs.map((pair) => pair.raised)), new Set(pairs.map(({ finding }) => finding.id))];
  return { raised: raised.filter((one) => !seen.has(one)), known: known.filter(({ id }) => !taken.has(id)) };
}

/** The agent's own reference counts where it is plausible: about the same place, or about the same weakness in the same file. */
function matchCited({ raised, known }: Left): Pair[] {
  const byId = new Map(known.map((finding) => [finding.id, finding]));
  return takeEach(raised, (one) => {
    const cited = one.known === undefined ? undefined : byId.get(one.known);
    return cited && isPlausible(one, cited) ? [cited] : [];
  });
}

function isPlausible(raised: RaisedFinding, cited: Finding): boolean {
  const paths = [cited.location?.path, raised.location?.path];
  if (paths.includes(undefined)) return cited.category === raised.category;
  if (paths[0] !== paths[1]) return false;
  const sameWeakness = cited.cwe !== undefined && cited.cwe === raised.cwe;
  const sameCode = anchorsOf(raised).some((anchor) => anchorsOf(cited).includes(anchor));
  return sameWeakness || sameCode || isSimilarTitle(cited.title, raised.title) || isNear(cited, raised);
}

const nearLines = 10;

function isNear(cited: Finding, raised: RaisedFinding): boolean {
  const known = cited.location?.startLine;
  const now = raised.location?.startLine;
  return known !== undefined && now !== undefined && Math.abs(known - now) <= nearLines;
}

/** Without quoted code an agent's fingerprint names only a file: there the words have to agree as well, and only where no line does better. */
function matchFingerprints({ raised, known }: Left): Pair[] {
  const byPrint = indexOf(known, ({ fingerprints }) => new Set(fingerprints));
  return takeEach(raised, (one) => {
    const same = byPrint.get(one.fingerprint) ?? [];
    if (one.origin.kind === 'check' || one.evidence.length > 0) return same;
    if (one.location?.startLine !== undefined) return [];
    const alike = same.filter(
      ({ title, cwe }) => isSimilarTitle(title, one.title) || (cwe !== undefined && cwe === one.cwe),
    );
    return alike.length === 1 ? alike : [];
  });
}

/** The same code quoted in the same file; only where it is one on both sides: of several, the place and the words decide. */
function matchAnchors(left: Left): Pair[] {
  return matchUnique(left, anchorsOf);
}

/** A check has one finding per rule and file, so that it stays the same while the code that it quotes is edited. */
function matchPlaces(left: Left): Pair[] {
  return matchUnique(left, placesOf);
}

function placesOf({ origin, location }: RaisedFinding | Finding): string[] {
  if (origin.kind !== 'check' || origin.rule === undefined || location === undefined) return [];
  return [JSON.stringify([origin.name, origin.rule, location.path])];
}

/** Agents name scan and category as they like; a check's finding is only ever that of the same check and rule. */
function anchorsOf({ evidence, origin }: RaisedFinding | Finding): string[] {
  const [first] = evidence;
  if (!first || normaliseCode(first.quote) === '') return [];
  const owner = origin.kind === 'check' ? [origin.name, origin.rule] : [];
  return [JSON.stringify([origin.kind, ...owner, first.path, normaliseCode(first.quote)])];
}

/** Pairs of the one raised and the one known finding that have a key; a key that several have decides nothing. */
function matchUnique({ raised, known }: Left, keysOf: (one: RaisedFinding | Finding) => string[]): Pair[] {
  const [ofRaised, ofKnown] = [indexOf(raised, keysOf), indexOf(known, keysOf)];
  return [...ofRaised].flatMap(([key, [one, ...others]]) => {
    const [finding, ...rest] = ofKnown.get(key) ?? [];
    return one && finding && others.length + rest.length === 0 ? [{ raised: one, finding }] : [];
  });
}

/** Gives each raised finding the nearest of its candidates that is still free. */
function takeEach(
  raised: readonly RaisedFinding[],
  candidatesOf: (raised: RaisedFinding) => readonly Finding[],
): Pair[] {
  const taken = new Set<string>();
  return raised.flatMap((one) => {
    const free = candidatesOf(one).filter(({ id }) => !taken.has(id));
    const [finding] = free.toSorted((a, b) => distance(a, one) - distance(b, one));
    if (!finding) return [];
    taken.add(finding.id);
    return [{ raised: one, finding }];
  });
}

function distance(a: Finding, b: RaisedFinding): number {
  return Math.abs((a.location?.startLine ?? 0) - (b.location?.startLine ?? 0));
}

function indexOf<Value>(values: readonly Value[], keysOf: (value: Value) => Iterable<string>): Map<string, Value[]> {
  const index = new Map<string, Value[]>();
  for (const value of values)
    for (const key of keysOf(value)) {
      const group = index.get(key);
      if (group) group.push(value);
      else index.set(key, [value]);
    }
  return index;
}

/** Any order will do that follows from what the findings say. */
function byContent(a: RaisedFinding, b: RaisedFinding): number {
  const lines = (a.location?.startLine ?? 0) - (b.location?.startLine ?? 0);
  return lines || compare(contentOf(a), contentOf(b));
}

function contentOf({
  fingerprint,
  title,
  description,
  evidence,
  known,
  cwe,
  location,
  origin,
  category,
}: RaisedFinding) {
  return JSON.stringify([fingerprint, title, description, evidence, known, cwe, location, origin, category]);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
