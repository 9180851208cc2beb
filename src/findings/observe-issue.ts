import type { Finding } from './finding.ts';
import { addToHistory } from './history.ts';
import type { IssueSnapshot } from './issue.ts';
import type { IssueLink, ObservedIssue } from './issue-link.ts';
import type { Look, Sight } from './look.ts';
import { classifyClosing, isFreshClosing, observeClosing } from './observe-closing.ts';
import { meaningfulLabels, observeLabels } from './observe-labels.ts';
import { observeReopening } from './observe-reopening.ts';
import { observeThumbs } from './observe-thumbs.ts';

/**
 * The finding after somebody looked at its issue: what people and other apps did since the last look is its new state, and in its history.
 * Looking twice at the same issue changes nothing. Only the issue's own state, labels and title count; text in a body is nobody's word.
 *
 * @param issue `undefined`: deleted or transferred.
 */
export function observeIssue(finding: Finding, issue: IssueSnapshot | undefined, look: Look): Finding {
  const { issue: link } = finding;
  if (!link) return finding;
  const before = link.observed;
  if (!issue) return before?.state === 'gone' ? finding : observeGone(finding, link, look);
  const sight: Sight = { ...look, issue, link, before };
  const state = issue.state === 'open' ? observeReopening(finding, sight) : observeClosing(finding, sight);
  const told = observeAssignees(observeTitle(observeLabels(observeLock(state, sight), sight), sight), sight);
  const seen = observeThumbs(told, sight);
  return { ...seen, issue: { ...link, observed: toObserved(finding, sight) } };
}

function observeGone(finding: Finding, link: IssueLink, { at }: Look): Finding {
  const observed: ObservedIssue = { state: 'gone', locked: false, labels: link.observed?.labels ?? [] };
  return { ...addToHistory(finding, { at, what: 'gone' }), issue: { ...link, observed } };
}

function observeLock(finding: Finding, { issue, before, at }: Sight): Finding {
  if (issue.locked === (before?.locked ?? false)) return finding;
  return addToHistory(finding, { at, what: issue.locked ? 'locked' : 'unlocked' });
}

/** Told once: the same title is not news the next time. */
function observeTitle(finding: Finding, { issue, link, at }: Sight): Finding {
  if (link.title === undefined || issue.title === link.title || issue.title === finding.title) return finding;
  const next = addToHistory(finding, { at, what: 'retitled', detail: issue.title });
  const told = finding.history.findLast(({ what }) => what === 'retitled')?.detail;
  return told === next.history.at(-1)?.detail ? finding : next;
}

/** Whom people put in charge, for the record only. */
function observeAssignees(finding: Finding, { issue, link, before, at }: Sight): Finding {
  // What an older Courier saw of an issue does not say who was assigned.
  const known = before ? before.assignees : (link.assignees ?? []);
  if (issue.assignees === undefined || known === undefined) return finding;
  const [had, has] = [new Set(known), new Set(issue.assignees)];
  const changes = [
    ...[...has.difference(had)].map((who) => `+${who}`),
    ...[...had.difference(has)].map((who) => `-${who}`),
  ];
  return changes.length === 0 ? finding : addToHistory(finding, { at, what: 'assigned', detail: changes.join(', ') });
}

/** How it stands now; what was found out about a closing is kept as long as it is that closing. */
function toObserved(finding: Finding, sight: Sight): ObservedIssue {
  const { issue, before } = sight;
  const common = toCommon(sight);
  if (issue.state === 'open') return { state: 'open', ...common };
  const fresh = isFreshClosing(sight);
  const closing = fresh ? classifyClosing(finding, sight) : before?.closing;
  const head = issue.closedWith?.commit ?? (fresh ? undefined : before?.head);
  const compared = fresh ? undefined : before?.compared;
  return {
    state: 'closed',
    ...common,
    ...(issue.stateReason === undefined ? {} : { reason: issue.stateReason }),
    ...(issue.closedBy === undefined ? {} : { closedBy: issue.closedBy }),
    ...(issue.closedAt === undefined ? {} : { closedAt: issue.closedAt }),
    ...(closing === undefined ? {} : { closing }),
    ...(head === undefined ? {} : { head }),
    ...(compared === undefined ? {} : { compared }),
  };
}

function toCommon({ issue, before }: Sight): Pick<ObservedIssue, 'locked' | 'labels' | 'assignees'> {
  const assignees = issue.assignees ?? before?.assignees;
  return {
    locked: issue.locked,
    labels: meaningfulLabels(issue.labels),
    ...(assignees === undefined ? {} : { assignees: [...assignees].sort() }),
  };
}
