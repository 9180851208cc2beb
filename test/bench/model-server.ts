import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Block = { name: string; input: object } | { text: string };

/** A Messages API on loopback that answers at once and judges nothing, so that what is measured is its caller. */
export type BenchModel = { url: string; close: () => void };

/** @param turns a command in each of them but the last, which ends the work: by `finish` where that is offered, else by a text. */
export async function startBenchModel(turns: number): Promise<BenchModel> {
  const server = createServer((incoming, response) => {
    answer(incoming, response, turns).catch((error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer(incoming: IncomingMessage, response: ServerResponse, turns: number): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  if (incoming.method !== 'POST' || incoming.url?.split('?')[0] !== '/v1/messages') return void response.end('{}');
  const { model, messages, tools = [] } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  const taken = messages.filter(({ role }: { role: string }) => role === 'assistant').length;
  const names: string[] = tools.map(({ name }: { name: string }) => name);
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  response.end(eventsOf(model, `${taken}`, blockOf(names, taken + 1 < turns)));
}

function blockOf(tools: readonly string[], goesOn: boolean): Block {
  const shell = tools.find((name) => name.toLowerCase() === 'bash');
  if (goesOn && shell) return { name: shell, input: { command: 'true' } };
  return tools.includes('finish') ? { name: 'finish', input: { summary: 'Done.' } } : { text: 'Done.' };
}

function eventsOf(model: string, id: string, block: Block): string {
  const isText = 'text' in block;
  const start = isText
    ? { type: 'text', text: '' }
    : { type: 'tool_use', id: `toolu_${id}`, name: block.name, input: {} };
  const delta = isText
    ? { type: 'text_delta', text: block.text }
    : { type: 'input_json_delta', partial_json: JSON.stringify(block.input) };
  const input = { input_tokens: 10, cache_creation_input_tokens: 0, cache_read_input_tokens: 1000 };
  const message = { id: `msg_${id}`, type: 'message', role: 'assistant', model, content: [], stop_reason: null };
  const events: { type: string; [field: string]: unknown }[] = [
    { type: 'message_start', message: { ...message, usage: { ...input, output_tokens: 1 } } },
    { type: 'content_block_start', index: 0, content_block: start },
    { type: 'content_block_delta', index: 0, delta },
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: isText ? 'end_turn' : 'tool_use' },
      usage: { ...input, output_tokens: 20 },
    },
    { type: 'message_stop' },
  ];
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
}
