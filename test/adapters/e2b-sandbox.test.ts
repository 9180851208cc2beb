import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createE2bSandboxProvider } from '../../src/adapters/e2b/e2b-sandbox.ts';
import { endSandboxesOf } from '../../src/adapters/e2b/end-sandboxes.ts';
import { requireShut } from '../../src/adapters/e2b/prepare.ts';
import { e2bAccess } from '../../src/courier-options.ts';
import { ExternalError, UserError } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { GatewaySpec } from '../../src/sandboxes/gateway.ts';
import type {
  OutputChunk,
  Sandbox,
  SandboxFile,
  SandboxProvider,
  SandboxSetup,
  SandboxSize,
  SandboxSpec,
} from '../../src/sandboxes/sandbox.ts';
import { describeRealSandbox } from '../contracts/sandbox-conformance.ts';
import { whyNoEgress } from '../fakes/e2b/egress.ts';
import { whyNoMachine } from '../fakes/e2b/machine.ts';
import { type E2bDouble, startE2b } from '../fakes/e2b/start-e2b.ts';

const missing = whyNoMachine();
const skip = missing !== undefined;
const left = skip ? ` (left out: ${missing})` : '';
const noEgress = whyNoEgress();
const noWay = noEgress === undefined ? '' : ` (left out: ${noEgress})`;
// No command that is meant to end comes near it.
const timeoutMs = 120_000;
const ofTheMachine =
  /^BREACH: (?:key added|system call|socket \d|unix socket \/run\/envd\/|nested |core dump$|higher limits$)/;
let e2b: E2bDouble;
beforeAll(async () => {
  e2b = await startE2b({ machines: !skip });
});
afterAll(async () => {
  await e2b?.close();
});

type Options = Parameters<typeof createE2bSandboxProvider>[0];
const access = () => ({ apiKey: e2b.key, apiUrl: e2b.url, sandboxUrl: e2b.url });
const hurried = { attempts: 4, firstDelayMs: 5, longestDelayMs: 20 };
const provider = (options: Partial<Options> = {}): SandboxProvider =>
  createE2bSandboxProvider({
    access: access(),
    owner: { repository: 'acme/shop', job: 'job-1' },
    log: silentLog,
    patience: hurried,
    ...options,
  });
async function* none(): AsyncGenerator<SandboxFile> {}
// Of sandboxes that are to outlive their tests, however slow the machine is.
const lifetimeMs = 3_600_000;
const create = (files: () => AsyncIterable<SandboxFile> = none, setup?: SandboxSetup) =>
  provider().create({ session: 'S-test', lifetimeMs, files, setup });

describeRealSandbox(`E2B, emulated${left}`, create, {
  skip,
  resume: (ref) => provider().resume?.(ref, { lifetimeMs }),
});

const liveKey = process.env.E2B_API_KEY ?? '';
const live = createE2bSandboxProvider({
  access: e2bAccess(liveKey, process.env),
  owner: { repository: 'codecourier/conformance', job: randomUUID() },
  log: silentLog,
});
describeRealSandbox(
  `E2B itself${liveKey ? '' : ' (left out: E2B_API_KEY is not set)'}`,
  (files, setup) => live.create({ session: 'S-live', lifetimeMs: 600_000, files, setup }),
  { skip: liveKey === '', resume: (ref) => live.resume?.(ref, { lifetimeMs: 600_000 }) },
);

