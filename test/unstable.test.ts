import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';

const root = path.dirname(import.meta.dirname);
const tests = `
  import { appendFileSync, readFileSync } from 'node:fs';
  import { expect, it } from 'vitest';
  it('fails once', () => {
    appendFileSync('runs', 'x');
    expect(readFileSync('runs', 'utf8')).toBe('xx');
  });
  it('passes', () => undefined);
`;

it('a test that passes only when it is run again is named with why it failed', async () => {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'courier-unstable-')));
  onTestFinished(() => rm(folder, { recursive: true }));
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  await writeFile(path.join(folder, 'one.test.js'), tests);
  const config = { test: { retry: 1, reporters: ['default', path.join(root, 'test/unstable.ts')] } };
  await writeFile(path.join(folder, 'vitest.config.mjs'), `export default ${JSON.stringify(config)}`);
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [vitest, 'run'], {
    cwd: folder,
    env: { PATH: process.env.PATH, NO_COLOR: '1' },
  });
  expect(stderr).toContain(
    "Unstable: 1 passed only when run again. Repair what they rest on.\none.test.js > fails once\nexpected 'x' to be 'xx'",
  );
  expect(stdout).toMatch(/Tests {2}2 passed \(2\)/);
});
