import { flatten, isAncestor, treeOf } from './git-objects.ts';
import { paginate, type Reply, type RepositoryCall, text } from './http.ts';
import { HttpError, invalid } from './http-error.ts';
import { personJson } from './json.ts';
import { closeIssue, reopenIssue } from './people.ts';
import { baseOf, branchOf, pullJson, reviewCommentJson, reviewJson } from './pull-json.ts';
import type { StoredReviewComment } from './pull-state.ts';
import { addIssue, nextId, type RepositoryState, type StoredIssue } from './state.ts';

function requirePull({ repository, params }: RepositoryCall): StoredIssue {
  const pull = repository.issues.find((one) => one.pullRequest && String(one.number) === params.pull_number);
  if (!pull) throw new HttpError(404, 'Not Found');
  return pull;
}

function list(call: RepositoryCall): Reply {
  const { repository, query } = call;
  const state = query.get('state') ?? 'open';
  const [owner, branch] = (query.get('head') ?? '').split(':');
  const found = repository.issues
    .filter(({ pullRequest }) => pullRequest)
    .filter((issue) => state === 'all' || issue.state === state)
    // A filter without an owner is none to GitHub.
    .filter((issue) => branch === undefined || isFrom(issue, { owner, branch }, repository))
    .filter((issue) => query.get('base') === null || query.get('base') === baseOf(repository, issue))
    .sort((a, b) => b.number - a.number);
  const { page, headers } = paginate(found, call);
  // `merged` and by whom is told of one alone.
  const body = page.map((issue) => ({ ...pullJson(call, issue), merged: undefined, merged_by: undefined }));
  return { status: 200, headers, body };
}

function isFrom(
  issue: StoredIssue,
  head: { owner: string | undefined; branch: string },
  { fullName }: RepositoryState,
) {
  const [owner] = (issue.pull?.fork ?? fullName).split('/');
  return branchOf(issue) === head.branch && owner?.toLowerCase() === head.owner?.toLowerCase();
}

function create(call: RepositoryCall): Reply {
  const { repository, body, who } = call;
  if (repository.pulls === 'none') throw new HttpError(410, 'Pull requests are disabled for this repository');
  if (who.login === 'github-actions[bot]' && !repository.actionsMayOpenPulls)
    throw new HttpError(403, 'GitHub Actions is not permitted to create or approve pull requests.');
  const [branch, base] = [text(body.head) ?? '', text(body.base) ?? ''];
  const [head, target] = [branch, base].map((name) => repository.refs.get(`refs/heads/${name}`));
  if (!head) throw invalid('PullRequest', 'head', 'invalid');
  if (!target) throw invalid('PullRequest', 'base', 'invalid');
  if (isAncestor(repository.objects, head, target)) throw refused(`No commits between ${base} and ${branch}`);
  const isOpen = (issue: StoredIssue) => issue.pullRequest && issue.state === 'open' && branchOf(issue) === branch;
  if (repository.issues.some((issue) => isOpen(issue) && baseOf(repository, issue) === base))
    throw refused(`A pull request already exists for ${repository.owner}:${branch}.`);
  const draft = body.draft === true;
  if (draft && repository.pulls === 'no-drafts')
    throw new HttpError(422, 'Draft pull requests are not supported in this repository.');
  const issue = addIssue(repository, {
    ...{ title: text(body.title) ?? '', body: text(body.body) ?? '', author: { login: who.login, type: who.type } },
    ...{ pullRequest: true, head, pull: { branch, base, draft } },
  });
  call.webhooks.pull('opened', { ...call, issue });
  return { status: 201, body: pullJson(call, issue) };
}

function refused(message: string): HttpError {
  return new HttpError(422, 'Validation Failed', { errors: [{ resource: 'PullRequest', code: 'custom', message }] });
}

function update(call: RepositoryCall): Reply {
  const issue = requirePull(call);
  const { body, who } = call;
  if ((text(body.body) ?? '').length > 65_536) throw invalid('PullRequest', 'body', 'custom', 'body is too long');
  issue.title = text(body.title) ?? issue.title;
  issue.body = text(body.body) ?? issue.body;
  if (body.state === 'closed' && issue.state === 'open') closeIssue(issue, who);
  if (body.state === 'open' && issue.state === 'closed') {
    if (issue.pull?.merged) throw refused('state cannot be changed. The pull request is merged.');
    reopenIssue(issue, who);
  }
  return { status: 200, body: pullJson(call, issue) };
}

