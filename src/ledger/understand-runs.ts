import { parseJson } from './json.ts';
import { refuseNewer } from './read-findings.ts';
import { IssueRuns } from './runs-record.ts';

/** @returns `undefined` for what cannot be read, or is about another issue. @throws UserError for that of a newer Courier. */
export function understandRuns(text: string, issue: number): IssueRuns | undefined {
  const json = parseJson(text);
  if ('damaged' in json) return undefined;
  refuseNewer(json.value);
  const runs = IssueRuns.safeParse(json.value).data;
  return runs?.issue === issue ? runs : undefined;
}
