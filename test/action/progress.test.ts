import * as core from '@actions/core';
import { describe, expect, it, vi } from 'vitest';
import { createStepLog } from '../../action/log.ts';
import { createStepProgress } from '../../action/progress.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { createEventLog } from '../../src/sessions/event-log.ts';
import type { EventBody, SessionEvent } from '../../src/sessions/session-event.ts';
import attacks from '../fixtures/publishing/attacks.json' with { type: 'json' };

function aLog() {
  const lines: string[] = [];
  let now = 0;
  const progress = createStepProgress(
    {
      info: (line) => lines.push(line),
      startGroup: (name) => lines.push(`> ${name}`),
      endGroup: () => lines.push('<'),
    },
    () => now,
  );
  return { lines, progress, at: (seconds: number) => (now = seconds * 1000) };
}

const gate = createGate({ secrets: [] });
const eventOf = (body: EventBody, scan = 'bugs', withheld = false): SessionEvent =>
  createEventLog({ session: 'S', clean: gate.plain, withheld }).next(body, { at: 0, scan });
const usage = { inputTokens: 10, outputTokens: 5, cacheReadTokens: 90, cacheWriteTokens: 0 };
const call: EventBody = { type: 'model-call', usage, cacheShare: 0.9, costUsd: 0.5, totalUsd: 0.5 };
const bash: EventBody = { type: 'tool-use', tool: 'bash', id: '1', input: { command: 'cat a.js\nls' } };
const result = { type: 'tool-result', id: '1', ok: true, durationMs: 1200, output: 'const a = 1;\n' } as const;

it('tells a step at most every 5 s in the first minute and every 60 s after, and the last one always', () => {
  const { lines, progress, at } = aLog();
  for (let seconds = 0; seconds <= 180; seconds++) {
    at(seconds);
    progress.tell({ step: 'check', done: seconds / 200 });
  }
  expect(lines).toHaveLength(14);
  progress.end();
  expect(lines.at(-1)).toBe('check · 90 % · 180 s');
});

describe("an agent's turn", () => {
  it('is a group with its tools, what they gave, what it said and thought, and what it cost', () => {
    const { lines, progress } = aLog();
    progress.watch(eventOf({ type: 'iteration', iteration: 1, of: 40 }));
    for (const body of [{ type: 'thinking', text: 'Hm.\nYes.' } as const, call, bash, result])
      progress.watch(eventOf(body));
    progress.tell({ step: 'agent', iteration: 1, of: 40, tool: 'bash' });
    progress.watch(eventOf({ type: 'iteration', iteration: 2, of: 40 }));
    progress.end();
    expect(lines).toEqual([
      '> scan bugs · iteration 1 of 40 · 0 s',
      '(thinking)',
      '  | Hm.',
      '  | Yes.',
      'tokens: 100 in (90 from the cache), 5 out, 90 % of the input from the cache, $0.50',
      '> bash',
      '  | cat a.js',
      '  | ls',
      '< ok, 1 s',
      '  | const a = 1;',
      '<',
      '> scan bugs · iteration 2 of 40 · 0 s · $0.50',
      '<',
    ]);
  });

  it('names tools, counts and cost alone on a public repository', () => {
    const { lines, progress } = aLog();
    const told = [
      { type: 'iteration', iteration: 1, of: 40 },
      { type: 'message', text: 'A hole!' },
      call,
      bash,
      result,
    ];
    for (const body of told as EventBody[]) progress.watch(eventOf(body, 'bugs', true));
    expect(lines.join('\n')).not.toMatch(/hole|cat|const/);
    expect(lines).toContain('> bash');
  });

  it('is cut where a tool gave much', () => {
    const { lines, progress } = aLog();
    progress.watch(eventOf({ ...result, output: 'x\n'.repeat(5000) }));
    expect(lines.length).toBeLessThan(50);
    expect(lines.at(-1)).toBe('  | … 4960 more lines');
  });

  it('names the scan of what another agent does meanwhile', () => {
    const { lines, progress } = aLog();
    progress.watch(eventOf({ type: 'iteration', iteration: 1, of: 40 }));
    progress.watch(eventOf(bash, 'security'));
    expect(lines).toContain('security: > bash');
  });
});

describe('what an agent or a command says', () => {
  const commands = ['::set-output name=x::1', '::add-mask::a', '::stop-commands::abc', '##[group]x', '::endgroup::'];
  const tricks = [
    '',
    ' ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\u0085',
    '\u2028',
    '\u000b',
    '\u001b[2K',
    '\u200b',
    '\ufeff',
    '%0A',
  ];
  const texts = [
    ...commands.flatMap((command) => tricks.map((trick) => `${trick}${command}`)),
    ...attacks.map(({ input }) => input),
  ];

  it.each(['message', 'thinking', 'tool', 'input', 'output', 'notice', 'reason', 'scan'])(
    'is no command to the runner: %s',
    (place) => {
      const written: string[] = [];
      const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
        written.push(String(text));
        return true;
      });
      const log = createStepLog(core, gate);
      const progress = createStepProgress({ ...log, startGroup: core.startGroup, endGroup: core.endGroup });
      for (const text of texts) for (const event of eventsWith(place, text)) progress.watch(event);
      progress.end();
      out.mockRestore();
      const ours = /^::(?:group::scan |endgroup::\r?$)/;
      const lines = written.join('').split(/[\n\r\u0085\u2028\u2029]/);
      for (const line of lines.filter((line) => !ours.test(line))) {
        expect(line.trimStart()).not.toMatch(/^::/);
        expect(line).not.toMatch(/##\[/);
      }
      expect(lines.length).toBeGreaterThan(texts.length / 2);
    },
  );

  function eventsWith(place: string, text: string): SessionEvent[] {
    const bodies: Record<string, EventBody> = {
      message: { type: 'message', text },
      thinking: { type: 'thinking', text },
      tool: { type: 'tool-use', tool: text, id: '1' },
      input: { type: 'tool-use', tool: 'bash', id: '1', input: { command: text } },
      output: { ...result, output: text },
      notice: { type: 'notice', text },
      reason: { type: 'agent-ended', ending: 'failed', reason: text, iterations: 1, model: 'm', usage },
    };
    const first = eventOf({ type: 'iteration', iteration: 1, of: 2 }, place === 'scan' ? text : 'bugs');
    const body = bodies[place];
    return body ? [first, eventOf(body)] : [first, eventOf(bash, 'other'), eventOf(bash, text)];
  }
});
