import type { IssueLink } from '../findings/finding.ts';
import type { IssueChange } from '../findings/issue-plan.ts';
import type { Issues } from './ports.ts';

/**
 * Applies one change of a plan.
 * @returns what the ledger is to remember of the issue; nothing where nothing was to be done.
 */
export async function applyIssueChange(
  change: IssueChange,
  known: IssueLink | undefined,
  issues: Issues,
): Promise<IssueLink | undefined> {
  switch (change.kind) {
    case 'create': {
      const created = await issues.create(change.issue);
      return { ...change.written, ...created };
    }
    case 'adopt':
      if (change.update) await issues.update(change.number, change.update);
      return { ...change.written, number: change.number, url: change.url };
    case 'update':
    case 'close':
    case 'reopen':
      await issues.update(change.number, change.update);
      if (change.comment) await issues.comment(change.number, change.comment);
      return { ...known, ...change.written, number: change.number };
    case 'hold':
    case 'none':
      return undefined;
  }
}
