import { createHmac, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import type { AppEnvironment } from '../../app/environment.ts';
import type { Task } from '../../app/fair-queue.ts';
import { PostponedError } from '../../app/later.ts';
import { createAppServer } from '../../app/server.ts';
import type { Delivery, Installations } from '../../app/work.ts';
import { freePort } from '../free-port.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});

type Asked = { method: string; url: string; authorization: string };

/** The few of GitHub's addresses that an app uses in its own name. */
async function aGitHub(failed: object[] = []) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    asked.push({ method, url, authorization: request.headers.authorization ?? '' });
    const [path] = url.split('?');
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (path === '/app') return json(200, { id: 12 });
    if (path === '/app/installations') return json(200, []);
    if (path === '/app/hook/deliveries') return json(200, failed);
    if (path?.endsWith('/attempts')) return json(202, {});
    if (path?.endsWith('/access_tokens')) return json(201, { token: 'ghs_x', expires_at: '2099-01-01T00:00:00Z' });
    return json(404, { message: 'Not Found' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}`, asked };
}

type Understand = (delivery: Delivery, installations: Installations) => Task | undefined;

async function anApp(understand: Understand, github: { url: string }, logged: string[] = []) {
  const environment: AppEnvironment = {
    appId: 12,
    privateKey,
    webhookSecret: 'secret',
    host: '127.0.0.1',
    port: await freePort(),
    apiUrl: github.url,
    graphqlUrl: `${github.url}/graphql`,
    serverUrl: github.url,
    webhookProxyUrl: undefined,
    logLevel: 'silent',
    workflow: 'courier.yml',
  };
  const server = await createAppServer({
    environment,
    work: ({ installations }) => ({
      understand: (delivery) => [understand(delivery, installations) ?? []].flat(),
      giveIn: () => {},
    }),
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
  });
  const { port } = await server.start();
  onTestFinished(() => server.stop());
  const url = `http://127.0.0.1:${port}`;
  return {
    server,
    get: (path: string) => fetch(`${url}${path}`),
    deliver: (event: string, payload: object, secret = 'secret') => {
      const body = JSON.stringify(payload);
      const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
      return fetch(`${url}/api/github/webhooks`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-github-event': event,
          'x-github-delivery': '11111111-2222-3333-4444-555555555555',
          'x-hub-signature-256': signature,
        },
      });
    },
  };
}

it('answers a delivery before its work has ended, and works on one issue at a time', async () => {
  const held = Promise.withResolvers<void>();
  const seen: Delivery[] = [];
  const app = await anApp(
    (delivery) => {
      seen.push(delivery);
      return { owner: 'acme/shop', subject: '7', run: () => held.promise };
    },
    await aGitHub(),
  );
  expect((await app.deliver('issue_comment', { action: 'created' })).status).toBe(200);
  expect((await app.deliver('issue_comment', { action: 'created' })).status).toBe(200);
  expect(seen).toHaveLength(2);
  expect(await (await app.get('/metrics')).text()).toMatch(
    /courier_queue_size\{state="waiting"\} 1\n.*state="running"\} 1/,
  );
  held.resolve();
});

it('turns away what is not signed with its secret', async () => {
  const seen: Delivery[] = [];
  const app = await anApp((delivery) => void seen.push(delivery), await aGitHub());
  expect((await app.deliver('issue_comment', {}, 'guessed')).status).toBe(400);
  expect(seen).toEqual([]);
});

it('says whether it lives and whether to send it work', async () => {
  const app = await anApp(() => undefined, await aGitHub());
  expect((await app.get('/healthz')).status).toBe(200);
  await expect.poll(async () => (await app.get('/readyz')).json()).toEqual({ status: 'ready' });
  await app.deliver('made_up_by_somebody', {});
  const metrics = await (await app.get('/metrics')).text();
  expect(metrics).toContain('courier_deliveries_total{event="other"} 1');
  expect(metrics).toContain('process_cpu_seconds_total');
});

it('asks for what GitHub could not deliver as soon as it starts, in its own name', async () => {
  const lost = { id: 77, guid: 'g', delivered_at: new Date().toISOString(), status_code: 502, event: 'issue_comment' };
  const github = await aGitHub([lost]);
  await anApp(() => undefined, github);
  await expect
    .poll(() => github.asked.map(({ method, url }) => `${method} ${url}`))
    .toContain('POST /app/hook/deliveries/77/attempts');
  expect(github.asked[0]?.authorization).toMatch(/^bearer ey/i);
});

it('acts for an installation with a token that it asks for once', async () => {
  const github = await aGitHub();
  const tokens: string[] = [];
  const app = await anApp(
    (_delivery, installations) => ({
      owner: 'acme/shop',
      subject: String(tokens.length),
      run: async () => void tokens.push((await installations.token(5, 3)).token),
    }),
    github,
  );
  await app.deliver('issues', {});
  await expect.poll(() => tokens).toHaveLength(1);
  await app.deliver('issues', {});
  await expect.poll(() => tokens).toEqual(['ghs_x', 'ghs_x']);
  expect(github.asked.filter(({ url }) => url === '/app/installations/5/access_tokens')).toHaveLength(1);
});

it('ends what it has begun before it goes', async () => {
  const held = Promise.withResolvers<void>();
  const log: string[] = [];
  const run = async () => {
    await held.promise;
    log.push('worked');
  };
  const app = await anApp(() => ({ owner: 'acme/shop', subject: '7', run }), await aGitHub());
  await app.deliver('issues', {});
  const stopping = app.server.stop().then(() => log.push('stopped'));
  expect((await app.get('/readyz')).status).toBe(503);
  held.resolve();
  await stopping;
  expect(log).toEqual(['worked', 'stopped']);
});

it('tells of work that failed, and leaves what comes back to the warning that was given', async () => {
  const logged: string[] = [];
  const errors = [new PostponedError('GitHub is down'), new TypeError('A mistake')];
  const run = async () => {
    throw errors.shift();
  };
  let number = 0;
  const task = () => ({ owner: 'acme/shop', subject: String(number++), run });
  const app = await anApp(task, await aGitHub(), logged);
  await app.deliver('issues', {});
  await app.deliver('issues', {});
  await expect.poll(() => logged.join('')).toContain('A mistake');
  expect(logged.join('')).not.toContain('GitHub is down');
  const metrics = await (await app.get('/metrics')).text();
  expect(metrics).toContain('courier_work_seconds_count{outcome="postponed"} 1');
  expect(metrics).toContain('courier_work_seconds_count{outcome="failed"} 1');
});
