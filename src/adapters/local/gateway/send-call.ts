import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type GatewaySpec, keyHeader, passHeaders } from '../../../sandboxes/gateway.ts';

export type Outgoing = {
  target: URL;
  method: string | undefined;
  headers: IncomingMessage['headers'];
  body: Uint8Array;
  signal: AbortSignal;
  /** Milliseconds in which the answer has to begin. */
  patienceMs: number;
};

/** The call as the API gets it. @returns its answer, of which nothing is read. @throws where there is none. */
export function sendCall(spec: GatewaySpec, call: Outgoing): Promise<IncomingMessage> {
  const { target, method, headers, body, signal, patienceMs } = call;
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => outgoing.destroy(new Error('it did not answer in time')), patienceMs);
    const outgoing = (target.protocol === 'https:' ? httpsRequest : httpRequest)(target, {
      method,
      headers: {
        ...passHeaders(headers),
        ...keyHeader(spec),
        'accept-encoding': 'identity',
        ...(method === 'POST' ? { 'content-length': body.length } : {}),
      },
      signal,
    });
    outgoing.once('response', (incoming) => {
      clearTimeout(late);
      resolve(incoming);
    });
    outgoing.on('error', (error) => {
      clearTimeout(late);
      reject(error);
    });
    outgoing.once('close', () => {
      clearTimeout(late);
      reject(new Error('the connection was closed'));
    });
    outgoing.end(body);
  });
}
