import { z } from 'zod';
import { endings } from '../agents/ending.ts';
import { handedOverFiles } from '../agents/journal.ts';
import { phases, stopReasons } from './phases.ts';
import { sessionResults } from './session.ts';

/** The format of `events.ndjson` that this Courier writes; docs/sessions.md describes it. */
export const eventsVersion = 1;
export const eventsFile = 'events.ndjson';

const Tokens = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  cacheReadTokens: z.number(),
  cacheWriteTokens: z.number(),
});

/** What happened, without when and where. What may not be told on a public repository is optional: it is left out there. */
const bodies = [
  z.object({
    type: z.literal('session-started'),
    courier: z.string(),
    repository: z.string(),
    commit: z.string().optional(),
    ref: z.string().optional(),
    dirty: z.boolean().optional(),
    trigger: z.string(),
    /** The details were left out, as everybody can read them. */
    withheld: z.boolean(),
  }),
  z.object({
    type: z.literal('check'),
    check: z.string(),
    state: z.enum(['clean', 'findings', 'undetermined', 'not-applicable']),
    findings: z.number().optional(),
    reason: z.string().optional(),
    durationMs: z.number(),
  }),
  z.object({
    type: z.literal('agent-started'),
    tool: z.string(),
    model: z.string(),
    maxIterations: z.number(),
    budgetUsd: z.number(),
    workspace: z.string().optional(),
    out: z.string().optional(),
    setupProblem: z.string().optional(),
  }),
  z.object({ type: z.literal('iteration'), iteration: z.number(), of: z.number() }),
  z.object({ type: z.literal('message'), text: z.string().optional() }),
  z.object({ type: z.literal('thinking'), text: z.string().optional() }),
  z.object({ type: z.literal('tool-use'), tool: z.string(), id: z.string(), input: z.unknown().optional() }),
  z.object({
    type: z.literal('tool-result'),
    id: z.string(),
    ok: z.boolean(),
    durationMs: z.number(),
    output: z.string().optional(),
  }),
  /** One call of a model: its tokens, the share of its input that came from the cache, its cost, and the cost of all calls so far. */
  z.object({
    type: z.literal('model-call'),
    usage: Tokens,
    cacheShare: z.number().min(0).max(1),
    costUsd: z.number().optional(),
    totalUsd: z.number().optional(),
  }),
  z.object({
    type: z.literal('retry'),
    attempt: z.number(),
    waitMs: z.number(),
    reason: z.string().optional(),
  }),
  z.object({ type: z.literal('notice'), text: z.string().optional() }),
  /** A finding, verdict, question or assumption of an agent, as it was handed over. */
  z.object({
    type: z.literal('handed-over'),
    file: z.enum(handedOverFiles),
    line: z.record(z.string(), z.unknown()).optional(),
    use: z.string().optional(),
  }),
  /** The agent read what a person wrote to it. */
  z.object({ type: z.literal('heard'), id: z.string(), from: z.string(), text: z.string().optional() }),
  z.object({
    type: z.literal('agent-ended'),
    ending: z.enum(endings),
    stopReason: z.string().optional(),
    reason: z.string().optional(),
    hint: z.string().optional(),
    /** Ids of the questions that it waits for. */
    questions: z.array(z.string()).optional(),
    iterations: z.number(),
    model: z.string(),
    usage: Tokens,
    costUsd: z.number().optional(),
    finalText: z.string().optional(),
  }),
  /** An answer from outside that decided something: what was asked, about what, and (unless it was too large) the answer. */
  z.object({
    type: z.literal('recorded'),
    what: z.string(),
    about: z.string(),
    answer: z.unknown().optional(),
    omittedBytes: z.number().optional(),
  }),
  /** One operation that would bring, or brought, the issues in line. */
  z.object({
    type: z.literal('planned'),
    kind: z.string(),
    finding: z.string(),
    number: z.number().optional(),
    reason: z.string().optional(),
  }),
  /** A write action, as the audit has it. */
  z.object({ type: z.literal('wrote'), action: z.string(), target: z.string(), actor: z.string() }),
  z.object({
    type: z.literal('session-ended'),
    phase: z.enum(phases),
    result: z.enum(sessionResults).optional(),
    stopReason: z.enum(stopReasons).optional(),
    raised: z.number(),
    confirmed: z.number(),
    costUsd: z.number().optional(),
  }),
] as const;

const stamp = {
  version: z.literal(eventsVersion),
  /** From 0, without gaps, over all processes that wrote to the file. */
  seq: z.number().int().nonnegative(),
  /** ISO time. */
  at: z.string(),
  session: z.string(),
  /** The agent scan that it belongs to; absent: the session as a whole. */
  scan: z.string().optional(),
};

export const EventBody = z.discriminatedUnion('type', bodies);
export type EventBody = z.infer<typeof EventBody>;

/** One line of `events.ndjson`. */
export const SessionEvent = z.object(stamp).and(EventBody);
export type SessionEvent = z.infer<typeof SessionEvent>;

/** @returns `undefined` for what is no event, or one of a kind that this Courier does not know. */
export function understandEvent(value: unknown): SessionEvent | undefined {
  return SessionEvent.safeParse(value).data;
}
