import { z } from 'zod';
import { ReviewKey } from '../events/comment-key.ts';

/**
 * What somebody wants of a session that works, as a pointer at the comment that says so: its words stay where they were written, and whoever
 * works on the session reads them there.
 */
const Letter = z.object({
  session: z.string().max(40),
  kind: z.enum(['tell', 'stop', 'kill']),
  by: z.string().max(100),
  /** ISO time. */
  at: z.string().max(40),
  issue: z.number().int().positive(),
  comment: z.union([z.number().int().positive(), ReviewKey]),
  /** Which of the comment's commands, from 0. */
  index: z.number().int().nonnegative(),
  /** SHA-256 of the comment's text as it was admitted. */
  digest: z.string().max(64),
});
export type Letter = z.infer<typeof Letter>;

/** Letters to the sessions that work. */
export const MailRecord = z.object({ version: z.literal(1), letters: z.array(Letter).max(1000).default([]) });
export type MailRecord = z.infer<typeof MailRecord>;

const most = 100;
/** No session works for so long. */
const oldest = 7 * 24 * 3_600_000;

/** With one more; the old ones make room. */
export function post({ letters }: MailRecord, letter: Letter): MailRecord {
  const now = Date.parse(letter.at);
  const fresh = letters.filter(({ at }) => now - Date.parse(at) < oldest);
  return { version: 1, letters: [...fresh, letter].slice(-most) };
}
