import { z } from 'zod';
import { ReviewKey } from '../events/comment-key.ts';
import { OrderId } from './run-order.ts';
import { runOutcomes } from './runs-record.ts';

const Issue = z
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 1);
const Time = z.string().max(40);

/** One run of a chain. Without `order` its turn has not come. */
const Link = z.object({
  issue: Issue,
  order: OrderId.optional(),
  /** How it ended; `pushed` lets the next one begin. */
  outcome: z.enum(runOutcomes).optional(),
  pullRequest: Issue.optional(),
});
export type Link = z.infer<typeof Link>;

/** The chain that was asked for last on an issue: runs of several issues, one after the other. */
export const ChainRecord = z.object({
  version: z.literal(1),
  /** Where it was asked for. */
  issue: Issue,
  comment: z.union([z.number().int().positive(), ReviewKey]),
  index: z.number().int().nonnegative().max(99),
  /** SHA-256 of the comment: other words are another wish. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  by: z.string().max(100),
  at: Time,
  opens: z.enum(['job', 'app']),
  links: z.array(Link).min(1).max(10),
  /** How it ended, and why where it did not come to its end (a sentence); `told`: in the comment of whoever asked. */
  end: z
    .object({ how: z.enum(['done', 'stopped', 'failed']), why: z.string().max(2000).optional(), told: z.boolean() })
    .optional(),
});
export type ChainRecord = z.infer<typeof ChainRecord>;
