/** A comment as GitHub shows it now. Its text is its author's, as untrusted as any. */
export type CommentSnapshot = {
  /** Ascending with time. */
  id: number;
  body: string;
  /** Login of who wrote it, with `[bot]` for apps; absent where the account is gone. */
  author: string | undefined;
  /** `app`: a bot's, or written by an app in a person's name. */
  by: 'person' | 'app';
  createdAt: string;
  /** Later than `createdAt` where somebody edited it: not always its author. */
  updatedAt: string;
  url: string;
};
