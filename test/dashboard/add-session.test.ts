import { expect, it } from 'vitest';
import { addSession } from '../../src/dashboard/add-session.ts';
import type { Session } from '../../src/sessions/session.ts';
import { aSession } from '../reports/builders.ts';

const agent: Session['agents'][number] = {
  scan: 'bugs',
  tool: 'anthropic',
  model: 'm',
  prompt: 'p',
  ending: 'finished',
  outcome: 'complete',
  currentIteration: 1,
  maxIterations: 2,
  finalText: '',
};
const question = {
  id: 'Q1',
  question: 'Is it\nso?',
  options: [],
  multiSelect: false,
  allowOther: true,
  blocking: true,
  findings: [],
};
const at = (day: number, over: Partial<Session> = {}) =>
  aSession({ id: `S-${day}`, startedAt: `2026-11-${String(day).padStart(2, '0')}T10:00:00Z`, ...over });

it('remembers the last ten sessions, newest first, each once', () => {
  const days = [3, 1, 2, ...Array.from({ length: 12 }, (_, index) => index + 4), 15];
  const record = days.reduce<ReturnType<typeof addSession> | undefined>(
    (before, day) => addSession(before, at(day), 'private'),
    undefined,
  );
  expect(record?.sessions.map(({ id }) => id)).toEqual([15, 14, 13, 12, 11, 10, 9, 8, 7, 6].map((day) => `S-${day}`));
});

it('has no line for a session that looked at nothing', () => {
  const record = addSession(undefined, at(1), 'private');
  expect(addSession(record, at(2, { result: 'skipped' }), 'private')).toEqual(record);
});

it('sums what the agents of a month cost, and counts those without a price', () => {
  const paid = (day: number, costUsd?: number) =>
    at(day, { agents: [agent], ...(costUsd === undefined ? {} : { costUsd }) });
  const sessions = [paid(1, 0.5), paid(2, 0.25), paid(3), at(4, { costUsd: 0 })];
  const record = sessions.reduce<ReturnType<typeof addSession> | undefined>(
    (before, session) => addSession(before, session, 'private'),
    undefined,
  );
  expect(record?.spend).toEqual({ month: '2026-11', usd: 0.75, sessions: 2, unpriced: 1 });
  const december = { ...paid(1, 1), startedAt: '2026-12-01T00:00:00Z' };
  expect(addSession(record, december, 'private').spend).toEqual({ month: '2026-12', usd: 1, sessions: 1, unpriced: 0 });
});

it('keeps what was asked, on a public repository only how much', () => {
  const asking = at(1, { agents: [agent], questions: [question] });
  expect(addSession(undefined, asking, 'private').sessions[0]).toMatchObject({
    asked: 1,
    questions: [{ id: 'Q1', text: 'Is it so?', blocking: true }],
    scans: ['bugs'],
  });
  expect(addSession(undefined, asking, 'public').sessions[0]).toMatchObject({ asked: 1, questions: [] });
});
