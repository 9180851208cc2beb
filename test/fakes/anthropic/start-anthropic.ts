import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { lag } from '../lag.ts';
import { type AcceptedRequest, blocksOf, checkRequest, mergeRoles, type Refusal, takeAsItIs } from './check-request.ts';
import { afterCompaction, compactedRequest, dueCompaction } from './compaction.ts';
import { createPromptCache, type PromptUsage, prefixHashes, promptTokens } from './prompt-cache.ts';
import type { Script, ScriptedError, ScriptedReply, ScriptedTurn } from './script.ts';
import { type StreamEvent, toEvents } from './stream-events.ts';

export type RecordedRequest = { body: AcceptedRequest; raw: unknown; headers: IncomingMessage['headers'] };

/** A Messages API on loopback that says what a script has it say. */
export type AnthropicDouble = {
  /** For ANTHROPIC_BASE_URL. */
  url: string;
  /** The key that it takes. */
  key: string;
  /** Requests that were valid, in the order in which they came. */
  requests: RecordedRequest[];
  /** Requests that it refused by itself, and why; a test that expects none should say so. */
  refused: Refusal[];
  /** Tokens of the prompts that the model was shown, one for each of its answers; a summary of the service comes after its prompt. */
  prompts: number[];
  /** All input tokens that were counted so far. */
  counted: () => number;
  /** How many streams are open now. */
  open: () => number;
  close: () => Promise<void>;
};

/**
 * Starts the server on a free port of 127.0.0.1.
 *
 * It refuses what the real API refuses (see check-request.ts), binds thinking to its transcript, and counts tokens and cache honestly.
 * A request beyond the end of the script is answered 400, which ends a session at once and shows in `refused`.
 */
