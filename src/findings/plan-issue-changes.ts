import type { Finding } from './finding.ts';
import type { IssueSnapshot } from './issue.ts';
import { issueDigest } from './issue-digest.ts';
import type { IssueLink } from './issue-link.ts';
import { findFindingMarker } from './issue-markers.ts';
import type { IssueChange, IssuePlan } from './issue-plan.ts';
import { baseLabel, labelFor } from './labels.ts';
import { hold, isWithheld, none, silenceOf } from './leave-alone.ts';
import { hasStaleLabel, planIssueUpdate } from './plan-issue-update.ts';
import { type IssueContext, renderIssue } from './render-issue.ts';
import { renderRegressedComment, renderResolvedComment } from './render-issue-comment.ts';
import { renderReturnComment } from './render-return-comment.ts';
import { type Priority, toSeverity } from './severity.ts';

export type IssueSettings = {
  /** New issues in this plan, at most; the other new findings are held. */
  maxNew: number;
  /** `human`: no new issue before a person files the finding. Absent: none. */
  gate?: 'none' | 'human';
  minPriority: Priority;
  sensitive: 'auto' | 'withhold';
  unverified: 'label' | 'hold' | 'drop';
  /** On every issue; `courier` is always one of them. */
  labels: readonly string[];
  assignees: readonly string[];
};

export type PlanRequest = {
  /** All that the ledger knows, whatever their state, after a look at their issues (`observeIssue`). */
  findings: readonly Finding[];
  /** The issues of these findings as GitHub shows them now; a number that is gone is not in it. */
  issues: ReadonlyMap<number, IssueSnapshot>;
  /** Issues by our own identity, to find creations whose answer was lost. */
  adoptable: readonly IssueSnapshot[];
  settings: IssueSettings;
  /** Further labels for the findings of a configured scan, by its name. */
  labelsByScan?: Readonly<Record<string, readonly string[]>>;
  /** Ids of findings that a person asked to file: nothing but secrecy holds them back, and they count towards no limit. */
  requested?: ReadonlySet<string>;
  /** Who can read the issues. */
  audience: 'public' | 'private';
  /** The session did not see everything: new findings are filed and proven ends are told, nothing else is touched. */
  partial: boolean;
  context: Omit<IssueContext, 'labels'>;
};

type Planning = PlanRequest & {
  context: IssueContext;
  adoptions: ReadonlyMap<string, IssueSnapshot>;
};

/**
 * Compares the ledger with GitHub's issues and says what to do, one change per finding (product contract, section 7). Pure: the same
 * input gives the same plan, and a plan made after it was applied holds no write.
 */
export function planIssueChanges(request: PlanRequest): IssuePlan {
  const labels = [baseLabel, ...request.settings.labels];
  const adoptions = findAdoptions(request);
  const context = { ...request.context, labels, issueOf: issuesToTell(request) };
  const planning: Planning = { ...request, adoptions, context };
  let created = 0;
  const changes: IssueChange[] = [];
  for (const finding of [...request.findings].sort(bySeverityThenPlace)) {
    const change = planFinding(finding, withScanLabels(finding, planning));
    const counts = change.kind === 'create' && !request.requested?.has(finding.id);
    const reason = counts ? whyHeld(created, request.settings) : undefined;
    if (counts && !reason) created += 1;
    changes.push(reason ? hold(finding, reason, planning) : change);
  }
  return { changes };
}

function whyHeld(created: number, { gate, maxNew }: IssueSettings): 'review' | 'max-new' | undefined {
  if (gate === 'human') return 'review';
  return created >= maxNew ? 'max-new' : undefined;
}

function withScanLabels({ origin }: Finding, planning: Planning): Planning {
  const more = origin.kind === 'agent' ? planning.labelsByScan?.[origin.name] : undefined;
  if (!more || more.length === 0) return planning;
  return { ...planning, context: { ...planning.context, labels: [...(planning.context.labels ?? []), ...more] } };
}

