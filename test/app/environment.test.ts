import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readEnvironment } from '../../app/environment.ts';

const credentials = { APP_ID: '12', PRIVATE_KEY: 'key', WEBHOOK_SECRET: 'secret' };

it("takes Probot's variables, with its defaults", () => {
  expect(readEnvironment(credentials)).toEqual({
    appId: 12,
    privateKey: 'key',
    webhookSecret: 'secret',
    host: 'localhost',
    port: 3000,
    apiUrl: 'https://api.github.com',
    graphqlUrl: 'https://api.github.com/graphql',
    serverUrl: 'https://github.com',
    webhookProxyUrl: undefined,
    logLevel: 'info',
    workflow: 'courier.yml',
  });
});

it('asks to be set up where there are no credentials at all', () => {
  expect(readEnvironment({ APP_ID: '', PORT: '4000' })).toBeUndefined();
});

it.each([
  ['APP_ID', { ...credentials, APP_ID: '' }, /^APP_ID is not set/],
  ['PRIVATE_KEY', { ...credentials, PRIVATE_KEY: undefined }, /^PRIVATE_KEY or PRIVATE_KEY_PATH is not set/],
  ['WEBHOOK_SECRET', { ...credentials, WEBHOOK_SECRET: ' ' }, /^WEBHOOK_SECRET is not set/],
])('never runs without %s when the rest is there: anybody could sign a delivery', (_name, env, message) => {
  expect(() => readEnvironment(env)).toThrow(message);
});

it.each([
  [{ APP_ID: 'twelve' }, /^APP_ID: must be the number of the app/],
  [{ PORT: '70000' }, /^PORT: must be a port/],
  [{ GITHUB_API_URL: 'nowhere' }, /^GITHUB_API_URL: /],
  [{ COURIER_WORKFLOW: '../other.yml' }, /^COURIER_WORKFLOW: must be a file name/],
  [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL: /],
])('names the variable that cannot be: %j', (variables, message) => {
  expect(() => readEnvironment({ ...credentials, ...variables })).toThrow(message);
});

it('finds GitHub Enterprise Server by its host', () => {
  expect(readEnvironment({ ...credentials, GHE_HOST: 'git.acme.test' })).toMatchObject({
    apiUrl: 'https://git.acme.test/api/v3',
    graphqlUrl: 'https://git.acme.test/api/graphql',
    serverUrl: 'https://git.acme.test',
  });
});

it('takes the key from one line or from a file', () => {
  expect(readEnvironment({ ...credentials, PRIVATE_KEY: 'a\\nb' })?.privateKey).toBe('a\nb');
  const folder = mkdtempSync(path.join(tmpdir(), 'courier-environment-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, 'key.pem'), 'from a file');
  const fromFile = { ...credentials, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: path.join(folder, 'key.pem') };
  expect(readEnvironment(fromFile)?.privateKey).toBe('from a file');
  expect(() => readEnvironment({ ...fromFile, PRIVATE_KEY_PATH: path.join(folder, 'none') })).toThrow(
    /^PRIVATE_KEY_PATH: /,
  );
});
