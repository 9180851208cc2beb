import { z } from 'zod';
import { ReviewKey } from '../events/comment-key.ts';

const QuestionId = z.string().max(40);
const longest = 20_000;

/** What a person did about a question. `option`: its place among the question's options, from 0. */
const Deed = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tick'), question: QuestionId, option: z.number().int().nonnegative(), on: z.boolean() }),
  /** These options and no others. */
  z.object({
    kind: z.literal('choose'),
    question: QuestionId,
    options: z.array(z.number().int().nonnegative()).max(50),
  }),
  /** In their own words; without any the words are taken back. */
  z.object({ kind: z.literal('say'), question: QuestionId, text: z.string().max(longest).optional() }),
  z.object({ kind: z.literal('skip'), question: QuestionId }),
  /** That was all there is to say to the first `of` questions. */
  z.object({ kind: z.literal('submit'), of: z.number().int().nonnegative().optional() }),
  /** The repository itself answers it: an answering session found out, and says where. */
  z.object({ kind: z.literal('withdraw'), question: QuestionId, why: z.string().max(longest) }),
  /** The answering agent is to look at what is open. */
  z.object({ kind: z.literal('answering-session') }),
]);
export type Deed = z.infer<typeof Deed>;

export const verdicts = ['approve', 'decline'] as const;

/** What a person did about an assumption, as they saw it: with which revision it was shown. It goes on record there, not with the panel. */
export type ReviewDeed = {
  kind: 'review';
  assumption: string;
  revision: number;
  verdict: (typeof verdicts)[number];
  /** False: they took it back. */
  on: boolean;
};

/** Who did it, when, where it was said, and in which comment that stands. */
export const PanelAct = z.intersection(
  z.object({
    by: z.string().max(100),
    /** ISO time, of the comment or the click itself. */
    at: z.string().max(40),
    from: z.string().max(500),
    comment: z.union([z.number().int().nonnegative(), ReviewKey]),
  }),
  Deed,
);
export type PanelAct = z.infer<typeof PanelAct>;

/**
 * The questions of one session as they are put to people, on an issue of their own. What people did is kept act by act, in the order in which
 * it came to us; `answersOf` says what it comes to. Nothing is ever taken out.
 */
export const PanelRecord = z.object({
  version: z.literal(1),
  session: z.string().max(40),
  openedAt: z.string().max(40),
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
  /** Who creates the issue, until it is there. */
  claim: z.object({ holder: z.string(), at: z.string() }).optional(),
  /** The comment that holds the panel. */
  comment: z.number().int().positive().optional(),
  acts: z.array(PanelAct).default([]),
  /** When people were reminded: once. */
  remindedAt: z.string().optional(),
  /** When the session was last sent on its way with the answers, and the run that does it. */
  sentAt: z.string().optional(),
  run: z.string().optional(),
  /** Each time that a workflow was started for it. */
  sends: z.array(z.string().max(40)).max(50).optional(),
  /** No run took it up, however often it was sent; whether people were told that it ended so. */
  gaveUp: z.enum(['untold', 'told']).optional(),
  /** Why it could not be sent. */
  unsent: z.string().max(2000).optional(),
  /** An answering session was asked for on the panel, and has not ended: the run that holds it, or why none could be started. */
  refine: z
    .object({ at: z.string().max(40), run: z.string().max(500).optional(), unsent: z.string().max(2000).optional() })
    .optional(),
  /** Nobody is asked any more. */
  closed: z.boolean().default(false),
});
export type PanelRecord = z.infer<typeof PanelRecord>;
