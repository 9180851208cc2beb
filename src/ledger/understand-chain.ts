import { ChainRecord } from './chain-record.ts';
import { parseJson } from './json.ts';
import { refuseNewer } from './read-findings.ts';

/** @returns `undefined` for what cannot be read, or is about another issue. @throws UserError for that of a newer Courier. */
export function understandChain(text: string, issue: number): ChainRecord | undefined {
  const json = parseJson(text);
  if ('damaged' in json) return undefined;
  refuseNewer(json.value);
  const chain = ChainRecord.safeParse(json.value).data;
  return chain?.issue === issue ? chain : undefined;
}
