import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import type { ToolDesk } from '../../agents/programs/program.ts';
import { messageOf } from '../../lib/errors.ts';
import type { GatewayRoute } from '../../sandboxes/gateway.ts';

/**
 * In one session. What calls is a program that reads a stranger's repository, and commands of that may call in its name: more than this no
 * honest work needs, and what is handed over is kept on this host.
 */
const most = { calls: 2000, bytes: 32 << 20, atOnce: 16, batch: 32 } as const;

type Load = { calls: number; bytes: number; running: number };

/**
 * The tools of a desk over MCP: streamable HTTP, without sessions, each request for itself. What this host has to say it says in the answer;
 * who opens a stream to listen (GET) is told that there is none.
 */
export function serveTools(desk: ToolDesk): GatewayRoute {
  const load: Load = { calls: 0, bytes: 0, running: 0 };
  return async (request) => {
    if (request.method !== 'POST') return refuse(405, -32000, 'There is nothing to listen to.', { allow: 'POST' });
    const text = await request.text();
    const parsedBody = parse(text);
    if (parsedBody === undefined) return refuse(400, -32700, 'This is no JSON.');
    if (Array.isArray(parsedBody) && parsedBody.length > most.batch) return refuse(400, -32600, 'This is too much.');
    const server = createServer(desk, load);
    const transport = new WebStandardStreamableHTTPServerTransport();
    const end = () => void server.close().catch(() => undefined);
    request.signal.addEventListener('abort', end, { once: true });
    await server.connect(transport);
    return transport.handleRequest(request, { parsedBody });
  };
}

function createServer(desk: ToolDesk, load: Load): Server {
  const server = new Server({ name: 'courier', version: '1' }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: desk.tools.map(({ name, description, inputSchema }) => ({
      name,
      description,
      inputSchema: { ...inputSchema, type: 'object' as const },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params: { name, arguments: input = {} } }) => {
    const { ok, text } = await call(desk, load, { name, input });
    return { content: [{ type: 'text' as const, text }], isError: !ok };
  });
  return server;
}

type Answer = Awaited<ReturnType<ToolDesk['call']>>;

async function call(desk: ToolDesk, load: Load, { name, input }: { name: string; input: unknown }): Promise<Answer> {
  if (!desk.tools.some((tool) => tool.name === name)) {
    const names = desk.tools.map((tool) => tool.name).join(', ');
    return { ok: false, text: `There is no tool ${name.slice(0, 60)}. There are: ${names}.` };
  }
  if (load.running >= most.atOnce) return { ok: false, text: 'Not done: too many calls at once. Call it again.' };
  load.calls += 1;
  load.bytes += JSON.stringify(input).length;
  if (load.calls > most.calls || load.bytes > most.bytes)
    return { ok: false, text: 'Not done: this session has handed over as much as it may. End it with finish.' };
  load.running += 1;
  try {
    return await desk.call(name, input);
  } catch (error) {
    return { ok: false, text: `Not done: ${messageOf(error)}` };
  } finally {
    load.running -= 1;
  }
}

function refuse(
  status: number,
  code: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status, headers });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
