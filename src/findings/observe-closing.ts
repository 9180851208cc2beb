import { resolveFinding } from './apply-finding.ts';
import type { Finding } from './finding.ts';
import { addToHistory } from './history.ts';
import type { IssueSnapshot } from './issue.ts';
import type { Closing } from './issue-link.ts';
import type { Sight } from './look.ts';
import { wasReopenedSince } from './observe-reopening.ts';

/** Whether it was closed since the last look, or closed anew, or for another reason. */
export function isFreshClosing({ issue, before }: Pick<Sight, 'issue' | 'before'>): boolean {
  if (before?.state !== 'closed' || before.closing === undefined) return true;
  return before.closedAt !== issue.closedAt || before.reason !== issue.stateReason;
}

/** Whether it takes our own login to tell who closed the issue: only where Courier may have done it. */
export function needsSelf(finding: Finding, issue: IssueSnapshot | undefined): boolean {
  if (issue?.state !== 'closed' || issue.closedBy === undefined || !meantToClose(finding)) return false;
  return isFreshClosing({ issue, before: finding.issue?.observed });
}

/** Where Courier writes in a workflow without an app, and whoever looks may be the app. */
const everyWorkflow = 'github-actions[bot]';

/**
 * Whose closing it is. Courier's own takes two witnesses, as its name in a workflow is every workflow's: the actor, and the ledger, which
 * says before an issue is closed that the finding is gone.
 */
export function classifyClosing(finding: Finding, { issue, self }: Pick<Sight, 'issue' | 'self'>): Closing {
  if (issue.closedWith) return 'merge';
  if (isByUs(issue, self) && isAsMeant(finding, issue)) return 'courier';
  // Who moves a card to "done" is a person, whoever carries it out.
  return issue.closedBy?.endsWith('[bot]') && !issue.closedOnBoard ? 'app' : 'person';
}

function isByUs({ closedBy }: IssueSnapshot, self: string | undefined): boolean {
  return closedBy === undefined || [self?.toLowerCase(), everyWorkflow].includes(closedBy.toLowerCase());
}

function isAsMeant(finding: Finding, issue: IssueSnapshot): boolean {
  if (!meantToClose(finding) || wasReopenedSince(finding, issue)) return false;
  return issue.stateReason === undefined || issue.stateReason === 'completed';
}

/** `regressed` without a look since: it was closed, found again, and the step ended before it could open it again. */
function meantToClose({ state, regressed, issue }: Finding): boolean {
  return state === 'resolved' || (regressed !== undefined && issue?.observed === undefined);
}

/** The finding once its issue is closed: what a person or a merge says counts; an app's word changes nothing. */
export function observeClosing(finding: Finding, sight: Sight): Finding {
  const { issue, at, before } = sight;
  if (!isFreshClosing(sight)) return finding;
  const closing = classifyClosing(finding, sight);
  // What Courier did itself is in its sessions.
  if (closing === 'courier') return finding;
  const when = issue.closedAt ?? at;
  const duplicate = issue.stateReason === 'duplicate';
  const detail = duplicate && issue.duplicateOf ? `#${issue.duplicateOf}` : issue.stateReason;
  // Only another reason for a closing that is told already.
  const told = finding.history.at(-1);
  const isNews = before?.state !== 'closed' || told?.at !== when || told.detail !== detail;
  const deed = { at: when, what: duplicate ? 'duplicate' : 'closed', by: issue.closedBy, detail } as const;
  const next = isNews ? addToHistory(finding, deed) : finding;
  return closing === 'app' ? next : obeyClosing(next, issue, when);
}

/** What it means for the finding that its issue is closed, and why. @param at when it was closed. */
export function obeyClosing(finding: Finding, issue: IssueSnapshot, at: string): Finding {
  const by = issue.closedBy === undefined ? {} : { by: issue.closedBy };
  if (issue.stateReason === 'duplicate') {
    const { duplicateOf: _, ...rest } = finding;
    const of = issue.duplicateOf === undefined ? {} : { duplicateOf: issue.duplicateOf };
    return { ...rest, ...of, state: 'ignored', ignored: { at, ...by, how: 'duplicate' } };
  }
  if (issue.stateReason === 'not_planned') {
    // An ignore that has an end keeps it.
    const silenced = finding.ignored && finding.ignored.how !== 'duplicate' ? finding.ignored : undefined;
    return { ...finding, state: 'ignored', ignored: silenced ?? { at, ...by, how: 'not-planned' } };
  }
  return complete(finding, issue, at);
}

function complete(finding: Finding, issue: IssueSnapshot, at: string): Finding {
  const { ignored, duplicateOf: _, ...rest } = finding;
  // Closed as done, where before it was closed for another reason: that one is over. A label or command still silences it.
  const stays = ignored !== undefined && ignored.how !== 'not-planned' && ignored.how !== 'duplicate';
  if (stays || finding.state === 'resolved') return finding;
  const commit = issue.closedWith?.commit;
  return resolveFinding(rest, { at, ...(commit === undefined ? {} : { commit }), proof: proofOf(issue) });
}

function proofOf({ closedWith, closedBy }: IssueSnapshot): string {
  if (closedWith?.pullRequest !== undefined) return `Closed by pull request #${closedWith.pullRequest}.`;
  if (closedWith?.commit !== undefined) return `Closed by commit ${closedWith.commit.slice(0, 7)}.`;
  return closedBy === undefined ? 'Closed as completed.' : `Closed as completed by ${closedBy}.`;
}
