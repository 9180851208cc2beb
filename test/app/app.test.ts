import { expect, it } from 'vitest';
import { addIssue, type StoredComment } from '../fakes/github/state.ts';
import { type AppGitHub, aGitHubWithApp, anApp, patience, shop } from './app-bed.ts';

const reactions = (comment: StoredComment) => comment.reactions.map(({ content }) => content);
const replies = (github: AppGitHub, repository = 'acme/shop') =>
  github
    .repository(repository)
    .issues.flatMap(({ comments }) =>
      comments.filter(({ author }) => author.login === 'courier[bot]').map(({ body }) => body),
    );

async function aShop() {
  const github = await aGitHubWithApp();
  addIssue(github.repository(), { title: 'Somebody wrote this' });
  return github;
}

it('answers a command in a comment, with its own name and a reaction before and after', async () => {
  const github = await aShop();
  await anApp(github);
  const comment = github.act.comment('tom', '/courier status');
  await expect.poll(() => reactions(comment), patience).toEqual(['eyes', 'rocket']);
  expect(replies(github)).toHaveLength(1);
  expect(github.violations).toEqual([]);
});

it('starts the workflow for what takes a checkout, and tells where that ends without a word', async () => {
  const github = await aShop();
  await anApp(github);
  const comment = github.act.comment('wanda', '/courier scan');
  await expect.poll(() => replies(github), patience).toEqual([expect.stringContaining('A run')]);
  const [run] = github.repository().runs;
  expect(run).toMatchObject({ event: 'workflow_dispatch', branch: 'main' });
  if (run) github.act.moveRun(run, { conclusion: 'cancelled' });
  await expect.poll(() => reactions(comment), patience).toEqual(['eyes', 'confused']);
  expect(replies(github)).toEqual([expect.stringContaining('The run was cancelled before it was done.')]);
  expect(github.violations).toEqual([]);
});

it('does not ask GitHub anything for what apps write and for what holds no command', async () => {
  const github = await aShop();
  await anApp(github);
  await expect.poll(() => github.requests.length).toBeGreaterThan(0);
  const before = github.requests.length;
  github.act.comment('other[bot]', '/courier scan');
  github.act.comment('courier[bot]', '/courier scan');
  github.act.comment('wanda', 'Looks good to me.');
  await github.webhooks.settled();
  expect(github.webhooks.deliveries.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(github.requests.length).toBe(before);
});

it('says in an answer that the configuration is broken, and does nothing that depends on it', async () => {
  const files = { ...shop.files, '.github/courier.yml': 'permisions: {}\n' };
  const github = await aGitHubWithApp({ repositories: [{ ...shop, files }] });
  addIssue(github.repository(), { title: 'Somebody wrote this' });
  await anApp(github);
  const comment = github.act.comment('wanda', '/courier scan');
  await expect.poll(() => reactions(comment), patience).toEqual(['eyes', 'confused']);
  expect(replies(github)[0]).toContain('.github/courier.yml');
  expect(replies(github)[0]).toContain('permisions');
  expect(github.repository().runs).toEqual([]);
});
