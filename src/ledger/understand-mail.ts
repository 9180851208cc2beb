import { parseJson } from './json.ts';
import { MailRecord } from './mail-record.ts';
import { refuseNewer } from './read-findings.ts';

/** @returns `undefined` for what cannot be read. @throws UserError for that of a newer Courier. */
export function understandMail(text: string): MailRecord | undefined {
  const json = parseJson(text);
  if ('damaged' in json) return undefined;
  refuseNewer(json.value);
  return MailRecord.safeParse(json.value).data;
}
