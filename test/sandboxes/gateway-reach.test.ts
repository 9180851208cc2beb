import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GatewayProtocol } from '../../src/sandboxes/gateway.ts';
import { resolveCall, understandBody, understandFree } from '../../src/sandboxes/gateway-calls.ts';
import { reachOf } from '../../src/sandboxes/gateway-reach.ts';

const anthropic = (content: unknown) => ({ messages: [{ role: 'user', content }] });
const chat = (content: unknown) => ({ messages: [{ role: 'user', content }] });
const responses = (content: unknown) => ({ input: [{ type: 'message', role: 'user', content }] });
const gemini = (...parts: unknown[]) => ({ contents: [{ role: 'user', parts }] });

const schema = { type: 'object', properties: { file_id: { type: 'string' }, source: { type: 'object' }, url: {} } };

describe('what a call would have the API do beside answering', () => {
  it.each<[GatewayProtocol, string, object]>([
    ['anthropic-messages', 'searches', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] }],
    ['anthropic-messages', 'fetches', { tools: [{ name: 'a' }, { type: 'web_fetch_20250910', name: 'web_fetch' }] }],
    ['anthropic-messages', 'runs code', { tools: [{ type: 'code_execution_20250825', name: 'code_execution' }] }],
    ['anthropic-messages', 'has a tool that is none', { tools: { type: 'web_search_20250305' } }],
    [
      'anthropic-messages',
      'calls a server',
      { mcp_servers: [{ type: 'url', url: 'https://evil.example', name: 'x' }] },
    ],
    ['anthropic-messages', 'runs a container', { container: { skills: [] } }],
    ['anthropic-messages', 'costs more', { speed: 'fast' }],
    [
      'anthropic-messages',
      'fetches an image',
      anthropic([{ type: 'image', source: { type: 'url', url: 'https://x' } }]),
    ],
    ['anthropic-messages', 'reads a file', anthropic([{ type: 'document', source: { type: 'file', file_id: 'f' } }])],
    [
      'anthropic-messages',
      'fetches what a result holds',
      anthropic([{ type: 'tool_result', content: [{ type: 'image', source: { type: 'url', url: 'https://x' } }] }]),
    ],
    [
      'anthropic-messages',
      'fetches what a document holds',
      anthropic([
        { type: 'document', source: { type: 'content', content: [{ type: 'image', source: { type: 'url' } }] } },
      ]),
    ],
    ['openai-responses', 'searches', { tools: [{ type: 'web_search' }] }],
    ['openai-responses', 'calls a server', { tools: [{ type: 'mcp', server_url: 'https://evil.example' }] }],
    ['openai-responses', 'runs code', { tools: [{ type: 'code_interpreter', container: { type: 'auto' } }] }],
    ['openai-responses', 'has a tool without a type', { tools: [{ name: 'web_search' }] }],
    [
      'openai-responses',
      'searches with a tool that comes later',
      { input: [{ type: 'additional_tools', tools: [{ type: 'web_search' }] }] },
    ],
    [
      'openai-responses',
      'searches with one of a group',
      { tools: [{ type: 'namespace', tools: [{ type: 'custom' }, { type: 'mcp', server_url: 'https://x' }] }] },
    ],
    ['openai-responses', 'goes on alone', { background: true }],
    ['openai-responses', 'reads what was said before', { previous_response_id: 'resp_1' }],
    ['openai-responses', 'costs more', { service_tier: 'priority' }],
    ['openai-responses', 'fetches an image', responses([{ type: 'input_image', image_url: 'https://x' }])],
    ['openai-responses', 'fetches a file', responses([{ type: 'input_file', file_url: 'https://x' }])],
    ['openai-responses', 'reads a file', responses([{ type: 'input_file', file_id: 'file-1' }])],
    [
      'openai-responses',
      'fetches what a result holds',
      { input: [{ type: 'function_call_output', output: [{ type: 'input_image', image_url: 'https://x' }] }] },
    ],
    ['openai-chat', 'searches', { web_search_options: {} }],
    ['openai-chat', 'searches by a plugin', { plugins: [{ id: 'web' }] }],
    ['openai-chat', 'answers often', { n: 128 }],
    ['openai-chat', 'fetches an image', chat([{ type: 'image_url', image_url: { url: 'https://x' } }])],
    ['openai-chat', 'reads a file', chat([{ type: 'file', file: { file_id: 'file-1' } }])],
    ['gemini', 'searches', { tools: [{ googleSearch: {} }] }],
    ['gemini', 'fetches', { tools: [{ functionDeclarations: [], urlContext: {} }] }],
    ['gemini', 'runs code', { tools: [{ code_execution: {} }] }],
    ['gemini', 'fetches a file', gemini({ fileData: { fileUri: 'https://x' } })],
    ['gemini', 'fetches a file, in its other spelling', gemini({ file_data: { file_uri: 'https://x' } })],
    [
      'gemini',
      'fetches what a result holds',
      gemini({ functionResponse: { parts: [{ fileData: { fileUri: 'x' } }] } }),
    ],
    ['gemini', 'fetches for a count', { generateContentRequest: gemini({ fileData: { fileUri: 'https://x' } }) }],
    ['gemini', 'searches for a count', { generateContentRequest: { tools: [{ googleSearch: {} }] } }],
    ['gemini', 'reads a cache', { cachedContent: 'cachedContents/1' }],
    ['gemini', 'answers often', { generationConfig: { candidateCount: 8 } }],
    ['gemini', 'is limited twice', { generation_config: { max_output_tokens: 9 } }],
  ])('of %s is seen where it %s', (protocol, _, body) => {
    expect(reachOf(protocol, body)).toEqual(expect.any(String));
  });

  it.each<[GatewayProtocol, object]>([
    [
      'anthropic-messages',
      {
        service_tier: 'auto',
        tools: [
          { name: 'a', input_schema: schema },
          { type: 'custom', name: 'b' },
          { type: 'bash_20250124', name: 'bash' },
        ],
        ...anthropic([
          { type: 'text', text: 'https://example.com' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } },
          { type: 'tool_use', id: '1', name: 'a', input: { source: { type: 'url', url: 'https://x' }, file_id: 'f' } },
          { type: 'tool_result', tool_use_id: '1', content: 'https://x' },
        ]),
      },
    ],
    [
      'openai-responses',
      {
        input: [
          {
            type: 'additional_tools',
            tools: [
              {
                type: 'namespace',
                tools: [
                  { type: 'custom', name: 'exec' },
                  { type: 'function', name: 'a' },
                ],
              },
            ],
          },
        ],
      },
    ],
    [
      'openai-responses',
      {
        ...{ store: false, service_tier: 'auto' },
        tools: [
          { type: 'function', name: 'a', parameters: schema },
          { type: 'custom', name: 'apply_patch' },
        ],
        ...responses([
          { type: 'input_text', text: 'https://x' },
          { type: 'input_image', image_url: 'data:image/png;base64,aGk=' },
        ]),
      },
    ],
    ['openai-chat', { n: 1, tools: [{ type: 'function', function: { name: 'a', parameters: schema } }], ...chat('x') }],
    ['openai-chat', chat([{ type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } }])],
    [
      'gemini',
      {
        tools: [{ functionDeclarations: [{ name: 'a', parameters: schema }] }],
        generationConfig: { candidateCount: 1 },
        ...gemini(
          { text: 'https://x' },
          { inlineData: { mimeType: 'image/png', data: 'aGk=' } },
          { functionCall: { name: 'a', args: { fileData: { fileUri: 'https://x' } } } },
          { functionResponse: { name: 'a', response: { image_url: 'https://x' } } },
        ),
      },
    ],
  ])('of %s is nothing where a program asks for an answer', (protocol, body) => {
    expect(reachOf(protocol, body)).toBeUndefined();
  });

  it('is told of anything without a word of complaint, also of what is nested deeply', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void reachOf('openai-responses', value)));
    const deep = Array.from({ length: 5000 }).reduce<object>((inside) => ({ content: [inside] }), {});
    expect(reachOf('anthropic-messages', deep)).toContain('nested');
  });

  it('is asked of calls that cost nothing, too, where they hold what would be fetched', () => {
    const free = (vendor: 'anthropic' | 'google', url: string, body: unknown) => {
      const call = resolveCall({ vendor, upstream: 'https://api.example' }, { method: 'POST', url });
      if (call?.kind !== 'free') return expect.fail('not free');
      return understandFree(call, Buffer.from(JSON.stringify(body)));
    };
    const image = anthropic([{ type: 'image', source: { type: 'url', url: 'https://x' } }]);
    expect(free('anthropic', '/v1/messages/count_tokens', image)?.reach).toContain('fetch');
    expect(free('anthropic', '/v1/messages/count_tokens', anthropic('hello'))?.reach).toBeUndefined();
    const file = { generateContentRequest: gemini({ fileData: { fileUri: 'https://x' } }) };
    expect(free('google', '/v1beta/models/m:countTokens', file)?.reach).toContain('fetch');
    expect(free('google', '/v1beta/models/m:countTokens', [])).toBeUndefined();
  });

  it('goes with the call that was understood', () => {
    const call = { kind: 'model', protocol: 'openai-chat', target: new URL('http://x') } as const;
    expect(understandBody(call, Buffer.from('{"n":2}'))?.reach).toBe('answer several times');
  });
});
