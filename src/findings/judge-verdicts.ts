import type { Finding, RejectedCandidate } from './finding.ts';
import { judgeVerdict, type SaidVerdict, type ScannedFiles } from './judge-verdict.ts';
import { isToProve } from './repair.ts';
import type { Verdict } from './verdict.ts';

/** What one agent said about known findings. */
export type Testimony = {
  said: readonly SaidVerdict[];
  /** The known findings that it was asked about. */
  asked: readonly string[];
  /** It looked at all that it was to look at, and its output was read as a whole. */
  whole: boolean;
};

/**
 * The verdicts of an agent on known findings, each judged by what the files say, at most one per finding (the agent's last word). An agent
 * that was asked and is silent proves nothing; that it was asked is on record all the same, so that the next time others come first.
 */
export async function judgeVerdicts(
  { said, asked, whole }: Testimony,
  known: readonly Finding[],
  scanned: ScannedFiles,
): Promise<{ verdicts: Verdict[]; rejected: RejectedCandidate[] }> {
  const open = new Map(known.filter((one) => isOpen(one) || isToProve(one)).map((finding) => [finding.id, finding]));
  const verdicts: Verdict[] = [];
  const rejected: RejectedCandidate[] = [];
  const last = new Map(said.map((one) => [one.known, one]));
  for (const [id, one] of last) {
    const finding = open.get(id);
    if (!finding) {
      rejected.push({ title: titleOf(id), reason: whyNot(id, known) });
      continue;
    }
    const { verdict, disbelieved } =
      whole || one.verdict !== 'fixed' ? await judgeVerdict(one, finding, scanned) : inPart(id);
    verdicts.push(verdict);
    if (disbelieved !== undefined) rejected.push({ title: titleOf(id, finding), reason: disbelieved });
  }
  const silent = whole ? asked.filter((id) => open.has(id) && !last.has(id)) : [];
  return { verdicts: [...verdicts, ...silent.map(unanswered)], rejected };
}

/** Whether a finding waits for its end: what is resolved or ignored is not asked about, and not decided about. */
export function isOpen({ state }: Pick<Finding, 'state'>): boolean {
  return state === 'detected' || state === 'open' || state === 'investigated';
}

function whyNot(id: string, known: readonly Finding[]): string {
  const state = known.find((finding) => finding.id === id)?.state;
  return state === undefined
    ? 'There is no known finding of this id.'
    : `The finding is ${state}: there is nothing to decide.`;
}

function inPart(id: string) {
  const proof = 'The agent says that it is fixed, but it did not come to its end, or its output was read only in part.';
  const verdict: Verdict = { finding: id, verdict: 'inconclusive', by: 'agent', proof, evidence: [] };
  return { verdict, disbelieved: proof };
}

function unanswered(id: string): Verdict {
  const proof = 'The agent was asked about it and did not say.';
  return { finding: id, verdict: 'inconclusive', by: 'agent', proof, evidence: [] };
}

function titleOf(id: string, finding?: Finding): string {
  return finding ? `Verdict on ${id}: ${finding.title}` : `Verdict on ${id}`;
}
