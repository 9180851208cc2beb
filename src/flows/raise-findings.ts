import { distinguish } from '../findings/distinguish.ts';
import type { Extraction } from '../findings/extract/extract-findings.ts';
import { mergeByRef } from '../findings/extract/merge-by-ref.ts';
import type { Candidate, Origin, RaisedFinding, RejectedCandidate } from '../findings/finding.ts';
import { fingerprintOf } from '../findings/fingerprint.ts';
import type { SaidVerdict } from '../findings/judge-verdict.ts';
import { mergeParts } from '../findings/merge-parts.ts';
import { toCandidate } from '../findings/to-candidate.ts';
import { verifyEvidence } from '../findings/verify-evidence.ts';
import { toRepositoryPath } from '../lib/safe-path.ts';
import { count } from '../lib/text.ts';
import { type AnchorSources, createAnchoring } from './anchor-findings.ts';

/** Somebody claims a problem. */
export type Claim = {
  candidate: Candidate;
  origin: Origin;
  /** Which of the agents of a scan claims it, where several looked at parts of the repository. */
  part?: number;
};

/** The agent's list as claims; what cannot become a finding is listed with its reason. */
export function toClaims(
  extraction: Extraction,
  origin: Origin,
  workspace: string,
): { claims: Claim[]; rejected: RejectedCandidate[] } {
  const claims: Claim[] = [];
  const rejected: RejectedCandidate[] = [...extraction.rejected];
  for (const issue of mergeByRef(extraction.issues)) {
    const result = toCandidate(issue, { workspace });
    if ('candidate' in result) claims.push({ candidate: result.candidate, origin });
    else rejected.push({ title: issue.title, reason: result.rejected });
  }
  return {
    claims: claims.slice(0, mostClaims),
    rejected: [
      ...rejected.slice(0, mostRejected),
      ...furtherOnes(rejected.length - mostRejected, 'rejected finding', `Only the first ${mostRejected} are listed.`),
      ...furtherOnes(claims.length - mostClaims, 'finding', `One scan may hand over ${mostClaims}.`),
    ],
  };
}

/** What the agent says about known findings; paths become repository-relative, and quotes whose path is not inside are dropped. */
export function toSaidVerdicts({ verdicts }: Extraction, workspace: string): SaidVerdict[] {
  return verdicts.slice(-mostClaims).map(({ evidence, ...verdict }) => ({
    ...verdict,
    evidence: evidence.slice(0, mostQuotes).flatMap(({ path, ...quoted }) => {
      if (path === undefined) return [quoted];
      const inside = toRepositoryPath(path, { workspace });
      return inside === undefined ? [] : [{ ...quoted, path: inside }];
    }),
  }));
}

const mostQuotes = 20;

// Far beyond what anybody reads. Each is compared with others, and each stays in the ledger, which every clone carries.
const mostClaims = 1000;
const mostRejected = 200;

function furtherOnes(left: number, what: string, reason: string): RejectedCandidate[] {
  return left > 0 ? [{ title: count(left, `further ${what}`), reason }] : [];
}

/**
 * Proves claims against the files of the scanned commit: lines are corrected to where the quoted code stands; a claim all of whose
 * quotes are nowhere is rejected as fabricated. What a check reports was shown by running it, so its findings count as reproduced.
 * Each is anchored to its place, where the file can be read.
 */
export async function raiseFindings(
  claims: readonly Claim[],
  files: Omit<AnchorSources, 'masked'>,
): Promise<{ raised: RaisedFinding[]; rejected: RejectedCandidate[] }> {
  const parts = new Map<number, RaisedFinding[]>([[0, []]]);
  const rejected: RejectedCandidate[] = [];
  const anchor = createAnchoring({ ...files, masked: claims.flatMap(({ candidate }) => candidate.evidence) });
  for (const { candidate, origin, part = 0 } of claims) {
    const raised = parts.get(part) ?? [];
    parts.set(part, raised);
    if (origin.kind === 'check') {
      raised.push(await anchor(toRaised(candidate, files.clean, { origin, verified: 'reproduced' })));
      continue;
    }
    const proof = await verifyEvidence(candidate, files.readText);
    if ('fabricated' in proof) rejected.push({ title: candidate.title, reason: proof.fabricated });
    else raised.push(await anchor(toRaised(proof.candidate, files.clean, { origin, verified: proof.verified })));
  }
  return { raised: distinguish(mergeParts([...parts.values()])), rejected };
}

function toRaised(
  candidate: Candidate,
  clean: (text: string) => string,
  { origin, verified }: Pick<RaisedFinding, 'origin' | 'verified'>,
): RaisedFinding {
  const { location, evidence, category } = candidate;
  const [first] = evidence;
  // Of what is kept: a secret must not be known again by its digest, and a replay has only the words without it.
  const fingerprint = fingerprintOf({
    origin,
    category,
    path: location?.path,
    symbol: location?.symbol === undefined ? undefined : clean(location.symbol),
    quote: first && clean(first.quote),
  });
  return { ...candidate, origin, verified, fingerprint };
}
