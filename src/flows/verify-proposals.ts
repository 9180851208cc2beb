import type { RejectedCandidate } from '../findings/finding.ts';
import { verifyEvidence } from '../findings/verify-evidence.ts';
import { oneLine, truncate } from '../lib/text.ts';
import type { Proposed } from '../memory/apply-proposals.ts';
import type { Proposal, ProposalExtraction, Withdrawal } from '../questions/proposal.ts';
import type { Discovery } from '../sessions/discovery.ts';

/** What an answering agent of the session proposes, as far as its quotes stand. */
export async function proposedBy(
  scans: readonly { proposed?: Proposed }[],
  readText: (path: string) => Promise<string | undefined>,
): Promise<{ told: { proposed?: Discovery['proposed'] }; rejected: RejectedCandidate[] }> {
  const found = scans.find(({ proposed }) => proposed)?.proposed;
  if (!found) return { told: {}, rejected: [] };
  const { rejected, ...verified } = await verifyProposals(found, readText);
  return { told: { proposed: { ...found, seen: { ...found.seen }, ...verified } }, rejected };
}

type Verified = Pick<ProposalExtraction, 'proposals' | 'withdrawals'> & { rejected: RejectedCandidate[] };

/**
 * Proves the quotes of an answering agent as those of a finding: each that stands in its file gets the file's own text and lines, the others go;
 * what has none left is rejected as invented.
 */
export async function verifyProposals(
  { proposals, withdrawals }: Pick<Proposed, 'proposals' | 'withdrawals'>,
  readText: (path: string) => Promise<string | undefined>,
): Promise<Verified> {
  const verified: Verified = { proposals: [], withdrawals: [], rejected: [] };
  for (const proposal of proposals) {
    const proven = await prove(proposal, readText);
    if ('basis' in proven) verified.proposals.push({ ...proposal, ...proven });
    else verified.rejected.push({ title: nameOf(proposal), reason: proven.reason });
  }
  for (const withdrawal of withdrawals) {
    const proven = await prove(withdrawal, readText);
    if ('basis' in proven) verified.withdrawals.push({ ...withdrawal, ...proven });
    else verified.rejected.push({ title: `Withdrawal of ${withdrawal.questionId}`, reason: proven.reason });
  }
  return verified;
}

function nameOf({ text, questionId, assumption }: Proposal): string {
  const about = [questionId, assumption].filter((id) => id !== undefined).join(', ');
  return `Proposal for ${about}: ${truncate(oneLine(text), 160)}`;
}

async function prove(
  { basis }: Pick<Proposal | Withdrawal, 'basis'>,
  readText: (path: string) => Promise<string | undefined>,
): Promise<Pick<Proposal, 'basis'> | { reason: string }> {
  // The proof is that of a finding's evidence; the rest of a candidate says nothing here.
  const candidate = { title: '', description: '', severity: 3, category: 'quality', nextSteps: [] } as const;
  const proof = await verifyEvidence({ ...candidate, nextSteps: [], evidence: [...basis] }, readText);
  if ('fabricated' in proof) return { reason: proof.fabricated };
  if (proof.candidate.evidence.length === 0) return { reason: 'It quotes too little to prove anything.' };
  return { basis: proof.candidate.evidence.map(({ masked: _, ...quote }) => quote) };
}
