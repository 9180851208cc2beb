import { expect, it } from 'vitest';
import { toFeedback } from '../../src/sessions/feedback.ts';
import { Session } from '../../src/sessions/session.ts';
import { aFinding } from '../findings/issue-builders.ts';

const at = '2026-11-21T10:00:00Z';

function aSession(id: string, over: Record<string, unknown> = {}): Session {
  return Session.parse({
    ...{ version: 1, id, kind: 'scan', displayName: 'Secret plans', trigger: 'schedule', repository: 'acme/shop' },
    ...{ phase: 'completed', result: 'complete', reasons: [], startedAt: at, agents: [], checks: [], raised: ['F-1'] },
    ...{ updated: [], resolved: [], reopened: [], rejected: [], questions: [], assumptions: [], finalText: 'x' },
    usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
    ...over,
  });
}

const down = { by: 'tom', at, value: 'down', from: 'rate', text: 'the token in login.ts' } as const;

it('tells ratings with ids and numbers, and no words of people or of findings', () => {
  const findings = [aFinding({ ratings: [down] })];
  const sessions = [aSession('S1', { ratings: [{ by: 'wanda', at, value: 'up', text: 'well done' }] }), aSession('S9')];
  const feedback = toFeedback({ findings, sessions, at }, 'acme/shop');
  expect(feedback.scores.map(({ name, value, session }) => [name, value, session])).toEqual([
    ['finding', 'down', 'S1'],
    ['session', 'up', 'S1'],
  ]);
  expect(feedback.traces.map(({ session }) => session)).toEqual(['S1']);
  expect(JSON.stringify(feedback)).not.toMatch(/login|well done|cents|Secret|tom|wanda/);
});

it('gives a rating the same id every time, and others to other people and things', () => {
  const ids = (by: string, id = 'F-0000000a') =>
    toFeedback({ findings: [aFinding({ id, ratings: [{ ...down, by }] })], sessions: [], at }, 'acme/shop').scores.map(
      (score) => score.id,
    );
  expect(ids('tom')).toEqual(ids('tom'));
  expect(new Set([...ids('tom'), ...ids('ada'), ...ids('tom', 'F-0000000b')]).size).toBe(3);
});

it('leaves out what is older than thirty days', () => {
  const findings = [aFinding({ ratings: [{ ...down, at: '2026-10-01T10:00:00Z' }] })];
  expect(toFeedback({ findings, sessions: [], at }, 'acme/shop')).toEqual({ traces: [], scores: [] });
});
