export const saidVerdicts = ['present', 'fixed', 'unsure'] as const;
/** What somebody says became of a known finding; nothing of it is proven yet. */
export type VerdictWord = (typeof saidVerdicts)[number];

const words = {
  present:
    'present stillpresent stillthere stillexists exists open stillopen unresolved notfixed unfixed confirmed active reproduced vulnerable',
  fixed:
    'fixed isfixed resolved solved gone closed absent removed repaired corrected remediated patched notpresent nolongerpresent nolongerthere',
  unsure: 'unsure notsure uncertain unclear unknown inconclusive undetermined cannottell undecided maybe',
} as const satisfies Record<VerdictWord, string>;

const understood: ReadonlyMap<string, VerdictWord> = new Map(
  saidVerdicts.flatMap((verdict) => words[verdict].split(' ').map((word) => [word, verdict] as const)),
);

/** The verdict in the usual words, whatever their case and separators; `undefined` for any other. */
export function findVerdict(value: unknown): VerdictWord | undefined {
  if (typeof value !== 'string' || value.length > 60) return undefined;
  return understood.get(value.toLowerCase().replace(/[^a-z]/g, ''));
}
