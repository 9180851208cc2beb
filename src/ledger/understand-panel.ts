import { PanelRecord } from '../questions/panel.ts';
import { parseJson } from './json.ts';
import { refuseNewer } from './read-findings.ts';

/** @returns `undefined` for what cannot be read, or is another session's. @throws UserError for that of a newer Courier. */
export function understandPanel(text: string, session: string): PanelRecord | undefined {
  const json = parseJson(text);
  if ('damaged' in json) return undefined;
  refuseNewer(json.value);
  const panel = PanelRecord.safeParse(json.value).data;
  return panel?.session === session ? panel : undefined;
}
