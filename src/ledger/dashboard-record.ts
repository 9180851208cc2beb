import { z } from 'zod';

/** One session as the dashboard tells of it. Texts are those that everybody who reads the ledger may read. */
export const SessionLine = z.object({
  id: z.string(),
  at: z.string(),
  name: z.string(),
  result: z.enum(['complete', 'partial', 'failed']),
  /** Why it is not complete, a sentence each; the first few. */
  reasons: z.array(z.string()).default([]),
  costUsd: z.number().optional(),
  /** Address of the workflow's run. */
  run: z.string().optional(),
  /** Names of the agent scans in it. */
  scans: z.array(z.string()).default([]),
  questions: z.array(z.object({ id: z.string(), text: z.string(), blocking: z.boolean().default(false) })).default([]),
  /** How many questions there were; more than are listed where they are many, or may not be told. */
  asked: z.number().int().nonnegative().default(0),
});
export type SessionLine = z.infer<typeof SessionLine>;

/** What the ledger knows of the dashboard issue, and what it shows that no other record holds in one place. */
export const DashboardRecord = z.object({
  version: z.literal(1),
  issue: z
    .object({
      number: z
        .number()
        .int()
        .positive()
        .max(2 ** 31 - 1),
      url: z.string(),
    })
    .optional(),
  /** The session that creates the issue, until it has. */
  claim: z.object({ session: z.string(), at: z.string() }).optional(),
  /** Scheduled scans are held, by whom and since when. */
  paused: z.object({ by: z.string(), at: z.string() }).optional(),
  /** The last scans, newest first. */
  sessions: z.array(SessionLine).default([]),
  /** Of one month (`2026-11`): the sum in dollars, how many sessions it is of, and how many more have no known price. */
  spend: z
    .object({
      month: z.string(),
      usd: z.number().nonnegative(),
      sessions: z.number().int().nonnegative(),
      unpriced: z.number().int().nonnegative(),
    })
    .optional(),
});
export type DashboardRecord = z.infer<typeof DashboardRecord>;
