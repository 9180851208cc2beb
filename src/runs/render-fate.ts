import type { Finding } from '../findings/finding.ts';
import { canProve } from '../findings/repair.ts';
import type { IssueRuns, Reproach, RunPull } from '../ledger/runs-record.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import { isDelivered } from './pull-fate.ts';

/** `url`: the repository's page. */
export type FateContext = { gate: Gate; url: string; defaultBranch: string };

/**
 * What became of a run's pull request, as its issue says it: one line. Nothing while there is nothing to say that GitHub does not show there itself.
 *
 * @param findings those of the issue.
 */
export function renderFate(
  { pullRequest: pull, reproaches = [] }: IssueRuns,
  findings: readonly Finding[],
  context: FateContext,
): SafeText | undefined {
  if (!pull) return undefined;
  const name = safe`#${pull.number}`;
  if (pull.state === 'merged') return renderMerged(pull, name, findings, context);
  if (pull.state === 'closed')
    return renderClosed(
      pull,
      name,
      reproaches.filter((one) => one.pullRequest === pull.number),
      context,
    );
  return pull.comment === undefined ? undefined : safe`Pull request ${name} is open again.`;
}

function renderMerged(
  pull: RunPull,
  name: SafeText,
  findings: readonly Finding[],
  context: FateContext,
): SafeText | undefined {
  if (!pull.merged) return undefined;
  const at = renderCommit(pull.merged.commit, context);
  if (!isDelivered(pull, context)) {
    const or = findings.length > 0 ? safe`, or a scan proves that the problem is gone` : safe``;
    const into = context.gate.codeSpan(pull.merged.into);
    return safe`Pull request ${name} was merged into ${into} (${at}), which is not the default branch: this issue stays open until people close it${or}.`;
  }
  const own = findings.filter(({ repair }) => repair?.pullRequest === pull.number);
  // An issue that no finding has is closed by GitHub, which says so there.
  if (own.length === 0) return undefined;
  const looking = renderLooking(pull, context);
  const sentences = own.map((finding) => renderProof(finding, looking, context));
  return safe`Pull request ${name} was merged (${at}). ${joinSafe(sentences, safe` `)}`;
}

function renderLooking({ verifying }: RunPull, { gate, url }: FateContext): SafeText | undefined {
  if (!verifying) return undefined;
  const words = safe`looked at now`;
  return verifying.run === undefined ? words : gate.link(words, `${url}/actions/runs/${verifying.run}`);
}

function renderProof(finding: Finding, looking: SafeText | undefined, context: FateContext): SafeText {
  const { id, repair, lastCheck } = finding;
  const name = context.gate.inline(id);
  if (repair?.verdict === 'gone') return safe`${name} is gone${renderResolution(finding, context)}`;
  if (repair?.verdict === 'present') return safe`${name} is still there${renderPresence(finding, context)}`;
  if (lastCheck?.verdict === 'inconclusive' && Date.parse(lastCheck.at) > Date.parse(repair?.at ?? ''))
    return safe`Whether ${name} is gone could not be shown: ${context.gate.inline(lastCheck.proof)} The next scan looks again.`;
  if (looking && canProve(finding)) return safe`Whether ${name} is gone is ${looking}.`;
  return safe`The next scan looks whether ${name} is gone.`;
}

function renderResolution({ resolution, lastCheck }: Finding, context: FateContext): SafeText {
  const proof = resolution?.proof ?? lastCheck?.proof;
  return safe`${renderAt(resolution?.commit, context)}${proof === undefined ? safe`.` : safe`: ${context.gate.inline(proof)}`}`;
}

function renderPresence({ lastCheck, lastSeen }: Finding, context: FateContext): SafeText {
  if (lastCheck?.verdict !== 'present') return safe`${renderAt(lastSeen.commit, context)}.`;
  return safe`${renderAt(lastCheck.commit, context)}: ${context.gate.inline(lastCheck.proof)}`;
}

function renderAt(commit: string | undefined, context: FateContext): SafeText {
  return commit === undefined ? safe`` : safe` at ${renderCommit(commit, context)}`;
}

function renderClosed(
  { session }: RunPull,
  name: SafeText,
  said: readonly Reproach[],
  { gate }: FateContext,
): SafeText {
  const closed = safe`Pull request ${name} was closed without being merged.`;
  if (said.length > 0) {
    const people = joinSafe(
      said.map(({ by }) => gate.inline(by)),
      safe`, `,
    );
    return safe`${closed} ${people} said why: what is to be learned of it is on the dashboard after the next scan, for people to approve.`;
  }
  const which = session === undefined ? safe`` : safe`${gate.inline(session)} `;
  return safe`${closed} Why? \`/courier rate ${which}down REASON\` says it, and later runs heed it once people approved what was learned. \`/courier run\` goes on from its branch, and begins anew where that was deleted.`;
}

function renderCommit(commit: string, { gate, url }: FateContext): SafeText {
  return gate.link(gate.codeSpan(commit.slice(0, 7)), `${url}/commit/${commit}`);
}
