import { z } from 'zod';
import { Verdict } from '../findings/verdict.ts';
import { Assumption, Question } from '../questions/question.ts';

export const sessionKinds = ['scan', 'answer', 'run', 'ask'] as const;
export const phases = [
  'pending',
  'creating',
  'running',
  'reviewing',
  'completed',
  'stopping',
  'stopped',
  'failed',
  'killed',
  'cancelled',
] as const;

export const stopReasons = [
  'user',
  'inactivity',
  'stall',
  'timeout',
  'budget',
  'iterations',
  'waiting_input',
  'refusal',
  'error',
] as const;
export type StopReason = (typeof stopReasons)[number];

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

/** One agent's part in a session. */
const AgentRecord = z.object({
  scan: z.string(),
  tool: z.string(),
  model: z.string(),
  prompt: z.string(),
  ending: z.enum(['finished', 'limited', 'unfinished', 'refused', 'aborted', 'failed']),
  stopReason: z.enum(stopReasons).optional(),
  outcome: z.enum(['complete', 'incomplete', 'no-json']),
  reason: z.string().optional(),
  currentIteration: z.number().int(),
  maxIterations: z.number().int(),
  finalText: z.string(),
});
export type AgentRecord = z.infer<typeof AgentRecord>;

/** The record of one execution of an agent and/or checks; immutable once ended. */
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
  agents: z.array(AgentRecord),
  checks: z.array(CheckRecord),
  usage: z.object({
    inputTokens: z.number(),
    outputTokens: z.number(),
    cacheReadTokens: z.number(),
    cacheWriteTokens: z.number(),
  }),
  costUsd: z.number().optional(),
  raised: z.array(z.string()),
  updated: z.array(z.string()),
  resolved: z.array(z.string()),
  reopened: z.array(z.string()),
  rejected: z.array(z.object({ title: z.string(), reason: z.string() })),
  /** Verdicts on known findings that were looked for on purpose. */
  verdicts: z.array(Verdict.omit({ evidence: true })).default([]),
  questions: z.array(Question),
  assumptions: z.array(Assumption),
  sandbox: z.object({ kind: z.string(), id: z.string() }).optional(),
});
export type Session = z.infer<typeof Session>;
