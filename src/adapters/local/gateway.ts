import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import { chmod, mkdir, open, rm, writeFile } from 'node:fs/promises';
import {
  type ClientRequest,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import path from 'node:path';
import {
  type GatewayRefusal,
  type GatewaySpec,
  type GatewayUsage,
  keyHeader,
  passHeaders,
  resolveCall,
  toRefusal,
} from '../../sandboxes/gateway.ts';
import { createUsageReader } from '../../sandboxes/gateway-usage.ts';
import { forwarderScript, gatewayFiles } from './gateway-inside.ts';

const limits = { request: 32 << 20, answer: 64 << 20, atOnce: 8, connections: 64, silenceMs: 600_000 } as const;

export type Gateway = { stop(): Promise<void> };

type State = { spec: GatewaySpec; used: GatewayUsage; running: number; ending: AbortSignal };

/**
 * Listens on a unix socket in `folder`, which is bound into the sandbox, and passes calls on to the one API. The key is added here; programs
 * inside never have it.
 */
export async function startGateway(folder: string, spec: GatewaySpec): Promise<Gateway> {
  await mkdir(folder);
  await chmod(folder, 0o755);
  await writeFile(path.join(folder, gatewayFiles.script), forwarderScript, { mode: 0o644 });
  const ending = new AbortController();
  const used = { calls: 0, inputTokens: 0, outputTokens: 0, estimated: false };
  const state: State = { spec, used, running: 0, ending: ending.signal };
  const server = createServer({ headersTimeout: 30_000, requestTimeout: limits.silenceMs }, (request, response) => {
    handle(state, request, response).catch(() => response.destroy());
  });
  server.maxConnections = limits.connections;
  // The name of a socket may be 107 bytes long; the folder's may be longer.
  const handleOfFolder = await open(folder, 'r');
  server.listen(`/proc/self/fd/${handleOfFolder.fd}/${gatewayFiles.socket}`);
  await once(server, 'listening');
  await chmod(path.join(folder, gatewayFiles.socket), 0o666);
  return {
    async stop() {
      ending.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await handleOfFolder.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function handle(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = resolveCall(state.spec, request);
  const why = target ? refuse(state, request) : 'not-allowed';
  if (why || !target) return answer(state, response, why ?? 'not-allowed');
  state.running += 1;
  state.used.calls += 1;
  try {
    await pass(state, { target, request, response });
  } finally {
    state.running -= 1;
  }
}

function refuse({ spec: { budget }, used, running }: State, request: IncomingMessage): GatewayRefusal | undefined {
  if (used.calls >= budget.calls || used.inputTokens + used.outputTokens >= budget.tokens) return 'budget';
  if (running >= limits.atOnce) return 'busy';
  return Number(request.headers['content-length'] ?? '0') > limits.request ? 'too-large' : undefined;
}

type Call = { target: URL; request: IncomingMessage; response: ServerResponse };

async function pass(state: State, call: Call): Promise<void> {
  const { target, request, response } = call;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const outgoing = (target.protocol === 'https:' ? httpsRequest : httpRequest)(target, {
    method: request.method,
    headers: {
      ...passHeaders(request.headers),
      ...keyHeader(state.spec.vendor, state.spec.key),
      'accept-encoding': 'identity',
    },
    signal: AbortSignal.any([gone.signal, state.ending]),
    timeout: limits.silenceMs,
  });
  outgoing.once('timeout', () => outgoing.destroy());
  const sending = send(request, outgoing);
  try {
    const incoming = await answered(outgoing);
    await passAnswer(state, call, { incoming, sent: () => sending.bytes });
  } catch {
    answer(state, response, sending.tooLarge ? 'too-large' : 'unreachable');
  }
}

/** The body of the call, as it comes and no more than is allowed. */
function send(request: IncomingMessage, outgoing: ClientRequest): { bytes: number; tooLarge: boolean } {
  const sending = { bytes: 0, tooLarge: false };
  request.on('data', (chunk: Buffer) => {
    sending.bytes += chunk.length;
    sending.tooLarge = sending.bytes > limits.request;
    if (sending.tooLarge) return void outgoing.destroy(new Error('too large'));
    if (outgoing.write(chunk)) return;
    request.pause();
    outgoing.once('drain', () => request.resume());
  });
  request.once('end', () => outgoing.end());
  request.once('error', () => outgoing.destroy());
  return sending;
}

function answered(outgoing: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.on('error', reject);
    outgoing.once('close', () => reject(new Error('closed')));
  });
}

async function passAnswer(
  state: State,
  { response, target }: Call,
  { incoming, sent }: { incoming: IncomingMessage; sent: () => number },
): Promise<void> {
  const status = incoming.statusCode ?? 502;
  const encoding = incoming.headers['content-encoding'] ?? 'identity';
  const refusal = refuseAnswer(status, encoding);
  if (refusal) {
    incoming.destroy();
    return answer(state, response, refusal);
  }
  const type = incoming.headers['content-type'] ?? '';
  const reader = createUsageReader({ stream: type.startsWith('text/event-stream') });
  response.writeHead(status, passHeaders(incoming.headers));
  response.flushHeaders();
  const complete = await copy(incoming, response, reader.add);
  // Counting tokens is free of charge everywhere, and an error costs nothing.
  const free = status >= 400 || /count_?tokens$/i.test(target.pathname);
  if (!free) count(state, reader.total({ complete, sent: sent() }));
  if (complete) response.end();
  else response.destroy();
}

/** Who redirects might get the key; who refuses the key might say it. */
function refuseAnswer(status: number, encoding: string): GatewayRefusal | undefined {
  if (status === 401 || status === 403) return 'key';
  return (status >= 300 && status < 400) || encoding !== 'identity' ? 'unreachable' : undefined;
}

/** @returns whether it came whole. */
async function copy(
  incoming: IncomingMessage,
  response: ServerResponse,
  add: (chunk: Uint8Array) => void,
): Promise<boolean> {
  let bytes = 0;
  try {
    for await (const chunk of incoming) {
      const data = Buffer.from(chunk);
      bytes += data.length;
      if (bytes > limits.answer) return false;
      add(data);
      if (!response.write(data)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
      if (response.destroyed) return false;
    }
    return true;
  } catch {
    return false;
  }
}

function count(
  { used, spec }: State,
  { input, output, estimated }: { input: number; output: number; estimated: boolean },
) {
  used.inputTokens += input;
  used.outputTokens += output;
  used.estimated ||= estimated;
  spec.onUsage?.({ ...used });
}

function answer({ spec }: State, response: ServerResponse, why: GatewayRefusal): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const { status, headers, body } = toRefusal(spec.vendor, why);
  // What is still to come of the request is not read.
  response.writeHead(status, { ...headers, connection: 'close' });
  response.end(body);
}
