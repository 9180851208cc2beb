import { truncate } from '../lib/text.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { Finding } from './finding.ts';
import type { IssueSnapshot } from './issue.ts';
import { languageOf, permalink, placeText } from './permalink.ts';
import { renderCommit } from './render-footer.ts';
import type { IssueContext } from './render-issue.ts';

const gap = safe`\n\n`;
const longestQuote = 1_500;

/** The comment on an issue that a person closed and that is opened again: why that is allowed, and what shows the problem. */
export function renderReturnComment(finding: Finding, issue: IssueSnapshot, context: IssueContext): SafeText {
  const why = renderWhy(finding, issue, context);
  return context.gate.comment(joinSafe([why, renderEvidence(finding, context)], gap));
}

function renderWhy(finding: Finding, issue: IssueSnapshot, context: IssueContext): SafeText {
  if (!finding.regressed) return renderSilenceOver(issue, finding, context);
  return finding.repair?.verdict === 'present' ? renderUnrepaired(finding, context) : renderNewer(finding, context);
}

/** It was not repaired, which running its check or command showed. */
function renderUnrepaired({ repair, regressed, lastCheck }: Finding, context: IssueContext): SafeText {
  const { gate } = context;
  const commit = regressed?.commit ?? context.commit;
  const at = commit ? safe` at ${renderAt(commit, context)}` : safe``;
  const proof = lastCheck?.verdict === 'present' ? safe` ${gate.inline(lastCheck.proof)}` : safe``;
  const pull = repair ? safe` of #${repair.pullRequest}` : safe``;
  return safe`**Opened again:** the merge${pull} closed this, and it is still there${at}.${proof}`;
}

function renderNewer(finding: Finding, context: IssueContext): SafeText {
  const observed = finding.issue?.observed;
  const closed = observed?.closing === 'merge' ? safe`by a merge` : safe`as completed`;
  const head = observed?.head && safe` (${renderAt(observed.head, context)})`;
  const commit = finding.regressed?.commit ?? finding.lastSeen.commit ?? context.commit;
  const at = commit ? safe` at ${renderAt(commit, context)}` : safe``;
  return safe`**Regressed:** this was closed ${closed} and is there again${at}, which is newer than the default branch was then${head || safe``}.`;
}

function renderSilenceOver({ stateReason }: IssueSnapshot, finding: Finding, context: IssueContext): SafeText {
  const was = stateReason === 'duplicate' ? safe`a duplicate` : safe`not planned`;
  const { commit } = finding.lastSeen;
  const at = commit ? safe` at ${renderAt(commit, context)}` : safe``;
  return safe`**Opened again:** this was closed as ${was}, the time for which it was ignored is over, and it is still there${at}.`;
}

function renderAt(commit: string, { gate, serverUrl, repository }: IssueContext): SafeText {
  return renderCommit({ serverUrl, repository, commit }, gate);
}

function renderEvidence(finding: Finding, { gate, serverUrl, repository, commit }: IssueContext): SafeText | undefined {
  const [first] = finding.evidence;
  if (!first) return undefined;
  const address = permalink(first, { serverUrl, repository, commit: finding.lastSeen.commit ?? commit });
  const place = gate.codeSpan(placeText(first));
  const code = gate.code(truncate(first.quote, longestQuote, '… (cut)'), languageOf(first.path));
  return joinSafe([address === undefined ? place : gate.link(place, address), code], gap);
}
