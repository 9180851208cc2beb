import { expect, it } from 'vitest';
import { revealDiscovery, withholdFromDiscovery, withholdVerdict } from '../../src/sessions/audience.ts';
import { Discovery } from '../../src/sessions/discovery.ts';
import { aKnown, aRaised } from '../findings/builders.ts';

const key = 'correct horse battery';
const anchor = { path: 'abcdef0123456789', line: '0123456789abcdef', block: 'fedcba9876543210' };

const seeing = (category: 'security' | 'bug'): Discovery =>
  Discovery.parse({
    version: 1,
    session: {
      ...{ version: 1, id: 'S20261120-100000-aaaa', kind: 'scan', displayName: 'Scan', trigger: 'schedule' },
      ...{ repository: 'acme/shop', phase: 'completed', result: 'complete', reasons: [], agents: [], checks: [] },
      startedAt: '2026-11-20T10:00:00Z',
      usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
      costUsd: 0,
      ...{ raised: [], updated: [], resolved: [], reopened: [], rejected: [], questions: [], assumptions: [] },
    },
    raised: [aRaised({ category, anchor })],
    determined: [],
    reconciles: true,
    visibility: 'public',
  });

it.each([undefined, key])(
  'gives no digest of the place of a security finding to the readers of a public repository (key %s)',
  (given) => {
    const text = JSON.stringify(withholdFromDiscovery(seeing('security'), given));
    for (const digest of Object.values(anchor)) expect(text).not.toContain(digest);
  },
);

it('gives the place back to whoever has the key', () => {
  const { raised } = revealDiscovery(withholdFromDiscovery(seeing('security'), key), key);
  expect(raised).toEqual(seeing('security').raised);
});

it('keeps the anchors of what anybody may know', () => {
  expect(withholdFromDiscovery(seeing('bug')).raised[0]?.anchor).toEqual(anchor);
});

it.each([
  ['a security finding on a public repository', 'security', 'public', true],
  ['any other on a public repository', 'bug', 'public', false],
  ['a security finding on a private repository', 'security', 'private', false],
  ['a finding that nobody knows, on a public repository', undefined, 'public', true],
] as const)('tells the proof of a verdict on %s only to whom it may', (_which, category, visibility, isWithheld) => {
  const known = category === undefined ? [] : [aKnown({ id: 'F-0000000a', category })];
  const evidence = [{ path: 'src/db.js', quote: 'safe(name)' }];
  const verdict = { finding: 'F-0000000a', verdict: 'gone', by: 'agent', proof: 'In src/db.js.', evidence } as const;
  const told = withholdVerdict({ ...verdict, evidence }, known, visibility);
  expect(told).toMatchObject({ finding: 'F-0000000a', verdict: 'gone', by: 'agent' });
  expect(JSON.stringify(told).includes('db.js')).toBe(!isWithheld);
});
