import { limits } from '../publishing/bound.ts';
import type { Gate } from '../publishing/gate.ts';
import { amongShown, type SafeText, safe } from '../publishing/safe-text.ts';
import type { Finding } from './finding.ts';
import { renderCommit } from './render-footer.ts';
import { hostedAt, type IssueContext, renderIssue } from './render-issue.ts';
import { type Priority, toPriority } from './severity.ts';

/** A draft security advisory, which only those can read who may administrate the repository's security. */
export type AdvisoryDraft = {
  summary: SafeText;
  /** Holds the finding's marker, by which a creation is found whose answer was lost. */
  description: SafeText;
  severity: Priority;
  /** `CWE-79`; GitHub refuses numbers that it does not know. */
  cweIds: readonly string[];
};

// GitHub takes one character less than in an issue.
const longest = limits.body - 1;

const advice = safe`Courier filed this draft for you alone and never publishes one. It closes the draft when the problem is shown to be gone. Close it yourself to settle it: it is not opened or filed again.`;

export function renderAdvisory(finding: Finding, context: IssueContext): AdvisoryDraft {
  const { title, body } = renderIssue(finding, { ...context, advice });
  return {
    summary: title,
    description: context.gate.body(body, longest),
    severity: toPriority(finding.severity),
    cweIds: cweOf(finding),
  };
}

function cweOf({ cwe }: Finding): string[] {
  const number = /^(?:cwe-)?(\d{1,5})$/i.exec(cwe?.trim() ?? '')?.[1];
  return number === undefined ? [] : [`CWE-${Number(number)}`];
}

/** An advisory's text, which may be a person's by now, with a paragraph after it; as it is where there is no room. */
export function addToAdvisory(description: string, note: SafeText, gate: Gate): SafeText {
  const after = safe`\n\n---\n\n${note}`;
  if (description.length + after.length > longest) return amongShown(description, safe``, '');
  return gate.body(amongShown(description, after, ''), longest);
}

export function renderGoneNote(finding: Finding, context: IssueContext): SafeText {
  const { gate } = context;
  const { resolution } = finding;
  const hosted = { ...hostedAt(finding, context), commit: resolution?.commit };
  const at = resolution?.commit === undefined ? safe`` : safe` at commit ${renderCommit(hosted, gate)}`;
  const proof = resolution?.proof ? safe`: ${gate.inline(resolution.proof)}` : safe`.`;
  return safe`Courier closed this draft: the problem is gone${at}${proof}`;
}

export function renderBackNote(finding: Finding, context: IssueContext): SafeText {
  const hosted = hostedAt(finding, context);
  const at = hosted.commit === undefined ? safe`` : safe` at commit ${renderCommit(hosted, context.gate)}`;
  return safe`Courier opened this draft again: the problem is back${at}.`;
}
