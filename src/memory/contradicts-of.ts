import type { AssumptionRecord } from './assumption.ts';
import type { Memory } from './memory.ts';
import { refOf } from './settled-answer.ts';

/** Only what is settled can be contradicted, and only by its whole name. */
export function contradictsOf(
  { contradicts = [] }: { contradicts?: readonly string[] | undefined },
  { assumptions, answers }: Memory,
): Pick<AssumptionRecord, 'contradicts'> {
  const known = new Set([
    ...answers.filter(({ supersededBy }) => supersededBy === undefined).map(refOf),
    ...assumptions.filter(({ state }) => state !== 'proposed' && state !== 'superseded').map(refOf),
  ]);
  const named = [...new Set(contradicts)].filter((ref) => known.has(ref)).slice(0, 10);
  return named.length === 0 ? {} : { contradicts: named };
}
