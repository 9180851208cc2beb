import type { CommentKey } from '../events/comment-key.ts';

/** The place in a pull request's changes that a review, or a comment within one, is about. */
export type ReviewPlace = {
  /** The commit that its author looked at, 40 hex digits. */
  commit: string | undefined;
  /** Of a comment on a file: as GitHub has it, so as untrusted as any text; its lines are those of that commit. */
  path?: string;
  startLine?: number;
  line?: number;
};

/** A comment as GitHub shows it now. Its text is its author's, as untrusted as any. */
export type CommentSnapshot = {
  /** Within a conversation ascending with time. */
  id: CommentKey;
  body: string;
  /** Login of who wrote it, with `[bot]` for apps; absent where the account is gone. */
  author: string | undefined;
  /** `app`: a bot's, or written by an app in a person's name. */
  by: 'person' | 'app';
  /** When others could first read it. */
  createdAt: string;
  /** Later than `createdAt` where somebody edited it: not always its author. */
  updatedAt: string;
  url: string;
  /** Absent for comments of a conversation. */
  review?: ReviewPlace;
};
