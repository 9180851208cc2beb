import type { Finding } from './finding.ts';
import { addToHistory } from './history.ts';
import { isOpen } from './judge-verdicts.ts';

/** An open finding that an answer cites. That says nothing of whether it is gone: only a check can. One without an issue stays detected. */
export function investigateFinding(
  finding: Finding,
  { session, at, by }: { session: string; at: string; by: string | undefined },
): Finding {
  if (!isOpen(finding)) return finding;
  const state = finding.state === 'open' ? 'investigated' : finding.state;
  return addToHistory({ ...finding, state }, { at, what: 'investigated', by, detail: session });
}
