import type { Gate } from '../publishing/gate.ts';
import type { SafeText } from '../publishing/safe-text.ts';
import type { Finding } from './finding.ts';
import type { HoldReason, IssueChange, QuietReason } from './issue-plan.ts';

/** Who can read the issues, and what every text for them goes through. */
type Readers = { audience: 'public' | 'private'; context: { gate: Gate } };

/** Security is never told in public issues; `auto` and `withhold` differ only in where else it may be told. */
export function isWithheld({ category, sealed }: Finding, { audience }: Pick<Readers, 'audience'>): boolean {
  return audience === 'public' && (category === 'security' || sealed !== undefined);
}

/** Why a finding is silent, in the words of a plan. */
export function silenceOf({ ignored }: Finding): QuietReason {
  return ignored?.how === 'not-planned' || ignored?.how === 'duplicate' ? ignored.how : 'ignored';
}

/** It waits: nothing is written, and people are told why. */
export function hold(finding: Finding, reason: HoldReason, readers: Readers): IssueChange {
  return { kind: 'hold', finding: finding.id, title: shownTitle(finding, readers), reason };
}

/** There is nothing to do about it. */
export function none(finding: Finding, reason: QuietReason, readers: Readers) {
  const number = finding.issue?.number;
  const title = shownTitle(finding, readers);
  const quiet = { kind: 'none', finding: finding.id, title, reason } as const;
  return { ...quiet, ...(number === undefined ? {} : { number }) };
}

/** The title of a withheld finding is a detail, too. */
function shownTitle(finding: Finding, { audience, context }: Readers): SafeText {
  return context.gate.title(isWithheld(finding, { audience }) ? 'A security finding' : finding.title);
}
