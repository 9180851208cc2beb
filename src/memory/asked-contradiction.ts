import { z } from 'zod';
import { longestText } from './assumption.ts';

const AskedSide = z.object({ ref: z.string().max(90), words: z.string().max(longestText) });

/** Two words that cannot both hold, about which people were asked: once for each pair of words. */
export const AskedContradiction = z.object({
  between: z.tuple([AskedSide, AskedSide]),
  /** The session that noticed it, and the id of its question. */
  session: z.string().max(40),
  question: z.string().max(40),
  at: z.string().max(40),
});
export type AskedContradiction = z.infer<typeof AskedContradiction>;
