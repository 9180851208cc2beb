import { InboxRecord, newestInboxVersion } from './inbox-record.ts';
import { parseJson } from './json.ts';
import { refuseNewer } from './read-findings.ts';

/** @returns `undefined` for what cannot be read, or is about another issue. @throws UserError for that of a newer Courier. */
export function understandInbox(text: string, issue: number): InboxRecord | undefined {
  const json = parseJson(text);
  if ('damaged' in json) return undefined;
  refuseNewer(json.value, newestInboxVersion);
  const inbox = InboxRecord.safeParse(json.value).data;
  return inbox?.issue === issue ? inbox : undefined;
}
