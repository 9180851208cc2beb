import { z } from 'zod';
import { type CommentKey, partsOf } from '../../events/comment-key.ts';
import type { CommentSnapshot, PlacedComment, Reaction, RecentComment } from '../../flows/github-ports.ts';
import { ExternalError } from '../../lib/errors.ts';
import type { Client, GraphqlAnswer } from './client.ts';
import { understandFailure } from './failure.ts';
import { fromRemark, fromReview, olderReviewFields, RemarkNode, ReviewNode, reviewFields } from './review-node.ts';

// A page of reviews with what was remarked in each costs one point of GitHub's limit.
const pageSize = 50;
const mostPages = 20;

const ofPullRequest = `query Reviewed($owner: String!, $name: String!, $number: Int!, $before: String) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) {
    reviews(last: ${pageSize}, before: $before) {
      pageInfo { hasPreviousPage startCursor }
      nodes { ...Review comments(first: 100) { nodes { ...Remark } } }
    }
  } }
}`;

const ofRepository = `query RecentlyReviewed($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    pullRequests(first: 50, orderBy: { field: UPDATED_AT, direction: DESC }) { nodes {
      reviews(last: 20) { nodes { ...Review comments(first: 20) { nodes { ...Remark } } } }
    } }
  }
}`;

const ofOne = `query OneReviewed($id: ID!) { node(id: $id) { __typename ...Review ...Remark } }`;

const addReaction = `mutation React($id: ID!, $content: ReactionContent!) {
  addReaction(input: { subjectId: $id, content: $content }) { reaction { content } }
}`;

const nodesOf = <Node extends z.ZodType>(node: Node) => z.object({ nodes: z.array(node.nullable()).nullish() });
const ReviewOf = ReviewNode.extend({ comments: nodesOf(RemarkNode) });
const Reviews = nodesOf(ReviewOf).extend({
  pageInfo: z.object({ hasPreviousPage: z.boolean(), startCursor: z.string().nullish() }),
});
const OfPullRequest = z.object({ pullRequest: z.object({ reviews: Reviews }).nullish() });
const OfRepository = z.object({ pullRequests: nodesOf(z.object({ reviews: nodesOf(ReviewOf).nullish() })) });
const One = z.discriminatedUnion('__typename', [
  ReviewNode.extend({ __typename: z.literal('PullRequestReview') }),
  RemarkNode.extend({ __typename: z.literal('PullRequestReviewComment') }),
]);

/** What others could read first at a time (ISO) or after it, or was edited since. */
export function listReviewed(client: Client, pullRequest: number, since: string): Promise<CommentSnapshot[]> {
  const attempt = {
    doing: `read the reviews of #${pullRequest}`,
    permission: 'pull-requests: read',
    issue: pullRequest,
  };
  return client.attempt(attempt, async () => {
    const found: CommentSnapshot[] = [];
    let next: Page | undefined = {};
    for (let page = 0; next && page < mostPages; page++) {
      const read = await readPage(client, { pullRequest, since, ...next });
      found.push(...read.found);
      next = read.next;
    }
    return found;
  });
}

/** Where a page of reviews ends; the newest where it is not told. */
type Page = { before?: string };

async function readPage(
  client: Client,
  { pullRequest: number, since, before }: Page & { pullRequest: number; since: string },
): Promise<{ found: CommentSnapshot[]; next?: Page }> {
  const { owner, repo } = client.place;
  const repository = await ask(client, ofPullRequest, { owner, name: repo, number, ...(before && { before }) });
  const reviews = OfPullRequest.safeParse(repository).data?.pullRequest?.reviews;
  if (!reviews) return { found: [] };
  const snapshots = snapshotsOf(reviews);
  const found = snapshots.filter(isSince(since));
  const { hasPreviousPage, startCursor } = reviews.pageInfo;
  const isOlder = snapshots.length > 0 && found.length === 0;
  return isOlder || !hasPreviousPage || !startCursor ? { found } : { found, next: { before: startCursor } };
}

/** The same of the fifty pull requests that changed last. */
export function recentReviewed(client: Client, since: string): Promise<RecentComment[]> {
  const { owner, repo } = client.place;
  const attempt = { doing: 'read the newest reviews', permission: 'pull-requests: read' };
  return client.attempt(attempt, async () => {
    const found = OfRepository.safeParse(await ask(client, ofRepository, { owner, name: repo })).data;
    const reviews = present(found?.pullRequests).flatMap((pull) => (pull.reviews ? snapshotsOf(pull.reviews) : []));
    return reviews.filter(isSince(since)).map((comment) => {
      return { issue: partsOf(comment.id).pullRequest ?? 0, pullRequest: true, comment };
    });
  });
}

