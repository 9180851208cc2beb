import type { SafeText } from '../publishing/safe-text.ts';

/** An issue as GitHub shows it now. */
export type IssueSnapshot = {
  number: number;
  url: string;
  title: string;
  body: string;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | undefined;
  labels: readonly string[];
  locked: boolean;
  /** Login of the author, with `[bot]` for apps. */
  author: string | undefined;
  /** Login of who closed it last, with `[bot]` for apps; absent while open or where it cannot be told. */
  closedBy: string | undefined;
};

/** `color` is six hex digits without `#`; `description` at most 100 characters. */
export type Label = { name: string; color: string; description: string };

export type NewIssue = { title: SafeText; body: SafeText; labels: readonly SafeText[]; assignees: readonly string[] };

export type IssueUpdate = {
  title?: SafeText;
  body?: SafeText;
  state?: { to: 'open' } | { to: 'closed'; reason: 'completed' | 'not_planned' };
  addLabels?: readonly SafeText[];
  removeLabels?: readonly SafeText[];
};
