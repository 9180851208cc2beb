import { expect, it } from 'vitest';
import { ChainRecord } from '../../src/ledger/chain-record.ts';
import { addIssue } from '../fakes/github/state.ts';
import { type AppGitHub, patience } from './app-bed.ts';
import { aRepository, requestOf, runsOf, work } from './continue-bed.ts';

function chainOf(github: AppGitHub, issue = 1): ChainRecord {
  return ChainRecord.parse(JSON.parse(github.files('acme/shop', 'courier-ledger')[`chains/${issue}.json`] ?? '{}'));
}

const three = ['The total is wrong', 'The tax is wrong', 'The sum is wrong'];

it('runs issues one after the other, each when the one before has its pull request, and says how far it is', async () => {
  const { github, app, issues, dispatched } = await aRepository({ issues: three });
  const comment = github.act.comment('wanda', '/courier chain #1 #2 #3', { issue: 1 });
  const reply = () =>
    issues[0]?.comments.find(({ body }) => body.includes('chain of 3 runs') || body.includes('chain is'))?.body ?? '';
  for (const issue of [1, 2, 3]) {
    const run = await dispatched(issue);
    expect(requestOf(run)).toMatchObject({ kind: 'run', issue });
    await expect.poll(reply, patience).toContain(`#${issue}: under way`);
    await work(github, run);
  }
  await expect.poll(() => chainOf(github).end, patience).toEqual({ how: 'done', told: true });
  await expect.poll(reply, patience).toContain('The chain is done');
  await expect.poll(reply, patience).toContain('#3: the change is on its branch, pull request #6');
  await expect.poll(() => comment.reactions.map(({ content }) => content), patience).toEqual(['eyes', 'rocket']);
  expect(runsOf(github, 2)).toMatchObject({ base: 'main', pullRequest: { number: 5 } });
  for (const delivery of github.webhooks.deliveries.slice().toReversed()) await github.webhooks.send(delivery);
  await app.idle();
  expect(github.repository().runs).toHaveLength(3);
  expect(github.violations).toEqual([]);
});

it('stops where a run fails, and says which', async () => {
  const { github, app, issues, dispatched } = await aRepository({ issues: three });
  const comment = github.act.comment('wanda', '/courier chain #2 #3', { issue: 1 });
  await work(github, await dispatched(1), { outcome: 'failed' });
  await expect.poll(() => chainOf(github).end?.told, patience).toBe(true);
  const said = () => issues[0]?.comments.map(({ body }) => body).join() ?? '';
  await expect.poll(said, patience).toContain('The run of `#2` failed');
  // Whoever writes into the comment next disarms what it reads there, numbers among it.
  await expect.poll(said, patience).toMatch(/#3`?: not begun/);
  await expect.poll(() => comment.reactions.map(({ content }) => content), patience).toEqual(['eyes', 'confused']);
  await app.idle();
  expect(github.repository().runs).toHaveLength(1);
});

it('is ended by stop, on the issue where it was asked for, also before its run began', async () => {
  const { github, issues, dispatched } = await aRepository({ issues: three });
  github.act.comment('wanda', '/courier chain #2 #3', { issue: 1 });
  const run = await dispatched(1);
  const stop = github.act.comment('max', '/courier stop', { issue: 1 });
  await expect.poll(() => chainOf(github).end, patience).toMatchObject({ how: 'stopped', told: true });
  await expect.poll(() => stop.reactions.map(({ content }) => content), patience).toEqual(['eyes', 'rocket']);
  await work(github, run);
  const again = github.act.comment('wanda', '/courier chain #3', { issue: 1 });
  await expect.poll(() => again.reactions.map(({ content }) => content), patience).toContain('eyes');
  expect(requestOf(await dispatched(2))).toMatchObject({ issue: 3 });
  const said = () => issues[0]?.comments.map(({ body }) => body).join();
  await expect.poll(said, patience).toContain('The chain was stopped.');
});

it.each([
  ['#2 #2', 'each issue is named once'],
  ['#1 #99', 'There is no issue `#99`'],
  ['#1 #4', 'There is no issue `#4`'],
  ['#3 #1', 'Issue `#3` is closed'],
  ['#1 #2 #3 #4 #5 #6 #7 #8 #9 #10 #11', 'has 10 issues at most'],
])('refuses %s and starts nothing', async (named, why) => {
  const { github, app, issues } = await aRepository({ issues: three });
  Object.assign(issues[2] ?? expect.fail(), { state: 'closed' });
  addIssue(github.repository(), { title: 'A change', pullRequest: true });
  github.act.comment('wanda', `/courier chain ${named}`, { issue: 1 });
  await expect.poll(() => issues[0]?.comments.map(({ body }) => body).join(), patience).toContain(why);
  await app.idle();
  expect(github.repository().runs).toEqual([]);
  expect(github.files('acme/shop', 'courier-ledger')['chains/1.json']).toBeUndefined();
});

it('goes on where nobody was told that a run had ended', async () => {
  const { github, app, dispatched } = await aRepository({ issues: three });
  github.act.comment('wanda', '/courier chain #1 #2', { issue: 1 });
  const run = await dispatched(1);
  await app.idle();
  github.webhooks.sendTo([]);
  await work(github, run);
  github.webhooks.sendTo(`${app.url}/api/github/webhooks`);
  github.act.moveRun(run, { conclusion: 'success' });
  expect(requestOf(await dispatched(2))).toMatchObject({ issue: 2 });
});
