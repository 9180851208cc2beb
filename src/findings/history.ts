import { oneLine, truncate } from '../lib/text.ts';
import type { Finding, HistoryEntry } from './finding.ts';

/** Entries that are kept: an issue that people fight over must not fill the ledger. */
const most = 50;

/** What was done, as it is told to `addToHistory`: without what is not known. */
export type Deed = { at: string; what: HistoryEntry['what']; by?: string | undefined; detail?: string | undefined };

/** The finding with one more entry in its history; the oldest make room. */
export function addToHistory(finding: Finding, { at, what, by, detail }: Deed): Finding {
  const entry: HistoryEntry = {
    at,
    what,
    ...(by === undefined ? {} : { actor: by }),
    ...(detail === undefined ? {} : { detail: truncate(oneLine(detail), 200) }),
  };
  return { ...finding, history: [...finding.history, entry].slice(-most) };
}
