import { expect, it } from 'vitest';
import { noUsage } from '../../src/agents/usage.ts';
import { endSession, type SessionParts } from '../../src/sessions/end-session.ts';
import { resumedRecord } from '../../src/sessions/resumed-session.ts';
import type { Session } from '../../src/sessions/session.ts';
import { aDiscovery } from './builders.ts';

const judge = (costUsd: number | undefined) => ({ usage: { ...noUsage, outputTokens: 10 }, costUsd });
const parts: SessionParts = {
  ...{ checks: [], namedPresets: false, scans: [], rejected: [], notes: [], spent: [], verdicts: [] },
  ...{ aborted: false, endedAt: 0 },
};
const begun = aDiscovery({}, { phase: 'running' }).session;

/** The next part of a session that rested. */
function resumed(before: Session): Session {
  const trigger = { name: 'workflow_dispatch', actor: 'octocat', ref: undefined, pullRequest: undefined };
  return resumedRecord(before, {
    ...{ at: '2026-11-22T11:00:00Z', deadline: '2026-11-22T12:00:00Z', trigger },
    restored: { from: 'record', why: 'Its files are gone.' },
    runner: { kind: 'process', host: 'here', pid: 1 },
  });
}

it('counts what the judge cost in every part of a session', () => {
  const first = endSession(begun, { ...parts, spent: [judge(0.25)] });
  expect(first).toMatchObject({ costUsd: 0.25, usage: { outputTokens: 10 }, besides: { costUsd: 0.25 } });
  const second = endSession(resumed(first), { ...parts, spent: [judge(0.5)] });
  expect(second).toMatchObject({ costUsd: 0.75, usage: { outputTokens: 20 }, besides: { costUsd: 0.75 } });
  expect(endSession(resumed(second), parts)).toMatchObject({ costUsd: 0.75, usage: { outputTokens: 20 } });
});

it('knows no cost where one of its parts had no price', () => {
  const first = endSession(begun, { ...parts, spent: [judge(0.25)] });
  const second = endSession(resumed(first), { ...parts, spent: [judge(undefined)] });
  expect(second).not.toHaveProperty('costUsd');
  expect(endSession(resumed(second), { ...parts, spent: [judge(0.5)] })).not.toHaveProperty('costUsd');
  expect(endSession(begun, parts)).not.toHaveProperty('besides');
});
