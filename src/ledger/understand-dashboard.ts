import { DashboardRecord } from './dashboard-record.ts';
import { parseJson } from './json.ts';
import { refuseNewer } from './read-findings.ts';

/** @returns `undefined` for what cannot be read: the issue is then found again by its marker. @throws UserError for that of a newer Courier. */
export function understandDashboard(text: string): DashboardRecord | undefined {
  const json = parseJson(text);
  if ('damaged' in json) return undefined;
  refuseNewer(json.value);
  return DashboardRecord.safeParse(json.value).data;
}
