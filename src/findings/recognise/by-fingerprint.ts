import type { Finding, RaisedFinding } from '../finding.ts';
import { isSimilarTitle } from '../similar-title.ts';
import { mayBeSame } from './by-anchor.ts';
import { indexOf, type Left, onlyUnique, type Pair, without } from './pair.ts';

/**
 * The same fingerprint. Several findings of a session that share one are numbered in the order of their lines (`#2`), and a number says who
 * is who only where nothing came or went: as many on either side. Those that are not resolved first.
 */
export function matchFingerprints(left: Left): Pair[] {
  const live = matchInOrder({ ...left, known: left.known.filter(({ state }) => state !== 'resolved') });
  return [...live, ...matchInOrder(without(left, live))];
}

/** The same number after all: what is left of the same code in the same file is alike, and somebody has to be it. */
export function matchNumberedFingerprints({ raised, known }: Left): Pair[] {
  const wanted = new Set(raised.map(({ fingerprint }) => fingerprint));
  const byPrint = indexOf(known, ({ fingerprints }) => fingerprints, wanted);
  const taken = new Set<string>();
  return raised.flatMap((one) => {
    const free = fitting(one, byPrint.get(one.fingerprint) ?? []).filter(
      (finding) => !taken.has(finding.id) && mayBeSame(one, finding),
    );
    const [finding] = free.toSorted((a, b) => rank(a) - rank(b) || distance(a, one) - distance(b, one));
    if (!finding) return [];
    taken.add(finding.id);
    return [{ raised: one, finding }];
  });
}

function matchInOrder({ raised, known }: Left): Pair[] {
  const raisedByBase = indexOf(raised, ({ fingerprint }) => [baseOf(fingerprint)]);
  const byBase = indexOf(known, ({ fingerprints }) => fingerprints.map(baseOf), raisedByBase);
  const pairs = [...raisedByBase].flatMap(([base, group]) => {
    const findings = byBase.get(base) ?? [];
    if (findings.length !== group.length) return [];
    const inOrder = findings.toSorted((a, b) => numberOf(a, base) - numberOf(b, base));
    const pairs = group
      .toSorted((a, b) => numberIn(a.fingerprint) - numberIn(b.fingerprint))
      .flatMap((one, index) =>
        fitting(one, inOrder.slice(index, index + 1)).map((finding) => ({ raised: one, finding })),
      );
    return pairs.every((pair) => mayBeSame(pair.raised, pair.finding)) ? pairs : [];
  });
  return onlyUnique(pairs);
}

/** Without quoted code an agent's fingerprint names only a file: there the words have to agree as well, and only where no line does better. */
function fitting(one: RaisedFinding, same: readonly Finding[]): readonly Finding[] {
  if (one.origin.kind === 'check' || one.evidence.length > 0) return same;
  if (one.location?.startLine !== undefined) return [];
  const alike = same.filter(
    ({ title, cwe }) => isSimilarTitle(title, one.title) || (cwe !== undefined && cwe === one.cwe),
  );
  return alike.length === 1 ? alike : [];
}

function baseOf(fingerprint: string): string {
  const mark = fingerprint.lastIndexOf('#');
  return mark < 0 ? fingerprint : fingerprint.slice(0, mark);
}

function numberIn(fingerprint: string): number {
  return Number(/#(\d+)$/.exec(fingerprint)?.[1] ?? 1);
}

/** The number that the finding had last. */
function numberOf({ fingerprints }: Finding, base: string): number {
  return numberIn(fingerprints.findLast((one) => baseOf(one) === base) ?? '');
}

function rank({ state }: Finding): number {
  return state === 'resolved' ? 1 : 0;
}

function distance(a: Finding, b: RaisedFinding): number {
  return Math.abs((a.location?.startLine ?? 0) - (b.location?.startLine ?? 0));
}
