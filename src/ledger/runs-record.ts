import { z } from 'zod';
import { ReviewKey } from '../events/comment-key.ts';
import { OrderId, RunOrder } from './run-order.ts';

const Issue = z
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 1);
const Count = z.number().int().positive();
const Commit = z.string().regex(/^[0-9a-f]{40}$/);
const Time = z.string().max(40);

/** How one run ended. */
export const runOutcomes = ['pushed', 'no-change', 'refused', 'failed', 'stopped', 'parked'] as const;
export type RunOutcome = (typeof runOutcomes)[number];

/** What an issue's runs are to it, each a label `courier: …`. */
export const runLabels = ['running', 'failed', 'needs-human', 'awaiting-answer'] as const;
export type RunLabel = (typeof runLabels)[number];

const Attempt = z.object({
  session: z.string().max(40),
  at: Time,
  /** On whose word; a login. */
  by: z.string().max(100),
  /** Courier began it by itself. */
  own: z.boolean().default(false),
  /** The order that it followed, where no command of its own asked for it. */
  order: OrderId.optional(),
  blueprint: z.string().max(64),
  outcome: z.enum(runOutcomes).optional(),
  why: z.string().max(2000).optional(),
  /** The commit that it pushed. */
  commit: Commit.optional(),
});

/** What asked for the newest run: one at a time, and what `retry` repeats. */
const AskedRun = z.object({
  /** Where the comment stands: the issue, or the run's pull request. */
  issue: Issue,
  /** The command's; absent where `order` says what began it. */
  comment: z.union([z.number().int().positive(), ReviewKey]).optional(),
  index: z.number().int().nonnegative().max(99).default(0),
  order: RunOrder.optional(),
  at: Time,
  /** On whose word; a login. */
  by: z.string().max(100),
  /** As `/courier run` has them; the first word of the text may name a blueprint. */
  text: z.string().max(10_000).optional(),
  model: z.string().max(100).optional(),
  /** Who opens the pull request: the workflow's job, or the app once it has ended, so that the repository's checks start. */
  opens: z.enum(['job', 'app']).default('job'),
  /** Somebody stopped it before it began: whoever was to do it does not. */
  stopped: z.object({ by: z.string().max(100), at: Time }).optional(),
});
export type AskedRun = z.infer<typeof AskedRun>;

const RunPull = z.object({
  number: Issue,
  url: z.string().max(500),
  state: z.enum(['open', 'merged', 'closed']).default('open'),
  /** When it was seen so first; absent while it was never anything but open. */
  since: Time.optional(),
  /** The commit of `into` that holds it. */
  merged: z
    .object({ commit: Commit, at: Time, into: z.string().max(200), by: z.string().max(100).optional() })
    .optional(),
  /** The session whose work it held when it was closed. */
  session: z.string().max(40).optional(),
  /** The workflow that looks whether its finding is gone was started, or is about to be. */
  verifying: z.object({ holder: z.string().max(40), at: Time, run: z.number().int().positive().optional() }).optional(),
  /** The comment on the issue that says what became of it, and the digest of what it says. */
  comment: z.number().int().positive().optional(),
  told: z.string().max(64).optional(),
  /** Who writes it now. */
  telling: z.object({ holder: z.string().max(40), at: Time }).optional(),
});
export type RunPull = z.infer<typeof RunPull>;

/** A pull request that was closed without being merged. */
const TurnedDown = z.object({
  pullRequest: Issue,
  /** Of the issue, as it was then. */
  title: z.string().max(300),
  at: Time,
});
export type TurnedDown = z.infer<typeof TurnedDown>;

/** What a person who may triage found wrong with a pull request, in their words; of each the last. */
const Reproach = z.object({ pullRequest: Issue, by: z.string().max(100), at: Time, text: z.string().max(2000) });
export type Reproach = z.infer<typeof Reproach>;

const Line = z.string().max(2000);
const Output = z.string().max(4000);
const Assumed = z.object({ id: z.string().max(100), text: Line });

/** What the pull request of a pushed run will say, until somebody opens it. Its texts are agents', people's and programs'. */
const Offer = z.object({
  session: z.string().max(40),
  /** The commit that the run began from, and the one that it pushed. */
  from: Commit,
  commit: Commit,
  /** The commit of the base that it was made and tried on. */
  ranOn: Commit.optional(),
  /** Where the branch is not there yet: the app looks at the commit first, and brings the open pull request forward to it. */
  held: z.boolean().default(false),
  kind: z.enum(['fix', 'docs', 'feat']),
  report: z.object({
    issue: Issue,
    session: z.string().max(40),
    summary: z.string().max(10_000),
    leftOut: z.array(Line).max(20),
    verified: z
      .array(
        z.object({
          ...{ name: Line, ok: z.boolean(), verdict: z.string().max(300).optional() },
          ...{ before: Output.optional(), after: Output },
        }),
      )
      .max(12),
    assumptions: z.array(Assumed).max(20),
    settled: z.array(Assumed).max(20).optional(),
    judge: z.string().max(10_000).optional(),
    scores: z.string().max(400).optional(),
    blueprint: z.string().max(64),
    model: z.string().max(200),
    costUsd: z.number().nonnegative().optional(),
  }),
});
export type Offer = z.infer<typeof Offer>;

