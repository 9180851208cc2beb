import { z } from 'zod';
import { endings } from './ending.ts';
import type { Message, Stop, ToolSpec, TurnBlock, UserBlock } from './model.ts';

const UserBlockSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('tool-result'), toolUseId: z.string(), text: z.string(), isError: z.boolean() }),
]) satisfies z.ZodType<UserBlock>;

const TurnBlockSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string(), verbatim: z.unknown() }),
  z.object({ type: z.literal('thinking'), text: z.string(), verbatim: z.unknown() }),
  z.object({
    type: z.literal('tool-use'),
    id: z.string(),
    name: z.string(),
    input: z.unknown(),
    verbatim: z.unknown(),
  }),
  z.object({ type: z.literal('other'), verbatim: z.unknown() }),
]) satisfies z.ZodType<TurnBlock>;

const MessageSchema = z.discriminatedUnion('role', [
  z.object({ role: z.literal('user'), content: z.array(UserBlockSchema) }),
  z.object({ role: z.literal('assistant'), content: z.array(TurnBlockSchema) }),
]) satisfies z.ZodType<Message>;

const StopSchema = z.union([
  z.object({ reason: z.enum(['end-turn', 'tool-use', 'max-tokens', 'paused', 'context-exceeded']) }),
  z
    .object({ reason: z.literal('refusal'), category: z.string().optional(), explanation: z.string().optional() })
    .transform(({ reason, category, explanation }) => ({ reason, category, explanation })),
]) satisfies z.ZodType<Stop>;

const UsageSchema = z.object({
  inputTokens: z.number().nonnegative(),
  outputTokens: z.number().nonnegative(),
  cacheReadTokens: z.number().nonnegative(),
  cacheWriteTokens: z.number().nonnegative(),
});

/** Where the loop stands beside its transcript: small, and whole each time, so that the last one holds. */
const Checkpoint = z.object({
  /** Milliseconds since the epoch. */
  at: z.number(),
  /** Milliseconds of work so far, over all runs; what a session waited between them is not in it. */
  workedMs: z.number().nonnegative(),
  /** Turns begun, without the one for wrapping up. */
  iterations: z.number().int().nonnegative(),
  usage: UsageSchema,
  /** Absent: the price is not known. */
  costUsd: z.number().nonnegative().optional(),
  /** Tokens of the transcript as the model counted them last. */
  transcriptTokens: z.number().nonnegative().optional(),
  lastText: z.string(),
  /** The model that is asked. */
  model: z.string(),
  /** Which model refused before it, and how. */
  refusal: z.object({ model: z.string(), said: z.string() }).optional(),
  /** Who summarises a transcript that grows too long. */
  compaction: z.enum(['service', 'own', 'none']),
  /** The limit at which the turn to wrap up was asked for. */
  wrapUp: z.enum(['iterations', 'budget', 'timeout']).optional(),
  reminded: z.boolean(),
  cutOffs: z.number().int().nonnegative(),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

/** The files of `$COURIER_OUT`. */
export const handedOverFiles = ['issues.json', 'questions.json', 'answers.json', 'work.json'] as const;

/** A line of `$COURIER_OUT`, as the host keeps it: what the sandbox holds may be lost with it. */
const HandedOver = z.object({
  file: z.enum(handedOverFiles),
  line: z.record(z.string(), z.unknown()),
  /** The tool call that it came from; absent: the end of the session. */
  use: z.string().optional(),
});
export type HandedOver = z.infer<typeof HandedOver>;

const ToolSpecSchema = z.object({
  name: z.string(),
  description: z.string(),
  inputSchema: z.record(z.string(), z.unknown()),
}) satisfies z.ZodType<ToolSpec>;

/**
 * One line of a session's journal. Read in order they are the session: any beginning of a journal, cut anywhere, is a session that may go on.
 *
 * - `start`: the exact bytes that every turn begins with; the opening is the first to be said. A model's thinking is bound to them, so a later run sends these, not its own.
 * - `said`: blocks that go to the model with the next message, as they come (each tool result by itself).
 * - `sent`: all that was said since became one user message, and a turn began.
 * - `turn`: the model's whole reply. One of nothing but thinking is no message.
 * - `handed-over`: a line of `issues.json`, `questions.json`, `answers.json` or `work.json`, before it is written to the sandbox.
 * - `thread`: what an agent tool of others calls its conversation.
 * - `conversation`: that conversation as the tool keeps it, when the session came to rest: the last one holds.
 * - `replaced`: from here on the transcript is this one (compaction).
 * - `spent`: an attempt at a turn broke off and cost something.
 * - `resumed`: another run began; `ended`: a run ended, and how.
 */
const JournalEntry = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    version: z.literal(1),
    at: z.number(),
    scan: z.string(),
    model: z.string(),
    prompt: z.object({ system: z.array(z.string()), opening: z.string(), fence: z.string() }),
    tools: z.array(ToolSpecSchema),
  }),
  z.object({
    type: z.literal('said'),
    blocks: z.array(UserBlockSchema),
    /** Ids of the messages from people that are among them. */
    heard: z.array(z.string()).optional(),
    checkpoint: Checkpoint.optional(),
  }),
  z.object({
    type: z.literal('sent'),
    /** Said with the message and not before it. */
    blocks: z.array(UserBlockSchema).optional(),
    checkpoint: Checkpoint,
  }),
  z.object({ type: z.literal('turn'), content: z.array(TurnBlockSchema), stop: StopSchema, checkpoint: Checkpoint }),
  z.object({ type: z.literal('handed-over'), ...HandedOver.shape }),
  z.object({ type: z.literal('thread'), tool: z.string(), id: z.string() }),
  z.object({
    type: z.literal('conversation'),
    tool: z.string(),
    /** Of the tool: another one may keep it otherwise. */
    version: z.string(),
    id: z.string(),
    rows: z.array(z.record(z.string(), z.unknown())),
  }),
  z.object({ type: z.literal('replaced'), messages: z.array(MessageSchema), checkpoint: Checkpoint }),
  z.object({ type: z.literal('spent'), checkpoint: Checkpoint }),
  z.object({ type: z.literal('resumed'), at: z.number(), sandbox: z.enum(['kept', 'fresh']) }),
  z.object({
    type: z.literal('ended'),
    ending: z.enum(endings),
    stopReason: z.string().optional(),
    reason: z.string().optional(),
    checkpoint: Checkpoint,
  }),
]);
export type JournalEntry = z.infer<typeof JournalEntry>;

/**
 * Where a session is written down while it goes on.
 *
 * Contract: an entry whose `append` returned is kept, also when the process is killed right after it. Entries are kept in the order of the
 * calls, whole or not at all, and never changed. They are JSON.
 */
export interface AgentJournal {
  append(entry: JournalEntry): Promise<void>;
}

/** An entry as one line, without its line break. */
export function toLine(entry: JournalEntry): string {
  return JSON.stringify(entry);
}

/**
 * The entries of a journal's text (NDJSON). A line that a kill tore off is left out; where a line in the middle cannot be read, all after it
 * is left out too, as it was said to somebody who had heard that line.
 *
 * @returns also how many lines were left out
 */
export function readJournal(text: string): { entries: JournalEntry[]; leftOut: number } {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const entries: JournalEntry[] = [];
  for (const line of lines) {
    const entry = readEntry(line);
    if (!entry) break;
    entries.push(entry);
  }
  return { entries, leftOut: lines.length - entries.length };
}

function readEntry(line: string): JournalEntry | undefined {
  try {
    return JournalEntry.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
