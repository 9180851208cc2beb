import type { Finding, RaisedFinding } from '../finding.ts';
import { indexOf, type Left, onlyUnique, ownerOf, type Pair } from './pair.ts';

/** What was said about pairs before. Two that a judge took for one are; who is said to be several is none of them. */
export function createJudgement(judged: readonly { fingerprint: string; finding: string; same: boolean }[]) {
  const [same, different] = [new Set<string>(), new Set<string>()];
  for (const one of judged) (one.same ? same : different).add(keyOf(one.fingerprint, one.finding));
  return {
    areDifferent: (raised: RaisedFinding, { id }: Finding) => different.has(keyOf(raised.fingerprint, id)),
    match({ raised, known }: Left): Pair[] {
      if (same.size === 0) return [];
      const byId = new Map(known.map((finding) => [finding.id, finding]));
      const byPrint = indexOf(raised, ({ fingerprint }) => [fingerprint]);
      return onlyUnique(
        judged.flatMap(({ fingerprint, finding: id, same: isSame }) => {
          const finding = byId.get(id);
          const [one, ...others] = byPrint.get(fingerprint) ?? [];
          if (!isSame || !finding || !one || others.length > 0) return [];
          return JSON.stringify(ownerOf(one)) === JSON.stringify(ownerOf(finding)) ? [{ raised: one, finding }] : [];
        }),
      );
    },
  };
}

function keyOf(fingerprint: string, id: string): string {
  return `${id} ${fingerprint}`;
}
