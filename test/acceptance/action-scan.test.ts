import { cpSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Finding } from '../../src/findings/finding.ts';
import { revealFinding } from '../../src/ledger/withhold.ts';
import type { Script } from '../fakes/anthropic/script.ts';
import { aBed, agentStep, leftOut, sandboxed } from './bed.ts';
import { temporaryFolder } from './temporary-folder.ts';

const files = {
  'src/db.js':
    'export function find(db, name) {\n  return db.query("select * from users where name = \'" + name + "\'");\n}\n',
  'src/total.js': 'export const total = (items) => items.reduce((sum, item) => sum + item.price, 1);\n',
  '.github/courier.yml': 'presets: none\n',
};

const injection = {
  title: 'SQL injection in find',
  description: 'The name reaches the query as it is.',
  priority: 'critical',
  category: 'security',
  cwe: 'CWE-89',
  location: { path: 'src/db.js', startLine: 90 },
  evidence: [{ path: 'src/db.js', startLine: 90, quote: 'return db.query("select * from users' }],
  nextSteps: ['Use a parameter.'],
};
const offByOne = {
  title: 'Totals start at 1',
  description: 'Every total is one too high.',
  priority: 'high',
  category: 'bug',
  evidence: [{ path: 'src/total.js', quote: 'sum + item.price, 1)' }],
  expected: '0 for an empty list',
  actual: '1',
};
const madeUp = {
  title: 'Hard-coded password',
  description: 'In the configuration.',
  evidence: [{ path: 'src/db.js', quote: 'password = "hunter2"' }],
};

const call = (name: string, input: object) => ({ toolUses: [{ name, input }] });
const scan: Script = [
  call('bash', { command: 'cat src/db.js src/total.js' }),
  {
    toolUses: [
      { name: 'report_finding', input: injection },
      { name: 'report_finding', input: offByOne },
      { name: 'report_finding', input: madeUp },
    ],
  },
  call('ask_question', { question: 'Are names ever trusted?' }),
  call('finish', { summary: 'Read both files.' }),
];

