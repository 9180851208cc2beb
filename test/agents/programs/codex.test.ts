import { describe, expect, it } from 'vitest';
import { codex } from '../../../src/agents/programs/codex.ts';
import { expectUnbreakable, readRecorded } from './read-recorded.ts';
import { aPlace, aRun } from './start-of.ts';

describe('what Codex tells of its work', () => {
  it('is told as thoughts, messages, commands as the model gave them, and what was used', () => {
    const { events, end } = readRecorded(codex, 'work');
    expect(events).toEqual([
      { type: 'thread', id: expect.stringMatching(/^01a2/) },
      { type: 'call', id: '1' },
      { type: 'thinking', text: 'Let me look.' },
      { type: 'message', text: 'I look around.' },
      { type: 'tool-use', id: 'item_2', tool: 'bash', input: { command: 'ls; cat a.txt' } },
      { type: 'tool-result', id: 'item_2', ok: true, output: 'a.txt\none\ntwo\nthree\n' },
      { type: 'call', id: '2' },
      { type: 'message', text: 'All done.' },
      {
        type: 'used',
        usage: { inputTokens: 14_960, outputTokens: 58, cacheReadTokens: 27_008, cacheWriteTokens: 0 },
      },
    ]);
    expect(end).toEqual({ end: 'done', text: 'All done.' });
  });

  it("names Courier's tools as they are, and tells what failed", () => {
    const { events } = readRecorded(codex, 'tools');
    expect(events).toContainEqual({ type: 'tool-use', id: 'item_0', tool: 'report_finding', input: { title: 'one' } });
    expect(events).toContainEqual({ type: 'tool-result', id: 'item_1', ok: false, output: 'Stored as r1.' });
    expect(events).toContainEqual({ type: 'tool-result', id: 'item_2', ok: false, output: 'exit code 1\n' });
    expect(events).toContainEqual({ type: 'tool-result', id: 'item_3', ok: true, output: 'completed' });
  });

  it('ends with the status that the API answered', () => {
    expect(readRecorded(codex, 'unauthorized').end).toMatchObject({ end: 'failed', status: 401 });
  });

  it('is no end without its last word, whatever the exit code says', () => {
    expect(readRecorded(codex, 'ended').end).toMatchObject({ end: 'cut' });
  });

  it('may be anything: no line breaks the reader', () => {
    expectUnbreakable(codex, ['thread.started', 'item.started', 'item.completed', 'turn.failed', 'turn.completed']);
  });
});

describe('how Codex is started', () => {
  it('has what it is told in its configuration, whatever that is, and the token in its environment alone', () => {
    const system = 'Say "no" \\ to """all""" of it.\n\u007f\ud800';
    const { args, env, files } = codex.start(aRun({ system, thread: 'a-thread' }), aPlace);
    const [config] = files;
    expect(config?.text).toContain(
      'developer_instructions = "Say \\"no\\" \\\\ to \\"\\"\\"all\\"\\"\\" of it.\\n\\u007F\ufffd"',
    );
    expect([...args, JSON.stringify(files)].join()).not.toContain(aPlace.api.token);
    expect(Object.values(env)).toContain(aPlace.api.token);
    expect(args.slice(0, 3)).toEqual(['exec', 'resume', 'a-thread']);
  });
});
