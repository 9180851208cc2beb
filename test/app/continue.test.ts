import { expect, it } from 'vitest';
import { patience } from './app-bed.ts';
import { aPullRequest, requestOf, runsOf, work } from './continue-bed.ts';

it('a review that asks for changes goes on with the run, once, on the word of who wrote it', async () => {
  const { app, github, dispatched, head, said } = await aPullRequest();
  github.act.review('wanda', 'CHANGES_REQUESTED', { issue: 2, body: 'Name it better.' });
  const run = await dispatched(2);
  expect(requestOf(run)).toMatchObject({ kind: 'run', issue: 1, head: head() });
  expect(runsOf(github).asked).toMatchObject({ by: 'wanda', issue: 2, order: { cause: { kind: 'review' } } });
  await expect
    .poll(said, patience)
    .toEqual([expect.stringContaining('wanda asked for changes. Courier goes on by itself (1 of 3).')]);
  for (const delivery of github.webhooks.deliveries.slice().toReversed()) await github.webhooks.send(delivery);
  await app.idle();
  await work(github, run);
  await app.idle();
  expect(github.repository().runs).toHaveLength(2);
  expect(runsOf(github).attempts).toMatchObject([{ own: false }, { own: true }]);
  expect(github.violations).toEqual([]);
});

it.each([
  ['by who may only triage', 'tom', 'CHANGES_REQUESTED'],
  ['by a bot', 'reviewer[bot]', 'CHANGES_REQUESTED'],
  ['that only comments', 'wanda', 'COMMENTED'],
] as const)('a review %s goes on with nothing', async (_, login, state) => {
  const { app, github } = await aPullRequest();
  github.act.review(login, state, { issue: 2, body: 'Name it better.' });
  await app.idle();
  expect(github.repository().runs).toHaveLength(1);
});

it('a review with a command asks for one run, which is the command', async () => {
  const { app, github, dispatched } = await aPullRequest();
  const comments = [{ path: 'README.md', line: 1, body: '/courier run fix the naming' }];
  github.act.review('wanda', 'CHANGES_REQUESTED', { issue: 2, body: 'See below.', comments });
  const run = await dispatched(2);
  expect(requestOf(run)).toMatchObject({ kind: 'command' });
  await app.idle();
  expect(github.repository().runs).toHaveLength(2);
});

it('checks that failed go on with the run once all have ended, whichever is told first', async () => {
  const { app, github, dispatched, head, said } = await aPullRequest();
  const commit = head();
  github.act.check({ name: 'slow', commit, suite: 2, conclusion: null });
  github.act.check({ name: 'unit', commit, suite: 1 });
  github.act.check({ name: 'types', commit, suite: 1 });
  await app.idle();
  expect(github.repository().runs).toHaveLength(1);
  github.act.check({ name: 'slow', commit, suite: 2, conclusion: 'success' });
  const run = await dispatched(2);
  expect(runsOf(github).asked).toMatchObject({ by: 'wanda', order: { cause: { kind: 'checks', commit } } });
  await expect.poll(() => said().join(), patience).toContain('unit, types');
  github.act.check({ name: 'late', commit, suite: 3 });
  await app.idle();
  await work(github, run, { outcome: 'failed' });
  github.act.check({ name: 'later', commit, suite: 4 });
  await app.idle();
  expect(github.repository().runs).toHaveLength(2);
  expect(github.violations).toEqual([]);
});

it("checks of Courier's own workflow and of its app count for nothing", async () => {
  const { app, github, head } = await aPullRequest();
  const commit = head();
  const own = github.act.startRun({ workflow: 'courier.yml', event: 'pull_request', login: 'wanda' });
  Object.assign(own, { commit, suite: 7 });
  github.act.check({ name: 'Courier', commit, suite: 7 });
  github.act.check({ name: 'Courier', commit, suite: 8, app: 'courier' });
  await app.idle();
  expect(github.repository().runs).toHaveLength(2);
  expect(runsOf(github).asked?.order).toBeUndefined();
});

it('a commit that nobody with a say has pushed is gone on with by nobody', async () => {
  const { app, github, branch, dispatched } = await aPullRequest();
  const commit = github.act.push('tom', { branch, files: { 'a.txt': 'a\n' } });
  github.act.check({ name: 'unit', commit });
  await app.idle();
  expect(github.repository().runs).toHaveLength(1);
  const trusted = github.act.push('max', { branch, files: { 'b.txt': 'b\n' } });
  github.act.check({ name: 'unit', commit: trusted });
  expect(requestOf(await dispatched(2))).toMatchObject({ kind: 'run', head: trusted });
});

it('what is asked for while a run is at work is done once after it', async () => {
  const { app, github, dispatched } = await aPullRequest();
  github.act.comment('wanda', '/courier run once more', { issue: 1 });
  const run = await dispatched(2);
  github.act.review('max', 'CHANGES_REQUESTED', { issue: 2, body: 'Name it better.' });
  github.act.review('ada', 'CHANGES_REQUESTED', { issue: 2, body: 'And shorter.' });
  await app.idle();
  expect(github.repository().runs).toHaveLength(2);
  await work(github, run);
  const next = await dispatched(3);
  expect(runsOf(github).asked).toMatchObject({ by: 'ada', order: { cause: { kind: 'review' } } });
  await work(github, next);
  await app.idle();
  expect(github.repository().runs).toHaveLength(3);
});

it('after three times by itself a person is needed, which is said once and taken back by a command', async () => {
  const { app, github, dispatched, said, issues, head } = await aPullRequest();
  for (const round of [1, 2, 3]) {
    github.act.check({ name: 'unit', commit: head(), suite: round });
    await work(github, await dispatched(round + 1));
    await app.idle();
  }
  github.act.check({ name: 'unit', commit: head(), suite: 4 });
  const needed = () => said().filter((text) => text.includes('A person is needed'));
  await expect.poll(needed, patience).toHaveLength(1);
  await expect.poll(() => issues[0]?.labels, patience).toContain('courier: needs-human');
  github.act.check({ name: 'other', commit: head(), suite: 5 });
  await app.idle();
  expect(needed()).toHaveLength(1);
  expect(github.repository().runs).toHaveLength(4);
  github.act.comment('wanda', '/courier run', { issue: 2 });
  await work(github, await dispatched(5), { of: 1 });
  await expect.poll(() => issues[0]?.labels, patience).not.toContain('courier: needs-human');
  github.act.check({ name: 'unit', commit: head(), suite: 6 });
  await expect.poll(needed, patience).toHaveLength(2);
  await app.idle();
  expect(github.repository().runs).toHaveLength(5);
});
