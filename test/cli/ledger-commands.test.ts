import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { aFinding, aSession } from '../reports/builders.ts';
import { call } from './call.ts';
import { fakeCore } from './fake-core.ts';

const cwd = mkdtempSync(path.join(tmpdir(), 'courier-cli-'));
mkdirSync(path.join(cwd, 'empty'));

async function idsOf(...options: string[]): Promise<string[]> {
  const { stdout } = await call(['findings', '--json', ...options], { cwd });
  return JSON.parse(stdout).findings.map((it: { id: string }) => it.id.slice(-1));
}

it('lists open findings, worst first, and others where they are asked for', async () => {
  expect(await idsOf()).toEqual(['b', 'a']);
  expect(await idsOf('--state', 'all')).toEqual(['b', 'c', 'a']);
  expect(await idsOf('--state', 'resolved')).toEqual(['c']);
  expect(await idsOf('--priority', 'low,high', '--state', 'all')).toEqual(['c', 'a']);
  expect(await idsOf('--category', 'docs', '--category', 'bug')).toEqual(['a']);
});

it('refuses words that filter nothing', async () => {
  const { code, stderr } = await call(['findings', '--priority', 'P1'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toBe('--priority: expected some of critical, high, medium, low, got "P1"\n');
});

it('keeps its tables within 80 columns, and terminal sequences out of them', async () => {
  const nasty =
    'A \u001b[31mred\u001b[0m\u0007 \u202etitle that goes on\nand on and on and on and on and on and on and on and on';
  const deep = `${'deeply/nested/'.repeat(10)}file.ts`;
  const core = fakeCore({
    listFindings: async () => [
      aFinding({ title: nasty, state: 'open', location: { path: deep, startLine: 7 }, evidence: [] }),
    ],
    listSessions: async () => [aSession({ displayName: nasty })],
  });
  for (const args of [['findings'], ['findings', '--state', 'all'], ['sessions']]) {
    const { stdout } = await call(args, { cwd, core });
    expect(stdout).toMatch(/A red title/);
    expect(stdout).not.toMatch(/[^\n\P{Cc}]|\u202e/u);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  }
  expect((await call(['findings'], { cwd, core })).stdout).toContain('file.ts:7');
});

it.each([['findings'], ['sessions'], ['show', 'latest', '--path'], ['export', 'latest', '--path']])(
  'says that there is no ledger yet: courier %s',
  async (...command) => {
    const { code, stdout, stderr } = await call([...command, 'empty'], { cwd });
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'No ledger here yet: run `courier scan` first.\n',
    });
  },
);

it('says that a ledger is empty, and that nothing fits', async () => {
  const core = fakeCore({ listFindings: async () => [], listSessions: async () => [] });
  expect((await call(['findings'], { cwd, core })).stdout).toBe('The ledger holds no finding.\n');
  expect((await call(['sessions'], { cwd, core })).stdout).toBe('The ledger holds no session.\n');
  expect((await call(['findings', '--category', 'tests'], { cwd })).stdout).toBe(
    'None of 3 findings in the ledger fits.\n',
  );
});

it('shows a session by its id, its beginning or as the latest', async () => {
  for (const id of ['S20261120-101500-aaaa', 's20261120-10', 'latest']) {
    const { code, stdout } = await call(['show', id], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('Checks of main at 1baf64f');
    expect(stdout).toContain('S20261120-101500-aaaa');
  }
  expect(JSON.parse((await call(['show', 'latest', '--json'], { cwd })).stdout).id).toBe('S20261120-101500-aaaa');
});

it('shows a finding with its evidence', async () => {
  const { stdout } = await call(['show', 'f-0000000B'], { cwd });
  expect(stdout).toContain('SQL injection');
  expect(stdout).toMatch(/Priority +critical/);
});

it('tells programs how well it went as people judged it, with counts', async () => {
  const rating = { by: 'ada', at: '2026-11-21T10:00:00Z', value: 'up', from: 'rate' } as const;
  const core = fakeCore({ listFindings: async () => [aFinding({ id: 'F-0000000a', ratings: [rating] })] });
  const { stdout } = await call(['findings', '--json'], { cwd, core });
  expect(JSON.parse(stdout).precision.all).toEqual({ confirmed: 1, wrong: 0, unjudged: 0, precision: 1 });
});

it('cleans what it shows', async () => {
  const core = fakeCore({
    listFindings: async () => [
      aFinding({
        id: 'F-0000000a',
        description: 'x\u001b]0;title\u0007y\u0000',
        evidence: [{ path: 'a\u001b[2J', quote: 'b\u001b[2Jc\r' }],
      }),
    ],
    listSessions: async () => [aSession({ displayName: 'a\u001b[2Jb', reasons: ['c\u001b[2J\nd'] })],
  });
  for (const id of ['F-0000000a', 'latest']) {
    expect((await call(['show', id], { cwd, core })).stdout).not.toMatch(/[^\n\P{Cc}]/u);
  }
});

it.each([
  ['S20261120', '"S20261120" is the beginning of 2 sessions: S20261120-101500-aaaa, S20261120-091500-bbbb.'],
  [
    'S20261120-101500-aaab',
    'There is no session S20261120-101500-aaab. Did you mean S20261120-101500-aaaa? `courier sessions` lists them.',
  ],
  ['F-0000000x', 'There is no finding F-0000000x. Did you mean F-0000000a? `courier findings` lists them.'],
])('does not guess which record %s is', async (id, message) => {
  expect(await call(['show', id], { cwd })).toEqual({ code: 2, stdout: '', stderr: `${message}\n` });
});

it('exports a report to standard output or once into a file', async () => {
  expect((await call(['export', 'latest', '--format', 'sarif'], { cwd })).stdout).toBe(
    'sarif report of S20261120-101500-aaaa\n',
  );
  expect((await call(['export', 'latest'], { cwd })).stdout).toMatch(/^md report/);
  const args = ['export', 'latest', '--format', 'html', '--output', 'report.html'];
  expect(await call(args, { cwd })).toEqual({ code: 0, stdout: '', stderr: 'Written: report.html\n' });
  expect(readFileSync(path.join(cwd, 'report.html'), 'utf8')).toBe('html report of S20261120-101500-aaaa');
  const again = await call(args, { cwd });
  expect(again.code).toBe(2);
  expect(again.stderr).toContain('exists; --force overwrites it.');
  expect((await call([...args, '--force'], { cwd })).code).toBe(0);
});

it.each([
  [['latest', '--format', 'pdf'], 'this version makes no PDF'],
  [['latest', '--format', 'htm'], 'did you mean "html"?'],
  [['S20261119'], 'The md report of S20261119-091500-cccc was not kept.'],
  [[], 'courier export needs ID'],
])('refuses to export %j', async (args, message) => {
  const { code, stderr } = await call(['export', ...args], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
