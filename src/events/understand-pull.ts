import { z } from 'zod';
import { assumptionsBranch } from '../memory/assumptions-file.ts';

/** A pull request of this repository's branches was merged, closed or opened again; or that of the assumptions was approved. */
export type PullEvent = { kind: 'pull'; pullRequest: number };

// Lenient: GitHub adds fields as it likes; only these matter here.
const Pull = z.object({
  number: z.number().int().positive(),
  head: z.object({ ref: z.literal(assumptionsBranch) }),
});
// Those of forks are none of ours; which of the others are, the ledger says.
const Repo = z.object({ full_name: z.string() });
const Moved = z
  .object({
    action: z.enum(['closed', 'reopened']),
    pull_request: z.object({
      number: z.number().int().positive(),
      head: z.object({ repo: Repo.nullish() }),
      base: z.object({ repo: Repo }),
    }),
  })
  .refine(({ pull_request: { head, base } }) => head.repo?.full_name === base.repo.full_name);
const Reviewed = z.object({
  action: z.literal('submitted'),
  pull_request: Pull,
  review: z.object({ state: z.string().regex(/^approved$/i) }),
});

/** A pointer: what holds is read anew. */
export function understandPull(payload: unknown): PullEvent | undefined {
  const found = Moved.safeParse(payload).data ?? Reviewed.safeParse(payload).data;
  return found && { kind: 'pull', pullRequest: found.pull_request.number };
}
