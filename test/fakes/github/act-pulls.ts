import {
  flatten,
  type GitObjects,
  isAncestor,
  type Leaf,
  treeOf,
  writeBlob,
  writeCommit,
  writeTree,
} from './git-objects.ts';
import type { Json } from './json.ts';
import { closeIssue, now, reopenIssue } from './people.ts';
import { baseOf, branchOf, headOf } from './pull-json.ts';
import type { StoredReview, StoredReviewComment } from './pull-state.ts';
import { nextId, type Person, type RepositoryState, type StoredIssue } from './state.ts';
import type { Webhooks } from './webhooks.ts';

type World = {
  at: (repository?: string) => Json;
  find: (place: Json, number: number) => StoredIssue;
  webhooks: Webhooks;
};
type Comment = Pick<StoredReviewComment, 'path' | 'line' | 'startLine' | 'side' | 'body' | 'viaApp'>;

const person = (login: string): Person => ({ login, type: login.endsWith('[bot]') ? 'Bot' : 'User' });

/** A commit on top of another. `null`: the file is gone. */
function commitOn(
  objects: GitObjects,
  { parent, files, message, login }: { parent: string; files: Files; message: string; login: string },
): string {
  const leaves = flatten(objects, treeOf(objects, parent) ?? '');
  for (const [path, text] of Object.entries(files))
    if (text === null) leaves.delete(path);
    else leaves.set(path, { mode: '100644', sha: writeBlob(objects, Buffer.from(text)) });
  return write(objects, { leaves, parents: [parent], message, login });
}

type Files = Readonly<Record<string, string | null>>;
type Written = { leaves: ReadonlyMap<string, Leaf>; parents: string[]; message: string; login: string };

function write(objects: GitObjects, { leaves, parents, message, login }: Written): string {
  const by = { name: login, email: `${login}@users.noreply.github.test`, date: new Date().toISOString() };
  return writeCommit(objects, { tree: writeTree(objects, leaves), parents, message, author: by, committer: by });
}

/** What a merge of `head` into `base` holds: of each file the side that changed it; both, and it is the head's. */
function mergedLeaves(objects: GitObjects, base: string, head: string): Map<string, Leaf> {
  const leavesOf = (commit: string) => flatten(objects, treeOf(objects, commit) ?? '');
  let fork: string | undefined = head;
  while (fork !== undefined && !isAncestor(objects, fork, base)) {
    const commit = objects.get(fork);
    fork = commit?.type === 'commit' ? commit.parents[0] : undefined;
  }
  const [before, theirs, merged] = [leavesOf(fork ?? ''), leavesOf(head), leavesOf(base)];
  for (const [path, leaf] of theirs) if (before.get(path)?.sha !== leaf.sha) merged.set(path, leaf);
  for (const path of before.keys()) if (!theirs.has(path)) merged.delete(path);
  return merged;
}

const branchRef = (branch: string) => `refs/heads/${branch}`;

/** People at branches and pull requests. */
export function createPullPeople({ at, find, webhooks }: World) {
  function addReview(
    place: Json,
    issue: StoredIssue,
    review: Omit<StoredReview, 'id' | 'commit' | 'reactions'> & { commit?: string },
  ) {
    issue.pull ??= {};
    issue.pull.reviews ??= [];
    const commit = review.commit ?? headOf(place.repository, issue);
    const stored: StoredReview = { ...review, id: nextId(), commit, reactions: [] };
    issue.pull.reviews.push(stored);
    return stored;
  }
  function addReviewComment(issue: StoredIssue, review: StoredReview, comment: Comment): StoredReviewComment {
    issue.pull ??= {};
    issue.pull.reviewComments ??= [];
    const { author, commit, submittedAt: time } = review;
    const stored = { ...comment, author, commit, review: review.id, id: nextId(), reactions: [] };
    const dated = { ...stored, createdAt: time, updatedAt: time };
    issue.pull.reviewComments.push(dated);
    return dated;
  }
  return {
    /** A review, sent. `commit`: what they looked at; default: the head. */
    review(
      login: string,
      state: StoredReview['state'],
      {
        issue: number,
        body = '',
        comments = [],
        repository,
        at: when = now(),
        ...more
      }: {
        issue: number;
        body?: string;
        comments?: readonly Comment[];
        commit?: string;
        repository?: string;
        at?: string;
      },
    ): StoredReview {
      const place = at(repository);
      const issue = find(place, number);
      const review = addReview(place, issue, { ...more, state, body, author: person(login), submittedAt: when });
      const happening = { ...place, who: person(login), issue };
      if (state !== 'PENDING') webhooks.review('submitted', { ...happening, review });
      for (const each of comments) {
        const comment = addReviewComment(issue, review, each);
        if (state !== 'PENDING') webhooks.reviewComment('created', { ...happening, comment });
      }
      return review;
    },
    dismissReview(
      login: string,
      { issue: number, review, repository }: { issue: number; review: StoredReview; repository?: string },
    ): void {
      const place = at(repository);
      review.state = 'DISMISSED';
      webhooks.review('dismissed', { ...place, who: person(login), issue: find(place, number), review });
    },
    /** Commits files to a branch, which is made where it is missing. @returns the commit. */
    push(
      login: string,
      {
        branch,
        files,
        message = 'a change',
        repository,
      }: { branch: string; files: Files; message?: string; repository?: string },
    ): string {
      const { refs, objects, defaultBranch, activity } = at(repository).repository;
      const parent = refs.get(branchRef(branch)) ?? refs.get(branchRef(defaultBranch)) ?? '';
      const commit = commitOn(objects, { parent, files, message, login });
      refs.set(branchRef(branch), commit);
      activity.push({ ref: branchRef(branch), before: parent, after: commit, actor: login });
      return commit;
    },
    merge(
      login: string,
      {
        issue: number,
        method = 'merge',
        repository,
      }: { issue: number; method?: 'merge' | 'squash'; repository?: string },
    ): string {
      const place = at(repository);
      const issue = find(place, number);
      const commit = mergeInto(place.repository, issue, { login, method });
      issue.pull = { ...issue.pull, merged: { commit, at: now(), by: person(login) } };
      closeIssue(issue, person(login));
      webhooks.pull('closed', { ...place, who: person(login), issue });
      return commit;
    },
    closePull(login: string, { issue: number, repository }: { issue: number; repository?: string }): void {
      const place = at(repository);
      closeIssue(find(place, number), person(login));
      webhooks.pull('closed', { ...place, who: person(login), issue: find(place, number) });
    },
    reopenPull(login: string, { issue: number, repository }: { issue: number; repository?: string }): void {
      const place = at(repository);
      reopenIssue(find(place, number), person(login));
      webhooks.pull('reopened', { ...place, who: person(login), issue: find(place, number) });
    },
  };
}

function mergeInto(
  repository: RepositoryState,
  issue: StoredIssue,
  { login, method }: { login: string; method: 'merge' | 'squash' },
): string {
  const { refs, objects } = repository;
  const target = branchRef(baseOf(repository, issue));
  const [base, head] = [refs.get(target) ?? '', headOf(repository, issue)];
  const parents = method === 'merge' ? [base, head] : [base];
  const message = `Merge ${branchOf(issue)} (#${issue.number})`;
  const commit = write(objects, { leaves: mergedLeaves(objects, base, head), parents, message, login });
  refs.set(target, commit);
  issue.head = head;
  return commit;
}
