import {
  addLabel,
  findLabel,
  type Person,
  type RepositoryState,
  type StoredComment,
  type StoredIssue,
  type StoredReaction,
  type StoredRun,
} from './state.ts';

/** What links in answers and payloads are made of. */
export type Json = { apiUrl: string; serverUrl: string; repository: RepositoryState };

export function personJson(person: Person) {
  return { login: person.login, id: person.login.length, type: person.type, site_admin: false };
}

export function labelJson(call: Json, name: string) {
  const { id, color, description } = findLabel(call.repository, name) ?? addLabel(call.repository, name);
  const url = `${repositoryUrl(call)}/labels/${encodeURIComponent(name)}`;
  return { id, name, color, description, default: false, url };
}

function countReactions(reactions: readonly StoredReaction[]) {
  const counts: Record<string, number> = { total_count: reactions.length };
  for (const content of ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'eyes', 'rocket'])
    counts[content] = reactions.filter((each) => each.content === content).length;
  return counts;
}

function repositoryUrl({ apiUrl, repository }: Json): string {
  return `${apiUrl}/repos/${repository.fullName}`;
}

export function issueJson(call: Json, issue: StoredIssue) {
  const kind = issue.pullRequest ? 'pull' : 'issues';
  return {
    id: issue.id,
    node_id: `I_${issue.id}`,
    number: issue.number,
    url: `${repositoryUrl(call)}/issues/${issue.number}`,
    repository_url: repositoryUrl(call),
    html_url: `${call.serverUrl}/${issue.transferredTo ?? call.repository.fullName}/${kind}/${issue.number}`,
    title: issue.title,
    body: issue.body,
    state: issue.state,
    state_reason: issue.stateReason,
    labels: issue.labels.map((name) => labelJson(call, name)),
    assignees: issue.assignees.map((login) => personJson({ login, type: 'User' })),
    locked: issue.locked,
    user: personJson(issue.author),
    closed_by: issue.closedBy ? personJson(issue.closedBy) : null,
    closed_at: issue.closedAt ?? null,
    comments: issue.comments.length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    ...(issue.pullRequest && { pull_request: { url: `${repositoryUrl(call)}/pulls/${issue.number}` } }),
  };
}

export function commentJson(call: Json, issue: StoredIssue, comment: StoredComment) {
  return {
    id: comment.id,
    node_id: `IC_${comment.id}`,
    url: `${repositoryUrl(call)}/issues/comments/${comment.id}`,
    html_url: `${call.serverUrl}/${call.repository.fullName}/${issue.pullRequest ? 'pull' : 'issues'}/${issue.number}#issuecomment-${comment.id}`,
    issue_url: `${repositoryUrl(call)}/issues/${issue.number}`,
    body: comment.body,
    user: personJson(comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    performed_via_github_app: comment.viaApp ? { slug: comment.viaApp } : null,
    reactions: countReactions(comment.reactions),
  };
}

export function repositoryInPayload({ repository, apiUrl, serverUrl }: Json) {
  return {
    id: repository.id,
    name: repository.name,
    full_name: repository.fullName,
    owner: personJson({ login: repository.owner, type: 'User' }),
    private: repository.visibility !== 'public',
    visibility: repository.visibility,
    default_branch: repository.defaultBranch,
    url: `${apiUrl}/repos/${repository.fullName}`,
    html_url: `${serverUrl}/${repository.fullName}`,
  };
}

/** A workflow's run, in answers and payloads. */
export function runJson({ apiUrl, serverUrl, repository }: Json, run: StoredRun) {
  const url = `${apiUrl}/repos/${repository.fullName}/actions/runs/${run.id}`;
  return {
    id: run.id,
    name: run.workflow,
    path: `.github/workflows/${run.workflow}`,
    display_title: run.workflow,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    head_branch: run.branch,
    head_sha: run.commit,
    check_suite_id: run.suite ?? run.id,
    run_attempt: run.attempt,
    actor: personJson(run.actor),
    triggering_actor: personJson(run.attemptBy),
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    url,
    html_url: `${serverUrl}/${repository.fullName}/actions/runs/${run.id}`,
  };
}