describe.skipIf(skip)(`the E2B sandbox${left}`, () => {
  const made: Sandbox[] = [];
  const fresh = async (options: Partial<Options> = {}, size?: SandboxSize) => {
    const sandbox = await provider(options).create({
      session: 'S-test',
      lifetimeMs,
      files: none,
      ...(size ? { size } : {}),
    });
    made.push(sandbox);
    return sandbox;
  };
  afterEach(async () => {
    await e2b.fail([]);
    await e2b.plan({ concurrency: 20, maxHours: 1, rules: true });
    for (const sandbox of made.splice(0)) await sandbox.kill();
  });
  const bash = (sandbox: Sandbox, script: string) => sandbox.exec(['bash', '-c', script], { timeoutMs });
  const alive = async () => (await e2b.look()).sandboxes.map(({ id }) => id);
  const refusal = (attempt: Promise<unknown>) =>
    attempt.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('reaches nothing, is reached by nobody, lives shortly, and says whose it is', async () => {
    const sandbox = await fresh();
    const found = (await e2b.look()).sandboxes.find(({ id }) => id === sandbox.ref.id);
    expect(found?.request).toMatchObject({
      templateID: 'base',
      timeout: 300,
      network: { denyOut: ['0.0.0.0/0'], allowPublicTraffic: false },
      metadata: { courier: 'sandbox', repository: 'acme/shop', job: 'job-1', session: 'S-test' },
      autoPause: false,
    });
  });

  it.each([
    { name: 'an answer that is lost', fault: { loseAnswer: true } },
    { name: 'a connection that is cut before anything was done', fault: { reset: true } },
    { name: 'a bad gateway', fault: { status: 502 } },
    { name: 'no room', fault: { status: 503 } },
    { name: 'too many requests, with a time to wait', fault: { status: 429, headers: { 'Retry-After': '0' } } },
    { name: 'too many requests, without one', fault: { status: 429 } },
  ])('starts once in spite of $name', async ({ fault }) => {
    const before = await alive();
    await e2b.fail([{ match: '^POST /v2/sandboxes$', ...fault }]);
    const sandbox = await fresh();
    expect((await bash(sandbox, 'echo here')).stdout).toBe('here\n');
    expect(await alive()).toEqual([...before, sandbox.ref.id]);
  });

  it('has its files where they were unpacked and the end of the answer was lost', async () => {
    // What it prints at last is not heard any more.
    await e2b.fail([{ match: 'Process/Start$', says: 'tar -xpf', cutAfter: 60 }]);
    const sandbox = await create(async function* () {
      yield { path: 'a.txt', mode: 'file', data: Buffer.from('a\n') };
    });
    made.push(sandbox);
    expect((await bash(sandbox, 'cat *')).stdout).toBe('a\n');
  });

  it('explains what the account may not', async () => {
    await e2b.plan({ concurrency: (await alive()).length });
    const many = await refusal(fresh());
    expect(many).toBeInstanceOf(ExternalError);
    expect(many).toMatchObject({ hint: expect.stringContaining('so many sandboxes at a time') });
    await e2b.plan({ concurrency: 20 });
    const wrongKey = await refusal(fresh({ access: { ...access(), apiKey: 'e2b_wrong' } }));
    expect(wrongKey).toBeInstanceOf(UserError);
    expect(String(wrongKey)).toContain('Set e2b-api-key');
    expect(String(wrongKey)).not.toContain('e2b_wrong');
    const noTemplate = await refusal(fresh({}, { templateId: 'nowhere', memoryMb: undefined, cpuCount: undefined }));
    expect(noTemplate).toBeInstanceOf(UserError);
    expect(String(noTemplate)).toContain('sandbox.templateId');
    const unreachable = await refusal(fresh({ access: { ...access(), apiUrl: 'http://127.0.0.1:9' } }));
    expect(unreachable).toMatchObject({ hint: expect.stringContaining('could not be reached') });
  });

  it('loses nothing of an output wherever its connection is cut', async () => {
    const sandbox = await fresh();
    const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
    const script = 'echo once >> ran; for n in $(seq 1 40); do echo $n; echo err $n >&2; done; exit 4';
    for (const cutAfter of [0, 5, 60, 300, 2000]) {
      await e2b.fail([{ match: 'Process/Start$', cutAfter, times: 2 }]);
      expect(await bash(sandbox, script)).toMatchObject({
        exitCode: 4,
        stdout: numbers.map((number) => `${number}\n`).join(''),
        stderr: numbers.map((number) => `err ${number}\n`).join(''),
      });
    }
    expect((await bash(sandbox, 'cat ran')).stdout).toBe('once\n'.repeat(5));
  });

  it('tells an output whole and once, wherever the connections are cut', async () => {
    const sandbox = await fresh();
    const script =
      'for n in $(seq 1 300); do echo "größe $n"; echo "err $n" >&2; [ $((n % 10)) = 0 ] && sleep 0.05; done';
    // On a machine at work one message holds much, and may be longer than what comes through before a cut: then that attempt heard nothing.
    // The attempt after it may meet the connection that was just cut: one is to be left.
    const times = hurried.attempts - 2;
    for (const cutAfter of [0, 2500]) {
      const heard: OutputChunk[] = [];
      await e2b.fail([{ match: 'Process/Start$', says: 'follow.sh', cutAfter, times }]);
      const onOutput = (chunk: OutputChunk) => void heard.push(chunk);
      const result = await sandbox.exec(['bash', '-c', script], { timeoutMs, onOutput });
      const textOf = (name: string) => heard.map(({ stream, text }) => (stream === name ? text : '')).join('');
      expect(result.stdout.split('\n').length).toBe(301);
      expect([cutAfter, textOf('stdout'), textOf('stderr')]).toEqual([cutAfter, result.stdout, result.stderr]);
    }
  });

  it('gives the result also where the telling cannot be kept up', async () => {
    const sandbox = await fresh();
    await e2b.fail([{ match: 'Process/Start$', says: 'follow.sh', status: 500, times: 8 }]);
    const options = { timeoutMs, onOutput: () => {} };
    const result = await sandbox.exec(['bash', '-c', 'echo first; sleep 1; echo last'], options);
    expect(result).toMatchObject({ exitCode: 0, stdout: 'first\nlast\n' });
  });

  it('runs a command once, whatever happens to the request', async () => {
    const sandbox = await fresh();
    const match = 'Process/Start$';
    await e2b.fail([
      { match, reset: true },
      { match, status: 502 },
      { match, loseAnswer: true },
    ]);
    expect((await bash(sandbox, 'echo once >> ran; cat ran')).stdout).toBe('once\n');
  });

  it('writes and reads in spite of a bad gateway', async () => {
    const sandbox = await fresh();
    const data = Buffer.alloc(3_000_000, 'courier');
    await e2b.fail([
      { match: 'POST /files', status: 502 },
      { match: 'GET /files', cutAfter: 100_000 },
    ]);
    await sandbox.writeFile(`${sandbox.out}/large`, data);
    expect(Buffer.compare((await sandbox.readFile(`${sandbox.out}/large`)) ?? Buffer.alloc(0), data)).toBe(0);
  });

  it('says that the sandbox is gone when E2B ended it', async () => {
    const sandbox = await fresh();
    const running = refusal(bash(sandbox, 'touch /tmp/begun; sleep 30'));
    await expect.poll(() => sandbox.readFile('/tmp/begun')).toBeDefined();
    await e2b.lose(sandbox.ref.id);
    for (const error of [await running, await refusal(bash(sandbox, 'true'))]) {
      expect(error).toBeInstanceOf(ExternalError);
      expect(error).toMatchObject({ message: 'The E2B sandbox is gone.', hint: expect.stringContaining('lifetime') });
    }
  });

  it('starts and ends also where E2B answers neither what there is nor that it ended', async () => {
    await e2b.fail([
      { match: '^GET /v2/sandboxes', status: 500, times: 4 },
      { match: '^DELETE /sandboxes', status: 500, times: 4 },
    ]);
    const sandbox = await fresh();
    expect((await bash(sandbox, 'echo here')).stdout).toBe('here\n');
    await sandbox.kill();
    await expect(bash(sandbox, 'true')).rejects.toThrow('has ended');
    await e2b.lose(sandbox.ref.id);
  });

  it('opens hosts while it is set up, and shuts them before anything else runs', async () => {
    const setup = { command: 'echo ready > prepared', hosts: ['registry.npmjs.org', '*.example.com:8443'], timeoutMs };
    const sandbox = await provider().create({ session: 'S-test', lifetimeMs, files: none, setup });
    made.push(sandbox);
    expect(sandbox.setupProblem).toBeUndefined();
    expect((await bash(sandbox, 'cat prepared')).stdout).toBe('ready\n');
    const found = (await e2b.look()).sandboxes.find(({ id }) => id === sandbox.ref.id);
    const [allowOut, denyOut] = [['registry.npmjs.org', '*.example.com'], ['0.0.0.0/0']];
    expect(found?.request.network).toEqual({ allowOut, denyOut, allowPublicTraffic: false });
    expect(found?.network).toEqual({ allowOut: [], denyOut });
  });

  it('is not handed over where the network cannot be shut after its setup', async () => {
    const before = await alive();
    await e2b.fail([{ match: '^PUT /sandboxes', status: 500, times: 9 }]);
    const setup = { command: 'true', hosts: ['example.com'], timeoutMs };
    const attempt = provider().create({ session: 'S-test', lifetimeMs, files: none, setup });
    await expect(attempt).rejects.toThrow('could not shut the network');
    expect(await alive()).toEqual(before);
  });

  it('is prolonged for as long as it is worked with', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const sandbox = await fresh({ ttlMs: 90_000 });
      const endOf = async () => (await e2b.look()).sandboxes.find(({ id }) => id === sandbox.ref.id)?.endAt ?? 0;
      const first = await endOf();
      vi.advanceTimersByTime(30_000);
      await expect.poll(endOf).toBeGreaterThan(first);
    } finally {
      vi.useRealTimers();
    }
  });

  it('dies on its own after its lifetime', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const sandbox = await provider().create({ session: 'S-test', lifetimeMs: 5000, files: none });
      const { promise: begun, resolve: onOutput } = Promise.withResolvers<unknown>();
      const running = sandbox.exec(['bash', '-c', 'echo begun; sleep 30'], { timeoutMs, onOutput });
      await begun;
      vi.advanceTimersByTime(5000);
      expect(await running).toMatchObject({ exitCode: 137, timedOut: false });
      await expect.poll(alive).not.toContain(sandbox.ref.id);
    } finally {
      vi.useRealTimers();
    }
  });

  it('ends a command that is stopped before it has begun', async () => {
    // Longer than who stops it looks for it.
    const sandbox = await fresh({ patience: { ...hurried, firstDelayMs: 8000, longestDelayMs: 8000 } });
    await e2b.fail([{ match: 'Process/Start$', says: 'run.sh', reset: true }]);
    const cancel = new AbortController();
    const running = sandbox.exec(['sleep', '60'], { timeoutMs, signal: cancel.signal });
    cancel.abort();
    expect(await running).toMatchObject({ exitCode: 137, timedOut: false });
  });

  it('ends what an earlier session of the repository left, and nothing that somebody works with', async () => {
    const working = await fresh();
    const other = await fresh({ owner: { repository: 'acme/other', job: 'job-2' }, ttlMs: 90_000 });
    const abandoned = await fresh({ ttlMs: 90_000 });
    const next = await fresh();
    const ids = await alive();
    expect([working, other, next].every(({ ref }) => ids.includes(ref.id))).toBe(true);
    expect(ids).not.toContain(abandoned.ref.id);
  });

  it('ends all sandboxes of a job, and of no other', async () => {
    const [one, two] = [await fresh({ owner: { repository: 'acme/shop', job: 'job-7' } }), await fresh()];
    await one.writeFile(`${one.out}/issues.json`, '[]');
    const ended = await endSandboxesOf({ job: 'job-7' }, { access: access(), patience: hurried });
    expect(ended).toEqual([{ id: one.ref.id, reported: { 'issues.json': Buffer.from('[]') } }]);
    expect(await alive()).toContain(two.ref.id);
    expect(await alive()).not.toContain(one.ref.id);
  });

  it('ends all sandboxes of a session that died elsewhere, and of no other session or repository', async () => {
    const of = (repository: string, session: string) =>
      provider({ owner: { repository, job: 'job-8' } }).create({ session, lifetimeMs, files: none });
    const [lost, alive2, foreign] = [
      await of('acme/shop', 'S-lost'),
      await of('acme/shop', 'S-live'),
      await of('acme/x', 'S-lost'),
    ];
    await lost.writeFile(`${lost.out}/issues.json`, '[]');
    const whose = { session: 'S-lost', repository: 'acme/shop' };
    const ended = await endSandboxesOf(whose, { access: access(), patience: hurried });
    expect(ended).toEqual([{ id: lost.ref.id, reported: { 'issues.json': Buffer.from('[]') } }]);
    expect(await alive()).toEqual(expect.arrayContaining([alive2.ref.id, foreign.ref.id]));
  });

  it('builds a template of the wanted size once', async () => {
    const size = { templateId: 'base', memoryMb: 2048, cpuCount: 4 };
    const [one, two] = [await fresh({}, size), await fresh({}, size)];
    const { templates, sandboxes } = await e2b.look();
    const name = 'courier-base-2048mb-4cpu';
    const built = templates.filter((template) => template.name === name);
    expect(built).toMatchObject([{ request: { name, cpuCount: 4, memoryMB: 2048 }, steps: { fromTemplate: 'base' } }]);
    for (const { ref } of [one, two]) expect(sandboxes.find(({ id }) => id === ref.id)?.template).toBe(name);
  });

  it('runs commands as a user without rights, who finds no key', async () => {
    const sandbox = await fresh();
    const { stdout } = await bash(
      sandbox,
      'grep -E "Cap(Eff|Bnd)" /proc/self/status; env; cat /proc/*/environ /proc/*/cmdline 2>/dev/null | tr "\\0" "\\n"; grep -rs e2b_ / --include="*" --exclude-dir=proc --exclude-dir=usr --exclude-dir=sys | head',
    );
    expect(stdout).toMatch(/CapEff:\t0+\nCapBnd:\t0+\n/);
    expect(stdout).not.toContain(e2b.key);
    for (const word of ['X-API-KEY', 'envd_']) expect(stdout).not.toContain(word);
  });

  it('gives nothing to an attacker who tries everything', async () => {
    const script = readFileSync(new URL('../fixtures/adapters/attack.sh', import.meta.url));
    const sandbox = await fresh();
    await sandbox.writeFile('/home/user/script.sh', script);
    const host = ['9', '/host/canary.txt', '/host', '/host/socket', 'courier-test', '31337.25'];
    const attack = await sandbox.exec(['bash', '/home/user/script.sh', ...host], { timeoutMs: 280_000 });
    expect(attack.stdout).toContain('--- the end');
    expect(attack.stdout).toMatch(/^CapEff:\t0+\nCapBnd:\t0+\nNoNewPrivs:\t1$/m);
    for (const word of [e2b.key, 'X-API-KEY', 'envd_']) expect(attack.stdout + attack.stderr).not.toContain(word);
    // Its kernel and what it is made of are the machine's own: E2B's, and here the emulator's.
    const breaches = (attack.stdout.match(/BREACH: .*/g) ?? []).filter((line) => !ofTheMachine.test(line));
    expect(breaches).toEqual([]);
    expect(await sandbox.readFile('/home/user/linked.json')).toBeUndefined();
    await expect(sandbox.writeFile('/home/user/linked.json', 'owned')).rejects.toThrow('could not be written');
    expect((await bash(sandbox, 'ps ax | grep -c "[s]leep 31337"')).stdout).toBe('0\n');
  });

  describe('the key of an API, put in by the egress proxy', () => {
    const gateway: GatewaySpec = {
      vendor: 'anthropic',
      upstream: 'https://api.example.com/',
      key: 'sk-canary-of-the-egress-proxy',
      token: 'the-token',
      decide: () => ({ pass: true }),
    };
    const open = async (spec: Partial<SandboxSpec> = {}, options: Partial<Options> = {}) => {
      const whole = { session: 'S-test', lifetimeMs, files: none, gateway, ...spec };
      const sandbox = await provider(options).create(whole);
      made.push(sandbox);
      return sandbox;
    };
    const networkOf = async ({ ref }: Sandbox) => (await e2b.look()).sandboxes.find(({ id }) => id === ref.id)?.network;
    const headers = { authorization: `Bearer ${gateway.key}`, 'x-api-key': gateway.key };
    const rule = { transform: { headers } };
    const opened = { allowOut: ['api.example.com'], denyOut: ['0.0.0.0/0'], rules: { 'api.example.com': [rule] } };
    const shut = { allowOut: [], denyOut: ['0.0.0.0/0'] };
    const authorities = '/etc/ssl/certs/ca-certificates.crt';

    it('stays outside, opens one host, and only after the setup', async () => {
      const setup = { command: 'env > seen', hosts: ['registry.npmjs.org'], timeoutMs };
      const sandbox = await open({ setup });
      expect(sandbox.gateway).toEqual({ url: 'https://api.example.com', key: 'the-token', hosted: false, authorities });
      expect(await networkOf(sandbox)).toEqual(opened);
      const asked = (await e2b.look()).requests.filter(({ call }) => call.includes(`${sandbox.ref.id}/network`));
      expect(asked.map(({ body }) => body)).toEqual([shut, opened]);
      const look =
        'env; cat seen; cat /proc/*/environ /proc/*/cmdline 2>/dev/null | tr "\\0" "\\n"; grep -rls "sk-canary"-of / --exclude-dir=proc --exclude-dir=sys --exclude-dir=usr | sed "s/^/IN /"; echo the end';
      const { stdout } = await bash(sandbox, look);
      expect(stdout).toContain('the end');
      expect(stdout).not.toContain(gateway.key);
      expect(stdout).not.toMatch(/^IN /m);
    });

    it('is nowhere where no API is asked for', async () => {
      const sandbox = await provider({}).create({ session: 'S-test', lifetimeMs, files: none });
      made.push(sandbox);
      expect([sandbox.gateway, sandbox.gatewayProblem]).toEqual([undefined, undefined]);
      expect(JSON.stringify((await e2b.look()).requests)).not.toContain(`${sandbox.ref.id}/network`);
    });

    it('is done without where the account does not have it, or the API is none by https, and it is said what to do', async () => {
      await e2b.fail([{ match: '^PUT /sandboxes', status: 403, message: `not in your plan: ${gateway.key}` }]);
      const refused = await open();
      expect([refused.gateway, await networkOf(refused)]).toEqual([undefined, shut]);
      expect(refused.gatewayProblem).toMatch(/not in your plan: \[key\].*local sandbox.*sandbox\.modelKey: inside/);
      for (const upstream of ['http://api.example.com', 'https://127.0.0.1', 'https://api.example.com:8443']) {
        const sandbox = await open({ gateway: { ...gateway, upstream }, modelKey: 'inside' });
        expect([sandbox.gateway, sandbox.gatewayProblem]).toEqual([undefined, expect.stringContaining(upstream)]);
        expect(JSON.stringify((await e2b.look()).requests)).not.toContain(`${sandbox.ref.id}/network`);
      }
    });

    it('is put where the vendor looks for it, and paths stay as the API has them', async () => {
      const own = await open({ gateway: { ...gateway, upstream: 'https://api.anthropic.com' } });
      expect(JSON.stringify(await networkOf(own))).toContain(`{"headers":{"x-api-key":"${gateway.key}"}}`);
      const openai = { ...gateway, vendor: 'openai', upstream: 'https://api.openai.com/v1' } as const;
      const other = await open({ gateway: openai });
      expect(other.gateway?.url).toBe('https://api.openai.com');
      expect(JSON.stringify(await networkOf(other))).toContain(`{"headers":{"authorization":"Bearer ${gateway.key}"}}`);
      const odd = await open({ gateway: { ...openai, upstream: 'https://api.example.com/openai' } });
      expect(odd.gatewayProblem).toMatch(/calls https:\/\/HOST\/…\/v1 alone.*sandbox: local/);
    });

    it.skipIf(noEgress !== undefined)(
      `arrives there, whatever is sent in its place, and nobody else is reached${noWay}`,
      async () => {
        const seen: unknown[] = [];
        const api = createServer(({ url, headers }, response) => {
          seen.push([url, headers['x-api-key'], headers.authorization]);
          response.end('answered');
        });
        await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
        const address = api.address();
        const port = typeof address === 'object' ? address?.port : undefined;
        await e2b.internet({
          'api.example.com': `http://127.0.0.1:${port}`,
          'api.example.net': `http://127.0.0.1:${port}`,
        });
        const sandbox = await open();
        const call = (host: string) =>
          bash(sandbox, `curl -sS -H 'x-api-key: the-token' --resolve ${host}:443:127.0.0.1 https://${host}/any/path`);
        expect(await call('api.example.com')).toMatchObject({ exitCode: 0, stdout: 'answered' });
        expect((await call('api.example.net')).exitCode).not.toBe(0);
        expect(seen).toEqual([['/any/path', gateway.key, `Bearer ${gateway.key}`]]);
        await new Promise((resolve) => api.close(resolve));
      },
    );

    it('is given to the sandbox only where the account cannot have it outside, and that is accepted', async () => {
      const warnings: string[] = [];
      const log = { ...silentLog, warn: (text: string) => void warnings.push(text) };
      const outside = await open({ modelKey: 'inside' }, { log });
      expect([outside.gateway?.key, warnings]).toEqual(['the-token', []]);
      await e2b.plan({ rules: false });
      const inside = await open({ modelKey: 'inside' }, { log });
      expect(inside.gateway).toEqual({ url: 'https://api.example.com', key: gateway.key, hosted: false, authorities });
      expect(await networkOf(inside)).toEqual({ allowOut: ['api.example.com'], denyOut: ['0.0.0.0/0'] });
      expect(warnings).toEqual([expect.stringMatching(/rules are not available for your team.*gets the key itself/)]);
      expect(warnings.join()).not.toContain(gateway.key);
    });

    it('ends nothing half: where nobody knows what is open, there is no sandbox', async () => {
      const before = await alive();
      await e2b.fail([{ match: '^PUT /sandboxes', status: 500, times: 99 }]);
      await expect(open()).rejects.toThrow('could not shut the network');
      expect(await alive()).toEqual(before);
    });

    it('comes with a resumed sandbox only where it is asked for again', async () => {
      const first = await open();
      const ref = (await first.pause?.()) ?? expect.fail('it cannot be paused');
      const without = (await provider({}).resume?.(ref, { lifetimeMs })) ?? expect.fail('gone');
      made.push(without);
      expect([without.gateway, await networkOf(without)]).toEqual([undefined, shut]);
      await without.pause?.();
      const life = { lifetimeMs, gateway };
      const again = (await provider({}).resume?.(ref, life)) ?? expect.fail('gone');
      made.push(again);
      expect([again.gateway?.url, await networkOf(again)]).toEqual(['https://api.example.com', opened]);
    });
  });

  it('leaves nothing behind when the repository cannot be copied', async () => {
    const before = await alive();
    async function* broken(): AsyncGenerator<SandboxFile> {
      yield { path: 'a', mode: 'file', data: Buffer.from('a') };
      throw new Error('the disk is gone');
    }
    await expect(create(broken)).rejects.toThrow('the disk is gone');
    expect(await alive()).toEqual(before);
  });

  it('says nothing that the SDK does not know', async () => {
    expect((await e2b.look()).violations).toEqual([]);
  });
});

describe('a sandbox that reaches the internet although it was shut', () => {
  it('is refused before a command of anybody runs in it', async () => {
    for (const stdout of ['open\nshut\n', '']) {
      const run = async () => ({ exitCode: 0, stdout, stderr: '' });
      await expect(requireShut({ run })).rejects.toThrow('reaches the internet although it was asked not to');
    }
  });
});

describe('the start of Courier', () => {
  it('does not load the SDK', () => {
    const sources = readdirSync(new URL('../../src/adapters/e2b', import.meta.url));
    for (const name of sources) {
      const text = readFileSync(new URL(`../../src/adapters/e2b/${name}`, import.meta.url), 'utf8');
      expect(text).not.toMatch(/^import (?!type)[^;]*from 'e2b'/m);
    }
  });
});
