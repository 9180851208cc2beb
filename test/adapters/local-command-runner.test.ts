import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cleanEnvironment } from '../../src/adapters/local/clean-environment.ts';
import { createCommandRunner } from '../../src/adapters/local/command-runner.ts';
import { aLongTime, processesWith } from '../acceptance/killed-step.ts';

const commands = createCommandRunner({ env: process.env });
let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(path.join(tmpdir(), 'courier-commands-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const run = (shell: string, timeoutMs = 60_000) => commands.run({ shell }, { cwd, timeoutMs });

describe('the command runner', () => {
  it('gives exit code, output and errors apart', async () => {
    const result = await run('echo out; echo err >&2; exit 3');
    expect(result).toMatchObject({ exitCode: 3, stdout: 'out\n', stderr: 'err\n', timedOut: false, truncated: false });
  });

  it('starts an argument list without a shell', async () => {
    const result = await commands.run({ argv: ['printf', '%s', '$(id) ; `id`'] }, { cwd, timeoutMs: 60_000 });
    expect(result.stdout).toBe('$(id) ; `id`');
  });

  it('understands bash in a shell line', async () => {
    expect((await run('[[ abc == a* ]] && echo yes')).stdout).toBe('yes\n');
  });

  it('reads nothing that somebody set up for shells of their own', async () => {
    writeFileSync(path.join(cwd, '.bashrc'), 'echo "from the profile"\n');
    // Without SHLVL, and with its input from a socket, bash believes that it was started over the network, and reads it.
    const env = { PATH: process.env.PATH, HOME: cwd };
    const result = await createCommandRunner({ env }).run({ shell: 'echo hello' }, { cwd, timeoutMs: 60_000 });
    expect(result).toMatchObject({ stdout: 'hello\n', stderr: '' });
  });

  it('hands over the input, also to a command that does not read it', async () => {
    expect((await commands.run({ shell: 'cat' }, { cwd, timeoutMs: 60_000, stdin: 'hello' })).stdout).toBe('hello');
    const large = 'x'.repeat(3_000_000);
    expect((await commands.run({ shell: 'exit 0' }, { cwd, timeoutMs: 60_000, stdin: large })).exitCode).toBe(0);
  });

  it('says that a program is not there', async () => {
    const result = await commands.run({ argv: ['no-such-program-here'] }, { cwd, timeoutMs: 60_000 });
    expect(result.exitCode).toBeUndefined();
    expect(result.spawnError).toContain('ENOENT');
  });

  it('says which signal ended a command', async () => {
    expect(await run('kill -9 $$')).toMatchObject({ exitCode: undefined, signal: 'SIGKILL', timedOut: false });
  });

  it('keeps the first and the last part of a long output', async () => {
    const result = await commands.run(
      { shell: 'echo first; head -c 5000000 /dev/zero | tr "\\0" x; echo last' },
      { cwd, timeoutMs: 60_000, maxOutputBytes: 10_000 },
    );
    expect(result.truncated).toBe(true);
    expect(result.stdout.length).toBeLessThan(11_000);
    expect(result.stdout).toMatch(/^first[\s\S]*last\n$/);
  });

  it('kills grandchildren at the time-out', async () => {
    const file = path.join(cwd, 'alive');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const running = run(`(while true; do date +%N > ${file}; sleep 0.05; done) & sleep 3000`);
      await expect.poll(() => existsSync(file)).toBe(true);
      vi.advanceTimersByTime(60_000);
      expect(await running).toMatchObject({ timedOut: true, exitCode: undefined });
    } finally {
      vi.useRealTimers();
    }
    const before = readFileSync(file, 'utf8');
    await sleep(300);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('ends a command at the abort', async () => {
    const controller = new AbortController();
    const running = commands.run({ shell: 'sleep 3000' }, { cwd, timeoutMs: 60_000, signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    expect(await running).toMatchObject({ exitCode: undefined, timedOut: false });
  });

  it('does not wait for what a command left in the background, and ends it', async () => {
    const word = aLongTime();
    const result = await run(`(sleep ${word}; true) & echo done`);
    expect(result).toMatchObject({ exitCode: 0, stdout: 'done\n', timedOut: false });
    await expect.poll(() => processesWith(`sleep ${word}`)).toEqual([]);
  });

  it('shows commands no credential of the job', async () => {
    const secrets = [
      'INPUT_GITHUB-TOKEN',
      'GITHUB_TOKEN',
      'ACTIONS_RUNTIME_TOKEN',
      'ACTIONS_ID_TOKEN_REQUEST_URL',
      'ANTHROPIC_API_KEY',
      'ANTHROPIC_BASE_URL',
      'OPENAI_API_KEY',
      'E2B_API_KEY',
      'NPM_TOKEN',
      'MY_API_KEY',
      'DATABASE_PASSWORD',
      'AWS_SECRET_ACCESS_KEY',
      'CLIENT_SECRET',
      'LEDGER_KEY',
      'GITHUB_ENV',
      'GITHUB_OUTPUT',
      'GITHUB_PATH',
      'GITHUB_STATE',
      'GITHUB_STEP_SUMMARY',
      'npm_config_//registry.example.org/:_authToken',
    ];
    const env = { ...process.env, ...Object.fromEntries(secrets.map((name) => [name, 'planted-secret-value'])) };
    const guarded = createCommandRunner({ env: { ...env, KEPT: 'visible' } });
    const { stdout } = await guarded.run({ shell: 'env' }, { cwd, timeoutMs: 60_000 });
    expect(stdout).toContain('KEPT=visible');
    expect(stdout).not.toContain('planted-secret-value');
  });
});

it('keeps what ordinary programs need', () => {
  const env = {
    PATH: '/bin',
    HOME: '/root',
    LANG: 'C.UTF-8',
    CI: 'true',
    GITHUB_WORKSPACE: '/w',
    KEYBOARD: 'de',
    MONKEY: 'x',
  };
  expect(cleanEnvironment(env)).toEqual(env);
});

it('does not make an npm below believe that it runs in the script of another package', () => {
  expect(cleanEnvironment({ npm_package_name: 'courier', npm_lifecycle_event: 'scan', INIT_CWD: '/a' })).toEqual({});
});
