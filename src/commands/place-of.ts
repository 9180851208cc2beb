import type { Ledger } from '../ledger/ledger.ts';
import type { Place } from './registry.ts';

/** What an issue is, as the ledger has it: its own text says nothing, as anybody may write a marker. */
export function placeOf({ issue, pullRequest }: { issue: number; pullRequest: boolean }, ledger: Ledger): Place {
  if (pullRequest) return 'pull-request';
  if (ledger.dashboard?.issue?.number === issue) return 'dashboard';
  if (sessionOf(issue, ledger) !== undefined) return 'session';
  return ledger.findings.some((finding) => finding.issue?.number === issue) ? 'finding' : 'issue';
}

/** The session that an issue is about. */
export function sessionOf(issue: number, { sessionIssues }: Pick<Ledger, 'sessionIssues'>): string | undefined {
  return sessionIssues.find(({ number }) => number === issue)?.session;
}
