import { describe, expect, it } from 'vitest';
import { type JudgedCheck, judgeSession } from '../../src/sessions/judge-session.ts';
import type { AgentRecord } from '../../src/sessions/session.ts';

const anAgent = (over: Partial<AgentRecord & { salvaged: number }> = {}) => ({
  scan: 'security',
  tool: 'anthropic',
  model: 'm',
  prompt: 'p',
  ending: 'finished' as const,
  outcome: 'complete' as const,
  currentIteration: 3,
  maxIterations: 40,
  finalText: '',
  salvaged: 0,
  ...over,
});

const aCheck = (over: Partial<JudgedCheck> = {}): JudgedCheck => ({
  check: 'oxlint',
  state: 'clean',
  findings: 0,
  held: 0,
  durationMs: 1,
  required: false,
  ...over,
});

describe('the result of a session', () => {
  it('is complete when the agent finished with a whole list, even an empty one', () => {
    expect(judgeSession([anAgent()], [])).toMatchObject({ result: 'complete', reasons: [] });
  });

  it.each([
    ['no-json', 'failed'],
    ['incomplete', 'partial'],
  ] as const)('is not complete when a finished agent left %s output: %s', (outcome, result) => {
    expect(judgeSession([anAgent({ outcome })], [aCheck()])).toMatchObject({ result });
  });

  it.each(['unfinished', 'refused', 'aborted', 'failed'] as const)(
    'is failed when the agent is %s and left nothing',
    (ending) => {
      expect(judgeSession([anAgent({ ending })], [aCheck()]).result).toBe('failed');
    },
  );

  it.each(['unfinished', 'refused', 'aborted', 'failed', 'limited'] as const)(
    'is partial when the agent is %s and left findings',
    (ending) => {
      expect(judgeSession([anAgent({ ending, salvaged: 1 })], [aCheck()]).result).toBe('partial');
    },
  );

  it('keeps the reason that the agent gave', () => {
    const { reasons } = judgeSession([anAgent({ ending: 'failed', reason: 'The key was refused (401).' })], []);
    expect(reasons.join()).toContain('The key was refused (401).');
  });

  it.each(['unfinished', 'refused', 'failed'] as const)('ends the sentence once when the agent is %s', (ending) => {
    for (const reason of ['It went wrong.', 'It went wrong'])
      expect(judgeSession([anAgent({ ending, reason })], []).reasons.join()).toMatch(/: It went wrong\.$/);
  });

  it('is failed when nothing looked at anything', () => {
    expect(judgeSession([], []).result).toBe('failed');
    expect(judgeSession([], [aCheck({ state: 'not-applicable' })]).result).toBe('failed');
    expect(judgeSession([], [aCheck({ state: 'undetermined', cause: 'unavailable' })]).result).toBe('failed');
  });

  it('is partial when a check crashed, whoever asked for it', () => {
    expect(
      judgeSession([], [aCheck(), aCheck({ state: 'undetermined', cause: 'failed', reason: 'crash' })]),
    ).toMatchObject({
      result: 'partial',
      reasons: [expect.stringContaining('crash')],
    });
  });

  it('lets a preset be unavailable that nobody asked for, but not one that was named', () => {
    const unavailable = { state: 'undetermined', cause: 'unavailable', reason: 'offline' } as const;
    expect(judgeSession([], [aCheck(), aCheck(unavailable)]).result).toBe('complete');
    expect(judgeSession([], [aCheck(), aCheck({ ...unavailable, required: true })]).result).toBe('partial');
  });

  it('names a stop reason of the closed set', () => {
    expect(judgeSession([anAgent({ ending: 'limited', stopReason: 'budget' })], []).stopReason).toBe('budget');
    expect(judgeSession([anAgent({ ending: 'refused' })], []).stopReason).toBe('refusal');
  });
});
