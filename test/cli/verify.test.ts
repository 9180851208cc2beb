import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { call } from './call.ts';
import { fakeCore } from './fake-core.ts';

const cwd = mkdtempSync(path.join(tmpdir(), 'courier-cli-'));
for (const name of ['project', 'partial', 'empty']) mkdirSync(path.join(cwd, name));

it.each([
  ['project', [], 0],
  ['partial', [], 3],
  ['missing', [], 2],
  ['empty', [], 2],
  ['project', ['--publish', 'plan'], 2],
  ['project', ['--findings', 'F-0000000a'], 2],
])('ends a re-check of the folder "%s" with options %j with exit code %i', async (folder, options, code) => {
  expect((await call(['verify', folder, ...options], { cwd })).code).toBe(code);
});

it('says how a finding is named, where a folder was meant to be', async () => {
  const { code, stderr } = await call(['verify', 'F-0000000a'], { cwd });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('give it as --finding F-0000000a') });
});

it('hands every option on, and prints a table without what a terminal would obey', async () => {
  const core = fakeCore();
  const args =
    'verify project --finding F-0000000a --finding F-0000000b,F-0000000c --repo octo-org/octo-repo --publish none';
  const { stdout } = await call(args.split(' '), { cwd, core, env: { GITHUB_TOKEN: 'token' } });
  expect(core.orders[0]).toMatchObject({
    path: path.join(cwd, 'project'),
    findings: ['F-0000000a', 'F-0000000b', 'F-0000000c'],
    overrides: { publish: 'none' },
    github: { repository: 'octo-org/octo-repo', token: 'token' },
  });
  expect(stdout).toMatch(/F-0000000a {2}gone +It was silent\.\n/);
  expect(stdout).toContain('2 findings checked again: 1 gone, 0 still there, 1 undecided.');
});

it('checks all open findings where none is named', async () => {
  const core = fakeCore();
  await call(['verify'], { cwd, core });
  expect(core.orders[0]).toMatchObject({ path: cwd, findings: [], github: undefined });
});

it('gives programs the verdicts as JSON', async () => {
  const { stdout } = await call(['verify', 'project', '--json'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({ result: 'complete', verdicts: [{ verdict: 'gone' }, {}] });
});
