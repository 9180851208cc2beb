import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { call } from './call.ts';
import { fakeCore } from './fake-core.ts';

const cwd = mkdtempSync(path.join(tmpdir(), 'courier-cli-'));
for (const name of ['project', 'partial', 'failed', 'skipped', 'unreachable', 'broken'])
  mkdirSync(path.join(cwd, name));

it.each([
  ['project', [], 0],
  ['project', ['--fail-on', 'high'], 1],
  ['project', ['--fail-on', 'critical'], 0],
  ['partial', [], 3],
  ['partial', ['--fail-on', 'high'], 1],
  ['failed', [], 3],
  ['failed', ['--fail-on', 'high'], 3],
  ['skipped', [], 0],
  ['unreachable', [], 3],
  ['broken', [], 3],
  ['missing', [], 2],
])('ends a scan of the folder "%s" with options %j with exit code %i', async (folder, options, code) => {
  expect((await call(['scan', folder, ...options], { cwd })).code).toBe(code);
});

it('scans the current folder where none is named', async () => {
  const core = fakeCore();
  await call(['scan'], { cwd, core });
  expect(core.orders[0]).toMatchObject({ path: cwd, overrides: {}, configPath: undefined, github: undefined });
});

it('hands every option on', async () => {
  const core = fakeCore();
  const args =
    `scan project --prompt=Find_bugs --scan a --scan b,c --agent anthropic --model m --effort low --max-iterations 3
    --timeout-minutes 2.5 --budget-usd 0.5 --sandbox local --paths src/**/*.{ts,tsx},lib --publish plan --max-new-issues 4
    --min-priority high --fail-on critical --config courier.yml --repo octo-org/octo-repo`.split(/\s+/);
  const { code, stderr } = await call(args, { cwd, core, env: { GITHUB_TOKEN: 'token' } });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(core.orders[0]).toMatchObject({
    path: path.join(cwd, 'project'),
    overrides: {
      prompt: 'Find_bugs',
      scan: ['a', 'b', 'c'],
      agent: 'anthropic',
      model: 'm',
      effort: 'low',
      maxIterations: 3,
      timeoutMinutes: 2.5,
      budgetUsd: 0.5,
      sandbox: 'local',
      paths: ['src/**/*.{ts,tsx}', 'lib'],
      publish: 'plan',
      maxNewIssues: 4,
      minPriority: 'high',
      failOn: 'critical',
    },
    configPath: 'courier.yml',
    github: { repository: 'octo-org/octo-repo', token: 'token' },
  });
});

it('prints the table and the places of the reports on standard output, all else on standard error', async () => {
  const { stdout, stderr } = await call(['scan', 'project'], { cwd });
  expect(stdout).toMatch(/finding/);
  expect(stdout).toContain(`html      ${path.join('project', '.courier', 'reports', 'report.html')}\n`);
  expect(stdout).toContain('sarif     /elsewhere/report.sarif\n');
  expect(stderr).toContain('3 files to look at.\n');
  expect(stderr).toContain('Only the checks ran.\n');
});

it('prints nothing but JSON on standard output with --json', async () => {
  const { stdout, stderr } = await call(['scan', 'project', '--json', '--fail-on', 'high'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({
    result: 'complete',
    reasons: [],
    failOnMet: true,
    files: { sarif: '/elsewhere/report.sarif' },
    report: { version: 1, findings: expect.any(Array) },
  });
  expect(stderr).toContain('3 files to look at.');
});

it('is silent on the way with --quiet', async () => {
  const { stdout, stderr } = await call(['scan', 'project', '-q'], { cwd });
  expect(stderr).toBe('');
  expect(stdout).toContain('finding');
});

it('says what failed and what to do about it', async () => {
  expect((await call(['scan', 'unreachable', '-q'], { cwd })).stderr).toBe(
    'GitHub cannot be reached.\nCheck the network and GITHUB_API_URL.\n',
  );
  expect((await call(['scan', 'broken', '-q'], { cwd })).stderr).toBe('Courier failed unexpectedly: x is undefined\n');
});

it.each([
  [['--max-iterations', 'many'], '--max-iterations: expected a whole number from 1 to 1000, got "many"'],
  [['--effort', 'hihg'], '--effort: expected one of low, medium, high, max, got "hihg" (did you mean "high"?)'],
  [['--fail-onn', 'high'], 'Unknown option --fail-onn of courier scan. Did you mean --fail-on?'],
  [['--force'], 'Unknown option --force of courier scan. `courier scan --help`'],
  [['--model'], '--model needs a value'],
  [['--model', '--json'], '--model needs a value'],
  [['--json=yes'], '--json takes no value.'],
  [['other'], 'courier scan does not know what to do with "other".'],
  [['--publish', 'issues'], '--publish issues needs --repo OWNER/NAME'],
  [['--repo', 'octo-org/octo-repo'], '--repo needs a token: set GITHUB_TOKEN'],
  [['--repo', 'nobody'], '--repo: expected owner/name of a repository, got "nobody"'],
  [['--config', '../elsewhere.yml'], '--config: expected a path'],
])('refuses %j with a sentence and exit code 2, before anything runs', async (options, message) => {
  const core = fakeCore();
  const { code, stdout, stderr } = await call(['scan', 'project', ...options], { cwd, core });
  expect({ code, stdout, scans: core.orders.length }).toEqual({ code: 2, stdout: '', scans: 0 });
  expect(stderr).toContain(message);
});
