import { existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { inputs } from '../../action/inputs.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { call } from './call.ts';

const workflowFile = '.github/workflows/courier.yml';
const configurationFile = '.github/courier.yml';

function aRepository(files: Readonly<Record<string, string>> = {}): string {
  const root = mkdtempSync(path.join(tmpdir(), 'courier-init-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  return root;
}

const read = (root: string, name: string) => readFileSync(path.join(root, name), 'utf8');
const configurationIn = (root: string) => parseConfig(read(root, configurationFile), configurationFile);

/** The configuration with every proposal in it taken out of its comment. */
function proposalsIn(root: string) {
  const text = read(root, configurationFile).replace(/^( *)# (?= *(?:[\w-]+:(?: |$)|- \{))/gm, '$1');
  return parseConfig(text, configurationFile);
}

it('writes a workflow and a configuration that are valid, and says what comes next', async () => {
  const root = aRepository();
  const { code, stdout } = await call(['init', root]);
  expect(code).toBe(0);
  expect(stdout).toContain(`Written: ${workflowFile}\nWritten: ${configurationFile}\n`);
  expect(stdout).toContain('ANTHROPIC_API_KEY');
  expect(configurationIn(root).scans.bugs?.paths).toEqual([]);
});

it('writes a workflow that starts on a schedule, by hand, on edited issues and on comments, with the inputs that it needs and no others', async () => {
  const root = aRepository();
  await call(['init', root]);
  const workflow = parse(read(root, workflowFile));
  expect(Object.keys(workflow.on)).toEqual(['schedule', 'workflow_dispatch', 'issues', 'issue_comment']);
  expect(workflow.on.schedule[0].cron).toMatch(/^(?:[5-9]|[1-5]\d) 4 \* \* 1-5$/);
  expect(workflow.on.workflow_dispatch.inputs.request).toMatchObject({ required: false, type: 'string' });
  expect(workflow.jobs.courier.concurrency['cancel-in-progress']).toBe(false);
  const { steps } = workflow.jobs.courier;
  const checkout = steps.find((step: { uses?: string }) => step.uses?.startsWith('actions/checkout@'));
  expect(checkout.with['persist-credentials']).toBe(false);
  expect(checkout.with['fetch-depth']).toBe(0);
  const courier = steps.find((step: { id?: string }) => step.id === 'courier');
  expect(courier.uses).toBe('codecourier/courier@v1');
  expect(inputs.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(courier.with)));
  expect(JSON.stringify(steps.map((step: { run?: string }) => step.run))).not.toContain('${{');
});

it('uses the Action that it is told to use', async () => {
  const root = aRepository();
  await call(['init', root, '--uses', 'octo-org/courier@0123abc']);
  expect(read(root, workflowFile)).toContain('- uses: octo-org/courier@0123abc\n');
  expect((await call(['init', root, '--uses', 'courier', '--force'])).code).toBe(2);
});

it('fits the configuration to the repository', async () => {
  const root = aRepository({
    'package.json': JSON.stringify({ scripts: { lint: 'x', test: 'y', 'evil: {': 'z' } }),
    'tsconfig.json': '{}',
    'src/index.ts': '',
    'CONTRIBUTING.md': '',
  });
  await call(['init', root]);
  const { issueAgent, scans } = configurationIn(root);
  expect(issueAgent.context).toEqual(['CONTRIBUTING.md']);
  expect(scans.bugs?.paths).toEqual(['src/**']);
  const proposed = proposalsIn(root);
  expect(proposed.issueAgent.commands).toEqual({ lint: 'npm run lint', test: 'npm test' });
  expect(Object.keys(proposed.checks)).toEqual(['lint', 'test']);
  expect(proposed.rules).toHaveLength(1);
});

it('switches on nothing that has to be installed first', async () => {
  const root = aRepository({ 'package.json': JSON.stringify({ scripts: { lint: 'x', test: 'y' } }) });
  await call(['init', root]);
  const { issueAgent, checks } = configurationIn(root);
  expect([issueAgent.commands, checks]).toEqual([{}, {}]);
});

it.each([
  ['go.mod', { vet: 'go vet ./...', test: 'go test ./...' }],
  ['Cargo.toml', { check: 'cargo check --all-targets', test: 'cargo test' }],
  ['pyproject.toml', { test: 'python -m pytest -q' }],
])('knows the usual commands where there is a %s', async (file, commands) => {
  const root = aRepository({ [file]: '', 'package.json': 'no JSON' });
  await call(['init', root]);
  expect(proposalsIn(root).issueAgent.commands).toEqual(commands);
});

it('overwrites nothing, says what is there and leaves the rest unwritten, unless it is forced', async () => {
  const root = aRepository({ [configurationFile]: 'dashboard: false\n' });
  const { code, stdout, stderr } = await call(['init', root]);
  expect({ code, stdout, stderr }).toEqual({
    code: 2,
    stdout: '',
    stderr: '.github/courier.yml exists: nothing was written. --force overwrites.\n',
  });
  expect(read(root, configurationFile)).toBe('dashboard: false\n');
  expect(existsSync(path.join(root, workflowFile))).toBe(false);
  expect((await call(['init', root, '--force'])).code).toBe(0);
  expect(configurationIn(root).dashboard).toBe(true);
});

it('writes through no link, forced or not', async () => {
  const elsewhere = aRepository();
  const root = aRepository();
  symlinkSync(elsewhere, path.join(root, '.github'));
  for (const options of [[], ['--force']]) {
    const { code, stderr } = await call(['init', root, ...options]);
    expect(code).toBe(2);
    expect(stderr).toBe('.github is a symbolic link: nothing was written.\n');
  }
  expect(existsSync(path.join(elsewhere, 'courier.yml'))).toBe(false);
});
