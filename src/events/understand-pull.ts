import { z } from 'zod';
import { assumptionsBranch } from '../memory/assumptions-file.ts';

/** The pull request in which assumptions are reviewed may have been merged, closed, opened again or approved. */
export type PullEvent = { kind: 'pull'; pullRequest: number };

// Lenient: GitHub adds fields as it likes; only these matter here.
const Pull = z.object({
  number: z.number().int().positive(),
  head: z.object({ ref: z.literal(assumptionsBranch) }),
});
const Moved = z.object({ action: z.enum(['closed', 'reopened']), pull_request: Pull });
const Reviewed = z.object({
  action: z.literal('submitted'),
  pull_request: Pull,
  review: z.object({ state: z.string().regex(/^approved$/i) }),
});

/** A pointer: what holds is read anew. All other pull requests are none of ours. */
export function understandPull(payload: unknown): PullEvent | undefined {
  const found = Moved.safeParse(payload).data ?? Reviewed.safeParse(payload).data;
  return found && { kind: 'pull', pullRequest: found.pull_request.number };
}
