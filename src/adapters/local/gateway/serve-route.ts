import { Buffer } from 'node:buffer';
import type { GatewayRoute } from '../../../sandboxes/gateway.ts';
import { readBody } from './read-body.ts';
import { type Call, limits, refuse, type State } from './state.ts';

/** What this host answers itself. The token does not get to it. */
export async function answerRoute(state: State, call: Call, route: GatewayRoute): Promise<void> {
  const { request, response, gone } = call;
  const body = await readBody(request, limits.route);
  if (body === undefined) return refuse(state, call, { why: 'too-large' });
  const { method = 'GET', url = '/' } = request;
  const answer = await route(
    new Request(`http://courier${url}`, {
      method,
      headers: headersOf(request.headers),
      ...(method === 'GET' || method === 'HEAD' ? {} : { body: new Uint8Array(body) }),
      signal: gone,
    }),
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  for await (const chunk of answer.body ?? []) if (!response.destroyed) response.write(Buffer.from(chunk));
  response.end();
}

function headersOf(headers: Call['request']['headers']): [string, string][] {
  const secret = new Set([
    'authorization',
    'x-api-key',
    'api-key',
    'x-goog-api-key',
    'connection',
    'transfer-encoding',
  ]);
  return Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined || secret.has(name) ? [] : [[name, String(value)]],
  );
}
