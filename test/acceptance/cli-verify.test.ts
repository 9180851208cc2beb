import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { workflowToken } from '../fakes/github/github.ts';
import { aBed, leftOut, sandboxed } from './bed.ts';
import { runCourier } from './run-courier.ts';

const total = 'export const total = (items) => items.reduce((sum, item) => sum + item.price, 1);\n';
const files = {
  'src/total.js': total,
  'src/list.js': 'export const list = () => [];\n',
  'package.json': '{ "type": "module" }\n',
  '.github/courier.yml': 'presets: none\nchecks:\n  licence: { run: "test -f LICENSE" }\n  always: { run: "true" }\n',
};
const showsIt = 'node -e "import(\'./src/total.js\').then(({ total }) => process.exit(total([]) === 0 ? 0 : 1))"';
const claims = [
  {
    title: 'Totals start at 1',
    reproduce: { command: showsIt },
    evidence: [{ path: 'src/total.js', quote: 'sum + item.price, 1)' }],
  },
  { title: 'Lists are always empty', evidence: [{ path: 'src/list.js', quote: 'const list = () => []' }] },
].map((claim) => ({ description: `${claim.title}.`, priority: 'high', category: 'bug', ...claim }));

const Verified = z.object({
  result: z.string(),
  verdicts: z.array(z.object({ finding: z.string(), verdict: z.string(), by: z.string(), proof: z.string() })),
});
const Listed = z.object({ findings: z.array(z.object({ id: z.string(), title: z.string(), state: z.string() })) });

async function scanned(extra: readonly string[] = []) {
  const bed = await aBed(files);
  const report = claims.map((input) => ({ name: 'report_finding', input }));
  const model = await bed.model([
    { toolUses: report },
    { toolUses: [{ name: 'finish', input: { summary: 'Looked.' } }] },
  ]);
  const { url, graphqlUrl, serverUrl } = bed.github;
  const env = {
    GITHUB_TOKEN: workflowToken,
    GITHUB_API_URL: url,
    GITHUB_GRAPHQL_URL: graphqlUrl,
    GITHUB_SERVER_URL: serverUrl,
  };
  const courier = (args: readonly string[], more = {}) =>
    runCourier([...args, ...extra], { cwd: bed.repository.root, env: { ...env, ...more } });
  const key = { ANTHROPIC_API_KEY: model.key, ANTHROPIC_BASE_URL: model.url };
  const first = await courier(['scan', '--prompt', 'Find bugs.'], key);
  expect(first, first.stderr).toMatchObject({ code: 0 });
  const verify = async (...args: string[]) => {
    const { code, stdout, stderr } = await courier(['verify', '--json', ...args]);
    return { code, stderr, ...(stdout === '' ? { verdicts: [] } : Verified.parse(JSON.parse(stdout))) };
  };
  const listed = async () => {
    const { stdout } = await runCourier(['findings', '--json', '--state', 'all'], { cwd: bed.repository.root });
    return new Map(Listed.parse(JSON.parse(stdout)).findings.map((finding) => [finding.title, finding]));
  };
  return { bed, verify, listed, courier };
}

describe.skipIf(!sandboxed)(`a re-check on the command line${leftOut}`, () => {
  it('tells of each open finding what became of it, without a model, and resolves what is proven gone', async () => {
    const { bed, verify, listed, courier } = await scanned();
    const before = await listed();
    expect(before.size).toBe(3);
    bed.repository.commit({ 'src/total.js': total.replace(', 1)', ', 0)'), LICENSE: 'Free.\n' });
    const { code, verdicts } = await verify();
    expect(code).toBe(0);
    const idOf = (title: string) => [...before.values()].find((one) => one.title.includes(title))?.id;
    const found = new Map(verdicts.map((verdict) => [verdict.finding, verdict]));
    expect(found.get(idOf('Totals') ?? '')).toMatchObject({ verdict: 'gone', by: 'reproduce' });
    expect(found.get(idOf('licence') ?? '')).toMatchObject({ verdict: 'gone', by: 'check' });
    expect(found.get(idOf('Lists') ?? '')).toMatchObject({
      verdict: 'inconclusive',
      proof: 'Needs an agent: it has no command that shows the problem.',
    });
    expect([...(await listed()).values()].map(({ state }) => state).sort()).toEqual(['open', 'resolved', 'resolved']);
    expect((await courier(['sessions'])).stdout).toContain('Re-check of main');
    expect((await courier(['verify'])).stdout).toContain(
      '1 finding checked again: 0 gone, 0 still there, 1 undecided.',
    );
  });

  it('leaves what it was not asked about alone, and says which id may be meant', async () => {
    const { bed, verify, listed } = await scanned();
    const totals = (await listed()).get('Totals start at 1');
    bed.repository.commit({ LICENSE: 'Free.\n' });
    expect((await verify('--finding', totals?.id ?? '')).verdicts).toMatchObject([
      { finding: totals?.id, verdict: 'present' },
    ]);
    expect([...(await listed()).values()].map(({ state }) => state)).toEqual(['open', 'open', 'open']);
    const wrong = `${totals?.id.slice(0, -1)}${totals?.id.endsWith('x') ? 'y' : 'x'}`;
    const { code, stderr } = await verify('--finding', wrong);
    expect(code).toBe(2);
    expect(stderr).toContain(`There is no finding ${wrong}. Did you mean ${totals?.id}?`);
  });

  it('closes the issues of what is gone, and files none', async () => {
    const { bed, verify } = await scanned(['--repo', 'acme/shop']);
    const issues = () => bed.github.repository().issues.map(({ title, state }) => `${state} ${title}`);
    expect(issues()).toHaveLength(3);
    bed.push({ 'src/total.js': total.replace(', 1)', ', 0)'), '.github/courier.yml': files['.github/courier.yml'] });
    const { code, verdicts } = await verify();
    expect(verdicts).toHaveLength(3);
    expect(code).toBe(0);
    expect(issues().filter((issue) => issue.startsWith('closed'))).toEqual(['closed Totals start at 1']);
    // The dashboard tells of the session.
    expect(issues().filter((issue) => !/dashboard/i.test(issue))).toHaveLength(3);
  });
});
