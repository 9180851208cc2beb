import type { Finding } from '../findings/finding.ts';
import type { IssueLink } from '../findings/issue-link.ts';
import { markComment, renderCommentMark } from '../findings/issue-markers.ts';
import type { IssueChange } from '../findings/issue-plan.ts';
import type { Gate } from '../publishing/gate.ts';
import type { SafeText } from '../publishing/safe-text.ts';
import type { Issues } from './github-ports.ts';

/** Called after each write, for the audit: `create-issue`, `comment-issue` … */
export type Wrote = (action: string, number: number) => void;

type Means = { finding: Finding | undefined; issues: Issues; gate: Gate; wrote: Wrote };

/**
 * Applies one change of a plan. The comment comes first and the state last: an issue in the wanted state was commented on, and one that is
 * not yet is found again in the next plan, where the comment is known by its mark and not repeated.
 *
 * @returns what the ledger is to remember of the issue; nothing where nothing was to be done.
 */
export async function applyIssueChange(change: IssueChange, means: Means): Promise<IssueLink | undefined> {
  const { finding, issues, wrote } = means;
  switch (change.kind) {
    case 'create': {
      const { number, url, labels } = await issues.create(change.issue);
      wrote('create-issue', number);
      return { ...change.written, number, url, labels: given(change.written.labels, labels) };
    }
    case 'adopt':
      await comment(change, means);
      if (change.update) await issues.update(change.number, change.update);
      wrote('adopt-issue', change.number);
      return { ...change.written, number: change.number, url: change.url };
    case 'update':
    case 'close':
    case 'reopen':
      await comment(change, means);
      await issues.update(change.number, change.update);
      wrote(`${change.kind}-issue`, change.number);
      return { ...finding?.issue, ...change.written, number: change.number };
    case 'hold':
    case 'none':
      return undefined;
  }
}

/** The labels that were asked for and that the issue got; names compare without case. */
function given(wanted: readonly string[], got: readonly string[]): string[] {
  const there = new Set(got.map((label) => label.toLowerCase()));
  return wanted.filter((label) => there.has(label.toLowerCase()));
}

async function comment(
  change: { kind: string; number: number; comment?: SafeText; written: { digest: string } },
  { finding, issues, gate, wrote }: Means,
): Promise<void> {
  if (!change.comment) return;
  // What stays the same when the same change is planned again, and differs for the next one of its kind.
  const about = [
    change.kind === 'adopt' ? 'close' : change.kind,
    finding?.id ?? '',
    finding?.resolution?.at ?? finding?.regressed?.at ?? `${finding?.issue?.digest} ${change.written.digest}`,
  ];
  const mark = renderCommentMark(about, gate);
  if (await issues.comment(change.number, markComment(change.comment, mark, gate), mark))
    wrote('comment-issue', change.number);
}
