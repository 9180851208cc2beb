import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sampleApp } from '../checks/sample-app.ts';
import { startAnthropic } from '../fakes/anthropic/start-anthropic.ts';
import { createGitRepository, type GitRepository } from '../fakes/git-repository.ts';
import { leftOut, sandboxed } from './bed.ts';
import { runCourier } from './run-courier.ts';
import type { CourierCall } from './run-here.ts';

const Place = z.object({ path: z.string(), startLine: z.number().optional() });
const Found = z.object({
  id: z.string(),
  state: z.string(),
  occurrences: z.number(),
  origin: z.object({ name: z.string(), rule: z.string().optional() }),
  places: z.array(Place).default([]),
});
const Report = z.object({
  result: z.string(),
  reasons: z.array(z.string()),
  report: z.object({ findings: z.array(Found), checks: z.array(z.object({ check: z.string(), state: z.string() })) }),
});
const Listed = z.object({ findings: z.array(Found) });
const Sarif = z.object({
  runs: z.array(
    z.object({
      results: z.array(
        z.object({
          ruleId: z.string(),
          locations: z.array(
            z.object({
              physicalLocation: z.object({
                artifactLocation: z.object({ uri: z.string() }),
                region: z.object({ startLine: z.number() }),
              }),
            }),
          ),
        }),
      ),
    }),
  ),
});
const Planted = z.array(z.object({ check: z.string(), rule: z.string(), path: z.string(), line: z.number() }));

const repositories: GitRepository[] = [];
const removed = () => {
  for (const repository of repositories) repository.remove();
};
function aRepository(files: Readonly<Record<string, string>> | { copyOf: string }): GitRepository {
  const repository = createGitRepository(files);
  repositories.push(repository);
  return repository;
}
const courier = (repository: GitRepository, ...args: string[]) => runCourier(args, { cwd: repository.root });
const reportOf = ({ stdout }: CourierCall) => Report.parse(JSON.parse(stdout));
const read = (repository: GitRepository, name: string) => readFileSync(path.join(repository.root, name), 'utf8');
const listed = async (repository: GitRepository) =>
  Listed.parse(JSON.parse((await courier(repository, 'findings', '--state', 'all', '--json')).stdout)).findings;

const problem = 'export const run = (text) => eval(text);\n';
const fine = 'export const run = (text) => JSON.parse(text);\n';

afterAll(removed);

