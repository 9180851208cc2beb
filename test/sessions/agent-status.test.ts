import { expect, it } from 'vitest';
import { agentStatusOf } from '../../src/sessions/agent-status.ts';
import { type EventBody, SessionEvent } from '../../src/sessions/session-event.ts';

const usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
const begins: EventBody = {
  type: 'session-started',
  courier: '1',
  repository: 'shop',
  trigger: 'cli',
  withheld: false,
};
const started: EventBody = { type: 'agent-started', tool: 'anthropic', model: 'm', maxIterations: 9, budgetUsd: 5 };
const turn: EventBody = { type: 'iteration', iteration: 1, of: 9 };
const ended = (stopReason?: string): EventBody => ({
  type: 'agent-ended',
  ending: stopReason === 'waiting_input' ? 'parked' : 'finished',
  ...(stopReason === undefined ? {} : { stopReason }),
  iterations: 1,
  model: 'm',
  usage,
});
const over: EventBody = { type: 'session-ended', phase: 'completed', raised: 0, confirmed: 0 };

function statusOf(...events: [body: EventBody, scan?: string][]) {
  return agentStatusOf(
    events.map(([body, scan], seq) =>
      SessionEvent.parse({
        version: 1,
        seq,
        at: '2026-11-21T10:00:00Z',
        session: 'S1',
        ...(scan ? { scan } : {}),
        ...body,
      }),
    ),
  );
}

it.each([
  ['idle', 'before an agent begins', [[begins]]],
  ['working', 'from its start', [[begins], [started, 'a']]],
  ['working', 'while it takes turns', [[begins], [started, 'a'], [turn, 'a']]],
  ['idle', 'when it has ended', [[begins], [started, 'a'], [ended(), 'a']]],
  ['waiting_input', 'when it waits for an answer', [[begins], [started, 'a'], [ended('waiting_input'), 'a']]],
  ['waiting_input', 'also when the session rests', [[begins], [started, 'a'], [ended('waiting_input'), 'a'], [over]]],
  [
    'working',
    'when another one works while it waits',
    [[begins], [started, 'a'], [ended('waiting_input'), 'a'], [started, 'b']],
  ],
  [
    'waiting_input',
    'when the other one is done',
    [
      [started, 'a'],
      [ended('waiting_input'), 'a'],
      [started, 'b'],
      [ended(), 'b'],
    ],
  ],
  ['idle', 'when the session ended in the middle of a turn', [[begins], [started, 'a'], [turn, 'a'], [over]]],
  [
    'working',
    'when it goes on',
    [[begins], [started, 'a'], [ended('waiting_input'), 'a'], [over], [begins], [started, 'a']],
  ],
] satisfies [string, string, [EventBody, string?][]][])('an agent is %s %s', (status, _when, events) => {
  expect(statusOf(...events)).toBe(status);
});
