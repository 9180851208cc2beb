import type { ExtractedIssue } from './normalise-issue.ts';

// The ids that the built-in agent's tools give out. What an agent numbers by itself may repeat, and must not swallow another finding.
const ownRef = /^r\d+$/;

/** One issue per id of `report_finding`, in the order of first mention: a later line of an id replaces the earlier one (`update_finding`). */
export function mergeByRef(issues: readonly ExtractedIssue[]): ExtractedIssue[] {
  const merged = new Map<string, ExtractedIssue>();
  for (const [index, issue] of issues.entries())
    merged.set(issue.ref && ownRef.test(issue.ref) ? issue.ref : `element ${index}`, issue);
  return [...merged.values()];
}
