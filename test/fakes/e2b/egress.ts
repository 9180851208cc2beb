import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { type Network, reaches, transformOf } from './network-rules.ts';

/** The way out of one machine, for as long as that is there. */
export type WayOut = { close(): void };

/** E2B's proxy between its machines and the internet, which is played by addresses on loopback. */
export type Egress = {
  /** The authority that machines trust: the proxy shows certificates of it. */
  readonly authority: string;
  /** Where a name of the internet is: the origin of a server on loopback, by name. */
  readonly internet: Map<string, string>;
  /** @param socket where the machine's connections to port 443 arrive. */
  open(socket: string, network: () => Network | undefined): WayOut;
};

/** @returns why machines cannot be given a way out here: then their network ends at themselves, whatever they are allowed. */
export function whyNoEgress(): string | undefined {
  if (process.getuid?.() !== 0) return 'an emulated machine listens on port 443 only where root plays it';
  return spawnSync('openssl', ['version']).status === 0 ? undefined : 'there is no openssl';
}

/** @param folder for its keys. */
export function createEgress(folder: string): Egress {
  mkdirSync(folder, { mode: 0o700 });
  const file = (name: string) => path.join(folder, name);
  const sign = (name: string, extra: readonly string[]) =>
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-days', '2'],
        ...['-subj', `/CN=${name}`, '-keyout', file(`${name}.key`), '-out', file(`${name}.pem`), ...extra],
      ],
      { stdio: 'pipe' },
    );
  sign('authority', ['-addext', 'keyUsage=critical,keyCertSign']);
  const contexts = new Map<string, SecureContext>();
  const contextFor = (name: string) => {
    const made = contexts.get(name);
    if (made) return made;
    const authority = ['-CA', file('authority.pem'), '-CAkey', file('authority.key')];
    sign(name, [...authority, '-addext', `subjectAltName=DNS:${name}`, '-addext', 'basicConstraints=CA:FALSE']);
    const context = createSecureContext({
      key: readFileSync(file(`${name}.key`)),
      cert: readFileSync(file(`${name}.pem`)),
    });
    contexts.set(name, context);
    return context;
  };
  const internet = new Map<string, string>();
  return {
    authority: readFileSync(file('authority.pem'), 'utf8'),
    internet,
    open(socket, network) {
      const mayPass = (name: string) => internet.has(name) && reaches(network(), name);
      const server = https.createServer(
        {
          SNICallback: (name, done) =>
            mayPass(name) ? done(null, contextFor(name)) : done(new Error(`${name} is not let through`)),
        },
        (request, response) => {
          const name = request.socket instanceof TLSSocket ? String(request.socket.servername) : '';
          const origin = internet.get(name);
          // What is shut ends for connections that are open, too.
          if (origin === undefined || !mayPass(name)) return void request.socket.destroy();
          pass(request, response, { origin, added: transformOf(network(), name) });
        },
      );
      server.on('tlsClientError', () => {});
      server.requestTimeout = 0;
      server.headersTimeout = 0;
      server.listen(socket);
      return {
        close() {
          server.close();
          server.closeAllConnections();
        },
      };
    },
  };
}

type Passing = { origin: string; added: Readonly<Record<string, string>> };

/** Headers of a rule replace those that the machine sent; paths are not looked at. */
function pass(request: http.IncomingMessage, response: http.ServerResponse, { origin, added }: Passing): void {
  const lowered = Object.fromEntries(Object.entries(added).map(([name, value]) => [name.toLowerCase(), value]));
  const headers = { ...request.headers, ...lowered };
  const upstream = http.request(new URL(request.url ?? '/', origin), {
    method: request.method ?? 'GET',
    headers,
    agent: false,
  });
  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.flushHeaders();
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  upstream.on('error', () => response.destroy());
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}
