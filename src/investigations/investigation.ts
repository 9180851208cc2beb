import { z } from 'zod';
import { ReviewKey } from '../events/comment-key.ts';

/** What an answer rests on, in the order of its numbers. `dropped`: it did not hold, and the number stays where the text has it. */
const Citation = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('finding'), id: z.string() }),
  z.object({ kind: z.literal('session'), id: z.string() }),
  z.object({
    kind: z.literal('code'),
    path: z.string(),
    startLine: z.number().int().positive(),
    endLine: z.number().int().positive(),
    quote: z.string(),
  }),
  z.object({
    kind: z.literal('dropped'),
    /** What it named: an id, a path. */
    what: z.string(),
    /** The rest of a sentence. */
    why: z.string(),
  }),
]);
export type Citation = z.infer<typeof Citation>;

/** A question that a person asked, and its answer as far as there is one; part of a session's record. */
export const Investigation = z.object({
  question: z.string(),
  /** The command in a comment that asked it. */
  asked: z
    .object({
      issue: z.number().int().positive(),
      comment: z.union([z.number().int().positive(), ReviewKey]),
      index: z.number().int().nonnegative(),
    })
    .optional(),
  answer: z.object({ text: z.string(), citations: z.array(Citation) }).optional(),
});
export type Investigation = z.infer<typeof Investigation>;
