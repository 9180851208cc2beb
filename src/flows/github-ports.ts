import type { CheckContent } from '../commands/check-run.ts';
import type { CommentSnapshot } from '../commands/comment.ts';
import type { PlacedComment } from '../commands/read-request.ts';
import type { CommentKey } from '../events/comment-key.ts';
import type { Role } from '../events/role.ts';
import type { CommitRange } from '../findings/commit-range.ts';
import type { IssueSnapshot, IssueUpdate, Label, NewIssue } from '../findings/issue.ts';
import type { AdvisoryDraft } from '../findings/render-advisory.ts';
import type { Store } from '../ledger/store.ts';
import type { SafeText } from '../publishing/safe-text.ts';
import type { Branches, PullRequests } from './pull-request-ports.ts';

export type { AdvisoryDraft, IssueSnapshot, IssueUpdate, Label, NewIssue };

/** How writes are to go. */
export type Conduct = {
  /** Milliseconds since the epoch: a call that GitHub's limits would keep waiting beyond it throws `OutOfTimeError`, and has created nothing. */
  deadline: number;
  /** What others created lately, as times in milliseconds: GitHub counts it too. */
  recent: readonly number[];
  /** Called right before each request that creates something, also when it is sent again; what it throws ends the call. */
  ready: () => Promise<void>;
};

/** Issues of one repository. Errors are `ExternalError` with a hint that names a missing permission in one sentence. */
export interface Issues {
  /** Known issues by number, a hundred per request; a number that is gone (deleted, transferred) is absent from the map. */
  read(numbers: readonly number[]): Promise<ReadonlyMap<number, IssueSnapshot>>;
  /** Issues with the label, any state, by our own identity only: finds creations whose answer was lost. */
  listOwn(label: string): Promise<readonly IssueSnapshot[]>;
  /** A text that changes whenever an issue with the label is made or changed: a sign of life of whoever writes them. */
  newestChange(label: string): Promise<string>;
  /** @returns the labels that it got: GitHub drops them in silence where the token's owner may not give any. */
  create(issue: NewIssue): Promise<{ number: number; url: string; labels: readonly string[] }>;
  /** Labels first, then text and state: an issue that has the wanted state has all else of the change. */
  update(number: number, change: IssueUpdate): Promise<void>;
  /**
   * @param mark a part of `body`: where a comment of our own identity holds it already, this one was written before and is not again.
   * @returns whether it was written now.
   */
  comment(number: number, body: SafeText, mark?: SafeText): Promise<boolean>;
  /** Creates those that are missing (names compare without case); never changes one that is there. @returns the names of those it made. */
  ensureLabels(labels: readonly Label[]): Promise<readonly string[]>;
}

export type { CommentSnapshot, PlacedComment };
export type Reaction = 'eyes' | 'rocket' | 'confused';

/** A comment and where it stands. */
export type RecentComment = { issue: number; pullRequest: boolean; comment: CommentSnapshot };

/** Comments of issues and pull requests. Errors are `ExternalError`. */
export interface Comments {
  /** By id, so the oldest first; with a time (ISO) only those that were written or edited since. Empty for an issue that is gone. */
  list(issue: number, since?: string): Promise<readonly CommentSnapshot[]>;
  /**
   * Of the reviews of a pull request: their texts, and the comments on its changes, that others could read first at a time (ISO) or after it.
   * Empty for a pull request that is gone.
   */
  listReviewed(pullRequest: number, since: string): Promise<readonly CommentSnapshot[]>;
  /**
   * Of the whole repository, written or edited since a time (ISO); where there are very many, the newest thousand, and of reviews those of the
   * fifty pull requests that changed last.
   */
  recent(since: string): Promise<readonly RecentComment[]>;
  /** `undefined`: deleted. */
  read(comment: CommentKey): Promise<PlacedComment | undefined>;
  /** Ours; having it already is fine, and so is a comment that is gone. */
  react(comment: CommentKey, reaction: Reaction): Promise<void>;
  /**
   * The comment of our own identity that holds `mark`, written where there is none: called twice with the same mark, it is there once.
   * @param mark a part of `body`.
   */
  ensure(issue: number, mark: SafeText, body: SafeText): Promise<{ id: number; written: boolean }>;
  /** Puts another text into a comment of ours. @returns false where it is gone. */
  edit(id: number, body: SafeText): Promise<boolean>;
}

