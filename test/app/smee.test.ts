import { createHmac } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../app/log.ts';
import { createAppServer } from '../../app/server.ts';
import type { Delivery } from '../../app/work.ts';
import { aGitHubWithApp, environmentFor, patience, secret } from './app-bed.ts';

/** A channel as smee.io has it: whoever listens is sent what came, as events. */
async function aChannel() {
  const listeners: ServerResponse[] = [];
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('event: ready\ndata: {}\n\n');
    listeners.push(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const each of listeners) each.end();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  const send = (data: object) => {
    for (const each of listeners) each.write(`data: ${JSON.stringify(data)}\n\n`);
  };
  return { url: `http://127.0.0.1:${address.port}/channel`, listeners, send };
}

it('is brought its deliveries through a channel, for development', async () => {
  const github = await aGitHubWithApp();
  const channel = await aChannel();
  const environment = await environmentFor(github, { webhookProxyUrl: channel.url });
  const taken: Delivery[] = [];
  const understand = (delivery: Delivery) => {
    taken.push(delivery);
    return [];
  };
  const log = createLog('info', { write: () => {} });
  const server = await createAppServer({ environment, work: () => ({ understand, giveIn: () => {} }), log });
  await server.start();
  onTestFinished(() => server.stop(0));
  await expect.poll(() => channel.listeners.length, patience).toBe(1);
  const body = { action: 'opened', issue: { number: 7 } };
  channel.send({
    ...{ body, query: {}, timestamp: 1, host: 'smee.io', 'content-type': 'application/json', 'content-length': '999' },
    ...{ 'x-github-event': 'issues', 'x-github-delivery': '11111111-2222-3333-4444-555555555555' },
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(JSON.stringify(body)).digest('hex')}`,
  });
  await expect.poll(() => taken, patience).toMatchObject([{ event: 'issues', payload: body }]);
});
