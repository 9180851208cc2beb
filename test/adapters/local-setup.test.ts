import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findAddress, usualResolver } from '../../src/adapters/local/allowed-hosts.ts';
import { createLocalSandboxProvider } from '../../src/adapters/local/local-sandbox.ts';
import { isPublicAddress } from '../../src/adapters/local/public-address.ts';
import { messageOf } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { Sandbox, SandboxFile } from '../../src/sandboxes/sandbox.ts';

const place = realpathSync(mkdtempSync(path.join(tmpdir(), 'courier-test-')));
chmodSync(place, 0o755);
const missing = await createLocalSandboxProvider({ env: process.env, tempDir: place, log: silentLog })
  .create({ session: 'S-test', lifetimeMs: 3_600_000, files: () => toFiles({}) })
  .then(
    (sandbox) => sandbox.kill().then(() => undefined),
    (error: unknown) => messageOf(error),
  );
const skip = missing !== undefined;
const left = skip ? ` (left out: ${missing})` : '';
// No command that is meant to end comes near it, and no sandbox its end.
const timeoutMs = 120_000;
const lifetimeMs = 3_600_000;

async function* toFiles(texts: Readonly<Record<string, string>>): AsyncGenerator<SandboxFile> {
  for (const [name, text] of Object.entries(texts)) yield { path: name, mode: 'file', data: Buffer.from(text) };
}

/** Hosts of the test: their names lead to a server on this machine, and no name to anywhere else. */
const registry = createServer((request, response) => {
  calls.push(`${request.headers.host} ${request.url}`);
  response.end(`${request.method} of ${request.headers.host}`);
});
const calls: string[] = [];
let port = 0;
const asked: string[] = [];
const resolver = {
  resolve: async (host: string) => {
    asked.push(host);
    return host === 'metadata.test' ? ['169.254.169.254'] : ['127.0.0.1'];
  },
  mayCall: (address: string) => address === '127.0.0.1',
  port: () => port,
};

const made: Sandbox[] = [];
let layerFolder = '';
const providerFor = (options: Partial<Parameters<typeof createLocalSandboxProvider>[0]> = {}) =>
  createLocalSandboxProvider({
    env: process.env,
    tempDir: place,
    log: silentLog,
    resolver,
    layers: { folder: layerFolder, repository: '42' },
    ...options,
  });

type Order = Partial<NonNullable<Parameters<ReturnType<typeof providerFor>['create']>[0]['setup']>>;
async function prepared(
  texts: Readonly<Record<string, string>>,
  setup: Order & { command: string },
  provider = providerFor(),
) {
  const sandbox = await provider.create({
    session: 'S-test',
    lifetimeMs,
    files: () => toFiles(texts),
    setup: { hosts: [], timeoutMs, keep: true, ...setup },
  });
  made.push(sandbox);
  return sandbox;
}
const bash = async (sandbox: Sandbox, script: string) =>
  (await sandbox.exec(['bash', '-c', script], { timeoutMs })).stdout;

beforeAll(async () => {
  await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
  const address = registry.address();
  port = isAddress(address) ? address.port : 0;
});
beforeEach(() => {
  layerFolder = path.join(mkdtempSync(path.join(place, 'cache-')), 'layers');
  calls.length = 0;
  asked.length = 0;
});
afterEach(async () => {
  for (const sandbox of made.splice(0)) await sandbox.kill();
});
afterAll(() => {
  registry.close();
  rmSync(place, { recursive: true, force: true });
});

function isAddress(address: ReturnType<typeof registry.address>): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

describe('hosts that a setup may reach', () => {
  const find = (host: string, at = 443, allowed = ['registry.test', '*.below.test', 'port.test:8443']) =>
    findAddress({ host, port: at }, allowed, { ...usualResolver, resolve: async () => ['10.0.0.1', '8.8.8.8'] });

  it('are the ones that are named, on two ports, by an address that was looked at', async () => {
    expect(await find('registry.test')).toEqual({ host: '8.8.8.8', port: 443 });
    expect(await find('REGISTRY.test.', 80)).toEqual({ host: '8.8.8.8', port: 80 });
    expect(await find('a.below.test')).toMatchObject({ port: 443 });
    expect(await find('port.test')).toMatchObject({ port: 443 });
    for (const host of ['test', 'evilregistry.test', 'registry.test.evil', 'below.test', '.below.test', '8.8.8.8', ''])
      expect(await find(host), host).toMatchObject({ refused: expect.stringContaining('not among') });
    expect(await find('registry.test', 22)).toMatchObject({ refused: expect.stringContaining('ports 80 and 443') });
    expect(await find('port.test', 8443)).toMatchObject({ refused: expect.stringContaining('ports 80 and 443') });
  });

  it('are never in a private network, whatever their name means', async () => {
    const near =
      '127.0.0.1 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.100.100.200 168.63.129.16 0.0.0.0 224.0.0.1 255.255.255.255 ::1 :: ::ffff:127.0.0.1 ::ffff:10.0.0.1 fe80::1 fc00::1 fd00:ec2::254 64:ff9b::a00:1 2002:a00:1:: 2001:0:1::1 2001:db8::1 localhost';
    for (const address of near.split(' ')) expect(isPublicAddress(address), address).toBe(false);
    for (const address of ['1.1.1.1', '172.32.0.1', '104.16.0.1', '2606:4700::6810:1', '2a00:1450:4001::1'])
      expect(isPublicAddress(address), address).toBe(true);
    const refusal = { refused: expect.stringContaining('private network') };
    const inward = { ...usualResolver, resolve: async () => ['127.0.0.1', '::1'] };
    expect(await findAddress({ host: 'a.test', port: 443 }, ['a.test'], inward)).toMatchObject(refusal);
    const nowhere = { ...usualResolver, resolve: async () => [] };
    expect(await findAddress({ host: 'a.test', port: 443 }, ['a.test'], nowhere)).toMatchObject({
      refused: 'a.test has no address.',
    });
  });
});

