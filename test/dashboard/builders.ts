import { type DashboardContent, toContent } from '../../src/dashboard/content.ts';
import type { Finding } from '../../src/findings/finding.ts';
import type { IssueChange } from '../../src/findings/issue-plan.ts';
import type { SessionLine } from '../../src/ledger/dashboard-record.ts';
import { gate } from '../findings/issue-builders.ts';

export const context = { gate, url: 'https://github.com/octo/shop' };

export function aLine(over: Partial<SessionLine> = {}): SessionLine {
  return {
    id: 'S20261120-100000-aaaa',
    at: '2026-11-20T10:00:00Z',
    name: 'Scan bugs of main at 3f1c9a7',
    result: 'complete',
    reasons: [],
    costUsd: 0.42,
    run: 'https://github.com/octo/shop/actions/runs/77',
    scans: ['bugs'],
    questions: [],
    asked: 0,
    ...over,
  };
}

export function aContent(over: Partial<DashboardContent> = {}): DashboardContent {
  return {
    sessions: [aLine()],
    failure: undefined,
    open: [],
    held: [],
    withheld: 0,
    privately: { advisories: 0, alerts: 0 },
    closedByApps: [],
    asking: [],
    spend: undefined,
    ...over,
  };
}

export function held(finding: Finding, reason: 'max-new' | 'sensitive' | 'unverified' = 'max-new'): IssueChange {
  return { kind: 'hold', finding: finding.id, title: gate.title(finding.title), reason };
}

/** What there is to say of findings after one complete session. */
export function contentOf(findings: readonly Finding[], over: Partial<Parameters<typeof toContent>[0]> = {}) {
  return toContent({
    findings,
    plan: { changes: findings.filter(({ issue }) => !issue).map((finding) => held(finding)) },
    record: { version: 1, sessions: [aLine()] },
    visibility: 'private',
    failure: undefined,
    ...over,
  });
}
