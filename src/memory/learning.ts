import { z } from 'zod';
import { longestText, Said } from './assumption.ts';
import { Scope } from './scope.ts';

export const learningStates = ['proposed', 'approved', 'declined', 'deleted'] as const;

/** What Courier learned from what people did; it acts only once somebody approved it. */
export const Learning = z.object({
  id: z.string().regex(/^L[1-9]\d{0,8}$/),
  text: z.string().min(1).max(longestText),
  why: z.string().max(longestText),
  scope: Scope,
  state: z.enum(learningStates),
  sources: z
    .array(
      z.object({
        kind: z.enum(['reaction', 'rate', 'ignore', 'decline', 'run']),
        where: z.string().max(500),
        by: z.string().max(100),
        at: z.string().max(40),
      }),
    )
    .max(500),
  expiresAt: z.string().max(40).optional(),
  history: z.array(Said.extend({ what: z.string().max(40), text: z.string().max(longestText).optional() })).default([]),
});
export type Learning = z.infer<typeof Learning>;

/** Framing by path that a person gave (`/courier rule`). */
export const Rule = Said.extend({
  id: z.string().regex(/^R[1-9]\d{0,8}$/),
  paths: z.array(z.string().max(1000)).max(200),
  text: z.string().min(1).max(longestText),
  /** It frames nothing any more; its id is not given again. */
  deleted: Said.optional(),
});
export type Rule = z.infer<typeof Rule>;

/** The ledger's `learnings.json`. */
export type Learnings = { version: 1; learnings: readonly Learning[]; rules: readonly Rule[] };

export const noLearnings: Learnings = { version: 1, learnings: [], rules: [] };

/** Validates what was read, record by record; of one id the first counts. */
export function understandLearnings(value: { learnings: readonly unknown[]; rules: readonly unknown[] }): {
  learnings: Learnings;
  damaged: number;
} {
  const learnings = once(value.learnings.flatMap((element) => Learning.safeParse(element).data ?? []));
  const rules = once(value.rules.flatMap((element) => Rule.safeParse(element).data ?? []));
  const given = value.learnings.length + value.rules.length;
  return { learnings: { version: 1, learnings, rules }, damaged: given - learnings.length - rules.length };
}

function once<Record extends { id: string }>(records: readonly Record[]): Record[] {
  return records.filter(({ id }, index) => records.findIndex((other) => other.id === id) === index);
}