describe.skipIf(skip)(`the network of a setup in the local sandbox${left}`, () => {
  it('reaches the allowed host and no other, by tunnel and by plain request', async () => {
    const script = [
      'curl -sS http://registry.test/plain; echo',
      'curl -sS --proxytunnel http://registry.test:443/tunnel; echo',
      'curl -s -o /dev/null -w "%{http_code}\\n" http://other.test/x',
      'curl -s -o /dev/null -w "%{http_connect}\\n" --proxytunnel http://other.test:443/x',
      'curl -s -o /dev/null -w "%{http_connect}\\n" --proxytunnel http://registry.test:22/x',
      'curl -s -o /dev/null -w "%{http_connect}\\n" --proxytunnel http://metadata.test:80/x',
      'curl -s -o /dev/null -w "%{http_code}\\n" http://127.0.0.1:80/x -x http://127.0.0.1:8787 --noproxy ""',
      'timeout 1 bash -c "exec 3<>/dev/tcp/1.1.1.1/80" 2>/dev/null && echo BREACH',
      'timeout 2 getent hosts registry.test && echo BREACH',
      'true',
    ].join('\n');
    const setup = { command: `( ${script} ) > said 2>&1`, hosts: ['registry.test', 'metadata.test'] };
    const sandbox = await prepared({}, setup);
    expect(sandbox.setupProblem).toBeUndefined();
    expect(await bash(sandbox, 'cat said')).toBe(
      'GET of registry.test\nGET of registry.test:443\n403\n403\n403\n403\n403\n',
    );
    expect(calls).toEqual(['registry.test /plain', 'registry.test:443 /tunnel']);
    expect(asked).not.toContain('other.test');
  });

  it('is gone when the setup is over, also for what the setup left behind', async () => {
    const linger = 'while true; do curl -s http://registry.test/late; sleep 0.05; done';
    const command = `curl -s http://registry.test/early; (setsid bash -c '${linger}' >/dev/null 2>&1 &); env | grep -i proxy > variables`;
    const sandbox = await prepared({}, { command, hosts: ['registry.test'] });
    expect(sandbox.setupProblem).toBeUndefined();
    const count = calls.length;
    expect(count).toBeGreaterThan(0);
    const after =
      'env | grep -ic proxy; ls /run/courier; curl -s -m 60 -x http://127.0.0.1:8787 http://registry.test/after; echo $?';
    expect(await bash(sandbox, after)).toMatch(/^0\n7\n$/);
    expect(await bash(sandbox, 'grep -c 8787 variables')).toBe('8\n');
    expect(calls).toHaveLength(count);
    // Beside the pipes that wait for the next commands.
    const there = readdirSync(path.join(place, sandbox.ref.id)).filter((name) => !name.startsWith('stream-'));
    expect(there.toSorted()).toEqual(['etc', 'home', 'owner', 'session', 'tmp']);
  });

  it('is not there without hosts', async () => {
    const sandbox = await prepared({}, { command: 'env | grep -ci proxy > said; ls /run/courier >> said; true' });
    expect(await bash(sandbox, 'cat said')).toBe('0\n');
  });

  it('gives the exit code and the words of a setup that fails', async () => {
    const command = 'curl -fsS http://other.test/package; exit 7';
    const sandbox = await prepared({}, { command, hosts: ['registry.test'] });
    expect(sandbox.setupProblem).toContain('ended with 7: curl: (22)');
    expect(sandbox.setupProblem).toContain('other.test is not among the hosts of sandbox.network.allow.');
    expect(existsSync(layerFolder)).toBe(false);
  });
});

