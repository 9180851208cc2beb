import type { Server as HttpServer, IncomingMessage, ServerResponse } from 'node:http';

const webhooks = '/api/github/webhooks';
/** GitHub sends no larger ones. */
const largestDelivery = 25 * 1024 * 1024;

/**
 * Stands before Probot: a body of any size would be read into memory before its signature is looked at, and what comes while the app shuts
 * down must fail, so that GitHub's log of deliveries says that it has to be sent again.
 */
export function guardDoor(server: HttpServer, { isClosing }: { isClosing: () => boolean }): void {
  const inside = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const refusal = request.method === 'POST' ? whyNot(request, isClosing()) : undefined;
    if (refusal) return refuse(response, refusal);
    // The address that Probot's manifest registers is the root of where it was set up.
    if (request.method === 'POST' && request.url === '/') request.url = webhooks;
    for (const listener of inside) listener.call(server, request, response);
  });
}

type Refusal = { status: number; why: string };

function whyNot({ headers }: IncomingMessage, closing: boolean): Refusal | undefined {
  if (closing) return { status: 503, why: 'shutting down' };
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (Number.isNaN(length)) return { status: 411, why: 'the length has to be told' };
  return length > largestDelivery ? { status: 413, why: 'larger than what GitHub sends' } : undefined;
}

function refuse(response: ServerResponse, { status, why }: Refusal): void {
  // The rest of the body is not waited for.
  response.writeHead(status, { connection: 'close', 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: why }));
}
