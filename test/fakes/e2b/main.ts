// The emulator, a process of its own: `node main.ts`. Its first line says where it listens; a line on its input ends it.

import { rmSync } from 'node:fs';
import http from 'node:http';
import { handlers } from './control-plane.ts';
import { forward } from './edge.ts';
import { createFaults, type Fault } from './faults.ts';
import { checkAnswer, checkRequest } from './rest-contract.ts';
import { createState } from './state.ts';

const key = process.argv[2] ?? '';
const state = createState({ machines: process.argv[3] !== 'without-machines' });
const faults = createFaults();
const requests: { call: string; body: unknown }[] = [];
const violations: string[] = [];
const note = (problem: string | undefined) => problem !== undefined && violations.push(problem);

const routes = Object.entries(handlers).map(([name, handle]) => {
  const [method = '', route = ''] = name.split(' ');
  return { method, route, handle, pattern: new RegExp(`^${route.replace(/\{\w+\}/g, '([^/]+)')}$`) };
});

async function bodyOf(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? undefined : JSON.parse(text);
}

function send(
  response: http.ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (body === undefined) response.writeHead(status, { 'content-length': '0', ...headers }).end();
  else response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function administer(request: http.IncomingMessage, url: URL, response: http.ServerResponse): Promise<void> {
  const body = await bodyOf(request);
  if (url.pathname === '/__emu/faults' && Array.isArray(body)) {
    faults.set(body.filter((each): each is Fault => typeof each?.match === 'string'));
  } else if (url.pathname === '/__emu/plan' && typeof body === 'object') {
    Object.assign(state.plan, body);
  } else if (url.pathname === '/__emu/internet' && typeof body === 'object' && body !== null) {
    state.route(Object.fromEntries(Object.entries(body)));
  } else if (url.pathname.startsWith('/__emu/kill/')) {
    await state.remove(url.pathname.split('/').at(-1) ?? '');
  } else if (url.pathname === '/__emu/shelve' && isShelving(body)) {
    shelve(body);
  }
  const sandboxes = [...state.sandboxes.values()].map(({ machine, open, ...rest }) => rest);
  send(response, 200, {
    sandboxes,
    templates: [...state.templates.values()],
    snapshots: [...state.snapshots.values()],
    requests,
    violations,
  });
}

type Shelving = { id: string; as: string; copy?: boolean };

function isShelving(body: unknown): body is Shelving {
  return typeof body === 'object' && body !== null && 'id' in body && 'as' in body;
}

/** Gives a snapshot another name, or a copy of it. */
function shelve({ id, as, copy }: Shelving): void {
  const found = state.snapshots.get(id);
  if (!found) return;
  if (copy) return void state.copySnapshot(found, as);
  state.snapshots.delete(id);
  state.snapshots.set(as, { ...found, id: as });
}

async function control(request: http.IncomingMessage, url: URL, response: http.ServerResponse): Promise<void> {
  const call = `${request.method} ${url.pathname}`;
  const fault = faults.take(call);
  if (fault?.reset) return void request.socket.destroy();
  const body = await bodyOf(request);
  requests.push({ call, body });
  if (request.headers['x-api-key'] !== key) return send(response, 401, { code: 401, message: 'Invalid API key' });
  if (fault?.status)
    return send(response, fault.status, { code: fault.status, message: fault.message ?? 'a fault' }, fault.headers);
  const found = routes.find(({ method, pattern }) => method === request.method && pattern.test(url.pathname));
  if (!found) {
    note(`the emulator does not know ${call}`);
    return send(response, 404, { code: 404, message: `no route for ${call}` });
  }
  note(checkRequest(found.method, found.route, body));
  const parameters = found.pattern.exec(url.pathname)?.slice(1) ?? [];
  const given = typeof body === 'object' && body !== null ? { ...body } : {};
  const answer = await found.handle({ route: found.route, parameters, query: url.searchParams, body: given }, state);
  note(checkAnswer(found.method, found.route, { status: answer.status, body: answer.body }));
  if (fault?.loseAnswer || fault?.cutAfter !== undefined) return void request.socket.destroy();
  send(response, answer.status, answer.body, answer.headers);
}

const server = http.createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://e2b');
  const id = request.headers['e2b-sandbox-id'];
  const handled =
    typeof id === 'string'
      ? forward({ request, response, url, sandbox: state.sandboxes.get(id), id }, { faults, note, requests })
      : (url.pathname.startsWith('/__emu/') ? administer : control)(request, url, response);
  handled.catch((error: unknown) => {
    note(`the emulator failed: ${error instanceof Error ? error.stack : error}`);
    if (response.headersSent) response.destroy();
    else send(response, 500, { code: 500, message: 'the emulator failed' });
  });
});
server.requestTimeout = 0;
server.headersTimeout = 0;
server.keepAliveTimeout = 640_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}\n`);
});

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await Promise.all([...state.sandboxes.keys()].map((id) => state.remove(id)));
  rmSync(state.root, { recursive: true, force: true });
  process.exit();
}
process.stdin.on('data', end);
process.stdin.on('end', end);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
