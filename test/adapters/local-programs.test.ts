import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalSandboxProvider } from '../../src/adapters/local/local-sandbox.ts';
import { createProgramShelf } from '../../src/adapters/local/program-shelf.ts';
import { messageOf } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import { type Platform, toInstall } from '../../src/sandboxes/program-lock.ts';
import { isTested, type ProgramName, programPackages, testedVersions } from '../../src/sandboxes/program-package.ts';
import type { SandboxFile } from '../../src/sandboxes/sandbox.ts';
import { programLocks, programNames, realPrograms } from '../agents/programs/real-programs.ts';
import { describePrograms } from '../contracts/program-conformance.ts';

const cacheName = /^opencode-[0-9a-f]{16}$/;

let folder: string;
let registry: Server | undefined;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'courier-programs-')));
});
afterEach(() => {
  registry?.close();
  registry = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const cached = () => readdirSync(path.join(folder, 'cache'));
const nowhere = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0' };

function shelfOf(env: Record<string, string>, { locks = path.join(folder, 'locks'), said = [] as string[] } = {}) {
  const base = { HOME: folder, PATH: '/usr/bin:/bin', npm_config_cache: path.join(folder, 'npm') };
  const log = { ...silentLog, info: (text: string) => void said.push(text) };
  return createProgramShelf({ locks, folder: path.join(folder, 'cache'), env: { ...base, ...env }, log });
}

/** A registry on loopback with one small package in the place of OpenCode's, and a lock that names it. */
async function publish({
  entry = 'bin/opencode',
  integrity,
}: {
  entry?: string;
  integrity?: string;
} = {}): Promise<Record<string, string>> {
  const name = 'opencode-linux-x64-baseline';
  const content = path.join(folder, 'published/package');
  mkdirSync(path.join(content, path.dirname(entry)), { recursive: true });
  writeFileSync(path.join(content, 'package.json'), JSON.stringify({ name, version: '1.18.33' }));
  writeFileSync(path.join(content, entry), '#!/bin/sh\necho 1.18.33\n', { mode: 0o755 });
  const tarball = execFileSync('tar', ['-czf', '-', '-C', path.dirname(content), 'package']);
  const digest = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  registry = createServer((request, response) => {
    const dist = { tarball: `http://${request.headers.host}/${name}-1.18.33.tgz`, integrity: digest };
    const manifest = { name, 'dist-tags': {}, versions: { '1.18.33': { name, version: '1.18.33', dist } } };
    if (request.url?.endsWith('.tgz')) response.end(tarball);
    else response.end(JSON.stringify(manifest));
  });
  await new Promise<void>((resolve) => registry?.listen(0, '127.0.0.1', resolve));
  const only = { name: 'courier-opencode', version: '1.0.0', optionalDependencies: { [name]: '1.18.33' } };
  const locked = { version: '1.18.33', integrity: integrity ?? digest, optional: true };
  const lock = { ...only, lockfileVersion: 3, packages: { '': only, [`node_modules/${name}`]: locked } };
  mkdirSync(path.join(folder, 'locks/opencode'), { recursive: true });
  writeFileSync(path.join(folder, 'locks/opencode/package.json'), JSON.stringify(only));
  writeFileSync(path.join(folder, 'locks/opencode/package-lock.json'), JSON.stringify(lock));
  const address = registry.address();
  return { npm_config_registry: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/` };
}

/** An executable by this name in a folder of the PATH. */
function onPath(name: string, target: string): string {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  symlinkSync(target, path.join(bin, name));
  return `${bin}:/usr/bin:/bin`;
}

const noRegistry = (title: string, name: ProgramName) =>
  `${title} could not be installed: the npm registry cannot be reached (offline?). Let npm reach its registry, or have ${title} ${testedVersions(name)} on the PATH of the machine that runs Courier.`;
const reason = (work: Promise<unknown>) => work.then(() => expect.fail('it was there'), messageOf);

describe('the locks of the agent tools', () => {
  it.each(programNames)(
    '%s: pins everything by integrity, names no registry and what is run is in the table',
    (name) => {
      const lock = JSON.parse(readFileSync(path.join(programLocks, name, 'package-lock.json'), 'utf8'));
      const { '': root, ...packages } = lock.packages;
      for (const [place, entry] of Object.entries<{ integrity?: string; resolved?: string }>(packages)) {
        expect(entry.integrity, place).toMatch(/^sha512-/);
        expect(entry.resolved, place).toBeUndefined();
      }
      for (const version of Object.values<string>({ ...root.dependencies, ...root.optionalDependencies }))
        expect(version).toMatch(/^(npm:@openai\/codex@)?\d+\.\d+\.\d+(-linux-(x64|arm64))?$/);
      for (const entry of programPackages[name].entries)
        expect(
          Object.keys(packages).some((place) => entry.startsWith(`${place}/`)),
          entry,
        ).toBe(true);
      const pinned = Object.keys(packages).find((place) => programPackages[name].entries[0]?.startsWith(`${place}/`));
      expect(programPackages[name].tested.to).toBe(packages[pinned ?? ''].version.replace(/-linux.*/, ''));
    },
  );

  it('takes a version for known from the oldest to the newest with which the tests were run', () => {
    const known = [
      '2.1.329',
      '2.1.330',
      '2.1.331',
      '2.1.1000',
      '2.1.328',
      '2.2.0',
      '3.1.400',
      '2.1.329-beta',
      '2.1',
      '',
    ];
    expect(known.filter((version) => isTested('claude-code', version))).toEqual(['2.1.329', '2.1.330']);
  });
});

describe('an agent tool that is not there yet', () => {
  it('is installed once, also when several ask for it at the same time, and found there afterwards', async () => {
    const env = await publish();
    const shelves = [shelfOf(env), shelfOf(env), shelfOf(env)];
    const taken = await Promise.all(shelves.flatMap((shelf) => [shelf.take('opencode'), shelf.take('opencode')]));
    for (const { program } of taken)
      expect(program).toEqual({
        command: ['/opt/courier/opencode/node_modules/opencode-linux-x64-baseline/bin/opencode'],
        version: '1.18.33',
      });
    expect(cached()).toEqual([expect.stringMatching(cacheName)]);
    registry?.close();
    expect(await shelfOf(nowhere).take('opencode')).toEqual(taken[0]);
  });

  it('is not used when its package is another one than the lock names, nor left behind', async () => {
    const env = await publish({ integrity: `sha512-${Buffer.alloc(64, 1).toString('base64')}` });
    expect(await reason(shelfOf(env).take('opencode'))).toContain(
      'OpenCode could not be installed: a package is not the one that the lock file names (EINTEGRITY).',
    );
    expect(cached()).toEqual([]);
  });

  it('is not used when what it is run by is missing', async () => {
    const env = await publish({ entry: 'bin/something-else' });
    expect(await reason(shelfOf(env).take('opencode'))).toContain(
      `OpenCode could not be installed: there is none for Linux on ${process.arch}.`,
    );
    expect(cached()).toEqual([]);
  });

  it('is not taken from an installation that was killed, which is removed when nobody can be at it any more', async () => {
    const env = await publish();
    const old = path.join(folder, 'cache/.installing-dead');
    const young = path.join(folder, 'cache/.installing-alive');
    for (const draft of [old, young])
      mkdirSync(path.join(draft, 'node_modules/opencode-linux-x64-baseline/bin'), { recursive: true });
    utimesSync(old, 0, 0);
    await shelfOf(env).take('opencode');
    expect(cached()).toEqual(['.installing-alive', expect.stringMatching(cacheName)]);
  });

  it('says in two sentences that no registry is there and what to do', async () => {
    const said = await reason(shelfOf(nowhere, { locks: programLocks }).take('claude-code'));
    expect(said).toBe(noRegistry('Claude Code', 'claude-code'));
    expect(cached()).toEqual([]);
  });

  it('is asked for anew after it could not be had', async () => {
    const shelf = shelfOf(await publish());
    const [lock, elsewhere] = [path.join(folder, 'locks/opencode/package-lock.json'), path.join(folder, 'elsewhere')];
    renameSync(lock, elsewhere);
    await reason(shelf.take('opencode'));
    renameSync(elsewhere, lock);
    expect(await shelf.take('opencode').catch(messageOf)).toMatchObject({ program: { version: '1.18.33' } });
  });
});

describe('an agent tool on the PATH', () => {
  it('is taken where it is a program of a known version', async () => {
    const { share, program } = await realPrograms.take('opencode');
    const file = path.join(share.from, program.command[0].replace('/opt/courier/opencode/', ''));
    const shelf = shelfOf({ ...nowhere, PATH: onPath('opencode', file) }, { locks: programLocks });
    expect(await shelf.take('opencode')).toEqual({
      share: { from: file, to: '/opt/courier/opencode' },
      program: { command: ['/opt/courier/opencode'], version: '1.18.33' },
    });
  });

  it('is taken with its package, and nothing of the packages beside it, where it is a script', async () => {
    const package_ = path.join(folder, 'lib/node_modules/@google/gemini-cli');
    mkdirSync(path.join(package_, 'bundle'), { recursive: true });
    writeFileSync(path.join(package_, 'bundle/gemini.js'), 'console.log("0.61.0")');
    const PATH = onPath('gemini', path.join(package_, 'bundle/gemini.js'));
    expect(await shelfOf({ ...nowhere, PATH }, { locks: programLocks }).take('gemini')).toEqual({
      share: { from: package_, to: '/opt/courier/gemini' },
      program: { command: ['node', '/opt/courier/gemini/bundle/gemini.js'], version: '0.61.0' },
    });
  });

  it.each([
    ['below the package', 'lib/node_modules/@openai/codex/node_modules'],
    ['beside it', 'lib/node_modules'],
  ])('is the program that the script stands for, %s', async (_, packages) => {
    const script = path.join(folder, 'lib/node_modules/@openai/codex/bin/codex.js');
    const target = process.arch === 'arm64' ? 'aarch64-unknown-linux-musl' : 'x86_64-unknown-linux-musl';
    const platform = path.join(folder, packages, `@openai/codex-linux-${process.arch}`);
    const file = path.join(platform, 'vendor', target, 'bin/codex');
    for (const each of [script, file]) mkdirSync(path.dirname(each), { recursive: true });
    writeFileSync(script, 'process.exit(1)');
    writeFileSync(file, '#!/bin/sh\necho codex-cli 0.169.0\n', { mode: 0o755 });
    const PATH = onPath('codex', script);
    expect(await shelfOf({ ...nowhere, PATH }, { locks: programLocks }).take('codex')).toEqual({
      share: { from: platform, to: '/opt/courier/codex' },
      program: { command: [`/opt/courier/codex/vendor/${target}/bin/codex`], version: '0.169.0' },
    });
  });

  it('is not taken in another version, nor where it is a script of nobody: it is said, and one is installed', async () => {
    const env = await publish();
    const said: string[] = [];
    // A program that answers `--version` with a number of its own.
    const PATH = onPath('opencode', realpathSync('/bin/bash'));
    const { program } = await shelfOf({ ...env, PATH }, { said }).take('opencode');
    expect(program.command[0]).toContain('node_modules');
    expect(said.join('\n')).toMatch(/OpenCode on the PATH is \d+\.\d+\.\d+: not used/);
    const script = path.join(folder, 'a-script');
    writeFileSync(script, '#!/bin/sh\necho 1.18.33; touch "$HOME/it-ran"\n', { mode: 0o755 });
    rmSync(path.join(folder, 'cache'), { recursive: true });
    rmSync(path.join(folder, 'bin'), { recursive: true });
    await shelfOf({ ...env, PATH: onPath('opencode', script) }, { said }).take('opencode');
    expect(said.join('\n')).toContain('OpenCode on the PATH is of a kind that Courier does not know');
    expect(readdirSync(folder)).not.toContain('it-ran');
  });

  it('is not taken from a folder of packages, which may be the scanned repository’s', async () => {
    const { share, program } = await realPrograms.take('opencode');
    const file = path.join(share.from, program.command[0].replace('/opt/courier/opencode/', ''));
    const bin = path.join(folder, 'repo/node_modules/.bin');
    mkdirSync(bin, { recursive: true });
    symlinkSync(file, path.join(bin, 'opencode'));
    const shelf = shelfOf({ ...nowhere, PATH: `${bin}:.:/usr/bin:/bin` }, { locks: programLocks });
    expect(await reason(shelf.take('opencode'))).toBe(noRegistry('OpenCode', 'opencode'));
  });
});

describe('what is installed of a lock', () => {
  const locked = (name: ProgramName) => readFileSync(path.join(programLocks, name, 'package-lock.json'), 'utf8');
  const packagesOf = (name: ProgramName, platform: Platform) => {
    const chosen = toInstall(locked(name), platform);
    return chosen && Object.keys(JSON.parse(chosen.lock).packages).slice(1);
  };

  it.each<[ProgramName, Platform, string]>([
    ['claude-code', { arch: 'x64', libc: 'glibc' }, '@anthropic-ai/claude-code-linux-x64'],
    ['claude-code', { arch: 'x64', libc: 'musl' }, '@anthropic-ai/claude-code-linux-x64-musl'],
    ['claude-code', { arch: 'arm64', libc: 'glibc' }, '@anthropic-ai/claude-code-linux-arm64'],
    ['codex', { arch: 'arm64', libc: 'musl' }, '@openai/codex-linux-arm64'],
    ['opencode', { arch: 'x64', libc: 'glibc' }, 'opencode-linux-x64-baseline'],
  ])('is the one package for the platform, which has to be there: %s %o', (name, platform, package_) => {
    expect(packagesOf(name, platform)).toEqual([`node_modules/${package_}`]);
    const { manifest, lock } = toInstall(locked(name), platform) ?? expect.fail();
    expect(JSON.parse(lock).packages[`node_modules/${package_}`]).not.toHaveProperty('optional');
    expect(Object.keys(JSON.parse(manifest).dependencies)).toEqual([package_]);
    expect(JSON.parse(manifest)).not.toHaveProperty('optionalDependencies');
  });

  it('is nothing where there is none for the platform, and all where it is the same everywhere', () => {
    expect(packagesOf('opencode', { arch: 'arm64', libc: 'glibc' })).toBeUndefined();
    expect(packagesOf('gemini', { arch: 'arm64', libc: 'musl' })).toContain('node_modules/@google/gemini-cli');
  });
});

async function* none(): AsyncGenerator<SandboxFile> {}

const place = realpathSync(mkdtempSync(path.join(tmpdir(), 'courier-program-sandbox-')));
chmodSync(place, 0o755);
const sandboxes = createLocalSandboxProvider({
  env: process.env,
  tempDir: place,
  log: silentLog,
  programs: realPrograms,
});
const missing = await sandboxes.create({ session: 'S', lifetimeMs: 3_600_000, files: none }).then(
  (sandbox) => sandbox.kill().then(() => undefined),
  (error: unknown) => messageOf(error),
);

describe.skipIf(missing !== undefined)('a sandbox without a place for agent tools', () => {
  it('is not made where one is asked for', async () => {
    const provider = createLocalSandboxProvider({ env: process.env, tempDir: folder, log: silentLog });
    const asked = provider.create({ session: 'S', lifetimeMs: 3_600_000, files: none, program: 'codex' });
    expect(await reason(asked)).toBe('Courier was started without a place for agent tools.');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describePrograms(`bubblewrap${missing === undefined ? '' : ` (left out: ${missing})`}`, sandboxes, {
  skip: missing !== undefined,
});

describe.skipIf(missing !== undefined)('an agent tool in a folder that is closed to others', () => {
  it('is seen inside all the same', async () => {
    const closed = path.join(folder, 'closed');
    const { share } = await realPrograms.take('gemini');
    cpSync(share.from, path.join(closed, 'gemini'), { recursive: true });
    chmodSync(closed, 0o700);
    const shelved = await realPrograms.take('gemini');
    const programs = { take: async () => ({ ...shelved, share: { ...share, from: path.join(closed, 'gemini') } }) };
    const provider = createLocalSandboxProvider({ env: process.env, tempDir: place, log: silentLog, programs });
    const sandbox = await provider.create({ session: 'S', lifetimeMs: 3_600_000, files: none, program: 'gemini' });
    const [, script = ''] = sandbox.program?.command ?? [];
    expect(await sandbox.exec(['test', '-r', script], { timeoutMs: 120_000 })).toMatchObject({ exitCode: 0 });
    await sandbox.kill();
    expect(readdirSync(place)).toEqual([]);
    expect(readdirSync(path.join(closed, 'gemini'))).toContain('node_modules');
  });
});
