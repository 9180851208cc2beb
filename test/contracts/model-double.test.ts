import Anthropic, { APIError, AuthenticationError, NotFoundError, RateLimitError } from '@anthropic-ai/sdk';
import type { MessageStreamParams } from '@anthropic-ai/sdk/resources/messages/messages';
import { afterEach, describe, expect, it } from 'vitest';
import type { Script } from '../fakes/anthropic/script.ts';
import { type AnthropicDouble, startAnthropic } from '../fakes/anthropic/start-anthropic.ts';

// The scripted Messages API, judged by the real client: it must behave as the API does, or the tests on it prove nothing.

let api: AnthropicDouble | undefined;
afterEach(() => api?.close());

async function clientOf(script: Script, options: { key?: string } = {}): Promise<Anthropic> {
  api = await startAnthropic({ script });
  return new Anthropic({ apiKey: options.key ?? api.key, baseURL: api.url, maxRetries: 0, logLevel: 'off' });
}

const tool = { name: 'bash', input_schema: { type: 'object' as const } };
const ask = (more: Partial<MessageStreamParams> = {}): MessageStreamParams => ({
  model: 'claude-opus-5-5',
  max_tokens: 1000,
  tools: [tool],
  thinking: { type: 'adaptive', display: 'summarized' },
  messages: [{ role: 'user', content: 'Hello' }],
  ...more,
});

describe('a scripted reply', () => {
  it('is put together by the client as it was scripted', async () => {
    const client = await clientOf([
      {
        thinking: 'Ünï 🧵 thought',
        text: 'Hello — 世界',
        toolUses: [{ name: 'bash', input: { command: 'echo "ä\\n" 🧵' } }],
      },
    ]);
    const message = await client.messages.stream(ask()).finalMessage();
    expect(message).toMatchObject({
      stop_reason: 'tool_use',
      content: [
        { type: 'thinking', thinking: 'Ünï 🧵 thought', signature: expect.stringMatching(/.{20}/) },
        { type: 'text', text: 'Hello — 世界' },
        { type: 'tool_use', name: 'bash', id: 'toolu_1', input: { command: 'echo "ä\\n" 🧵' } },
      ],
    });
    expect(message.usage.output_tokens).toBeGreaterThan(10);
  });

  it('shows thinking only where summaries were asked for, and signs it either way', async () => {
    const client = await clientOf([{ thinking: 'Secret', text: 'Hi' }]);
    const message = await client.messages.stream(ask({ thinking: { type: 'adaptive' } })).finalMessage();
    expect(message.content[0]).toMatchObject({ thinking: '', signature: expect.stringMatching(/.{20}/) });
  });

  it('can be refused, cut off, paused or broken', async () => {
    const client = await clientOf([
      { stopReason: 'refusal', stopDetails: { category: 'cyber', explanation: null } },
      { toolUses: [{ name: 'bash', input: { command: 'a long command' } }], stopReason: 'max_tokens' },
      { text: 'Hi', breakAfterEvents: 3 },
      { text: 'Hi', breakAfterEvents: 3, breakBy: 'end' },
      { text: 'Hi', breakAfterEvents: 3, breakBy: 'error' },
    ]);
    const next = () => client.messages.stream(ask()).finalMessage();
    expect(await next()).toMatchObject({ stop_reason: 'refusal', stop_details: { category: 'cyber' } });
    const cut = await next();
    expect(cut.stop_reason).toBe('max_tokens');
    expect(JSON.stringify(cut.content)).not.toContain('a long command');
    await expect(next()).rejects.toThrow('terminated');
    await expect(next()).rejects.toThrow('without producing a Message');
    await expect(next()).rejects.toMatchObject({ status: undefined, type: 'overloaded_error' });
  });
});

