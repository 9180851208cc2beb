import { expect, it } from 'vitest';
import { createGitHub } from '../../src/adapters/github/github.ts';
import { IssueRuns } from '../../src/ledger/runs-record.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { silentLog } from '../../src/lib/log.ts';
import { workflowToken } from '../fakes/github/github.ts';
import { addIssue } from '../fakes/github/state.ts';
import { aFinding } from '../findings/issue-builders.ts';
import { type AppGitHub, aGitHubWithApp, anApp, patience, shop } from './app-bed.ts';

const branch = 'courier/issue-1-the-total-is-wrong';
const session = 'S20261121-181500-ab3d';

/** The app, the issue of a finding (1), and the open pull request (2) of its run. */
async function aPull({ finding = true } = {}) {
  const github = await aGitHubWithApp({ repositories: [shop] });
  const permissions = { contents: 'write', issues: 'write', pull_requests: 'write' } as const;
  github.tokens[workflowToken] = { login: 'github-actions[bot]', type: 'Bot', permissions };
  const issue = addIssue(github.repository(), { title: 'The total is wrong' });
  github.act.push('wanda', { branch, files: { 'a.txt': 'a\n' } });
  const pull = addIssue(github.repository(), { title: 'It', pullRequest: true, pull: { branch, base: 'main' } });
  const adapter = createGitHub({
    ...{ token: workflowToken, owner: 'acme', repo: 'shop', userAgent: 'courier-test', log: silentLog },
    ...{ apiUrl: github.url, graphqlUrl: github.graphqlUrl, serverUrl: github.serverUrl },
  });
  const remote = await adapter.repository();
  const attempt = { session, at: '2026-11-21T18:15:00Z', by: 'wanda', own: false, blueprint: 'fix', outcome: 'pushed' };
  const runs = IssueRuns.parse({
    ...{ version: 1, issue: 1, branch, base: 'main', made: true, attempts: [attempt] },
    pullRequest: { number: pull.number, url: `${remote.url}/pull/${pull.number}`, state: 'open' },
  });
  const known = { ...aFinding({ issue: { number: 1, labels: [] } }), reproduce: { command: 'test -f bug' } };
  await updateLedger(adapter.ledger('courier-ledger'), 'seed', () => ({ runs, findings: finding ? [known] : [] }), {
    repositoryId: remote.id,
  });
  const app = await anApp(github, { sweepEvery: 3_600_000, redeliverEvery: 3_600_000 });
  return { github, issue, pull, app };
}

const pullOf = (github: AppGitHub) =>
  IssueRuns.parse(JSON.parse(github.files('acme/shop', 'courier-ledger')['runs/1.json'] ?? '{}')).pullRequest;
const said = (issue: { comments: readonly { body: string }[] }) =>
  issue.comments.map(({ body }) => body.split('\n')[0]);
const verifications = (github: AppGitHub) =>
  github.repository().runs.map(({ inputs }) => JSON.parse(inputs.request ?? '{}'));

it('a merge has the finding looked at, once, however often GitHub tells of it', async () => {
  const { github, issue, pull, app } = await aPull();
  github.act.merge('max', { issue: pull.number });
  const [delivery] = github.webhooks.deliveries.filter(({ event }) => event === 'pull_request');
  if (!delivery) throw new Error('nothing was delivered');
  for (const again of [delivery, delivery]) github.webhooks.redeliver(again);
  await expect.poll(() => said(issue), patience).toEqual([expect.stringContaining('looked at now')]);
  await app.idle();
  expect(verifications(github)).toEqual([{ version: 1, kind: 'verify', issue: 1 }]);
  expect(pullOf(github)).toMatchObject({ state: 'merged' });
  expect(github.violations).toEqual([]);
});

it('who closes it is asked why, and what comes late changes nothing', async () => {
  const { github, issue, pull, app } = await aPull({ finding: false });
  github.act.closePull('max', { issue: pull.number });
  await expect
    .poll(() => said(issue), patience)
    .toEqual([expect.stringContaining(`/courier rate ${session} down REASON`)]);
  const [closed] = github.webhooks.deliveries.filter(({ event }) => event === 'pull_request');
  github.act.reopenPull('max', { issue: pull.number });
  await expect.poll(() => said(issue), patience).toEqual([`Pull request #${pull.number} is open again.`]);
  if (!closed) throw new Error('nothing was delivered');
  await app.idle();
  const before = await app.worked();
  github.webhooks.redeliver(closed);
  await app.idle();
  expect(await app.worked()).toBeGreaterThan(before);
  expect(pullOf(github)?.state).toBe('open');
  expect(said(issue)).toEqual([`Pull request #${pull.number} is open again.`]);
  expect(github.violations).toEqual([]);
});
