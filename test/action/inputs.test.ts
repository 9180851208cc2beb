import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { credentialsIn, inputs, outputs, parseInputs } from '../../action/inputs.ts';
import { UserError } from '../../src/lib/errors.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

const Declared = z.strictObject({
  description: z.string(),
  required: z.literal(false),
  default: z.string().optional(),
});
const ActionFile = z.strictObject({
  name: z.literal('Courier'),
  description: z.string().max(125),
  author: z.string(),
  branding: z.strictObject({ icon: z.string(), color: z.string() }),
  inputs: z.record(z.string(), Declared),
  outputs: z.record(z.string(), z.strictObject({ description: z.string() })),
  runs: z.record(z.string(), z.string()),
});
const action = ActionFile.parse(parse(read('action.yml')));

/** The rows of the table below a heading of docs/action.md, cells without backticks. */
function rowsBelow(heading: string): string[][] {
  const section = read('docs/action.md').split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
  );
}

const parseWith = (given: Record<string, string>) => parseInputs({ 'INPUT_GITHUB-TOKEN': 'token', ...given });

function problemsOf(given: Record<string, string>): string[] {
  try {
    parseWith(given);
  } catch (error) {
    if (error instanceof UserError) return error.message.split('\n');
    throw error;
  }
  throw new Error('was accepted');
}

it('declares the same inputs, defaults and descriptions in action.yml and in the documentation', () => {
  const rows = inputs.map(({ name, default: standard, description }) => [name, standard ?? '', description]);
  const declared = Object.entries(action.inputs).map(([name, it]) => [name, it.default ?? '', it.description]);
  expect(declared).toEqual(rows);
  expect(rowsBelow('Inputs')).toEqual(rows);
});

it('declares the same outputs in action.yml and in the documentation', () => {
  expect(Object.entries(action.outputs).map(([name, it]) => [name, it.description])).toEqual(Object.entries(outputs));
  expect(rowsBelow('Outputs')).toEqual(Object.entries(outputs));
});

it('has the inputs, outputs and defaults of the contract', () => {
  expect(
    Object.fromEntries(inputs.filter((it) => it.default !== undefined).map((it) => [it.name, it.default])),
  ).toEqual({
    mode: 'auto',
    sandbox: 'auto',
    publish: 'issues',
    'max-new-issues': '20',
    'min-priority': 'low',
    'fail-on': 'never',
    config: '.github/courier.yml',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub Actions
    'github-token': '${{ github.token }}',
  });
  expect(inputs.map(({ name }) => name)).toEqual(
    'mode prompt scan agent model effort max-iterations timeout-minutes budget-usd sandbox paths publish max-new-issues min-priority fail-on config template-id memory-mb cpu-count request session-path github-token anthropic-api-key openai-api-key gemini-api-key e2b-api-key ledger-key'.split(
      ' ',
    ),
  );
  expect(Object.keys(outputs)).toEqual(
    'session-id phase result findings created updated resolved reopened questions assumptions cost-usd report-path sarif-path plan-path session-path'.split(
      ' ',
    ),
  );
});

it('runs the bundle on Node 24 before and after the job', () => {
  expect(action.runs).toEqual({
    using: 'node24',
    main: 'action/dist/index.js',
    post: 'action/dist/index.js',
    'post-if': 'always()',
  });
});

it('understands what the runner sets when a workflow gives nothing: defaults where there are some, empty text elsewhere', () => {
  const given = inputs.map(({ name, default: standard }) => [`INPUT_${name.toUpperCase()}`, standard ?? '']);
  expect(parseInputs({ ...Object.fromEntries(given), 'INPUT_GITHUB-TOKEN': 'ghs_1' })).toEqual({
    mode: 'auto',
    publish: 'issues',
    failOn: 'never',
    config: '.github/courier.yml',
    githubToken: 'ghs_1',
  });
});

