import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { renderCommandReference } from '../../src/cli/render-reference.ts';
import { courierVersion } from '../../src/lib/version.ts';
import { call } from './call.ts';

const entry = fileURLToPath(new URL('./run-fake-cli.ts', import.meta.url));

const cwd = mkdtempSync(path.join(tmpdir(), 'courier-cli-'));
for (const name of ['project', 'partial', 'failed']) mkdirSync(path.join(cwd, name));

/** Runs it as a process, as a shell would. */
function run(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...args], {
    cwd,
    encoding: 'utf8',
    input,
    maxBuffer: 1 << 26,
  });
  return { status, stdout, stderr };
}

it('gives the exit code of the scan to the shell', () => {
  expect(run(['scan', 'project']).status).toBe(0);
  expect(run(['scan', 'project', '--fail-on', 'high']).status).toBe(1);
  expect(run(['scan', 'project', '--fail-on', 'often']).status).toBe(2);
  expect(run(['scan', 'failed']).status).toBe(3);
});

it('keeps standard output for what was asked for', () => {
  const scan = run(['scan', 'project', '--json']);
  expect(JSON.parse(scan.stdout).result).toBe('complete');
  expect(scan.stderr).toContain('3 files to look at.');
  expect(scan.stdout + scan.stderr).not.toContain('\u001b');
  const mistake = run(['scan', '--jsn']);
  expect({ ...mistake, stderr: '' }).toEqual({ status: 2, stdout: '', stderr: '' });
});

it('reads standard input and prints large outputs whole', () => {
  const issues = Array.from({ length: 3000 }, (_, i) => ({ title: `Problem ${i}`, description: 'x'.repeat(500) }));
  const { status, stdout } = run(['extract', '-'], JSON.stringify(issues));
  expect(status).toBe(0);
  expect(JSON.parse(stdout).issues).toHaveLength(3000);
});

it('prints its version and its help', async () => {
  for (const args of [['--version'], ['-v']])
    expect(await call(args)).toMatchObject({ code: 0, stdout: `${courierVersion}\n` });
  const overview = await call(['help']);
  for (const args of [[], ['--help'], ['-h']]) expect(await call(args)).toEqual(overview);
  for (const name of ['scan', 'findings', 'sessions', 'show', 'export', 'extract', 'init']) {
    expect(overview.stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    const help = await call(['help', name]);
    expect(help.stdout).toContain(`Usage: courier ${name}`);
    expect(await call([name, '--help'])).toEqual(help);
    expect(Math.max(...help.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  }
  expect(overview.stdout).not.toContain('schema');
});

it.each([
  [['scna'], 'Unknown command scna. Did you mean scan?'],
  [['help', 'finding'], 'Unknown command finding. Did you mean findings?'],
  [['serve'], 'Unknown command serve.'],
  [['--json', 'scan'], 'The command comes first, before --json.'],
])('refuses %j with a suggestion', async (args, message) => {
  const { code, stdout, stderr } = await call(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});

it('has every command and option in the documentation', () => {
  const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
  expect(page).toContain(renderCommandReference(commands));
});

it('prints the JSON Schema of the configuration', async () => {
  const { code, stdout } = await call(['schema']);
  expect(code).toBe(0);
  expect(stdout).toBe(readFileSync(new URL('../../schema/courier.schema.json', import.meta.url), 'utf8'));
});
