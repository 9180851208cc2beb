import { describe, expect, it } from 'vitest';
import type { CommandResult } from '../../src/checks/check.ts';
import type { ConfiguredCheck } from '../../src/checks/configured.ts';
import { type CheckPorts, type CheckRequest, runChecks } from '../../src/checks/run-checks.ts';

const aCommandResult = (over: Partial<CommandResult> = {}): CommandResult => ({
  exitCode: 0,
  stdout: '',
  stderr: '',
  timedOut: false,
  truncated: false,
  durationMs: 1200,
  ...over,
});
const portsWith = (result: Partial<CommandResult> | (() => Promise<CommandResult>)): CheckPorts => ({
  commands: { run: typeof result === 'function' ? result : async () => aCommandResult(result) },
  tools: { assets: '/assets', locate: async (tool) => ({ argv: [tool], version: '1' }) },
  signal: new AbortController().signal,
  onProgress() {},
});
const aRequest = (over: Partial<CheckRequest> = {}): CheckRequest => ({
  presets: 'none',
  checks: {},
  files: ['src/a.js'],
  repositoryRoot: '/srv/app',
  readText: async () => 'first\nsecond\nthird',
  ...over,
});
const aCheck = (over: Partial<ConfiguredCheck> = {}): ConfiguredCheck => ({
  run: 'npm test',
  format: 'exit-code',
  ...over,
});

async function runOne(
  check: Partial<ConfiguredCheck>,
  result: Partial<CommandResult> | (() => Promise<CommandResult>),
  over = {},
) {
  const [outcome] = await runChecks(aRequest({ checks: { tests: aCheck(check) }, ...over }), portsWith(result));
  return outcome!;
}
const sarif = JSON.stringify({
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'lint' } },
      results: [
        {
          ruleId: 'r1',
          message: { text: 'Wrong' },
          locations: [{ physicalLocation: { artifactLocation: { uri: 'src/a.js' }, region: { startLine: 2 } } }],
        },
      ],
    },
  ],
});

