import { count } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { CommitRange } from './commit-range.ts';
import type { Evidence, Finding } from './finding.ts';
import { languageOf, permalink, placeText } from './permalink.ts';
import { renderCommit } from './render-footer.ts';
import type { IssueContext } from './render-issue.ts';
import { type Priority, toPriority } from './severity.ts';

const gap = safe`\n\n`;

/** The comment on an issue that is closed because the finding is gone: where, by which proof, and what happened since it was last seen. */
export function renderResolvedComment(finding: Finding, context: IssueContext, range?: CommitRange): SafeText {
  const { gate } = context;
  const { resolution } = finding;
  const commit = renderAt(resolution?.commit ?? context.commit, context);
  return gate.comment(
    joinSafe(
      [
        safe`**Resolved**${commit}.`,
        resolution && safe`Proof: ${gate.inline(resolution.proof)}`,
        ...(resolution?.evidence ?? [])
          .slice(0, mostQuotes)
          .map((evidence) => renderQuote(evidence, resolution?.commit, context)),
        safe`Last seen${renderAt(finding.lastSeen.commit, context)} (${gate.inline(finding.lastSeen.at)}).`,
        range && renderRange(range, context),
        safe`Should it come back, this issue is opened again.`,
      ],
      gap,
    ),
  );
}

const mostQuotes = 3;

/** The code as it is now. */
function renderQuote(
  evidence: Evidence,
  commit: string | undefined,
  { gate, serverUrl, repository }: IssueContext,
): SafeText {
  const place = gate.codeSpan(placeText(evidence));
  const address = permalink(evidence, { serverUrl, repository, commit });
  return safe`${address === undefined ? place : gate.link(place, address)}\n\n${gate.code(evidence.quote, languageOf(evidence.path))}`;
}

function renderRange({ base, head, total, commits }: CommitRange, context: IssueContext): SafeText {
  const { gate, serverUrl, repository } = context;
  const all = gate.link(gate.inline(count(total, 'commit')), `${serverUrl}/${repository}/compare/${base}...${head}`);
  const touching = commits.filter(({ touches }) => touches).length;
  const first = touching === 0 || touching === commits.length ? safe`` : safe`, those that touched its file first`;
  const left = total - commits.length;
  // A message is no Markdown: as code it is shown as it was written, and does nothing.
  const lines = commits.map(({ sha, title, author }) => {
    const by = author === undefined ? safe`` : safe` by ${gate.inline(author)}`;
    return safe`- ${renderCommit({ serverUrl, repository, commit: sha }, gate)} ${gate.codeSpan(title)}${by}`;
  });
  const more = left > 0 ? safe`- and ${left} more` : undefined;
  return joinSafe([safe`${all} in between${first}:`, joinSafe([...lines, more], safe`\n`)], gap);
}

/** The comment on an issue that is opened again because the finding is back. */
export function renderRegressedComment(finding: Finding, context: IssueContext): SafeText {
  const { gate } = context;
  const commit = renderAt(finding.regressed?.commit ?? finding.lastSeen.commit ?? context.commit, context);
  return gate.comment(
    joinSafe([safe`**Regressed:** this was resolved and is there again${commit}.`, renderProof(finding, gate)], gap),
  );
}

/**
 * The comment on an issue that says something else now: its finding is more severe than the priority `from`, or is shown by another proof.
 * Nothing for what is no news to who follows it.
 */
export function renderUpdateComment(
  finding: Finding,
  { from, otherEvidence }: { from: Priority | undefined; otherEvidence: boolean },
  context: IssueContext,
): SafeText | undefined {
  const { gate } = context;
  const parts = [
    from && safe`**Severity rose** from ${gate.inline(from)} to ${gate.inline(toPriority(finding.severity))}.`,
    otherEvidence ? renderOtherEvidence(finding, context) : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : gate.comment(joinSafe(parts, gap));
}

function renderOtherEvidence(finding: Finding, context: IssueContext): SafeText {
  const { verified, evidence, lastSeen } = finding;
  const [first] = evidence;
  const how = verified === 'reproduced' ? safe`: it was reproduced` : safe``;
  const head = safe`**The evidence changed**${renderAt(lastSeen.commit, context)}${how}.`;
  return joinSafe([head, first && renderQuote(first, lastSeen.commit, context)], gap);
}

function renderProof(finding: Finding, gate: Gate): SafeText | undefined {
  if (finding.verified === 'reproduced' && finding.reproduce) {
    return joinSafe([safe`The command that shows it:`, gate.code(finding.reproduce.command, 'sh')], gap);
  }
  return finding.verified === 'quoted' ? safe`The evidence above is from that commit.` : undefined;
}

function renderAt(commit: string | undefined, { gate, serverUrl, repository }: IssueContext): SafeText {
  return commit === undefined ? safe`` : safe` at ${renderCommit({ serverUrl, repository, commit }, gate)}`;
}
