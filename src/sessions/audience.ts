import type { RaisedFinding, RejectedCandidate } from '../findings/finding.ts';
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

// The reason may name a file; that the candidate was rejected is no secret.
function withholdRejected(_: RejectedCandidate): RejectedCandidate {
  return { title: 'Withheld on a public repository', reason: 'It could not be proven.' };
}

/** A discovery as a file that everybody may read (an artifact): what is sensitive keeps its fingerprint and its place in the counts. */
export function withholdFromDiscovery(discovery: Discovery): Discovery {
  const { visibility } = discovery;
  return {
    ...discovery,
    session: withholdFromSession(discovery.session, visibility),
    raised: discovery.raised.map((finding) => (isSensitive(finding, visibility) ? withholdRaised(finding) : finding)),
  };
}

export const withheldTitle = 'Withheld security finding';

function withholdRaised({ severity, category, origin, verified, fingerprint }: RaisedFinding): RaisedFinding {
  return {
    title: withheldTitle,
    description: '',
    severity,
    category,
    evidence: [],
    nextSteps: [],
    origin,
    verified,
    fingerprint,
  };
}
