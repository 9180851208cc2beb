import { HttpError } from './http-error.ts';
import type { Level, RepositoryState, Token } from './state.ts';

/** What each operation asks of a token: an app's permission and its level. */
const needs: Readonly<Record<string, readonly [string, Level]>> = {
  'repos/get': ['metadata', 'read'],
  'repos/get-collaborator-permission-level': ['metadata', 'read'],
  'issues/list-for-repo': ['issues', 'read'],
  'issues/get': ['issues', 'read'],
  'issues/list-comments': ['issues', 'read'],
  'issues/list-comments-for-repo': ['issues', 'read'],
  'issues/get-comment': ['issues', 'read'],
  'issues/list-labels-on-issue': ['issues', 'read'],
  'issues/list-labels-for-repo': ['issues', 'read'],
  'issues/get-label': ['issues', 'read'],
  'issues/create': ['issues', 'write'],
  'issues/update': ['issues', 'write'],
  'issues/create-comment': ['issues', 'write'],
  'issues/update-comment': ['issues', 'write'],
  'issues/add-labels': ['issues', 'write'],
  'issues/remove-label': ['issues', 'write'],
  'issues/create-label': ['issues', 'write'],
  'reactions/list-for-issue-comment': ['issues', 'read'],
  'reactions/create-for-issue-comment': ['issues', 'write'],
  'reactions/delete-for-issue-comment': ['issues', 'write'],
  'reactions/create-for-issue': ['issues', 'write'],
  'actions/list-repo-workflows': ['actions', 'read'],
  'actions/get-workflow': ['actions', 'read'],
  'actions/create-workflow-dispatch': ['actions', 'write'],
  'actions/list-workflow-runs': ['actions', 'read'],
  'actions/list-workflow-runs-for-repo': ['actions', 'read'],
  'actions/get-workflow-run': ['actions', 'read'],
  'actions/cancel-workflow-run': ['actions', 'write'],
  'actions/list-workflow-run-artifacts': ['actions', 'read'],
  'actions/delete-artifact': ['actions', 'write'],
  'actions/re-run-workflow': ['actions', 'write'],
  'checks/create': ['checks', 'write'],
  'checks/update': ['checks', 'write'],
  'checks/get': ['checks', 'read'],
  'checks/list-for-ref': ['checks', 'read'],
  'checks/list-suites-for-ref': ['checks', 'read'],
  'checks/list-annotations': ['checks', 'read'],
  'repos/list-activities': ['contents', 'read'],
  'repos/merge': ['contents', 'write'],
  'pulls/get': ['pull_requests', 'read'],
  'pulls/list': ['pull_requests', 'read'],
  'pulls/create': ['pull_requests', 'write'],
  'pulls/update': ['pull_requests', 'write'],
  'pulls/list-reviews': ['pull_requests', 'read'],
  'pulls/get-review': ['pull_requests', 'read'],
  'pulls/list-review-comments': ['pull_requests', 'read'],
  'pulls/get-review-comment': ['pull_requests', 'read'],
  'reactions/create-for-pull-request-review-comment': ['pull_requests', 'write'],
  'git/get-ref': ['contents', 'read'],
  'git/get-tree': ['contents', 'read'],
  'git/get-commit': ['contents', 'read'],
  'git/get-blob': ['contents', 'read'],
  'repos/list-commits': ['contents', 'read'],
  'repos/compare-commits-with-basehead': ['contents', 'read'],
  'repos/get-content': ['contents', 'read'],
  'pulls/list-files': ['pull_requests', 'read'],
  'git/create-ref': ['contents', 'write'],
  'git/update-ref': ['contents', 'write'],
  'git/delete-ref': ['contents', 'write'],
  'git/create-tree': ['contents', 'write'],
  'git/create-commit': ['contents', 'write'],
  'git/create-blob': ['contents', 'write'],
  'code-scanning/upload-sarif': ['security_events', 'write'],
  'security-advisories/list-repository-advisories': ['repository_advisories', 'read'],
  'security-advisories/get-repository-advisory': ['repository_advisories', 'read'],
  'security-advisories/create-repository-advisory': ['repository_advisories', 'write'],
  'security-advisories/update-repository-advisory': ['repository_advisories', 'write'],
};

const anyoneMay = new Set([
  'issues/create',
  'issues/create-comment',
  'issues/update-comment',
  'reactions/create-for-issue-comment',
  'reactions/delete-for-issue-comment',
  'reactions/create-for-issue',
  'reactions/create-for-pull-request-review-comment',
]);
const triageMay = new Set(['issues/update', 'issues/add-labels', 'issues/remove-label']);

/** Whether the person or app may push: without it, labels and assignees of a new issue are dropped in silence. */
export function mayPush({ permissions, role }: Token): boolean {
  if (permissions) return permissions.issues === 'write';
  return role === 'write' || role === 'maintain' || role === 'admin';
}

function personMay(id: string, level: Level, token: Token): boolean {
  if (level === 'read' || anyoneMay.has(id)) return true;
  if (triageMay.has(id)) return token.role !== undefined && token.role !== 'read';
  return mayPush(token);
}

function appMay(name: string, level: Level, repository: RepositoryState, token: Token): boolean {
  const granted = name === 'metadata' ? 'read' : token.permissions?.[name];
  if (granted === 'write') return true;
  return level === 'read' && (granted === 'read' || repository.visibility === 'public');
}

/** @throws HttpError 403 as GitHub words it. */
export function requirePermission(id: string, repository: RepositoryState, token: Token): void {
  const [name, level] = needs[id] ?? ['metadata', 'read'];
  const headers = { 'x-accepted-github-permissions': `${name}=${level}` };
  if (token.permissions) {
    if (!appMay(name, level, repository, token))
      throw new HttpError(403, 'Resource not accessible by integration', { headers });
    return;
  }
  if (!personMay(id, level, token)) throw new HttpError(403, 'Must have admin rights to Repository.', { headers });
}