/** One run of a workflow. */
export type WorkflowRun = {
  id: number;
  url: string;
  /** What started it: `workflow_dispatch`, `schedule` … */
  event: string;
  title: string;
  branch: string | undefined;
  commit: string;
  /** `completed` is its end; all others are on their way. */
  status: string;
  /** Of an ended run: `success`, `failure`, `cancelled` … */
  conclusion: string | undefined;
  createdAt: string;
  attempt: number;
  /** Who started it first, and who this attempt. */
  actor: string | undefined;
  attemptBy: string | undefined;
};

/** A file of a workflow's run. */
export type WorkflowArtifact = { id: number; run: number; name: string; bytes: number; expiresAt: string | undefined };

/** Workflows of the repository. Errors are `ExternalError`. */
export interface Workflows {
  /**
   * Starts a workflow, sent once: where the answer is lost, nobody knows whether it was started.
   * @param workflow the file's name below `.github/workflows`. @param branch the branch whose workflow file and code run.
   * @returns the run's id where this GitHub tells it; `missing` where the workflow is not there, is switched off or takes no such input.
   */
  dispatch(
    workflow: string,
    start: { branch: string; request: string },
  ): Promise<{ run: number | undefined } | { missing: string }>;
  /** The newest first, at most a hundred; of a workflow that is not there, none. */
  runs(
    workflow: string,
    only?: { event?: string; status?: string; branch?: string; since?: string },
  ): Promise<readonly WorkflowRun[]>;
  readRun(id: number): Promise<WorkflowRun | undefined>;
  /** Has it end; its steps that always run do so. One that has ended, or is gone, is fine. */
  cancelRun(id: number): Promise<void>;
  /** What a run keeps under a name; none where it has expired or the run is gone. */
  listArtifacts(run: number, name: string): Promise<readonly WorkflowArtifact[]>;
  /** One that is gone already is fine. */
  removeArtifact(id: number): Promise<void>;
  /** The next attempt of a run that ended. @returns false where it is not there, or works already. */
  rerun(id: number): Promise<boolean>;
}

export type { CheckContent };

/** A check of somebody else that failed on a commit. Its words are those of what it ran. */
export type FailedCheck = { id: number; name: string; how: 'failed' | 'timed-out'; title: string; summary: string };
/** A remark of a check about lines of a file, as untrusted as that. */
export type CheckNote = { path: string; line: number | undefined; text: string };

/** Check runs on commits. Errors are `ExternalError`. */
export interface Checks {
  /**
   * Those of others: neither our app's nor those of the runs of a workflow file (below `.github/workflows`). `settled`: all that began have
   * ended, and there are some.
   */
  ofOthers(commit: string, besides: string): Promise<{ settled: boolean; failed: readonly FailedCheck[] }>;
  /** At most fifty. */
  notes(check: number): Promise<readonly CheckNote[]>;
  /** Those of our own app on a commit. `externalId` is what we gave it. */
  listOwn(commit: string): Promise<readonly { id: number; externalId: string }[]>;
  /** @returns `undefined` for a token that is not an app's, or of an app without the permission: there are no check runs then. */
  create(check: { commit: string; externalId: string } & CheckContent): Promise<number | undefined>;
  /** @returns false where it is gone, or is not ours to change. */
  update(id: number, content: CheckContent): Promise<boolean>;
}

/** A pull request as it is now. */
export type PullRequest = { head: string; isOpen: boolean };

/** A security advisory of the repository. */
export type Advisory = {
  /** `GHSA-…` */
  id: string;
  url: string;
  description: string;
  state: 'draft' | 'triage' | 'closed' | 'published' | 'withdrawn';
};