describe('a configured check', () => {
  it('is clean at exit code 0', async () => {
    expect(await runOne({}, { stdout: 'all good' })).toMatchObject({
      check: 'tests',
      kind: 'configured',
      state: 'clean',
      findings: [],
    });
  });

  it('is one finding at any other exit code, with the end of its output and the command', async () => {
    const stdout = `${Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n')}\n`;
    const outcome = await runOne(
      { severity: 2, title: 'Tests fail', nextSteps: ['Repair them.'] },
      { exitCode: 1, stdout, stderr: '\u001b[31mboom\u001b[0m\n' },
    );
    expect(outcome).toMatchObject({
      state: 'findings',
      findings: [
        {
          candidate: {
            title: 'Tests fail',
            severity: 2,
            reproduce: { command: 'npm test' },
            actual: expect.stringMatching(/line 99\nboom$/),
            nextSteps: ['Repair them.'],
          },
        },
      ],
    });
    expect(JSON.stringify(outcome)).not.toContain('line 50');
  });

  it.each([
    [{ exitCode: 127, stderr: 'bash: foo: command not found' }, 'unavailable', 'foo: command not found'],
    [{ exitCode: 126, stderr: 'Permission denied' }, 'unavailable', 'could not be executed'],
    [{ exitCode: undefined, spawnError: 'spawn bash ENOENT' }, 'unavailable', 'ENOENT'],
    [{ exitCode: undefined, timedOut: true, signal: 'SIGKILL' }, 'failed', 'time limit'],
    [{ exitCode: undefined, signal: 'SIGSEGV' }, 'failed', 'SIGSEGV'],
  ] as const)('could not be determined after %j', async (result, cause, reason) => {
    const outcome = await runOne({}, result);
    expect(outcome).toMatchObject({ state: 'undetermined', cause, reason: expect.stringContaining(reason) });
    expect(await runOne({ format: 'sarif' }, { ...result, stdout: sarif })).toMatchObject({
      state: 'undetermined',
      cause,
    });
  });

  it('reads SARIF whatever the exit code', async () => {
    for (const exitCode of [0, 1, 2]) {
      const outcome = await runOne({ format: 'sarif' }, { exitCode, stdout: sarif });
      expect(outcome).toMatchObject({
        state: 'findings',
        findings: [{ rule: 'r1', candidate: { title: 'Wrong in src/a.js', evidence: [{ quote: 'second' }] } }],
      });
    }
  });

  it('gives SARIF findings the severity and category of the configuration', async () => {
    const outcome = await runOne({ format: 'sarif', severity: 1, category: 'tests' }, { stdout: sarif });
    expect(outcome).toMatchObject({ findings: [{ candidate: { severity: 1, category: 'tests' } }] });
  });

  it('reads SARIF from the file that the command names', async () => {
    const readText = async (path: string) => (path === 'out/report.sarif' ? sarif : 'first\nsecond');
    const outcome = await runOne(
      { format: 'sarif', run: 'lint -o out/report.sarif' },
      { stdout: 'done' },
      { readText },
    );
    expect(outcome).toMatchObject({ state: 'findings' });
    const crashed = await runOne(
      { format: 'sarif', run: 'lint -o out/report.sarif' },
      { exitCode: 2, stdout: '' },
      { readText },
    );
    expect(crashed).toMatchObject({ state: 'undetermined', reason: expect.stringContaining('older') });
    const outside = await runOne({ format: 'sarif', run: 'lint > ../report.sarif' }, { stdout: 'done' }, { readText });
    expect(outside).toMatchObject({ state: 'undetermined' });
  });

  it('is never clean when its SARIF cannot be read', async () => {
    const outcome = await runOne({ format: 'sarif' }, { stdout: 'oops', stderr: 'first\nError: no config\n' });
    expect(outcome).toMatchObject({
      state: 'undetermined',
      cause: 'failed',
      reason: expect.stringContaining('Error: no config'),
    });
    expect(await runOne({ format: 'sarif' }, { stdout: '' })).toMatchObject({ state: 'undetermined' });
    expect(await runOne({ format: 'sarif' }, { stdout: sarif, truncated: true })).toMatchObject({
      state: 'undetermined',
    });
  });
});

describe('all checks', () => {
  it('go on when one of them breaks off', async () => {
    let calls = 0;
    const run = async () => {
      calls += 1;
      if (calls === 1) throw new Error('disk on fire');
      return aCommandResult();
    };
    const outcomes = await runChecks(aRequest({ checks: { b: aCheck(), a: aCheck() } }), portsWith(run));
    expect(outcomes).toMatchObject([
      { check: 'a', state: 'undetermined', cause: 'failed', reason: expect.stringContaining('disk on fire') },
      { check: 'b', state: 'clean' },
    ]);
  });

  it('run two at a time, keep one order and report progress', async () => {
    let running = 0;
    let most = 0;
    const run = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      return aCommandResult();
    };
    const seen: string[] = [];
    const names = ['e', 'd', 'c', 'b', 'a'];
    const outcomes = await runChecks(aRequest({ checks: Object.fromEntries(names.map((name) => [name, aCheck()])) }), {
      ...portsWith(run),
      onProgress: ({ done, of }) => seen.push(`${done}/${of}`),
    });
    expect(most).toBe(2);
    expect(outcomes.map(({ check }) => check)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(seen).toEqual(['1/5', '2/5', '3/5', '4/5', '5/5']);
  });

  it('say that they were stopped, and are not clean, after an abort', async () => {
    const ports = { ...portsWith({}), signal: AbortSignal.abort() };
    const outcomes = await runChecks(aRequest({ checks: { a: aCheck() } }), ports);
    expect(outcomes).toMatchObject([{ state: 'undetermined', reason: 'the check was stopped' }]);
  });
});

