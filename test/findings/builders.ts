import { newFinding } from '../../src/findings/apply-finding.ts';
import type { Candidate, Finding, RaisedFinding } from '../../src/findings/finding.ts';

export function aCandidate(over: Partial<Candidate> = {}): Candidate {
  return {
    title: 'SQL built from input',
    description: 'The user name reaches the query.',
    severity: 2,
    category: 'security',
    location: { path: 'src/db.js', startLine: 3 },
    evidence: [{ path: 'src/db.js', startLine: 3, quote: 'db.query("select " + name)' }],
    nextSteps: [],
    ...over,
  };
}

export function aRaised(over: Partial<RaisedFinding> = {}): RaisedFinding {
  return {
    ...aCandidate(),
    origin: { kind: 'agent', name: 'security' },
    verified: 'quoted',
    fingerprint: '1:a',
    ...over,
  };
}

export const sighting = { session: 'S1', at: '2026-11-20T10:00:00Z', commit: 'a'.repeat(40) };
export const laterSighting = { session: 'S2', at: '2026-11-21T10:00:00Z', commit: 'b'.repeat(40) };

export function aKnown(over: Partial<Finding> = {}, raised: Partial<RaisedFinding> = {}): Finding {
  return { ...newFinding(aRaised(raised), sighting), state: 'open', ...over };
}
