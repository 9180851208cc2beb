import { describe, expect, it } from 'vitest';
import type { Token } from '../fakes/github/state.ts';
import { aBed, agentStep, type Bed, leftOut, sandboxed } from './bed.ts';
import type { StepResult } from './run-step.ts';
import { sinksOf } from './sinks.ts';

const line = "export const find = (db, name) => db.query('select * from CANARYQUOTE where name = ' + name);";
const files = { 'src/canarypath.js': `${line}\n`, '.github/courier.yml': 'presets: none\n' };
const weakness = {
  title: 'CANARYTITLE SQL injection in find',
  description: 'The name reaches the query of CANARYTEXT.',
  priority: 'critical',
  category: 'security',
  cwe: 'CWE-89',
  location: { path: 'src/canarypath.js', startLine: 1 },
  evidence: [{ path: 'src/canarypath.js', quote: line }],
};
const scan = [
  { toolUses: [{ name: 'report_finding', input: weakness }] },
  { toolUses: [{ name: 'finish', input: { summary: 'CANARYWORDS: an injection in find.' } }] },
];
const canaries = /canary(?:quote|path|title|text|words)/i;

const permissions = { contents: 'write', issues: 'write' } as const;
const tokens = {
  app: { login: 'courier[bot]', type: 'Bot', permissions: { ...permissions, repository_advisories: 'write' } },
  workflow: { login: 'github-actions[bot]', type: 'Bot', permissions: { ...permissions, security_events: 'write' } },
  bare: { login: 'github-actions[bot]', type: 'Bot', permissions },
} as const satisfies Record<string, Token>;

async function aPublicBed(token: keyof typeof tokens, configuration = ''): Promise<Bed> {
  const config = `${files['.github/courier.yml']}${configuration}`;
  const bed = await aBed({ ...files, '.github/courier.yml': config }, { visibility: 'public' });
  bed.github.tokens.ghs_given = tokens[token];
  return bed;
}

async function scanWith(bed: Bed, inputs: Readonly<Record<string, string>> = {}): Promise<StepResult> {
  const model = await bed.model(scan);
  const result = await bed.run(agentStep(model, { 'github-token': 'ghs_given', ...inputs }));
  for (const [sink, text] of Object.entries(sinksOf(bed, result))) expect(text, sink).not.toMatch(canaries);
  expect(bed.github.violations).toEqual([]);
  return result;
}

const asked = (bed: Bed) =>
  bed.github.requests
    .map(({ operation }) => operation)
    .filter((name) => /security-advisories|code-scanning/.test(name));

describe.skipIf(!sandboxed)(`a security finding of a public repository${leftOut}`, () => {
  it.each([
    ['without a key', {}],
    ['with a ledger key', { 'ledger-key': 'a key of more than 16 characters' }],
  ])('is filed as a draft advisory once over two scans, and told nowhere else, %s', async (_how, inputs) => {
    const bed = await aPublicBed('app');
    const first = await scanWith(bed, inputs);
    expect(first.outputs).toMatchObject({ result: 'complete', created: '0' });
    const { advisories, issues } = bed.github.repository();
    expect(advisories).toMatchObject([{ state: 'draft', severity: 'critical', cwes: ['CWE-89'] }]);
    expect(advisories[0]?.summary).toBe(weakness.title);
    expect(advisories[0]?.description).toContain(line);
    expect(issues).toEqual([]);
    expect(first.summary).toMatch(/1 security finding is told in security advisories/);
    bed.github.forget();
    const again = await scanWith(bed, inputs);
    expect(again.outputs).toMatchObject({ result: 'complete', created: '0' });
    expect(asked(bed)).toEqual([]);
    expect(bed.github.repository().advisories).toHaveLength(1);
  });

  it('is withheld where the token may do neither, and says how to see it', async () => {
    const bed = await aPublicBed('bare');
    const { outputs, summary, log } = await scanWith(bed);
    expect(outputs).toMatchObject({ result: 'complete', created: '0' });
    expect(summary).toMatch(
      /1 security finding is told nowhere: .*repository_advisories: write.*security-events: write.*courier scan/,
    );
    expect(log).not.toMatch(/::error::/);
    expect(asked(bed)).toEqual(['security-advisories/create-repository-advisory', 'code-scanning/upload-sarif']);
  });

  it.each([
    ['a plan', '', { publish: 'plan' }, /Would tell 1 security finding in private: 1 draft advisory/],
    ['withhold', 'issues: { sensitive: withhold }\n', {}, /1 security finding is withheld/],
  ])('is neither filed nor uploaded with %s', async (_what, configuration, inputs, sentence) => {
    const bed = await aPublicBed('app', configuration);
    const { summary } = await scanWith(bed, inputs);
    expect(summary).toMatch(sentence);
    expect(asked(bed)).toEqual([]);
  });

  it('is told without a detail also where GitHub quotes it in an error', async () => {
    const bed = await aPublicBed('app');
    bed.github.fail({
      operation: 'security-advisories/create-repository-advisory',
      status: 500,
      message: `cannot store ${weakness.title}`,
    });
    const { outputs, summary } = await scanWith(bed);
    expect(outputs).toMatchObject({ result: 'partial' });
    expect(summary).toMatch(/left for the next session: GitHub answered 500/);
  });
});

it('is an alert of one upload, until the check finds it no more', async () => {
  const bed = await aPublicBed('workflow', 'checks:\n  complaints: { run: cat complaints.sarif, format: sarif }\n');
  const run = async () => {
    const result = await bed.run({ inputs: { 'github-token': 'ghs_given', agent: 'none' } });
    for (const [sink, text] of Object.entries(sinksOf(bed, result))) expect(text, sink).not.toMatch(canaries);
    return result;
  };
  bed.push({ 'complaints.sarif': complaints('CANARYTITLE injection') });
  const first = await run();
  const { sarifs } = bed.github.repository();
  expect(sarifs).toMatchObject([{ ref: 'refs/heads/main', commit: bed.repository.head() }]);
  expect(JSON.stringify(sarifs[0])).toMatch(/CANARYTITLE.*src\/canarypath\.js.*primaryLocationLineHash/);
  expect(first.summary).toMatch(/1 security finding is told in code scanning alerts/);
  bed.github.forget();
  await run();
  expect(asked(bed)).toEqual([]);
  bed.push({ 'complaints.sarif': complaints() });
  await run();
  expect(findingsOf(bed)).toMatchObject([{ state: 'resolved' }]);
  expect(sarifs).toHaveLength(2);
  expect(sarifs[1]).toMatchObject({ commit: bed.repository.head(), sarif: { runs: [{ results: [] }] } });
  expect(bed.github.violations).toEqual([]);
});

/** What a check reports that finds these. */
function complaints(...messages: readonly string[]): string {
  const rules = [{ id: 'injection', properties: { tags: ['security'] } }];
  const physicalLocation = { artifactLocation: { uri: 'src/canarypath.js' }, region: { startLine: 1 } };
  const results = messages.map((text) => ({
    ...{ ruleId: 'injection', level: 'error', message: { text }, locations: [{ physicalLocation }] },
  }));
  const run = {
    tool: { driver: { name: 'complainer', rules } },
    invocations: [{ executionSuccessful: true }],
    results,
  };
  return JSON.stringify({ version: '2.1.0', runs: [run] });
}

function findingsOf(bed: Bed): { id: string; state: string }[] {
  const ledger = Object.entries(bed.github.files('acme/shop', 'courier-ledger'));
  return ledger.filter(([path]) => path.startsWith('findings/')).flatMap(([, text]) => JSON.parse(text));
}
