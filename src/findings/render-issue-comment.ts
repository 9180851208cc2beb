import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { Finding } from './finding.ts';
import { renderCommit } from './render-footer.ts';
import type { IssueContext } from './render-issue.ts';
import { type Priority, toPriority } from './severity.ts';

const gap = safe`\n\n`;

/** The comment on an issue that is closed because the finding is gone: where, and by which proof. */
export function renderResolvedComment(finding: Finding, context: IssueContext): SafeText {
  const { gate } = context;
  const { resolution } = finding;
  const commit = renderAt(resolution?.commit ?? context.commit, context);
  return gate.comment(
    joinSafe(
      [
        safe`**Resolved**${commit}.`,
        resolution && safe`Proof: ${gate.inline(resolution.proof)}`,
        safe`Should it come back, this issue is opened again.`,
      ],
      gap,
    ),
  );
}

/** The comment on an issue that is opened again because the finding is back. */
export function renderRegressedComment(finding: Finding, context: IssueContext): SafeText {
  const { gate } = context;
  const commit = renderAt(finding.regressed?.commit ?? finding.lastSeen.commit ?? context.commit, context);
  return gate.comment(
    joinSafe([safe`**Regressed:** this was resolved and is there again${commit}.`, renderProof(finding, gate)], gap),
  );
}

/** The comment on an issue whose finding turned out to be more severe than it was. */
export function renderSeverityComment(finding: Finding, from: Priority, { gate }: { gate: Gate }): SafeText {
  const to = toPriority(finding.severity);
  return gate.comment(safe`**Severity rose** from ${gate.inline(from)} to ${gate.inline(to)}.`);
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