/** `refused`: the token may not, or the repository has not switched it on. `rejected`: it may, but GitHub does not take this text. */
export type NotTaken = 'refused' | 'rejected';

/**
 * Where only those can read who may know of a weakness. Errors are `ExternalError`; neither they nor the answers quote what was sent.
 * Nothing here publishes anything.
 */
export interface Disclosure {
  /** All, in any state, but those that somebody reported from outside: anybody may put a marker there. */
  listAdvisories(): Promise<readonly Advisory[] | NotTaken>;
  /** Sent once: where the answer is lost, nobody knows whether it was made. */
  createDraft(draft: AdvisoryDraft): Promise<{ id: string; url: string } | NotTaken>;
  readAdvisory(id: string): Promise<Advisory | NotTaken>;
  updateAdvisory(id: string, change: { state: 'draft' | 'closed'; description: SafeText }): Promise<'taken' | NotTaken>;
  /** Code scanning alerts of the branch `ref` (`refs/heads/…`): they take the place of the last upload of the same category. */
  uploadSarif(upload: { commit: string; ref: string; sarif: string }): Promise<'taken' | NotTaken>;
}

/** What the host knows about the repository on GitHub. */
export type RemoteRepository = {
  /** `owner/name`, as GitHub spells it. */
  name: string;
  /** GitHub's numeric id, as text: a fork's ledger starts fresh. */
  id: string;
  defaultBranch: string;
  /** Commit of the default branch's head, 40 hex digits. */
  defaultHead: string | undefined;
  visibility: 'public' | 'private' | 'internal';
  url: string;
};

/** One repository on GitHub. */
export interface GitHub {
  repository(): Promise<RemoteRepository>;
  /** @throws UserError that names, in one sentence, a permission which the token lacks for publishing. Writes nothing that people see. */
  checkPermissions(needs: readonly ('contents: write' | 'issues: write')[]): Promise<void>;
  /** Text of a file at a branch, tag or commit; `undefined` where there is none. */
  readFile(path: string, ref: string): Promise<string | undefined>;
  /** Names in the root of a commit. */
  root(commit: string): Promise<{ files: readonly string[]; folders: readonly string[] }>;
  /** Lines that a pull request adds or changes, on its head's side, by path. */
  changedLines(pullRequest: number): Promise<ReadonlyMap<string, readonly (readonly [number, number])[]>>;
  /** The login under which our writes appear, with `[bot]` for apps; asked once. In a workflow it is every workflow's name. */
  self(): Promise<string>;
  /** The newest commit of a branch; `undefined` where there is none. Made to be asked often: while nothing changes, GitHub counts no request. */
  headOf(branch: string): Promise<string | undefined>;
  /** The newest commit of a branch at a time (ISO), by the committers' dates; `undefined` where there was none. */
  headAt(branch: string, time: string): Promise<string | undefined>;
  /** Whether a commit comes after another in the history. False also where one of them is not known. */
  isAhead(base: string, commit: string): Promise<boolean>;
  /**
   * The commits from one to another, those that touched `path` first; at most two requests. `undefined` where one of them is not there
   * any more (a history that was rewritten).
   */
  commitsBetween(base: string, head: string, path?: string): Promise<CommitRange | undefined>;
  /** What a person may do here, now; `none` for a login that GitHub does not know. */
  roleOf(login: string): Promise<Role>;
  readonly issues: Issues;
  readonly comments: Comments;
  readonly workflows: Workflows;
  readonly checks: Checks;
  readonly branches: Branches;
  readonly pullRequests: PullRequests;
  /** `undefined`: there is none of that number. */
  pullRequest(number: number): Promise<PullRequest | undefined>;
  /** The same issues, with care: within a deadline and GitHub's limits. */
  issuesBy(conduct: Conduct): Issues;
  /** Private places for what must not be told in issues, within a deadline and GitHub's limits. */
  disclosureBy(conduct: Conduct): Disclosure;
  /** The ledger on a branch of this repository. */
  ledger(branch: string): Store;
}
