import { z } from 'zod';
import { endings } from '../agents/ending.ts';
import { Verdict } from '../findings/verdict.ts';
import { Investigation } from '../investigations/investigation.ts';
import { Answer } from '../questions/answer.ts';
import { Assumption, Question } from '../questions/question.ts';
import { IssueRun } from './issue-run.ts';
import { phases, stopReasons } from './phases.ts';

export const sessionKinds = ['scan', 'answer', 'run', 'ask'] as const;
export const sessionResults = ['complete', 'partial', 'failed', 'skipped'] as const;
export type SessionResult = (typeof sessionResults)[number];

/** What came of one check, as the record keeps it. */
const CheckRecord = z.object({
  check: z.string(),
  state: z.enum(['clean', 'findings', 'undetermined', 'not-applicable']),
  findings: z.number().int(),
  held: z.number().int().default(0),
  reason: z.string().optional(),
  tool: z.string().optional(),
  durationMs: z.number(),
});
export type CheckRecord = z.infer<typeof CheckRecord>;

const amount = z.number().int().nonnegative();
const CoverageTotals = z.object({
  files: amount,
  lines: amount,
  looked: z.object({ files: amount, lines: amount }),
  soFar: z.object({ files: amount, lines: amount }),
});

const UsageRecord = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  cacheReadTokens: z.number(),
  cacheWriteTokens: z.number(),
});

const AgentPartRecord = z.object({
  /** Which part it is, from 1. */
  number: z.number().int().optional(),
  paths: z.array(z.string()),
  ending: z.enum(endings),
  outcome: z.enum(['complete', 'incomplete', 'no-json']),
  reason: z.string().optional(),
  currentIteration: z.number().int(),
  costUsd: z.number().optional(),
});

/** One agent's part in a session. */
export const AgentRecord = z.object({
  scan: z.string(),
  tool: z.string(),
  model: z.string(),
  prompt: z.string(),
  ending: z.enum(endings),
  stopReason: z.enum(stopReasons).optional(),
  outcome: z.enum(['complete', 'incomplete', 'no-json']),
  reason: z.string().optional(),
  currentIteration: z.number().int(),
  maxIterations: z.number().int(),
  finalText: z.string(),
  /** What is settled and stood in its prompt: `S…/A1`, `S…/Q2`, `L3`, `F-…`. */
  settled: z.array(z.string()).optional(),
  /** How much of the repository it looked at; absent where nobody watched. */
  coverage: CoverageTotals.optional(),
  /** Where several agents looked at parts of the repository side by side, what became of each; the rest of the record is their sum. */
  parts: z.array(AgentPartRecord).optional(),
});
export type AgentRecord = z.infer<typeof AgentRecord>;

/** What a session ran with, so that it can be told, resumed and cloned; without credentials and without the whole configuration. */
const ConfigurationSnapshot = z.object({
  tool: z.string(),
  model: z.string().optional(),
  effort: z.string().optional(),
  maxIterations: z.number().int().optional(),
  budgetUsd: z.number().optional(),
  timeoutMs: z.number(),
  sandbox: z.string(),
  publish: z.string(),
  scans: z
    .array(
      z.object({
        name: z.string(),
        prompt: z.string(),
        paths: z.array(z.string()),
        questions: z.enum(['record', 'block']).default('record'),
      }),
    )
    .default([]),
  checks: z.array(z.string()).default([]),
});

/** Where it works: the next session asks there whether it lives. */
const Runner = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('workflow'), run: z.number().int(), attempt: z.number().int().default(1) }),
  z.object({ kind: z.literal('process'), host: z.string(), pid: z.number().int() }),
]);
export type Runner = z.infer<typeof Runner>;

/** The bulky part of a session, as the workflow keeps it: events, transcript, checkpoint, raw output, reports. */
const Artifact = z.object({
  name: z.string(),
  /** The workflow run that keeps it. */
  run: z.number().int().optional(),
  url: z.string().optional(),
  /** Where in it the session's files are; absent: it holds nothing else. */
  folder: z.string().optional(),
  /** `sha256:…` of what was uploaded. */
  digest: z.string().optional(),
  expiresAt: z.string().optional(),
});

