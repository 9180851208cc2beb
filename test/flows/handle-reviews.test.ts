import { afterEach, expect, it } from 'vitest';
import type { CommandContext, Executors } from '../../src/commands/executor.ts';
import { defaultConfiguration } from '../../src/config/parse-config.ts';
import { findWaiting } from '../../src/flows/find-waiting.ts';
import { safe } from '../../src/publishing/safe-text.ts';
import type { StoredReaction } from '../fakes/github/state.ts';
import { aCommentsBed, type CommentsBed } from './comments-bed.ts';

const beds: CommentsBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

const pull = 4;
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const kinds = ({ reactions }: { reactions: readonly StoredReaction[] }) => reactions.map(({ content }) => content);

type NewReview = {
  at?: string;
  comments?: readonly { body: string; path?: string; line?: number; startLine?: number; side?: 'LEFT' }[];
};

const commentsOf = (bed: CommentsBed) => bed.issue(pull).pull?.reviewComments ?? [];

async function aPullRequest(seed: Parameters<typeof aCommentsBed>[0] = {}) {
  const bed = await aCommentsBed(seed);
  beds.push(bed);
  const followed: CommandContext[] = [];
  const executors: Executors = {
    status: {
      kind: 'change',
      change: (_, context) => {
        followed.push(context);
        return { answer: { outcome: 'done', say: safe`Fine.` } };
      },
    },
    approve: {
      kind: 'act',
      act: async (_, context) => {
        followed.push(context);
        return { outcome: 'done', say: safe`Approved.` };
      },
    },
  };
  const { act } = bed.double;
  return {
    ...bed,
    followed,
    review: (login: string, body: string, { comments = [], ...more }: NewReview = {}) => {
      const placed = comments.map((comment) => ({ path: 'README.md', line: 1, ...comment }));
      const review = act.review(login, 'COMMENTED', { issue: pull, body, comments: placed, ...more });
      return { review, comments: commentsOf(bed).filter((each) => each.review === review.id) };
    },
    handle: () => bed.handle(pull, { executors }),
    handleOther: (issue: number) => bed.handle(issue),
    replies: () => bed.issue(pull).comments.filter(({ author }) => author.type === 'Bot'),
  };
}

it('follows commands in the text of a review and in its remarks, each once, and answers in the conversation with a link', async () => {
  const bed = await aPullRequest();
  const { review, comments } = bed.review('wanda', 'Nearly.\n\n/courier status', {
    comments: [{ body: '/courier status' }],
  });
  await bed.handle();
  await bed.handle();
  expect(bed.followed).toHaveLength(2);
  const [remark = expect.fail('no comment')] = comments;
  expect([kinds(review), kinds(remark)]).toEqual([
    ['eyes', 'rocket'],
    ['eyes', 'rocket'],
  ]);
  expect(bed.replies().map(({ body }) => /In answer to \[(.*?)\]\((.*?)\)/.exec(body)?.slice(1))).toEqual([
    [`review ${review.id}`, `#pullrequestreview-${review.id}`],
    [`review comment ${remark.id}`, `#discussion_r${remark.id}`],
  ]);
});

it('tells a command where it stands: the commit, the file and its lines', async () => {
  const bed = await aPullRequest();
  bed.issue(pull).head = 'a'.repeat(40);
  bed.review('wanda', '', { comments: [{ body: '/courier status', path: 'src/a.ts', startLine: 3, line: 7 }] });
  await bed.handle();
  const place = { commit: 'a'.repeat(40), path: 'src/a.ts', startLine: 3, line: 7 };
  expect(bed.followed).toMatchObject([{ place: 'pull-request', review: place, mandate: { head: place.commit } }]);
});

it('follows what stands in the conversation and in reviews in the order of time', async () => {
  const bed = await aPullRequest();
  bed.review('wanda', '', { at: minutesAgo(3), comments: [{ body: '/courier status' }] });
  bed.double.act.comment('wanda', '/courier status', { issue: pull, at: minutesAgo(2) });
  bed.review('wanda', '/courier status', { at: minutesAgo(1) });
  await bed.handle();
  expect(bed.followed.map(({ mandate }) => String(mandate.comment).replace(/\d+/g, '…'))).toEqual([
    'review-comment-…-…',
    '…',
    'review-…-…',
  ]);
});

