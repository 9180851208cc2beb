import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../../src/config/parse-config.ts';
import { renderConfigurationReference } from '../../src/config/render-reference.ts';
import { toJsonSchema } from '../../src/config/to-json-schema.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

function accepts(text: string): boolean {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(
    JSON.parse(read('schema/courier.schema.json')),
  );
  return validate(parse(text));
}

it('is what the committed file says (if not: npm run schema)', () => {
  expect(JSON.parse(read('schema/courier.schema.json'))).toEqual(toJsonSchema());
});

it('is what the table of the documentation says (if not: npm run schema)', () => {
  expect(read('docs/configuration.md')).toContain(`\n${renderConfigurationReference()}\n`);
});

it('describes every key', () => {
  const rows = renderConfigurationReference().split('\n').slice(2);
  expect(rows.length).toBeGreaterThan(70);
  expect(rows.filter((row) => row.split(' | ')[2]?.replace('|', '').trim() === '')).toEqual([]);
});

it('accepts what the parser accepts, keys without a value included', () => {
  const everything = read('test/fixtures/config/everything.yml');
  const sections = 'issueAgent:\nscans:\nsandbox:\n  memoryMb:\n  provider:\nledger:\n  repository:\n';
  for (const text of [everything, sections]) {
    expect(() => parseConfig(text, 'courier.yml')).not.toThrow();
    expect(accepts(text)).toBe(true);
  }
});

it('refuses the mistakes that an editor can show', () => {
  for (const text of [
    'isues: {}',
    'dashboard: 1',
    'permissions: { run: read }',
    'scans: { a: {} }',
    'ledger: { branch: courier }',
  ]) {
    expect(accepts(text)).toBe(false);
  }
});