describe('presets', () => {
  it('are none where none are wanted', async () => {
    expect(await runChecks(aRequest(), portsWith({}))).toEqual([]);
  });

  it('that are named but do not apply say why', async () => {
    const outcomes = await runChecks(aRequest({ presets: ['shellcheck', 'tsc'] }), portsWith({}));
    expect(outcomes).toMatchObject([
      { check: 'tsc', kind: 'preset', state: 'not-applicable', reason: expect.stringContaining('tsconfig') },
      {
        check: 'shellcheck',
        kind: 'preset',
        state: 'not-applicable',
        reason: expect.stringContaining('shell scripts'),
      },
    ]);
  });

  it('whose tool cannot be had are undetermined with that sentence', async () => {
    const tools = { assets: '/assets', locate: async () => ({ unavailable: 'The registry cannot be reached.' }) };
    const outcomes = await runChecks(aRequest({ presets: ['oxlint'] }), { ...portsWith({}), tools });
    expect(outcomes).toMatchObject([
      { state: 'undetermined', cause: 'unavailable', reason: 'The registry cannot be reached.' },
    ]);
  });

  it.each(['secretlint', 'ast-grep', 'oxlint', 'shellcheck', 'audit'] as const)(
    'are never clean when %s crashes',
    async (preset) => {
      const files = ['package-lock.json', 'run.sh', 'src/a.js'];
      for (const result of [
        { exitCode: 1 },
        { exitCode: 2, stderr: 'panic' },
        { exitCode: undefined, signal: 'SIGSEGV' },
        { exitCode: 1, stdout: '{"half":' },
        { exitCode: 0, stdout: 'null' },
      ]) {
        const [outcome] = await runChecks(aRequest({ presets: [preset], files }), portsWith(result));
        expect(outcome, JSON.stringify(result)).toMatchObject({ state: 'undetermined' });
      }
      const [cut] = await runChecks(
        aRequest({ presets: [preset], files }),
        portsWith({ exitCode: 0, truncated: true }),
      );
      expect(cut).toMatchObject({ state: 'undetermined' });
    },
  );

  it('look only at the changed files where there are such', async () => {
    const seen: string[] = [];
    const ports: CheckPorts = {
      ...portsWith({}),
      commands: {
        async run(command) {
          if ('argv' in command) seen.push(...command.argv.filter((argument) => argument.startsWith('./')));
          return aCommandResult({ stdout: '{"diagnostics":[],"number_of_files":1}' });
        },
      },
    };
    const files = ['src/a.js', 'src/b.js', '-c.js'];
    await runChecks(aRequest({ presets: ['oxlint'], files, changedOnly: ['src/b.js', '-c.js', 'gone.js'] }), ports);
    expect(seen).toEqual(['./src/b.js', './-c.js']);
  });

  it('leave their place to a configured check of the same name', async () => {
    const outcomes = await runChecks(aRequest({ presets: ['oxlint'], checks: { oxlint: aCheck() } }), portsWith({}));
    expect(outcomes).toMatchObject([
      { kind: 'preset', state: 'not-applicable' },
      { kind: 'configured', state: 'clean' },
    ]);
  });

  it('take as many commands as the files need', async () => {
    const sizes: number[] = [];
    const ports: CheckPorts = {
      ...portsWith({}),
      commands: {
        async run(command) {
          if ('argv' in command) sizes.push(command.argv.join('\0').length);
          return aCommandResult({ stdout: '{"diagnostics":[],"number_of_files":1}' });
        },
      },
    };
    const files = Array.from({ length: 12_000 }, (_, index) => `src/${'deep/'.repeat(10)}file-${index}.js`);
    const [outcome] = await runChecks(aRequest({ presets: ['oxlint'], files }), ports);
    expect(outcome).toMatchObject({ state: 'clean' });
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes)).toBeLessThan(500_000);
  });
});
