import { expect, it } from 'vitest';
import { closeIssue } from '../fakes/github/people.ts';
import { addIssue } from '../fakes/github/state.ts';
import { aFinding } from '../findings/issue-builders.ts';
import { type AppGitHub, aGitHubWithApp, anApp, patience } from './app-bed.ts';
import { findingsOf, seedLedger } from './ledger-bed.ts';

/** A finding that is filed as issue 1, and an issue that somebody wrote. */
async function filed(): Promise<AppGitHub> {
  const github = await aGitHubWithApp();
  addIssue(github.repository(), { title: 'A finding', labels: ['courier', 'priority: medium'] });
  addIssue(github.repository(), { title: 'Somebody wrote this' });
  const issue = { number: 1, title: 'A finding', labels: ['courier', 'priority: medium'] };
  await seedLedger(github, { findings: [aFinding({ issue })] });
  return github;
}

const state = (github: AppGitHub) => findingsOf(github).map((finding) => [finding.state, finding.severity]);
const ledgerCommits = (github: AppGitHub) => github.commits('acme/shop', 'courier-ledger').length;

it('has in the ledger at once what people do to issues', async () => {
  const github = await filed();
  const { idle } = await anApp(github);
  github.act.label('tom', 'priority: critical');
  await expect.poll(() => state(github), patience).toEqual([['open', 1]]);
  github.act.close('wanda', { reason: 'not_planned' });
  await expect.poll(() => state(github), patience).toEqual([['ignored', 1]]);
  github.act.reopen('wanda');
  await expect.poll(() => state(github), patience).toEqual([['open', 1]]);
  github.act.delete('ada');
  await expect.poll(() => findingsOf(github)[0]?.issue?.observed?.state, patience).toBe('gone');
  await idle();
  expect(findingsOf(github)[0]?.history.map(({ what, actor }) => [what, actor])).toEqual([
    ['priority', 'tom'],
    ['closed', 'wanda'],
    ['reopened', 'wanda'],
    ['gone', undefined],
  ]);
  expect(github.violations).toEqual([]);
});

it('knows what a workflow of Courier closed under another name', async () => {
  const github = await filed();
  const resolution = { at: '2026-11-21T12:00:00Z', commit: 'b'.repeat(40), proof: 'gone' };
  const [finding = expect.fail('no finding')] = findingsOf(github);
  await seedLedger(github, { findings: [{ ...finding, state: 'resolved', resolution }] });
  const { idle } = await anApp(github);
  github.act.close('github-actions[bot]');
  await expect.poll(() => findingsOf(github)[0]?.issue?.observed?.closing, patience).toBe('courier');
  await idle();
  expect(findingsOf(github)[0]).toMatchObject({ state: 'resolved', history: [] });
});

it('writes nothing for deliveries that come late or again, and for issues that are none of its own', async () => {
  const github = await filed();
  const { idle } = await anApp(github);
  github.act.close('wanda');
  await expect.poll(() => state(github), patience).toEqual([['resolved', 3]]);
  await idle();
  const commits = ledgerCommits(github);
  for (const delivery of [...github.webhooks.deliveries]) github.webhooks.redeliver(delivery);
  github.act.close('wanda', { issue: 2 });
  await idle();
  expect(ledgerCommits(github)).toBe(commits);
  const [first = expect.fail('no issue')] = github.repository().issues;
  closeIssue(first, { login: 'wanda', type: 'User' }, { reason: 'not_planned' });
  github.act.lock('max');
  await expect.poll(() => state(github), patience).toEqual([['ignored', 3]]);
  await idle();
  expect(ledgerCommits(github)).toBe(commits + 1);
});
