import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claudeCode } from '../../../src/agents/programs/claude-code.ts';
import type { ProgramEnd, ProgramEvent } from '../../../src/agents/programs/program.ts';

const exit = { exitCode: 1, stderr: '' };

/** What the reader makes of lines that Claude Code 2.1.329 wrote here, against a model server on loopback. */
function readRecorded(name: string): { events: ProgramEvent[]; end: ProgramEnd } {
  const reader = claudeCode.createReader();
  const text = readFileSync(new URL(`../../fixtures/programs/claude-code/${name}.ndjson`, import.meta.url), 'utf8');
  const events = text.split('\n').flatMap((line) => reader.read(line));
  return { events, end: reader.end(exit) };
}

describe('what Claude Code tells of its work', () => {
  it('is told as messages, commands with their output, calls of the model, and what was used', () => {
    const { events, end } = readRecorded('work');
    expect(events.map(({ type }) => type)).toEqual([
      ...['thread', 'call', 'message', 'tool-use', 'tool-use', 'tool-result', 'tool-result'],
      ...['call', 'tool-use', 'tool-use', 'tool-result', 'tool-result', 'call', 'message', 'used'],
    ]);
    expect(events).toContainEqual({
      type: 'tool-use',
      id: 'toolu_1',
      tool: 'bash',
      input: { command: 'ls; cat a.txt', description: 'look' },
    });
    expect(events).toContainEqual({ type: 'tool-result', id: 'toolu_1', ok: true, output: 'a.txt\none\ntwo\nthree' });
    expect(events).toContainEqual({ type: 'tool-result', id: 'toolu_4', ok: false, output: 'Exit code 1' });
    expect(events.at(-1)).toMatchObject({
      type: 'used',
      usage: { inputTokens: 0, outputTokens: 319, cacheReadTokens: 10_195, cacheWriteTokens: 5306 },
      costUsd: expect.closeTo(0.017_474_5, 6),
    });
    expect(end).toEqual({ end: 'done', text: 'All done.' });
  });

  it.each([
    ['unauthorized', { end: 'failed', status: 401, reason: 'Failed to authenticate. API Error: 401 scripted' }],
    ['overloaded', { end: 'failed', status: 529 }],
    ['budget-refused', { end: 'failed', status: 403 }],
    ['max-turns', { end: 'limited', limit: 'iterations' }],
    ['max-budget', { end: 'limited', limit: 'budget' }],
    ['interrupted', { end: 'interrupted' }],
    ['refused', { end: 'refused', reason: 'claude-sonnet-5 declined (cyber).' }],
  ])('ends as it was, and never as done: %s', (name, expected) => {
    expect(readRecorded(name).end).toMatchObject(expected);
  });

  it('tells each attempt that it made again', () => {
    const retries = readRecorded('overloaded').events.filter(({ type }) => type === 'retry');
    expect(retries).toMatchObject([
      { attempt: 1, reason: 'overloaded (529)' },
      { attempt: 2, reason: 'overloaded (529)' },
    ]);
  });

  it('is no end without its last word, whatever the exit code says', () => {
    const reader = claudeCode.createReader();
    expect(reader.end({ exitCode: 0, stderr: '' })).toMatchObject({ end: 'cut' });
    expect(reader.end({ exitCode: 1, stderr: 'Killed\n' })).toEqual({ end: 'cut', reason: 'Killed' });
  });

  it('may be anything: no line breaks the reader', () => {
    const reader = claudeCode.createReader();
    const types = fc.constantFrom('assistant', 'user', 'system', 'result', 'new_type');
    const line = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ type: types, message: fc.jsonValue(), subtype: fc.string() }).map((value) => JSON.stringify(value)),
    );
    fc.assert(fc.property(line, (text) => Array.isArray(reader.read(text))));
  });
});
