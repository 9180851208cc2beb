/** Commits from one to another, as a person would want to see them: at most ten, those that touched the file in question first, newest first. */
export type CommitRange = {
  /** Full names, 40 hex digits or more. */
  base: string;
  head: string;
  /** How many there are in all. */
  total: number;
  commits: readonly RangeCommit[];
};

/** `title` is the first line of the message, as its author wrote it: untrusted text. */
export type RangeCommit = { sha: string; title: string; author: string | undefined; touches: boolean };