it('understands every input', () => {
  const given = {
    INPUT_MODE: 'publish',
    INPUT_PROMPT: '  Find bugs.\n',
    INPUT_SCAN: 'security, bugs',
    INPUT_AGENT: 'anthropic',
    INPUT_MODEL: 'some-model',
    INPUT_EFFORT: 'low',
    'INPUT_MAX-ITERATIONS': '7',
    'INPUT_TIMEOUT-MINUTES': '1.5',
    'INPUT_BUDGET-USD': '0.25',
    INPUT_SANDBOX: 'local',
    INPUT_PATHS: 'src/**/*.{ts,tsx}, lib\n docs/**\n',
    INPUT_PUBLISH: 'plan',
    'INPUT_MAX-NEW-ISSUES': '0',
    'INPUT_MIN-PRIORITY': 'high',
    'INPUT_FAIL-ON': 'critical',
    INPUT_CONFIG: 'courier.yml',
    'INPUT_TEMPLATE-ID': 'my/template:v1',
    'INPUT_MEMORY-MB': '2048',
    'INPUT_CPU-COUNT': '4',
    INPUT_REQUEST: '{}',
    'INPUT_SESSION-PATH': '/tmp/session',
    'INPUT_LEDGER-KEY': 'k',
  };
  expect(parseInputs(given)).toEqual({
    mode: 'publish',
    prompt: 'Find bugs.',
    scan: ['security', 'bugs'],
    agent: 'anthropic',
    model: 'some-model',
    effort: 'low',
    maxIterations: 7,
    timeoutMinutes: 1.5,
    budgetUsd: 0.25,
    sandbox: 'local',
    paths: ['src/**/*.{ts,tsx}', 'lib', 'docs/**'],
    publish: 'plan',
    maxNewIssues: 0,
    minPriority: 'high',
    failOn: 'critical',
    config: 'courier.yml',
    templateId: 'my/template:v1',
    memoryMb: 2048,
    cpuCount: 4,
    request: '{}',
    sessionPath: '/tmp/session',
    ledgerKey: 'k',
  });
});

it('leaves to the configuration what stands at its default', () => {
  const parsed = parseWith({ INPUT_SANDBOX: 'auto', 'INPUT_MAX-NEW-ISSUES': '20', 'INPUT_MIN-PRIORITY': 'low' });
  expect([parsed.sandbox, parsed.maxNewIssues, parsed.minPriority]).toEqual([undefined, undefined, undefined]);
});

it.each([
  [
    'INPUT_MODE',
    'scn',
    'Input mode: expected one of auto, scan, command, request, publish, got "scn" (did you mean "scan"?)',
  ],
  ['INPUT_EFFORT', 'hihg', 'Input effort: expected one of low, medium, high, max, got "hihg" (did you mean "high"?)'],
  ['INPUT_MAX-ITERATIONS', '0', 'Input max-iterations: expected a whole number from 1 to 1000, got "0"'],
  ['INPUT_MAX-ITERATIONS', '1e2', 'Input max-iterations: expected a whole number from 1 to 1000, got "1e2"'],
  ['INPUT_TIMEOUT-MINUTES', '-1', 'Input timeout-minutes: expected a number above 0 and at most 1440, got "-1"'],
  ['INPUT_BUDGET-USD', 'Infinity', 'Input budget-usd: expected a number above 0 and at most 100000, got "Infinity"'],
  ['INPUT_MIN-PRIORITY', 'P1', 'Input min-priority: expected one of critical, high, medium, low, got "P1"'],
  [
    'INPUT_FAIL-ON',
    'hgih',
    'Input fail-on: expected one of never, critical, high, medium, low, got "hgih" (did you mean "high"?)',
  ],
  [
    'INPUT_CONFIG',
    '/etc/passwd',
    'Input config: expected a path or pattern below the repository\'s root: relative, with "/", without "..", got "/etc/passwd"',
  ],
  ['INPUT_TEMPLATE-ID', 'a b', 'Input template-id: expected the id or name of a sandbox template, got "a b"'],
  ['INPUT_MODE', 'request', 'Input request: mode request needs the request that the app dispatched.'],
])('refuses %s=%s with a sentence', (name, text, problem) => {
  expect(problemsOf({ [name]: text })).toEqual([problem]);
});

it('refuses to publish without a session, and lists several problems at once', () => {
  expect(problemsOf({ INPUT_MODE: 'publish' })[0]).toContain('Input session-path');
  expect(problemsOf({ INPUT_PATHS: 'a,../b', INPUT_SCAN: 'x y', INPUT_AGENT: 'claud-code' })).toHaveLength(3);
});

it('finds every credential to mask, each line of it too, and says none of them in an error', () => {
  const secrets = inputs.filter(({ kind }) => kind === 'secret');
  const env = Object.fromEntries(
    secrets.map(({ name }, index) => [`INPUT_${name.toUpperCase()}`, ` first-${index}\nsecond-${index} `]),
  );
  const masked = credentialsIn(env);
  for (const index of secrets.keys())
    expect(masked).toEqual(expect.arrayContaining([`first-${index}`, `second-${index}`]));
  expect(secrets.map(({ name }) => name)).toEqual(inputs.slice(-6).map(({ name }) => name));
  expect(problemsOf({ ...env, INPUT_EFFORT: 'x' }).join('\n')).not.toContain('first');
});

it('ends any values in inputs or in an error for their author', () => {
  const names = fc.constantFrom(...inputs.map(({ name }) => `INPUT_${name.toUpperCase()}`));
  fc.assert(
    fc.property(fc.dictionary(names, fc.string()), (env) => {
      try {
        expect(parseInputs(env).config).not.toMatch(/(^|\/)\.\.(\/|$)/);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
      }
    }),
  );
});
