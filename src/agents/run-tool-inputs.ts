import { z } from 'zod';

const Score = z.int().min(1).max(5).describe('1 to 5, by the rubric.');

/** What the tools of a run's roles take. */
export const runToolInputs = {
  deliver: z
    .strictObject({
      summary: z
        .string()
        .min(1)
        .max(20_000)
        .describe('What was wrong and why, what was changed and why so; for the pull request. Markdown.'),
      test: z
        .string()
        .min(1)
        .max(4000)
        .optional()
        .describe('One shell command, run from the root without a network, that shows the repair: 0 with it.'),
      leftOut: z
        .array(z.string().min(1).max(2000))
        .max(20)
        .default([])
        .describe('What is not in the change, a sentence each.'),
      unchanged: z
        .string()
        .min(1)
        .max(8000)
        .optional()
        .describe('Only where nothing is to be changed: why, and what you looked at.'),
    })
    .describe('The files of the sandbox as they are now, and what is to be said of them.'),
  judge: z
    .strictObject({
      verdict: z.enum(['accept', 'send-back']),
      reasons: z
        .array(z.string().min(1).max(4000))
        .max(20)
        .default([])
        .describe('What has to change, most important first.'),
      remarks: z.string().max(8000).optional().describe('What the reviewer should look at. Markdown.'),
    })
    .refine(({ verdict, reasons }) => verdict === 'accept' || reasons.length > 0, {
      error: 'send-back needs a reason',
      path: ['reasons'],
    }),
  score: z.strictObject({
    correctness: Score,
    completeness: Score,
    scope: Score,
    proof: Score,
    fit: Score,
    remarks: z.string().min(1).max(8000).describe('What you saw that decides each, a sentence each.'),
  }),
} as const;
