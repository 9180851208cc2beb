import { z } from 'zod';
import { Evidence, recheckVerdicts } from './finding.ts';

/** What came of looking for one known finding. Only `gone` with its proof may resolve it; `inconclusive` changes nothing. */
export const Verdict = z.object({
  finding: z.string().regex(/^F-[0-9a-hjkmnp-tv-z]{8}$/),
  verdict: z.enum(recheckVerdicts),
  by: z.enum(['reproduce', 'check', 'agent', 'anchor']),
  /** What was done and seen, in sentences for people. */
  proof: z.string(),
  /** Code of the scanned commit that shows it. */
  evidence: z.array(Evidence).default([]),
});
export type Verdict = z.infer<typeof Verdict>;

/** The findings that somebody looked for and saw where they were. */
export function presentIn(verdicts: readonly Verdict[]): string[] {
  return verdicts.flatMap(({ finding, verdict }) => (verdict === 'present' ? [finding] : []));
}
