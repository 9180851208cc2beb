import { parseJson } from './json.ts';
import { refuseNewer } from './read-findings.ts';
import { type SessionIssue, SessionIssues } from './session-issue.ts';

/** @returns `undefined` for what cannot be read. @throws UserError for that of a newer Courier. */
export function understandSessionIssues(text: string): SessionIssue[] | undefined {
  const json = parseJson(text);
  if ('damaged' in json) return undefined;
  refuseNewer(json.value);
  return SessionIssues.safeParse(json.value).data?.issues;
}
