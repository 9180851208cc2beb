import { expect, it } from 'vitest';
import { addIssue } from '../fakes/github/state.ts';
import { aGitHubWithApp, anApp, patience, secret } from './app-bed.ts';

it('writes no credential and no text of anybody into its log, however talkative it is', async () => {
  const github = await aGitHubWithApp();
  addIssue(github.repository(), { title: 'A title that nobody logs' });
  // Once for the list of repositories, once for the work in one: the request that failed holds what the app signed.
  github.fail({ operation: 'apps/create-installation-access-token', status: 403, message: 'Suspended', times: 2 });
  const app = await anApp(github);
  await expect.poll(() => app.logged.some((line) => line.includes('left out')), patience).toBe(true);
  github.act.label('wanda', 'a label');
  await expect.poll(() => app.logged.some((line) => line.includes('"level":50')), patience).toBe(true);
  const comment = github.act.comment(
    'wanda',
    'Words that nobody logs.\n\n/courier rename words-of-a-command\n\n/courier scan',
  );
  await expect.poll(() => comment.reactions.length, patience).toBeGreaterThan(0);
  await app.idle();
  // What fails is logged with its cause.
  github.fail({ operation: 'graphql', status: 500, message: 'Server Error', times: 9 });
  github.act.comment('wanda', '/courier status and-more-words');
  await expect.poll(() => app.logged.some((line) => line.includes('tried again later')), patience).toBe(true);
  await fetch(`${app.url}/api/github/webhooks`, {
    method: 'POST',
    body: '{"forged":"payload-of-a-stranger"}',
    headers: { 'x-github-event': 'issues', 'x-github-delivery': '1', 'x-hub-signature-256': 'sha256=f0f0f0f0f0f0' },
  });
  await app.server.stop();
  const log = app.logged.join('');
  expect(log.length).toBeGreaterThan(1000);
  const jwt = /eyJ[\w-]+\.eyJ/;
  const key = github.privateKey.split('\n')[5] ?? 'no key';
  const tokens = Object.keys(github.tokens);
  expect(tokens.length).toBeGreaterThan(0);
  const texts = ['nobody logs', 'words-of-a-command', 'and-more-words', 'payload-of-a-stranger', 'f0f0f0f0f0f0'];
  const found = [...texts, ...tokens, secret, key].filter((text) => log.includes(text));
  expect(found).toEqual([]);
  expect(log).not.toMatch(jwt);
});
