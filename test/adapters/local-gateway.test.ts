import { chmodSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { createLocalSandboxProvider } from '../../src/adapters/local/local-sandbox.ts';
import { messageOf } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { GatewayEvent, GatewaySpec } from '../../src/sandboxes/gateway.ts';
import type { ExecOptions, Sandbox, SandboxFile } from '../../src/sandboxes/sandbox.ts';
import type { Script } from '../fakes/anthropic/script.ts';
import { startAnthropic } from '../fakes/anthropic/start-anthropic.ts';

const place = realpathSync(mkdtempSync(path.join(tmpdir(), 'courier-test-')));
chmodSync(place, 0o755);
const provider = createLocalSandboxProvider({ env: process.env, tempDir: place, log: silentLog });
const modules = path.join(import.meta.dirname, '..', '..', 'node_modules');
// No command that is meant to end comes near it, and no sandbox its end.
const timeoutMs = 120_000;
const lifetimeMs = 3_600_000;
const key = 'sk-ant-the-real-key-6b1f';
const token = 'the-token-of-this-session';

/** The vendor's own client, as a command-line agent brings it. */
async function* withClient(): AsyncGenerator<SandboxFile> {
  for (const name of [
    '@anthropic-ai/sdk',
    '@opentelemetry/api',
    'standardwebhooks',
    '@stablelib/base64',
    'fast-sha256',
  ]) {
    const root = path.join(modules, name);
    for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      // One of the two forms that it brings along.
      const wanted = name === '@anthropic-ai/sdk' ? /(\.mjs|package\.json)$/ : /(\.m?js|package\.json)$/;
      if (!wanted.test(file) || file.includes('node_modules')) continue;
      yield { path: `node_modules/${name}/${file}`, mode: 'file', data: readFileSync(path.join(root, file)) };
    }
  }
}
async function* none(): AsyncGenerator<SandboxFile> {}

const missing = await provider.create({ session: 'S-test', lifetimeMs, files: none }).then(
  (sandbox) => sandbox.kill().then(() => undefined),
  (error: unknown) => messageOf(error),
);
const skip = missing !== undefined;

afterAll(() => rmSync(place, { recursive: true, force: true }));

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function aSandbox(gateway: Partial<GatewaySpec> & { upstream: string }, files = none): Promise<Sandbox> {
  const spec: GatewaySpec = {
    vendor: 'anthropic',
    key,
    token,
    decide: () => ({ pass: true }),
    patience: { tries: 3, firstWaitMs: 1, longestWaitMs: 20 },
    ...gateway,
  };
  const sandbox = await provider.create({ session: 'S-test', lifetimeMs, files, gateway: spec });
  closing.push(() => sandbox.kill());
  return sandbox;
}

