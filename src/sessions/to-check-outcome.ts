import type { z } from 'zod';
import type { CheckOutcome } from '../checks/check.ts';
import type { recordedKinds } from './recorded.ts';

type Check = z.infer<typeof recordedKinds.check>;
type CheckFinding = z.infer<(typeof recordedKinds)['check-finding']>;

/** What came of a check, from the lines that tell of it. @returns `undefined` for an ending without what belongs to it. */
export function toCheckOutcome(
  { check, kind, tool, version, durationMs, state, cause, reason, held }: Check,
  findings: readonly CheckFinding[],
): CheckOutcome | undefined {
  const base = { check, kind, durationMs, ...(tool && { tool }), ...(version && { version }) };
  if (state === 'clean' || state === 'findings') {
    const rules = findings.map(({ candidate, rule }) => ({ candidate, rule }));
    return { ...base, state, findings: rules, held: held ?? { findings: 0, rules: [] } };
  }
  if (reason === undefined) return undefined;
  if (state === 'not-applicable') return { ...base, state, reason };
  return { ...base, state, cause: cause ?? 'failed', reason };
}
