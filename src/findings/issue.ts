import type { SafeText } from '../publishing/safe-text.ts';

/** An issue as GitHub shows it now. */
export type IssueSnapshot = {
  number: number;
  url: string;
  title: string;
  body: string;
  /** When title or text were changed last; absent where they never were, or GitHub did not tell. */
  editedAt?: string | undefined;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | undefined;
  labels: readonly string[];
  /** Logins; absent where GitHub did not tell. */
  assignees?: readonly string[] | undefined;
  locked: boolean;
  /** Login of the author, with `[bot]` for apps. */
  author: string | undefined;
  /** Login of who closed it last, with `[bot]` for apps; absent while open or where it cannot be told. */
  closedBy: string | undefined;
  /** When it was closed last; absent while open. */
  closedAt?: string | undefined;
  /** Closed by a merged pull request or a commit that says so: with the commit on the branch, where GitHub tells it. */
  closedWith?: { pullRequest?: number | undefined; commit?: string | undefined } | undefined;
  /** A project's automation closed it, as somebody there called it done. */
  closedOnBoard?: boolean | undefined;
  /** Who opened it again last, and when. */
  reopened?: Act | undefined;
  /** The number of the issue, in this repository, that it was marked a duplicate of. */
  duplicateOf?: number | undefined;
  /** Who set labels, oldest first, as far back as GitHub told. */
  labelled?: readonly (Act & { label: string })[] | undefined;
  /** 👍 and 👎 of people on it and on Courier's comments there; absent where GitHub did not tell. */
  thumbs?: readonly Thumb[] | undefined;
};

/** `by`: a person's login. `comment`: the id of the comment that it is on. */
export type Thumb = { by: string; at: string; value: 'up' | 'down'; comment?: number };

/** `by`: login, with `[bot]` for apps. */
type Act = { at: string; by: string | undefined };

/** `color` is six hex digits without `#`; `description` at most 100 characters. */
export type Label = { name: string; color: string; description: string };

export type NewIssue = { title: SafeText; body: SafeText; labels: readonly SafeText[]; assignees: readonly string[] };

export type IssueUpdate = {
  title?: SafeText;
  body?: SafeText;
  state?: { to: 'open' } | { to: 'closed'; reason: 'completed' | 'not_planned' | 'duplicate' };
  addLabels?: readonly SafeText[];
  removeLabels?: readonly SafeText[];
};