/** `undefined`: deleted. */
export function readReviewed(client: Client, key: CommentKey): Promise<PlacedComment | undefined> {
  return client.attempt({ doing: 'read a review', permission: 'pull-requests: read' }, async () => {
    const node = await findNode(client, key);
    if (node === undefined) return undefined;
    const answer = await query(client, ofOne, { id: node });
    if (!answer) throw notTold();
    const one = One.safeParse(answer.data?.node).data;
    const comment = one?.__typename === 'PullRequestReview' ? fromReview(one) : one && fromRemark(one);
    // Of another pull request it is another comment than the one that is meant.
    if (comment?.id !== key) return undefined;
    return { ...comment, issue: partsOf(key).pullRequest ?? 0, pullRequest: true };
  });
}

const contents = { eyes: 'EYES', rocket: 'ROCKET', confused: 'CONFUSED' } as const satisfies Record<Reaction, string>;

/** REST has no reactions to reviews. */
export function reactToReviewed(client: Client, key: CommentKey, reaction: Reaction): Promise<void> {
  const { owner, repo } = client.place;
  const { lane, id } = partsOf(key);
  return client.attempt({ doing: 'react to a review', permission: 'pull-requests: write' }, async (octokit) => {
    if (lane === 'review-comment') {
      const place = { owner, repo, comment_id: id, content: reaction };
      await orGone(octokit.rest.reactions.createForPullRequestReviewComment(place));
      return;
    }
    const node = await findNode(client, key);
    const answer = node && (await client.graphql(addReaction, { id: node, content: contents[reaction] }));
    const [error] = answer ? answer.errors.filter(({ type }) => type !== 'NOT_FOUND') : [];
    if (error) throw new ExternalError(`GitHub did not take a reaction to a review: ${error.message}`);
  });
}

const Found = z.object({ node_id: z.string() });

/** GitHub's own name for it. `undefined`: it is gone. */
async function findNode(client: Client, key: CommentKey): Promise<string | undefined> {
  const { owner, repo } = client.place;
  const { lane, id, pullRequest = 0 } = partsOf(key);
  const { pulls } = (await client.octokit()).rest;
  const found =
    lane === 'review'
      ? await orGone(pulls.getReview({ owner, repo, pull_number: pullRequest, review_id: id }))
      : await orGone(pulls.getReviewComment({ owner, repo, comment_id: id }));
  return found && Found.parse(found.data).node_id;
}

/** `owner/name` of the repository, with what was asked of it; nothing where it cannot be told. */
async function ask(client: Client, text: string, variables: Record<string, unknown>): Promise<unknown> {
  const answer = await query(client, text, variables);
  // A GitHub without it has conversations all the same.
  if (!answer) return undefined;
  const [error] = answer.errors.filter(({ type }) => type !== 'NOT_FOUND');
  if (error?.type === 'FORBIDDEN') {
    client.patience.log.warn(`Commands in reviews are not read: the token lacks \`pull-requests: read\`.`);
    return undefined;
  }
  if (error)
    throw new ExternalError(`GitHub could not read reviews: ${error.message}`, { hint: 'Run it again later.' });
  return answer.data?.repository;
}

async function query(
  client: Client,
  text: string,
  variables: Record<string, unknown>,
): Promise<GraphqlAnswer | undefined> {
  const answer = await client.graphql(`${text}\n${reviewFields}`, variables);
  // An older GitHub Enterprise Server refuses the whole question for one word that it does not know.
  const isTooNew = answer?.errors.some(({ message }) => /doesn't exist on type/.test(message));
  return isTooNew ? client.graphql(`${text}\n${olderReviewFields}`, variables) : answer;
}

function notTold(): ExternalError {
  return new ExternalError('This GitHub does not tell whether a review was edited.', {
    hint: 'Write the command in the conversation of the pull request.',
  });
}

function snapshotsOf(reviews: z.infer<ReturnType<typeof nodesOf<typeof ReviewOf>>>): CommentSnapshot[] {
  return present(reviews).flatMap((review) => {
    const remarks = present(review.comments).map(fromRemark);
    return [fromReview(review), ...remarks].flatMap((snapshot) => snapshot ?? []);
  });
}

function present<Node>(connection: { nodes?: (Node | null)[] | null | undefined } | undefined): Node[] {
  return (connection?.nodes ?? []).flatMap((node) => (node === null ? [] : [node]));
}

function isSince(since: string) {
  return ({ updatedAt }: CommentSnapshot) => Date.parse(updatedAt) >= Date.parse(since);
}

/** `undefined` where what was asked for is gone. */
export async function orGone<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    const status = understandFailure(error)?.status;
    if (status === 404 || status === 410) return undefined;
    throw error;
  }
}
