import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createE2bSandboxProvider } from '../../src/adapters/e2b/e2b-sandbox.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { Sandbox, SandboxFile, SandboxSetup, SandboxSpec } from '../../src/sandboxes/sandbox.ts';
import { whyNoMachine } from '../fakes/e2b/machine.ts';
import { type E2bDouble, startE2b } from '../fakes/e2b/start-e2b.ts';

const missing = whyNoMachine();
const skip = missing !== undefined;
const left = skip ? ` (left out: ${missing})` : '';
// No command that is meant to end comes near it.
const timeoutMs = 120_000;
const slow = { attempts: 40, firstDelayMs: 50, longestDelayMs: 100 };

let e2b: E2bDouble;
let said: string[] = [];
const made: Sandbox[] = [];
const log = {
  ...silentLog,
  warn: (text: string) => void said.push(`warning: ${text}`),
  info: (text: string) => void said.push(`info: ${text}`),
};

type Options = Partial<Parameters<typeof createE2bSandboxProvider>[0]>;
const providerFor = (options: Options = {}) =>
  createE2bSandboxProvider({
    access: { apiKey: e2b.key, apiUrl: e2b.url, sandboxUrl: e2b.url },
    owner: { repository: 'acme/shop', job: 'job-1' },
    setups: { repository: 'https://github.com 42' },
    patience: { attempts: 3, firstDelayMs: 5, longestDelayMs: 20 },
    log,
    ...options,
  });

type Texts = Readonly<Record<string, string>>;
async function* toFiles(texts: Texts): AsyncGenerator<SandboxFile> {
  for (const [name, text] of Object.entries(texts)) yield { path: name, mode: 'file', data: Buffer.from(text) };
}

async function prepared(
  texts: Texts,
  setup: Partial<SandboxSetup> & { command: string },
  { options, spec }: { options?: Options; spec?: Partial<SandboxSpec> } = {},
): Promise<Sandbox> {
  const sandbox = await providerFor(options).create({
    session: 'S-test',
    lifetimeMs: 3_600_000,
    files: () => toFiles(texts),
    setup: { hosts: [], timeoutMs, keep: true, ...setup },
    ...spec,
  });
  made.push(sandbox);
  return sandbox;
}
const bash = async (sandbox: Sandbox, script: string) =>
  (await sandbox.exec(['bash', '-c', script], { timeoutMs })).stdout;

const lock = { 'package-lock.json': '{"v":1}', 'src/a.ts': 'one\n' };
const install =
  'mkdir -p node_modules/dep node_modules/.bin ~/.npm; date +%N > node_modules/dep/index.js; ln -s ../dep/index.js node_modules/.bin/dep; echo cached > ~/.npm/entry';
const stampOf = (sandbox: Sandbox) => bash(sandbox, 'cat node_modules/.bin/dep ~/.npm/entry');
/** The time so many days ago, as the name of a snapshot tells it. */
const timeAgo = (days: number) =>
  new Date(Date.now() - days * 86_400_000).toISOString().replace(/\D/g, '').slice(0, 12);
const snapshots = async () => (await e2b.look()).snapshots;
const layerIn = ({ storage }: { storage: string }) => path.join(storage, 'var/lib/courier-setup/layer.tar');

beforeAll(async () => {
  if (!skip) e2b = await startE2b();
});
beforeEach(() => {
  said = [];
});
afterEach(async () => {
  for (const sandbox of made.splice(0)) await sandbox.kill();
  if (skip) return;
  await e2b.fail([]);
  for (const { id } of await snapshots()) {
    await fetch(`${e2b.url}/templates/${encodeURIComponent(id)}`, {
      method: 'DELETE',
      headers: { 'x-api-key': e2b.key },
    });
  }
});
afterAll(() => e2b?.close());

