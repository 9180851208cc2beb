import type { Anchor, Finding, RaisedFinding } from '../finding.ts';
import { normaliseCode } from '../fingerprint.ts';
import { isSimilarTitle } from '../similar-title.ts';
import { indexOf, type Left, onlyUnique, ownerOf, type Pair, type Recognise, without } from './pair.ts';
import type { Places } from './places.ts';
import { likenessOfWeakness } from './weakness.ts';

type KeyOf = (anchor: Anchor) => readonly (string | undefined)[] | undefined;

/** The same line in the same declaration of the same file. */
export const matchScopedLines = byAnchors(({ path, scope, line }) => [path, scope, line]);

/** The same line in the same file, in whatever declaration. */
export const matchLines = byAnchors(({ path, line }) => [path, line]);

/** The same lines around, in whatever file, once on either side: the code was moved. */
export const matchBlocks = byMovedAnchors(
  ({ block, line }) => (block === undefined ? undefined : [block, line]),
  (finding, places) => !places.isStill(finding),
);

/** The same line in the same declaration, once on either side, of a file that is gone. */
export const matchLinesOfGoneFiles = byMovedAnchors(
  ({ scope, line }) => (scope === undefined ? undefined : [scope, line]),
  (finding, places) => places.hasLeft(finding),
);

/** The same code quoted in the same file: what records have that are older than their anchors. */
export const matchQuotes: Recognise = (left, { places }) =>
  matchKeys(left, {
    ofRaised: (raised) => listed(quoteKeyOf(raised, raised.evidence[0]?.path)),
    ofKnown: (finding) => listed(quoteKeyOf(finding, pathOfQuote(finding, places))),
  });

/** A check has one finding per rule and file, so that it stays the same while the code that it quotes is edited. */
export const matchPlaces: Recognise = (left, { places }) =>
  matchKeys(left, {
    ofRaised: (raised) => listed(placeOf(raised, raised.location?.path)),
    ofKnown: (finding) => listed(placeOf(finding, places.pathOf(finding))),
  });

/** By the newest anchor of each known finding first: where it was before says less. */
function byAnchors(keyOf: KeyOf): Recognise {
  return (left, { places }) => {
    const match = (rest: Left, anchorsOf: (finding: Finding) => readonly Anchor[]) =>
      matchKeys(rest, {
        ofRaised: (raised) => keysOf(raised, listed(raised.anchor), keyOf),
        ofKnown: (finding) => keysOf(finding, anchorsOf(finding), keyOf),
      });
    const newest = match(left, (finding) => places.anchorsOf(finding).slice(0, 1));
    return [...newest, ...match(without(left, newest), (finding) => places.anchorsOf(finding).slice(1))];
  };
}

/** Elsewhere only what is unique among all findings is the same: of a copy nobody knows which one it is. */
function byMovedAnchors(keyOf: KeyOf, mayHaveMoved: (finding: Finding, places: Places) => boolean): Recognise {
  return (left, { places, all }) => {
    const ofAllRaised = indexOf(all.raised, (raised) => keysOf(raised, listed(raised.anchor), keyOf));
    const ofAllKnown = indexOf(all.known, (finding) => keysOf(finding, places.anchorsOf(finding), keyOf), ofAllRaised);
    const [raised, known] = [new Set(left.raised), new Set(left.known)];
    const pairs = [...ofAllRaised].flatMap(([key, [one, ...others]]) => {
      const [finding, ...rest] = ofAllKnown.get(key) ?? [];
      if (!one || !finding || others.length + rest.length > 0) return [];
      const isLeft = raised.has(one) && known.has(finding);
      return isLeft && mayHaveMoved(finding, places) && mayBeSame(one, finding) ? [{ raised: one, finding }] : [];
    });
    return onlyUnique(pairs);
  };
}

function keysOf(one: RaisedFinding | Finding, anchors: readonly Anchor[], keyOf: KeyOf): string[] {
  return anchors.flatMap((anchor) => {
    const key = keyOf(anchor);
    return key ? [JSON.stringify([ownerOf(one), key])] : [];
  });
}

