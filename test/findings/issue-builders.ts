import type { Finding } from '../../src/findings/finding.ts';
import type { IssueSnapshot } from '../../src/findings/issue.ts';
import type { IssueChange } from '../../src/findings/issue-plan.ts';
import { type PlanRequest, planIssueChanges } from '../../src/findings/plan-issue-changes.ts';
import { createGate } from '../../src/publishing/gate.ts';

export const gate = createGate({ secrets: ['a-secret-value-1234'] });
export const commit = 'c'.repeat(40);
export const context = { gate, serverUrl: 'https://github.com', repository: 'octo/shop', commit };

export const self = 'github-actions[bot]';

export function aFinding(over: Partial<Finding> = {}): Finding {
  return {
    version: 1,
    id: 'F-0000000a',
    state: 'open',
    title: 'Order total loses cents',
    description: 'Totals are added as floats.',
    severity: 3,
    category: 'bug',
    location: { path: 'src/total.ts', startLine: 3, endLine: 4, symbol: 'total' },
    evidence: [{ path: 'src/total.ts', startLine: 3, endLine: 3, quote: 'sum += price * 1.19;' }],
    nextSteps: ['Count in cents'],
    origin: { kind: 'agent', name: 'bugs' },
    verified: 'quoted',
    fingerprints: ['1:a'],
    firstSeen: { session: 'S1', at: '2026-11-20T10:00:00Z', commit: 'a'.repeat(40) },
    lastSeen: { session: 'S2', at: '2026-11-21T10:00:00Z', commit },
    occurrences: 2,
    anchors: [],
    missed: 0,
    history: [],
    possiblySame: [],
    ...over,
  };
}

export function aRequest(over: Partial<PlanRequest> = {}): PlanRequest {
  return {
    findings: [],
    issues: new Map(),
    adoptable: [],
    settings: { maxNew: 20, minPriority: 'low', sensitive: 'auto', unverified: 'label', labels: [], assignees: [] },
    audience: 'private',
    partial: false,
    context,
    ...over,
  };
}

export type Published = { finding: Finding; issue: IssueSnapshot };

/** A finding with its issue, as they stand after it was filed by the plan itself. */
export function published(over: Partial<Finding> = {}, changed: Partial<IssueSnapshot> = {}): Published {
  const finding = aFinding(over);
  const [create] = planIssueChanges(aRequest({ findings: [finding] })).changes;
  if (create?.kind !== 'create') throw new Error('the finding gets no issue');
  const issue: IssueSnapshot = {
    number: 7,
    url: 'https://github.com/octo/shop/issues/7',
    title: create.issue.title,
    body: create.issue.body,
    state: 'open',
    stateReason: undefined,
    labels: [...create.issue.labels],
    locked: false,
    author: self,
    closedBy: undefined,
    ...changed,
  };
  return { finding: { ...finding, issue: { number: issue.number, url: issue.url, ...create.written } }, issue };
}

/** The plan's only change. */
export function planOne(findings: Finding | Published, over: Partial<PlanRequest> = {}): IssueChange {
  const request = 'issue' in findings && 'finding' in findings ? ofPublished(findings) : { findings: [findings] };
  const { changes } = planIssueChanges(aRequest({ ...request, ...over }));
  const [change] = changes;
  if (!change || changes.length > 1) throw new Error(`expected one change, not ${changes.length}`);
  return change;
}

function ofPublished({ finding, issue }: Published): Partial<PlanRequest> {
  return { findings: [finding], issues: new Map([[issue.number, issue]]) };
}

/** What is there after the change was applied, as GitHub and the ledger would do it. */
export function applied({ finding, issue }: Published, change: IssueChange): Published {
  if (!('written' in change) || !('update' in change) || !change.update) return { finding, issue };
  const { update, written } = change;
  const gone = new Set(update.removeLabels ?? []);
  const labels = [...issue.labels, ...(update.addLabels ?? [])].filter(
    (label) => ![...gone].some((other) => other === label),
  );
  const next: IssueSnapshot = { ...issue, title: update.title ?? issue.title, body: update.body ?? issue.body, labels };
  if (update.state?.to === 'closed')
    Object.assign(next, { state: 'closed', stateReason: update.state.reason, closedBy: self });
  if (update.state?.to === 'open') Object.assign(next, { state: 'open', stateReason: 'reopened', closedBy: undefined });
  return { finding: { ...finding, issue: { number: issue.number, url: issue.url, ...written } }, issue: next };
}
