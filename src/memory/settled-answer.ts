import { z } from 'zod';
import { longestText, Said } from './assumption.ts';
import { Scope } from './scope.ts';

/** What a person answered to a question of a session, which has the same id there. The words are theirs, or of the options that they chose. */
export const SettledAnswer = Said.extend({
  session: z.string().max(40),
  id: z.string().max(40),
  scan: z.string().max(200).optional(),
  question: z.string().min(1).max(longestText),
  /** The labels of its options. */
  options: z.array(z.string().max(longestText)).max(50).default([]),
  answer: z.string().min(1).max(longestText),
  findings: z.array(z.string().max(40)).max(500).default([]),
  scope: Scope,
  expiresAt: z.string().max(40).optional(),
  /** What people said since about a contradiction that it was part of: it stands for nothing any more. */
  supersededBy: z.string().max(90).optional(),
  /** What was answered before, oldest first. */
  earlier: z.array(Said.extend({ answer: z.string().max(longestText) })).default([]),
});
export type SettledAnswer = z.infer<typeof SettledAnswer>;

/** The name by which an agent knows it: ids of sessions alone would not be unique. */
export function refOf({ session, id }: { session: string; id: string }): string {
  return `${session}/${id}`;
}
