import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createToolbox } from '../../src/adapters/local/toolbox.ts';
import { silentLog } from '../../src/lib/log.ts';

const packageRoot = path.resolve(import.meta.dirname, '../..');
const assets = path.join(packageRoot, 'src/checks/presets');
const log = silentLog;

describe('the tools of a checkout', () => {
  const toolbox = createToolbox({ mode: 'dependencies', packageRoot, assets, log });

  it.each([
    ['oxlint', '1.89.0'],
    ['ast-grep', '0.51.1'],
    ['secretlint', '13.0.6'],
  ])('are its own dependencies: %s', async (tool, version) => {
    const located = await toolbox.locate(tool);
    if ('unavailable' in located) throw new Error(located.unavailable);
    expect(located.version).toBe(version);
    const [program, ...parameters] = located.argv;
    expect(execFileSync(program, [...parameters, '--version'], { encoding: 'utf8' })).toContain(
      tool === 'secretlint' ? '' : version,
    );
  });

  it('include npm and the running Node', async () => {
    expect(await toolbox.locate('node')).toMatchObject({ argv: [process.execPath] });
    expect(await toolbox.locate('npm')).toHaveProperty('version', expect.stringMatching(/^\d+\./));
  });

  it('are said to be missing where they are not installed', async () => {
    const elsewhere = createToolbox({ mode: 'dependencies', packageRoot: '/', assets, log });
    expect(await elsewhere.locate('oxlint')).toEqual({ unavailable: expect.stringContaining('npm ci') });
  });

  it('are only the known ones', async () => {
    expect(await toolbox.locate('curl')).toEqual({ unavailable: expect.stringContaining('curl') });
    expect(await toolbox.locate('toString')).toHaveProperty('unavailable');
  });

  it('include shellcheck only where the machine has it', async () => {
    const without = createToolbox({ mode: 'dependencies', packageRoot, assets, log, env: { PATH: '/nonexistent' } });
    expect(await without.locate('shellcheck')).toEqual({ unavailable: 'shellcheck is not installed on this machine.' });
  });
});

describe('the tool cache', () => {
  let folder: string;
  let lockDir: string;
  const create = (env: NodeJS.ProcessEnv = process.env) =>
    createToolbox({ mode: 'tool-cache', cacheDir: path.join(folder, 'cache'), lockDir, assets, log, env });

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'courier-toolbox-'));
    lockDir = path.join(folder, 'lock');
    cpSync(path.join(assets, 'lock'), lockDir, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('installs an empty lock once, also when asked by several at the same time', async () => {
    writeFileSync(path.join(lockDir, 'package.json'), '{"name":"tools","version":"1.0.0"}');
    writeFileSync(
      path.join(lockDir, 'package-lock.json'),
      '{"name":"tools","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"tools","version":"1.0.0"}}}',
    );
    const answers = await Promise.all([create(), create(), create()].map((toolbox) => toolbox.locate('oxlint')));
    for (const answer of answers)
      expect(answer).toHaveProperty('unavailable', expect.stringContaining('not installed'));
    const cached = readdirSync(path.join(folder, 'cache/courier-tools'));
    expect(cached).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)]);
  });

  it('says in one sentence that the registry cannot be reached, and leaves nothing behind', async () => {
    const offline = create({
      ...process.env,
      npm_config_registry: 'http://127.0.0.1:9/',
      npm_config_cache: path.join(folder, 'npm'),
    });
    expect(await offline.locate('ast-grep')).toEqual({
      unavailable: expect.stringMatching(/cannot be reached \(offline\?\)\.$/),
    });
    expect(readdirSync(path.join(folder, 'cache/courier-tools'))).toEqual([]);
  });

  it('refuses a package that is not the one of the lock', async () => {
    const server = createServer((request, response) => {
      const address = `http://${request.headers.host}`;
      const dist = { tarball: `${address}/oxlint-1.89.0.tgz` };
      if (request.url?.endsWith('.tgz')) response.end('not the package');
      else
        response.end(
          JSON.stringify({ name: 'oxlint', versions: { '1.89.0': { name: 'oxlint', version: '1.89.0', dist } } }),
        );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const lock = JSON.parse(readFileSync(path.join(lockDir, 'package-lock.json'), 'utf8'));
    const only = { name: 'tools', version: '1.0.0', dependencies: { oxlint: '1.89.0' } };
    const { version, integrity } = lock.packages['node_modules/oxlint'];
    writeFileSync(path.join(lockDir, 'package.json'), JSON.stringify(only));
    writeFileSync(
      path.join(lockDir, 'package-lock.json'),
      JSON.stringify({
        ...only,
        lockfileVersion: 3,
        packages: { '': only, 'node_modules/oxlint': { version, integrity } },
      }),
    );
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const registry = { npm_config_registry: `http://127.0.0.1:${port}/`, npm_config_cache: path.join(folder, 'npm') };
    const answer = await create({ ...process.env, ...registry }).locate('oxlint');
    server.close();
    expect(answer).toEqual({ unavailable: expect.stringContaining('EINTEGRITY') });
  });
});

it('pins the same versions in the lock of the bundle and in the dependencies of the command line', () => {
  const read = (file: string) => JSON.parse(readFileSync(path.join(packageRoot, file), 'utf8'));
  const lock = read('src/checks/presets/lock/package-lock.json');
  const tools = read('src/checks/presets/lock/package.json').dependencies;
  const own = read('package.json').dependencies;
  for (const [name, version] of Object.entries(tools)) {
    expect(own[name], name).toBe(version);
    expect(lock.packages[`node_modules/${name}`].version, name).toBe(version);
  }
  for (const [name, entry] of Object.entries<{ integrity?: string; resolved?: string }>(lock.packages)) {
    if (name !== '') expect(entry.integrity, name).toMatch(/^sha512-/);
    expect(entry.resolved, name).toBeUndefined();
  }
});