describe('a scan of the sample application', () => {
  let app: GitRepository;
  let first: CourierCall;
  const planted = Planted.parse(JSON.parse(readFileSync(path.join(sampleApp, 'planted.json'), 'utf8')));

  beforeAll(async () => {
    app = aRepository({ copyOf: sampleApp });
    first = await courier(app, 'scan');
  });
  // shellcheck comes from the machine; the other tools are Courier's own.
  const expected = () => {
    const report = z.object({ checks: z.array(z.object({ check: z.string(), state: z.string() })) });
    const { checks } = report.parse(JSON.parse(read(app, '.courier/reports/report.json')));
    const ran = new Set(checks.filter(({ state }) => state === 'findings').map(({ check }) => check));
    expect(ran).toContain('ast-grep');
    expect(ran).toContain('oxlint');
    expect(ran).toContain('secretlint');
    return planted.filter(({ check }) => ran.has(check)).map((it) => `${it.path}:${it.line}`);
  };

  it('ends well', () => {
    expect(first.code).toBe(0);
  });

  it('shows every planted file and line in the table', () => {
    for (const place of expected()) {
      const [file = ''] = place.split(':');
      const row = first.stdout.split('\n').some((line) => line.includes(place));
      // Further places of a finding are counted in its row.
      const more = first.stdout.split('\n').some((line) => line.includes(`${file}:`) && /\(\+\d+ more\)/.test(line));
      expect([place, row || more]).toEqual([place, true]);
    }
    for (const line of first.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('writes every planted place, and no other, into report.json and SARIF', () => {
    const { findings } = z
      .object({ findings: z.array(Found) })
      .parse(JSON.parse(read(app, '.courier/reports/report.json')));
    const inJson = findings.flatMap(({ places }) => places.map((it) => `${it.path}:${it.startLine}`));
    expect(inJson.toSorted()).toEqual(expected().toSorted());
    const sarif = Sarif.parse(JSON.parse(read(app, '.courier/reports/report.sarif')));
    const inSarif = sarif.runs
      .flatMap(({ results }) => results)
      .flatMap(({ locations }) => locations)
      .map(({ physicalLocation: { artifactLocation, region } }) => `${artifactLocation.uri}:${region.startLine}`);
    for (const place of expected()) expect(inSarif).toContain(place);
    const html = read(app, '.courier/reports/report.html');
    for (const { title } of z
      .object({ findings: z.array(z.object({ title: z.string() })) })
      .parse(JSON.parse(read(app, '.courier/reports/report.json'))).findings) {
      expect(html).toContain(title.split(/[`'"<&]/)[0]);
    }
  });

  it('leaves nothing for git to see, and no secret in its output', () => {
    expect(app.git('status', '--porcelain')).toBe('');
    const { line = 0 } = planted.find(({ check }) => check === 'secretlint') ?? {};
    const value = /[A-Za-z0-9/+]{40}/.exec(read(app, 'src/config.js').split('\n')[line - 1] ?? '')?.[0] ?? '';
    expect(value.length).toBeGreaterThan(20);
    const written = readdirSync(path.join(app.root, '.courier'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.\w+$/.test(name))
      .map((name) => read(app, `.courier/${name}`));
    for (const text of [first.stdout, first.stderr, ...written]) expect(text).not.toContain(value);
  });

  it('recognises everything the second time, and fails where --fail-on is met, with JSON alone on standard output', async () => {
    const before = await listed(app);
    const again = await courier(app, 'scan', '--fail-on', 'critical', '--json');
    expect(again.code).toBe(1);
    const ids = reportOf(again).report.findings.map(({ id }) => id);
    expect(ids.toSorted()).toEqual(before.map(({ id }) => id).toSorted());
    expect(new Set(reportOf(again).report.findings.map(({ occurrences }) => occurrences))).toEqual(new Set([2]));
  });
});

describe('one problem over time', () => {
  let repository: GitRepository;
  const life: { result: string; state: string; id: string }[] = [];

  beforeAll(async () => {
    repository = aRepository({ 'a.js': problem });
    for (const text of [problem, fine, problem]) {
      repository.commit({ 'a.js': text });
      const { result } = reportOf(await courier(repository, 'scan', '--json'));
      const [finding] = await listed(repository);
      life.push({ result, state: finding?.state ?? 'none', id: finding?.id ?? 'none' });
    }
  });

  it('is open, resolved once it is fixed, and open again under the same id when it is back', () => {
    expect(life.map(({ state }) => state)).toEqual(['open', 'resolved', 'open']);
    expect(new Set(life.map(({ id }) => id)).size).toBe(1);
    expect(life[0]?.id).toMatch(/^F-/);
    expect(life.map(({ result }) => result)).toEqual(['complete', 'complete', 'complete']);
  });

  it('stays in the ledger when two scans run at once', async () => {
    const [one, two] = await Promise.all([courier(repository, 'scan'), courier(repository, 'scan')]);
    expect([one.code, two.code]).toEqual([0, 0]);
    expect(await listed(repository)).toMatchObject([{ id: life[0]?.id, occurrences: 4 }]);
  });

  it('is told as damage, and kept, when its record cannot be read', async () => {
    const folder = path.join(repository.root, '.courier/ledger/findings');
    const [file = ''] = readdirSync(folder);
    writeFileSync(path.join(folder, file), '{"broken');
    const scan = await courier(repository, 'scan');
    expect(scan.code).toBe(3);
    expect(scan.stdout).toContain(`The ledger was damaged in findings/${file}`);
    const kept = readdirSync(path.join(repository.root, '.courier/ledger/quarantine/findings'));
    expect(read(repository, `.courier/ledger/quarantine/findings/${kept[0]}`)).toBe('{"broken');
  });
});

describe('a check that could not run', () => {
  const cases = {
    'a missing tool': ['no-such-tool --version', 'not found'],
    'a crash': ['kill -SEGV $$', 'SIGSEGV'],
    'unreadable output': ['echo hello', 'not JSON'],
    'no output': ['true', 'empty'],
  } as const;

  it.each(Object.entries(cases))('%s is "could not determine", never clean', async (_, [run, reason]) => {
    const format = ['echo hello', 'true'].includes(run) ? 'sarif' : 'exit-code';
    const check = format === 'sarif' ? { run, format } : { run };
    const configuration = JSON.stringify({ presets: ['ast-grep'], checks: { own: check } });
    const repository = aRepository({ 'a.js': fine, '.github/courier.yml': configuration });
    const scan = await courier(repository, 'scan');
    expect(scan.code).toBe(3);
    expect(scan.stdout).toMatch(new RegExp(`Could not determine: own: .*${reason}`));
    expect(scan.stdout).not.toMatch(/^No findings$/m);
  });

  it('keeps the findings of a failing command, and --fail-on counts more than what is missing', async () => {
    const checks = { broken: { run: 'no-such-tool' }, tests: { run: 'exit 1', title: 'The tests fail' } };
    const repository = aRepository({
      'a.txt': 'a\n',
      '.github/courier.yml': JSON.stringify({ presets: 'none', checks }),
    });
    const scan = await courier(repository, 'scan', '--fail-on', 'medium');
    expect(scan.code).toBe(1);
    expect(scan.stdout).toContain('The tests fail');
    expect(scan.stdout).toContain('the scan is not complete');
  });

  it('ends early on an interrupt, and says that it did', async () => {
    const configuration = JSON.stringify({ presets: 'none', checks: { slow: { run: 'echo > started; sleep 30' } } });
    const repository = aRepository({ 'a.txt': 'a\n', '.github/courier.yml': configuration });
    const interrupt = async (pid: number) => {
      while (!readdirSync(repository.root).includes('started')) await sleep(50);
      process.kill(pid, 'SIGINT');
    };
    const scan = await runCourier(['scan'], { cwd: repository.root, onSpawn: (pid) => void interrupt(pid) });
    expect(scan.code).toBe(3);
    expect(scan.stdout).toContain('The session was stopped before its end.');
  });
});

describe('what a newcomer gets wrong', () => {
  let repository: GitRepository;
  beforeAll(() => {
    const role = 'blueprints:\n  fix:\n    steps:\n      - { role: judge, agent: { tool: codx } }\n';
    repository = aRepository({ 'a.js': fine, 'wrong.yml': 'presets: auto\nisues: {}\n', 'role.yml': role });
  });
  const usage = {
    'a folder that is not there': [['scan', 'missing'], 'There is no folder missing.'],
    'a file': [['scan', 'a.js'], 'a.js is not a folder.'],
    'the data of git': [['scan', '.git'], "holds git's own data and no checked-out files"],
    'a misspelt command': [['scann'], 'Did you mean scan?'],
    'a misspelt option': [['scan', '--fail-onn', 'high'], 'Did you mean --fail-on?'],
    'a wrong value': [['scan', '--fail-on', 'hi'], 'expected one of never, critical, high, medium, low, got "hi"'],
    'a wrong configuration': [
      ['scan', '--config', 'wrong.yml'],
      'wrong.yml:2: isues: unknown key (did you mean "issues"?)',
    ],
    'an agent tool of a role': [
      ['scan', '--config', 'role.yml'],
      'role.yml:4: blueprints.fix.steps[0].agent.tool: expected one of anthropic, claude-code, codex, opencode, gemini, got "codx" (did you mean "codex"?)',
    ],
    'a prompt without a key': [['scan', '--prompt', 'find bugs'], 'ANTHROPIC_API_KEY'],
    'a ledger that is not there': [['findings'], 'run `courier scan` first'],
    'an output that is not there': [['extract', 'missing.json'], 'There is no file missing.json.'],
    'a folder as an output': [['extract', '.'], '. is a folder, not a file.'],
  } as const;

  it.each(Object.entries(usage))('%s: one clear sentence and exit code 2', async (_, [args, sentence]) => {
    const call = await courier(repository, ...args);
    expect(call).toMatchObject({ code: 2, stdout: '' });
    expect(call.stderr).toContain(sentence);
    expect(call.stderr).not.toMatch(/unexpectedly|\n\s+at /);
  });

  it('is not told that an empty folder is clean', async () => {
    const empty = aRepository({});
    const scan = await courier(empty, 'scan');
    expect(scan.code).toBe(3);
    expect(scan.stdout).toContain('nothing was looked at');
  });

  it('may give files any name, and links anywhere', async () => {
    const odd = ['with space.js', 'new\nline.js', '-dash.js', '--help.js', 'ünï.js', "quo'te$(id).js", '[x].js'];
    const strange = aRepository(Object.fromEntries(odd.map((name) => [name, problem])));
    for (const [name, target] of Object.entries({ folder: '.', loop: 'loop', 'out.js': '/etc/passwd' }))
      symlinkSync(target, path.join(strange.root, name));
    strange.commit();
    const { result, report } = reportOf(await courier(strange, 'scan', '--json'));
    expect(result).toBe('complete');
    expect(report.findings.flatMap(({ places }) => places.map((it) => it.path)).toSorted()).toEqual(odd.toSorted());
  });
});

describe('with a key', () => {
  it('says once that the agent has nothing to look for, and runs the checks', async () => {
    const repository = aRepository({ 'a.js': fine });
    const scan = await runCourier(['scan'], { cwd: repository.root, env: { ANTHROPIC_API_KEY: 'a-key-for-nothing' } });
    expect(scan.code).toBe(0);
    expect(scan.stderr.match(/The agent has nothing to look for/g)).toHaveLength(1);
  });

  it.skipIf(!sandboxed)(
    `says what is wrong when the model refuses the key, and does not call the scan clean${leftOut}`,
    async () => {
      const model = await startAnthropic({ script: [], key: 'the-right-key' });
      try {
        const repository = aRepository({ 'a.js': fine });
        const scan = await runCourier(['scan', '--prompt', 'Find bugs.'], {
          cwd: repository.root,
          env: { ANTHROPIC_API_KEY: 'another-key-entirely', ANTHROPIC_BASE_URL: model.url },
        });
        expect(scan.code).toBe(3);
        expect(scan.stdout).toMatch(/Could not determine: scan prompt: .*key/);
        expect(scan.stdout + scan.stderr).not.toContain('another-key-entirely');
      } finally {
        await model.close();
      }
    },
  );
});
