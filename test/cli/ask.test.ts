import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { call } from './call.ts';
import { fakeCore } from './fake-core.ts';

const cwd = mkdtempSync(path.join(tmpdir(), 'courier-cli-'));
mkdirSync(path.join(cwd, 'project'));

it('prints the answer to a question, quoted or not', async () => {
  for (const words of [['Why is it slow?'], ['Why', 'is', 'it', 'slow?']])
    expect(await call(['ask', ...words, '--path', 'project'], { cwd })).toMatchObject({
      code: 0,
      stdout: 'It is so: Why is it slow?\n',
    });
});

it('has not succeeded without an answer, and says why', async () => {
  const { code, stdout, stderr } = await call(['ask', 'nothing?'], { cwd });
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toContain('There is no answer.');
});

it('refuses a question without words', async () => {
  expect(await call(['ask', '  '], { cwd })).toMatchObject({ code: 2, stdout: '' });
});

it('hands its options on', async () => {
  const core = fakeCore();
  await call('ask Why? --path project --max-iterations 3 --budget-usd 1 --json'.split(' '), { cwd, core });
  expect(core.orders).toMatchObject([{ question: 'Why?', overrides: { maxIterations: 3, budgetUsd: 1 } }]);
});
