import type { Finding } from './finding.ts';
import { addToHistory } from './history.ts';
import type { IssueSnapshot } from './issue.ts';
import type { Sight } from './look.ts';

/** The finding once its issue is open: who opened it again says that the problem is there, and that it is to be told. */
export function observeReopening(finding: Finding, { issue, before, at }: Sight): Finding {
  const wasClosed = before?.state === 'closed';
  if (!wasClosed && !wasReopenedSince(finding, issue)) return finding;
  const { resolution, ignored, duplicateOf, ...rest } = finding;
  const deed = { at: issue.reopened?.at ?? at, what: 'reopened', by: issue.reopened?.by } as const;
  const by = deed.by === undefined ? {} : { by: deed.by };
  if (finding.state === 'resolved') {
    const contested = resolution?.commit && { at: deed.at, ...by, commit: resolution.commit };
    return addToHistory({ ...rest, state: 'open', ...(contested ? { contested } : {}) }, deed);
  }
  if (ignored?.how === 'not-planned' || ignored?.how === 'duplicate') {
    return addToHistory({ ...rest, state: 'open' }, deed);
  }
  // Courier opened its own again.
  return before?.closing === 'app' ? addToHistory(finding, deed) : finding;
}

/** Opened again after the proof that it is gone; Courier itself never does that. */
export function wasReopenedSince({ state, resolution }: Finding, { reopened }: IssueSnapshot): boolean {
  if (state !== 'resolved' || !resolution || !reopened) return false;
  return Date.parse(reopened.at) > Date.parse(resolution.at);
}
