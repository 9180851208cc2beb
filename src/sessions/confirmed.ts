import type { Finding } from '../findings/finding.ts';

/** Whether an agent's finding is proven and nobody dismissed it: what an agent's money is for. Checks cost nothing and are not counted. */
export function isConfirmed({ origin, verified, state }: Pick<Finding, 'origin' | 'verified' | 'state'>): boolean {
  return origin.kind === 'agent' && verified !== 'none' && state !== 'ignored';
}
