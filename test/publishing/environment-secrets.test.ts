import { describe, expect, it } from 'vitest';
import { environmentSecrets } from '../../src/publishing/environment-secrets.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { plainJson } from '../../src/publishing/plain-json.ts';

describe('environmentSecrets', () => {
  it.each([
    'DEPLOY_PASSWORD',
    'NPM_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'GITHUB_TOKEN',
    'SLACK_WEBHOOK_SECRET',
    'OPENAI_API_KEY',
    'PRIVATE_KEY_BASE64',
    'npm_config_//registry.example/:_authToken',
    'DB_PASS',
    'PGPASSWORD',
    'GCP_CREDENTIALS',
  ])('takes the value of %s for a secret', (name) => {
    expect(environmentSecrets({ [name]: 'a-value-of-it' })).toEqual(['a-value-of-it']);
  });

  it.each([
    'PATH',
    'GITHUB_REPOSITORY',
    'KEYBOARD',
    'TOKENIZER_MODEL',
    'SSH_AUTH_SOCK',
    'GOOGLE_CREDENTIALS_FILE',
    'AUTHOR',
    'STATE_cacheKey',
    'RUNNER_TEMP',
  ])('takes the value of %s for a word', (name) => {
    expect(environmentSecrets({ [name]: 'a-value-of-it' })).toEqual([]);
  });

  it('leaves values that are too short to be told from words', () => {
    expect(environmentSecrets({ PASSWORD: 'short', TOKEN: undefined })).toEqual([]);
  });
});

describe('plainJson', () => {
  it('keeps the JSON whole where a line separator or a secret in two strings would break its text', () => {
    const gate = createGate({ secrets: ['correct-horse-battery-staple'] });
    const value = {
      title: 'one\u2028two',
      parts: ['correct-horse-', 'battery-staple'],
      'correct-horse-battery-staple': 1,
    };
    const plain = plainJson(value, gate.plain);
    expect(JSON.parse(JSON.stringify(plain))).toEqual({ title: 'one\ntwo', parts: ['***', '***'], '***': 1 });
  });
});

describe('a line of the log', () => {
  it.each([
    '::set-output name=a::b',
    '\u00a0::error::x',
    '\u2003\t::error::x',
    'a\r::add-mask::x',
    'a\u0085 ::x::',
    'see ##[add-mask]x',
  ])('is no command to the runner: %j', (text) => {
    const line = createGate({ secrets: [] }).logLine(text);
    for (const one of line.split(/\r\n|\r|\n/)) expect(one.trimStart().startsWith('::')).toBe(false);
    expect(line).not.toContain('##[');
  });
});