describe.skipIf(skip)(`what a setup in the local sandbox made${left}`, () => {
  const lock = { 'package-lock.json': '{"v":1}', 'src/a.ts': 'one\n' };
  const install =
    'mkdir -p node_modules/dep node_modules/.bin ~/.npm; date +%N > node_modules/dep/index.js; ln -s ../dep/index.js node_modules/.bin/dep; echo cached > ~/.npm/entry';
  const stampOf = (sandbox: Sandbox) => bash(sandbox, 'cat node_modules/.bin/dep ~/.npm/entry');
  const archives = () => (existsSync(layerFolder) ? readdirSync(layerFolder) : []);

  it('is there again for the same lock file, also with other sources', async () => {
    const first = await prepared(lock, { command: install });
    const stamp = await stampOf(first);
    const second = await prepared({ ...lock, 'src/a.ts': 'two\n' }, { command: install });
    expect(await stampOf(second)).toBe(stamp);
    expect(await bash(second, 'cat src/a.ts')).toBe('two\n');
    expect(await second.isPristine?.()).toBe(await first.isPristine?.());
    expect(archives()).toHaveLength(1);
  });

  it('is made anew for another lock file, command, host, repository or manifest', async () => {
    const stamp = await stampOf(await prepared(lock, { command: install }));
    const others = [
      await prepared({ ...lock, 'package-lock.json': '{"v":2}' }, { command: install }),
      await prepared({ ...lock, 'package.json': '{}' }, { command: install }),
      await prepared(lock, { command: `${install}; true` }),
      await prepared(lock, { command: install, hosts: ['registry.test'] }),
      await prepared(lock, { command: install }, providerFor({ layers: { folder: layerFolder, repository: '43' } })),
    ];
    for (const other of others) expect(await stampOf(other)).not.toBe(stamp);
    expect(archives()).toHaveLength(6);
  });

  it('is there again for the very same files alone where the setup built something of them', async () => {
    const build = `${install}; mkdir dist; cp src/a.ts dist/a.js`;
    const first = await prepared(lock, { command: build });
    const stamp = await stampOf(first);
    expect(await stampOf(await prepared(lock, { command: build }))).toBe(stamp);
    const other = await prepared({ ...lock, 'src/a.ts': 'two\n' }, { command: build });
    expect(await stampOf(other)).not.toBe(stamp);
    expect(await bash(other, 'cat dist/a.js')).toBe('two\n');
  });

  it('is not kept where it failed, changed files of the repository, or others have a say in them', async () => {
    await prepared(lock, { command: `${install}; exit 1` });
    await prepared(lock, { command: `${install}; echo more >> src/a.ts` });
    await prepared(lock, { command: `${install}; rm src/a.ts` });
    await prepared(lock, { command: install, keep: false });
    expect(archives()).toEqual([]);
  });

  it('never changes a file of the commit', async () => {
    await prepared(lock, { command: `${install}; echo poison > node_modules/late.js; ln -s /etc node_modules/out` });
    const texts = { ...lock, 'node_modules/late.js': 'mine\n', 'node_modules/out/hosts': 'mine\n' };
    const sandbox = await prepared(texts, {
      command: `${install}; echo poison > node_modules/late.js; ln -s /etc node_modules/out`,
    });
    expect(await bash(sandbox, 'cat node_modules/late.js node_modules/out/hosts')).toBe('mine\nmine\n');
  });

  it('is not taken from a link, from a broken archive, or from a folder that others write to', async () => {
    const stamp = await stampOf(await prepared(lock, { command: install }));
    const [name = ''] = archives();
    const archive = path.join(layerFolder, name);
    writeFileSync(archive, 'no archive');
    const anew = await prepared(lock, { command: install });
    expect(anew.setupProblem).toBeUndefined();
    expect(await stampOf(anew)).not.toBe(stamp);
    const second = await stampOf(anew);
    expect(await stampOf(await prepared(lock, { command: install }))).toBe(second);

    rmSync(path.join(place, 'planted'), { force: true });
    writeFileSync(path.join(place, 'planted'), 'planted');
    rmSync(archive);
    symlinkSync(path.join(place, 'planted'), archive);
    expect(await stampOf(await prepared(lock, { command: install, keep: false }))).not.toBe(second);
    rmSync(archive);
    const third = await stampOf(await prepared(lock, { command: install }));
    chmodSync(layerFolder, 0o777);
    expect(await stampOf(await prepared(lock, { command: install, keep: false }))).not.toBe(third);
  });

  it('cannot be changed by a later command, also where that looks for it', async () => {
    await prepared(lock, { command: install });
    const later = await prepared(lock, { command: install });
    await bash(later, 'echo poison > node_modules/dep/index.js; echo poison > /run/layer/layer.tar; ls -R /run');
    expect(await stampOf(await prepared(lock, { command: install }))).not.toContain('poison');
  });

  it('is bounded in number, the oldest going first', async () => {
    const limits = { bytes: 1 << 30, archives: 2 };
    const provider = providerFor({ layers: { folder: layerFolder, repository: '42', limits } });
    for (const v of [1, 2, 3])
      await prepared({ ...lock, 'package-lock.json': `{"v":${v}}` }, { command: install }, provider);
    expect(archives()).toHaveLength(2);
  });
});
