import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../free-port.ts';
import type { ScriptedError } from '../anthropic/script.ts';
import { lag } from '../lag.ts';
import { gemini } from './gemini.ts';
import { chat } from './openai-chat.ts';
import { responses } from './openai-responses.ts';
import type { Dialect, ModelReply, ModelRequest, ModelScript, ModelTurn, Refusal, Speaker, Usage } from './script.ts';

const speakers = { 'openai-responses': responses, 'openai-chat': chat, gemini } as const satisfies Record<
  Dialect,
  Speaker
>;

/** A model's API on loopback that says what a script has it say. */
export type ModelDouble = {
  /** As the vendor's own client takes it: with `/v1` for OpenAI's. */
  url: string;
  /** The key that it takes. */
  key: string;
  /** Requests of the model that were valid, in the order in which they came. */
  requests: ModelRequest[];
  /** Requests that it refused by itself, and why; a test that expects none should say so. */
  refused: Refusal[];
  /** What was asked beside the model, as `METHOD path`. */
  others: string[];
  /** Usage of each answer that was begun, in order. */
  usages: Usage[];
  /** How many streams are open now. */
  open: () => number;
  close: () => Promise<void>;
};

/**
 * Starts the server on a free port of 127.0.0.1. It refuses what the real API refuses, as far as tools and transcripts go, and counts tokens
 * honestly (one for four bytes; what is as in an earlier request counts as cached). A request beyond the end of the script is answered 400.
 */
export async function startModel(options: {
  dialect: Dialect;
  script: ModelScript;
  key?: string;
}): Promise<ModelDouble> {
  const { dialect, script, key = 'a-key-of-this-model' } = options;
  const speaker = speakers[dialect];
  const state = {
    requests: [] as ModelRequest[],
    refused: [] as Refusal[],
    others: [] as string[],
    usages: [] as Usage[],
  };
  const prompts: string[] = [];
  let open = 0;
  let ids = 0;
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error) => response.destroy(error));
  });
  // Only clients end connections: where both may, a request can meet one that is just being ended, and has no answer.
  server.keepAliveTimeout = 0;

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(incoming);
    const url = new URL(incoming.url ?? '/', 'http://here');
    const { method = 'GET', headers } = incoming;
    const refuse = (refusal: Refusal) => {
      state.refused.push(refusal);
      return sendError(response, speaker, { error: refusal });
    };
    if (speaker.keyOf({ headers, url }) !== key)
      return refuse({ status: 401, type: 'invalid_api_key', message: 'Incorrect API key provided' });
    const understood = speaker.understand({ method, url, body: parse(body) });
    if ('refusal' in understood) return refuse(understood.refusal);
    if ('answer' in understood) {
      state.others.push(`${method} ${url.pathname}`);
      return sendJson(response, 200, understood.answer);
    }
    const { request } = understood;
    const turn = turnOf(script, request, state.requests.push(request) - 1);
    if ('error' in turn) {
      if (turn.beyond) state.refused.push({ status: 400, type: 'script', message: turn.error.message ?? '' });
      return sendError(response, speaker, turn);
    }
    await lag('model');
    if (turn.delayMs) await sleep(turn.delayMs);
    const usage = account(request, turn);
    state.usages.push(usage);
    ids += 1;
    const nextId = (kind: string) => `${kind}_${++ids}`;
    const speech = { request, reply: turn, usage, id: `${ids}`, nextId };
    if (!request.stream) return sendJson(response, 200, speaker.toWhole(speech));
    open += 1;
    response.once('close', () => {
      open -= 1;
    });
    await send(response, { events: speaker.toEvents(speech), error: speaker.errorEvent(speech), reply: turn });
  }

  function account(request: ModelRequest, reply: ModelReply): Usage {
    const prompt = JSON.stringify(request.raw);
    const shared = Math.max(0, ...prompts.map((earlier) => sharedBytes(earlier, prompt)));
    prompts.push(prompt);
    const reasoning = reply.reasoningTokens ?? Math.ceil((reply.thinking ?? '').length / 4);
    const said = Math.ceil(`${reply.text ?? ''}${JSON.stringify(reply.toolUses ?? [])}`.length / 4) + reasoning;
    return {
      input: Math.ceil(prompt.length / 4),
      cached: shared < 4096 ? 0 : Math.floor(shared / 512) * 128,
      output: reply.outputTokens ?? said,
      reasoning,
    };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${dialect === 'gemini' ? '' : '/v1'}`,
    key,
    ...state,
    open: () => open,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An address of 127.0.0.1 at which connections are refused, also later on: no system gives out a port like this one by itself. */
export async function refusingUrl(): Promise<string> {
  return `http://127.0.0.1:${await freePort()}`;
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function turnOf(script: ModelScript, request: ModelRequest, index: number): ModelTurn & { beyond?: true } {
  if (typeof script === 'function') return script(request, index);
  const message = `The script has no turn ${index + 1}.`;
  return script[index] ?? { error: { status: 400, type: 'invalid_request_error', message }, beyond: true };
}

function sharedBytes(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

function sendError(response: ServerResponse, speaker: Speaker, { error }: ScriptedError): void {
  const { status, type = 'server_error', message = 'scripted', headers, details } = error;
  sendJson(response, status, speaker.toError({ status, type, message, ...(details ? { details } : {}) }), headers);
}

async function send(
  response: ServerResponse,
  { events, error, reply }: { events: readonly string[]; error: string; reply: ModelReply },
): Promise<void> {
  const { breakAfterEvents, breakBy = 'reset', stallAfterEvents } = reply;
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  response.flushHeaders();
  for (const text of events.slice(0, breakAfterEvents ?? stallAfterEvents ?? events.length))
    await write(response, text);
  if (stallAfterEvents !== undefined) return;
  if (breakAfterEvents === undefined || breakBy === 'end') return void response.end();
  if (breakBy === 'reset') return void response.destroy();
  await write(response, error);
  response.end();
}

async function write(response: ServerResponse, text: string): Promise<void> {
  await new Promise<void>((resolve) => response.write(text, () => resolve()));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
