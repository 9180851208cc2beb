import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createAnthropicModel } from '../../src/adapters/anthropic/anthropic-model.ts';
import type { ModelRequest } from '../../src/agents/model.ts';
import type { ModelError } from '../../src/agents/model-error.ts';
import { models } from '../../src/agents/prices.ts';
import { toolSpecsFor } from '../../src/agents/tools.ts';
import type { Script } from '../fakes/anthropic/script.ts';
import { type AnthropicDouble, startAnthropic } from '../fakes/anthropic/start-anthropic.ts';

let api: AnthropicDouble | undefined;
afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  await api?.close();
});

async function modelOf(script: Script, options: { idleMs?: number; now?: number } = {}) {
  api = await startAnthropic({ script });
  return createAnthropicModel(
    { apiKey: api.key, baseUrl: api.url, ...(options.idleMs ? { idleMs: options.idleMs } : {}) },
    { clock: { now: () => options.now ?? 0 } },
  );
}

function aRequest(overrides: Partial<ModelRequest> = {}): ModelRequest {
  return {
    model: 'claude-opus-5-5',
    system: ['The guide.', 'The notes.'],
    tools: toolSpecsFor({}),
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Go.' }] }],
    maxTokens: 16_000,
    effort: 'high',
    ...overrides,
  };
}

const live = () => ({ signal: new AbortController().signal });
const errorOf = (promise: Promise<unknown>): Promise<ModelError> =>
  promise.then(
    () => expect.unreachable(),
    (error) => error,
  );

describe('a request', () => {
  it('streams, with adaptive thinking, effort, and cache marks after both parts of the system prompt and the last message', async () => {
    const model = await modelOf([{ text: 'Hi' }]);
    await model.respond(aRequest(), live());
    const cache_control = { type: 'ephemeral' };
    expect(api?.requests[0]?.body).toMatchObject({
      stream: true,
      model: 'claude-opus-5-5',
      max_tokens: 16_000,
      thinking: { type: 'adaptive', display: 'summarized' },
      output_config: { effort: 'high' },
      system: [
        { text: 'The guide.', cache_control },
        { text: 'The notes.', cache_control },
      ],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Go.', cache_control }] }],
    });
    expect(api?.requests[0]?.body.tools?.map(({ name }) => name)).toEqual(toolSpecsFor({}).map(({ name }) => name));
  });

  it('is taken for every known model, at every effort, with and without a temperature', async () => {
    const model = await modelOf(() => ({ thinking: 'Hm', text: 'Hi' }));
    // The client warns of models that will be retired.
    vi.spyOn(console, 'warn').mockReturnValue();
    for (const id of models) {
      for (const effort of ['low', 'medium', 'high', 'max'] as const) {
        await model.respond(aRequest({ model: id, effort }), live());
        await model.respond(aRequest({ model: id, effort, temperature: 2 }), live());
      }
    }
    expect(api?.refused).toEqual([]);
    expect(api?.requests).toHaveLength(models.length * 8);
  });

  it('carries a temperature only to the models that take one, and says so of the others', async () => {
    const model = await modelOf(() => ({ text: 'Hi' }));
    await model.respond(aRequest({ model: 'claude-sonnet-4-6', temperature: 0.3 }), live());
    await model.respond(aRequest({ temperature: 0.3 }), live());
    expect(api?.requests.map(({ raw }) => raw)).toMatchObject([
      { temperature: 0.3, thinking: { type: 'disabled' } },
      {},
    ]);
    expect(api?.requests[1]?.raw).not.toHaveProperty('temperature');
    expect(model.ignored({ model: 'claude-opus-5-5', temperature: 0.3 })).toEqual([
      'temperature has no effect: claude-opus-5-5 does not take one.',
    ]);
    expect(model.ignored({ model: 'claude-opus-5-5' })).toEqual([]);
    expect(model.ignored({ model: 'claude-opus-4-6', temperature: 1.5 })[0]).toContain('is sent as 1');
  });

  it('asks for compaction where it is told to, by the feature that the service has for it', async () => {
    const model = await modelOf(() => ({ text: 'Hi' }));
    await model.respond(aRequest({ compact: { atTokens: 85_000, instructions: 'Sum up.' } }), live());
    await model.respond(aRequest({ compact: { atTokens: 20_000, instructions: 'Sum up.' } }), live());
    await model.respond(aRequest(), live());
    const [asked, low, plain] = api?.requests ?? [];
    const edit = { type: 'compact_20260112', instructions: 'Sum up.' };
    expect(asked?.headers['anthropic-beta']).toBe('compact-2026-01-12');
    expect(asked?.body.context_management).toEqual({
      edits: [{ ...edit, trigger: { type: 'input_tokens', value: 85_000 } }],
    });
    // The least that the service takes.
    expect(low?.body.context_management?.edits[0].trigger.value).toBe(50_000);
    expect(plain?.headers['anthropic-beta']).toBeUndefined();
    expect(plain?.body).not.toHaveProperty('context_management');
  });

  it('knows what a model holds, and whether its service compacts', async () => {
    const model = await modelOf([]);
    const large = { windowTokens: 1_000_000, compacts: true };
    const small = { windowTokens: 200_000, compacts: false };
    for (const id of models) expect(model.contextOf(id)).toEqual(/-4-5/.test(id) ? small : large);
    expect(model.contextOf('claude-opus-6')).toEqual(large);
    expect(model.contextOf('my-gateway/model')).toEqual(small);
  });

  it('sends a reply back unchanged, signature and all, and marks the last two user messages', async () => {
    const model = await modelOf([
      { thinking: 'Hm', text: 'Look.', toolUses: [{ name: 'bash', input: { command: 'ls' } }] },
      { text: 'Done' },
    ]);
    const request = aRequest();
    const turn = await model.respond(request, live());
    const next = aRequest({
      messages: [
        ...request.messages,
        { role: 'assistant', content: turn.content },
        { role: 'user', content: [{ type: 'tool-result', toolUseId: 'toolu_1', text: 'src', isError: true }] },
      ],
    });
    // As it would be after it was stored and read again.
    await model.respond(JSON.parse(JSON.stringify(next)), live());
    expect(api?.refused).toEqual([]);
    const [first, , last] = api?.requests[1]?.body.messages ?? [];
    expect(first?.content).toMatchObject([{ cache_control: { type: 'ephemeral' } }]);
    expect(last?.content).toEqual([
      {
        type: 'tool_result',
        tool_use_id: 'toolu_1',
        content: 'src',
        is_error: true,
        cache_control: { type: 'ephemeral' },
      },
    ]);
  });
});

