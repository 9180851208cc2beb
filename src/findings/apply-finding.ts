import { randomBase32 } from '../lib/hash.ts';
import type { Finding, RaisedFinding } from './finding.ts';

/** The session that saw something, when, and at which commit. */
export type Sighting = { session: string; at: string; commit?: string };

/** A finding that was never seen before, with an id that it keeps for good. */
export function newFinding(raised: RaisedFinding, sighting: Sighting): Finding {
  return {
    version: 1,
    id: `F-${randomBase32(8)}`,
    state: 'detected',
    ...describedBy(raised),
    origin: raised.origin,
    verified: raised.verified,
    fingerprints: [raised.fingerprint],
    firstSeen: sighting,
    lastSeen: sighting,
    occurrences: 1,
  };
}

/**
 * The finding after it was seen again: counted, its lines and evidence as they are now, every fingerprint kept. An agent words the same
 * problem anew each time, so its title and description stay as they were first told; a check's are its own. A resolved one is open again.
 */
export function recordSighting(finding: Finding, raised: RaisedFinding, sighting: Sighting): Finding {
  const { location: _place, reproduce: _command, resolution, ...kept } = finding;
  const { title, description, ...seen } = withProof(describedBy(raised), finding);
  const back = finding.state === 'resolved';
  return {
    ...kept,
    ...seen,
    ...(raised.origin.kind === 'check' ? { title, description } : {}),
    ...(back
      ? {
          state: finding.issue ? 'open' : 'detected',
          regressed: { at: sighting.at, ...(sighting.commit ? { commit: sighting.commit } : {}) },
        }
      : {}),
    ...(resolution && !back ? { resolution } : {}),
    nextSteps: raised.nextSteps.length > 0 ? raised.nextSteps : finding.nextSteps,
    verified: strongest(finding.verified, raised.verified),
    fingerprints: [...finding.fingerprints.filter((known) => known !== raised.fingerprint), raised.fingerprint],
    lastSeen: sighting,
    occurrences: finding.occurrences + 1,
  };
}

/** The finding after a check showed that it is gone. */
export function resolveFinding(finding: Finding, resolution: { at: string; commit?: string; proof: string }): Finding {
  const { regressed: _, ...rest } = finding;
  return { ...rest, state: 'resolved', resolution };
}

/** What was proven once is not given up for a claim without any proof. */
function withProof(seen: ReturnType<typeof describedBy>, before: Finding): ReturnType<typeof describedBy> {
  if (seen.evidence.length > 0 || before.evidence.length === 0 || before.location === undefined) return seen;
  return { ...seen, evidence: before.evidence, location: before.location };
}

function describedBy(raised: RaisedFinding) {
  const {
    ref: _ref,
    known: _known,
    origin: _origin,
    verified: _verified,
    fingerprint: _fingerprint,
    ...described
  } = raised;
  return described;
}

function strongest(a: Finding['verified'], b: Finding['verified']): Finding['verified'] {
  for (const verified of ['reproduced', 'quoted'] as const) if (a === verified || b === verified) return verified;
  return 'none';
}
