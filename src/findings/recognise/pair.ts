import type { Finding, RaisedFinding } from '../finding.ts';
import type { Places } from './places.ts';

export type Pair = { raised: RaisedFinding; finding: Finding };

/** What no surer pass has taken yet. */
export type Left = { raised: readonly RaisedFinding[]; known: readonly Finding[] };

/** `all` is what there was before any pass took something. */
export type Surroundings = { places: Places; all: Left };

/** One way of recognising: each finding of either side is at most once in its answer, and not at all where several fit. */
export type Recognise = (left: Left, surroundings: Surroundings) => readonly Pair[];

/** Values by their keys; with `wanted` only by those that are in it. */
export function indexOf<Value>(
  values: readonly Value[],
  keysOf: (value: Value) => readonly string[],
  wanted?: { has(key: string): boolean },
): Map<string, Value[]> {
  const index = new Map<string, Value[]>();
  const keysIn = (value: Value) => (wanted ? keysOf(value).filter((key) => wanted.has(key)) : keysOf(value));
  for (const value of values)
    for (const key of keysIn(value)) {
      const group = index.get(key);
      if (!group) index.set(key, [value]);
      else if (group.at(-1) !== value) group.push(value);
    }
  return index;
}

/** Who may have raised it: agents name scan and category as they like; a check's finding is only ever that of the same check and rule. */
export function ownerOf({ origin }: RaisedFinding | Finding): readonly (string | undefined)[] {
  return origin.kind === 'check' ? ['check', origin.name, origin.rule] : ['agent'];
}

/** Pairs whose two findings are in no other pair; of the others none is right for sure. */
export function onlyUnique(pairs: readonly Pair[]): Pair[] {
  const [ofRaised, ofKnown] = [new Map<RaisedFinding, Set<string>>(), new Map<string, Set<RaisedFinding>>()];
  for (const { raised, finding } of pairs) {
    ofRaised.set(raised, (ofRaised.get(raised) ?? new Set()).add(finding.id));
    ofKnown.set(finding.id, (ofKnown.get(finding.id) ?? new Set()).add(raised));
  }
  const once = new Map(pairs.map((pair) => [pair.raised, pair]));
  return [...once.values()].filter(
    ({ raised, finding }) => ofRaised.get(raised)?.size === 1 && ofKnown.get(finding.id)?.size === 1,
  );
}

export function without({ raised, known }: Left, pairs: readonly Pair[]): Left {
  if (pairs.length === 0) return { raised, known };
  const [seen, taken] = [new Set(pairs.map((pair) => pair.raised)), new Set(pairs.map(({ finding }) => finding.id))];
  return { raised: raised.filter((one) => !seen.has(one)), known: known.filter(({ id }) => !taken.has(id)) };
}