/** The code that a finding quotes first, as that of a file. */
export function quoteKeyOf(one: RaisedFinding | Finding, path: string | undefined): string | undefined {
  const code = normaliseCode(one.evidence[0]?.quote ?? '');
  return code === '' || path === undefined ? undefined : JSON.stringify([ownerOf(one), path, code]);
}

/** The quote may stand in another file than the finding does: then that one's name counts. */
function pathOfQuote(finding: Finding, places: Places): string | undefined {
  const path = finding.evidence[0]?.path;
  return path === finding.location?.path ? places.pathOf(finding) : path;
}

function placeOf(one: RaisedFinding | Finding, path: string | undefined): string | undefined {
  if (one.origin.kind !== 'check' || one.origin.rule === undefined || path === undefined) return undefined;
  return JSON.stringify([ownerOf(one), path]);
}

function listed<Value>(value: Value | undefined): Value[] {
  return value === undefined ? [] : [value];
}

// A key that so many have tells nothing apart.
const mostPerKey = 2_500;

type Keys = { ofRaised: (one: RaisedFinding) => string[]; ofKnown: (finding: Finding) => string[] };

function matchKeys({ raised, known }: Left, { ofRaised, ofKnown }: Keys): Pair[] {
  const raisedByKey = indexOf(raised, ofRaised);
  if (raisedByKey.size === 0) return [];
  const knownByKey = indexOf(known, ofKnown, raisedByKey);
  const pairs = [...raisedByKey].flatMap(([key, group]) => {
    const findings = knownByKey.get(key) ?? [];
    return group.length * findings.length > mostPerKey ? [] : settle({ raised: group, known: findings });
  });
  return onlyUnique(pairs);
}

/** Who is who among those that have one key: those that are not resolved first, then the others. */
function settle(group: Left): Pair[] {
  const live = settleAlike({ ...group, known: group.known.filter(({ state }) => state !== 'resolved') });
  return [...live, ...settleAlike(without(group, live))];
}

/** The only one that it can be; else the one with the same lines around; else, of as many on either side, by their order. */
function settleAlike(group: Left): Pair[] {
  const taken: Pair[] = [];
  let left = group;
  for (const match of [pairOnly, pairByBlock, pairInOrder]) {
    if (left.raised.length === 0 || left.known.length === 0) break;
    const pairs = match(left);
    taken.push(...pairs);
    left = without(left, pairs);
  }
  return taken;
}

function pairOnly(left: Left): Pair[] {
  return onlyUnique(compatiblePairs(left));
}

function pairByBlock(left: Left): Pair[] {
  return onlyUnique(
    compatiblePairs(left).filter(({ raised, finding }) =>
      finding.anchors.some(({ block }) => block !== undefined && block === raised.anchor?.block),
    ),
  );
}

function pairInOrder(left: Left): Pair[] {
  const { raised, known } = left;
  if (raised.length !== known.length || compatiblePairs(left).length !== raised.length ** 2) return [];
  if (!haveDistinctLines(raised) || !haveDistinctLines(known)) return [];
  const inOrder = known.toSorted(byLine);
  return raised.toSorted(byLine).flatMap((one, index) => {
    const finding = inOrder[index];
    return finding ? [{ raised: one, finding }] : [];
  });
}

function compatiblePairs({ raised, known }: Left): Pair[] {
  return raised.flatMap((one) =>
    known.flatMap((finding) => (mayBeSame(one, finding) ? [{ raised: one, finding }] : [])),
  );
}

/** Whether two that an agent found in the same code may be one: one line may have several problems. */
export function mayBeSame(raised: RaisedFinding, finding: Finding): boolean {
  if (raised.origin.kind === 'check' || isSimilarTitle(raised.title, finding.title)) return true;
  return likenessOfWeakness(raised, finding) > 0;
}

type Placed = { location?: RaisedFinding['location'] };

function haveDistinctLines(all: readonly Placed[]): boolean {
  const lines = new Set(all.map(({ location }) => location?.startLine));
  return lines.size === all.length && !lines.has(undefined);
}

function byLine(a: Placed, b: Placed): number {
  return (a.location?.startLine ?? 0) - (b.location?.startLine ?? 0);
}
