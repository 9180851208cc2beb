import { type GitObjects, isAncestor } from './git-objects.ts';
import { paginate, type Reply, type RepositoryCall } from './http.ts';
import { HttpError } from './http-error.ts';

/** A commit and all before it, newest first, by the committers' dates. */
function historyOf(objects: GitObjects, head: string): string[] {
  const seen = new Set<string>();
  const waiting = [head];
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    const commit = objects.get(sha);
    if (seen.has(sha) || commit?.type !== 'commit') continue;
    seen.add(sha);
    waiting.push(...commit.parents);
  }
  // Children before their parents where the dates are equal.
  const order = [...seen];
  return order.toSorted((a, b) => timeOf(objects, b) - timeOf(objects, a) || order.indexOf(a) - order.indexOf(b));
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

function commitJson(call: RepositoryCall, sha: string) {
  const commit = call.repository.objects.get(sha);
  if (commit?.type !== 'commit') throw new HttpError(404, 'Not Found');
  const { author, committer, message, parents } = commit;
  return {
    sha,
    url: `${call.apiUrl}/repos/${call.repository.fullName}/commits/${sha}`,
    html_url: `${call.serverUrl}/${call.repository.fullName}/commit/${sha}`,
    commit: { author, committer, message },
    parents: parents.map((parent) => ({ sha: parent })),
  };
}

function listCommits(call: RepositoryCall): Reply {
  if (call.repository.refs.size === 0) throw new HttpError(409, 'Git Repository is empty.');
  const { objects } = call.repository;
  const until = Date.parse(call.query.get('until') ?? '9999-01-01T00:00:00Z');
  const since = Date.parse(call.query.get('since') ?? '1970-01-01T00:00:00Z');
  const found = historyOf(objects, resolve(call, call.query.get('sha'))).filter((sha) => {
    return timeOf(objects, sha) <= until && timeOf(objects, sha) >= since;
  });
  const { page, headers } = paginate(found, call);
  return { status: 200, headers, body: page.map((sha) => commitJson(call, sha)) };
}

function compareCommits(call: RepositoryCall): Reply {
  const [base, head] = (call.params.basehead ?? '').split('...').map((name) => resolve(call, name));
  if (base === undefined || head === undefined) throw new HttpError(404, 'Not Found');
  const { objects } = call.repository;
  const [before, after] = [historyOf(objects, base), historyOf(objects, head)];
  const ahead = after.filter((sha) => !before.includes(sha)).reverse();
  const behind = before.filter((sha) => !after.includes(sha));
  const { page, headers } = paginate(ahead, call);
  const body = {
    status: statusOf(objects, base, head),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    base_commit: commitJson(call, base),
    commits: page.map((sha) => commitJson(call, sha)),
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
