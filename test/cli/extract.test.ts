import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { call } from './call.ts';

const cwd = mkdtempSync(path.join(tmpdir(), 'courier-extract-'));
const finding = { title: 'Lost update', description: 'Two writers, one wins.', priority: 'high' };

async function* chunks(...texts: readonly (string | Uint8Array)[]) {
  yield* texts;
}

it.each([
  ['a list of one', JSON.stringify({ issues: [finding] }), 0, 'complete', 1],
  ['an empty list', '{"issues": []}', 0, 'complete', 0],
  ['a list that was cut off', `[${JSON.stringify(finding)}, {"title": "Sec`, 0, 'incomplete', 1],
  ['no JSON', 'I found nothing worth reporting.', 3, 'no-json', 0],
  ['nothing', '', 3, 'no-json', 0],
])('reads %s', async (_, text, code, outcome, number) => {
  writeFileSync(path.join(cwd, 'out.json'), text);
  const fromFile = await call(['extract', 'out.json'], { cwd });
  const fromStdin = await call(['extract', '-'], { cwd, stdin: chunks(text.slice(0, 5), text.slice(5)) });
  for (const result of [fromFile, fromStdin]) {
    expect(result.code).toBe(code);
    const printed = JSON.parse(result.stdout);
    expect(Object.keys(printed)).toEqual(['outcome', 'issues', 'rejected']);
    expect(printed).toMatchObject({ outcome, issues: { length: number } });
  }
});

it('ends with exit code 2 and a sentence for what it cannot read', async () => {
  expect(await call(['extract', 'missing.json'], { cwd })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('There is no file missing.json.'),
  });
  expect(await call(['extract', '.'], { cwd })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('. is a folder, not a file.'),
  });
  expect(await call(['extract'], { cwd })).toMatchObject({ code: 2, stderr: expect.stringContaining('needs FILE') });
});

it('stops reading where an output is larger than 50 MB', async () => {
  let given = 0;
  async function* endless() {
    while (given < 70) {
      given += 1;
      yield Buffer.alloc(1 << 20, ' ');
    }
  }
  expect(await call(['extract', '-'], { cwd, stdin: endless() })).toEqual({
    code: 2,
    stdout: '',
    stderr: 'standard input is larger than 50 MB.\n',
  });
  expect(given).toBeLessThan(60);
});
