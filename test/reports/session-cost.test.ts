import { expect, it } from 'vitest';
import { renderSession } from '../../src/cli/render-session.ts';
import { sessionCostText } from '../../src/reports/measures.ts';
import { isConfirmed } from '../../src/sessions/confirmed.ts';
import { aFinding, aSession } from './builders.ts';

it.each([
  [{ costUsd: 0.42, confirmed: 2 }, '$0.42 ($0.21 per confirmed finding)'],
  [{ costUsd: 0.42, confirmed: 0 }, '$0.42'],
  [{ costUsd: 0, confirmed: 2 }, '$0.00'],
  [{ costUsd: undefined, confirmed: 2 }, undefined],
])('says what a session cost, and per confirmed finding: %j', (session, text) => {
  expect(sessionCostText(session)).toBe(text);
});

it('counts as confirmed what an agent found, was proven and was not dismissed', () => {
  const agent = { kind: 'agent', name: 'bugs' } as const;
  expect(isConfirmed(aFinding({ origin: agent, verified: 'quoted', state: 'open' }))).toBe(true);
  expect(isConfirmed(aFinding({ origin: agent, verified: 'none', state: 'open' }))).toBe(false);
  expect(isConfirmed(aFinding({ origin: agent, verified: 'reproduced', state: 'ignored' }))).toBe(false);
  expect(isConfirmed(aFinding({ origin: { kind: 'check', name: 'types' }, verified: 'reproduced' }))).toBe(false);
});

it('is in what courier show prints', () => {
  expect(renderSession(aSession({ costUsd: 1, confirmed: 4 }))).toContain('$1.00 ($0.25 per confirmed finding)');
});
