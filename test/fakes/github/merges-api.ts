import { flatten, type GitObjects, isAncestor, type Leaf, treeOf, writeCommit, writeTree } from './git-objects.ts';
import { paginate, type Reply, type RepositoryCall, text } from './http.ts';
import { HttpError } from './http-error.ts';
import { personJson } from './json.ts';

const leavesOf = (objects: GitObjects, commit: string) => flatten(objects, treeOf(objects, commit) ?? '');

/** The newest commit of the first parents of one that the other has, too. */
function forkOf(objects: GitObjects, one: string, other: string): string | undefined {
  for (let at: string | undefined = one; at !== undefined; ) {
    if (isAncestor(objects, at, other)) return at;
    const commit = objects.get(at);
    at = commit?.type === 'commit' ? commit.parents[0] : undefined;
  }
  return undefined;
}

/** What both sides changed since their fork, file by file; the path of one that both changed. */
function combine(objects: GitObjects, base: string, head: string): Map<string, Leaf> | string {
  const before = leavesOf(objects, forkOf(objects, base, head) ?? '');
  const [ours, theirs] = [leavesOf(objects, base), leavesOf(objects, head)];
  const merged = new Map(ours);
  for (const path of new Set([...before.keys(), ...theirs.keys()])) {
    const [old, now, other] = [before.get(path)?.sha, ours.get(path)?.sha, theirs.get(path)?.sha];
    if (other === old || other === now) continue;
    if (now !== old) return path;
    const leaf = theirs.get(path);
    if (leaf) merged.set(path, leaf);
    else merged.delete(path);
  }
  return merged;
}

/** As `POST /merges` does it: nothing where all is there already, 409 where both changed the same file. */
function merge(call: RepositoryCall): Reply {
  const { refs, objects, activity } = call.repository;
  const ref = `refs/heads/${text(call.body.base)}`;
  const named = text(call.body.head) ?? '';
  const base = refs.get(ref);
  const head = refs.get(`refs/heads/${named}`) ?? (objects.has(named) ? named : undefined);
  if (base === undefined) throw new HttpError(404, 'Base does not exist');
  if (head === undefined) throw new HttpError(404, 'Head does not exist');
  if (isAncestor(objects, head, base)) return { status: 204 };
  const leaves = combine(objects, base, head);
  if (typeof leaves === 'string') throw new HttpError(409, 'Merge conflict');
  const by = { name: 'c', email: `${call.who.login}@users.noreply.github.test`, date: new Date().toISOString() };
  const message = text(call.body.commit_message) ?? `Merge ${named} into ${text(call.body.base)}`;
  const written = { tree: writeTree(objects, leaves), parents: [base, head], message, author: by, committer: by };
  const sha = writeCommit(objects, written);
  refs.set(ref, sha);
  activity.push({ ref, before: base, after: sha, actor: call.who.login });
  return { status: 201, body: { sha, commit: { message }, parents: [{ sha: base }, { sha: head }] } };
}

/** Newest first. */
function listActivities(call: RepositoryCall): Reply {
  const wanted = call.query.get('ref');
  const ref = wanted && (wanted.startsWith('refs/') ? wanted : `refs/heads/${wanted}`);
  const found = call.repository.activity.filter((each) => ref === null || each.ref === ref).toReversed();
  const { page, headers } = paginate(found, call);
  const body = page.map(({ actor, ...each }) => ({
    ...each,
    activity_type: 'push',
    actor: personJson({ login: actor, type: actor.endsWith('[bot]') ? 'Bot' : 'User' }),
  }));
  return { status: 200, headers, body };
}

export const mergeOperations: Readonly<Record<string, (call: RepositoryCall) => Reply>> = {
  'repos/merge': merge,
  'repos/list-activities': listActivities,
};
