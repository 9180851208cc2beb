import { expect, it } from 'vitest';
import { Configuration } from '../../src/config/schema.ts';
import { noteWithoutEffect } from '../../src/config/without-effect.ts';
import { resolveSettings } from '../../src/sessions/settings.ts';

it('says nothing about a configuration that asks for nothing which is not there', () => {
  expect(noteWithoutEffect(Configuration.parse({}))).toBeUndefined();
  expect(
    noteWithoutEffect(Configuration.parse({ issues: { maxNew: 3 }, scans: { a: { prompt: 'x' } } })),
  ).toBeUndefined();
});

it('names each limit, review and setting that somebody asked for and that has no effect', () => {
  const config = Configuration.parse({
    ledger: { repository: 'acme/ledger' },
    scans: { a: { prompt: 'x', questions: 'block' } },
  });
  expect(noteWithoutEffect(config)).toBe(
    'The configuration sets ledger.repository: this version of Courier does not act on it.',
  );
  expect(resolveSettings(config, { agent: 'none' }, { hasModelKey: false, strict: true }).notes).toEqual([
    noteWithoutEffect(config),
  ]);
});