it('keeps the same number in three lanes apart', async () => {
  const bed = await aPullRequest();
  const comment = bed.double.act.comment('wanda', '/courier status', { issue: pull });
  await bed.handle();
  const { review, comments } = bed.review('wanda', '/courier status', { comments: [{ body: '/courier status' }] });
  for (const each of comments) Object.assign(each, { id: comment.id, review: comment.id });
  review.id = comment.id;
  await bed.handle();
  expect(bed.followed).toHaveLength(3);
  await bed.handle();
  expect(bed.followed).toHaveLength(3);
});

it('asks for nothing where a review was edited before it was read, and does nothing where it is edited after', async () => {
  const bed = await aPullRequest();
  const { review: edited } = bed.review('ada', '/courier approve A1', { at: minutesAgo(2) });
  edited.lastEditedAt = minutesAgo(1);
  await bed.handle();
  expect(bed.followed).toEqual([]);
  expect(bed.replies()[0]?.body).toMatch(/edited before it was read/);
  const { review: read } = bed.review('ada', '/courier status');
  await bed.handle();
  read.body = '/courier approve A1';
  read.lastEditedAt = new Date(Date.now() + 1000).toISOString();
  await bed.handle();
  expect(bed.followed.map(({ mandate }) => mandate.comment)).toEqual([`review-4-${read.id}`]);
});

it('takes an approval in a review for the commit that was reviewed only', async () => {
  const bed = await aPullRequest();
  bed.issue(pull).head = 'a'.repeat(40);
  bed.review('wanda', '/courier approve A1', { comments: [{ body: '/courier approve A2' }] });
  bed.issue(pull).head = 'b'.repeat(40);
  await bed.handle();
  expect(bed.followed).toEqual([]);
  expect(bed.replies().map(({ body }) => /has moved on/.test(body))).toEqual([true, true]);
  bed.review('wanda', '/courier approve A1');
  await bed.handle();
  expect(bed.followed).toMatchObject([{ mandate: { head: 'b'.repeat(40) } }]);
});

it.each(['evil[bot]', 'github-actions[bot]'])('does not hear %s in a review', async (login) => {
  const bed = await aPullRequest();
  bed.review(login, '/courier status', { comments: [{ body: '/courier status' }] });
  await bed.handle();
  expect(bed.followed).toEqual([]);
  expect(bed.replies()).toEqual([]);
});

it('looks up what the author of a review may do, and refuses in one sentence', async () => {
  const bed = await aPullRequest();
  const { review } = bed.review('tom', '/courier approve A1');
  await bed.handle();
  expect(bed.followed).toEqual([]);
  expect(kinds(review)).toEqual(['eyes', 'confused']);
  expect(bed.replies()[0]?.body).toMatch(/needs the role write/);
});

it('gives strangers on a public repository a reaction and no words', async () => {
  const bed = await aPullRequest({ visibility: 'public' });
  const { review, comments } = bed.review('nobody', '/courier status', { comments: [{ body: '/courier status' }] });
  await bed.handle();
  expect([kinds(review), comments.map(kinds)]).toEqual([['confused'], [['confused']]]);
  expect(bed.replies()).toEqual([]);
});

it('reads all of a week, page by page, and nothing of reviews on an issue', async () => {
  const bed = await aPullRequest();
  for (let number = 0; number < 60; number++) bed.review('rita', `thought ${number}`, { at: minutesAgo(90) });
  const [oldest = expect.fail('no review')] = bed.issue(pull).pull?.reviews ?? [];
  oldest.body = '/courier status';
  await bed.handle();
  expect(bed.followed).toHaveLength(1);
  bed.double.act.comment('wanda', '/courier help', { issue: 1 });
  bed.double.forget();
  await bed.handleOther(1);
  expect(bed.double.requests.filter(({ body }) => /review/i.test(JSON.stringify(body ?? '')))).toEqual([]);
});

it('is found where its delivery was lost, and not any more once it was dealt with', async () => {
  const bed = await aPullRequest();
  bed.review('wanda', '/courier status');
  const ports = { github: bed.connect(), config: defaultConfiguration, clock: bed.clock };
  const since = Date.now() - 3_600_000;
  expect(await findWaiting(since, ports)).toEqual([{ issue: pull, pullRequest: true }]);
  await bed.handle();
  expect(await findWaiting(since, ports)).toEqual([]);
});
