import type { ModelError } from './model-error.ts';
import type { Usage } from './usage.ts';

export type Effort = 'low' | 'medium' | 'high' | 'max';

/** A tool as the model sees it. `inputSchema` is JSON Schema (draft 2020-12) of an object. */
export type ToolSpec = { name: string; description: string; inputSchema: Readonly<Record<string, unknown>> };

/**
 * One block of a model's reply. `verbatim` is the vendor's own form of it, JSON: it goes back unchanged (signatures included),
 * and only the adapter that made it reads it.
 */
export type TurnBlock =
  | { type: 'text'; text: string; verbatim: unknown }
  | { type: 'thinking'; text: string; verbatim: unknown }
  | { type: 'tool-use'; id: string; name: string; input: unknown; verbatim: unknown }
  | { type: 'other'; verbatim: unknown };

export type ToolUse = Extract<TurnBlock, { type: 'tool-use' }>;

/** One block that we send. Tool results come first in a message, text after them. */
export type UserBlock =
  | { type: 'text'; text: string }
  | { type: 'tool-result'; toolUseId: string; text: string; isError: boolean };

/** One entry of the transcript. A transcript only ever grows: the model's thinking is bound to what came before it. */
export type Message =
  | { role: 'user'; content: readonly UserBlock[] }
  | { role: 'assistant'; content: readonly TurnBlock[] };

export type ModelRequest = {
  model: string;
  /** System prompt. The first block is the same in every session, the rest in every turn of this one; the adapter caches both ends. */
  system: readonly string[];
  tools: readonly ToolSpec[];
  /** Ends with a user message, unless the last turn paused. */
  messages: readonly Message[];
  /** Output tokens of this turn, thinking included. */
  maxTokens: number;
  effort: Effort;
  temperature?: number;
  /** The service may put a summary of its own in the place of the transcript, once the prompt has that many tokens. Absent: it may not. */
  compact?: { atTokens: number; instructions: string };
};

/** Why a turn ended. `paused`: the model wants the same transcript back and goes on. */
export type Stop =
  | { reason: 'end-turn' }
  | { reason: 'tool-use' }
  | { reason: 'max-tokens' }
  | { reason: 'paused' }
  | { reason: 'context-exceeded' }
  | { reason: 'refusal'; category: string | undefined; explanation: string | undefined };

export type ModelTurn = {
  content: readonly TurnBlock[];
  stop: Stop;
  usage: Usage;
  /** The service summarised what came before, or tried to, and used this beside `usage`. */
  compaction?: { done: boolean; usage: Usage };
};

/** What a model can hold. `compacts`: the service keeps it small by itself where it is asked to. */
export type ModelContext = { windowTokens: number; compacts: boolean };

export type RespondOptions = {
  signal: AbortSignal;
  /** Called with each piece as it arrives, also of a turn that breaks off later. */
  onText?: (piece: string) => void;
  onThinking?: (piece: string) => void;
  /** Called with each sign of progress, tool input included; a service that only says that it is alive makes none. */
  onProgress?: () => void;
};

/**
 * A language model that answers one turn at a time, streaming.
 *
 * Contract: `respond` makes one attempt. It resolves with a whole turn or throws a {@link ModelError}, of kind `aborted` when `signal`
 * ended it, within a second of that. It never hangs: a silent stream is a `stalled` error. Nothing of a turn that failed needs to be kept.
 */
export interface Model {
  respond(request: ModelRequest, options: RespondOptions): Promise<ModelTurn>;
  contextOf(model: string): ModelContext;
  /** Settings of the request that have no effect on this model, a sentence each. */
  ignored(request: Pick<ModelRequest, 'model' | 'temperature'>): readonly string[];
}

/** The text that people read, blocks joined. */
export function textOf(content: readonly TurnBlock[]): string {
  return content
    .flatMap((block) => (block.type === 'text' ? [block.text] : []))
    .join('\n')
    .trim();
}

export function toolUsesOf(content: readonly TurnBlock[]): readonly ToolUse[] {
  return content.filter((block) => block.type === 'tool-use');
}