describe.skipIf(skip)(`what a setup at E2B made${left}`, () => {
  it('is there again for the same lock file, also with other sources, in a sandbox that never reached anything, but where every sandbox is to be set up anew', async () => {
    const first = await prepared(lock, { command: install, hosts: ['registry.test'] });
    const stamp = await stampOf(first);
    const second = await prepared({ ...lock, 'src/a.ts': 'two\n' }, { command: install, hosts: ['registry.test'] });
    expect(await stampOf(second)).toBe(stamp);
    expect(second.setupProblem).toBeUndefined();
    expect(await bash(second, 'cat src/a.ts; ls -d /var/lib/courier-setup 2>/dev/null')).toBe('two\n');
    const { sandboxes } = await e2b.look();
    const requests = [first, second].map(({ ref }) => sandboxes.find(({ id }) => id === ref.id)?.request);
    expect(requests).toMatchObject([
      { templateID: 'base', network: { allowOut: ['registry.test'] } },
      { templateID: (await snapshots())[0]?.id, network: { allowOut: [], denyOut: ['0.0.0.0/0'] } },
    ]);
    const anew = await prepared(lock, { command: install, hosts: ['registry.test'], keep: false, fresh: true });
    expect(await stampOf(anew)).not.toBe(stamp);
    expect(said).toEqual([]);
  });

  it('is all that is kept: no file of the repository, no variable, and no other sandbox than the one that was asked for', async () => {
    const texts = { ...lock, 'src/secret.ts': 'canary-of-the-sources\n' };
    const command = `${install}; cp src/secret.ts /tmp/copy; env > /dev/null`;
    const sandbox = await prepared(texts, { command }, { spec: { env: { CANARY: 'canary-of-the-environment' } } });
    expect((await e2b.look()).sandboxes.map(({ id }) => id)).toEqual([sandbox.ref.id]);
    const [kept] = await snapshots();
    if (!kept) return expect.fail('nothing was kept');
    const finds = (word: string) => spawnSync('grep', ['-rqa', word, kept.storage]).status === 0;
    expect([finds('cached'), finds('canary-of')]).toEqual([true, false]);
  });

  it('is made anew for another lock file, command, host, repository, template or manifest', async () => {
    const stamp = await stampOf(await prepared(lock, { command: install }));
    const size = { templateId: 'base', memoryMb: 1024, cpuCount: undefined };
    const anew = { command: install, keep: false };
    const others = [
      await prepared({ ...lock, 'package-lock.json': '{"v":2}' }, anew),
      await prepared({ ...lock, 'package.json': '{}' }, anew),
      await prepared(lock, { ...anew, command: `${install}; true` }),
      await prepared(lock, { ...anew, hosts: ['registry.test'] }),
      await prepared(lock, anew, { options: { setups: { repository: 'https://github.com 43' } } }),
      await prepared(lock, anew, { spec: { size } }),
    ];
    for (const other of others) expect(await stampOf(other)).not.toBe(stamp);
  });

  it('is there again for the very same files alone where the setup built something of them', async () => {
    const build = `${install}; mkdir dist; cp src/a.ts dist/a.js`;
    const stamp = await stampOf(await prepared(lock, { command: build }));
    expect(await stampOf(await prepared(lock, { command: build }))).toBe(stamp);
    const other = await prepared({ ...lock, 'src/a.ts': 'two\n' }, { command: build });
    expect(await stampOf(other)).not.toBe(stamp);
    expect(await bash(other, 'cat dist/a.js')).toBe('two\n');
  });

  it('is the home as it was left, beside the files of the commit, which are never overwritten', async () => {
    const command = `${install}; echo mine >> ~/.bashrc; echo poison > node_modules/late.js`;
    const home = 'cat ~/.bashrc';
    const first = await bash(await prepared(lock, { command }), home);
    const second = await prepared({ ...lock, 'node_modules/late.js': 'committed\n' }, { command, keep: false });
    expect(first).toContain('mine\n');
    expect(await bash(second, home)).toBe(first);
    expect(await bash(second, 'cat node_modules/late.js')).toBe('committed\n');
  });

  it('is not kept where it failed, changed files of the repository, others have a say in them, or nobody wants it', async () => {
    await prepared(lock, { command: `${install}; exit 1` });
    await prepared(lock, { command: `${install}; echo more >> src/a.ts` });
    await prepared(lock, { command: `${install}; rm src/a.ts` });
    await prepared(lock, { command: install, keep: false });
    await prepared(lock, { command: install }, { options: { setups: undefined } });
    expect(await snapshots()).toEqual([]);
    expect(said).toEqual(
      Array.from({ length: 2 }, () => expect.stringContaining("it changed the repository's own files.")),
    );
  });

  it('is not kept when the session is cancelled meanwhile, and no machine is left', async () => {
    const cancel = new AbortController();
    await e2b.fail([{ match: 'GET /files', status: 502, times: 99 }]);
    const fetched = async () => (await e2b.look()).requests.filter(({ call }) => call.startsWith('GET /files')).length;
    const before = await fetched();
    const making = prepared(lock, { command: install, signal: cancel.signal }, { options: { patience: slow } });
    while ((await fetched()) === before) await sleep(20);
    cancel.abort();
    await e2b.fail([]);
    const sandbox = await making;
    expect(sandbox.setupProblem).toBeUndefined();
    expect(await snapshots()).toEqual([]);
    expect((await e2b.look()).sandboxes.map(({ id }) => id)).toEqual([sandbox.ref.id]);
    expect(said).toEqual([expect.stringContaining('is not kept')]);
  });

  it('is made again, and told, where E2B cannot take a snapshot, list them, or make a sandbox of one', async () => {
    await e2b.fail([{ match: '^POST /sandboxes/[^/]+/snapshots$', status: 403, times: 9 }]);
    await stampOf(await prepared(lock, { command: install }));
    expect(said).toEqual([expect.stringContaining('is not kept: E2B could not make a snapshot')]);
    await e2b.fail([{ match: '^GET /snapshots', status: 500, times: 3 }]);
    const second = await stampOf(await prepared(lock, { command: install }));
    expect(said[1]).toContain('is set up anew: E2B could not list the snapshots');
    await e2b.fail([{ match: '^POST /v2/sandboxes', status: 404, message: 'template not found' }]);
    const third = await prepared(lock, { command: install, keep: false });
    expect(await stampOf(third)).not.toBe(second);
    expect([third.setupProblem, said[2]]).toEqual([undefined, expect.stringContaining('is set up anew')]);
    expect((await e2b.look()).sandboxes).toHaveLength(3);
  });

  it('is kept whole or not at all, whatever happens on its way', async () => {
    const faults = ['POST /files', 'GET /files', 'Process/Start$'].flatMap((match) => [
      { match, status: 502 },
      { match, skip: 4, cutAfter: 3 },
    ]);
    await e2b.fail(faults);
    const command = `${install}; head -c 20000000 /dev/urandom > node_modules/big; sha256sum < node_modules/big > node_modules/sum`;
    await prepared(lock, { command });
    await e2b.fail([]);
    const again = await prepared(lock, { command });
    expect(await bash(again, 'sha256sum < node_modules/big | cmp - node_modules/sum && echo whole')).toBe('whole\n');
    expect(await snapshots()).toHaveLength(1);
  });

  it('is dropped and made anew where the snapshot holds no such archive', async () => {
    for (const spoil of [(layer: string) => writeFileSync(layer, 'no archive'), (layer: string) => rmSync(layer)]) {
      const stamp = await stampOf(await prepared(lock, { command: install }));
      const [kept] = await snapshots();
      spoil(layerIn(kept ?? expect.fail('nothing was kept')));
      const anew = await prepared(lock, { command: install, keep: false });
      expect(anew.setupProblem).toBeUndefined();
      expect(await stampOf(anew)).not.toBe(stamp);
      expect(await snapshots()).toEqual([]);
      expect(said.splice(0)).toEqual([expect.stringContaining('could not be unpacked')]);
    }
  });

  it('cannot be changed by a later command', async () => {
    await prepared(lock, { command: install });
    const later = await prepared(lock, { command: install });
    await bash(later, 'echo poison > node_modules/dep/index.js; find / -name layer.tar 2>/dev/null');
    expect(await stampOf(await prepared(lock, { command: install, keep: false }))).not.toContain('poison');
  });

  it('is bounded in number for each repository and in age for all, and other snapshots are left alone', async () => {
    await prepared(lock, { command: install });
    const [{ id: whole } = expect.fail('nothing was kept')] = await snapshots();
    const strange = 'emulated/courier-setup-mine:default';
    const foreign = whole.replace(/setup-[0-9a-f]{12}/, `setup-${'ab'.repeat(6)}`);
    const at = (id: string, time: string) => id.replace(/\d{12}:/, `${time}:`);
    const old = [at(foreign, '202001010000'), at(whole, '202001010001')];
    const young = Array.from({ length: 4 }, (_, index) => at(whole, timeAgo(index + 1)));
    for (const as of [strange, at(foreign, '209901010000'), ...old, ...young])
      await e2b.shelve({ id: whole, as, copy: true });
    await prepared({ ...lock, 'package-lock.json': '{"v":2}' }, { command: install });
    const ids = (await snapshots()).map(({ id }) => id);
    const latest = ids.filter((id) => id !== whole && !young.includes(id) && !id.includes('ababab') && id !== strange);
    expect(latest).toHaveLength(1);
    expect(ids.toSorted()).toEqual(
      [strange, at(foreign, '209901010000'), whole, ...latest, ...young.slice(0, 2)].toSorted(),
    );
  });

  it('is not used when it is older than two weeks', async () => {
    const stamp = await stampOf(await prepared(lock, { command: install }));
    const [kept] = await snapshots();
    const id = kept?.id ?? '';
    const young = id.replace(/\d{12}:/, `${timeAgo(13)}:`);
    await e2b.shelve({ id, as: young });
    expect(await stampOf(await prepared(lock, { command: install, keep: false }))).toBe(stamp);
    await e2b.shelve({ id: young, as: id.replace(/\d{12}:/, `${timeAgo(15)}:`) });
    expect(await stampOf(await prepared(lock, { command: install, keep: false }))).not.toBe(stamp);
  });

  it('says nothing that the SDK does not know', async () => {
    expect((await e2b.look()).violations).toEqual([]);
  });
});
