import { expect, it } from 'vitest';
import { addIssue } from '../fakes/github/state.ts';
import { aFinding } from '../findings/issue-builders.ts';
import { freePort } from '../free-port.ts';
import { aGitHubWithApp, anApp, patience } from './app-bed.ts';
import { letClaimsExpire, startProcess } from './app-process.ts';
import { findingsOf, seedLedger } from './ledger-bed.ts';

it('loses nothing when it is killed in the middle of its work, and does nothing twice', async () => {
  const github = await aGitHubWithApp();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/api/github/webhooks`;
  const { issues } = github.repository();
  for (let issue = 0; issue < 4; issue++) addIssue(github.repository(), { title: 'Somebody wrote this' });
  const first = await startProcess(github, port);
  github.webhooks.sendTo(url);
  // It is killed with the answer to issue 4 on its way.
  const { promise: never } = Promise.withResolvers<void>();
  github.fail({ operation: 'issues/create-comment', path: /\/issues\/4\//, times: 1000, until: never });
  const comments = issues.map(({ number }) => github.act.comment('wanda', '/courier status', { issue: number }));
  await github.webhooks.settled();
  const replies = (issue: { comments: { author: { login: string } }[] }) =>
    issue.comments.filter(({ author }) => author.login === 'courier[bot]').length;
  await expect.poll(() => issues.map(replies), patience).toContain(1);
  const held = () =>
    github.requests.some(({ method, path }) => method === 'POST' && path.endsWith('/issues/4/comments'));
  await expect.poll(held, patience).toBe(true);
  await first.end('SIGKILL');
  github.heal();
  // One more, which nobody is there to take.
  comments.push(github.act.comment('wanda', '/courier help', { issue: 1 }));
  await github.webhooks.settled();
  const lost = github.webhooks.deliveries.at(-1);
  expect(lost?.status).toBe(0);
  expect(issues.map(replies)[3]).toBe(0);
  letClaimsExpire(github);

  const second = await startProcess(github, port);
  await expect.poll(() => issues.map(replies), patience).toEqual([2, 1, 1, 1]);
  await expect
    .poll(() => comments.map(({ reactions }) => reactions.map(({ content }) => content)), patience)
    .toEqual(comments.map(() => ['eyes', 'rocket']));
  const again = () => github.webhooks.deliveries.filter(({ redelivery }) => redelivery).map(({ guid }) => guid);
  await expect.poll(again, patience).toContain(lost?.guid);
  await github.webhooks.settled();
  await expect.poll(second.busy, patience).toBe(0);
  expect(await second.end('SIGTERM')).toBe(0);
  expect(issues.map(replies)).toEqual([2, 1, 1, 1]);
  expect(github.violations).toEqual([]);
}, 400_000);

it('finds on start what was done to issues and was taken in by a process that died before it had looked', async () => {
  const github = await aGitHubWithApp();
  addIssue(github.repository(), { title: 'A finding' });
  await seedLedger(github, { findings: [aFinding({ issue: { number: 1, labels: [] } })] });
  // The delivery was answered, and nobody worked on it.
  github.act.close('wanda');
  for (const delivery of github.webhooks.deliveries) delivery.status = 200;
  await anApp(github);
  await expect.poll(() => findingsOf(github)[0]?.state, patience).toBe('resolved');
  expect(findingsOf(github)).toMatchObject([{ history: [{ what: 'closed', actor: 'wanda' }] }]);
  expect(github.violations).toEqual([]);
});

it('leaves what waits on an issue to the next one when it is told to end, which goes on at once', async () => {
  const github = await aGitHubWithApp();
  const issue = addIssue(github.repository(), { title: 'Somebody wrote this' });
  const first = await anApp(github);
  // It is told to end with the second answer on its way.
  const { promise: until, resolve: goOn } = Promise.withResolvers<void>();
  github.fail({ operation: 'issues/create-comment', after: 1, times: 1000, until });
  const comments = Array.from({ length: 6 }, () => github.act.comment('tom', '/courier status'));
  const replies = () => issue.comments.filter(({ author }) => author.login === 'courier[bot]').length;
  const asked = () => github.requests.filter(({ operation }) => operation === 'issues/create-comment').length;
  await expect.poll(asked, patience).toBe(2);
  const stopping = first.server.stop();
  goOn();
  await stopping;
  expect(replies()).toBe(2);
  await anApp(github);
  // Not after the five minutes in which a dead worker's claim holds.
  await expect.poll(replies, patience).toBe(comments.length);
  expect(github.violations).toEqual([]);
});
