import http from 'node:http';
import type { Faults } from './faults.ts';
import { checkMessage, createFrameReader, kindOf } from './rpc-contract.ts';
import type { EmulatedSandbox } from './state.ts';

type Exchange = {
  request: http.IncomingMessage;
  response: http.ServerResponse;
  url: URL;
  id: string;
  sandbox: EmulatedSandbox | undefined;
};
type Around = {
  faults: Faults;
  note: (problem: string | undefined) => void;
  requests: { call: string; body: unknown }[];
};

/** What stands between the SDK and a sandbox: it finds the sandbox, checks what is said, and cuts where it is told to. */
export async function forward(exchange: Exchange, { faults, note, requests }: Around): Promise<void> {
  const { request, response, url, id, sandbox } = exchange;
  const call = `${request.method} ${url.pathname}`;
  requests.push({ call, body: undefined });
  const kind = kindOf(url.pathname);
  const chunks: Buffer[] = [];
  if (kind) for await (const chunk of request) chunks.push(chunk);
  const said = Buffer.concat(chunks).toString('utf8', kind === 'unary' ? 0 : 5);
  const fault = faults.take(call, said);
  if (fault?.reset) return void request.socket.destroy();
  if (fault?.status) return refuse(response, fault.status, fault.message ?? 'a fault', fault.headers);
  if (sandbox?.state !== 'running') return gone(response, id);
  note(checkHeaders(request, url));
  if (kind) note(checkMessage(url.pathname, 'input', said));
  const upstream = http.request({
    socketPath: sandbox.machine.socket,
    method: request.method ?? 'GET',
    path: request.url,
    headers: request.headers,
    agent: false,
  });
  sandbox.open.add(response);
  response.on('close', () => sandbox.open.delete(response));
  const watch = watcher(url.pathname, kind, note);
  await new Promise<void>((resolve) => {
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      response.flushHeaders();
      let left = fault?.loseAnswer ? 0 : (fault?.cutAfter ?? Number.POSITIVE_INFINITY);
      // What is cut never comes to its end: else who asked would keep the connection, and meet it dead the next time.
      const cut = () => request.socket.destroy();
      let isCut = false;
      answer.on('data', (chunk: Buffer) => {
        watch.add(chunk);
        if (isCut) return;
        const part = chunk.subarray(0, left);
        left -= part.length;
        isCut = left === 0;
        if (isCut) return part.length > 0 ? void response.write(part, cut) : void cut();
        if (response.write(part)) return;
        answer.pause();
        response.once('drain', () => answer.resume());
      });
      answer.on('end', () => {
        watch.end(answer.statusCode ?? 0);
        if (left > 0) response.end();
        else if (!isCut) cut();
      });
      answer.on('close', () => {
        // The machine was lost in the middle: nothing comes after what has been said.
        if (!answer.complete) response.destroy();
        resolve();
      });
    });
    upstream.on('error', () => {
      if (response.headersSent) response.destroy();
      else gone(response, id);
      resolve();
    });
    // Who hangs up ends the exchange, never the process behind it.
    response.on('close', () => upstream.destroy());
    if (kind) upstream.end(Buffer.concat(chunks));
    else request.pipe(upstream);
  });
}

function checkHeaders({ headers }: http.IncomingMessage, url: URL): string | undefined {
  if (headers['e2b-sandbox-port'] !== '49983') return `port ${headers['e2b-sandbox-port']} is not envd's`;
  const kind = kindOf(url.pathname);
  if (!kind) return undefined;
  const wanted = kind === 'unary' ? 'application/json' : 'application/connect+json';
  return headers['content-type'] === wanted ? undefined : `${url.pathname} came as ${headers['content-type']}`;
}

/** Checks what envd answers, frame by frame where it is a stream. */
function watcher(route: string, kind: ReturnType<typeof kindOf>, note: Around['note']) {
  const whole: Buffer[] = [];
  let last = false;
  const frames = createFrameReader(({ flags, json }) => {
    last = flags === 2;
    if (flags === 0) note(checkMessage(route, 'output', json));
  });
  return {
    add(chunk: Buffer): void {
      if (kind === 'server_streaming') frames(chunk);
      else if (kind === 'unary') whole.push(chunk);
    },
    end(status: number): void {
      if (kind === 'unary' && status === 200) note(checkMessage(route, 'output', Buffer.concat(whole).toString()));
      if (kind === 'server_streaming' && status === 200 && !last) note(`${route} ended without its last frame`);
    },
  };
}

function refuse(
  response: http.ServerResponse,
  code: number,
  message: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ code, message }));
}

function gone(response: http.ServerResponse, sandboxId: string): void {
  response
    .writeHead(502, { 'content-type': 'application/json' })
    .end(JSON.stringify({ sandboxId, message: 'The sandbox was not found', code: 502 }));
}
