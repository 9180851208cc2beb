import { Discovery } from '../../src/sessions/discovery.ts';

export const startedAt = '2026-11-22T10:00:00Z';
export const endedAt = '2026-11-22T10:05:00Z';
export const scannedCommit = 'd'.repeat(40);

/** A discovery of a complete scan that saw nothing. */
export function aDiscovery(
  over: Partial<Omit<Discovery, 'session'>> = {},
  session: Partial<Discovery['session']> = {},
): Discovery {
  return Discovery.parse({
    version: 1,
    session: {
      ...{ version: 1, id: 'S20261122-100000-aaaa', kind: 'scan', displayName: 'Scan', trigger: 'schedule' },
      ...{ repository: 'acme/shop', phase: 'completed', result: 'complete', reasons: [], agents: [], checks: [] },
      ...{ startedAt, endedAt, commit: scannedCommit },
      usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
      ...{ raised: [], updated: [], resolved: [], reopened: [], rejected: [], questions: [], assumptions: [] },
      ...session,
    },
    raised: [],
    determined: [],
    reconciles: true,
    ...over,
  });
}
