import { z } from 'zod';

/** What a person said to a question, in their words or by the options they chose. */
export const Answer = z.object({
  /** The question's id in the session. */
  question: z.string(),
  /** Absent: skipped, there will be none. */
  text: z.string().optional(),
  by: z.string(),
  /** ISO time. */
  at: z.string(),
  /** Where it was said: `cli`, or the address of a comment. */
  from: z.string(),
});
export type Answer = z.infer<typeof Answer>;
