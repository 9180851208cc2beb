import type { Finding, RejectedCandidate } from '../findings/finding.ts';
import type { ScannedFiles } from '../findings/judge-verdict.ts';
import { judgeVerdicts } from '../findings/judge-verdicts.ts';
import type { Verdict } from '../findings/verdict.ts';
import { isWhole } from '../sessions/agent-part.ts';
import { withholdVerdict } from '../sessions/audience.ts';
import type { AgentScanResult } from './agent-scan.ts';
import type { RemoteRepository } from './github-ports.ts';

/** What the agents of a session said about known findings, as far as the files of the scanned commit bear it out. */
export async function judgeTestimonies(
  scans: readonly AgentScanResult[],
  {
    known,
    remote,
    scanned,
  }: { known: readonly Finding[]; remote: RemoteRepository | undefined; scanned: ScannedFiles },
): Promise<{ verdicts: Verdict[]; rejected: RejectedCandidate[] }> {
  const verdicts: Verdict[] = [];
  const rejected: RejectedCandidate[] = [];
  for (const { said, asked, record } of scans) {
    const judged = await judgeVerdicts({ said, asked, whole: isWhole(record) }, known, scanned);
    verdicts.push(...judged.verdicts);
    rejected.push(...judged.rejected);
  }
  return { verdicts: verdicts.map((verdict) => withholdVerdict(verdict, known, remote?.visibility)), rejected };
}
