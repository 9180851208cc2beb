import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveCall } from '../../src/sandboxes/gateway.ts';
import { createUsageReader } from '../../src/sandboxes/gateway-usage.ts';

const read = (text: string, { stream = false, complete = true, piece = 7 } = {}) => {
  const reader = createUsageReader({ stream });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += piece) reader.add(bytes.subarray(at, at + piece));
  return reader.total({ complete, sent: 400 });
};
const events = (...items: object[]) => items.map((item) => `data: ${JSON.stringify(item)}\n\n`).join('');

describe('the usage that an API tells', () => {
  const start = {
    type: 'message_start',
    message: { usage: { input_tokens: 10, cache_read_input_tokens: 5, output_tokens: 1 } },
  };
  const delta = { type: 'content_block_delta', delta: { text: 'ü "usage": {"output_tokens": 9999}' } };
  it.each([
    [
      'Anthropic',
      JSON.stringify({ usage: { input_tokens: 3, cache_creation_input_tokens: 4, output_tokens: 2 } }),
      false,
      7,
      2,
    ],
    [
      'Anthropic, as events',
      events(start, delta, { type: 'message_delta', usage: { output_tokens: 20 } }),
      true,
      15,
      20,
    ],
    ['OpenAI', JSON.stringify({ usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } }), false, 3, 2],
    [
      'OpenAI, as events',
      `${events({ usage: null }, { usage: { prompt_tokens: 3, completion_tokens: 2 } })}data: [DONE]\n\n`,
      true,
      3,
      2,
    ],
    [
      'OpenAI, responses',
      events({ type: 'response.completed', response: { usage: { input_tokens: 8, output_tokens: 9 } } }),
      true,
      8,
      9,
    ],
    [
      'Google',
      JSON.stringify([{ usageMetadata: { promptTokenCount: 4, candidatesTokenCount: 5, thoughtsTokenCount: 6 } }]),
      false,
      4,
      11,
    ],
  ] as const)('%s', (_, text, stream, input, output) => {
    expect(read(text, { stream })).toEqual({ input, output, estimated: false });
    expect(read(text, { stream, piece: 1 })).toEqual({ input, output, estimated: false });
  });

  it('is guessed where none is told, or the answer was cut, and never too small', () => {
    expect(read('x'.repeat(41))).toEqual({ input: 100, output: 11, estimated: true });
    expect(read(events(start, delta, delta, delta), { stream: true, complete: false })).toEqual({
      input: 15,
      output: 4,
      estimated: true,
    });
    expect(read(JSON.stringify({ usage: { input_tokens: -5, output_tokens: 'many' } }))).toMatchObject({
      input: 0,
      output: 0,
    });
  });
});

it('sends every call to the upstream, on an allowed path, or nowhere', () => {
  const spec = { upstream: 'https://api.example/base', paths: ['/v1/messages'] };
  const part = fc.constantFrom(
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
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const target = resolveCall(spec, { method: 'POST', url: `/v1/messages${parts.join('')}` });
      if (!target) return;
      expect(target.origin).toBe('https://api.example');
      expect(target.pathname).toMatch(/^\/base\/v1\/messages(\/|$)/);
    }),
    { numRuns: 2000 },
  );
  expect(resolveCall(spec, { method: 'PUT', url: '/v1/messages' })).toBeUndefined();
});
