import { isAncestor } from './git-objects.ts';
import { type Json, personJson } from './json.ts';
import type { StoredReview, StoredReviewComment } from './pull-state.ts';
import type { RepositoryState, StoredIssue } from './state.ts';

/** The commit that a pull request ends in: what is in its branch, until it is merged or the branch is gone. */
export function headOf({ refs, defaultBranch }: RepositoryState, { head, pull }: StoredIssue): string {
  const inBranch = pull?.branch === undefined || pull.fork ? undefined : refs.get(`refs/heads/${pull.branch}`);
  return inBranch ?? head ?? refs.get(`refs/heads/${defaultBranch}`) ?? '';
}

export const baseOf = ({ defaultBranch }: RepositoryState, { pull }: StoredIssue) => pull?.base ?? defaultBranch;
export const branchOf = ({ number, pull }: StoredIssue) => pull?.branch ?? `change-${number}`;

const addressOf = ({ serverUrl, repository }: Json, number: number) =>
  `${serverUrl}/${repository.fullName}/pull/${number}`;

export function pullJson(place: Json, issue: StoredIssue) {
  const { apiUrl, repository } = place;
  const { pull, number } = issue;
  const base = baseOf(repository, issue);
  const head = { ref: branchOf(issue), sha: headOf(repository, issue) };
  const merged = pull?.merged;
  return {
    id: issue.id,
    number,
    url: `${apiUrl}/repos/${repository.fullName}/pulls/${number}`,
    html_url: addressOf(place, number),
    title: issue.title,
    body: issue.body,
    state: issue.state,
    draft: pull?.draft ?? false,
    user: personJson(issue.author),
    head: { ...head, repo: { full_name: pull?.fork ?? repository.fullName } },
    base: {
      ref: base,
      sha: repository.refs.get(`refs/heads/${base}`) ?? '',
      repo: { full_name: repository.fullName },
    },
    merged: merged !== undefined,
    merged_at: merged?.at ?? null,
    merged_by: merged ? personJson(merged.by) : null,
    // GitHub names a commit that it only tries, too.
    merge_commit_sha: merged?.commit ?? head.sha,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
  };
}

export function reviewJson(place: Json, issue: StoredIssue, review: StoredReview) {
  return {
    id: review.id,
    node_id: `PRR_${review.id}`,
    user: personJson(review.author),
    body: review.body,
    state: review.state,
    commit_id: review.commit,
    submitted_at: review.submittedAt,
    html_url: `${addressOf(place, issue.number)}#pullrequestreview-${review.id}`,
    pull_request_url: `${place.apiUrl}/repos/${place.repository.fullName}/pulls/${issue.number}`,
  };
}

export function reviewCommentJson(place: Json, issue: StoredIssue, comment: StoredReviewComment) {
  const { apiUrl, repository } = place;
  // What the line has become is not known once the head is another.
  const isCurrent = isAncestor(repository.objects, headOf(repository, issue), comment.commit);
  return {
    id: comment.id,
    node_id: `PRRC_${comment.id}`,
    pull_request_review_id: comment.review,
    url: `${apiUrl}/repos/${repository.fullName}/pulls/comments/${comment.id}`,
    html_url: `${addressOf(place, issue.number)}#discussion_r${comment.id}`,
    pull_request_url: `${apiUrl}/repos/${repository.fullName}/pulls/${issue.number}`,
    user: personJson(comment.author),
    body: comment.body,
    path: comment.path,
    line: isCurrent ? comment.line : null,
    start_line: isCurrent ? (comment.startLine ?? null) : null,
    original_line: comment.line,
    original_start_line: comment.startLine ?? null,
    side: comment.side ?? 'RIGHT',
    commit_id: headOf(repository, issue),
    original_commit_id: comment.commit,
    in_reply_to_id: comment.inReplyTo,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    performed_via_github_app: comment.viaApp ? { slug: comment.viaApp } : null,
  };
}
