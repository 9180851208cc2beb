import { expect, it } from 'vitest';
import { patience } from './app-bed.ts';
import { aPullRequest, requestOf, runsOf, work } from './continue-bed.ts';

type Bed = Awaited<ReturnType<typeof aPullRequest>>;

/** All that was delivered is dealt with, and once more in another order. */
async function settle({ github, app }: Bed): Promise<void> {
  await github.webhooks.settled();
  const before = await app.worked();
  // A delivery that is known to ask for something is the last one: what came before it has been taken up.
  const last = github.act.comment('wanda', '/courier help', { issue: 1 });
  await expect.poll(() => last.reactions.map(({ content }) => content), patience).toEqual(['eyes', 'rocket']);
  await expect.poll(() => app.worked(), patience).toBeGreaterThan(before);
}

it('a review that asks for changes goes on with the run, once, on the word of who wrote it', async () => {
  const bed = await aPullRequest();
  const { github, dispatched, head, said } = bed;
  github.act.review('wanda', 'CHANGES_REQUESTED', { issue: 2, body: 'Name it better.' });
  const run = await dispatched(2);
  expect(requestOf(run)).toMatchObject({ kind: 'run', issue: 1, head: head() });
  expect(runsOf(github).asked).toMatchObject({ by: 'wanda', issue: 2, order: { cause: { kind: 'review' } } });
  await expect
    .poll(said, patience)
    .toEqual([expect.stringContaining('wanda asked for changes. Courier goes on by itself (1 of 3).')]);
  for (const delivery of github.webhooks.deliveries.slice().toReversed()) await github.webhooks.send(delivery);
  await settle(bed);
  await work(github, run);
  await settle(bed);
  expect(github.repository().runs).toHaveLength(2);
  expect(runsOf(github).attempts).toMatchObject([{ own: false }, { own: true }]);
  expect(github.violations).toEqual([]);
});

it.each([
  ['by who may only triage', 'tom', 'CHANGES_REQUESTED'],
  ['by a bot', 'reviewer[bot]', 'CHANGES_REQUESTED'],
  ['that only comments', 'wanda', 'COMMENTED'],
] as const)('a review %s goes on with nothing', async (_, login, state) => {
  const bed = await aPullRequest();
  bed.github.act.review(login, state, { issue: 2, body: 'Name it better.' });
  await settle(bed);
  expect(bed.github.repository().runs).toHaveLength(1);
});

it('a review with a command asks for one run, which is the command', async () => {
  const bed = await aPullRequest();
  const { github, dispatched } = bed;
  const comments = [{ path: 'README.md', line: 1, body: '/courier run fix the naming' }];
  github.act.review('wanda', 'CHANGES_REQUESTED', { issue: 2, body: 'See below.', comments });
  const run = await dispatched(2);
  expect(requestOf(run)).toMatchObject({ kind: 'command' });
  await settle(bed);
  expect(github.repository().runs).toHaveLength(2);
});

it('checks that failed go on with the run once all have ended, whichever is told first', async () => {
  const bed = await aPullRequest();
  const { github, dispatched, head, said } = bed;
  const commit = head();
  github.act.check({ name: 'slow', commit, suite: 2, conclusion: null });
  github.act.check({ name: 'unit', commit, suite: 1 });
  github.act.check({ name: 'types', commit, suite: 1 });
  await settle(bed);
  expect(github.repository().runs).toHaveLength(1);
  github.act.check({ name: 'slow', commit, suite: 2, conclusion: 'success' });
  const run = await dispatched(2);
  expect(runsOf(github).asked).toMatchObject({ by: 'wanda', order: { cause: { kind: 'checks', commit } } });
  await expect.poll(() => said().join(), patience).toContain('unit, types');
  github.act.check({ name: 'late', commit, suite: 3 });
  await settle(bed);
  await work(github, run, { outcome: 'failed' });
  github.act.check({ name: 'later', commit, suite: 4 });
  await settle(bed);
  expect(github.repository().runs).toHaveLength(2);
  expect(github.violations).toEqual([]);
});

it("checks of Courier's own workflow and of its app count for nothing", async () => {
  const bed = await aPullRequest();
  const { github, head } = bed;
  const commit = head();
  const own = github.act.startRun({ workflow: 'courier.yml', event: 'pull_request', login: 'wanda' });
  Object.assign(own, { commit, suite: 7 });
  github.act.check({ name: 'Courier', commit, suite: 7 });
  github.act.check({ name: 'Courier', commit, suite: 8, app: 'courier' });
  await settle(bed);
  expect(github.repository().runs).toHaveLength(2);
  expect(runsOf(github).asked?.order).toBeUndefined();
});

it('a commit that nobody with a say has pushed is gone on with by nobody', async () => {
  const bed = await aPullRequest();
  const { github, branch } = bed;
  const commit = github.act.push('tom', { branch, files: { 'a.txt': 'a\n' } });
  github.act.check({ name: 'unit', commit });
  await settle(bed);
  expect(github.repository().runs).toHaveLength(1);
  const trusted = github.act.push('max', { branch, files: { 'b.txt': 'b\n' } });
  github.act.check({ name: 'unit', commit: trusted });
  expect(requestOf(await bed.dispatched(2))).toMatchObject({ kind: 'run', head: trusted });
});

it('what is asked for while a run is at work is done once after it', async () => {
  const bed = await aPullRequest();
  const { github, dispatched } = bed;
  github.act.comment('wanda', '/courier run once more', { issue: 1 });
  const run = await dispatched(2);
  github.act.review('max', 'CHANGES_REQUESTED', { issue: 2, body: 'Name it better.' });
  github.act.review('ada', 'CHANGES_REQUESTED', { issue: 2, body: 'And shorter.' });
  await settle(bed);
  expect(github.repository().runs).toHaveLength(2);
  await work(github, run);
  const next = await dispatched(3);
  expect(runsOf(github).asked).toMatchObject({ by: 'ada', order: { cause: { kind: 'review' } } });
  await work(github, next);
  await settle(bed);
  expect(github.repository().runs).toHaveLength(3);
});

it('after three times by itself a person is needed, which is said once and taken back by a command', async () => {
  const bed = await aPullRequest();
  const { github, dispatched, said, issues, head } = bed;
  for (const round of [1, 2, 3]) {
    github.act.check({ name: 'unit', commit: head(), suite: round });
    await work(github, await dispatched(round + 1));
    await settle(bed);
  }
  github.act.check({ name: 'unit', commit: head(), suite: 4 });
  const needed = () => said().filter((text) => text.includes('A person is needed'));
  await expect.poll(needed, patience).toHaveLength(1);
  await expect.poll(() => issues[0]?.labels, patience).toContain('courier: needs-human');
  github.act.check({ name: 'other', commit: head(), suite: 5 });
  await settle(bed);
  expect(needed()).toHaveLength(1);
  expect(github.repository().runs).toHaveLength(4);
  github.act.comment('wanda', '/courier run', { issue: 2 });
  await work(github, await dispatched(5), { of: 1 });
  await expect.poll(() => issues[0]?.labels, patience).not.toContain('courier: needs-human');
  github.act.check({ name: 'unit', commit: head(), suite: 6 });
  await expect.poll(needed, patience).toHaveLength(2);
  expect(github.repository().runs).toHaveLength(5);
});
