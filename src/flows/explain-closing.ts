import type { CommitRange } from '../findings/commit-range.ts';
import type { Finding } from '../findings/finding.ts';
import type { IssuePlan } from '../findings/issue-plan.ts';
import type { IssueContext } from '../findings/render-issue.ts';
import { renderResolvedComment } from '../findings/render-issue-comment.ts';
import { ExternalError, UserError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { GitHub } from './github-ports.ts';

// Two requests each. The closings of a session beyond them show their proof, without the commits.
const mostRanges = 10;

/** Adds to the comments of a plan's closings which commits lie between the last sighting and the proof. They only explain: what cannot be read is left out. */
export async function explainClosings(
  plan: IssuePlan,
  { findings, context }: { findings: readonly Finding[]; context: IssueContext },
  { github, log }: { github: Pick<GitHub, 'commitsBetween'>; log: Log },
): Promise<IssuePlan> {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  const ranges = createRanges(github, log);
  const changes = [];
  for (const change of plan.changes) {
    const finding = change.kind === 'close' ? byId.get(change.finding) : undefined;
    const range = finding && (await ranges(finding));
    if (change.kind !== 'close' || !finding || !range) changes.push(change);
    else changes.push({ ...change, comment: renderResolvedComment(finding, context, range) });
  }
  return { changes };
}

/** Reads each range once, and a bounded number of them; after a failure no more. */
function createRanges(github: Pick<GitHub, 'commitsBetween'>, log: Log) {
  const known = new Map<string, CommitRange | undefined>();
  let left = mostRanges;
  return async ({ lastSeen, resolution, location }: Finding): Promise<CommitRange | undefined> => {
    const [base, head] = [lastSeen.commit, resolution?.commit];
    if (!isCommit(base) || !isCommit(head) || base === head) return undefined;
    const key = JSON.stringify([base, head, location?.path]);
    if (known.has(key) || left === 0) return known.get(key);
    left -= 1;
    try {
      const range = await github.commitsBetween(base, head, location?.path);
      known.set(key, range);
      return range;
    } catch (error) {
      if (!(error instanceof UserError || error instanceof ExternalError)) throw error;
      left = 0;
      log.warn(`The comments on closed issues go without the commits in between: ${error.message}`);
      return undefined;
    }
  };
}

/** Of the ledger, which others may write to: it becomes part of an address. */
function isCommit(text: string | undefined): text is string {
  return text !== undefined && /^[0-9a-f]{40,64}$/.test(text);
}