/** An API that answers as it is told and remembers what it was asked. */
async function anApi(
  reply: (request: IncomingMessage) => { status?: number; headers?: Record<string, string>; body?: string },
) {
  const asked: {
    method: string | undefined;
    url: string | undefined;
    headers: IncomingMessage['headers'];
    bytes: number;
  }[] = [];
  const server = createServer(async (request, response) => {
    let bytes = 0;
    for await (const chunk of request) bytes += chunk.length;
    asked.push({ method: request.method, url: request.url, headers: request.headers, bytes });
    const { status = 200, headers = { 'content-type': 'application/json' }, body = '{}' } = reply(request);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const call = (sandbox: Sandbox, script: string) =>
  sandbox.exec(['node', '--input-type=module', '-e', script], {
    timeoutMs,
    env: { GATEWAY: sandbox.gateway?.url ?? '', TOKEN: sandbox.gateway?.key ?? '' },
  });
const fetched = (url: string, init = '{}') =>
  `{ const { headers, ...init } = ${init};
  const r = await fetch(process.env.GATEWAY + ${JSON.stringify(url)}, { headers: { 'x-api-key': process.env.TOKEN, ...headers }, ...init });
  console.log(r.status, await r.text()); }`;
const posted = (url = '/v1/messages', body: object = { model: 'claude-sonnet-5' }, headers: object = {}) =>
  fetched(url, JSON.stringify({ method: 'POST', body: JSON.stringify(body), headers }));

describe.skipIf(skip)(`the gateway of a local sandbox${skip ? ` (left out: ${missing})` : ''}`, () => {
  const ask = `
import Anthropic from '@anthropic-ai/sdk';
const client = new Anthropic({ apiKey: process.env.TOKEN, baseURL: process.env.GATEWAY, maxRetries: 0 });
for (let i = 0; i < Number(process.argv[1] ?? 1); i += 1) {
  try {
    const stream = client.messages.stream({ model: 'claude-sonnet-5', max_tokens: 100, messages: [{ role: 'user', content: 'Hello' }] });
    stream.once('streamEvent', () => console.error('begun'));
    console.log('said', await stream.finalText());
  } catch (error) { console.log('refused', error.status, error.error?.error?.type, error.error?.error?.message); }
}`;
  const talk = async (
    script: Script,
    gateway: Partial<GatewaySpec>,
    times: number,
    onOutput: ExecOptions['onOutput'] = () => {},
  ) => {
    const api = await startAnthropic({ script, key });
    closing.push(api.close);
    const sandbox = await aSandbox({ upstream: api.url, ...gateway }, withClient);
    const result = await sandbox.exec(['node', '--input-type=module', '-e', ask, String(times)], {
      timeoutMs,
      onOutput,
      env: { GATEWAY: sandbox.gateway?.url ?? '', TOKEN: sandbox.gateway?.key ?? '' },
    });
    return { api, sandbox, result };
  };

  it("lets the vendor's client stream with a token for a key, no more than was decided, and tells what it used", async () => {
    const told: GatewayEvent[] = [];
    const script = [{ text: 'Good day.', outputTokens: 7 }];
    const decide: GatewaySpec['decide'] = () => ({ pass: true, maxTokens: 17 });
    const { api, result } = await talk(script, { decide, onEvent: (event) => told.push(event) }, 1);
    expect(result).toMatchObject({ exitCode: 0, stdout: 'said Good day.\n' });
    expect(api.requests[0]?.body.max_tokens).toBe(17);
    expect(api.refused).toEqual([]);
    expect(api.requests[0]?.headers.authorization).toBe(`Bearer ${key}`);
    const usage = { inputTokens: expect.any(Number), outputTokens: 7, cacheReadTokens: 0, cacheWriteTokens: 0 };
    const used = { usage, reasoningTokens: 0, estimated: false };
    const ended = { type: 'ended', call: 1, model: 'claude-sonnet-5', outcome: 'answered', used };
    await expect.poll(() => told).toEqual([ended]);
    expect(told[0]?.type === 'ended' && told[0].used?.usage.inputTokens).toBeGreaterThan(0);
  });

  it("refuses in the vendor's words whatever is decided against, and tries nothing again", async () => {
    const many = Array.from({ length: 5 }, () => ({ text: 'Yes.' }));
    const asked: unknown[] = [];
    const decide: GatewaySpec['decide'] = (call) => {
      asked.push(call);
      return asked.length < 3 ? { pass: true } : { refuse: 'iterations' };
    };
    const { result, api } = await talk(many, { decide }, 3);
    expect(result.stdout).toMatch(/^said Yes\.\nsaid Yes\.\nrefused 403 permission_error The turns .*\n$/);
    expect(api.requests).toHaveLength(2);
    const call = { model: 'claude-sonnet-5', maxTokens: 100, promptTokens: expect.any(Number) };
    expect(asked).toEqual([1, 2, 3].map((number) => ({ ...call, number })));
  });

  it('sends again what failed before anything came back, and says so', async () => {
    const told: GatewayEvent[] = [];
    const overloaded = { error: { status: 529, type: 'overloaded_error', headers: { 'retry-after': '3600' } } };
    const script = [overloaded, { text: 'x', breakAfterEvents: 0, breakBy: 'error' as const }, { text: 'Yes.' }];
    const { result, api } = await talk(script, { onEvent: (event) => told.push(event) }, 1);
    expect(result.stdout).toBe('said Yes.\n');
    expect(api.requests).toHaveLength(3);
    await expect.poll(() => told.map(({ type }) => type)).toEqual(['retry', 'retry', 'ended']);
    expect(told[0]).toMatchObject({ attempt: 1, waitMs: 20, reason: expect.stringContaining('529') });
  });

  it('gives up after some tries, for the calls that follow as well, and says what the API said', async () => {
    const told: GatewayEvent[] = [];
    const error = { status: 500, message: `no, ${key}` };
    const script = () => ({ error });
    const { result, api } = await talk(script, { onEvent: (event) => told.push(event) }, 2);
    expect(result.stdout).toMatch(
      /^refused 403 permission_error The API fails.*\nrefused 403 permission_error The API fails/,
    );
    expect(api.requests).toHaveLength(3);
    expect(told.filter(({ type }) => type === 'refused')).toEqual([
      { type: 'refused', call: 1, why: 'server', detail: 'The API answered 500: no, [key]' },
      { type: 'refused', why: 'server', detail: 'The API answered 500: no, [key]' },
    ]);
    await expect
      .poll(() => told.filter(({ type }) => type === 'ended'))
      .toMatchObject([{ call: 1, outcome: 'refused', used: undefined }]);
  });

  it.each([
    ['silent', 300, { text: 'one two three', stallAfterEvents: 4 }],
    ['cut', 0, { text: 'one two three', breakAfterEvents: 4 }],
    ['cut', 0, { text: 'one two three', breakAfterEvents: 4, breakBy: 'end' as const }],
  ])(
    'puts an end to a stream that falls %s, in the words of the vendor, and guesses what it used',
    async (outcome, passes, turn) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      closing.push(async () => vi.useRealTimers());
      const told: GatewayEvent[] = [];
      const settings = { silenceMs: 300, onEvent: (event: GatewayEvent) => told.push(event) };
      const { promise: begun, resolve: onOutput } = Promise.withResolvers<unknown>();
      const talking = talk([turn], settings, 1, onOutput);
      await begun;
      vi.advanceTimersByTime(passes);
      const { result, api } = await talking;
      expect(result.stdout).toMatch(/^refused undefined api_error The API (fell silent|broke off)/);
      await expect.poll(() => told).toMatchObject([{ type: 'ended', outcome, used: { estimated: true } }]);
      await expect.poll(api.open).toBe(0);
    },
    400_000,
  );

  it('asks for nothing any more once several answers in a row broke off', async () => {
    const script = () => ({ text: 'one two three', breakAfterEvents: 4 });
    const { result, api } = await talk(script, {}, 5);
    expect(result.stdout.match(/refused undefined api_error/g)).toHaveLength(3);
    expect(result.stdout.match(/refused 403 permission_error The API falls silent/g)).toHaveLength(2);
    expect(api.requests).toHaveLength(3);
  });

  it('answers nobody without the token of the session', async () => {
    const api = await anApi(() => ({}));
    const told: GatewayEvent[] = [];
    const routes = { '/mcp': async () => new Response('reached') };
    const sandbox = await aSandbox({ upstream: api.url, onEvent: (event) => told.push(event), routes });
    const attempts = [{ 'x-api-key': '' }, { 'x-api-key': key }, { 'x-api-key': `${token}x` }].map((headers) =>
      posted('/v1/messages', {}, headers),
    );
    const { stdout } = await call(sandbox, [...attempts, posted('/mcp', {}, { 'x-api-key': 'x' })].join('\n'));
    expect(stdout.match(/^401 .*authentication_error/gm)).toHaveLength(4);
    expect(api.asked).toEqual([]);
    expect(told).toEqual(Array(4).fill({ type: 'refused', why: 'token' }));
    expect(stdout + JSON.stringify(told)).not.toContain(token);
    // Claude Code asks so before it has looked for its key.
    expect(
      (await call(sandbox, fetched('/api/hello', "{ method: 'HEAD', headers: { 'x-api-key': '' } }"))).stdout,
    ).toBe('200 \n');
    expect(api.asked).toEqual([]);
  });

  it('takes the token of a session wherever a client puts a key', async () => {
    const api = await anApi(() => ({}));
    const sandbox = await aSandbox({ upstream: api.url, vendor: 'google' });
    const url = '/v1beta/models/m:generateContent';
    const none = { 'x-api-key': '' };
    const { stdout } = await call(
      sandbox,
      [
        posted(url, {}, { ...none, authorization: `Bearer ${token}` }),
        posted(url, {}, { ...none, 'x-goog-api-key': token }),
        posted(`${url}?key=${token}`, {}, none),
      ].join('\n'),
    );
    expect(stdout).toBe('200 {}\n'.repeat(3));
    expect(JSON.stringify(api.asked)).not.toContain(token);
  });

  it('answers from this host what it is told to, without the token getting there', async () => {
    const seen: unknown[] = [];
    const routes = {
      '/mcp': async (request: Request) => {
        seen.push([request.method, request.url, request.headers.get('x-api-key'), await request.text()]);
        return Response.json({ ok: true }, { status: 202, headers: { 'x-own': 'yes' } });
      },
    };
    const sandbox = await aSandbox({ upstream: 'http://127.0.0.1:9', routes });
    expect((await call(sandbox, posted('/mcp?x=1', { a: 1 }))).stdout).toBe('202 {"ok":true}\n');
    expect(seen).toEqual([['POST', 'http://courier/mcp?x=1', null, '{"a":1}']]);
    const large = fetched('/mcp', "{ method: 'POST', body: Buffer.alloc(5 << 20) }");
    expect((await call(sandbox, large)).stdout).not.toContain('202');
    expect(seen).toHaveLength(1);
  });

  it('estimates a request above what it comes to, and better once an answer has told it', async () => {
    const usage = { input_tokens: 6000, output_tokens: 1 };
    const api = await anApi(() => ({ body: JSON.stringify({ usage }) }));
    const asked: number[] = [];
    const decide: GatewaySpec['decide'] = ({ promptTokens }) => {
      asked.push(promptTokens);
      return { pass: true };
    };
    const sandbox = await aSandbox({ upstream: api.url, decide });
    const body = { model: 'm', messages: ['x'.repeat(30_000)] };
    await call(sandbox, [posted('/v1/messages', body), posted('/v1/messages', body)].join('\n'));
    expect(asked[0]).toBeGreaterThan(12_000);
    expect(asked[1]).toBeGreaterThan(6500);
    expect(asked[1]).toBeLessThan(6700);
  });

  it('counts neither what is free nor what the API refuses for the call itself', async () => {
    const told: GatewayEvent[] = [];
    const body = JSON.stringify({ error: { message: 'max_tokens: required' } });
    const api = await anApi(({ url }) => (url?.endsWith('count_tokens') ? {} : { status: 400, body }));
    const decided: unknown[] = [];
    const decide: GatewaySpec['decide'] = (each) => {
      decided.push(each);
      return { pass: true };
    };
    const sandbox = await aSandbox({ upstream: api.url, decide, onEvent: (event) => told.push(event) });
    const free = `${posted('/v1/messages/count_tokens')}\n${fetched('/v1/models')}`;
    expect((await call(sandbox, `${free}\n${posted()}`)).stdout).toBe(`200 {}\n400 ${body}\n400 ${body}\n`);
    expect(decided).toHaveLength(1);
    const detail = 'The API answered 400: max_tokens: required';
    await expect.poll(() => told).toMatchObject([{ type: 'ended', outcome: 'refused', used: undefined, detail }]);
  });

  it('leaves an answer that nobody waits for any more, and counts what came', async () => {
    const told: GatewayEvent[] = [];
    const api = await startAnthropic({ script: [{ text: 'one two', stallAfterEvents: 3 }], key });
    closing.push(api.close);
    const sandbox = await aSandbox({ upstream: api.url, onEvent: (event) => told.push(event) });
    const body = { model: 'claude-sonnet-5', max_tokens: 9, stream: true, messages: [{ role: 'user', content: 'x' }] };
    const headers = { 'anthropic-version': '2023-06-01' };
    const leave = `const r = await fetch(process.env.GATEWAY + '/v1/messages', { method: 'POST', body: ${JSON.stringify(JSON.stringify(body))}, headers: { 'x-api-key': process.env.TOKEN, ...${JSON.stringify(headers)} } });
      for await (const chunk of r.body) { console.log(r.status); process.exit(); }`;
    expect((await call(sandbox, leave)).stdout).toBe('200\n');
    await expect.poll(() => told).toMatchObject([{ type: 'ended', outcome: 'abandoned', used: { estimated: true } }]);
    await expect.poll(api.open).toBe(0);
  });

  it('keeps the key out of the sandbox, and every other host out of reach', async () => {
    const api = await anApi(() => ({}));
    const sandbox = await aSandbox({ upstream: api.url });
    const search = `cat /proc/*/environ /proc/*/cmdline 2>/dev/null; grep -rsa sk-ant-the-real /run /tmp /home /etc /proc/[0-9]*/maps; ls /run/courier`;
    const looked = await sandbox.exec(['bash', '-c', search], { timeoutMs });
    expect(looked.stdout).toContain('api.sock');
    expect(looked.stdout.replaceAll(search, '')).not.toContain('sk-ant-the-real');
    const port = new URL(api.url).port;
    const direct = `for (const url of ['http://127.0.0.1:${port}', 'http://1.1.1.1', 'http://169.254.169.254'])
      await fetch(url, { signal: AbortSignal.timeout(2000) }).then(() => console.log('BREACH', url), () => {});`;
    expect((await call(sandbox, direct)).stdout).toBe('');
    const write = 'touch /run/courier/x; rm -f /run/courier/api.sock; ls /run/courier';
    expect((await sandbox.exec(['bash', '-c', write], { timeoutMs })).stdout).toBe('api.sock\nforward.mjs\n');
    expect(api.asked).toEqual([]);
  });

  it.each([
    ['anthropic', '/v1/messages', '/base/v1/messages'],
    ['openai', '/v1/responses', '/base/responses'],
    ['google', '/v1beta/models/m:generateContent', '/base/v1beta/models/m:generateContent'],
  ] as const)('puts in the key of %s and throws away all that came', async (vendor, url, target) => {
    const api = await anApi(() => ({}));
    const sandbox = await aSandbox({ upstream: `${api.url}/base/`, vendor });
    const headers = { authorization: 'Bearer mine', 'x-goog-api-key': 'mine', cookie: 'mine', kept: 'yes' };
    expect((await call(sandbox, posted(`${url}?key=mine&alt=sse`, {}, headers))).stdout).toBe('200 {}\n');
    expect(api.asked[0]?.url).toBe(`${target}?alt=sse`);
    const sent = JSON.stringify(api.asked[0]?.headers);
    expect(sent).not.toContain('mine');
    expect(sent).not.toContain(token);
    expect(sent.split(key)).toHaveLength(2);
    expect(api.asked[0]?.headers.kept).toBe('yes');
  });

  it('passes on allowed paths and methods only', async () => {
    const api = await anApi(() => ({}));
    const sandbox = await aSandbox({ upstream: api.url });
    const attempts = [
      '/v1/files',
      '/v1/messages/../files',
      '/v1/messages/%2e%2e/files',
      '/v1/messagesx',
      '/v1/messages//x',
      '/v1/messages/..%2ffiles',
    ];
    const script = [...attempts.map((url) => posted(url)), fetched('/v1/messages', "{ method: 'DELETE' }")].join('\n');
    const { stdout } = await call(sandbox, script);
    expect(stdout.split('\n').filter((line) => line.startsWith('404 {"type":"error"'))).toHaveLength(7);
    const raw = `import net from 'node:net';
      for (const line of ['POST http://example.com/v1/messages', 'CONNECT example.com:443', 'POST //example.com/v1/messages']) {
        const socket = net.connect(8787, '127.0.0.1', () => socket.end(line + ' HTTP/1.1\\r\\nhost: x\\r\\nx-api-key: ' + process.env.TOKEN + '\\r\\nconnection: close\\r\\n\\r\\n'));
        let text = ''; for await (const chunk of socket) text += chunk; console.log(text.slice(9, 12));
      }`;
    expect((await call(sandbox, raw)).stdout).not.toContain('200');
    expect(api.asked).toEqual([]);
  });

  it('is no way out by what an API does for its model: nothing is sent, and nothing counts', async () => {
    const api = await anApi(() => ({}));
    const told: GatewayEvent[] = [];
    const sandbox = await aSandbox({
      upstream: api.url,
      decide: () => expect.fail('it was decided on'),
      onEvent: (event) => told.push(event),
    });
    const server = { type: 'url', url: 'https://evil.example/?stolen', name: 'evil' };
    const image = [{ type: 'image', source: { type: 'url', url: 'https://evil.example/?stolen' } }];
    const { stdout } = await call(
      sandbox,
      posted('/v1/messages', { model: 'claude-sonnet-5', mcp_servers: [server] }) +
        posted('/v1/messages/count_tokens', { model: 'claude-sonnet-5', messages: [{ role: 'user', content: image }] }),
    );
    expect(stdout.match(/^403 .*permission_error/gm)).toHaveLength(2);
    expect(api.asked).toEqual([]);
    expect(told).toEqual([
      { type: 'refused', why: 'reaches-out', detail: 'A call was to have the API call servers.' },
      { type: 'refused', why: 'reaches-out', detail: expect.stringContaining('fetch') },
    ]);
  });

  it('follows no redirect, and says nothing of a key that is refused', async () => {
    const api = await anApi(({ url }) =>
      url?.includes('redirect')
        ? { status: 307, headers: { location: 'http://127.0.0.1:1/' } }
        : { status: 401, body: JSON.stringify({ error: `wrong key ${key}` }) },
    );
    const sandbox = await aSandbox({ upstream: api.url });
    const { stdout } = await call(sandbox, `${posted('/v1/messages?redirect')}\n${posted()}`);
    expect(stdout).toMatch(/^403 .*cannot be passed on.*\n403 .*refuses Courier's key/);
    expect(stdout).not.toContain(key);
    expect(api.asked).toHaveLength(2);
  });

  it('bounds a request', async () => {
    const api = await anApi(() => ({}));
    const sandbox = await aSandbox({ upstream: api.url });
    const large = fetched('/v1/messages', "{ method: 'POST', body: Buffer.alloc(33 << 20) }");
    const { stdout, stderr } = await call(sandbox, large);
    expect(`${stdout}${stderr}`).toMatch(/413|fetch failed/);
    expect(api.asked).toEqual([]);
  });

  it('is another command to nobody: exit codes, streams and signals are as without it', async () => {
    const sandbox = await aSandbox({ upstream: 'http://127.0.0.1:9' });
    const run = (command: [string, ...string[]], stdin = '') => sandbox.exec(command, { timeoutMs, stdin });
    expect(await run(['bash', '-c', 'cat; echo err >/dev/stderr; exit 3'], 'in')).toMatchObject({
      exitCode: 3,
      stdout: 'in',
      stderr: 'err\n',
    });
    expect((await run(['bash', '-c', 'kill -TERM $$'])).exitCode).toBe(143);
    expect(await run(['no-such-program'])).toMatchObject({
      exitCode: 127,
      stderr: expect.stringContaining('not found'),
    });
    expect((await call(sandbox, posted())).stdout).toMatch(/^403 .*cannot be reached/);
  });

  it('ends with the sandbox, calls that run included', async () => {
    let closed = 0;
    const server = createServer((request) => request.on('close', () => (closed += 1)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const sandbox = await aSandbox({ upstream: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    const reached = new Promise((resolve) => server.once('request', resolve));
    const running = call(sandbox, posted());
    await reached;
    await sandbox.kill();
    expect((await running).exitCode).toBe(137);
    await expect.poll(() => closed).toBe(1);
    await new Promise((resolve) => server.close(resolve));
    expect(readdirSync(place).filter((name) => name === path.basename(sandbox.ref.id))).toEqual([]);
  });
});
