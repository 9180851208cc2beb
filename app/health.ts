import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Metrics } from './metrics.ts';

/** Whether the app may be sent work; `no`: the reason, for a person. */
export type Readiness = { ready: true } | { ready: false; no: string };

/** What operators ask: `/healthz` (the process answers), `/readyz` (send it work), `/metrics` (Prometheus). */
export function createHealthHandler({ readiness, metrics }: { readiness: () => Readiness; metrics: Metrics }) {
  const pages: Readonly<Record<string, (response: ServerResponse) => Promise<void> | void>> = {
    '/healthz': (response) => answer(response, 200, { status: 'ok' }),
    '/readyz': (response) => {
      const now = readiness();
      if (now.ready) answer(response, 200, { status: 'ready' });
      else answer(response, 503, { status: 'not ready', reason: now.no });
    },
    '/metrics': async (response) => {
      const { contentType, text } = await metrics.render();
      response.writeHead(200, { 'content-type': contentType }).end(text);
    },
  };
  return async ({ method, url }: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const [path = ''] = (url ?? '').split('?');
    const page = method === 'GET' && Object.hasOwn(pages, path) ? pages[path] : undefined;
    await page?.(response);
    return page !== undefined;
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