/** What a session waits for that rests until somebody answers. */
const Parked = z.object({
  at: z.string(),
  /** Ids of the questions that block it. */
  questions: z.array(z.string()).default([]),
  /** The issue on which they are asked. */
  issue: z.number().int().optional(),
  /** Paused with its files; never the only copy of anything. */
  sandbox: z.object({ kind: z.enum(['e2b', 'local']), id: z.string() }).optional(),
  /** `sha256:…` of the checkpoint. */
  checkpoint: z.string().optional(),
});

const Rating = z.object({ by: z.string(), at: z.string(), value: z.enum(['up', 'down']), text: z.string().optional() });

/** The record of one execution of an agent and/or checks; immutable once ended (`keep-record.ts`). */
export const Session = z.object({
  version: z.literal(1),
  id: z.string(),
  kind: z.enum(sessionKinds),
  displayName: z.string(),
  trigger: z.string(),
  actor: z.string().optional(),
  /** Address of the workflow's run. */
  run: z.string().optional(),
  repository: z.string(),
  commit: z.string().optional(),
  ref: z.string().optional(),
  phase: z.enum(phases),
  result: z.enum(sessionResults).optional(),
  stopReason: z.enum(stopReasons).optional(),
  /** Why the result is not `complete`, a sentence each. */
  reasons: z.array(z.string()),
  /** What else a person should know of it, a sentence each; without details of a finding. */
  notes: z.array(z.string()).default([]),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  /** When it was given to a machine again after it had rested, newest last. */
  resumedAt: z.array(z.string()).default([]),
  /** From then on nobody can be at work on it any more. */
  deadline: z.string().optional(),
  runner: Runner.optional(),
  configuration: ConfigurationSnapshot.optional(),
  /** The model that answered last. */
  model: z.string().optional(),
  /** Turns of all its agents, and how many they might take. */
  currentIteration: z.number().int().default(0),
  maxIterations: z.number().int().default(0),
  agents: z.array(AgentRecord),
  checks: z.array(CheckRecord),
  usage: UsageRecord,
  /** Absent: the price is not known. */
  costUsd: z.number().optional(),
  /** What of it others than the agents were paid for (the judge), over all parts of the session. */
  besides: z.object({ usage: UsageRecord, costUsd: z.number().optional() }).optional(),
  /** What was set aside for it in the ledger's `spend/` when it began. */
  reservedUsd: z.number().optional(),
  raised: z.array(z.string()),
  updated: z.array(z.string()),
  resolved: z.array(z.string()),
  reopened: z.array(z.string()),
  /** Of the agents' findings that it saw, those that are proven and that nobody dismissed. */
  confirmed: z.number().int().nonnegative().optional(),
  rejected: z.array(z.object({ title: z.string(), reason: z.string() })),
  /** Verdicts on known findings that were looked for on purpose. */
  verdicts: z.array(Verdict.omit({ evidence: true })).default([]),
  questions: z.array(Question),
  /** What people said to them; the last one of a question holds. */
  answers: z.array(Answer).default([]),
  assumptions: z.array(Assumption),
  /** Ids of sessions and findings that it builds on: it follows, repeats or cites them. */
  priorSessions: z.array(z.string()).default([]),
  citedFindings: z.array(z.string()).default([]),
  /** Of an `ask`: what was asked, and the answer. */
  investigation: Investigation.optional(),
  /** Of an `answer`: the session that it is about, and the questions of that one that nobody needs to answer. */
  answering: z
    .object({
      session: z.string(),
      withdrawn: z.array(z.object({ question: z.string(), answer: z.string() })).default([]),
      /** The revision of each assumption that its agent was told of. */
      seen: z.record(z.string().max(40), z.number().int().positive()).optional(),
    })
    .optional(),
  /** Of a `run`. */
  issueRun: IssueRun.optional(),
  clonedFrom: z.string().optional(),
  sandbox: z.object({ kind: z.string(), id: z.string() }).optional(),
  parked: Parked.optional(),
  artifact: Artifact.optional(),
  ratings: z.array(Rating).default([]),
  archived: z.boolean().default(false),
});
export type Session = z.infer<typeof Session>;
