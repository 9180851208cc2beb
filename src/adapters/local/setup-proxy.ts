import { chmod, mkdir, open as openFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Server, type Socket } from 'node:net';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { oneLine, truncate } from '../../lib/text.ts';
import { findAddress, type Resolver } from './allowed-hosts.ts';
import { forwarderScript, gatewayFiles } from './gateway/inside.ts';

export type SetupProxy = {
  /** Why calls were turned away, a sentence each, and no more than a few. */
  refusals(): readonly string[];
  close(): Promise<void>;
};

const most = 256;
const silenceMs = 120_000;
const mostTold = 3;

/**
 * An HTTP proxy behind a socket in `folder`, for whom the sandbox is given that folder: `CONNECT` and plain requests to allowed hosts. It
 * looks up names itself, sees nothing of what TLS protects, and adds nothing. After `close` no connection is left.
 */
export async function startSetupProxy(
  folder: string,
  { hosts, resolver }: { hosts: readonly string[]; resolver: Resolver },
): Promise<SetupProxy> {
  await mkdir(folder, { mode: 0o755 });
  await writeFile(path.join(folder, gatewayFiles.script), forwarderScript, { mode: 0o644 });
  const open = new Set<Duplex>();
  const track = <Stream extends Duplex>(stream: Stream): Stream => {
    open.add(stream);
    stream.once('close', () => open.delete(stream));
    stream.on('error', () => stream.destroy());
    return stream;
  };
  const refusals = new Set<string>();
  const find = async (asked: { host: string; port: number }) => {
    const found = await findAddress(asked, hosts, resolver);
    if ('refused' in found && refusals.size < mostTold) refusals.add(truncate(oneLine(found.refused), 200));
    return found;
  };
  const server = createServer((request, response) => void forward(request, response, { find, track }));
  server.maxConnections = most;
  server.on('connection', (socket) => track(socket));
  server.on('clientError', (_error, socket) => socket.destroy());
  server.on('connect', (request, socket, head) => void tunnel({ request, socket, head }, { find, track }));
  const leave = await listen(server, folder);
  return {
    refusals: () => [...refusals],
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const stream of open) stream.destroy();
      await closed;
      await leave();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * By the open folder, as the path of a socket may have 107 characters only.
 * @returns what closes that folder; the server, which removes its socket by this very path, has to be closed before.
 */
async function listen(server: Pick<Server, 'listen' | 'once'>, folder: string): Promise<() => Promise<void>> {
  const handle = await openFile(folder);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(`/proc/self/fd/${handle.fd}/${gatewayFiles.socket}`, resolve);
    });
    // Commands may run as another user; nobody else gets into the storage.
    await chmod(path.join(folder, gatewayFiles.socket), 0o666);
  } catch (error) {
    await handle.close();
    throw error;
  }
  return () => handle.close();
}

type Means = {
  find: (asked: { host: string; port: number }) => ReturnType<typeof findAddress>;
  track: <Stream extends Duplex>(stream: Stream) => Stream;
};

async function tunnel(
  { request, socket, head }: { request: IncomingMessage; socket: Duplex; head: Buffer },
  { find, track }: Means,
): Promise<void> {
  const asked = /^([A-Za-z0-9.-]{1,253}):(\d{1,5})$/.exec(request.url ?? '');
  const found = asked
    ? await find({ host: asked[1] ?? '', port: Number(asked[2]) })
    : { refused: 'It is no host and port.' };
  if (socket.destroyed) return;
  if ('refused' in found) return refuse(socket, 403, found.refused);
  const outside: Socket = track(connect(found));
  outside.setTimeout(silenceMs, () => outside.destroy());
  outside.once('error', () => refuse(socket, 502, 'The host cannot be reached.'));
  outside.once('connect', () => {
    outside.removeAllListeners('error').on('error', () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    outside.write(head);
    outside.pipe(socket).pipe(outside);
  });
  socket.once('close', () => outside.destroy());
  outside.once('close', () => socket.end());
}

function refuse(socket: Duplex, status: number, why: string): void {
  const reason = status === 403 ? 'Forbidden' : 'Bad Gateway';
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nconnection: close\r\ncontent-length: ${why.length + 10}\r\n\r\ncourier: ${why}\n`,
  );
}

/** Headers between two neighbours. */
const hops = ['connection', 'keep-alive', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'upgrade'];

async function forward(request: IncomingMessage, response: ServerResponse, { find, track }: Means): Promise<void> {
  const url = URL.parse(request.url ?? '');
  const answer = (status: number, why: string) => {
    if (response.headersSent) return void response.destroy();
    response.writeHead(status, { connection: 'close' }).end(`courier: ${why}\n`);
  };
  if (url?.protocol !== 'http:') return answer(400, 'It is no request to a proxy.');
  const found = await find({ host: url.hostname, port: Number(url.port || 80) });
  if ('refused' in found) return answer(403, found.refused);
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !hops.includes(name)));
  const outgoing = httpRequest({
    ...found,
    method: request.method,
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, host: url.host },
    agent: false,
    timeout: silenceMs,
  });
  outgoing.on('socket', track);
  outgoing.on('timeout', () => outgoing.destroy());
  outgoing.on('error', () => answer(502, 'The host cannot be reached.'));
  outgoing.on('response', (incoming) => {
    const kept = Object.entries(incoming.headers).filter(([name]) => !hops.includes(name));
    response.writeHead(incoming.statusCode ?? 502, Object.fromEntries(kept));
    incoming.on('error', () => response.destroy());
    incoming.pipe(response);
  });
  response.once('close', () => outgoing.destroy());
  request.pipe(outgoing);
}
