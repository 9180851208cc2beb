import type { Finding } from '../../src/findings/finding.ts';

export function aFinding(over: Partial<Finding> = {}): Finding {
  const seen = { session: 'S20261120-100000-aaaa', at: '2026-11-20T10:00:00Z', commit: 'a'.repeat(40) };
  return {
    version: 1,
    id: 'F-a0000001',
    state: 'open',
    title: 'The password is in the source',
    description: 'Anybody who reads the repository can log in.',
    severity: 1,
    category: 'security',
    location: { path: 'src/login.ts', startLine: 12 },
    evidence: [{ path: 'src/login.ts', startLine: 12, endLine: 12, quote: "const password = 'hunter2';" }],
    nextSteps: ['Rotate it.'],
    origin: { kind: 'agent', name: 'security' },
    verified: 'quoted',
    fingerprints: ['f'.repeat(64)],
    firstSeen: seen,
    lastSeen: seen,
    occurrences: 1,
    anchors: [],
    missed: 0,
    history: [],
    possiblySame: [],
    ...over,
  };
}
