import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { commitFiles } from '../fakes/github/git-objects.ts';
import { addIssue } from '../fakes/github/state.ts';
import { type AppGitHub, aGitHubWithApp, freePort, patience, secret } from './app-bed.ts';

const entry = path.resolve(import.meta.dirname, '../../app/index.ts');

/** `npm run app` as a process of its own. */
async function startProcess(github: AppGitHub, port: number): Promise<ChildProcess> {
  const cwd = mkdtempSync(path.join(tmpdir(), 'courier-app-'));
  const child = spawn(process.execPath, [entry], {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...{ PATH: process.env.PATH, APP_ID: '12', PRIVATE_KEY: github.privateKey, WEBHOOK_SECRET: secret },
      ...{ HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'warn' },
      ...{ GITHUB_API_URL: github.url, GITHUB_GRAPHQL_URL: github.graphqlUrl, GITHUB_SERVER_URL: github.serverUrl },
    },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(cwd, { recursive: true, force: true });
  });
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(isReady, patience).toBe(200);
  return child;
}

const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve));

/** The time passes after which a claim counts as that of a dead worker. */
function letClaimsExpire(github: AppGitHub): void {
  const repository = github.repository();
  const ref = 'refs/heads/courier-ledger';
  const files = Object.entries(github.files('acme/shop', 'courier-ledger')).map(([name, text]) => {
    if (!name.startsWith('inbox/')) return [name, text];
    const inbox = JSON.parse(text);
    if (inbox.claim) inbox.claim.at = '2026-01-01T00:00:00Z';
    return [name, JSON.stringify(inbox)];
  });
  const parents = [repository.refs.get(ref) ?? ''];
  const commit = commitFiles(repository.objects, {
    files: Object.fromEntries(files),
    message: 'time passes',
    parents,
    author: 'ada',
  });
  repository.refs.set(ref, commit);
}

it('loses nothing when it is killed in the middle of its work, and does nothing twice', async () => {
  const github = await aGitHubWithApp();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/api/github/webhooks`;
  const { issues } = github.repository();
  for (let issue = 0; issue < 4; issue++) addIssue(github.repository(), { title: 'Somebody wrote this' });
  const first = await startProcess(github, port);
  github.webhooks.sendTo(url);
  const comments = issues.map(({ number }) => github.act.comment('wanda', '/courier status', { issue: number }));
  await github.webhooks.settled();
  const replies = (issue: { comments: { author: { login: string } }[] }) =>
    issue.comments.filter(({ author }) => author.login === 'courier[bot]').length;
  await expect.poll(() => issues.map(replies), patience).toContain(1);
  first.kill('SIGKILL');
  await ended(first);
  const before = issues.map(replies);
  // One more, which nobody is there to take.
  comments.push(github.act.comment('wanda', '/courier help', { issue: 1 }));
  await github.webhooks.settled();
  const lost = github.webhooks.deliveries.at(-1);
  expect(lost?.status).toBe(0);
  expect(before).toContain(0);
  letClaimsExpire(github);

  const second = await startProcess(github, port);
  await expect.poll(() => issues.map(replies), patience).toEqual([2, 1, 1, 1]);
  await expect
    .poll(() => comments.map(({ reactions }) => reactions.map(({ content }) => content)), patience)
    .toEqual(comments.map(() => ['eyes', 'rocket']));
  expect(github.webhooks.deliveries.filter(({ redelivery }) => redelivery).map(({ guid }) => guid)).toContain(
    lost?.guid,
  );
  second.kill('SIGTERM');
  expect(await ended(second)).toBe(0);
  expect(issues.map(replies)).toEqual([2, 1, 1, 1]);
  expect(github.violations).toEqual([]);
}, 240_000);