describe('a reply', () => {
  it('comes whole, with its pieces on the way', async () => {
    const model = await modelOf([
      { thinking: 'Hm, so', text: 'Look at it.', toolUses: [{ name: 'bash', input: { command: 'ls' } }] },
    ]);
    const pieces = { text: [] as string[], thinking: [] as string[] };
    const turn = await model.respond(aRequest(), {
      ...live(),
      onText: (piece) => pieces.text.push(piece),
      onThinking: (piece) => pieces.thinking.push(piece),
    });
    expect(pieces.text.length).toBeGreaterThan(1);
    expect([pieces.text.join(''), pieces.thinking.join('')]).toEqual(['Look at it.', 'Hm, so']);
    expect(turn.content).toMatchObject([
      { type: 'thinking', text: 'Hm, so' },
      { type: 'text', text: 'Look at it.' },
      { type: 'tool-use', id: 'toolu_1', name: 'bash', input: { command: 'ls' } },
    ]);
    expect(turn.stop).toEqual({ reason: 'tool-use' });
    expect(turn.usage.outputTokens).toBeGreaterThan(0);
  });

  it('with tool input that is no object goes back with an empty one, which the service takes', async () => {
    const model = await modelOf([{ toolUses: [{ name: 'bash', input: 'ls' }] }, { text: 'Hi' }]);
    const request = aRequest();
    const { content } = await model.respond(request, live());
    expect(content).toMatchObject([{ type: 'tool-use', input: 'ls' }]);
    const results = [{ type: 'tool-result' as const, toolUseId: 'toolu_1', text: 'No.', isError: true }];
    const messages = [
      ...request.messages,
      { role: 'assistant' as const, content },
      { role: 'user' as const, content: results },
    ];
    await model.respond(aRequest({ messages }), live());
    expect(api?.refused).toEqual([]);
  });

  it('makes progress with each of its events, but not with pings', async () => {
    const model = await modelOf([
      { toolUses: [{ name: 'bash', input: { command: 'ls' } }], stallAfterEvents: 5, pingEveryMs: 20 },
    ]);
    const stop = new AbortController();
    let progress = 0;
    const responding = errorOf(model.respond(aRequest(), { signal: stop.signal, onProgress: () => progress++ }));
    await expect.poll(() => progress).toBe(4);
    // Some pings.
    await sleep(200);
    stop.abort();
    await responding;
    // message_start, tool (start, 2 pieces); the ping between them is none.
    expect(progress).toBe(4);
  });

  it('that thinks for long is alive as long as there are pings', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const woundUp = () => timers.mock.calls.filter(([, time]) => time === 2000).length;
    const model = await modelOf([{ text: 'Hi', stallAfterEvents: 3, pingEveryMs: 20 }], { idleMs: 2000 });
    const stop = new AbortController();
    const responding = errorOf(model.respond(aRequest(), { signal: stop.signal }));
    for (const _ of [1, 2, 3]) {
      const before = woundUp();
      // Not by `expect.poll`, which lets the time of the fake timers pass.
      while (woundUp() === before) await sleep(5);
      vi.advanceTimersByTime(1999);
    }
    stop.abort();
    expect((await responding).kind).toBe('aborted');
  });

  it.each([
    ['before the headers', { text: 'Hi', delayMs: 60_000 }],
    ['right after them', { text: 'Hi', stallAfterEvents: 0 }],
    ['in the middle', { text: 'Hi', stallAfterEvents: 4 }],
  ])('that falls silent %s is given up as stalled, and its connection closed', async (_where, turn) => {
    const model = await modelOf([turn], { idleMs: 200 });
    const error = await errorOf(model.respond(aRequest(), live()));
    expect([error.kind, error.mayRetry]).toEqual(['stalled', true]);
    await expect.poll(() => api?.open()).toBe(0);
  });
});

