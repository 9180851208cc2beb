import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultConfiguration, parseConfig } from '../../src/config/parse-config.ts';
import { UserError } from '../../src/lib/errors.ts';

const file = '.github/courier.yml';
const fixture = (name: string) => readFileSync(new URL(`../fixtures/config/${name}`, import.meta.url), 'utf8');

function problemsOf(text: string): string[] {
  try {
    parseConfig(text, file);
  } catch (error) {
    if (error instanceof UserError) return error.message.split('\n');
    throw error;
  }
  throw new Error('was accepted');
}

it('takes an empty file, a file of comments and an empty map as the defaults', () => {
  for (const text of ['', '# nothing yet\n', '---\n', '{}', 'issueAgent:\nscans:\n']) {
    expect(parseConfig(text, file)).toEqual(defaultConfiguration);
  }
});

it('has the defaults of the contract', () => {
  expect(defaultConfiguration).toMatchObject({
    issueAgent: { tool: 'anthropic', effort: 'high', maxTokens: 32_000, maxIterations: 40, budgetUsd: 5, context: [] },
    answeringAgent: { auto: false },
    sandbox: {
      provider: 'auto',
      templateId: 'base',
      timeoutMs: 3_600_000,
      stallTimeout: 600,
      inactivityTimeout: 86_400,
      network: { allow: [] },
    },
    scans: {},
    presets: 'auto',
    checks: {},
    issues: {
      labels: ['courier'],
      assignees: [],
      minPriority: 'low',
      maxNew: 20,
      sensitive: 'auto',
      unverified: 'label',
    },
    rules: [],
    ignore: [],
    review: { judge: true, evaluator: true, gate: 'none' },
    blueprints: {},
    permissions: { answer: 'triage', approve: 'write', run: 'write', admin: 'maintain' },
    budget: { perDayUsd: 20, perMonthUsd: 200 },
    ledger: { branch: 'courier-ledger', repository: null },
    dashboard: true,
    feedback: {},
  });
  expect(defaultConfiguration.issueAgent.temperature).toBeUndefined();
  expect(defaultConfiguration.sandbox.memoryMb).toBeUndefined();
});

it('understands every key at once', () => {
  const configuration = parseConfig(fixture('everything.yml'), file);
  expect(configuration.scans.security).toEqual({
    prompt: 'Look for injection.',
    paths: ['src/**'],
    labels: ['security'],
    questions: 'block',
  });
  expect(configuration.checks.lint).toEqual({ run: 'npx oxlint --format sarif', format: 'sarif', nextSteps: [] });
  expect(configuration.blueprints.fix?.steps[1]).toEqual({ run: 'npm test', when: 'always', retries: 2 });
  expect(configuration.issueAgent.temperature).toBeUndefined();
  expect(configuration.feedback.langfuse?.secretKey).toBe('env');
});

it('lists every problem in the order of the file, each with line, field, expectation, what was given and what was meant', () => {
  expect(problemsOf(fixture('mistakes.yml'))).toEqual(fixture('mistakes.txt').trimEnd().split('\n'));
});

it('tells every mistake in the steps of a blueprint by what the step is meant to be', () => {
  const [text, told] = [fixture('wrong-steps.yml'), fixture('wrong-steps.txt').trimEnd().split('\n')];
  const indented = text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}\n`)
    .join('');
  expect(problemsOf(`blueprints:\n  own:\n${indented}`)).toEqual(
    told.map((line) => {
      const [, at, rest] = /^(\d+): (.*)$/.exec(line) ?? [];
      return `${file}:${Number(at) + 2}: blueprints.own.${rest}`;
    }),
  );
});

it('never repeats a key that somebody wrote into the file', () => {
  const problems = problemsOf('feedback:\n  langfuse:\n    baseUrl: https://example.com\n    secretKey: sk-lf-4711\n');
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain('courier.yml:4: feedback.langfuse.secretKey: ');
  expect(problems[0]).toContain('LANGFUSE_SECRET_KEY');
  expect(problems[0]).not.toContain('4711');
});

it('refuses to let anybody below triage command it', () => {
  expect(problemsOf('permissions:\n  answer: read\n')).toEqual([
    `${file}:2: permissions.answer: expected one of triage, write, maintain, admin, got "read"`,
  ]);
});

it.each([
  ['a key given twice', 'dashboard: true\ndashboard: false\n', /^\.github\/courier\.yml:2: .*unique/],
  ['a tag', 'dashboard: !!js/function x\n', /:1: tags such as .* are not allowed$/],
  ['a standard tag', 'dashboard: !!bool "true"\n', /:1: tags such as .* are not allowed$/],
  ['two documents', 'dashboard: true\n---\ndashboard: false\n', /:\d: .*multiple documents/],
  ['broken syntax', 'issues:\n  labels: [courier\ndashboard: true\n', /^\.github\/courier\.yml:\d: /],
  ['a map as a key', '? {a: 1}\n: 2\n', /:1: a key has to be a plain word$/],
  ['a list instead of a map', '- dashboard\n', /:1: expected a map of keys and values, got a list$/],
  ['an alias without an anchor', 'dashboard: *a\n', /courier\.yml/],
  ['a merge key', 'sandbox: &a {provider: e2b}\nreview: {<<: *a}\n', /:2: review\.<<: unknown key/],
  ['the prototype as a key', '__proto__: {dashboard: false}\n', /:1: __proto__: unknown key/],
  ['far too long a text', `# ${'x'.repeat(300_000)}\n`, /longer than 256000 characters$/],
])('refuses %s', (_, text, message) => {
  expect(problemsOf(text)[0]).toMatch(message);
});

