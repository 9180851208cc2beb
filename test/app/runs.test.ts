import { describe, expect, it } from 'vitest';
import { createGitHub } from '../../src/adapters/github/github.ts';
import { createPushRun } from '../../src/flows/push-run.ts';
import { IssueRuns } from '../../src/ledger/runs-record.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { beginRun } from '../../src/runs/issue-runs.ts';
import type { PatchChange } from '../../src/runs/patch.ts';
import { workflowToken } from '../fakes/github/github.ts';
import { addIssue } from '../fakes/github/state.ts';
import { type AppGitHub, aGitHubWithApp, anApp, patience, shop } from './app-bed.ts';

const branch = 'courier/issue-1-the-total-is-wrong';
const first = 'S20261121-181500-ab3d';

/** Issue 1, the app, and the workflow's run that it started for a command. */
async function aRun() {
  const github = await aGitHubWithApp({ repositories: [shop] });
  const permissions = { contents: 'write', issues: 'write', pull_requests: 'write' } as const;
  github.tokens[workflowToken] = { login: 'github-actions[bot]', type: 'Bot', permissions };
  const issue = addIssue(github.repository(), { title: 'The total is wrong' });
  const app = await anApp(github, { sweepEvery: 3_600_000, redeliverEvery: 3_600_000 });
  github.act.comment('wanda', '/courier run', { issue: 1 });
  await expect.poll(() => github.repository().runs.length, patience).toBe(1);
  // No job is as fast as the lines in the ledger that say which workflow run it is.
  await app.idle();
  const [run = expect.fail('nothing was dispatched')] = github.repository().runs;
  return { github, app, issue, run };
}

function runsOf(github: AppGitHub): IssueRuns {
  return IssueRuns.parse(JSON.parse(github.files('acme/shop', 'courier-ledger')['runs/1.json'] ?? '{}'));
}

type Place = Pick<Parameters<typeof createPushRun>[0], 'store' | 'remote'>;

/** The job claims the issue. */
async function begin(session: string, { store, remote }: Place): Promise<void> {
  const by = { session, run: '1', by: 'wanda', own: false, blueprint: 'fix' };
  const times = { at: new Date().toISOString(), until: '2099-01-01T00:00:00Z' };
  await updateLedger(
    store,
    'begins',
    async (ledger) => {
      const runs = (await ledger.readRuns(1)) ?? expect.fail('no run is on record');
      const begun = beginRun(runs, { ...by, ...times });
      return 'refused' in begun ? expect.fail(begun.refused) : { runs: begun.runs };
    },
    { repositoryId: remote.id },
  );
}

/** What the job does at its end. */
async function push(github: AppGitHub, files: Readonly<Record<string, string>>, session = first) {
  const workflow = createGitHub({
    ...{ token: workflowToken, owner: 'acme', repo: 'shop', userAgent: 'courier-test', log: silentLog },
    ...{ apiUrl: github.url, graphqlUrl: github.graphqlUrl, serverUrl: github.serverUrl },
  });
  const remote = await workflow.repository();
  const gate = createGate({ secrets: [] });
  const changes = Object.entries(files).map(
    ([path, text]): PatchChange => ({ path, change: 'added', mode: 'file', data: new TextEncoder().encode(text) }),
  );
  const place = { github: workflow, store: workflow.ledger('courier-ledger'), remote, gate, clock: systemClock };
  await begin(session, place);
  return createPushRun({ ...place, config: { runs: { protectedPaths: [] } } })({
    issue: { number: 1, title: 'The total is wrong' },
    ...{ session, by: 'wanda', branch, base: 'main', head: runsOf(github).head ?? '', kind: 'fix', changes },
    report: {
      ...{ issue: 1, session, summary: 'It is right now.', blueprint: 'fix', model: 'm', costUsd: 0.1 },
      ...{ leftOut: [], verified: [], assumptions: [] },
    },
  });
}

const pullsOf = (github: AppGitHub) => github.repository().issues.filter(({ pullRequest }) => pullRequest);
const moved = (issue: { comments: readonly { body: string }[] }) => issue.comments.map(({ body }) => body).join('\n');

