import { expect, it } from 'vitest';
import { addIssue } from '../fakes/github/state.ts';
import { aGitHubWithApp, anApp, patience, shop } from './app-bed.ts';

it('answers in a quiet repository while a noisy one has a long queue', async () => {
  const quiet = { ...shop, name: 'acme/quiet' };
  const github = await aGitHubWithApp({ repositories: [shop, quiet] });
  for (let issue = 0; issue < 8; issue++) addIssue(github.repository(), { title: 'Noise' });
  addIssue(github.repository('acme/quiet'), { title: 'A question' });
  const app = await anApp(github);
  await app.idle();
  // The noisy repository's work does not come to its end while the quiet one is answered, not even where that takes so long that it is tried again.
  const { promise: until, resolve: goOn } = Promise.withResolvers<void>();
  github.fail({ operation: 'issues/create-comment', path: /^\/repos\/acme\/shop\//, times: 1000, until });
  for (let issue = 1; issue <= 8; issue++) github.act.comment('wanda', '/courier status', { issue });
  const comment = github.act.comment('tom', '/courier status', { repository: 'acme/quiet' });
  await expect.poll(() => comment.reactions.length, patience).toBe(2);
  const answered = () => github.repository().issues.filter(({ comments }) => comments.length > 1).length;
  expect(answered()).toBe(0);
  goOn();
  await expect.poll(answered, patience).toBe(8);
  await app.idle();
});
