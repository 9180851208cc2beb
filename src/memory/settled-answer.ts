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
  /** What was answered before, oldest first. */
  earlier: z.array(Said.extend({ answer: z.string().max(longestText) })).default([]),
});
export type SettledAnswer = z.infer<typeof SettledAnswer>;
