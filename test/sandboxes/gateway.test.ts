import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GatewayProtocol, keyHeader, presentedKeys } from '../../src/sandboxes/gateway.ts';
import { resolveCall, understandBody } from '../../src/sandboxes/gateway-calls.ts';
import { judgeAnswer, waitBefore } from '../../src/sandboxes/gateway-retries.ts';
import { createEventSplitter, failsAtOnce } from '../../src/sandboxes/gateway-stream.ts';
import { createUsageReader } from '../../src/sandboxes/gateway-usage.ts';

type Reading = { protocol?: GatewayProtocol; stream?: boolean; piece?: number };
const read = (text: string, { protocol = 'anthropic-messages', stream = false, piece = 7 }: Reading = {}) => {
  const reader = createUsageReader({ protocol, stream });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += piece) reader.add(bytes.subarray(at, at + piece));
  return { ...reader.total(400), whole: reader.isWhole() };
};
const events = (...items: object[]) => items.map((item) => `data: ${JSON.stringify(item)}\n\n`).join('');
const used = (input: number, output: number, { read = 0, write = 0, reasoning = 0 } = {}) => ({
  usage: { inputTokens: input, outputTokens: output, cacheReadTokens: read, cacheWriteTokens: write },
  reasoningTokens: reasoning,
  estimated: false,
  whole: true,
});