const Path = z.string().min(1).max(1000);

/** The files that a branch has changed since it left its base, as of a run's commit. */
const ChangedFiles = z.object({
  commit: Commit,
  paths: z.array(Path).max(200),
  /** How many more there are. */
  more: z.number().int().nonnegative().default(0),
});
export type ChangedFiles = z.infer<typeof ChangedFiles>;

/** Open work of another issue that changed the same files, as the pull request says it. */
const Overlap = z.object({
  issue: Issue,
  branch: z.string().max(200),
  pullRequest: Issue.optional(),
  /** Of both sides, this one's first: what was put together to see. */
  commits: z.tuple([Commit, Commit]),
  paths: z.array(Path).max(20),
  more: z.number().int().nonnegative().default(0),
  /** The files in which both changed the same lines; absent: it could not be told. */
  conflicts: z.array(Path).max(20).optional(),
});
export type Overlap = z.infer<typeof Overlap>;

/** What the work of a run rests on, by its name in the memory. */
const UsedPoint = z.object({
  ref: z.string().max(90),
  /** Whether an assumption was taken to hold or not, in the words of a revision; or what a question was answered with, as a digest. */
  took: z.enum(['holds', 'not', 'answer']),
  revision: Count.optional(),
  answer: z.string().max(64).optional(),
  /** What people were told that was said since: its digest. */
  told: z.string().max(64).optional(),
});
export type UsedPoint = z.infer<typeof UsedPoint>;

/** What one run that pushed said, for whoever reads the pull request after later ones. Its texts are an agent's and a person's. */
const PastRun = z.object({
  session: z.string().max(40),
  /** On whose word; a login. */
  by: z.string().max(100),
  /** What it followed where that was no command of its own. */
  cause: z.enum(['review', 'checks', 'chain']).optional(),
  /** What it was asked for with, where that was more than the issue. */
  wish: z.string().max(400).optional(),
  summary: z.string().max(2000),
});
export type PastRun = z.infer<typeof PastRun>;

/** All runs of one issue: they share a branch and a pull request. */
export const IssueRuns = z.object({
  version: z.literal(1),
  issue: Issue,
  /** Named once, when the first run began: a new title makes no new branch. */
  branch: z.string().max(200),
  base: z.string().max(200),
  /** Whether Courier made the branch: before, one of that name is somebody else's. */
  made: z.boolean().default(false),
  /** Whether GitHub shows the branch at the issue. */
  linked: z.boolean().default(false),
  /** The newest commit that Courier knows of the branch: its own, or one of a person that a run began from. */
  head: Commit.optional(),
  pullRequest: RunPull.optional(),
  /** Oldest first; one that was opened again, or merged after all, is not among them. */
  turnedDown: z.array(TurnedDown).optional(),
  reproaches: z.array(Reproach).max(100).optional(),
  asked: AskedRun.optional(),
  offer: Offer.optional(),
  /** Those that pushed what the branch holds, oldest first. */
  past: z.array(PastRun).max(20).optional(),
  changed: ChangedFiles.optional(),
  /** What the pull request says of other work; absent: nothing, or it was written anew since. */
  overlaps: z.array(Overlap).max(20).optional(),
  used: z.array(UsedPoint).max(100).optional(),
  /** Who tells what people said since to what the work rests on. */
  telling: z.object({ holder: z.string().max(40), at: Time }).optional(),
  /** What Courier answered on its own, or left to a person: each once. */
  heeded: z
    .object({ reviews: z.array(Count).max(200).default([]), commits: z.array(Commit).max(50).default([]) })
    .optional(),
  /** Why Courier does not go on by itself, in a sentence, and whether people were told; their next command takes it away. */
  halted: z.object({ at: Time, why: Line, told: z.boolean().default(false) }).optional(),
  /** Who works on it now; from `until` on it counts as dead. */
  claim: z.object({ session: z.string().max(40), run: z.string().max(200), until: Time }).optional(),
  /** The label that the issue was brought in line with last; absent: none. */
  label: z.enum(runLabels).optional(),
  /** Oldest first. */
  attempts: z.array(Attempt).default([]),
});
export type IssueRuns = z.infer<typeof IssueRuns>;
export type Attempt = z.infer<typeof Attempt>;
