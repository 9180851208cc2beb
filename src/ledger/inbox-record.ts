import { z } from 'zod';
import { type CommentKey, type Lane, partsOf, ReviewKey } from '../events/comment-key.ts';

/** What came of one command: `started` where a workflow does it. */
export const commandOutcomes = ['done', 'started', 'refused', 'failed'] as const;
export type CommandOutcome = (typeof commandOutcomes)[number];

const CommentId = z.number().int().nonnegative();
const Key = z.union([CommentId, ReviewKey]);
const Index = z.number().int().nonnegative();
const Run = z.number().int().positive();

/** A comment that held commands. None of its words are kept. */
const InboxEntry = z.object({
  comment: Key,
  /** SHA-256 of its text when the first command was taken up: what was edited since is not followed. */
  digest: z.string().max(64),
  by: z.string().max(100),
  /** When it was written. */
  created: z.string().max(40),
  /** Of its commands as far as they were dealt with, in their order. */
  outcomes: z.array(z.enum(commandOutcomes)).max(50),
  /** It was left alone, as its author had asked for too much in a short time. */
  held: z.boolean().optional(),
  /** All of them were, and the person was told. */
  answered: z.boolean(),
  /** The comment by which the person was told. */
  reply: CommentId.optional(),
  /** Of those that a workflow was started for: when, and the run where GitHub told it. */
  starts: z.array(z.object({ index: Index, at: z.string().max(40), run: Run.optional() })).default([]),
});
export type InboxEntry = z.infer<typeof InboxEntry>;

/** What came at last of a command that a workflow did. */
export const CommandEnd = z.object({
  /** The later text takes the place of the earlier one: see commands/status-parts.ts. */
  rank: z.number().int().nonnegative(),
  outcome: z.enum(['done', 'refused', 'failed']),
  /** What was told, cut where it is long: a comment that somebody overwrote is repaired with it. */
  say: z.string().max(1000),
});
export type CommandEnd = z.infer<typeof CommandEnd>;

/** What follows from a change that is on record, and may not have been done yet. */
const Owed = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('labels'),
    issue: z.number().int().positive(),
    add: z.array(z.string().max(50)).max(20),
    remove: z.array(z.string().max(50)).max(20),
  }),
  z.object({ kind: z.literal('cancel-run'), run: z.number().int().positive() }),
  z.object({ kind: z.literal('remove-artifact'), run: z.number().int().positive(), name: z.string().max(100) }),
  /** A run that waited for answers was ended: its issue and whoever asked for it are told. */
  z.object({ kind: z.literal('rest-ended'), issue: z.number().int().positive(), session: z.string().max(40) }),
]);
export type Owed = z.infer<typeof Owed>;

/** The check run of a pull request that shows a command: one for each attempt of the run that does it. */
export const CheckEntry = z.object({
  comment: Key,
  index: Index,
  run: Run,
  attempt: z.number().int().positive(),
  /** The pull request's head when it was made. */
  commit: z.string().max(40),
  /** GitHub's id of the check run; absent while somebody makes it. */
  check: Run.optional(),
  /** ISO time at which somebody began to make it. */
  at: z.string().max(40),
  ended: z.boolean().default(false),
  /** The buttons that did what they say: each does it once. */
  used: z.array(z.string().max(20)).max(10).default([]),
});
export type CheckEntry = z.infer<typeof CheckEntry>;

/**
 * What was done about the comments of one issue. Comments are the queue: this says how far it was worked off, and who does so now.
 */
export const InboxRecord = z.object({
  /** 2 where reviews hold commands: a Courier that knows none of them must not touch it. */
  version: z.union([z.literal(1), z.literal(2)]),
  issue: z.number().int().positive(),
  /** All comments of the conversation up to this id are dealt with. */
  through: CommentId.default(0),
  /** The same of what stands in reviews. */
  reviewsThrough: z.object({ 'review-comment': CommentId.default(0), review: CommentId.default(0) }).optional(),
  /** By when they were written; the oldest make room for `through`. */
  handled: z.array(InboxEntry).default([]),
  /** Who works it off: one process at a time. `tries`: how many began with this comment and gave no sign of life any more. */
  claim: z
    .object({ holder: z.string().max(40), at: z.string().max(40), comment: Key, tries: z.number().int() })
    .optional(),
  /** Of the changes since the last comment that is dealt with whole. */
  owed: z.array(Owed).default([]),
  /** The workflow runs that took up a command which was handed to them: one each. */
  taken: z
    .array(
      z.object({
        comment: Key,
        index: Index,
        run: z.number().int(),
        /** Attempts of runs that had it before, and rested. */
        before: z.number().int().nonnegative().max(10_000).optional(),
        end: CommandEnd.optional(),
      }),
    )
    .default([]),
  checks: z.array(CheckEntry).default([]),
});
export type InboxRecord = z.infer<typeof InboxRecord>;

export function freshInbox(issue: number): InboxRecord {
  return { version: 1, issue, through: 0, handled: [], owed: [], taken: [], checks: [] };
}

export const newestInboxVersion = 2;

/** As it is to be written: those without anything of reviews are what they always were. */
export function versioned(inbox: InboxRecord): InboxRecord {
  const keys = [...inbox.handled, ...inbox.taken, ...inbox.checks].map(({ comment }) => comment);
  const isOfReviews = keys.some((key) => typeof key !== 'number') || typeof inbox.claim?.comment === 'string';
  return { ...inbox, version: isOfReviews || inbox.reviewsThrough !== undefined ? 2 : 1 };
}

/** Up to which id a lane is dealt with. */
export function throughOf({ through, reviewsThrough }: InboxRecord, lane: Lane): number {
  return lane === 'comment' ? through : (reviewsThrough?.[lane] ?? 0);
}

/** Whether a comment is older than those that the record still names. */
export function isThrough(inbox: InboxRecord, key: CommentKey): boolean {
  const { lane, id } = partsOf(key);
  return id <= throughOf(inbox, lane);
}
