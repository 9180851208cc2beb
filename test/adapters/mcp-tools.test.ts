import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterEach, describe, expect, it } from 'vitest';
import { serveTools } from '../../src/adapters/mcp/serve-tools.ts';
import type { ToolDesk } from '../../src/agents/programs/program.ts';
import { toolSpecsFor } from '../../src/agents/tools.ts';
import type { GatewayRoute } from '../../src/sandboxes/gateway.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const tools = toolSpecsFor({}).filter(({ name }) => name !== 'bash');

function aDesk(answer: ToolDesk['call'] = async () => ({ ok: true, text: 'Stored as r1.' })) {
  const calls: { name: string; input: unknown }[] = [];
  const desk: ToolDesk = {
    tools,
    async call(name, input) {
      calls.push({ name, input });
      return answer(name, input);
    },
  };
  return { desk, calls, route: serveTools(desk) };
}

/** The official client, as programs have it. */
async function aClient(route: GatewayRoute): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const reach = (url: string | URL, init?: RequestInit) => route(new Request(url, init));
  await client.connect(new StreamableHTTPClientTransport(new URL('http://courier/mcp'), { fetch: reach }));
  closing.push(() => client.close());
  return client;
}

const post = (body: unknown) =>
  new Request('http://courier/mcp', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const toolCall = (id: number, name = 'report_finding', input: unknown = {}) => ({
  ...{ jsonrpc: '2.0', id, method: 'tools/call' },
  params: { name, arguments: input },
});

describe('the tools of a session over MCP', () => {
  it("are those of the built-in agent, for the vendor's own client", async () => {
    const { route, calls } = aDesk();
    const client = await aClient(route);
    const listed = (await client.listTools()).tools;
    expect(listed.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }))).toEqual(tools);
    const input = { title: 'ü', nested: { x: [1] } };
    expect(await client.callTool({ name: 'report_finding', arguments: input })).toEqual({
      content: [{ type: 'text', text: 'Stored as r1.' }],
      isError: false,
    });
    expect(calls).toEqual([{ name: 'report_finding', input }]);
  });

  it('tell the model what was wrong as a result, also where the desk fails', async () => {
    const answers = [async () => ({ ok: false, text: 'It does not fit.' }), () => Promise.reject(new Error('gone'))];
    const { route } = aDesk(async () => (await answers.shift()?.()) ?? { ok: true, text: '' });
    const client = await aClient(route);
    const results = [await client.callTool({ name: 'finish' }), await client.callTool({ name: 'finish' })];
    expect(results).toEqual([
      { content: [{ type: 'text', text: 'It does not fit.' }], isError: true },
      { content: [{ type: 'text', text: 'Not done: gone' }], isError: true },
    ]);
  });

  it('are no more than what is offered: the shell of the built-in agent is not', async () => {
    const { route, calls } = aDesk();
    const client = await aClient(route);
    const result = await client.callTool({ name: 'bash', arguments: { command: 'true' } });
    expect(result).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining('There is no tool bash') }],
    });
    expect(calls).toEqual([]);
  });

  it('answer side by side, and each client gets its own', async () => {
    const open: (() => void)[] = [];
    const { route } = aDesk(async (_, input) => {
      await new Promise<void>((resolve) => open.push(resolve));
      return { ok: true, text: JSON.stringify(input) };
    });
    const clients = [await aClient(route), await aClient(route)];
    const calls = Array.from({ length: 10 }, (_, n) => clients[n % 2]?.callTool({ name: 'finish', arguments: { n } }));
    await expect.poll(() => open.length).toBe(10);
    for (const go of open.reverse()) go();
    const texts = (await Promise.all(calls)).map((result) => result?.content);
    expect(texts).toEqual(Array.from({ length: 10 }, (_, n) => [{ type: 'text', text: JSON.stringify({ n }) }]));
  });

  it('take only so many calls at once, and in all', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let holds = true;
    const { route, calls } = aDesk(async () => {
      if (holds) await held;
      return { ok: true, text: 'done' };
    });
    const first = Array.from({ length: 20 }, async (_, n) => (await route(post(toolCall(n)))).text());
    await expect.poll(() => calls.length).toBe(16);
    holds = false;
    release();
    const answers = await Promise.all(first);
    expect(answers.filter((text) => text.includes('too many calls at once'))).toHaveLength(4);
    const batch = Array.from({ length: 32 }, (_, n) => toolCall(n));
    for (let n = 0; n < 130; n += 1) {
      const texts = await (await route(post(batch))).text();
      if (texts.includes('as much as it may')) break;
    }
    expect(calls).toHaveLength(2000);
    const { route: other, calls: taken } = aDesk();
    const large = 'x'.repeat(5 << 20);
    for (let n = 0; n < 8; n += 1) await (await other(post(toolCall(n, 'finish', { large })))).text();
    expect(taken).toHaveLength(6);
  });

  it.each([
    ['what is no JSON', 'x{', 400],
    ['a batch without end', Array.from({ length: 33 }, (_, n) => toolCall(n)), 400],
    ['no message of the protocol', { hello: 1 }, 400],
    ['a number', 7, 400],
  ])('survive %s', async (_, body, status) => {
    const { route, calls } = aDesk();
    const response = await route(post(body));
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { message: expect.any(String) } });
    expect(calls).toEqual([]);
    expect((await route(post(toolCall(1)))).status).toBe(200);
  });

  it('have nothing to listen to, and no session to end', async () => {
    const { route } = aDesk();
    for (const method of ['GET', 'DELETE', 'PUT']) {
      expect((await route(new Request('http://courier/mcp', { method }))).status).toBe(405);
    }
  });
});
