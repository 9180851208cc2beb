import { describe, expect, it } from 'vitest';
import { openCode } from '../../../src/agents/programs/opencode.ts';
import { expectUnbreakable, readRecorded } from './read-recorded.ts';
import { aPlace, aRun } from './start-of.ts';

describe('what OpenCode tells of its work', () => {
  it('is told as thoughts, messages, commands with their output, calls of the model, and what was used so far', () => {
    const { events, end } = readRecorded(openCode, 'work');
    expect(events.map(({ type }) => type)).toEqual([
      ...['thread', 'thinking', 'message', 'tool-use', 'tool-result', 'tool-use', 'tool-result', 'call', 'used'],
      ...['tool-use', 'tool-result', 'tool-use', 'tool-result', 'call', 'used', 'message', 'call', 'used'],
    ]);
    const used = { id: 'call_1_0', tool: 'bash', input: { command: 'ls; cat a.txt', description: 'x' } };
    expect(events).toContainEqual({ type: 'tool-use', ...used });
    expect(events).toContainEqual({
      type: 'tool-result',
      id: 'call_1_0',
      ok: true,
      output: 'a.txt\none\ntwo\nthree\n',
    });
    expect(events).toContainEqual({ type: 'tool-result', id: 'call_2_0', ok: false, output: '(no output)' });
    expect(events).toContainEqual(expect.objectContaining({ type: 'tool-result', id: 'call_2_1', ok: false }));
    expect(events.at(-1)).toEqual({
      type: 'used',
      usage: { inputTokens: 1800, outputTokens: 150, cacheReadTokens: 1200, cacheWriteTokens: 0 },
      calls: 3,
    });
    expect(end).toEqual({ end: 'done', text: 'All done.' });
  });

  it.each([
    ['failed', { end: 'failed', status: 400, reason: 'scripted' }, 1],
    ['refused', { end: 'refused', reason: "The response was blocked by the provider's content filter" }, 1],
    ['length', { end: 'failed', reason: 'The answer was longer than the model may write at a time.' }, 0],
    ['cut', { end: 'done', text: 'Whole.' }, 0],
    ['asked', { end: 'cut', reason: 'It ended with exit code 0 before it was done.' }, 0],
  ])('ends as it was, whatever the exit code says: %s', (name, expected, exitCode) => {
    expect(readRecorded(openCode, name, { exitCode, stderr: '' }).end).toEqual(expected);
  });

  it('is no end where there is no last step, or it was killed after one', () => {
    const reader = openCode.createReader();
    expect(reader.end({ exitCode: 0, stderr: '' })).toMatchObject({ end: 'cut' });
    expect(readRecorded(openCode, 'work', { exitCode: 143, stderr: 'Terminated\n' }).end).toEqual({
      end: 'cut',
      reason: 'Terminated',
    });
  });

  it('may be anything', () => {
    expectUnbreakable(openCode, ['text', 'reasoning', 'tool_use', 'step_finish', 'step_start', 'error']);
  });
});

describe('how OpenCode is started', () => {
  const configOf = (model: string) =>
    JSON.parse(openCode.start(aRun({ model }), aPlace).env.OPENCODE_CONFIG_CONTENT ?? '');

  it.each([
    ['claude-sonnet-5-5', 'anthropic', '@ai-sdk/anthropic', 'claude-sonnet-5-5', '/v1'],
    ['anthropic/claude-opus-5-5', 'anthropic', '@ai-sdk/anthropic', 'claude-opus-5-5', '/v1'],
    ['google/gemini-3.8-flash', 'google', '@ai-sdk/google', 'gemini-3.8-flash', '/v1beta'],
    ['openai/gpt-6.1-sol', 'openai', '@ai-sdk/openai-compatible', 'gpt-6.1-sol', '/v1'],
    ['moonshotai/kimi-k3', 'openai', '@ai-sdk/openai-compatible', 'moonshotai/kimi-k3', '/v1'],
  ])('a model is spoken to as its vendor is: %s', (model, vendor, npm, id, version) => {
    expect(openCode.vendorOf(model)).toBe(vendor);
    const { provider, model: named, small_model } = configOf(model);
    expect([named, small_model]).toEqual([`courier/${id}`, `courier/${id}`]);
    expect(provider.courier).toMatchObject({ npm, options: { baseURL: `${aPlace.api.url}${version}` } });
    expect(Object.keys(provider.courier.models)).toEqual([id]);
  });

  it('effort is said to models that reason alone', () => {
    const variantOf = (model: string, effort: 'max' | 'low') => {
      const { args } = openCode.start(aRun({ model, effort }), aPlace);
      return args.includes('--variant') ? args[args.indexOf('--variant') + 1] : undefined;
    };
    expect(variantOf('claude-sonnet-5-5', 'max')).toBe('max');
    expect(variantOf('openai/gpt-6.1-sol', 'max')).toBe('high');
    expect(variantOf('gemini-3.8-flash', 'low')).toBe('low');
    expect(variantOf('moonshotai/kimi-k3', 'low')).toBeUndefined();
  });

  it('nothing of the repository configures it, nobody is asked, and nothing but the session token is a secret', () => {
    const { env, files, stdin } = openCode.start(aRun({ model: 'm' }), aPlace);
    expect(env).toMatchObject({ OPENCODE_DISABLE_PROJECT_CONFIG: '1', OPENCODE_PURE: '1' });
    const { permission, mcp, autoupdate, share } = configOf('m');
    expect(Object.values(permission)).not.toContain('ask');
    expect({ autoupdate, share }).toEqual({ autoupdate: false, share: 'disabled' });
    expect(mcp.courier).toMatchObject({ url: aPlace.toolsUrl, headers: { Authorization: 'Bearer token-of-session' } });
    expect(stdin).toBe('The message.');
    expect(files[0]).toEqual({ path: `${aPlace.home}/system.md`, text: 'The system.' });
  });

  it('it begins with what it needs: no list of models, nothing to install, nothing to watch', () => {
    const { env, files } = openCode.start(aRun({ model: 'm' }), aPlace);
    const textOf = (path: string | undefined) => files.find((file) => file.path === path)?.text;
    expect(textOf(env.OPENCODE_MODELS_PATH)).toBe('{}');
    const folder = `${env.XDG_CONFIG_HOME}/opencode`;
    expect(JSON.parse(textOf(`${folder}/package-lock.json`) ?? '')).toEqual({
      packages: { '': { dependencies: { '@opencode-ai/plugin': '*' } } },
    });
    expect(textOf(`${folder}/node_modules/.keep`)).toBe('');
    expect(env).toMatchObject({ OPENCODE_EXPERIMENTAL_DISABLE_FILEWATCHER: '1' });
  });
});
