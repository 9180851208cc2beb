import type { SafeText } from '../publishing/safe-text.ts';

/**
 * Why GitHub did not do what it was asked for; nothing was changed then. `why` is a sentence for people, with what to do about it where there
 * is something.
 *
 * `moved`: the branch is not where it was seen. `exists`: there is one already, somewhere else. `protected`: the repository's rules forbid it.
 * `permission`: the token may not. `switched-off`: the repository takes no pull requests. `no-drafts`: none that are drafts.
 * `no-changes`: the branch holds nothing that its base has not. `conflict`: both changed the same lines. `rejected`: GitHub does not take it, for another reason.
 */
export type Obstacle = {
  obstacle:
    | 'moved'
    | 'exists'
    | 'protected'
    | 'permission'
    | 'switched-off'
    | 'no-drafts'
    | 'no-changes'
    | 'conflict'
    | 'rejected';
  why: string;
};

/** A file that is no ordinary one: `text` of a link is where it points. */
export type SpecialFile = { mode: 'executable' | 'link'; text: string };

/** What a commit does to the files of its parent, by path: their new text, as ordinary files, or `null` for those that are gone. */
export type FileChanges = ReadonlyMap<string, string | SpecialFile | null>;

/** A file of a commit: git's mode (`100644`, `120000` …) and the name of its content. */
export type TreeEntry = { mode: string; id: string; bytes: number | undefined };

/**
 * Branches of this repository, never forced. Errors are `ExternalError`; what the repository or the token does not allow is an `Obstacle`.
 *
 * Contract: each may be called again after a crash or a lost answer, and comes to the same.
 */
export interface Branches {
  /** Asked of GitHub at each call. `undefined`: there is no such branch. */
  head(branch: string): Promise<string | undefined>;
  /** One that stands at this commit already is fine. */
  create(branch: string, commit: string): Promise<'created' | Obstacle>;
  /**
   * The same, and GitHub shows it at the issue where it can be had: `linked` says so, `plain` why not, in a sentence. One that stands at this
   * commit already is `plain`.
   */
  createLinked(
    branch: string,
    from: { issue: number; commit: string },
  ): Promise<{ made: 'linked' } | { made: 'plain'; why: string } | Obstacle>;
  /** Whether protection or a rule keeps people from pushing to it; false where there is no such branch, or GitHub does not tell. */
  isProtected(branch: string): Promise<boolean>;
  /** First lines of the messages of a commit and those before it, the newest first; at most thirty. */
  subjects(commit: string): Promise<readonly string[]>;
  /** The first parent of a commit; `undefined` where there is none, or no such commit. */
  parent(commit: string): Promise<string | undefined>;
  /** The commit at which a commit left a branch; `undefined` where they have none in common, or one of them is not there. */
  fork(branch: string, commit: string): Promise<string | undefined>;
  /** What a commit says of itself; `undefined` where there is no such commit. */
  message(commit: string): Promise<string | undefined>;
  /** All files of a commit, by path. @throws ExternalError where they are too many to be listed. */
  tree(commit: string): Promise<ReadonlyMap<string, TreeEntry>>;
  /** The content of a file, by the `id` of its entry. */
  content(id: string): Promise<Uint8Array>;
  /**
   * One commit on top of `base`, which is the branch's head then: `moved` where it is not, or is not any more when the branch is to follow.
   * The files' text goes out as it is: whoever made it has kept secrets out of it.
   *
   * @returns the branch's new head: `base` where the files are so already.
   */
  commit(
    branch: string,
    change: { base: string; files: FileChanges; message: SafeText },
  ): Promise<{ commit: string } | Obstacle>;
  /** The same commit, on no branch yet: `advance` brings it to one. */
  write(change: { base: string; files: FileChanges; message: SafeText }): Promise<{ commit: string } | Obstacle>;
  /** Moves a branch that is at `from` forward to a commit on top of it; one that is there already is fine. `moved`: it is at neither. */
  advance(branch: string, move: { from: string; to: string }): Promise<'advanced' | Obstacle>;
  /** Brings what `from` has and the branch has not into it: by going forward, else by a merge. `head`: its head then, the same where it has all. */
  bringIn(branch: string, from: string): Promise<{ head: string } | Obstacle>;
  /** Who brought the branch to a commit; `undefined` where GitHub does not tell. */
  pusher(branch: string, commit: string): Promise<{ login: string; by: 'person' | 'app' } | undefined>;
  /** Only while its head is `at`; one that is gone is fine. */
  remove(branch: string, at: string): Promise<'removed' | Obstacle>;
}

/** A pull request as GitHub tells of it now. Its words are anybody's. */
export type PullRequestSnapshot = {
  number: number;
  url: string;
  title: string;
  body: string;
  isOpen: boolean;
  isDraft: boolean;
  /** Login, with `[bot]` for apps; absent where the account is gone. */
  author: string | undefined;
  /** `own`: the branch is in this repository, not in a fork. */
  head: { branch: string; commit: string; own: boolean };
  base: string;
  /** The commit of the base that holds it; `by` as `author`. Absent until it is merged. */
  merged: { commit: string; at: string; by: string | undefined; byPerson: boolean } | undefined;
};

/** One review of a pull request, about one commit. */
export type ReviewSnapshot = {
  id: number;
  author: string | undefined;
  by: 'person' | 'app';
  /** `pending`: not sent yet, and seen by its author alone. */
  state: 'approved' | 'changes-requested' | 'commented' | 'dismissed' | 'pending';
  /** The head when it was written; absent where GitHub does not know it any more. */
  commit: string | undefined;
  body: string;
  at: string;
  url: string;
};

export interface PullRequests {
  /** `undefined`: there is none of that number. */
  read(number: number): Promise<PullRequestSnapshot | undefined>;
  /** Those from a branch of this repository, in any state, the newest first. `merged` is not told here: read it. */
  listFrom(branch: string): Promise<readonly Omit<PullRequestSnapshot, 'merged'>[]>;
  /** Sent once: where the answer is lost, `listFrom` tells whether it was made. `exists` where one of the branch is open already. */
  create(pull: {
    head: string;
    base: string;
    title: SafeText;
    body: SafeText;
    draft: boolean;
  }): Promise<{ number: number; url: string } | Obstacle>;
  update(
    number: number,
    change: { title?: SafeText; body?: SafeText; state?: 'open' | 'closed' },
  ): Promise<'updated' | Obstacle>;
  /** The oldest first. */
  reviews(number: number): Promise<readonly ReviewSnapshot[]>;
}
