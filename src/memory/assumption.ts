import { z } from 'zod';
import { Evidence } from '../findings/finding.ts';
import { Scope } from './scope.ts';

export const assumptionStates = ['proposed', 'approved', 'corrected', 'declined', 'superseded'] as const;

export const longestText = 20_000;
const text = z.string().min(1).max(longestText);
const name = z.string().max(100);
const time = z.string().max(40);

/** Who said it, when (ISO time), and where: the address of a comment, `cli`, or `session S…`. */
export const Said = z.object({ by: name, at: time, from: z.string().max(500) });
export type Said = z.infer<typeof Said>;

const HistoryEntry = Said.extend({
  what: z.enum([
    'proposed',
    'refined',
    'withdrawn',
    'approved',
    'corrected',
    'declined',
    'superseded',
    'restored',
    /** What was decided before holds again. */
    'reinstated',
    'stale',
    'fresh',
    /** A person took their word back; `text`: which. */
    'taken-back',
  ]),
  /** Which text it was about. */
  revision: z.number().int().positive(),
  /** The text that it brought, or why it was done. */
  text: z.string().max(longestText).optional(),
  /** How long an approval holds. */
  until: time.optional(),
});
export type AssumptionHistory = z.infer<typeof HistoryEntry>;

/**
 * How agents go on without an answer, and what people said to it. `session` and `id` together are its key: ids are numbered per session and
 * never given again. What people decide is bound to the `revision` that they saw.
 */
export const AssumptionRecord = z.object({
  session: z.string().max(40),
  id: z.string().regex(/^A[1-9]\d{0,8}$/),
  /** The issue on which it was put to people. */
  issue: z.number().int().positive().optional(),
  /** One more with each new text. */
  revision: z.number().int().positive(),
  text,
  basis: z.string().max(longestText).optional(),
  /** Code that it rests on, as it was then. */
  evidence: z.array(Evidence).max(50).default([]),
  confidence: z.number().min(0).max(1).optional(),
  /** The scan whose agent raised it; absent: an answering session did. */
  scan: z.string().max(200).optional(),
  /** The question that it goes on without an answer to, where it is known. */
  asked: z
    .object({ question: z.string().max(longestText), options: z.array(z.string().max(longestText)).max(50) })
    .optional(),
  /** Of the same session. */
  questionId: z.string().max(40).optional(),
  /** What is settled otherwise, which its agent found not to be so: names in the memory. */
  contradicts: z.array(z.string().max(90)).max(10).optional(),
  /** Ids of findings that hang on it. */
  findings: z.array(z.string().max(40)).max(500).default([]),
  scope: Scope,
  state: z.enum(assumptionStates),
  /** The words of the person who put it right. */
  correctedText: text.optional(),
  /** Why it was declined or superseded. */
  reason: z.string().max(longestText).optional(),
  /** From then on it is not told to agents any more. ISO time, or a day (UTC) of which it holds the whole. */
  expiresAt: time.optional(),
  /** The code that it rests on is not what it was. */
  stale: z.object({ at: time, why: z.string().max(2000) }).optional(),
  /** The pull request that reviews it. */
  pullRequest: z.number().int().positive().optional(),
  history: z.array(HistoryEntry).default([]),
});
export type AssumptionRecord = z.infer<typeof AssumptionRecord>;

/** What holds where it was approved or corrected. */
export function textOf({ text, correctedText }: Pick<AssumptionRecord, 'text' | 'correctedText'>): string {
  return correctedText ?? text;
}
