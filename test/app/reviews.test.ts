import { expect, it } from 'vitest';
import { addIssue, type StoredReaction } from '../fakes/github/state.ts';
import { aGitHubWithApp, anApp, patience } from './app-bed.ts';

const kinds = ({ reactions }: { reactions: readonly StoredReaction[] }) => reactions.map(({ content }) => content);

async function aPullRequest() {
  const github = await aGitHubWithApp();
  const pull = addIssue(github.repository(), { title: 'A change', pullRequest: true });
  const app = await anApp(github);
  const replies = () => pull.comments.filter(({ author }) => author.type === 'Bot').map(({ body }) => body);
  return { github, app, pull, replies };
}

it('answers a command in a review and in a comment within one, with reactions, and each once', async () => {
  const { github, app, pull, replies } = await aPullRequest();
  const help = { path: 'README.md', line: 1, body: '/courier help' };
  const review = github.act.review('wanda', 'COMMENTED', { issue: 1, body: '/courier status', comments: [help] });
  await expect
    .poll(() => [review, ...(pull.pull?.reviewComments ?? [])].map(kinds), patience)
    .toEqual([
      ['eyes', 'rocket'],
      ['eyes', 'rocket'],
    ]);
  await app.idle();
  for (const delivery of github.webhooks.deliveries.slice()) await github.webhooks.send(delivery);
  await app.idle();
  expect(replies()).toHaveLength(2);
  expect(github.violations).toEqual([]);
});

it('hands a command of a review to the workflow as a pointer at that review', async () => {
  const { github, app, pull } = await aPullRequest();
  github.act.review('wanda', 'COMMENTED', {
    issue: 1,
    comments: [{ path: 'README.md', line: 1, body: '/courier scan' }],
  });
  const [remark] = pull.pull?.reviewComments ?? [];
  await expect.poll(() => github.repository().runs.length, patience).toBe(1);
  await app.idle();
  const request = JSON.parse(github.repository().runs[0]?.inputs.request ?? '{}');
  expect(request).toMatchObject({ kind: 'command', issue: 1, comment: `review-comment-1-${remark?.id}` });
  expect(github.violations).toEqual([]);
});
