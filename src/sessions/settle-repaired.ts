import type { Sighting } from '../findings/apply-finding.ts';
import type { Finding } from '../findings/finding.ts';
import { isOpen } from '../findings/judge-verdicts.ts';
import { isToProve, withRepairJudged } from '../findings/repair.ts';
import type { Discovery } from './discovery.ts';
import { checked, closingProof, proven, verdictsByFinding } from './settle-unseen.ts';

/** `repaired`: ids of the findings whose merged repair is in the commit that the session looked at. */
type Looked = { discovery: Discovery; stamp: Sighting; repaired: ReadonlySet<string> };

/**
 * What a session means for a finding that was resolved by a merge alone, and that it did not see: proof puts the merge's word right. Shown by running
 * that it is still there, it is open again; shown that it is gone, the proof stands in the place of the merge.
 */
export function settleMerged(looked: Looked): (finding: Finding) => Finding {
  const { discovery, stamp, repaired } = looked;
  const verdicts = verdictsByFinding(discovery.verdicts);
  return (finding) => {
    if (finding.state !== 'resolved' || !isToProve(finding) || !repaired.has(finding.id)) return finding;
    const verdict = verdicts.get(finding.id);
    const proof = closingProof(finding, verdict, discovery);
    if (proof) return withRepairJudged(proven(finding, proof, stamp), 'gone');
    if (!verdict) return finding;
    const isShown = verdict.verdict === 'present' && (verdict.by === 'reproduce' || verdict.by === 'check');
    return checked(isShown ? withRepairJudged(again(finding, stamp), 'present') : finding, verdict, stamp);
  };
}

function again({ resolution: _, ...finding }: Finding, { at, commit }: Sighting): Finding {
  return { ...finding, state: finding.issue ? 'open' : 'detected', regressed: { at, ...(commit ? { commit } : {}) } };
}

/** What a session that did not see a finding comes to for its merged repair. */
export function judgeUnseen(finding: Finding, { stamp, repaired }: Looked): Finding {
  const { lastCheck, state } = finding;
  if (!isToProve(finding) || lastCheck?.session !== stamp.session) return finding;
  if (state === 'resolved') return lastCheck.verdict === 'gone' ? withRepairJudged(finding, 'gone') : finding;
  return lastCheck.verdict === 'present' && repaired.has(finding.id) ? withRepairJudged(finding, 'present') : finding;
}

/** The same of one that saw it: what a check reports where the repair is, is there, whatever the merge closed. */
export function judgeSeen(finding: Finding, { stamp, repaired }: Looked): Finding {
  if (!isToProve(finding) || !repaired.has(finding.id)) return finding;
  if (isOpen(finding)) return withRepairJudged(finding, 'present');
  return finding.origin.kind === 'check' ? withRepairJudged(again(finding, stamp), 'present') : finding;
}