export async function startAnthropic(options: {
  script: Script;
  key?: string;
  /** Tokens that a prompt may have; default: the models' own window. */
  windowTokens?: number;
  /** Whose requests come: those of other programs use more of the API than is known here, and are taken as they are. Default: our own. */
  from?: 'our client' | 'another program';
}): Promise<AnthropicDouble> {
  const { script, key = 'a-key-of-this-model', windowTokens = 1_000_000, from = 'our client' } = options;
  const state = {
    requests: [] as RecordedRequest[],
    refused: [] as Refusal[],
    open: 0,
    tools: 0,
    prompts: [] as number[],
  };
  const cache = createPromptCache();
  const paused = new Set<string>();

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error) => response.destroy(error));
  });
  // Only clients end connections: where both may, a request can meet one that is just being ended, and has no answer.
  server.keepAliveTimeout = 0;

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(incoming);
    if (from === 'another program' && incoming.method === 'HEAD') return void response.end();
    const wrong = checkCall(incoming, key);
    const raw: unknown = wrong ? undefined : JSON.parse(body);
    const checked = wrong ?? (from === 'another program' ? takeAsItIs(raw) : check(raw, incoming.headers));
    if ('refusal' in checked) {
      state.refused.push(checked.refusal);
      return sendError(response, { error: checked.refusal });
    }
    const index = state.requests.push({ body: checked.request, raw, headers: incoming.headers }) - 1;
    const turn = turnOf(script, checked.request, index);
    if ('error' in turn) {
      if (turn.beyond) state.refused.push({ status: 400, type: 'script', message: turn.error.message ?? '' });
      return sendError(response, turn);
    }
    await lag('model');
    if (turn.delayMs) await sleep(turn.delayMs);
    await turn.until;
    const events = play(turn, checked.request, index);
    state.open += 1;
    response.once('close', () => {
      state.open -= 1;
    });
    await send(response, events, turn);
  }

  function check(body: unknown, headers: IncomingMessage['headers']): ReturnType<typeof checkRequest> {
    const checked = checkRequest(body, {
      apiVersion: String(headers['anthropic-version'] ?? ''),
      betas: String(headers['anthropic-beta'] ?? '').split(','),
    });
    if ('refusal' in checked) return checked;
    const refusal =
      checkBinding(afterCompaction(checked.request)) ??
      checkPrefill(checked.request, paused) ??
      checkLength(afterCompaction(checked.request));
    return refusal ? { refusal } : checked;
  }

  function checkLength(request: AcceptedRequest): Refusal | undefined {
    const length = promptTokens(request);
    if (length <= windowTokens) return undefined;
    const message = `prompt is too long: ${length} tokens > ${windowTokens} maximum`;
    return { status: 400, type: 'invalid_request_error', message };
  }

  function account(request: AcceptedRequest): PromptUsage {
    const usage = cache.account(request);
    state.prompts.push(usage.read + usage.write + usage.uncached);
    return usage;
  }

  /** What a prompt costs, after the service compacted it if it has to. */
  function accountFor(request: AcceptedRequest, reply: ScriptedReply) {
    const content = dueCompaction(request, reply, promptTokens(request));
    if (content === undefined) return { usage: account(request), compaction: undefined, shown: request };
    const compaction = { content, usage: account(request) };
    const shown = content === null ? request : compactedRequest(request, content);
    return { usage: account(shown), compaction, shown };
  }

  function play(reply: ScriptedReply, sent: AcceptedRequest, index: number): StreamEvent[] {
    const request = afterCompaction(sent);
    const { shown, ...counts } = accountFor(request, reply);
    const prefix = prefixHashes(shown === request ? request : { ...shown, messages: [] }).at(-1) ?? '';
    const events = toEvents(reply, {
      request,
      ...counts,
      id: `msg_${index + 1}`,
      sign: (thinking) => signatureOf({ model: request.model, prefix, thinking }),
      nextToolId: () => `toolu_${++state.tools}`,
    });
    if (reply.stopReason === 'pause_turn') paused.add(`${reply.text ?? ''}`);
    return events;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    key,
    requests: state.requests,
    refused: state.refused,
    prompts: state.prompts,
    counted: () => state.prompts.reduce((sum, tokens) => sum + tokens, 0),
    open: () => state.open,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function checkCall({ method, url, headers }: IncomingMessage, key: string): { refusal: Refusal } | undefined {
  if (method !== 'POST' || url?.split('?')[0] !== '/v1/messages') {
    return { refusal: { status: 404, type: 'not_found_error', message: `${method} ${url} is not here` } };
  }
  if (headers.authorization !== `Bearer ${key}` && headers['x-api-key'] !== key) {
    return { refusal: { status: 401, type: 'authentication_error', message: 'invalid x-api-key' } };
  }
  if (headers['anthropic-version']) return undefined;
  return { refusal: { status: 400, type: 'invalid_request_error', message: 'anthropic-version: header is required' } };
}

function signatureOf({ model, prefix, thinking }: { model: string; prefix: string; thinking: string }): string {
  return `${model}:${createHash('sha256').update(`${prefix}\n${thinking}`).digest('base64')}`;
}

/**
 * Thinking comes back unchanged and behind the very transcript that it was thought in, or not at all. Another model's is left out without an
 * error: who goes on with a second model may keep the transcript as it is.
 */
function checkBinding(request: AcceptedRequest): Refusal | undefined {
  const prefixes = prefixHashes(request);
  for (const [index, { role, blocks }] of mergeRoles(request.messages).entries()) {
    if (role !== 'assistant') continue;
    const prefix = prefixes[index] ?? '';
    const { model } = request;
    const foreign = blocks.find(
      (block) =>
        block.type === 'thinking' &&
        block.signature.startsWith(`${model}:`) &&
        block.signature !== signatureOf({ model, prefix, thinking: block.thinking }),
    );
    if (foreign) {
      const message = `messages.${index}: \`thinking\` block is bound to a different conversation, or was modified.`;
      return { status: 400, type: 'invalid_request_error', message };
    }
  }
  return undefined;
}

function checkPrefill({ messages }: AcceptedRequest, paused: ReadonlySet<string>): Refusal | undefined {
  const last = messages.at(-1);
  if (last?.role !== 'assistant') return undefined;
  const said = blocksOf(last).flatMap((block) => (block.type === 'text' ? [block.text] : []));
  if (paused.has(said.join(''))) return undefined;
  return {
    status: 400,
    type: 'invalid_request_error',
    message: 'This model does not support assistant message prefill. The conversation must end with a user message.',
  };
}

function turnOf(script: Script, request: AcceptedRequest, index: number): ScriptedTurn & { beyond?: true } {
  if (typeof script === 'function') return script(request, index);
  const message = `The script has no turn ${index + 1}.`;
  return script[index] ?? { error: { status: 400, type: 'invalid_request_error', message }, beyond: true };
}

function sendError(response: ServerResponse, { error }: ScriptedError): void {
  const { status, type = 'api_error', message = 'scripted', details, headers = {} } = error;
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_scripted', ...headers });
  response.end(
    JSON.stringify({
      type: 'error',
      error: { type, message, ...(details ? { details } : {}) },
      request_id: 'req_scripted',
    }),
  );
}

async function send(response: ServerResponse, events: readonly StreamEvent[], reply: ScriptedReply): Promise<void> {
  const { breakAfterEvents, breakBy = 'reset', stallAfterEvents, pingEveryMs } = reply;
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'request-id': 'req_scripted' });
  response.flushHeaders();
  for (const event of events.slice(0, breakAfterEvents ?? stallAfterEvents ?? events.length))
    await write(response, event);
  if (stallAfterEvents !== undefined) return stall(response, pingEveryMs);
  if (breakAfterEvents === undefined || breakBy === 'end') return void response.end();
  if (breakBy === 'reset') return void response.destroy();
  await write(response, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } });
  response.end();
}

async function write(response: ServerResponse, event: StreamEvent | { type: 'error'; error: object }): Promise<void> {
  const line = `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
  await new Promise<void>((resolve) => response.write(line, () => resolve()));
}

async function stall(response: ServerResponse, pingEveryMs: number | undefined): Promise<void> {
  while (!response.closed && pingEveryMs) {
    await sleep(pingEveryMs);
    if (!response.closed) await write(response, { type: 'ping' });
  }
}
