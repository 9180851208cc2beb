// The daemon inside a sandbox, as E2B's own behaves where the SDK can see it. It runs in there, with Node's modules alone.
import http from 'node:http';
import net from 'node:net';
import { createInterface } from 'node:readline';
import { handleFiles } from './envd-files.ts';
import { handleProcess, type User } from './envd-process.ts';

type Configuration = {
  token: string;
  socket: string;
  envs: Record<string, string>;
  asRoot: boolean;
  /** Socket behind which the proxy is that leads out. */
  egress?: string;
};

const lines = createInterface({ input: process.stdin });
lines.once('line', (line) => serve(JSON.parse(line)));

function serve({ token, socket, envs, asRoot, egress }: Configuration): void {
  if (egress !== undefined) lead(egress);
  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://envd');
    if (url.pathname === '/health') return response.writeHead(204).end();
    if (request.headers['x-access-token'] !== token)
      return refuse(response, 401, 'unauthenticated', 'invalid access token');
    const context = { request, response, url, user: userOf(request, url, asRoot), envs };
    try {
      if (url.pathname === '/files') await handleFiles(context);
      else await handleProcess(context);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'internal', message);
    }
  });
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.keepAliveTimeout = 640_000;
  server.listen(socket, () => process.stdout.write('ready\n'));
}

/** The names that a machine reaches are its own in here: what comes to the port goes out. */
function lead(egress: string): void {
  const server = net.createServer((inside) => {
    const outside = net.connect(egress);
    inside.on('error', () => outside.destroy());
    outside.on('error', () => inside.destroy());
    inside.pipe(outside).pipe(inside);
  });
  server.listen(443, '127.0.0.1');
}

function refuse(response: http.ServerResponse, status: number, code: string | number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ code, message }));
}

/** Without root on the host there is one user for all, who has another name then. */
function userOf({ headers }: http.IncomingMessage, url: URL, asRoot: boolean): User {
  const basic = /^Basic (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  const name = Buffer.from(basic, 'base64').toString().split(':')[0] || url.searchParams.get('username') || 'user';
  const home = name === 'root' ? '/root' : `/home/${name}`;
  const ids = name === 'root' ? { uid: 0, gid: 0 } : { uid: 1000, gid: 1000 };
  return asRoot ? { name, home, ...ids } : { name: 'user', home: '/home/user', uid: undefined, gid: undefined };
}