describe('a scripted error', () => {
  it('becomes the error class that the client has for it', async () => {
    const client = await clientOf([
      { error: { status: 429, type: 'rate_limit_error', headers: { 'retry-after': '3' } } },
      { error: { status: 429, type: 'rate_limit_error', details: { error_code: 'enforced_spend_limit_reached' } } },
      { error: { status: 529, type: 'overloaded_error' } },
    ]);
    const next = () =>
      client.messages
        .stream(ask())
        .finalMessage()
        .catch((error) => error);
    const limited = await next();
    expect(limited).toBeInstanceOf(RateLimitError);
    expect(limited.headers.get('retry-after')).toBe('3');
    expect(await next()).toMatchObject({
      name: 'EnforcedSpendLimitReachedError',
      errorCode: 'enforced_spend_limit_reached',
    });
    expect(await next()).toMatchObject({ name: 'OverloadedError', status: 529, requestID: 'req_scripted' });
  });

  it('answers a wrong key with 401 and an unknown model with 404', async () => {
    const stranger = await clientOf([], { key: 'wrong' });
    await expect(stranger.messages.stream(ask()).finalMessage()).rejects.toBeInstanceOf(AuthenticationError);
    await api?.close();
    const client = await clientOf([]);
    await expect(client.messages.stream(ask({ model: 'claude-nope' })).finalMessage()).rejects.toBeInstanceOf(
      NotFoundError,
    );
  });
});

describe('what the API refuses', () => {
  const use = { type: 'tool_use' as const, id: 'toolu_1', name: 'bash', input: {} };
  const result = { type: 'tool_result' as const, tool_use_id: 'toolu_1', content: 'x' };
  const mark = { cache_control: { type: 'ephemeral' as const } };
  const text = { type: 'text' as const, text: 'x' };
  const hello = { role: 'user' as const, content: 'Hello' };

  it.each<[string, object, RegExp]>([
    ['no max_tokens', { max_tokens: undefined }, /max_tokens: Field required/],
    ['an unknown field', { max_token: 5 }, /max_token: Extra inputs are not permitted/],
    [
      'an unknown field of a block',
      { messages: [{ role: 'user', content: [{ ...text, txt: 1 }] }] },
      /Extra inputs are not permitted/,
    ],
    ['a temperature', { temperature: 1 }, /temperature: Extra inputs are not permitted/],
    ['empty text', { messages: [{ role: 'user', content: [{ type: 'text', text: '' }] }] }, /non-empty/],
    ['an assistant that begins', { messages: [{ role: 'assistant', content: 'Hi' }, hello] }, /first message/],
    ['a prefill', { messages: [hello, { role: 'assistant', content: 'Hi, I' }] }, /prefill/],
    [
      'a tool result that nobody asked for',
      { messages: [{ role: 'user', content: [result] }] },
      /unexpected `tool_use_id`/,
    ],
    [
      'a tool use without a result',
      { messages: [hello, { role: 'assistant', content: [use] }, hello] },
      /without `tool_result`/,
    ],
    [
      'text before the results',
      { messages: [hello, { role: 'assistant', content: [use] }, { role: 'user', content: [text, result] }] },
      /come first/,
    ],
    ['five cache marks', { system: Array.from({ length: 5 }, () => ({ ...text, ...mark })) }, /maximum of 4 blocks/],
    [
      'a thinking budget on a new model',
      { thinking: { type: 'enabled', budget_tokens: 2000 } },
      /not supported for this model/,
    ],
    ['no thinking on a model that always thinks', { thinking: { type: 'disabled' } }, /not supported for this model/],
    ['adaptive thinking on an old model', { model: 'claude-haiku-4-5' }, /adaptive thinking is not supported/],
    [
      'an effort that a model lacks',
      { model: 'claude-haiku-4-5', thinking: undefined, output_config: { effort: 'high' } },
      /effort/,
    ],
    ['a forced tool', { tool_choice: { type: 'any' } }, /tool_choice/],
  ])('%s', async (_what, more, message) => {
    const client = await clientOf([{ text: 'Hi' }]);
    const error = await client.messages
      .stream({ ...ask(), ...more })
      .finalMessage()
      .catch((reason) => reason);
    expect(error).toBeInstanceOf(APIError);
    expect(error.status).toBe(400);
    expect(error.apiMessage).toMatch(message);
    expect(api?.requests).toEqual([]);
  });

  it('takes a temperature on an older model under the older API version', async () => {
    const client = await clientOf([{ text: 'Hi' }]);
    const body = { ...ask({ model: 'claude-sonnet-4-6', thinking: { type: 'disabled' } }), temperature: 0.2 };
    const stream = client.messages.stream(body, { headers: { 'anthropic-version': '2023-06-01' } });
    expect((await stream.finalMessage()).stop_reason).toBe('end_turn');
    expect(api?.requests[0]?.raw).toMatchObject({ temperature: 0.2 });
  });

  it('a transcript whose earlier messages were edited, once there is thinking in it', async () => {
    const client = await clientOf([{ thinking: 'Hm', text: 'Hi' }, { text: 'Again' }, { text: 'Again' }]);
    const first = await client.messages.stream(ask()).finalMessage();
    const replay = (opening: string, more: Partial<MessageStreamParams> = {}) =>
      client.messages
        .stream(
          ask({
            messages: [{ role: 'user', content: opening }, { role: 'assistant', content: first.content }, hello],
            ...more,
          }),
        )
        .finalMessage();
    await expect(replay('Hello!')).rejects.toThrow(/bound to a different conversation/);
    await expect(replay('Hello', { system: 'New' })).rejects.toThrow(/bound to a different conversation/);
    // Another model cannot read it: the API leaves it out and says nothing.
    expect((await replay('Hello', { model: 'claude-sonnet-5-5' })).content).toMatchObject([{ text: 'Again' }]);
    expect((await replay('Hello')).content).toMatchObject([{ text: 'Again' }]);
  });
});

