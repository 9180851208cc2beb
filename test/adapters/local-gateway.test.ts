import { chmodSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createLocalSandboxProvider } from '../../src/adapters/local/local-sandbox.ts';
import { messageOf } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { GatewaySpec, GatewayUsage } from '../../src/sandboxes/gateway.ts';
import type { Sandbox, SandboxFile } from '../../src/sandboxes/sandbox.ts';
import type { Script } from '../fakes/anthropic/script.ts';
import { startAnthropic } from '../fakes/anthropic/start-anthropic.ts';

const place = realpathSync(mkdtempSync(path.join(tmpdir(), 'courier-test-')));
chmodSync(place, 0o755);
const provider = createLocalSandboxProvider({ env: process.env, tempDir: place, log: silentLog });
const modules = path.join(import.meta.dirname, '..', '..', 'node_modules');
const key = 'sk-ant-the-real-key-6b1f';

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
      if (!/(\.m?js|package\.json)$/.test(file) || file.includes('node_modules')) continue;
      yield { path: `node_modules/${name}/${file}`, mode: 'file', data: readFileSync(path.join(root, file)) };
    }
  }
}
async function* none(): AsyncGenerator<SandboxFile> {}

const missing = await provider.create({ session: 'S-test', lifetimeMs: 10_000, files: none }).then(
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
  const spec = {
    vendor: 'anthropic',
    key,
    paths: ['/v1/messages'],
    budget: { calls: 10, tokens: 1e6 },
    ...gateway,
  } as const;
  const sandbox = await provider.create({ session: 'S-test', lifetimeMs: 60_000, files, gateway: spec });
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

const call = (sandbox: Sandbox, script: string, timeoutMs = 15_000) =>
  sandbox.exec(['node', '--input-type=module', '-e', script], {
    timeoutMs,
    env: { GATEWAY: sandbox.gatewayUrl ?? '' },
  });
const fetched = (url: string, init = '{}') =>
  `const r = await fetch(process.env.GATEWAY + ${JSON.stringify(url)}, ${init}); console.log(r.status, await r.text());`;

describe.skipIf(skip)(`the gateway of a local sandbox${skip ? ` (left out: ${missing})` : ''}`, () => {
  const ask = `
import Anthropic from '@anthropic-ai/sdk';
const client = new Anthropic({ apiKey: 'dummy', baseURL: process.env.GATEWAY });
for (let i = 0; i < Number(process.argv[1] ?? 1); i += 1) {
  try {
    const stream = client.messages.stream({ model: 'claude-sonnet-5', max_tokens: 100, messages: [{ role: 'user', content: 'Hello' }] });
    console.log('said', await stream.finalText());
  } catch (error) { console.log('refused', error.status, error.error?.error?.type, error.error?.error?.message); }
}`;
  const talk = async (script: Script, gateway: Partial<GatewaySpec>, times: number) => {
    const api = await startAnthropic({ script, key });
    closing.push(api.close);
    const sandbox = await aSandbox({ upstream: api.url, ...gateway }, withClient);
    const result = await sandbox.exec(['node', '--input-type=module', '-e', ask, String(times)], {
      timeoutMs: 20_000,
      env: { GATEWAY: sandbox.gatewayUrl ?? '' },
    });
    return { api, sandbox, result };
  };

  it("lets the vendor's client stream with a key that is none, and counts what it used", async () => {
    const usages: GatewayUsage[] = [];
    const script = [{ text: 'Good day.', outputTokens: 7 }];
    const { api, result } = await talk(script, { onUsage: (usage) => usages.push(usage) }, 1);
    expect(result).toMatchObject({ exitCode: 0, stdout: 'said Good day.\n' });
    expect(api.refused).toEqual([]);
    expect(api.requests[0]?.headers['x-api-key']).toBe(key);
    expect(usages).toEqual([{ calls: 1, inputTokens: expect.any(Number), outputTokens: 7, estimated: false }]);
    expect(usages[0]?.inputTokens).toBeGreaterThan(0);
  }, 40_000);

  it("refuses in the vendor's words once the budget is used up, and tries nothing again", async () => {
    const many = Array.from({ length: 5 }, () => ({ text: 'Yes.', outputTokens: 60 }));
    const byCalls = await talk(many, { budget: { calls: 2, tokens: 1e6 } }, 3);
    expect(byCalls.result.stdout).toMatch(/^said Yes\.\nsaid Yes\.\nrefused 403 permission_error The budget .*\n$/);
    expect(byCalls.api.requests).toHaveLength(2);
    const byTokens = await talk(many, { budget: { calls: 100, tokens: 50 } }, 2);
    expect(byTokens.result.stdout).toMatch(/^said Yes\.\nrefused 403 permission_error/);
    expect(byTokens.api.requests).toHaveLength(1);
  }, 60_000);

  it('keeps the key out of the sandbox, and every other host out of reach', async () => {
    const api = await anApi(() => ({}));
    const sandbox = await aSandbox({ upstream: api.url });
    const search = `cat /proc/*/environ /proc/*/cmdline 2>/dev/null; grep -rsa sk-ant-the-real /run /tmp /home /etc /proc/[0-9]*/maps; ls /run/courier`;
    const looked = await sandbox.exec(['bash', '-c', search], { timeoutMs: 15_000 });
    expect(looked.stdout).toContain('api.sock');
    expect(looked.stdout.replaceAll(search, '')).not.toContain('sk-ant-the-real');
    const port = new URL(api.url).port;
    const direct = `for (const url of ['http://127.0.0.1:${port}', 'http://1.1.1.1', 'http://169.254.169.254'])
      await fetch(url, { signal: AbortSignal.timeout(2000) }).then(() => console.log('BREACH', url), () => {});`;
    expect((await call(sandbox, direct)).stdout).toBe('');
    const write = 'touch /run/courier/x; rm -f /run/courier/api.sock; ls /run/courier';
    expect((await sandbox.exec(['bash', '-c', write], { timeoutMs: 5000 })).stdout).toBe('api.sock\nforward.mjs\n');
    expect(api.asked).toEqual([]);
  }, 30_000);

  it.each(['anthropic', 'openai', 'google'] as const)(
    'puts in the key of %s and throws away all that came',
    async (vendor) => {
      const api = await anApi(() => ({}));
      const sandbox = await aSandbox({ upstream: `${api.url}/base/`, vendor, paths: ['/v1'] });
      const headers = {
        'x-api-key': 'mine',
        authorization: 'Bearer mine',
        'x-goog-api-key': 'mine',
        cookie: 'mine',
        kept: 'yes',
      };
      const init = JSON.stringify({ method: 'POST', body: 'x', headers });
      expect((await call(sandbox, fetched('/v1/models?key=mine&alt=sse', init))).stdout).toBe('200 {}\n');
      expect(api.asked[0]?.url).toBe('/base/v1/models?alt=sse');
      const sent = JSON.stringify(api.asked[0]?.headers);
      expect(sent).not.toContain('mine');
      expect(sent.split(key)).toHaveLength(2);
      expect(api.asked[0]?.headers.kept).toBe('yes');
    },
  );

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
    const script = attempts
      .map((url) => fetched(url))
      .join('\n')
      .replaceAll('const r', 'var r');
    const { stdout } = await call(
      sandbox,
      `${script}\n${fetched('/v1/messages', "{ method: 'DELETE' }")}`.replaceAll('const r', 'var r'),
    );
    expect(stdout.split('\n').filter((line) => line.startsWith('404 {"type":"error"'))).toHaveLength(7);
    const raw = `import net from 'node:net';
      for (const line of ['GET http://example.com/v1/messages', 'CONNECT example.com:443', 'GET //example.com/v1/messages']) {
        const socket = net.connect(8787, '127.0.0.1', () => socket.end(line + ' HTTP/1.1\\r\\nhost: x\\r\\nconnection: close\\r\\n\\r\\n'));
        let text = ''; for await (const chunk of socket) text += chunk; console.log(text.slice(9, 12));
      }`;
    expect((await call(sandbox, raw)).stdout).not.toContain('200');
    expect(api.asked).toEqual([]);
  });

  it('follows no redirect, and says nothing of a key that is refused', async () => {
    const api = await anApi(({ url }) =>
      url?.endsWith('redirect')
        ? { status: 307, headers: { location: 'http://127.0.0.1:1/' } }
        : { status: 401, body: JSON.stringify({ error: `wrong key ${key}` }) },
    );
    const sandbox = await aSandbox({ upstream: api.url });
    const { stdout } = await call(
      sandbox,
      fetched('/v1/messages/redirect') + fetched('/v1/messages').replace('const r', 'var s; { const r').concat('}'),
    );
    expect(stdout).toMatch(/^502 .*\n403 .*refuses Courier's key/);
    expect(stdout).not.toContain(key);
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
    const run = (command: [string, ...string[]], stdin = '') => sandbox.exec(command, { timeoutMs: 10_000, stdin });
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
    expect((await call(sandbox, fetched('/v1/messages'))).stdout).toMatch(/^502 /);
  });

  it('ends with the sandbox, calls that run included', async () => {
    let closed = 0;
    const server = createServer((request) => request.on('close', () => (closed += 1)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const sandbox = await aSandbox({ upstream: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    const reached = new Promise((resolve) => server.once('request', resolve));
    const running = call(sandbox, fetched('/v1/messages'));
    await reached;
    await sandbox.kill();
    expect((await running).exitCode).toBe(137);
    await expect.poll(() => closed).toBe(1);
    await new Promise((resolve) => server.close(resolve));
    expect(readdirSync(place).filter((name) => name === path.basename(sandbox.ref.id))).toEqual([]);
  });
});
