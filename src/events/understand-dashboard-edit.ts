import { z } from 'zod';
import { findManagedBlock } from '../findings/issue-markers.ts';
import { type LearningDeed, learningDeeds } from './learning-boxes.ts';

/** Somebody edited an issue that looks like the dashboard. Only the ledger and GitHub know whether it is and what that person may do. */
export type DashboardEdit = {
  issue: number;
  sender: string;
  /** By an app, Courier itself among them. */
  byApp: boolean;
  /** What this very edit ticked beside learnings and rules: these count on the word of who did it. */
  learned: readonly LearningDeed[];
};

// Lenient: GitHub adds fields as it likes; only these matter here.
const Edited = z.object({
  action: z.literal('edited'),
  issue: z.object({ number: z.number().int().positive(), body: z.string(), pull_request: z.undefined().optional() }),
  changes: z.object({ body: z.object({ from: z.string() }) }),
  sender: z.object({ login: z.string().min(1), type: z.string().optional() }),
});

/** `undefined` for all other events on issues. What is ticked is read from the issue itself, as the payload may be late. */
export function understandDashboardEdit(payload: unknown): DashboardEdit | undefined {
  const edited = Edited.safeParse(payload).data;
  if (!edited || findManagedBlock(edited.issue.body)?.about !== 'dashboard') return undefined;
  const { login, type } = edited.sender;
  const learned = learningDeeds(edited.changes.body.from, edited.issue.body);
  return { issue: edited.issue.number, sender: login, byApp: type === 'Bot' || login.endsWith('[bot]'), learned };
}
