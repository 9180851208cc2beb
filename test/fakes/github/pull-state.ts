import type { Person, StoredReaction } from './person.ts';

/** A review as it was sent; `DISMISSED` where somebody took its weight away. */
export type StoredReview = {
  id: number;
  author: Person;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  body: string;
  /** The head that it was about. */
  commit: string;
  submittedAt: string;
  lastEditedAt?: string;
  reactions: StoredReaction[];
};

/** A comment on a line of the changes; it is always part of a review. */
export type StoredReviewComment = {
  id: number;
  review: number;
  author: Person;
  body: string;
  path: string;
  line: number;
  startLine?: number;
  /** Which file `line` counts; default: the newer one. */
  side?: 'LEFT' | 'RIGHT';
  commit: string;
  inReplyTo?: number;
  createdAt: string;
  updatedAt: string;
  lastEditedAt?: string;
  reactions: StoredReaction[];
  viaApp?: string;
};

/** What an issue has besides where it is a pull request. */
export type StoredPull = {
  /** The branch whose commits it holds. */
  branch?: string;
  /** Default: the default branch. */
  base?: string;
  draft?: boolean;
  /** `owner/name` of the fork that its branch is in. */
  fork?: string;
  merged?: { commit: string; at: string; by: Person };
  reviews?: StoredReview[];
  reviewComments?: StoredReviewComment[];
};
