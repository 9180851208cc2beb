import { GraphQLError } from 'graphql';
import { actor, connection, type GraphqlScope, notFound, type Page } from './graphql-parts.ts';
import { headOf } from './pull-json.ts';
import type { StoredReview, StoredReviewComment } from './pull-state.ts';
import { nextId, type RepositoryState, type StoredIssue } from './state.ts';

type Pull = { issue: StoredIssue; repository: RepositoryState; scope: GraphqlScope };

const addressOf = ({ issue, repository, scope }: Pull) =>
  `${scope.serverUrl}/${repository.fullName}/pull/${issue.number}`;

function written(reviewed: StoredReview | StoredReviewComment, { issue, scope }: Pull) {
  const { id, body, author, reactions, lastEditedAt, commit } = reviewed;
  return {
    // Such ids have become too large for the type that GitHub had chosen for them.
    ...{ databaseId: null, fullDatabaseId: String(id), body, lastEditedAt: lastEditedAt ?? null },
    author: actor(author, scope.serverUrl),
    commit: { __typename: 'Commit', oid: commit },
    pullRequest: { __typename: 'PullRequest', number: issue.number },
    reactions: (page: Page) => connection(reactions, page),
  };
}

/** Down to the line that is commented; of a line of the older file, above which one was added. */
function hunkOf({ line, side }: StoredReviewComment): string {
  const above = Array.from({ length: line - 1 }, (_, index) => ` line ${index + 1}`);
  return side === 'LEFT'
    ? [`@@ -1,${line} +1,${line + 1} @@`, '+one more', ...above, ' this one'].join('\n')
    : [`@@ -1,${line - 1} +1,${line} @@`, ...above, '+this one'].join('\n');
}

function commentNode(comment: StoredReviewComment, place: Pull) {
  const { id, path, line, startLine = null, commit, createdAt } = comment;
  return {
    ...written(comment, place),
    __typename: 'PullRequestReviewComment',
    id: `PRRC_${id}`,
    url: `${addressOf(place)}#discussion_r${id}`,
    ...{ path, originalLine: line, originalStartLine: startLine, publishedAt: createdAt },
    diffHunk: hunkOf(comment),
    commit: { __typename: 'Commit', oid: headOf(place.repository, place.issue) },
    originalCommit: { __typename: 'Commit', oid: commit },
  };
}

function reviewNode(review: StoredReview, place: Pull) {
  const { id, state, submittedAt } = review;
  const comments = (place.issue.pull?.reviewComments ?? []).filter((each) => each.review === id);
  return {
    ...written(review, place),
    __typename: 'PullRequestReview',
    id: `PRR_${id}`,
    url: `${addressOf(place)}#pullrequestreview-${id}`,
    ...{ state, submittedAt: state === 'PENDING' ? null : submittedAt },
    comments: (page: Page) =>
      connection(
        comments.map((comment) => commentNode(comment, place)),
        page,
      ),
  };
}

function pullNode(place: Pull) {
  const { issue, scope } = place;
  // One that is not sent yet is seen by its author alone.
  const seen = (issue.pull?.reviews ?? []).filter(
    (each) => each.state !== 'PENDING' || each.author.login === scope.who.login,
  );
  const nodes = seen.map((review) => reviewNode(review, place));
  return { __typename: 'PullRequest', number: issue.number, reviews: (page: Page) => connection(nodes, page) };
}

/** The fields of a repository that are about pull requests. */
export function pullFields(repository: RepositoryState, scope: GraphqlScope) {
  const { permissions } = scope.who;
  const pulls = () => {
    if (permissions && !permissions.pull_requests && repository.visibility !== 'public')
      throw new GraphQLError('Resource not accessible by integration', { extensions: { type: 'FORBIDDEN' } });
    return repository.issues.filter(({ pullRequest }) => pullRequest);
  };
  return {
    pullRequest: ({ number }: { number: number }) => {
      const issue = pulls().find((each) => each.number === number);
      if (!issue) throw notFound(`Could not resolve to a PullRequest with the number of ${number}.`);
      return pullNode({ issue, repository, scope });
    },
    pullRequests: (page: Page) =>
      connection(
        pulls()
          .toSorted((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt))
          .map((issue) => pullNode({ issue, repository, scope })),
        page,
      ),
  };
}

function findById(id: string, scope: GraphqlScope) {
  for (const repository of scope.repositories)
    for (const issue of repository.issues) {
      const place = { issue, repository, scope };
      const review = issue.pull?.reviews?.find((each) => id === `PRR_${each.id}`);
      if (review) return { stored: review, node: reviewNode(review, place) };
      const comment = issue.pull?.reviewComments?.find((each) => id === `PRRC_${each.id}`);
      if (comment) return { stored: comment, node: commentNode(comment, place) };
    }
  throw notFound(`Could not resolve to a node with the global id of '${id}'`);
}

/** The root's fields that are about reviews. */
export function reviewRoot(scope: GraphqlScope) {
  const { permissions, login, type } = scope.who;
  return {
    node: ({ id }: { id: string }) => findById(id, scope).node,
    addReaction: ({ input }: { input: { subjectId: string; content: string } }) => {
      const { stored } = findById(input.subjectId, scope);
      const content = input.content.toLowerCase();
      if (permissions && permissions.pull_requests !== 'write')
        throw new GraphQLError('Resource not accessible by integration', { extensions: { type: 'FORBIDDEN' } });
      const isThere = stored.reactions.some((each) => each.content === content && each.author.login === login);
      if (!isThere)
        stored.reactions.push({ id: nextId(), content, author: { login, type }, at: new Date().toISOString() });
      return { reaction: { content: input.content } };
    },
  };
}
