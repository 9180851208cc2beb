import { isCounted } from '../findings/counted.ts';
import type { Finding } from '../findings/finding.ts';
import type { HoldReason, IssuePlan } from '../findings/issue-plan.ts';
import type { Severity } from '../findings/severity.ts';
import type { DashboardRecord, SessionLine } from '../ledger/dashboard-record.ts';
import { sha256 } from '../lib/hash.ts';
import type { Learnings } from '../memory/learning.ts';
import { type Precision, precisionOf } from '../memory/precision.ts';
import { rulesOf } from '../memory/rules.ts';
import { isSensitive, type Visibility } from '../sessions/audience.ts';
import { countTold, type WhereTold } from '../sessions/plan-disclosure.ts';

type Listed = {
  finding: string;
  title: string;
  severity: Severity;
  issue?: { number: number; url?: string | undefined };
};
export type Held = Listed & { reason: Exclude<HoldReason, 'sensitive'> };
export type ClosedByApp = Listed & { by: string };

/** What the dashboard says; the findings worst first. */
export type DashboardContent = {
  /** Newest first. */
  sessions: readonly SessionLine[];
  /** Why publishing stopped, in a sentence. */
  failure: string | undefined;
  open: readonly Listed[];
  held: readonly Held[];
  /** How many open findings may not be told. */
  withheld: number;
  /** How many of them are told in private places. */
  privately: Pick<WhereTold, 'advisories' | 'alerts'>;
  /** Findings that are there although another app closed their issue. */
  closedByApps: readonly ClosedByApp[];
  /** Of each scan the last session, where it asked something. */
  asking: readonly SessionLine[];
  spend: DashboardRecord['spend'];
  /** What was learned from what people did, and how well it went as they judged it. */
  learned?: { learnings: Learnings; precision: Precision };
};

export type ContentRequest = {
  findings: readonly Finding[];
  plan: IssuePlan;
  record: DashboardRecord;
  visibility: Visibility | undefined;
  failure: string | undefined;
  learnings?: Learnings | undefined;
};

/** What there is to say after a session. On a public repository nothing of it is sensitive. */
export function toContent({
  findings,
  plan,
  record,
  visibility,
  failure,
  learnings,
}: ContentRequest): DashboardContent {
  const alive = findings.filter(isCounted).sort(worstFirst);
  const told = alive.filter((finding) => !isWithheld(finding, visibility));
  const reasons = new Map(
    plan.changes.flatMap((change) => (change.kind === 'hold' ? [[change.finding, change.reason]] : [])),
  );
  return {
    sessions: record.sessions,
    failure,
    open: told.filter(isOpen).map(toListed),
    held: told.flatMap((finding) => {
      const reason = finding.issue ? undefined : reasons.get(finding.id);
      return reason === undefined || reason === 'sensitive' ? [] : [{ ...toListed(finding), reason }];
    }),
    withheld: alive.length - told.length,
    privately: visibility === 'public' ? countTold(findings) : { advisories: 0, alerts: 0 },
    closedByApps: told.flatMap((finding) => {
      const by = closedByApp(finding);
      return by === undefined ? [] : [{ ...toListed(finding), by }];
    }),
    asking: lastOfEachScan(record.sessions).filter(({ asked }) => asked > 0),
    spend: record.spend,
    ...(learnings ? { learned: { learnings, precision: precisionOf(findings, learnings.learnings) } } : {}),
  };
}

function isWithheld(finding: Finding, visibility: Visibility | undefined): boolean {
  return isSensitive(finding, visibility) || (visibility === 'public' && finding.sealed !== undefined);
}

function worstFirst(a: Finding, b: Finding): number {
  return a.severity - b.severity || (a.issue?.number ?? 0) - (b.issue?.number ?? 0) || (a.id < b.id ? -1 : 1);
}

function isOpen({ issue, duplicateOf }: Finding): boolean {
  return issue !== undefined && duplicateOf === undefined && (issue.observed?.state ?? 'open') === 'open';
}

function toListed({ id, title, severity, issue }: Finding): Listed {
  return { finding: id, title, severity, ...(issue ? { issue: { number: issue.number, url: issue.url } } : {}) };
}

/** The app that closed the issue of a finding that is still there. */
function closedByApp({ issue }: Finding): string | undefined {
  return issue?.observed?.closing === 'app' ? issue.observed.closedBy : undefined;
}

function lastOfEachScan(sessions: readonly SessionLine[]): SessionLine[] {
  const seen = new Set<string>();
  return sessions.filter(({ scans }) => {
    const fresh = scans.some((scan) => !seen.has(scan));
    for (const scan of scans) seen.add(scan);
    return fresh;
  });
}

/** SHA-256 of what is material: a change of it is worth a write. Dates, costs and counters are shown afresh with whatever else changed. */
export function contentDigest(content: DashboardContent): string {
  const [last] = content.sessions;
  const { advisories, alerts } = content.privately;
  const listed = ({ finding, title, severity, issue }: Listed) => [finding, title, severity, issue?.number ?? null];
  return sha256(
    JSON.stringify([
      // Of the layout: a new one is written over the old.
      1,
      last ? [last.result, last.reasons.map(withoutNumbers)] : null,
      content.failure === undefined ? null : withoutNumbers(content.failure),
      content.open.map(listed),
      content.held.map((held) => [...listed(held), held.reason]),
      content.withheld,
      ...(advisories + alerts > 0 ? [[advisories, alerts]] : []),
      content.closedByApps.map((closed) => [...listed(closed), closed.by]),
      ...materialOf(content.learned),
      content.asking.map(({ scans, asked, questions }) => [scans, asked, questions.map(({ text }) => text)]),
    ]),
  );
}

/** Nothing where nothing was learned or judged, so that it is no change. Who said nothing is a counter. */
function materialOf(learned: DashboardContent['learned']): readonly unknown[] {
  if (!learned) return [];
  const { learnings, precision } = learned;
  const shown = [
    ...learnings.learnings.filter(({ state }) => state === 'proposed' || state === 'approved'),
    ...rulesOf(learnings),
  ].map((one) => [one.id, one.text, 'state' in one ? one.state : '']);
  const { confirmed, wrong } = precision.all;
  return shown.length + confirmed + wrong === 0 ? [] : [['learned', shown, confirmed, wrong]];
}

function withoutNumbers(text: string): string {
  return text.replace(/\d+(?:\.\d+)?/g, '0');
}
