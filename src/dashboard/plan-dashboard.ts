import type { Ticks } from '../events/dashboard-boxes.ts';
import type { IssueSnapshot, NewIssue } from '../findings/issue.ts';
import { replaceManagedBlock, roomAround } from '../findings/issue-markers.ts';
import { baseLabel } from '../findings/labels.ts';
import type { DashboardRecord } from '../ledger/dashboard-record.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import { contentDigest, type DashboardContent } from './content.ts';
import {
  type DashboardContext,
  findDashboardDigest,
  isDashboard,
  pendingTicks,
  renderDashboard,
} from './render-dashboard.ts';

export type DashboardPlan =
  | { kind: 'create'; issue: NewIssue }
  | { kind: 'update'; number: number; body: SafeText }
  | { kind: 'none' }
  /** What a person did to it counts; a sentence says what. */
  | { kind: 'respect'; why: string };

export type DashboardState = {
  record: DashboardRecord;
  /** As GitHub shows it; `undefined`: gone. */
  issue: IssueSnapshot | undefined;
  content: DashboardContent;
  /** What this session did because somebody asked for it. */
  done: Pick<Ticks, 'scan' | 'verify'>;
};

/**
 * What to do about the dashboard issue: it is created once and kept in place; closed, locked or deleted it is left alone. Written only
 * when something material changed, or a box has to be cleared.
 */
export function planDashboard(
  { record, issue, content, done }: DashboardState,
  context: DashboardContext,
): DashboardPlan {
  if (!record.issue) return { kind: 'create', issue: toNewIssue(content, context) };
  const why = whyRespected(record.issue.number, issue);
  if (!issue || why !== undefined) return { kind: 'respect', why: why ?? '' };
  const ticked = pendingTicks(issue.body, done);
  const before = pendingTicks(issue.body, { scan: false, verify: false });
  const cleared = before.scan !== ticked.scan || before.verify !== ticked.verify;
  if (!cleared && findDashboardDigest(issue.body) === contentDigest(content)) return { kind: 'none' };
  const managed = renderDashboard(content, { ...context, ticked, room: roomAround(issue.body) });
  return { kind: 'update', number: issue.number, body: replaceManagedBlock(issue.body, managed, context.gate) };
}

function whyRespected(number: number, issue: IssueSnapshot | undefined): string | undefined {
  if (!issue)
    return `The dashboard, issue ${number}, is gone and is not made again. To have a new one, set dashboard: false for one scan, then true.`;
  if (issue.state === 'closed')
    return `The dashboard, issue ${number}, is closed and is left alone: reopen it to have it kept up to date.`;
  return issue.locked ? `The dashboard, issue ${number}, is locked and is left alone.` : undefined;
}

function toNewIssue(content: DashboardContent, context: DashboardContext): NewIssue {
  return {
    title: safe`Courier dashboard`,
    body: renderDashboard(content, context),
    labels: [context.gate.label(baseLabel)],
    assignees: [],
  };
}

/** A dashboard of our own whose creation was never answered, or that the ledger lost: the oldest open one, else the oldest. */
export function findAdoptable(issues: readonly IssueSnapshot[]): IssueSnapshot | undefined {
  const dashboards = issues.filter(({ body }) => isDashboard(body)).sort((a, b) => a.number - b.number);
  return dashboards.find(({ state }) => state === 'open') ?? dashboards[0];
}
