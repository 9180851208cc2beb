import { possible, same } from './score.ts';

type Indexed = { raised: number; known: number };
/** `alone`: the score as if there were no others. */
export type Scored<Pair extends Indexed> = { pair: Pair; score: number; alone: number };

// A judge need not see more of them for one raised finding.
const mostPossible = 3;
// Two partners that fit equally well: neither is taken.
const margin = 0.005;

/**
 * Pairs of one file one to one, the best first, from `same` on. Where two fit equally well neither is taken, but for one that is resolved:
 * it gives way to one that is not.
 */
export function assign<Pair extends Indexed>(
  scored: readonly Scored<Pair>[],
  isResolved: (pair: Pair) => boolean,
): { matched: Scored<Pair>[]; possibly: Scored<Pair>[] } {
  const matching = scored.filter(({ score }) => score >= possible);
  const [ofRaised, ofKnown] = [groupBy(matching, 'raised'), groupBy(matching, 'known')];
  const taken = { raised: new Set<number>(), known: new Set<number>() };
  const isOpen = ({ pair }: Scored<Pair>) => !taken.raised.has(pair.raised) && !taken.known.has(pair.known);
  const yields = (one: Scored<Pair>, other: Scored<Pair>) => isResolved(one.pair) && !isResolved(other.pair);
  const rivalsOf = (one: Scored<Pair>) =>
    [...(ofRaised.get(one.pair.raised) ?? []), ...(ofKnown.get(one.pair.known) ?? [])].filter(
      (other) => other !== one && one.score - other.score < margin && isOpen(other) && !yields(other, one),
    );
  const undecided = new Set<Scored<Pair>>();
  const matched: Scored<Pair>[] = [];
  for (const one of matching.filter(({ score }) => score >= same).sort((a, b) => b.score - a.score)) {
    if (undecided.has(one) || !isOpen(one)) continue;
    const rivals = rivalsOf(one);
    for (const rival of rivals) if (!yields(one, rival)) undecided.add(rival);
    if (rivals.length > 0) continue;
    matched.push(one);
    taken.raised.add(one.pair.raised);
    taken.known.add(one.pair.known);
  }
  return { matched, possibly: bestOfEach(scored.filter((one) => one.alone >= possible && isOpen(one))) };
}

function groupBy<Pair extends Indexed>(
  scored: readonly Scored<Pair>[],
  side: 'raised' | 'known',
): Map<number, Scored<Pair>[]> {
  return Map.groupBy(scored, ({ pair }) => pair[side]);
}

function bestOfEach<Pair extends Indexed>(open: readonly Scored<Pair>[]): Scored<Pair>[] {
  return [...groupBy(open, 'raised').values()].flatMap((group) =>
    group.toSorted((a, b) => b.alone - a.alone).slice(0, mostPossible),
  );
}
