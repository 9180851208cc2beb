import type { Resume } from './agent.ts';
import type { Checkpoint, HandedOver, JournalEntry } from './journal.ts';
import type { Limit } from './limits.ts';
import { type Message, type ModelTurn, type ToolUse, toolUsesOf, type UserBlock } from './model.ts';
import { noUsage, type Usage } from './usage.ts';

/** The exact bytes that each turn of a session begins with. */
export type Start = Pick<Extract<JournalEntry, { type: 'start' }>, 'prompt' | 'tools' | 'model'>;

/** What the model said in one turn. */
export type Reply = Pick<ModelTurn, 'content' | 'stop'>;

/** Where a session stands: all that moves while it goes on, and all that another process needs to go on with it. */
export type Position = {
  start: Start | undefined;
  /** The transcript. It only grows, but for a compaction. */
  readonly messages: Message[];
  /** What is to be said next. */
  pending: UserBlock[];
  /** The last reply, until what follows from it is sent. */
  reply: Reply | undefined;
  /** Whether a turn was begun to which there is no reply yet. */
  awaiting: boolean;
  readonly handedOver: HandedOver[];
  /** The conversation in which an agent tool of others works, by its own name. */
  thread: { tool: string; id: string } | undefined;
  /** That conversation, as it was kept when the session came to rest. */
  conversation: Extract<JournalEntry, { type: 'conversation' }> | undefined;
  /** What people wrote and the agent was told, by id. */
  readonly heard: Set<string>;
  /** How the last run ended, until another begins. */
  ended: Extract<JournalEntry, { type: 'ended' }>['ending'] | undefined;
  /** When it began to wait for the answers that it still waits for; milliseconds since the epoch. */
  waitingSince: number | undefined;
  /** Milliseconds of work before this run. */
  workedMs: number;
  /** Turns begun, without the one for wrapping up. */
  iterations: number;
  usage: Usage;
  /** `undefined`: the price is not known. */
  costUsd: number | undefined;
  /** Tokens of the transcript up to the last turn, as the model counted them. */
  transcriptTokens: number | undefined;
  lastText: string;
  /** The model that is asked: the task's, or its fallback after it refused. */
  modelId: string;
  /** Which model refused first, and how. */
  refusal: { model: string; said: string } | undefined;
  /** Who summarises a transcript that grows too long; `none`: it was tried and came to nothing. */
  compaction: 'service' | 'own' | 'none';
  /** The limit that was reached; the next turn, or the one just taken, is the last. */
  wrapUp: Limit | undefined;
  reminded: boolean;
  /** Replies in a row that were cut off at their length limit. */
  cutOffs: number;
};

/** Before the first step. */
function nowhere(first: Pick<Position, 'modelId' | 'compaction' | 'costUsd'>): Position {
  return {
    ...first,
    start: undefined,
    messages: [],
    pending: [],
    reply: undefined,
    awaiting: false,
    handedOver: [],
    thread: undefined,
    conversation: undefined,
    heard: new Set(),
    ended: undefined,
    waitingSince: undefined,
    workedMs: 0,
    iterations: 0,
    usage: noUsage,
    transcriptTokens: undefined,
    lastText: '',
    refusal: undefined,
    wrapUp: undefined,
    reminded: false,
    cutOffs: 0,
  };
}

/** Where a session stands that goes on; before the first step where it begins. */
export function standingOf(
  resume: Resume | undefined,
  first: Pick<Position, 'modelId' | 'compaction' | 'costUsd'>,
): Position {
  const position = nowhere(first);
  if (resume?.from === 'journal') for (const entry of resume.entries) advance(position, entry);
  if (resume?.from !== 'record') return position;
  const { iterations, usage, costUsd, finalText } = resume.prior;
  return { ...position, iterations, usage, costUsd, lastText: finalText };
}

/** Takes one step. A running session takes the very same steps that its journal repeats, so both stand at the same place. */
export function advance(position: Position, entry: JournalEntry): void {
  if ('checkpoint' in entry && entry.checkpoint) stand(position, entry.checkpoint);
  switch (entry.type) {
    case 'start':
      position.start = entry;
      position.pending = [{ type: 'text', text: entry.prompt.opening }];
      break;
    case 'said':
      position.pending = [...position.pending, ...entry.blocks];
      for (const id of entry.heard ?? []) position.heard.add(id);
      break;
    case 'sent':
      send(position, entry.blocks ?? []);
      break;
    case 'turn':
      take(position, entry);
      break;
    case 'handed-over':
      position.handedOver.push(entry);
      break;
    case 'thread':
      position.thread = { tool: entry.tool, id: entry.id };
      break;
    case 'conversation':
      position.conversation = entry;
      break;
    case 'replaced':
      position.messages.splice(0, Number.POSITIVE_INFINITY, ...entry.messages);
      position.pending = [];
      position.reply = undefined;
      break;
    case 'spent':
      break;
    case 'resumed':
      position.ended = undefined;
      break;
    case 'ended':
      position.ended = entry.ending;
      if (entry.ending === 'parked') position.waitingSince ??= entry.checkpoint.at;
      break;
  }
}

function send(position: Position, more: readonly UserBlock[]): void {
  const content = inOrder([...position.pending, ...more], toolUsesOf(position.reply?.content ?? []));
  if (content.length > 0) position.messages.push({ role: 'user', content });
  position.pending = [];
  position.reply = undefined;
  position.waitingSince = undefined;
  position.awaiting = true;
}

/** Results first, in the order of the calls, whichever was done first; then what else is to be said. */
function inOrder(blocks: readonly UserBlock[], uses: readonly ToolUse[]): UserBlock[] {
  const place = new Map(uses.map(({ id }, index) => [id, index]));
  const placeOf = (block: UserBlock) => (block.type === 'text' ? uses.length : (place.get(block.toolUseId) ?? -1));
  return blocks.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** A reply of nothing but thinking stays out of the transcript, as the service takes none such back; so does one that was refused. */
function take(position: Position, { content, stop }: Reply): void {
  const counts = stop.reason !== 'refusal' && content.some(({ type }) => type !== 'thinking');
  if (counts) position.messages.push({ role: 'assistant', content });
  position.reply = { content, stop };
  position.awaiting = false;
}

function stand(position: Position, checkpoint: Checkpoint): void {
  position.workedMs = checkpoint.workedMs;
  position.iterations = checkpoint.iterations;
  position.usage = checkpoint.usage;
  position.costUsd = checkpoint.costUsd;
  position.transcriptTokens = checkpoint.transcriptTokens;
  position.lastText = checkpoint.lastText;
  position.modelId = checkpoint.model;
  position.refusal = checkpoint.refusal;
  position.compaction = checkpoint.compaction;
  position.wrapUp = checkpoint.wrapUp;
  position.reminded = checkpoint.reminded;
  position.cutOffs = checkpoint.cutOffs;
}

/** Calls of the last reply that nobody has answered. */
export function openUses({ reply, pending }: Pick<Position, 'reply' | 'pending'>): readonly ToolUse[] {
  const answered = new Set(pending.flatMap((block) => (block.type === 'tool-result' ? [block.toolUseId] : [])));
  return toolUsesOf(reply?.content ?? []).filter(({ id }) => !answered.has(id));
}
