import { flatten, type GitObjects, isAncestor, treeOf } from './git-objects.ts';
import { paginate, type Reply, type RepositoryCall } from './http.ts';
import { HttpError } from './http-error.ts';

/** A commit and all before it, newest first, by the committers' dates; where those are equal, children before their parents. */
function historyOf(objects: GitObjects, head: string): string[] {
  return childrenFirst(objects, head).toSorted((a, b) => timeOf(objects, b) - timeOf(objects, a));
}

function childrenFirst(objects: GitObjects, head: string): string[] {
  const [seen, order]: [Set<string>, string[]] = [new Set(), []];
  const waiting = [{ sha: head, isLeft: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { sha, isLeft } = next;
    const commit = objects.get(sha);
    if (isLeft) order.push(sha);
    if (seen.has(sha) || commit?.type !== 'commit') continue;
    seen.add(sha);
    waiting.push({ sha, isLeft: true }, ...commit.parents.map((parent) => ({ sha: parent, isLeft: false })));
  }
  return order.reverse();
}

function timeOf(objects: GitObjects, sha: string): number {
  const commit = objects.get(sha);
  return commit?.type === 'commit' ? Date.parse(commit.committer.date) : 0;
}

/** The commit of a branch or of a full name. */
function resolve({ repository: { refs, objects, defaultBranch } }: RepositoryCall, name: string | null): string {
  const sha = refs.get(`refs/heads/${name ?? defaultBranch}`) ?? name ?? '';
  if (objects.get(sha)?.type !== 'commit') throw new HttpError(404, 'Not Found');
  return sha;
}

/** Files that differ between two trees; renames are told as GitHub tells them where the content is the same. */
function differences(objects: GitObjects, base: string | undefined, head: string) {
  const before = base === undefined ? new Map() : flatten(objects, treeOf(objects, base) ?? '');
  const after = flatten(objects, treeOf(objects, head) ?? '');
  const removed = [...before.keys()].filter((path) => !after.has(path));
  const changed = [...after].flatMap(([path, { sha }]) => {
    if (before.get(path)?.sha === sha) return [];
    const from = before.has(path) ? undefined : removed.find((old) => before.get(old)?.sha === sha);
    if (from !== undefined) return [{ filename: path, status: 'renamed', previous_filename: from, sha }];
    return [{ filename: path, status: before.has(path) ? 'modified' : 'added', sha }];
  });
  const moved = new Set(changed.flatMap((file) => ('previous_filename' in file ? [file.previous_filename] : [])));
  return [
    ...changed,
    ...removed.filter((path) => !moved.has(path)).map((path) => ({ filename: path, status: 'removed' })),
  ];
}

function commitJson(call: RepositoryCall, sha: string) {
  const commit = call.repository.objects.get(sha);
  if (commit?.type !== 'commit') throw new HttpError(404, 'Not Found');
  const { author, committer, message, parents } = commit;
  // GitHub knows an account by the address; the double by the part that it gives out itself.
  const [, login] = /^(?:\d+\+)?(.+)@users\.noreply\.github\.test$/.exec(author.email) ?? [];
  return {
    sha,
    url: `${call.apiUrl}/repos/${call.repository.fullName}/commits/${sha}`,
    html_url: `${call.serverUrl}/${call.repository.fullName}/commit/${sha}`,
    commit: { author, committer, message },
    author: login === undefined ? null : { login, type: 'User' },
    parents: parents.map((parent) => ({ sha: parent })),
  };
}

function listCommits(call: RepositoryCall): Reply {
  if (call.repository.refs.size === 0) throw new HttpError(409, 'Git Repository is empty.');
  const { objects } = call.repository;
  const path = call.query.get('path');
  const until = Date.parse(call.query.get('until') ?? '9999-01-01T00:00:00Z');
  const since = Date.parse(call.query.get('since') ?? '1970-01-01T00:00:00Z');
  const found = historyOf(objects, resolve(call, call.query.get('sha'))).filter((sha) => {
    const isWanted = path === null || touches(objects, sha, path);
    return isWanted && timeOf(objects, sha) <= until && timeOf(objects, sha) >= since;
  });
  const { page, headers } = paginate(found, call);
  return { status: 200, headers, body: page.map((sha) => commitJson(call, sha)) };
}

function touches(objects: GitObjects, sha: string, path: string): boolean {
  const commit = objects.get(sha);
  const parent = commit?.type === 'commit' ? commit.parents[0] : undefined;
  return differences(objects, parent, sha).some(
    (file) => file.filename === path || ('previous_filename' in file && file.previous_filename === path),
  );
}

// GitHub's own limit of a comparison without pages; the files come with the first page only.
const mostCompared = 250;

function compareCommits(call: RepositoryCall): Reply {
  const [base, head] = (call.params.basehead ?? '').split('...').map((name) => resolve(call, name));
  if (base === undefined || head === undefined) throw new HttpError(404, 'Not Found');
  const { objects } = call.repository;
  const [before, after] = [historyOf(objects, base), historyOf(objects, head)];
  const ahead = after.filter((sha) => !before.includes(sha)).reverse();
  const behind = before.filter((sha) => !after.includes(sha));
  const mergeBase = before.find((sha) => after.includes(sha));
  if (mergeBase === undefined) throw new HttpError(404, 'No common ancestor between the two commits.');
  const paged = call.query.has('page') || call.query.has('per_page');
  const { page, headers } = paged ? paginate(ahead, call) : { page: ahead.slice(0, mostCompared), headers: {} };
  const first = Number(call.query.get('page') ?? 1) === 1;
  const body = {
    status: statusOf(objects, base, head),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    base_commit: commitJson(call, base),
    merge_base_commit: commitJson(call, mergeBase),
    commits: page.map((sha) => commitJson(call, sha)),
    ...(first ? { files: differences(objects, mergeBase, head) } : {}),
    html_url: `${call.serverUrl}/${call.repository.fullName}/compare/${base}...${head}`,
  };
  return { status: 200, headers, body };
}

function statusOf(objects: GitObjects, base: string, head: string): string {
  if (base === head) return 'identical';
  if (isAncestor(objects, base, head)) return 'ahead';
  return isAncestor(objects, head, base) ? 'behind' : 'diverged';
}

export const historyOperations: Readonly<Record<string, (call: RepositoryCall) => Reply>> = {
  'repos/list-commits': listCommits,
  'repos/compare-commits-with-basehead': compareCommits,
};
