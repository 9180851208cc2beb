import { paginate, type Reply, type RepositoryCall, text, texts } from './http.ts';
import { HttpError, invalid } from './http-error.ts';
import { commentJson, issueJson, labelJson, personJson } from './json.ts';
import { addComment, closeIssue, editComment, labelIssue, now, reopenIssue } from './people.ts';
import { mayPush } from './permissions.ts';
import { addIssue, addLabel, findLabel, type Person, type StoredComment, type StoredIssue } from './state.ts';

const bodyLimit = 65_536;

export function requireIssue(call: RepositoryCall): StoredIssue {
  const issue = call.repository.issues.find(({ number }) => String(number) === call.params.issue_number);
  if (!issue) throw new HttpError(404, 'Not Found');
  if (issue.deleted) throw new HttpError(410, 'This issue was deleted');
  if (issue.transferredTo) {
    const location = `${call.apiUrl}/repos/${issue.transferredTo}/issues/${issue.number}`;
    throw new HttpError(301, 'Moved Permanently', { headers: { location } });
  }
  if (!issue.pullRequest) requireIssuesEnabled(call);
  return issue;
}

function requireIssuesEnabled({ repository }: RepositoryCall): void {
  if (!repository.hasIssues) throw new HttpError(410, 'Issues are disabled for this repo');
}

function checkText(resource: string, field: 'title' | 'body', value: string | undefined): void {
  const limit = field === 'title' ? 256 : bodyLimit;
  // GitHub counts characters, not UTF-16 units.
  if (value !== undefined && [...value].length > limit)
    throw invalid(resource, field, 'custom', `${field} is too long (maximum is ${limit} characters)`);
}

function checkLabels(names: readonly string[]): void {
  for (const name of names) if ([...name].length > 50) throw invalid('Label', 'name', 'too_long');
}

function list(call: RepositoryCall): Reply {
  requireIssuesEnabled(call);
  const state = call.query.get('state') ?? 'open';
  const labels = (call.query.get('labels') ?? '').toLowerCase().split(',').filter(Boolean);
  const creator = call.query.get('creator')?.toLowerCase();
  const found = call.repository.issues
    .filter((issue) => !issue.deleted && !issue.transferredTo)
    .filter((issue) => state === 'all' || issue.state === state)
    .filter((issue) => labels.every((label) => issue.labels.some((name) => name.toLowerCase() === label)))
    .filter((issue) => !creator || issue.author.login.toLowerCase() === creator)
    .sort((a, b) => b.number - a.number);
  const { page, headers } = paginate(found, call);
  return { status: 200, headers, body: page.map((issue) => issueJson(call, issue)) };
}

function create(call: RepositoryCall): Reply {
  requireIssuesEnabled(call);
  const title = text(call.body.title) ?? '';
  const body = text(call.body.body) ?? '';
  if (title.trim() === '') throw invalid('Issue', 'title', 'missing_field');
  checkText('Issue', 'title', title);
  checkText('Issue', 'body', body);
  const labels = mayPush(call.who) ? texts(call.body.labels) : [];
  checkLabels(labels);
  const assignees = mayPush(call.who) ? texts(call.body.assignees) : [];
  const author = { login: call.who.login, type: call.who.type };
  const issue = addIssue(call.repository, { title, body, assignees, author });
  for (const name of labels) labelIssue(issue, addLabel(call.repository, name).name, author);
  call.webhooks.issue('opened', { ...call, issue });
  return { status: 201, body: issueJson(call, issue) };
}

function move(issue: StoredIssue, to: string | undefined, reason: unknown, who: Person): void {
  const given = reason === 'not_planned' || reason === 'duplicate' ? reason : 'completed';
  if (to === 'closed' && issue.state === 'open') closeIssue(issue, who, { reason: given });
  else if (to === 'open' && issue.state === 'closed') reopenIssue(issue, who);
}

function update(call: RepositoryCall): Reply {
  const issue = requireIssue(call);
  const { title, body } = { title: text(call.body.title), body: text(call.body.body) };
  checkText('Issue', 'title', title);
  checkText('Issue', 'body', body);
  const changes = {
    ...(title !== undefined && title !== issue.title && { title: { from: issue.title } }),
    ...(body !== undefined && body !== issue.body && { body: { from: issue.body } }),
  };
  const before = issue.state;
  issue.title = title ?? issue.title;
  if (body !== undefined && body !== issue.body) issue.editedAt = now();
  issue.body = body ?? issue.body;
  if (Array.isArray(call.body.labels))
    issue.labels = texts(call.body.labels).map((name) => addLabel(call.repository, name).name);
  if (Array.isArray(call.body.assignees)) issue.assignees = texts(call.body.assignees);
  move(issue, text(call.body.state), call.body.state_reason, call.who);
  issue.updatedAt = new Date().toISOString();
  if (Object.keys(changes).length > 0) call.webhooks.issue('edited', { ...call, issue, changes });
  if (issue.state !== before) call.webhooks.issue(issue.state === 'closed' ? 'closed' : 'reopened', { ...call, issue });
  return { status: 200, body: issueJson(call, issue) };
}

function createComment(call: RepositoryCall): Reply {
  const issue = requireIssue(call);
  const body = text(call.body.body) ?? '';
  if (body.trim() === '') throw invalid('IssueComment', 'body', 'missing_field');
  checkText('IssueComment', 'body', body);
  if (issue.locked && !mayPush(call.who)) throw new HttpError(403, 'Unable to create comment because issue is locked.');
  const comment = addComment(issue, { login: call.who.login, type: call.who.type }, body);
  call.webhooks.comment('created', { ...call, issue, comment });
  return { status: 201, body: commentJson(call, issue, comment) };
}

