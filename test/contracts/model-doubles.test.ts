import { afterEach, describe, expect, it } from 'vitest';
import { createUsageReader } from '../../src/sandboxes/gateway-usage.ts';
import type { Dialect, ModelScript } from '../fakes/model/script.ts';
import { refusingUrl, startModel } from '../fakes/model/start-model.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** What a client of the vendor sends: a question, what the model called, and what came of it. */
const bodies = {
  'openai-responses': (results: number) => ({
    model: 'gpt-6.1-sol',
    stream: true,
    instructions: 'Be good.',
    input: [
      { role: 'user', content: [{ type: 'input_text', text: 'x'.repeat(9000) }] },
      ...Array.from({ length: results }, (_, at) => [
        { type: 'function_call', call_id: `c${at}`, name: 'look', arguments: '{}' },
        { type: 'function_call_output', call_id: `c${at}`, output: `saw ${at}` },
      ]).flat(),
    ],
    tools: [
      { type: 'function', name: 'look', parameters: { type: 'object' } },
      { type: 'namespace', name: 'mcp__courier', tools: [{ type: 'function', name: 'finish' }] },
    ],
  }),
  'openai-chat': (results: number) => ({
    model: 'm',
    stream: true,
    stream_options: { include_usage: true },
    messages: [
      { role: 'system', content: 'Be good.' },
      { role: 'user', content: 'x'.repeat(9000) },
      ...Array.from({ length: results }, (_, at) => [
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: `c${at}`, type: 'function', function: { name: 'look', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: `c${at}`, content: `saw ${at}` },
      ]).flat(),
    ],
    tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }],
  }),
  gemini: (results: number) => ({
    systemInstruction: { parts: [{ text: 'Be good.' }] },
    contents: [
      { role: 'user', parts: [{ text: 'x'.repeat(9000) }] },
      ...Array.from({ length: results }, (_, at) => [
        { role: 'model', parts: [{ functionCall: { name: 'look', args: {} } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'look', response: { output: `saw ${at}` } } }] },
      ]).flat(),
    ],
    tools: [{ functionDeclarations: [{ name: 'look' }] }],
  }),
} as const;

const addresses = {
  'openai-responses': '/responses',
  'openai-chat': '/chat/completions',
  gemini: '/v1beta/models/m:streamGenerateContent?alt=sse',
} as const;

async function aModel(dialect: Dialect, script: ModelScript) {
  const model = await startModel({ dialect, script });
  closing.push(model.close);
  const call = (body: object, key = model.key) =>
    fetch(model.url + addresses[dialect], {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'x-goog-api-key': key },
      body: JSON.stringify(body),
    });
  return { model, call };
}

describe.each(['openai-responses', 'openai-chat', 'gemini'] as const)('the double of %s', (dialect) => {
  const body = bodies[dialect];

  it('says what its script has it say, and tells its usage as the gateway reads it', async () => {
    const look = { thinking: 'Hm.', text: 'I look.', toolUses: [{ name: 'look', input: { path: 'a.ts' } }] };
    const { model, call } = await aModel(dialect, [look, { text: 'Done.' }]);
    const streams = [await (await call(body(0))).text(), await (await call(body(1))).text()];
    expect(streams[0]).toContain('"name":"look"');
    for (const [index, text] of streams.entries()) {
      const reader = createUsageReader({ protocol: dialect, stream: true });
      reader.add(Buffer.from(text));
      const { input, cached, output, reasoning } = model.usages[index] ?? expect.fail('no usage');
      expect(reader.total(0)).toEqual({
        usage: { inputTokens: input - cached, outputTokens: output, cacheReadTokens: cached, cacheWriteTokens: 0 },
        reasoningTokens: reasoning,
        estimated: false,
      });
      expect(reader.isWhole()).toBe(true);
    }
    expect(model.usages.map(({ cached }) => cached > 2000)).toEqual([false, true]);
    expect(model.requests[0]?.texts[0]).toBe('Be good.');
    expect(model.requests[0]?.tools).toContain('look');
    expect(model.requests[1]?.results).toEqual([{ name: 'look', output: expect.stringContaining('saw 0') }]);
    expect(model.refused).toEqual([]);
  });

  it('fails as it is told to: with a status, in the middle, or in silence', async () => {
    const { model, call } = await aModel(dialect, [
      { error: { status: 429, type: 'rate_limit', message: 'slow down', headers: { 'retry-after': '7' } } },
      { text: 'one two three', breakAfterEvents: 2 },
      { text: 'one two three', breakAfterEvents: 2, breakBy: 'error' },
      { text: 'one two three', breakAfterEvents: 2, breakBy: 'end' },
      { text: 'one two three', stallAfterEvents: 2 },
    ]);
    const limited = await call(body(0));
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await limited.json()).toMatchObject({ error: { message: 'slow down' } });
    await expect((await call(body(0))).text()).rejects.toThrow('terminated');
    expect(await (await call(body(0))).text()).toMatch(/overloaded/i);
    const cut = createUsageReader({ protocol: dialect, stream: true });
    cut.add(new Uint8Array(await (await call(body(0))).arrayBuffer()));
    expect([cut.isWhole(), cut.total(0).estimated]).toEqual([false, true]);
    const silent = await call(body(0));
    expect(model.open()).toBe(1);
    await silent.body?.cancel();
    await expect.poll(model.open).toBe(0);
  });

  it('refuses what the API refuses: another key, a result of nothing, a call without a result', async () => {
    const { model, call } = await aModel(dialect, []);
    expect((await call(body(0), 'another')).status).toBe(401);
    const [one, other] = [JSON.stringify(body(1)), JSON.stringify(body(0))];
    const calls =
      /\{"type":"function_call",.*?"arguments":"\{\}"\},|\{"role":"assistant",.*?\}\]\},|\{"role":"model",.*?\}\]\},/;
    const results =
      /,\{"type":"function_call_output".*?\}|,\{"role":"tool".*?\}|,\{"role":"user","parts":\[\{"functionResponse".*?\}\}\}\]\}/;
    for (const broken of [one.replace(calls, ''), one.replace(results, '')]) {
      expect([one, other]).not.toContain(broken);
      expect((await call(JSON.parse(broken))).status).toBe(400);
    }
    expect(model.refused.map(({ status }) => status)).toEqual([401, 400, 400]);
    expect((await call(body(1))).status).toBe(400);
    expect(model.refused.at(-1)?.message).toBe('The script has no turn 1.');
  });
});

it('is there no longer at an address that refuses connections', async () => {
  await expect(fetch(await refusingUrl())).rejects.toThrow('fetch failed');
});
