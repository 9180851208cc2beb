import { describe, expect, it } from 'vitest';
import { geminiCli } from '../../../src/agents/programs/gemini.ts';
import { expectUnbreakable, readRecorded } from './read-recorded.ts';
import { aPlace, aRun } from './start-of.ts';

describe('what Gemini CLI tells of its work', () => {
  it('is told as whole messages, commands with their output, and what was used', () => {
    const { events, end } = readRecorded(geminiCli, 'work');
    expect(events.map(({ type }) => type)).toEqual([
      ...['thread', 'call', 'message', 'tool-use', 'tool-use', 'tool-result', 'tool-result'],
      ...['call', 'tool-use', 'tool-use', 'tool-result', 'tool-result', 'call', 'message', 'used'],
    ]);
    expect(events).toContainEqual(
      expect.objectContaining({ tool: 'bash', input: { command: 'ls; cat a.txt', description: 'x' } }),
    );
    const results = events.filter(({ type }) => type === 'tool-result');
    expect(results).toMatchObject([
      { ok: true, output: 'a.txt\none\ntwo\nthree' },
      { ok: true },
      { ok: false, output: 'Command exited with code: 1' },
      { ok: false, output: expect.stringContaining('not found') },
    ]);
    expect(events.at(-1)).toEqual({
      type: 'used',
      usage: { inputTokens: 1800, outputTokens: 171, cacheReadTokens: 1200, cacheWriteTokens: 0 },
    });
    expect(end).toEqual({ end: 'done', text: 'All done.' });
  });

  it('puts the pieces of a message together', () => {
    const reader = geminiCli.createReader();
    const say = (content: string) =>
      reader.read(JSON.stringify({ type: 'message', role: 'assistant', content, delta: true }));
    expect([...say('One '), ...say('message'), ...say('.')]).toEqual([]);
    const result = JSON.stringify({ type: 'result', status: 'success' });
    expect(reader.read(result)).toEqual([
      { type: 'call', id: '1' },
      { type: 'message', text: 'One message.' },
    ]);
    expect(reader.end({ exitCode: 0, stderr: '' })).toEqual({ end: 'done', text: 'One message.' });
  });

  it.each([
    ['failed', { end: 'failed', status: 400 }, 144],
    ['overloaded', { end: 'failed', status: 403 }, 147],
    ['refused', { end: 'refused', reason: 'The model response was blocked due to safety settings.' }, 0],
    ['cut', { end: 'failed', reason: 'Model stream ended without a finish reason.' }, 0],
    ['empty', { end: 'failed', reason: expect.stringContaining('empty response') }, 0],
    ['max-turns', { end: 'limited', limit: 'iterations' }, 53],
    ['terminated', { end: 'cut', reason: 'It ended with exit code 0 and no last word.' }, 0],
  ])('ends as it was, whatever the exit code says: %s', (name, expected, exitCode) => {
    expect(
      readRecorded(geminiCli, name, { exitCode, stderr: 'Warning: no colours\nYOLO mode is enabled.\n' }).end,
    ).toMatchObject(expected);
  });

  it('says what it wrote last to a terminal where it has no last word', () => {
    const stderr = 'Warning: no colours\nError: Cannot find module\n';
    expect(geminiCli.createReader().end({ exitCode: 1, stderr })).toEqual({
      end: 'cut',
      reason: 'Error: Cannot find module',
    });
  });

  it('takes the status from the exit code where the words have none', () => {
    const reader = geminiCli.createReader();
    reader.read(JSON.stringify({ type: 'result', status: 'error', error: { type: 'unknown', message: 'overloaded' } }));
    expect(reader.end({ exitCode: 529 % 256, stderr: '' })).toEqual({
      end: 'failed',
      reason: 'overloaded',
      status: 529,
    });
  });

  it('may be anything', () => {
    expectUnbreakable(geminiCli, ['init', 'message', 'tool_use', 'tool_result', 'error', 'result']);
  });
});

describe('how Gemini CLI is started', () => {
  const settingsOf = (overrides = {}) => {
    const { files } = geminiCli.start(aRun({ model: 'gemini-3.8-flash', ...overrides }), aPlace);
    return JSON.parse(files.find(({ path }) => path.endsWith('settings.json'))?.text ?? '');
  };

  it('limits, effort and the longest answer are said in its settings', () => {
    expect(settingsOf({ maxCalls: 7, effort: 'max', maxTokens: 4000 })).toMatchObject({
      model: { maxSessionTurns: 7 },
      modelConfigs: {
        customOverrides: [
          {
            match: { model: 'gemini-3.8-flash' },
            modelConfig: {
              generateContentConfig: { maxOutputTokens: 4000, thinkingConfig: { thinkingLevel: 'HIGH' } },
            },
          },
        ],
      },
    });
  });

  it('the folder is not trusted, nothing phones home, no hook runs, and Courier’s tools are the only server', () => {
    const { args, env, files } = geminiCli.start(aRun(), aPlace);
    expect(args).toContain('--skip-trust');
    expect(Object.keys(env)).not.toContain('GEMINI_CLI_TRUST_WORKSPACE');
    expect(settingsOf()).toMatchObject({
      hooksConfig: { enabled: false },
      mcp: { allowed: ['courier'] },
      privacy: { usageStatisticsEnabled: false },
      mcpServers: { courier: { httpUrl: aPlace.toolsUrl, headers: { Authorization: 'Bearer token-of-session' } } },
    });
    expect(files.every(({ path }) => path.startsWith(`${aPlace.home}/`))).toBe(true);
  });
});
