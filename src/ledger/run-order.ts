import { z } from 'zod';

const Count = z.number().int().positive();
const Issue = Count.max(2 ** 31 - 1);
const Time = z.string().max(40);

export const OrderId = z.string().regex(/^O-[0-9a-z]{8}$/);

/**
 * What began a run that no command of its own asked for: people's requests for changes in reviews of its pull request, checks that failed on a
 * commit of it, or the chain that was asked for on an issue.
 */
const Cause = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('review'), reviews: z.array(Count).min(1).max(20) }),
  z.object({ kind: z.literal('checks'), commit: z.string().regex(/^[0-9a-f]{40}$/) }),
  z.object({ kind: z.literal('chain'), issue: Issue }),
]);

export type Cause = z.infer<typeof Cause>;

/** It is handed to a workflow as a pointer; of several that were started for it, one gets it. */
export const RunOrder = z.object({
  id: OrderId,
  cause: Cause,
  /** When it was put on record. */
  at: Time,
  /** When a workflow was started for it, and its run where GitHub told. */
  started: z.object({ at: Time, run: Count.optional() }).optional(),
  /** The comment in which it is told, whoever of Courier's names wrote it. */
  reply: Count.optional(),
  /** The workflow's run that does it. */
  taken: Count.optional(),
  /** What came of it was told there. */
  told: z.boolean().optional(),
});

export type RunOrder = z.infer<typeof RunOrder>;
