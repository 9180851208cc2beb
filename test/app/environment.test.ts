import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readEnvironment } from '../../app/environment.ts';

const { privateKey: PRIVATE_KEY, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});
const credentials = { APP_ID: '12', PRIVATE_KEY, WEBHOOK_SECRET: 'secret' };
const anotherKind = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

it("takes Probot's variables, with its defaults", () => {
  expect(readEnvironment(credentials)).toEqual({
    appId: 12,
    privateKey: PRIVATE_KEY.trim(),
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
  [{ GHE_HOST: 'https://git.acme.test' }, /^GHE_HOST: must be a host name such as .* without https/],
  [{ PRIVATE_KEY: 'a word' }, /^PRIVATE_KEY: this is not the private key of an app/],
  [{ PRIVATE_KEY: publicKey }, /^PRIVATE_KEY: this is not the private key/],
  [{ PRIVATE_KEY: PRIVATE_KEY.slice(0, 400) }, /^PRIVATE_KEY: this is not the private key/],
  [{ PRIVATE_KEY: anotherKind }, /^PRIVATE_KEY: this is not the private key/],
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

it('takes the key from one line, in base64 or from a file', () => {
  const oneLine = PRIVATE_KEY.replaceAll('\n', '\\n');
  expect(readEnvironment({ ...credentials, PRIVATE_KEY: oneLine })?.privateKey?.trim()).toBe(PRIVATE_KEY.trim());
  const base64 = Buffer.from(PRIVATE_KEY).toString('base64');
  expect(readEnvironment({ ...credentials, PRIVATE_KEY: base64 })?.privateKey).toBe(PRIVATE_KEY);
  const folder = mkdtempSync(path.join(tmpdir(), 'courier-environment-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, 'key.pem'), PRIVATE_KEY);
  const fromFile = { ...credentials, PRIVATE_KEY: undefined, PRIVATE_KEY_PATH: path.join(folder, 'key.pem') };
  expect(readEnvironment(fromFile)?.privateKey).toBe(PRIVATE_KEY);
  writeFileSync(path.join(folder, 'key.pem'), publicKey);
  expect(() => readEnvironment(fromFile)).toThrow(/^PRIVATE_KEY_PATH: this is not the private key/);
  expect(() => readEnvironment({ ...fromFile, PRIVATE_KEY_PATH: path.join(folder, 'none') })).toThrow(
    /^PRIVATE_KEY_PATH: /,
  );
});
