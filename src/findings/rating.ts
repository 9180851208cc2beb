import { z } from 'zod';

/**
 * What a person thinks of a finding: a 👍 or 👎 on its issue or on a comment of Courier's there, or `/courier rate`. Of one person the last one
 * counts; it is on record only if that person might triage when it was read.
 */
export const FindingRating = z.object({
  by: z.string(),
  at: z.string(),
  value: z.enum(['up', 'down']),
  from: z.enum(['reaction', 'rate']),
  text: z.string().optional(),
});
export type FindingRating = z.infer<typeof FindingRating>;

/** An issue that a crowd rates must not fill the ledger. */
export const mostRatings = 50;

/** The last rating of each person, by login in small letters. */
export function lastRatings(ratings: readonly FindingRating[]): ReadonlyMap<string, FindingRating> {
  const last = new Map<string, FindingRating>();
  for (const rating of ratings) {
    const before = last.get(rating.by.toLowerCase());
    if (!before || Date.parse(rating.at) >= Date.parse(before.at)) last.set(rating.by.toLowerCase(), rating);
  }
  return last;
}