export function requireComment(call: RepositoryCall): { issue: StoredIssue; comment: StoredComment } {
  for (const issue of call.repository.issues) {
    const comment = issue.comments.find(({ id }) => String(id) === call.params.comment_id);
    if (comment) return { issue, comment };
  }
  throw new HttpError(404, 'Not Found');
}

function updateComment(call: RepositoryCall): Reply {
  const { issue, comment } = requireComment(call);
  const body = text(call.body.body) ?? '';
  checkText('IssueComment', 'body', body);
  const from = comment.body;
  editComment(comment, body);
  call.webhooks.comment('edited', { ...call, issue, comment, from });
  return { status: 200, body: commentJson(call, issue, comment) };
}

function addLabels(call: RepositoryCall): Reply {
  const issue = requireIssue(call);
  const names = texts(call.list ?? call.body.labels);
  checkLabels(names);
  for (const name of names) {
    const label = addLabel(call.repository, name);
    labelIssue(issue, label.name, call.who);
  }
  return { status: 200, body: issue.labels.map((name) => labelJson(call, name)) };
}

function removeLabel(call: RepositoryCall): Reply {
  const issue = requireIssue(call);
  const name = call.params.name?.toLowerCase();
  const left = issue.labels.filter((label) => label.toLowerCase() !== name);
  if (left.length === issue.labels.length) throw new HttpError(404, 'Label does not exist');
  issue.labels = left;
  return { status: 200, body: left.map((label) => labelJson(call, label)) };
}

function createLabel(call: RepositoryCall): Reply {
  const name = text(call.body.name) ?? '';
  const color = text(call.body.color) ?? 'ededed';
  const description = text(call.body.description) ?? '';
  checkLabels([name]);
  if (name.trim() === '') throw invalid('Label', 'name', 'missing_field');
  if (!/^[0-9a-f]{6}$/i.test(color)) throw invalid('Label', 'color', 'invalid');
  if ([...description].length > 100) throw invalid('Label', 'description', 'too_long');
  if (findLabel(call.repository, name)) throw invalid('Label', 'name', 'already_exists');
  addLabel(call.repository, name, color, description);
  return { status: 201, body: labelJson(call, name) };
}

function listLabels(call: RepositoryCall): Reply {
  const { page, headers } = paginate(call.repository.labels, call);
  return { status: 200, headers, body: page.map(({ name }) => labelJson(call, name)) };
}

function getLabel(call: RepositoryCall): Reply {
  const label = findLabel(call.repository, call.params.name ?? '');
  if (!label) throw new HttpError(404, 'Not Found');
  return { status: 200, body: labelJson(call, label.name) };
}

function listComments(call: RepositoryCall): Reply {
  const issue = requireIssue(call);
  const since = Date.parse(call.query.get('since') ?? '1970-01-01T00:00:00Z');
  const changed = issue.comments.filter(({ updatedAt }) => Date.parse(updatedAt) >= since);
  const { page, headers } = paginate(changed, call);
  return { status: 200, headers, body: page.map((comment) => commentJson(call, issue, comment)) };
}

/** Of all issues, by when they were written. */
function listAllComments(call: RepositoryCall): Reply {
  const since = Date.parse(call.query.get('since') ?? '1970-01-01T00:00:00Z');
  const all = call.repository.issues
    .flatMap((issue) => issue.comments.map((comment) => ({ issue, comment })))
    .filter(({ comment }) => Date.parse(comment.updatedAt) >= since)
    .sort((a, b) => a.comment.id - b.comment.id);
  const { page, headers } = paginate(call.query.get('direction') === 'desc' ? all.reverse() : all, call);
  return { status: 200, headers, body: page.map(({ issue, comment }) => commentJson(call, issue, comment)) };
}

// The old scale of `permission` knows neither triage nor maintain.
const oldScale = { read: 'read', triage: 'read', write: 'write', maintain: 'write', admin: 'admin' } as const;

function getPermission(call: RepositoryCall): Reply {
  const login = call.params.username ?? '';
  const role = call.repository.collaborators[login];
  if (!role && call.repository.visibility !== 'public') throw new HttpError(404, `${login} is not a user`);
  const shown = role ?? 'read';
  const user = personJson({ login, type: 'User' });
  return { status: 200, body: { permission: oldScale[shown], role_name: shown, user } };
}

export const issueOperations: Readonly<Record<string, (call: RepositoryCall) => Reply>> = {
  'issues/list-for-repo': list,
  'issues/create': create,
  'issues/get': (call) => ({ status: 200, body: issueJson(call, requireIssue(call)) }),
  'issues/update': update,
  'issues/list-comments': listComments,
  'issues/list-comments-for-repo': listAllComments,
  'issues/create-comment': createComment,
  'issues/get-comment': (call) => {
    const { issue, comment } = requireComment(call);
    return { status: 200, body: commentJson(call, issue, comment) };
  },
  'issues/update-comment': updateComment,
  'issues/list-labels-on-issue': (call) => {
    const { page, headers } = paginate(requireIssue(call).labels, call);
    return { status: 200, headers, body: page.map((name) => labelJson(call, name)) };
  },
  'issues/add-labels': addLabels,
  'issues/remove-label': removeLabel,
  'issues/list-labels-for-repo': listLabels,
  'issues/create-label': createLabel,
  'issues/get-label': getLabel,
  'repos/get-collaborator-permission-level': getPermission,
};