/** What a pull request changes: as it is told, or else as its branch has it. */
function filesOf({ repository: { objects, refs }, repository }: RepositoryCall, issue: StoredIssue) {
  const head = refs.get(`refs/heads/${issue.pull?.branch}`);
  if (issue.files.length > 0 || !head) return issue.files;
  const before = flatten(objects, treeOf(objects, refs.get(`refs/heads/${baseOf(repository, issue)}`) ?? '') ?? '');
  const after = [...flatten(objects, treeOf(objects, head) ?? '')];
  return after
    .filter(([path, { sha }]) => before.get(path)?.sha !== sha)
    .map(([filename]) => ({ filename, status: before.has(filename) ? 'modified' : 'added', additions: 1 }));
}

function listFiles(call: RepositoryCall): Reply {
  const { page, headers } = paginate(filesOf(call, requirePull(call)), call);
  return { status: 200, headers, body: page.map((file) => ({ deletions: 0, changes: file.additions, ...file })) };
}

/** One that is not sent yet is seen by its author alone. */
function reviewsOf({ who }: RepositoryCall, { pull }: StoredIssue) {
  return (pull?.reviews ?? []).filter(({ state, author }) => state !== 'PENDING' || author.login === who.login);
}

function listReviews(call: RepositoryCall): Reply {
  const issue = requirePull(call);
  const { page, headers } = paginate(reviewsOf(call, issue), call);
  return { status: 200, headers, body: page.map((review) => reviewJson(call, issue, review)) };
}

function getReview(call: RepositoryCall): Reply {
  const issue = requirePull(call);
  const review = reviewsOf(call, issue).find(({ id }) => String(id) === call.params.review_id);
  if (!review) throw new HttpError(404, 'Not Found');
  return { status: 200, body: reviewJson(call, issue, review) };
}

function listReviewComments(call: RepositoryCall): Reply {
  const issue = requirePull(call);
  const since = Date.parse(call.query.get('since') ?? '1970-01-01T00:00:00Z');
  const all = (issue.pull?.reviewComments ?? []).filter(({ updatedAt }) => Date.parse(updatedAt) >= since);
  const { page, headers } = paginate(all, call);
  return { status: 200, headers, body: page.map((comment) => reviewCommentJson(call, issue, comment)) };
}

function requireReviewComment({ repository, params }: RepositoryCall): {
  issue: StoredIssue;
  comment: StoredReviewComment;
} {
  for (const issue of repository.issues)
    for (const comment of issue.pull?.reviewComments ?? [])
      if (String(comment.id) === params.comment_id) return { issue, comment };
  throw new HttpError(404, 'Not Found');
}

function react(call: RepositoryCall): Reply {
  const { comment } = requireReviewComment(call);
  const content = text(call.body.content) ?? '';
  const known = comment.reactions.find((each) => each.content === content && each.author.login === call.who.login);
  const author = { login: call.who.login, type: call.who.type };
  const reaction = known ?? { id: nextId(), content, author, at: new Date().toISOString() };
  if (!known) comment.reactions.push(reaction);
  const shown = { id: reaction.id, content, user: personJson(reaction.author), created_at: comment.createdAt };
  return { status: known ? 200 : 201, body: shown };
}

export const pullOperations: Readonly<Record<string, (call: RepositoryCall) => Reply>> = {
  'pulls/get': (call) => ({ status: 200, body: pullJson(call, requirePull(call)) }),
  'pulls/list': list,
  'pulls/create': create,
  'pulls/update': update,
  'pulls/list-files': listFiles,
  'pulls/list-reviews': listReviews,
  'pulls/get-review': getReview,
  'pulls/list-review-comments': listReviewComments,
  'pulls/get-review-comment': (call) => {
    const { issue, comment } = requireReviewComment(call);
    return { status: 200, body: reviewCommentJson(call, issue, comment) };
  },
  'reactions/create-for-pull-request-review-comment': react,
};
