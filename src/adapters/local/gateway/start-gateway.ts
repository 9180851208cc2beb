import { Buffer } from 'node:buffer';
import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { type GatewayAccess, type GatewaySpec, presentedKeys, usualPatience } from '../../../sandboxes/gateway.ts';
import { resolveCall } from '../../../sandboxes/gateway-calls.ts';
import { answerFree, answerModel } from './answer-call.ts';
import { forwarderScript, gatewayFiles, gatewayInside } from './inside.ts';
import { answerRoute } from './serve-route.ts';
import { type Call, limits, mostTokensPerByte, refuse, type State } from './state.ts';

export type Gateway = { access: GatewayAccess; stop(): Promise<void> };

/**
 * Listens on a unix socket in `folder`, which is bound into the sandbox, and passes calls on to the one API. The key is added here; programs
 * inside never have it.
 */
export async function startGateway(folder: string, spec: GatewaySpec): Promise<Gateway> {
  await mkdir(folder);
  await chmod(folder, 0o755);
  await writeFile(path.join(folder, gatewayFiles.script), forwarderScript, { mode: 0o644 });
  const ending = new AbortController();
  const state: State = {
    spec,
    patience: spec.patience ?? usualPatience,
    ending: ending.signal,
    ...{ calls: 0, free: 0, running: 0, broken: 0, givenUp: undefined, tokensPerByte: mostTokensPerByte },
  };
  // What a program keeps open for its next call is not closed under it: clients differ in what they do when a call meets a closed connection.
  const times = { headersTimeout: 30_000, requestTimeout: limits.request_ms, keepAliveTimeout: 600_000 };
  const server = createServer(times, (request, response) => {
    handle(state, request, response).catch(() => response.destroy());
  });
  server.maxConnections = limits.connections;
  // The name of a socket may be 107 bytes long; the folder's may be longer.
  const handleOfFolder = await open(folder, 'r');
  server.listen(`/proc/self/fd/${handleOfFolder.fd}/${gatewayFiles.socket}`);
  await once(server, 'listening');
  await chmod(path.join(folder, gatewayFiles.socket), 0o666);
  return {
    access: { url: gatewayInside.url, key: spec.token, hosted: true },
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
  const left = new AbortController();
  response.once('close', () => left.abort());
  const call: Call = { request, response, gone: AbortSignal.any([left.signal, state.ending]) };
  const resolved = resolveCall(state.spec, request);
  // Asked before a program has looked for its key.
  if (resolved?.kind === 'hello') return void response.writeHead(200, { 'content-length': '0' }).end();
  if (!presentedKeys(request).some((key) => isSame(key, state.spec.token)))
    return refuse(state, call, { why: 'token' });
  const route = state.spec.routes?.[request.url?.split('?')[0] ?? ''];
  // Its own limits are its own affair: what waits there for an answer keeps no model waiting.
  if (route) return answerRoute(state, call, route);
  if (!resolved) return refuse(state, call, { why: 'not-allowed' });
  if (state.running >= limits.atOnce) return refuse(state, call, { why: 'busy' });
  state.running += 1;
  try {
    if (resolved.kind === 'model') await answerModel(state, call, resolved);
    else await answerFree(state, call, resolved);
  } finally {
    state.running -= 1;
  }
}

/** In a time that does not depend on where they differ. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return other !== '' && timingSafeEqual(Buffer.from(digest(one)), Buffer.from(digest(other)));
}
