import { z } from 'zod';

/**
 * Where in a repository somebody writes: the conversation of an issue or a pull request; a line of a pull request's diff (`review-comment`); or
 * the text of a review. GitHub numbers each of the three on its own, so that one number may mean three texts.
 */
const laneNames = ['comment', 'review', 'review-comment'] as const;
export type Lane = (typeof laneNames)[number];

type ReviewKey = `review-comment-${number}-${number}` | `review-${number}-${number}`;

/** By what a text with commands is known: its id where it is a comment of a conversation; else its lane, its pull request and its id. */
export type CommentKey = number | ReviewKey;

const reviewKey = /^(review-comment|review)-([1-9]\d{0,9})-([1-9]\d{0,15})$/;

const isReviewKey = (value: unknown): boolean => typeof value === 'string' && reviewKey.test(value);
export const ReviewKey = z.custom<ReviewKey>(isReviewKey, 'is no key of a review');

/** What a key says. `pullRequest` only where the id alone does not find it. */
export function partsOf(key: CommentKey): { lane: Lane; id: number; pullRequest?: number } {
  if (typeof key === 'number') return { lane: 'comment', id: key };
  const [, lane, pullRequest, id] = reviewKey.exec(key) ?? [];
  return {
    lane: lane === 'review' ? 'review' : 'review-comment',
    pullRequest: Number(pullRequest),
    id: Number(id),
  };
}

export function reviewKeyOf(lane: Exclude<Lane, 'comment'>, pullRequest: number, id: number): ReviewKey {
  return lane === 'review' ? `review-${pullRequest}-${id}` : `review-comment-${pullRequest}-${id}`;
}

/** For people: `comment 12`, `review comment 12`, `review 12`. */
export function nameOfComment(key: CommentKey): string {
  const { lane, id } = partsOf(key);
  return `${lane.replace('-', ' ')} ${id}`;
}

/** For texts of the same time: the conversation first, the text of a review before what it says of single lines; within a lane by id. */
export function compareKeys(one: CommentKey, other: CommentKey): number {
  const [a, b] = [partsOf(one), partsOf(other)];
  return laneNames.indexOf(a.lane) - laneNames.indexOf(b.lane) || a.id - b.id;
}