describe('the accounting of the cache', () => {
  const long = 'x'.repeat(4000);
  const block = (text: string, marked = false) => ({
    type: 'text' as const,
    text,
    ...(marked ? { cache_control: { type: 'ephemeral' as const } } : {}),
  });
  const usageOf = async (client: Anthropic, more: Partial<MessageStreamParams>) => {
    const { usage } = await client.messages.stream(ask(more)).finalMessage();
    return {
      read: usage.cache_read_input_tokens ?? 0,
      write: usage.cache_creation_input_tokens ?? 0,
      rest: usage.input_tokens,
    };
  };
  const hi = () => ({ text: 'Hi' });

  it('writes at a mark, reads the same prefix again, and charges what comes after at the full rate', async () => {
    const client = await clientOf(hi);
    const first = await usageOf(client, { system: [block(long, true)] });
    expect(first.read).toBe(0);
    expect(first.write).toBeGreaterThanOrEqual(1000);
    expect(first.rest).toBeGreaterThan(0);
    expect(await usageOf(client, { system: [block(long, true)] })).toEqual({
      read: first.write,
      write: 0,
      rest: first.rest,
    });
  });

  it('reads nothing after a changed byte, a changed tool or another model', async () => {
    const client = await clientOf(hi);
    await usageOf(client, { system: [block(long, true)] });
    for (const more of [
      { system: [block(`${long}!`, true)] },
      { system: [block(long, true)], tools: [{ ...tool, description: 'new' }] },
      { system: [block(long, true)], model: 'claude-sonnet-5-5' },
    ]) {
      expect((await usageOf(client, more)).read).toBe(0);
    }
  });

  it('follows an automatic mark as the conversation grows', async () => {
    const client = await clientOf(hi);
    const automatic = { cache_control: { type: 'ephemeral' as const } };
    const first = await usageOf(client, { ...automatic, messages: [{ role: 'user', content: [block(long)] }] });
    const second = await usageOf(client, {
      ...automatic,
      messages: [
        { role: 'user', content: [block(long)] },
        { role: 'assistant', content: [block('Hi')] },
        { role: 'user', content: [block(long)] },
      ],
    });
    expect(first.rest).toBe(0);
    expect(second.read).toBe(first.write);
    expect(second.write).toBeGreaterThan(1000);
  });

  it('does not find an entry more than 20 blocks before a mark', async () => {
    const client = await clientOf(hi);
    const opening = [block(long, true)];
    await usageOf(client, { messages: [{ role: 'user', content: opening }] });
    const grown = (blocks: number) => [
      block(long),
      ...Array.from({ length: blocks }, (_, index) => block(`b${index}`, index === blocks - 1)),
    ];
    expect((await usageOf(client, { messages: [{ role: 'user', content: grown(20) }] })).read).toBe(0);
    expect((await usageOf(client, { messages: [{ role: 'user', content: [...grown(19)] }] })).read).toBeGreaterThan(
      1000,
    );
  });

  it('does not cache less than 512 tokens', async () => {
    const client = await clientOf(hi);
    const short = { system: [block('x'.repeat(400), true)] };
    await usageOf(client, short);
    expect(await usageOf(client, short)).toMatchObject({ read: 0, write: 0 });
  });
});

