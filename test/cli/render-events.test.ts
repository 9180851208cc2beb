import { expect, it } from 'vitest';
import { renderEvents } from '../../src/cli/render-events.ts';
import { type EventBody, SessionEvent } from '../../src/sessions/session-event.ts';

function lines(...bodies: [body: EventBody, scan?: string][]) {
  return renderEvents(
    bodies.map(([body, scan], seq) =>
      SessionEvent.parse({
        version: 1,
        seq,
        at: `2026-11-21T10:00:0${seq}.000Z`,
        session: 'S1',
        ...(scan ? { scan } : {}),
        ...body,
      }),
    ),
  );
}

const usage = { inputTokens: 100, outputTokens: 20, cacheReadTokens: 900, cacheWriteTokens: 0 };

it('tells turns, tools with their times, and calls with their cost', () => {
  expect(
    lines(
      [{ type: 'iteration', iteration: 1, of: 40 }, 'bugs'],
      [{ type: 'tool-use', tool: 'bash', id: 't1', input: { command: 'grep -n eval src' } }, 'bugs'],
      [{ type: 'tool-result', id: 't1', ok: false, durationMs: 120, output: 'x' }, 'bugs'],
      [{ type: 'model-call', usage, cacheShare: 0.9, costUsd: 0.1, totalUsd: 0.25 }, 'bugs'],
      [{ type: 'wrote', action: 'create-issue', target: '#7', actor: 'schedule' }],
    ),
  ).toEqual([
    '10:00:00  turn 1 of 40',
    '10:00:02    bash grep -n eval src: failed, 120 ms',
    '10:00:03    model: 1000 tokens in (90 % from the cache), 20 out, $0.25 so far',
    '10:00:04  wrote: create-issue #7, on the word of schedule',
  ]);
});

it('names the agent where several worked, and tells what was withheld without details', () => {
  expect(
    lines(
      [{ type: 'tool-use', tool: 'bash', id: 't1' }, 'bugs'],
      [{ type: 'tool-result', id: 't1', ok: true, durationMs: 5 }, 'bugs'],
      [{ type: 'iteration', iteration: 2, of: 9 }, 'docs'],
      [{ type: 'notice' }, 'docs'],
    ),
  ).toEqual(['10:00:01    bugs: bash: ok, 5 ms', '10:00:02  docs: turn 2 of 9']);
});

it('lets no text of an agent act on the terminal', () => {
  const [line] = lines([{ type: 'heard', id: 'm1', from: 'a\u001b[31mdmin\nx' }, 'bugs']);
  expect(line).not.toMatch(/\p{Cc}/u);
});