it('shares what an anchor names', () => {
  const { issueAgent, answeringAgent } = parseConfig('issueAgent: &a {effort: low}\nansweringAgent: *a\n', file);
  expect([issueAgent.effort, answeringAgent.effort]).toEqual(['low', 'low']);
});

it('survives a bomb of aliases and a tower of brackets', () => {
  const bomb = Array.from(
    { length: 12 },
    (_, i) => `a${i}: &a${i} [${i === 0 ? 'x' : `${`*a${i - 1}, `.repeat(9)}x`}]`,
  );
  expect(problemsOf(bomb.join('\n'))[0]).toContain('lias');
  expect(problemsOf(`scans: ${'['.repeat(100_000)}`)[0]).toMatch(/courier\.yml/);
});

it.each(['/etc/passwd', '../other', 'src/../../other', '!../other', 'C:/windows', 'a\\b', '..'])(
  'keeps patterns inside the repository: %s',
  (pattern) => {
    expect(problemsOf(`issueAgent:\n  context: [${JSON.stringify(pattern)}]\n`)[0]).toContain('issueAgent.context[0]');
  },
);

it.each(['src/**', 'docs/ARCHITECTURE.md', '.claude/skills/*', '!src/**/*.test.ts', 'a..b/**', '**/*.{ts,tsx}'])(
  'accepts the pattern %s',
  (pattern) => {
    expect(parseConfig(`issueAgent:\n  context: [${JSON.stringify(pattern)}]\n`, file).issueAgent.context).toEqual([
      pattern,
    ]);
  },
);

it('ends every text in a configuration or in an error for its author', () => {
  const key = fc.constantFrom('issueAgent', 'scans', 'presets', 'ignore', 'blueprints', 'zzz', 'steps', 'run', 'paths');
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.dictionary(key, tie('node')),
      fc.array(tie('node')),
    ),
  })).node;
  const text = fc.oneof(
    fc.string(),
    value.map((it) => JSON.stringify(it)),
  );
  fc.assert(
    fc.property(text, (it) => {
      try {
        expect(parseConfig(it, file).dashboard).toBeTypeOf('boolean');
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        expect(error.message.startsWith(file)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

it.each([
  [
    'four sentences',
    '"One. Two! Three? Four."',
    'expected one to three sentences, not 4, got "One. Two! Three? Four."',
  ],
  ['no sentence', '" - "', 'expected one to three sentences, not 0, got "-"'],
  ['too long a text', `"${'long '.repeat(300)}"`, 'expected text of at most 1000 characters, got "long'],
])('takes no rule of %s, and says where it stands', (_, text, why) => {
  const file = `presets: none\nrules:\n  - paths: ["legacy/**"]\n    text: ${text}\n`;
  expect(() => parseConfig(file, 'courier.yml')).toThrow(`courier.yml:4: rules[0].text: ${why}`);
});

it('takes a rule of three sentences, with what only looks like the end of one', () => {
  const text = 'Code from e.g. v1.2 or `a. b. c. d.` is old. Look closely. Report data loss.';
  const { rules } = parseConfig(`rules:\n  - { paths: ["legacy/**"], text: "${text}" }\n`, 'courier.yml');
  expect(rules).toEqual([{ paths: ['legacy/**'], text }]);
});
