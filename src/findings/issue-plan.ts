import type { SafeText } from '../publishing/safe-text.ts';
import type { IssueUpdate, NewIssue } from './issue.ts';
import type { ObservedIssue } from './issue-link.ts';
import type { ShownEvidence } from './shown-evidence.ts';

/**
 * What the ledger is to remember of an issue once the change is applied (`IssueLink` without number and address): title and labels as
 * Courier wrote them, not as people may have changed them.
 */
export type WrittenIssue = {
  digest: string;
  evidence: ShownEvidence;
  title: string;
  labels: string[];
  assignees?: string[];
  observed?: ObservedIssue;
};

export const holdReasons = ['sensitive', 'below-min-priority', 'unverified', 'review', 'max-new'] as const;
/** Why a finding gets no issue for now: it stays in the ledger, and the next session decides again. */
export type HoldReason = (typeof holdReasons)[number];

export const quietReasons = [
  'unchanged',
  'ignored',
  'dropped',
  'resolved',
  'locked',
  'gone',
  'closed-by-person',
  'closed-by-app',
  'not-planned',
  'duplicate',
  'partial',
] as const;
/** Why nothing is to be done about a finding. `gone`: its issue was deleted or transferred, and it is not filed again. */
export type QuietReason = (typeof quietReasons)[number];

/**
 * One change, complete in itself: whoever applies it needs nothing else, in any order, and a plan made anew after a crash holds only what
 * is left to do. To be applied as `comment`, then the labels of `update`, then its text and state, then recorded: an issue that is in the
 * wanted state was commented on.
 */
export type IssueChange = { finding: string; title: SafeText } & (
  | { kind: 'create'; issue: NewIssue; written: WrittenIssue }
  /** An issue of our own whose creation was never answered: remember its number; `update` where it is not up to date. */
  | { kind: 'adopt'; number: number; url: string; update?: IssueUpdate; comment?: SafeText; written: WrittenIssue }
  | { kind: 'update'; number: number; update: IssueUpdate; comment?: SafeText; written: WrittenIssue }
  | { kind: 'close'; number: number; update: IssueUpdate; comment: SafeText; written: WrittenIssue }
  | { kind: 'reopen'; number: number; update: IssueUpdate; comment: SafeText; written: WrittenIssue }
  | { kind: 'hold'; reason: HoldReason }
  /** `by`: the app that closed the issue, for `closed-by-app`. */
  | { kind: 'none'; number?: number; reason: QuietReason; by?: SafeText }
);

export type ChangeKind = IssueChange['kind'];

/** The changes that bring the issues in line with the ledger, worst findings first. */
export type IssuePlan = { changes: readonly IssueChange[] };

/** The changes that write something to GitHub. */
export function writesOf(plan: IssuePlan): readonly IssueChange[] {
  return plan.changes.filter((change) => {
    if (change.kind === 'adopt') return change.update !== undefined;
    return change.kind !== 'hold' && change.kind !== 'none';
  });
}
