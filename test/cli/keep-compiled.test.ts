import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const entry = path.resolve(import.meta.dirname, '../../src/cli/index.ts');

function aHome(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'courier-home-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

const start = (env: Readonly<Record<string, string>>, cwd: string) =>
  spawnSync(process.execPath, [entry, '--version'], { cwd, env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' });

it.each([
  ['the home', () => ({}), '.cache/courier/compiled'],
  ['the cache folder', (home: string) => ({ XDG_CACHE_HOME: path.join(home, 'mine') }), 'mine/courier/compiled'],
  ['the home, where the cache folder is none', () => ({ XDG_CACHE_HOME: 'here' }), '.cache/courier/compiled'],
])('what the command line compiled is kept in %s of the user', (_where, env, place) => {
  const home = aHome();
  expect(start({ HOME: home, ...env(home) }, home)).toMatchObject({ status: 0, stderr: '' });
  expect(readdirSync(path.join(home, place), { recursive: true }).length).toBeGreaterThan(10);
  expect(existsSync(path.join(home, 'here'))).toBe(false);
});

it('starts all the same where nothing can be kept, and keeps nothing where the user has no home', () => {
  const home = aHome();
  writeFileSync(path.join(home, '.cache'), 'a file');
  const kept = { TMPDIR: path.join(home, 'tmp') };
  for (const env of [{ HOME: home, ...kept }, kept]) expect(start(env, home)).toMatchObject({ status: 0, stderr: '' });
  expect(readdirSync(home)).toEqual(['.cache']);
});
