import { z } from 'zod';
import { runOutcomes } from '../ledger/runs-record.ts';

const Commit = z.string().regex(/^[0-9a-f]{40}$/);

/** What a run worked on, how its steps went, and what came of it. */
export const IssueRun = z.object({
  issue: z.number().int().positive(),
  title: z.string().max(300),
  blueprint: z.string().max(64),
  branch: z.string().max(200),
  base: z.string().max(200),
  /** The commit that it worked on. */
  head: Commit,
  /** Oldest first; a step that was gone through again is there again. */
  steps: z
    .array(
      z.object({
        name: z.string().max(300),
        round: z.number().int().positive(),
        end: z.enum(['done', 'failed', 'sent-back', 'broken', 'open']),
        why: z.string().max(2000).optional(),
      }),
    )
    .max(1000)
    .default([]),
  outcome: z.enum(runOutcomes).optional(),
  /** A sentence or more; absent where work was pushed. */
  why: z.string().max(8000).optional(),
  /** What it pushed, and the pull request where there is one. */
  commit: Commit.optional(),
  /** The commit is not on the branch yet: the app looks at it first. */
  held: z.boolean().optional(),
  pullRequest: z.object({ number: z.number().int().positive(), url: z.string().max(500) }).optional(),
  /** What its evaluator gave, 1 to 5 each. */
  scores: z.record(z.string().max(40), z.number().int().min(1).max(5)).optional(),
  /** What it saw that decides them. */
  remarks: z.string().max(8000).optional(),
});
export type IssueRun = z.infer<typeof IssueRun>;

/** What an evaluator gave, in words: `correctness 5, scope 4 (of 5)`; nothing where there was none. */
export function scoresText(scores: Readonly<Record<string, number>> | undefined): string | undefined {
  const given = Object.entries(scores ?? {}).map(([name, score]) => `${name} ${score}`);
  return given.length === 0 ? undefined : `${given.join(', ')} (of 5)`;
}
