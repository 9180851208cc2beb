import type { SafeText } from '../publishing/safe-text.ts';
import type { Finding } from './finding.ts';
import type { IssueSnapshot, IssueUpdate } from './issue.ts';
import type { IssueLink } from './issue-link.ts';
import { replaceManagedBlock } from './issue-markers.ts';
import type { WrittenIssue } from './issue-plan.ts';
import { labelFor, toLabelPriority } from './labels.ts';
import { type IssueContext, renderIssue } from './render-issue.ts';
import { renderUpdateComment } from './render-issue-comment.ts';
import { type Priority, toPriority, toSeverity } from './severity.ts';
import { isOtherEvidence } from './shown-evidence.ts';

export type PlannedUpdate = {
  finding: string;
  title: SafeText;
  number: number;
  update: IssueUpdate;
  comment?: SafeText;
  written: WrittenIssue;
};

/**
 * What to write so that an issue says what the finding says now. People win: only the managed block is replaced, the title only while it
 * is the one that Courier wrote, and of the labels only those that Courier gave and nobody took or exchanged.
 */
export function planIssueUpdate(
  finding: Finding,
  { issue, link }: { issue: IssueSnapshot; link: IssueLink },
  context: IssueContext,
): PlannedUpdate {
  const { gate } = context;
  const rendered = renderIssue(finding, context);
  // A write whose record was lost left the issue as it is wanted now: that was no person.
  const isOurs = issue.title === link.title || issue.title === rendered.title;
  const retitled = isOurs && rendered.title !== issue.title;
  const labels = mergeLabels(rendered.labels, {
    written: link.labels,
    current: issue.labels,
    set: finding.prioritySet ? toPriority(finding.severity) : undefined,
  });
  const remove = [...labels.remove, ...issue.labels.filter(isIgnoring)];
  const from = priorityOf(link.labels);
  const rose =
    !finding.prioritySet &&
    from !== undefined &&
    finding.severity < toSeverity(from) &&
    priorityOf(issue.labels) === from;
  const comment = renderUpdateComment(
    finding,
    { from: rose ? from : undefined, otherEvidence: isOtherEvidence(link.evidence, rendered.evidence) },
    context,
  );
  return {
    finding: finding.id,
    title: rendered.title,
    number: issue.number,
    update: {
      body: replaceManagedBlock(issue.body, rendered.body, gate),
      ...(retitled ? { title: rendered.title } : {}),
      ...(labels.add.length > 0 ? { addLabels: labels.add } : {}),
      ...(remove.length > 0 ? { removeLabels: remove.map((label) => gate.label(label)) } : {}),
    },
    ...(comment ? { comment } : {}),
    written: {
      digest: rendered.digest,
      evidence: rendered.evidence,
      title: isOurs ? rendered.title : (link.title ?? rendered.title),
      labels: [...rendered.labels],
    },
  };
}

/** Whether the issue still says that it is ignored, of a finding that is not (any more). */
export function hasStaleLabel(issue: IssueSnapshot): boolean {
  return issue.labels.some(isIgnoring);
}

function isIgnoring(label: string): boolean {
  return label.toLowerCase() === labelFor({ state: 'ignored' });
}

/**
 * A merge of three: what Courier wants now, what it wrote last, and what is there. A label that it wrote and that is gone was taken away by
 * a person. One that is there and not Courier's was given by a person. Neither is touched, and a priority that a person chose (`set`) stands alone:
 * the one that Courier gave goes.
 */
function mergeLabels(
  wanted: readonly SafeText[],
  { written, current, set }: { written: readonly string[]; current: readonly string[]; set: Priority | undefined },
): { add: SafeText[]; remove: string[] } {
  const had = new Set(written.map(lower));
  const has = new Set(current.map(lower));
  const wants = new Set(wanted.map(lower));
  const priorities = (list: readonly string[]) => list.filter((label) => toLabelPriority(label) !== undefined);
  // The wanted one is no choice of a person's: a write of ours whose record was lost may have set it.
  const arrived = priorities(wanted).some((label) => has.has(lower(label)));
  const chosen = priorities(current).some((label) => !had.has(lower(label)) && !wants.has(lower(label)));
  const taken = !arrived && priorities(written).some((label) => !has.has(lower(label)));
  const peoplePrioritise = chosen || taken;
  const isPeoples = (label: string) => peoplePrioritise && toLabelPriority(label) !== undefined;
  const isOvertaken = (label: string) => {
    const priority = toLabelPriority(label);
    return set !== undefined && has.has(labelFor({ priority: set })) && priority !== undefined && priority !== set;
  };
  return {
    add: wanted.filter((label) => !had.has(lower(label)) && !has.has(lower(label)) && !isPeoples(label)),
    remove: current.filter(
      (label) => had.has(lower(label)) && !wants.has(lower(label)) && (!isPeoples(label) || isOvertaken(label)),
    ),
  };
}

function priorityOf(labels: readonly string[]): Priority | undefined {
  return labels.map(toLabelPriority).find((priority) => priority !== undefined);
}

function lower(label: string): string {
  return label.toLowerCase();
}