describe('the usage that an API tells', () => {
  const start = {
    type: 'message_start',
    message: { usage: { input_tokens: 10, cache_read_input_tokens: 5, output_tokens: 1 } },
  };
  const delta = { type: 'content_block_delta', delta: { text: 'ü "usage": {"output_tokens": 9999}' } };
  const chat = {
    prompt_tokens: 30,
    completion_tokens: 9,
    prompt_tokens_details: { cached_tokens: 20 },
    completion_tokens_details: { reasoning_tokens: 4 },
  };
  const responses = {
    input_tokens: 80,
    input_tokens_details: { cached_tokens: 60, cache_write_tokens: 10 },
    output_tokens: 9,
    output_tokens_details: { reasoning_tokens: 7 },
  };
  const gemini = {
    promptTokenCount: 40,
    cachedContentTokenCount: 30,
    toolUsePromptTokenCount: 2,
    candidatesTokenCount: 5,
    thoughtsTokenCount: 6,
  };
  it.each([
    [
      'Anthropic',
      'anthropic-messages',
      JSON.stringify({ usage: { input_tokens: 3, cache_creation_input_tokens: 4, output_tokens: 2 } }),
      false,
      used(3, 2, { write: 4 }),
    ],
    [
      'Anthropic, as events',
      'anthropic-messages',
      events(start, delta, { type: 'message_delta', usage: { output_tokens: 20 } }, { type: 'message_stop' }),
      true,
      used(10, 20, { read: 5 }),
    ],
    [
      'Anthropic, with a summary of the service',
      'anthropic-messages',
      JSON.stringify({
        usage: {
          input_tokens: 3,
          output_tokens: 2,
          output_tokens_details: { thinking_tokens: 1 },
          iterations: [
            { type: 'compaction', input_tokens: 100, output_tokens: 50 },
            { type: 'message', input_tokens: 3, output_tokens: 2 },
          ],
        },
      }),
      false,
      used(103, 52, { reasoning: 1 }),
    ],
    [
      'chat completions',
      'openai-chat',
      JSON.stringify({ usage: chat }),
      false,
      used(10, 9, { read: 20, reasoning: 4 }),
    ],
    [
      'chat completions, as events',
      'openai-chat',
      `${events({ choices: [], usage: null }, { choices: [], usage: chat })}data: [DONE]\n\n`,
      true,
      used(10, 9, { read: 20, reasoning: 4 }),
    ],
    [
      'responses',
      'openai-responses',
      JSON.stringify({ object: 'response', usage: responses }),
      false,
      used(10, 9, { read: 60, write: 10, reasoning: 7 }),
    ],
    [
      'responses, as events',
      'openai-responses',
      events(
        { type: 'response.created', response: { usage: null } },
        { type: 'response.completed', response: { usage: responses } },
      ),
      true,
      used(10, 9, { read: 60, write: 10, reasoning: 7 }),
    ],
    [
      'Gemini, as an array',
      'gemini',
      JSON.stringify([{ usageMetadata: { promptTokenCount: 4 } }, { usageMetadata: gemini }]),
      false,
      used(12, 11, { read: 30, reasoning: 6 }),
    ],
    [
      'Gemini, as events',
      'gemini',
      events(
        { candidates: [{ content: {} }], usageMetadata: { promptTokenCount: 42 } },
        { candidates: [{ finishReason: 'STOP' }], usageMetadata: gemini },
      ),
      true,
      used(12, 11, { read: 30, reasoning: 6 }),
    ],
  ] as const)('%s', (_, protocol, text, stream, expected) => {
    expect(read(text, { protocol, stream })).toEqual(expected);
    expect(read(text, { protocol, stream, piece: 1 })).toEqual(expected);
  });

  it('is guessed where none is told, or the answer was cut, and never too small', () => {
    expect(read('x'.repeat(41))).toMatchObject({
      usage: { inputTokens: 100, outputTokens: 11 },
      estimated: true,
    });
    const cut = read(events(start, delta, delta, delta), { stream: true });
    expect(cut).toMatchObject({
      usage: { inputTokens: 10, outputTokens: 4, cacheReadTokens: 5 },
      estimated: true,
      whole: false,
    });
    const long = { type: 'content_block_delta', delta: { text: 'word '.repeat(800) } };
    expect(read(events(start, long), { stream: true }).usage.outputTokens).toBeGreaterThan(900);
    expect(read(JSON.stringify({ usage: { input_tokens: -5, output_tokens: 'many' } })).usage).toMatchObject({
      inputTokens: 0,
      outputTokens: 0,
    });
  });

  it('is read of anything without a word of complaint', () => {
    const protocols = fc.constantFrom('anthropic-messages', 'openai-responses', 'openai-chat', 'gemini');
    fc.assert(
      fc.property(protocols, fc.boolean(), fc.json(), (protocol, stream, json) => {
        for (const text of [
          json,
          `data: ${json}\n\n`,
          `data: [{"usage":${json},"usageMetadata":${json},"message":${json}}]\n\n`,
        ]) {
          const { usage } = read(text, { protocol, stream });
          for (const count of Object.values(usage)) expect(count).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});

describe('a call', () => {
  it('goes to the upstream, as one that programs need, or nowhere', () => {
    const spec = { vendor: 'anthropic', upstream: 'https://api.example/base' } as const;
    const part = fc.constantFrom(
      ...[
        '/',
        '..',
        '%2e',
        '%2E.',
        '%2f',
        '\\',
        '@',
        'evil.example',
        'v1',
        '/v1/messages',
        ':80',
        '?',
        '#',
        '//',
        ' ',
        'x',
      ],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const call = resolveCall(spec, { method: 'POST', url: `/v1/messages${parts.join('')}` });
        if (!call) return;
        const target = 'target' in call ? call.target : expect.fail('a greeting');
        expect(target.origin).toBe('https://api.example');
        expect(target.pathname).toMatch(/^\/base\/v1\/messages(\/count_tokens)?$/);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['anthropic', 'POST', '/v1/messages?beta=true', 'model', 'https://api.example/v1/messages?beta=true'],
    ['anthropic', 'POST', '/v1/messages/count_tokens', 'free', 'https://api.example/v1/messages/count_tokens'],
    ['anthropic', 'GET', '/v1/models/claude-opus-5-5', 'free', 'https://api.example/v1/models/claude-opus-5-5'],
    ['anthropic', 'HEAD', '/api/hello', 'hello', undefined],
    ['anthropic', 'DELETE', '/v1/messages', undefined, undefined],
    ['anthropic', 'GET', '/v1/messages', undefined, undefined],
    ['anthropic', 'POST', '/v1/files', undefined, undefined],
    ['anthropic', 'POST', '/v1/messages/batches', undefined, undefined],
    ['anthropic', 'POST', '/v1/responses', undefined, undefined],
    ['openai', 'POST', '/v1/responses', 'model', 'https://api.example/responses'],
    ['openai', 'POST', '/v1/chat/completions', 'model', 'https://api.example/chat/completions'],
    ['openai', 'GET', '/v1/models', 'free', 'https://api.example/models'],
    ['openai', 'GET', '/v1/files', undefined, undefined],
    ['openai', 'GET', '/v1/responses/resp_1', undefined, undefined],
    [
      'google',
      'POST',
      '/v1beta/models/gemini-3.8-flash:generateContent?key=x',
      'model',
      'https://api.example/v1beta/models/gemini-3.8-flash:generateContent',
    ],
    [
      'google',
      'POST',
      '/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse',
      'model',
      'https://api.example/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse',
    ],
    [
      'google',
      'POST',
      '/v1beta/models/gemini-3.8-flash:countTokens',
      'free',
      'https://api.example/v1beta/models/gemini-3.8-flash:countTokens',
    ],
    ['google', 'POST', '/v1beta/models/gemini-3.8-flash:batchGenerateContent', undefined, undefined],
    ['google', 'POST', '/v1beta/cachedContents', undefined, undefined],
  ] as const)('of %s: %s %s is %s', (vendor, method, url, kind, target) => {
    const call = resolveCall({ vendor, upstream: 'https://api.example/' }, { method, url });
    expect(call?.kind).toBe(kind);
    expect(call && 'target' in call ? call.target.href : undefined).toBe(target);
  });

  it.each([
    ['anthropic', '/v1/messages', { max_tokens: 9 }, { max_tokens: 5 }],
    [
      'anthropic',
      '/v1/messages',
      { max_tokens: 9000, thinking: { type: 'enabled', budget_tokens: 8000 } },
      { max_tokens: 5, thinking: { type: 'enabled', budget_tokens: 1024 } },
    ],
    ['openai', '/v1/responses', {}, { max_output_tokens: 5 }],
    ['openai', '/v1/chat/completions', { max_tokens: 9 }, { max_tokens: 5 }],
    ['openai', '/v1/chat/completions', {}, { max_completion_tokens: 5 }],
    [
      'openai',
      '/v1/chat/completions',
      { max_tokens: 1, max_completion_tokens: 100_000 },
      { max_tokens: undefined, max_completion_tokens: 5 },
    ],
    [
      'google',
      '/v1beta/models/m:generateContent',
      { generationConfig: { temperature: 1 } },
      { generationConfig: { temperature: 1, maxOutputTokens: 5 } },
    ],
  ] as const)(
    'of %s at %s is limited in its own words, and else sent as it was understood',
    (vendor, url, sent, limited) => {
      const call = resolveCall({ vendor, upstream: 'https://api.example' }, { method: 'POST', url });
      if (call?.kind !== 'model') return expect.fail('no call of a model');
      const bytes = Buffer.from(` ${JSON.stringify({ model: 'm', other: [1.0], ...sent })}`);
      const body = understandBody(call, bytes) ?? expect.fail('not understood');
      expect(body.model).toBe('m');
      expect(JSON.parse(Buffer.from(body.send(undefined)).toString())).toEqual({ model: 'm', other: [1], ...sent });
      expect(JSON.parse(Buffer.from(body.send(5)).toString())).toEqual({ model: 'm', other: [1], ...sent, ...limited });
    },
  );

  it('asks for the usage of a chat, where its stream would not tell it', () => {
    const call = { kind: 'model', protocol: 'openai-chat', target: new URL('http://x') } as const;
    const sent = (body: object) => {
      const bytes = Buffer.from(JSON.stringify(body));
      return JSON.parse(Buffer.from(understandBody(call, bytes)?.send(undefined) ?? '').toString());
    };
    expect(sent({ stream: true })).toEqual({ stream: true, stream_options: { include_usage: true } });
    expect(sent({ stream: true, stream_options: { include_usage: false, other: 1 } })).toMatchObject({
      stream_options: { include_usage: true, other: 1 },
    });
    expect(sent({ stream: false })).toEqual({ stream: false });
  });

  it('is sent as it was read: of two fields of one name the other one is gone', () => {
    const call = { kind: 'model', protocol: 'openai-chat', target: new URL('http://x') } as const;
    const twice = Buffer.from('{"model":"m","max_tokens":100000,"plugins":[{"id":"web"}],"plugins":[],"max_tokens":1}');
    const body = understandBody(call, twice) ?? expect.fail('not understood');
    expect(body).toMatchObject({ maxTokens: 1, reach: undefined });
    expect(Buffer.from(body.send(undefined)).toString()).toBe('{"model":"m","max_tokens":1,"plugins":[]}');
  });

  it('of what is no JSON object is none', () => {
    const call = { kind: 'model', protocol: 'gemini', target: new URL('http://x') } as const;
    for (const text of ['', 'x', '[1]', '"x"', 'null', '{'])
      expect(understandBody(call, Buffer.from(text))).toBeUndefined();
    expect(understandBody(call, Buffer.from([0x7b, 0xff, 0x7d]))).toBeUndefined();
  });

  it('carries the key in the header that its address takes', () => {
    const key = 'k';
    expect(keyHeader({ vendor: 'anthropic', upstream: 'https://api.anthropic.com', key })).toEqual({
      'x-api-key': 'k',
    });
    for (const upstream of ['https://llm.example/anthropic', 'https://anthropic.com.evil.example'])
      expect(keyHeader({ vendor: 'anthropic', upstream, key })).toEqual({ authorization: 'Bearer k' });
    expect(keyHeader({ vendor: 'google', upstream: 'https://x.example', key })).toEqual({ 'x-goog-api-key': 'k' });
  });

  it('presents its token wherever a client puts a key', () => {
    expect(
      presentedKeys({
        headers: { authorization: 'Bearer a', 'x-api-key': 'b', 'x-goog-api-key': 'c' },
        url: '/x?key=d',
      }),
    ).toEqual(['a', 'b', 'c', 'd']);
    expect(presentedKeys({ headers: { authorization: 'Basic a', 'x-api-key': '' }, url: '//' })).toEqual([]);
  });
});

describe('an answer', () => {
  const judge = (status: number, body: object | string = '', headers: Record<string, string> = {}) =>
    judgeAnswer({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body), now: 1_000_000 });

  it.each([
    [200, '', 'pass', undefined],
    [400, { error: { message: 'messages: at least one' } }, 'pass', undefined],
    [404, { error: { message: 'model: x' } }, 'pass', undefined],
    [413, '', 'pass', undefined],
    [307, '', 'refuse', 'unusable'],
    [401, '', 'refuse', 'key'],
    [403, '', 'refuse', 'key'],
    [400, { error: { message: 'API key not valid. Please pass a valid API key.' } }, 'refuse', 'key'],
    [402, '', 'refuse', 'spend-limit'],
    [400, { error: { message: 'Your credit balance is too low to access the API.' } }, 'refuse', 'spend-limit'],
    [
      429,
      { error: { message: 'x', details: { error_code: 'enforced_spend_limit_reached' } } },
      'refuse',
      'spend-limit',
    ],
    [429, { error: { message: 'x', code: 'insufficient_quota' } }, 'refuse', 'spend-limit'],
    [429, { error: { message: 'slow down' } }, 'retry', 'rate-limit'],
    [529, '', 'retry', 'overloaded'],
    [503, '', 'retry', 'overloaded'],
    [500, '<html>', 'retry', 'server'],
  ] as const)('of %i %j: %s %s', (status, body, verdict, why) => {
    const judged = judge(status, body);
    expect(judged.verdict).toBe(verdict);
    expect('why' in judged ? judged.why : undefined).toBe(why);
  });

  it('is waited for as long as the API asks, within reason, and not where it says that it is no use', () => {
    expect(judge(529, '', { 'retry-after': '3' })).toMatchObject({ retryAfterMs: 3000 });
    expect(judge(529, '', { 'retry-after-ms': '20' })).toMatchObject({ retryAfterMs: 20 });
    expect(judge(529, '', { 'retry-after': new Date(1_005_000).toUTCString() })).toMatchObject({ retryAfterMs: 5000 });
    expect(judge(529, '', { 'x-should-retry': 'false' }).verdict).toBe('refuse');
    const patience = { tries: 5, firstWaitMs: 1000, longestWaitMs: 60_000 };
    expect(waitBefore(1, { retryAfterMs: 3_600_000, random: 0 }, patience)).toBe(60_000);
    expect(waitBefore(3, { retryAfterMs: undefined, random: 0 }, patience)).toBe(2000);
    expect(waitBefore(9, { retryAfterMs: undefined, random: 0.99 }, patience)).toBeLessThanOrEqual(60_000);
  });

  it('is passed on by whole events, so that another end can be put to it', () => {
    const text = 'event: a\ndata: 1\n\ndata: ü\r\n\r\ndata: half';
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: Buffer.byteLength(text) })), (cuts) => {
        const splitter = createEventSplitter();
        const places = [0, ...cuts.sort((one, other) => one - other), Buffer.byteLength(text)];
        const pieces = places
          .slice(1)
          .map((end, index) => splitter.add(Buffer.from(text).subarray(places[index], end)));
        for (const piece of pieces) expect(piece.toString()).toMatch(/^$|\n\n$|\r\n\r\n$/);
        expect(Buffer.concat(pieces).toString()).toBe('event: a\ndata: 1\n\ndata: ü\r\n\r\n');
        expect(splitter.rest().toString()).toBe('data: half');
      }),
    );
  });

  it('that begins with an error is tried again where that may help', () => {
    const event = (type: string) =>
      Buffer.from(`event: error\ndata: ${JSON.stringify({ type: 'error', error: { type, message: 'm' } })}\n\n`);
    expect(failsAtOnce(event('overloaded_error'))).toEqual({
      why: 'overloaded',
      detail: expect.stringContaining('overloaded_error m'),
    });
    expect(failsAtOnce(event('invalid_request_error'))).toBeUndefined();
    expect(failsAtOnce(Buffer.from('event: message_start\ndata: {"error":{"type":"api_error"}}\n\n'))).toBeUndefined();
  });
});
