import type { Finding } from './finding.ts';
import { isOpen } from './judge-verdicts.ts';

/** Whether it is one of the open findings that people are told of: not where they deleted its issue, or moved it elsewhere. */
export function isCounted(finding: Pick<Finding, 'state' | 'issue'>): boolean {
  return isOpen(finding) && finding.issue?.observed?.state !== 'gone';
}
