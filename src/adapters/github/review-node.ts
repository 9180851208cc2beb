import { z } from 'zod';
import { type Lane, reviewKeyOf } from '../../events/comment-key.ts';
import type { CommentSnapshot } from '../../flows/github-ports.ts';

// REST tells neither when a review was edited nor, of a comment in one, whether an edit or the publishing of a draft moved `updated_at`.
const fieldsOf = (id: string) => `fragment Remark on PullRequestReviewComment {
  id: ${id} body url path publishedAt lastEditedAt originalLine originalStartLine diffHunk
  author { __typename login } originalCommit { oid } pullRequest { number }
}
fragment Review on PullRequestReview {
  id: ${id} body url submittedAt lastEditedAt
  author { __typename login } commit { oid } pullRequest { number }
}`;

export const reviewFields = fieldsOf('fullDatabaseId');
/** The same for a GitHub whose ids were small. */
export const olderReviewFields = fieldsOf('databaseId');

const Author = z.object({ __typename: z.string(), login: z.string() }).nullish();
const Commit = z.object({ oid: z.string().regex(/^[0-9a-f]{40}$/) }).nullish();
const Written = z.object({
  id: z.coerce.number().int().positive(),
  body: z.string(),
  url: z.string(),
  lastEditedAt: z.string().nullish(),
  author: Author,
  pullRequest: z.object({ number: z.number().int().positive() }),
});
export const RemarkNode = Written.extend({
  path: z.string(),
  publishedAt: z.string().nullish(),
  originalLine: z.number().nullish(),
  originalStartLine: z.number().nullish(),
  originalCommit: Commit,
  diffHunk: z.string().nullish(),
});
export const ReviewNode = Written.extend({ submittedAt: z.string().nullish(), commit: Commit });

/** `undefined` while it is a draft, which nobody but its author may know of. */
export function fromRemark(node: z.infer<typeof RemarkNode>): CommentSnapshot | undefined {
  const { publishedAt, originalCommit, path, originalLine: line, originalStartLine: startLine, diffHunk } = node;
  if (!publishedAt) return undefined;
  const isThere = line === lastLineOf(diffHunk ?? '');
  const lines = line && isThere ? { ...(startLine ? { startLine } : {}), line } : {};
  return toSnapshot(node, {
    lane: 'review-comment',
    publishedAt,
    review: { commit: originalCommit?.oid, path, ...lines },
  });
}

/**
 * The line of the newer file with which a hunk ends: the one that is commented. GitHub numbers a comment beside the older file by that one, and
 * does not say so here.
 */
function lastLineOf(hunk: string): number | undefined {
  const [head = '', ...lines] = hunk.split('\n');
  const [, first] = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(head) ?? [];
  const last = lines.at(-1);
  if (first === undefined || last === undefined || last.startsWith('-')) return undefined;
  return Number(first) + lines.filter((line) => !line.startsWith('-') && !line.startsWith('\\')).length - 1;
}

/** `undefined` while it is a draft. */
export function fromReview(node: z.infer<typeof ReviewNode>): CommentSnapshot | undefined {
  const { submittedAt, commit } = node;
  if (!submittedAt) return undefined;
  return toSnapshot(node, { lane: 'review', publishedAt: submittedAt, review: { commit: commit?.oid } });
}

type Reviewed = {
  lane: Exclude<Lane, 'comment'>;
  publishedAt: string;
  review: NonNullable<CommentSnapshot['review']>;
};

function toSnapshot(
  { id, body, url, author, lastEditedAt, pullRequest }: z.infer<typeof Written>,
  { lane, publishedAt, review }: Reviewed,
): CommentSnapshot {
  // While it was a draft its author alone could change it.
  const isEdited = lastEditedAt && Date.parse(lastEditedAt) > Date.parse(publishedAt);
  return {
    id: reviewKeyOf(lane, pullRequest.number, id),
    body,
    author: author?.login,
    by: author?.__typename === 'User' && !author.login.endsWith('[bot]') ? 'person' : 'app',
    createdAt: publishedAt,
    updatedAt: isEdited ? lastEditedAt : publishedAt,
    url,
    review,
  };
}
