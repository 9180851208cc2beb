import { expect, it } from 'vitest';
import { revealDiscovery, withholdFromDiscovery } from '../../src/sessions/audience.ts';
import { Discovery } from '../../src/sessions/discovery.ts';
import { aRaised } from '../findings/builders.ts';

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
