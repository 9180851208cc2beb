import type { Finding } from './finding.ts';

/** Whether a run's pull request for it was merged and nobody has shown yet whether it is gone: also where that closed its issue. */
export function isToProve({ repair, state }: Pick<Finding, 'repair' | 'state'>): boolean {
  return repair !== undefined && repair.verdict === undefined && state !== 'ignored';
}

/** Whether looking again needs no agent. */
export function canProve({ reproduce, origin }: Pick<Finding, 'reproduce' | 'origin'>): boolean {
  return reproduce !== undefined || origin.kind === 'check';
}

/** The finding once it is known what came of its repair. */
export function withRepairJudged(finding: Finding, verdict: 'present' | 'gone'): Finding {
  return finding.repair ? { ...finding, repair: { ...finding.repair, verdict } } : finding;
}
