import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareKeys, nameOfComment, partsOf, ReviewKey, reviewKeyOf } from '../../src/events/comment-key.ts';

const ids = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const pulls = fc.integer({ min: 1, max: 2 ** 31 - 1 });

it('says again what a key was made of, and the same number is another comment in each lane', () => {
  fc.assert(
    fc.property(pulls, ids, (pullRequest, id) => {
      const keys = [id, reviewKeyOf('review', pullRequest, id), reviewKeyOf('review-comment', pullRequest, id)];
      expect(new Set(keys).size).toBe(3);
      expect(keys.map(partsOf)).toEqual([
        { lane: 'comment', id },
        { lane: 'review', pullRequest, id },
        { lane: 'review-comment', pullRequest, id },
      ]);
      expect(keys.toReversed().toSorted(compareKeys)).toEqual(keys);
    }),
  );
});

it.each([['review-7'], ['review-7-0'], ['review-07-1'], ['review-7-1 '], ['comment-7-1'], ['review-7-1\n'], [7], [{}]])(
  'takes no key that is none: %j',
  (text) => {
    expect(ReviewKey.safeParse(text).success).toBe(false);
  },
);

it('has a name for people', () => {
  expect(nameOfComment(12)).toBe('comment 12');
  expect(nameOfComment('review-comment-7-12')).toBe('review comment 12');
});
