import { expect, it } from 'vitest';
import { closeIssue, labelIssue, reopenIssue } from '../fakes/github/people.ts';
import type { Person, StoredIssue } from '../fakes/github/state.ts';
import { aBed, type Bed } from './bed.ts';
import { checked } from './complaints.ts';

const ada: Person = { login: 'ada', type: 'User' };
const stale: Person = { login: 'stale[bot]', type: 'Bot' };

/** The check's findings, but for those of these rules. */
function without(...rules: string[]): Record<string, string> {
  const sarif = JSON.parse(checked['complaints.sarif']);
  const [run] = sarif.runs;
  const results = run.results.filter(({ ruleId }: { ruleId: string }) => !rules.includes(ruleId));
  return { 'complaints.sarif': JSON.stringify({ ...sarif, runs: [{ ...run, results }] }) };
}

async function filed(): Promise<{ bed: Bed; issue: (name: string) => StoredIssue }> {
  const bed = await aBed(checked);
  expect((await bed.run()).outputs).toMatchObject({ result: 'complete', created: '4' });
  const issue = (name: string) =>
    bed.github.repository().issues.find(({ title }) => title.includes(name)) ?? expect.fail(`no issue of ${name}`);
  return { bed, issue };
}

/** A scan that writes to no issue. */
async function expectQuiet(bed: Bed, outputs: object = {}): Promise<void> {
  bed.github.forget();
  const step = await bed.run();
  expect(step.log).not.toContain('::error');
  expect(step.outputs).toMatchObject({ result: 'complete', created: '0', updated: '0', reopened: '0', ...outputs });
  expect(Object.keys(bed.github.writes()).filter((operation) => operation.startsWith('issues/'))).toEqual([]);
  expect(bed.github.violations).toEqual([]);
}

it('closes on proof, and opens again what comes back, with the label and the commit', async () => {
  const { bed, issue } = await filed();
  bed.push(without('alpha'));
  expect((await bed.run()).outputs).toMatchObject({ resolved: '1' });
  expect(issue('alpha')).toMatchObject({ state: 'closed', stateReason: 'completed' });
  const commit = bed.push(without());
  expect((await bed.run()).outputs).toMatchObject({ reopened: '1' });
  expect(issue('alpha').state).toBe('open');
  expect(issue('alpha').labels).toContain('courier: regressed');
  expect(issue('alpha').comments.at(-1)?.body).toContain(commit.slice(0, 7));
  await expectQuiet(bed);
});

it('believes the session that began later, in whatever order two are published', async () => {
  const bed = await aBed({ ...checked, ...without('alpha') });
  await bed.run();
  const early = await bed.run({ inputs: { publish: 'none' } });
  // Sessions are told apart by the second of their beginning.
  const second = () => Math.floor(Date.now() / 1000);
  await expect.poll(second).toBeGreaterThan(second());
  bed.push(without('beta'));
  expect((await bed.run()).outputs).toMatchObject({ created: '1', resolved: '1' });
  const states = () => bed.github.repository().issues.map(({ title, state }) => [title, state]);
  const before = states();
  const late = { mode: 'publish', 'session-path': early.outputs['session-path'] ?? '' };
  expect((await bed.run({ inputs: late })).outputs).toMatchObject({ resolved: '0', reopened: '0' });
  expect(states()).toEqual(before);
});

it('lets a person have the last word on an issue that Courier closed', async () => {
  const { bed, issue } = await filed();
  bed.push(without('alpha'));
  await bed.run();
  reopenIssue(issue('alpha'), ada, new Date(Date.now() + 5000).toISOString());
  await expectQuiet(bed, { resolved: '0' });
  expect(issue('alpha').state).toBe('open');
});

it('opens again what a person closed as completed only at a newer commit', async () => {
  const { bed, issue } = await filed();
  closeIssue(issue('alpha'), ada);
  await expectQuiet(bed, { findings: '3' });
  await expectQuiet(bed);
  expect(issue('alpha').state).toBe('closed');
  const commit = bed.push({ 'readme.md': 'more' });
  expect((await bed.run()).outputs).toMatchObject({ reopened: '1' });
  expect(issue('alpha').state).toBe('open');
  expect(issue('alpha').comments.at(-1)?.body).toContain(commit.slice(0, 7));
  await expectQuiet(bed);
});

it('is silent about what was closed as not planned, as a duplicate or by an app, at any commit', async () => {
  const { bed, issue } = await filed();
  closeIssue(issue('alpha'), ada, { reason: 'not_planned' });
  closeIssue(issue('beta'), ada, { reason: 'duplicate', canonical: issue('gamma').number });
  closeIssue(issue('gamma'), stale, { reason: 'not_planned' });
  labelIssue(issue('delta'), 'courier: ignored', ada);
  for (let scan = 0; scan < 2; scan++) {
    bed.push({ 'readme.md': `more ${scan}` });
    const before = bed.github
      .repository()
      .issues.map(({ labels, state, body }) => ({ labels: [...labels], state, body }));
    await bed.run();
    const after = bed.github.repository().issues.map(({ labels, state, body }) => ({ labels, state, body }));
    expect(after.slice(0, 4)).toEqual(before.slice(0, 4));
  }
  const ledger = Object.entries(bed.github.files('acme/shop', 'courier-ledger'))
    .filter(([name]) => name.startsWith('findings/'))
    .flatMap(([, text]) => JSON.parse(text));
  expect(ledger.map(({ state }) => state).sort()).toEqual(['ignored', 'ignored', 'ignored', 'open']);
  expect(ledger.map(({ occurrences }) => occurrences)).toEqual([3, 3, 3, 3]);
  expect(ledger.flatMap(({ history }) => history.map(({ actor }: { actor: string }) => actor)).sort()).toEqual([
    'ada',
    'ada',
    'ada',
    'stale[bot]',
  ]);
});

it('takes the priority that a person set, also for fail-on', async () => {
  const { bed, issue } = await filed();
  for (const name of ['alpha', 'beta', 'gamma', 'delta']) {
    const one = issue(name);
    one.labels = one.labels.filter((label) => !label.startsWith('priority: '));
    labelIssue(one, 'priority: low', ada);
  }
  expect((await bed.run({ inputs: { 'fail-on': 'medium' } })).code).toBe(0);
  labelIssue(issue('alpha'), 'priority: critical', ada);
  expect((await bed.run({ inputs: { 'fail-on': 'critical' } })).code).toBe(1);
  expect(issue('alpha').labels.filter((label) => label.startsWith('priority: '))).toEqual(['priority: critical']);
  await expectQuiet(bed);
});