it('a command makes the branch and starts the run, and the app opens its pull request once the run has ended', async () => {
  const { github, app, issue, run } = await aRun();
  expect(issue.linkedBranches).toEqual([branch]);
  expect(JSON.parse(run.inputs.request ?? '')).toMatchObject({ issue: 1, head: runsOf(github).head });
  github.act.moveRun(run, 'in_progress');
  await push(github, { 'src/total.ts': 'export const total = 2;\n' });
  github.act.moveRun(run, { conclusion: 'success' });
  await expect.poll(() => pullsOf(github).length, patience).toBe(1);
  const [pull] = pullsOf(github);
  expect(pull).toMatchObject({ title: 'The total is wrong', author: { login: 'courier[bot]' } });
  expect(pull?.pull).toMatchObject({ branch, base: 'main', draft: true });
  expect(pull?.body).toMatch(/^Fixes #1\n\nIt is right now\./);
  await app.idle();
  expect(runsOf(github).pullRequest).toMatchObject({ number: pull?.number, state: 'open' });
  expect(runsOf(github).offer).toBeUndefined();
  expect(github.violations).toEqual([]);
});

it.each([
  ['a workflow', { '.github/workflows/evil.yml': 'on: push\n' }, 'says what runs in continuous integration'],
  ['a credential', { 'src/key.ts': `const key = "ghp_${'a1B2'.repeat(9)}";\n` }, 'looks like a credential'],
])('what the app finds pushed against the policy is no pull request: %s', async (_, files, why) => {
  const { github, app, issue, run } = await aRun();
  github.act.moveRun(run, 'in_progress');
  await push(github, files);
  github.act.moveRun(run, { conclusion: 'success' });
  await expect.poll(() => moved(issue), patience).toContain(why);
  await app.idle();
  expect(moved(issue)).toContain('No pull request was opened');
  expect(runsOf(github).offer).toBeUndefined();
  expect(pullsOf(github)).toEqual([]);
  expect(github.violations).toEqual([]);
});

it('what is not on the branch any more is no pull request', async () => {
  const { github, app, issue, run } = await aRun();
  await push(github, { 'src/total.ts': 'export const total = 2;\n' });
  github.repository().refs.delete(`refs/heads/${branch}`);
  github.act.moveRun(run, { conclusion: 'success' });
  await expect.poll(() => moved(issue), patience).toContain('does not hold');
  await app.idle();
  expect(pullsOf(github)).toEqual([]);
});

describe('what continues an open pull request', () => {
  /** The pull request of a first run is open, and the job of a second one works. */
  async function aSecondRun() {
    const { github, app, issue, run } = await aRun();
    const isKnown = (id: number) => expect.poll(() => moved(issue), patience).toContain(`/runs/${id})`);
    await isKnown(run.id);
    await push(github, { 'src/total.ts': 'export const total = 2;\n' });
    github.act.moveRun(run, { conclusion: 'success' });
    await expect.poll(() => runsOf(github).pullRequest?.state, patience).toBe('open');
    // The job said nothing here, so the app tells that it ended.
    await expect.poll(() => moved(issue), patience).toContain('The run ended');
    await app.idle();
    github.act.comment('wanda', '/courier run name it better', { issue: 1 });
    await expect.poll(() => github.repository().runs.length, patience).toBe(2);
    const second = github.repository().runs[1] ?? expect.fail('nothing was dispatched');
    await isKnown(second.id);
    await app.idle();
    const head = () => github.repository().refs.get(`refs/heads/${branch}`);
    return { github, app, issue, second, head, before: head() };
  }
  const next = 'S20261121-191500-cd4e';

  it('comes to its branch by the app, so that the checks of the repository start', async () => {
    const { github, app, second, head, before } = await aSecondRun();
    const pushed = await push(github, { 'src/sum.ts': 'export const sum = 2;\n' }, next);
    expect(pushed).toMatchObject({ notes: [expect.stringContaining('The app brings the commit to the pull request')] });
    expect(head()).toBe(before);
    github.act.moveRun(second, { conclusion: 'success' });
    await expect.poll(() => runsOf(github).offer, patience).toBeUndefined();
    await app.idle();
    expect(pushed).toMatchObject({ pushed: { commit: head() } });
    expect(runsOf(github).head).toBe(head());
    expect(github.files('acme/shop', branch)).toMatchObject({
      'src/total.ts': expect.any(String),
      'src/sum.ts': expect.any(String),
    });
    expect(pullsOf(github).map(({ body }) => body)).toEqual([expect.stringContaining(next)]);
    expect(github.violations).toEqual([]);
  });

  it('comes there before another run begins, also where nobody told that its run has ended', async () => {
    const { github, second, head } = await aSecondRun();
    const pushed = await push(github, { 'src/sum.ts': 'export const sum = 2;\n' }, next);
    Object.assign(second, { status: 'completed', conclusion: 'success' });
    github.act.comment('wanda', '/courier run and the docs', { issue: 1 });
    await expect.poll(() => github.repository().runs.length, patience).toBe(3);
    expect(pushed).toMatchObject({ pushed: { commit: head() } });
    expect(JSON.parse(github.repository().runs[2]?.inputs.request ?? '{}')).toMatchObject({ head: head() });
    expect(runsOf(github).offer).toBeUndefined();
  });

  it('does not come there where policy has something against it', async () => {
    const { github, app, issue, second, head, before } = await aSecondRun();
    await push(github, { '.github/workflows/evil.yml': 'on: push\n' }, next);
    github.act.moveRun(second, { conclusion: 'success' });
    await expect.poll(() => moved(issue), patience).toContain(`was not brought to ${branch}, as it may not leave`);
    await app.idle();
    expect(head()).toBe(before);
  });

  it('does not come there where the branch has moved on', async () => {
    const { github, app, issue, second, head } = await aSecondRun();
    await push(github, { 'src/sum.ts': 'export const sum = 2;\n' }, next);
    github.act.push('ada', { branch, files: { 'src/other.ts': '1\n' } });
    const theirs = head();
    github.act.moveRun(second, { conclusion: 'success' });
    await expect.poll(() => moved(issue), patience).toContain('has moved on from');
    await app.idle();
    expect(head()).toBe(theirs);
  });
});