describe.skipIf(!sandboxed)(`an agent scan in a workflow${leftOut}`, () => {
  it('files proven findings as issues, and writes nothing to them when run again', async () => {
    const bed = await aBed(files);
    const first = await bed.run(agentStep(await bed.model(scan)));
    expect(first.log).not.toContain('::error');
    expect(first.code).toBe(0);
    expect(first.outputs).toMatchObject({
      result: 'complete',
      phase: 'completed',
      findings: '2',
      created: '2',
      questions: '1',
    });
    const { issues } = bed.github.repository();
    expect(issues.map(({ title, labels }) => [title, [...labels].sort()])).toEqual([
      ['SQL injection in find', ['courier', 'priority: critical', 'security']],
      ['Totals start at 1', ['bug', 'courier', 'priority: high']],
      [expect.stringMatching(/^Questions of Courier: /), ['courier', 'courier: awaiting-answer']],
    ]);
    expect(issues[0]?.body).toContain(`/blob/${bed.repository.head()}/src/db.js#L2`);
    expect(first.summary).toContain('Hard-coded password');
    expect(first.summary).toMatch(/not in src\/db\.js/);
    expect(bed.github.repository().labels.find(({ name }) => name === 'priority: critical')?.color).toBe('b60205');

    const commits = bed.github.commits('acme/shop', 'courier-ledger').length;
    bed.github.forget();
    const second = await bed.run(agentStep(await bed.model(scan)));
    expect(second.outputs).toMatchObject({ result: 'complete', findings: '2', created: '0', updated: '0' });
    expect(Object.keys(bed.github.writes()).filter((operation) => /^issues\//.test(operation))).toEqual([]);
    // One at its start, which reserves its money, and one at its end.
    expect(bed.github.commits('acme/shop', 'courier-ledger').length).toBe(commits + 2);
    expect(bed.github.violations).toEqual([]);
  });

  it('recognises the same problem in other words after lines moved', async () => {
    const bed = await aBed(files);
    await bed.run(agentStep(await bed.model(scan)));
    bed.push({ 'src/db.js': `// a comment\n\n${files['src/db.js']}` });
    const reworded = { ...injection, title: 'Unsanitised name in a query', description: 'Other words.' };
    const second = await bed.run(
      agentStep(await bed.model([call('report_finding', reworded), call('finish', { summary: 'done' })])),
    );
    expect(second.outputs).toMatchObject({ created: '0' });
    // Two of findings, and one for the question of the first session.
    expect(bed.github.repository().issues).toHaveLength(3);
  });

  it('prints the operations of a plan and writes nothing at all', async () => {
    const bed = await aBed(files);
    const { outputs, summary, code } = await bed.run(agentStep(await bed.model(scan), { publish: 'plan' }));
    expect(code).toBe(0);
    expect(outputs['plan-path']).toMatch(/plan\.md$/);
    expect(summary).toContain('Create an issue: SQL injection in find');
    expect(bed.github.writes()).toEqual({});
  });

  it('publishes in a second job what a first one without any permission to write has seen', async () => {
    const bed = await aBed(files);
    const looked = await bed.run(agentStep(await bed.model(scan), { publish: 'none' }));
    expect(looked.outputs).toMatchObject({ result: 'complete', created: '0' });
    expect(bed.github.writes()).toEqual({});
    const published = await bed.run({
      inputs: { mode: 'publish', 'session-path': looked.outputs['session-path'] ?? '' },
    });
    expect(published.log).not.toContain('::error');
    expect(published.outputs).toMatchObject({
      'session-id': looked.outputs['session-id'],
      result: 'complete',
      created: '2',
    });
    expect(bed.github.repository().issues.map(({ title }) => title)).toEqual([
      'SQL injection in find',
      'Totals start at 1',
      expect.stringMatching(/^Questions of Courier: /),
    ]);
    expect(bed.github.violations).toEqual([]);
  });

  it('carries sealed details through the artifact of a public repository, for the job that has the key', async () => {
    const bed = await aBed(files, { visibility: 'public' });
    const key = { 'ledger-key': 'a key of more than 16 characters' };
    const looked = await bed.run(agentStep(await bed.model(scan), { publish: 'none', ...key }));
    const session = looked.outputs['session-path'] ?? '';
    expect(readFileSync(path.join(session, 'session.json'), 'utf8')).not.toContain('SQL injection');
    await bed.run({ inputs: { mode: 'publish', 'session-path': session, ...key } });
    const ledger = Object.entries(bed.github.files('acme/shop', 'courier-ledger'));
    const finding = ledger
      .filter(([name]) => name.startsWith('findings/'))
      .flatMap(([, text]) => JSON.parse(text))
      .find(({ category }) => category === 'security');
    expect(revealFinding(Finding.parse(finding), key['ledger-key']).title).toBe('SQL injection in find');
  });

  it('works as action/dist alone, copied into an empty folder', async () => {
    const bed = await aBed(files);
    const dist = path.join(temporaryFolder('dist'), 'dist');
    cpSync(path.join(import.meta.dirname, '../../action/dist'), dist, { recursive: true });
    const { outputs, log } = await bed.run({ ...agentStep(await bed.model(scan)), dist });
    expect(log).not.toContain('::error');
    expect(outputs).toMatchObject({ result: 'complete', created: '2' });
  });

  it.each([
    ['without a key', {}],
    ['with a ledger key', { 'ledger-key': 'a key of more than 16 characters' }],
  ])(
    'withholds the details of security findings on a public repository, everywhere and every time, %s',
    async (_how, inputs) => {
      const bed = await aBed(files, { visibility: 'public' });
      for (const created of ['1', '0']) {
        const { outputs, summary, log } = await bed.run(agentStep(await bed.model(scan), inputs));
        expect(outputs).toMatchObject({ result: 'complete', created, findings: '2' });
        const folder = outputs['session-path'] ?? '';
        const artifacts = readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'));
        const ledger = JSON.stringify(bed.github.files('acme/shop', 'courier-ledger'));
        const issues = JSON.stringify(bed.github.repository().issues);
        for (const text of [summary, log, ledger, issues, ...artifacts])
          expect(text).not.toMatch(/SQL injection|select \* from|db\.js/);
        expect(ledger.includes('sealed')).toBe('ledger-key' in inputs);
        expect(summary).toMatch(/1 security finding is withheld/);
      }
      expect(bed.github.repository().issues.map(({ title }) => title)).toEqual(['Totals start at 1']);
    },
  );

  it('meets fail-on with an open finding, also when it was filed before', async () => {
    const bed = await aBed(files);
    const first = await bed.run(agentStep(await bed.model(scan), { 'fail-on': 'critical' }));
    expect(first.code).toBe(1);
    expect(first.outputs).toMatchObject({ result: 'complete', created: '2' });
    const later = await bed.run({ inputs: { agent: 'none', 'fail-on': 'high' } });
    expect(later.code).toBe(1);
  });

  it('keeps what was reported when the job is cancelled, and leaves no sandbox', async () => {
    const bed = await aBed(files);
    const model = await bed.model([call('report_finding', offByOne), call('bash', { command: 'sleep 300' })]);
    const { code, outputs, log } = await bed.run({
      ...agentStep(model),
      onSpawn: (child) => {
        const watch = setInterval(() => {
          if (model.requests.length < 2) return;
          clearInterval(watch);
          setTimeout(() => child.kill('SIGINT'), 500);
        }, 50);
        child.on('exit', () => clearInterval(watch));
      },
    });
    expect(log).toContain('stopped before its end');
    expect(outputs).toMatchObject({ result: 'partial', phase: 'killed', findings: '1' });
    expect(code).toBe(0);
  });
});