describe('the compaction of the service', () => {
  const edit = (value = 50_000) => ({
    betas: ['compact-2026-01-12'],
    context_management: {
      edits: [{ type: 'compact_20260112' as const, trigger: { type: 'input_tokens' as const, value } }],
    },
  });
  const long = 'x'.repeat(240_000);
  const beta = (client: Anthropic, more: object) =>
    client.beta.messages
      .stream({
        model: 'claude-opus-5-5',
        max_tokens: 1000,
        messages: [{ role: 'user', content: long }],
        thinking: { type: 'adaptive', display: 'summarized' },
        ...more,
      })
      .finalMessage();

  it('comes first in the reply once the prompt is that long, with what it used apart from the rest', async () => {
    const client = await clientOf(() => ({ thinking: 'Hm', text: 'Hi' }));
    const { content, usage } = await beta(client, edit());
    expect(content).toMatchObject([
      { type: 'compaction', content: 'A summary of what came before.' },
      { type: 'thinking' },
      { type: 'text', text: 'Hi' },
    ]);
    expect(usage.iterations).toMatchObject([
      { type: 'compaction', input_tokens: expect.any(Number) },
      { type: 'message' },
    ]);
    expect(usage.iterations?.[0]?.input_tokens).toBeGreaterThan(50_000);
    expect(usage.input_tokens).toBeLessThan(100);
    const short = await beta(client, edit(100_000));
    expect(short.content[0]?.type).toBe('thinking');
  });

  it('stands for all that came before it, whether that is sent again or not', async () => {
    const client = await clientOf(() => ({ thinking: 'Hm', text: 'Hi' }));
    const { content } = await beta(client, edit());
    const rest = [
      { role: 'assistant', content },
      { role: 'user', content: 'Go on' },
    ];
    for (const messages of [rest, [{ role: 'user', content: long }, ...rest]]) {
      const { usage } = await beta(client, { ...edit(), messages });
      expect(usage.input_tokens).toBeLessThan(200);
      expect(usage.iterations).toBeNull();
    }
  });

  it('that fails says so by a block without content, and changes nothing', async () => {
    const client = await clientOf(() => ({ text: 'Hi', compaction: null }));
    const { content, usage } = await beta(client, edit());
    expect(content[0]).toMatchObject({ type: 'compaction', content: null });
    expect(usage.input_tokens).toBeGreaterThan(50_000);
  });

  it.each([
    ['without its name in a header', { ...edit(), betas: [] }, /context_management: Extra inputs/],
    ['below 50,000 tokens', edit(49_999), /context_management/],
    [
      'on a model that has none',
      { ...edit(), model: 'claude-haiku-4-5', thinking: { type: 'disabled' } },
      /compaction/,
    ],
  ])('is refused %s', async (_what, more, message) => {
    const client = await clientOf([]);
    await expect(beta(client, more)).rejects.toThrow(message);
  });
});

it('refuses a prompt that is longer than the window', async () => {
  api = await startAnthropic({ script: [], windowTokens: 1000 });
  const client = new Anthropic({ apiKey: api.key, baseURL: api.url, maxRetries: 0, logLevel: 'off' });
  const error = await client.messages
    .stream(ask({ messages: [{ role: 'user', content: 'x'.repeat(8000) }] }))
    .finalMessage()
    .catch((reason) => reason);
  expect([error.status, error.apiMessage]).toEqual([
    400,
    expect.stringMatching(/^prompt is too long: \d+ tokens > 1000 maximum$/),
  ]);
});