describe('an error', () => {
  it('has a kind and says whether waiting may help, and how long', async () => {
    const cases = [
      [{ status: 401, type: 'authentication_error' }, 'authentication', false],
      [{ status: 402, type: 'billing_error' }, 'spend-limit', false],
      [{ status: 403, type: 'permission_error' }, 'permission', false],
      [{ status: 404, type: 'not_found_error' }, 'model-not-found', false],
      [{ status: 413, type: 'request_too_large' }, 'context-exceeded', false],
      [{ status: 400, message: 'prompt is too long: 1000001 tokens > 1000000 maximum' }, 'context-exceeded', false],
      [{ status: 408, type: 'timeout_error' }, 'server', true],
      [{ status: 429, type: 'rate_limit_error' }, 'rate-limit', true],
      [{ status: 429, details: { error_code: 'contract_spend_limit_reached' } }, 'spend-limit', false],
      [{ status: 500, type: 'api_error' }, 'server', true],
      [{ status: 529, type: 'overloaded_error' }, 'overloaded', true],
    ] as const;
    const model = await modelOf(cases.map(([error]) => ({ error })));
    for (const [, kind, mayRetry] of cases) {
      const error = await errorOf(model.respond(aRequest(), live()));
      expect([error.kind, error.mayRetry]).toEqual([kind, mayRetry]);
    }
  });

  it('reads retry-after in milliseconds, in seconds and as a date', async () => {
    const now = Date.UTC(2026, 10, 20, 10, 0, 0);
    const headers = [
      { 'retry-after-ms': '250' },
      { 'retry-after': '2' },
      { 'retry-after': 'Fri, 20 Nov 2026 10:00:30 GMT' },
      { 'retry-after': 'soon' },
    ];
    const model = await modelOf(
      headers.map((entry) => ({ error: { status: 429, headers: entry } })),
      { now },
    );
    const waits: (number | undefined)[] = [];
    for (const _ of headers) waits.push((await errorOf(model.respond(aRequest(), live()))).retryAfterMs);
    expect(waits).toEqual([250, 2000, 30_000, undefined]);
  });

  it('in the middle of a stream tells what was used by then', async () => {
    const model = await modelOf([
      { text: 'Hi', breakAfterEvents: 3 },
      { text: 'Hi', breakAfterEvents: 3, breakBy: 'error' },
    ]);
    const broken = await errorOf(model.respond(aRequest(), live()));
    expect(broken).toMatchObject({ kind: 'broken-stream', mayRetry: true, usage: { outputTokens: 1 } });
    expect(await errorOf(model.respond(aRequest(), live()))).toMatchObject({
      kind: 'overloaded',
      usage: { outputTokens: 1 },
    });
  });

  it('in the middle of a stream counts what had been said, as the service does', async () => {
    const text = 'x'.repeat(4000);
    const model = await modelOf([{ thinking: text, text, breakAfterEvents: 12 }]);
    const { usage } = await errorOf(model.respond(aRequest(), live()));
    expect(usage?.outputTokens).toBeGreaterThan(1500);
    expect(usage?.outputTokens).toBeLessThan(2500);
  });

  it('never shows the key', async () => {
    api = await startAnthropic({ script: [] });
    const model = createAnthropicModel({ apiKey: 'sk-very-secret', baseUrl: api.url }, { clock: { now: () => 0 } });
    const error = await errorOf(model.respond(aRequest(), live()));
    expect(`${error.message}${error.hint}${error.stack}`).not.toContain('very-secret');
  });
});

it('loads the client with the first turn only', () => {
  const script = `
    import { registerHooks } from 'node:module';
    const seen = [];
    registerHooks({ resolve: (specifier, context, next) => (seen.push(specifier), next(specifier, context)) });
    const { createAnthropicModel } = await import('./src/adapters/anthropic/anthropic-model.ts');
    createAnthropicModel({ apiKey: 'x' }, { clock: { now: () => 0 } });
    console.log(seen.length, seen.filter((specifier) => specifier.startsWith('@anthropic-ai')).length);`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const [all, sdk] = output.trim().split(' ').map(Number);
  expect(all).toBeGreaterThan(5);
  expect(sdk).toBe(0);
});