function bySeverityThenPlace(a: Finding, b: Finding): number {
  const path = (finding: Finding) => finding.location?.path ?? '';
  return a.severity - b.severity || compare(path(a), path(b)) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Own issues by the finding whose marker they carry, the oldest where there are two. Issues that the ledger knows are taken. */
function findAdoptions({ findings, adoptable }: PlanRequest): ReadonlyMap<string, IssueSnapshot> {
  const taken = new Set(findings.flatMap(({ issue }) => issue?.number ?? []));
  const found = new Map<string, IssueSnapshot>();
  for (const issue of [...adoptable].sort((a, b) => a.number - b.number)) {
    const finding = findFindingMarker(issue.body);
    if (finding !== undefined && !taken.has(issue.number) && !found.has(finding)) found.set(finding, issue);
  }
  return found;
}

function planFinding(finding: Finding, planning: Planning): IssueChange {
  if (finding.state === 'ignored') return none(finding, silenceOf(finding), planning);
  // Before anything else: what may not be told is neither filed nor brought up to date nor explained in a comment.
  if (isWithheld(finding, planning)) return hold(finding, 'sensitive', planning);
  if (finding.issue) return planKnown(finding, finding.issue, planning);
  const adopted = planning.adoptions.get(finding.id);
  if (adopted) return planAdoption(finding, adopted, planning);
  return finding.state === 'resolved' ? none(finding, 'resolved', planning) : planNew(finding, planning);
}

/** Which issue another finding has, but for those that may not be told. */
function issuesToTell({ findings, audience }: Pick<PlanRequest, 'findings' | 'audience'>) {
  const numbers = new Map(
    findings.flatMap((finding) => {
      const told = finding.issue && !isWithheld(finding, { audience });
      return told ? [[finding.id, finding.issue?.number] as const] : [];
    }),
  );
  return (id: string) => numbers.get(id);
}

function planNew(finding: Finding, planning: Planning): IssueChange {
  const { settings, context } = planning;
  if (!planning.requested?.has(finding.id)) {
    if (finding.severity > toSeverity(settings.minPriority)) return hold(finding, 'below-min-priority', planning);
    if (finding.verified === 'none' && settings.unverified === 'drop') return none(finding, 'dropped', planning);
    if (finding.verified === 'none' && settings.unverified === 'hold') return hold(finding, 'unverified', planning);
  }
  const { title, body, labels, digest, evidence } = renderIssue(finding, context);
  return {
    kind: 'create',
    finding: finding.id,
    title,
    issue: { title, body, labels, assignees: settings.assignees },
    written: {
      ...{ digest, evidence, title, labels: [...labels] },
      ...(settings.assignees.length > 0 ? { assignees: [...settings.assignees] } : {}),
    },
  };
}

/**
 * An open one is brought up to date, or closed where the finding is gone by now. A closed one is only remembered: what a person did to it
 * meanwhile is respected from now on.
 */
function planAdoption(finding: Finding, issue: IssueSnapshot, { context }: Planning): IssueChange {
  const { number, url } = issue;
  const { update, written, title } = planIssueUpdate(finding, { issue, link: { number, labels: [] } }, context);
  const adopt = { kind: 'adopt', finding: finding.id, title, number, url, written } as const;
  if (issue.state === 'closed' || issue.locked) return adopt;
  if (finding.state === 'resolved') {
    const comment = renderResolvedComment(finding, context);
    return { ...adopt, comment, update: { ...update, state: { to: 'closed', reason: 'completed' } } };
  }
  const same = update.body === issue.body && update.addLabels === undefined && update.removeLabels === undefined;
  return same ? adopt : { ...adopt, update };
}

function planKnown(finding: Finding, link: IssueLink, planning: Planning): IssueChange {
  const issue = planning.issues.get(link.number);
  if (!issue) return none(finding, 'gone', planning);
  if (issue.locked) return none(finding, 'locked', planning);
  if (issue.state === 'closed') return planClosed(finding, { issue, link }, planning);
  if (finding.state === 'resolved') return planResolved(finding, { issue, link }, planning);
  const isRecorded = !hasStaleLabel(issue) && !isLabelUnrecorded(finding, link);
  if (link.digest === issueDigest(finding, planning.context.settledOf?.(finding.id)) && isRecorded)
    return none(finding, 'unchanged', planning);
  if (planning.partial) return none(finding, 'partial', planning);
  return { kind: 'update', ...planIssueUpdate(finding, { issue, link }, planning.context) };
}

/** It was reopened by a session that did not live to record it. */
function isLabelUnrecorded({ regressed }: Finding, { labels }: IssueLink): boolean {
  return regressed !== undefined && !labels.some((label) => label.toLowerCase() === labelFor({ state: 'regressed' }));
}

type Known = { issue: IssueSnapshot; link: IssueLink };

function planResolved(finding: Finding, { issue, link }: Known, planning: Planning): IssueChange {
  const { title, written, update, number } = planIssueUpdate(finding, { issue, link }, planning.context);
  const comment = renderResolvedComment(finding, planning.context);
  const closing = { ...update, state: { to: 'closed', reason: 'completed' } } as const;
  const observed = { ...observedOf(link), state: 'closed', reason: 'completed', closing: 'courier' } as const;
  const remembered = { ...written, observed };
  return { kind: 'close', finding: finding.id, title, number, update: closing, comment, written: remembered };
}

/**
 * A closed issue is opened again for a finding that is back (the record says so only where the table of re-detection lets it: a proof was
 * wrong, or the commit is newer than a person's closing), and for one that was silenced for a time which is over. An app's closing is nobody's
 * word about the problem.
 */
function planClosed(finding: Finding, { issue, link }: Known, planning: Planning): IssueChange {
  if (finding.state === 'resolved') return none(finding, 'resolved', planning);
  const closing = link.observed?.closing;
  if (closing === 'app') return closedByApp(finding, issue, planning);
  const isSilenceOver = issue.stateReason === 'not_planned' || issue.stateReason === 'duplicate';
  if (closing === undefined || (!finding.regressed && !isSilenceOver))
    return none(finding, 'closed-by-person', planning);
  if (planning.partial) return none(finding, 'partial', planning);
  const { title, written, update, number } = planIssueUpdate(finding, { issue, link }, planning.context);
  const regressed = planning.context.gate.label(labelFor({ state: 'regressed' }));
  const others = (update.addLabels ?? []).filter((label) => label !== regressed);
  const addLabels = finding.regressed ? [...others, regressed] : others;
  const comment =
    closing === 'courier'
      ? renderRegressedComment(finding, planning.context)
      : renderReturnComment(finding, issue, planning.context);
  const opening = { ...update, ...(addLabels.length > 0 ? { addLabels } : {}), state: { to: 'open' } } as const;
  const remembered = { ...written, observed: { ...observedOf(link), state: 'open' } as const };
  return { kind: 'reopen', finding: finding.id, title, number, update: opening, comment, written: remembered };
}

/** What was seen of an issue, and stays so while Courier closes or opens it: that is not to be taken for a person's doing. */
function observedOf({ observed, assignees: given = [] }: IssueLink) {
  const assignees = observed ? observed.assignees : given;
  return { locked: false, labels: observed?.labels ?? [], ...(assignees === undefined ? {} : { assignees }) };
}

function closedByApp(finding: Finding, { closedBy }: IssueSnapshot, planning: Planning): IssueChange {
  const quiet = none(finding, 'closed-by-app', planning);
  return closedBy === undefined ? quiet : { ...quiet, by: planning.context.gate.inline(closedBy) };
}
