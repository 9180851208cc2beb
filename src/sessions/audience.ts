import { type Finding, RaisedFinding, type RejectedCandidate } from '../findings/finding.ts';
import type { Verdict } from '../findings/verdict.ts';
import { openSealed, sealText } from '../ledger/seal.ts';
import { withheldTitle } from '../ledger/withhold.ts';
import type { Discovery } from './discovery.ts';
import type { Session } from './session.ts';

export type Visibility = 'public' | 'private' | 'internal';

/** Whether the details of a finding may not be told to everybody who can read the repository. */
export function isSensitive(finding: { category: string }, visibility: Visibility | undefined): boolean {
  return visibility === 'public' && finding.category === 'security';
}

/**
 * The record as everybody may read it. On a public repository the agents' closing words and the titles of rejected candidates go: they may
 * tell of a vulnerability. Counts and reasons stay.
 */
export function withholdFromSession(session: Session, visibility: Visibility | undefined): Session {
  if (visibility !== 'public') return session;
  return {
    ...session,
    agents: session.agents.map((agent) => ({ ...agent, finalText: '' })),
    rejected: session.rejected.map(withholdRejected),
  };
}

/** A verdict as everybody may read it: of a finding whose details are withheld, only what came of it. */
export function withholdVerdict(
  verdict: Verdict,
  known: readonly Pick<Finding, 'id' | 'category' | 'sealed'>[],
  visibility: Visibility | undefined,
): Verdict {
  const finding = known.find(({ id }) => id === verdict.finding);
  if (visibility !== 'public' || (finding && !isSensitive(finding, visibility) && !finding.sealed)) return verdict;
  return { ...verdict, proof: 'The proof is withheld on a public repository.', evidence: [] };
}

// The reason may name a file; that the candidate was rejected is no secret.
function withholdRejected(_: RejectedCandidate): RejectedCandidate {
  return { title: 'Withheld on a public repository', reason: 'It could not be proven.' };
}

/**
 * A discovery as a file that everybody may read (an artifact): what is sensitive keeps its fingerprint and its place in the counts; its
 * details are sealed where there is a key.
 */
export function withholdFromDiscovery(discovery: Discovery, key?: string): Discovery {
  const { visibility } = discovery;
  return {
    ...discovery,
    session: withholdFromSession(discovery.session, visibility),
    ...withoutLines(discovery),
    raised: discovery.raised.map((finding) =>
      isSensitive(finding, visibility) ? withholdRaised(finding, key) : finding,
    ),
  };
}

/** Where an agent lingered may tell where it found something: on a public repository the lines of a look go, its blocks stay. */
function withoutLines({ coverage, visibility }: Discovery): Pick<Discovery, 'coverage'> {
  if (!coverage || visibility !== 'public') return {};
  const coarse = (looks: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(looks).map(([path, text]) => [path, text.replace(/ .*/s, '')]));
  return { coverage: { ...coverage, scans: coverage.scans.map((scan) => ({ ...scan, looks: coarse(scan.looks) })) } };
}

/** The discovery with the details that the key opens; what it does not open stays withheld. */
export function revealDiscovery(discovery: Discovery, key: string | undefined): Discovery {
  if (key === undefined) return discovery;
  return { ...discovery, raised: discovery.raised.map((finding) => revealRaised(finding, key)) };
}

function withholdRaised(finding: RaisedFinding, key: string | undefined): RaisedFinding {
  const { severity, category, origin, verified, fingerprint } = finding;
  const sealed = key === undefined ? undefined : sealText(JSON.stringify(finding), { key, id: fingerprint });
  return {
    title: withheldTitle,
    description: '',
    severity,
    category,
    evidence: [],
    nextSteps: [],
    origin: { kind: origin.kind, name: origin.name },
    verified,
    fingerprint,
    ...(sealed === undefined ? {} : { sealed }),
  };
}

function revealRaised(finding: RaisedFinding, key: string): RaisedFinding {
  const text = finding.sealed && openSealed(finding.sealed, { key, id: finding.fingerprint });
  if (!text) return finding;
  const parsed = RaisedFinding.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : finding;
}
