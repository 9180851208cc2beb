import type { Clock } from '../lib/clock.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { AgentEvent, AgentTask } from './agent.ts';
import { compactAt } from './compaction.ts';
import { createHandover, type Handover } from './handover.ts';
import type { Limit, Spent } from './limits.ts';
import { type Message, type Model, type ModelTurn, textOf, type UserBlock } from './model.ts';
import { costOf, promptTokensOf } from './prices.ts';
import { type Prompt, renderPrompt } from './prompt.ts';
import { toolSpecs } from './tools.ts';
import type { Usage } from './usage.ts';
import { noUsage } from './usage.ts';
import type { Wait } from './wait.ts';

/** Where a session stands. `messages` only grows, or starts anew ({@link restart}); what is to be said next gathers in `pending`. */
export type LoopState = {
  readonly task: AgentTask;
  readonly prompt: Prompt;
  readonly model: Model;
  readonly sandbox: Sandbox;
  readonly handover: Handover;
  readonly clock: Clock;
  readonly wait: Wait;
  /** Aborts when the session is stopped or its time is over. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: AgentEvent) => void;
  /** Called while the model answers, with each sign of life that is no event. */
  readonly onProgress: () => void;
  readonly startedAt: number;
  readonly messages: Message[];
  pending: UserBlock[];
  /** Turns taken, without the one for wrapping up. */
  iterations: number;
  usage: Usage;
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
  /** The model took no more of the transcript. */
  overflowed: boolean;
  /** The limit that was reached; the next turn, or the one just taken, is the last. */
  wrapUp: Limit | undefined;
  reminded: boolean;
  /** Replies in a row that were cut off at their length limit. */
  cutOffs: number;
};

export type LoopParts = Pick<
  LoopState,
  'task' | 'model' | 'sandbox' | 'clock' | 'wait' | 'signal' | 'onEvent' | 'onProgress'
>;

export function startLoop(parts: LoopParts): LoopState {
  const { task, sandbox, clock } = parts;
  const now = clock.now();
  const prompt = renderPrompt(task, { workspace: sandbox.workspace, now });
  return {
    ...parts,
    prompt,
    handover: createHandover(sandbox),
    startedAt: now,
    messages: [],
    pending: [{ type: 'text', text: prompt.opening }],
    iterations: 0,
    usage: noUsage,
    costUsd: costOf(task.model, noUsage),
    transcriptTokens: undefined,
    lastText: '',
    modelId: task.model,
    refusal: undefined,
    compaction: parts.model.contextOf(task.model).compacts ? 'service' : 'own',
    overflowed: false,
    wrapUp: undefined,
    reminded: false,
    cutOffs: 0,
  };
}

/** Adds what a turn, or an attempt at one, has used. */
export function addUsage(state: LoopState, usage: Usage): void {
  const cost = costOf(state.modelId, usage);
  state.usage = {
    inputTokens: state.usage.inputTokens + usage.inputTokens,
    outputTokens: state.usage.outputTokens + usage.outputTokens,
    cacheReadTokens: state.usage.cacheReadTokens + usage.cacheReadTokens,
    cacheWriteTokens: state.usage.cacheWriteTokens + usage.cacheWriteTokens,
  };
  state.costUsd = state.costUsd === undefined || cost === undefined ? undefined : state.costUsd + cost;
}

/** Moves what is pending into the transcript, as one user message. */
export function sendPending(state: LoopState): void {
  if (state.pending.length === 0) return;
  state.messages.push({ role: 'user', content: state.pending });
  state.pending = [];
}

/** Begins a new transcript, in the place of one that was summarised. */
export function restart(state: LoopState, opening: UserBlock[]): void {
  state.messages.length = 0;
  state.pending = opening;
  state.transcriptTokens = undefined;
  state.overflowed = false;
}

/** Takes a turn into the transcript, all but what was refused: that is no answer. */
export function keepTurn(state: LoopState, turn: ModelTurn): void {
  addUsage(state, turn.usage);
  if (turn.compaction) noteCompaction(state, turn.compaction);
  if (turn.stop.reason !== 'refusal') keepReply(state, turn);
  state.onEvent({ type: 'usage', usage: state.usage, costUsd: state.costUsd });
}

/** A reply of nothing but thinking stays out: the service takes none such back. */
function keepReply(state: LoopState, { content, usage }: ModelTurn): void {
  state.transcriptTokens = promptTokensOf(usage) + usage.outputTokens;
  const text = textOf(content);
  if (text) state.lastText = text;
  if (content.some(({ type }) => type !== 'thinking')) state.messages.push({ role: 'assistant', content });
  for (const block of content) {
    if (block.type === 'text' && block.text.trim()) state.onEvent({ type: 'message', text: block.text });
    if (block.type === 'thinking' && block.text.trim()) state.onEvent({ type: 'thinking', text: block.text });
  }
}

function noteCompaction(state: LoopState, { done, usage }: NonNullable<ModelTurn['compaction']>): void {
  addUsage(state, usage);
  if (!done) state.compaction = 'own';
  const text = done
    ? 'The transcript became too long; the service replaced it by a summary of it.'
    : 'The service could not summarise the transcript.';
  state.onEvent({ type: 'notice', text });
}

export function spentOf(state: LoopState): Spent {
  const { windowTokens } = state.model.contextOf(state.modelId);
  const transcript = (state.transcriptTokens ?? tokensOf(firstRequest(state))) + tokensOf(state.pending);
  return {
    iterations: state.iterations,
    costUsd: state.costUsd,
    elapsedMs: state.clock.now() - state.startedAt,
    // One that the model did not take is sent again in half its window at most.
    promptTokens: state.overflowed ? Math.min(transcript, Math.ceil(windowTokens / 2)) : transcript,
    summary: state.overflowed || transcript >= compactAt(state.modelId, windowTokens),
  };
}

function firstRequest({ prompt }: LoopState): unknown {
  return [prompt.system, toolSpecs];
}

// An upper estimate: prose has about four bytes to a token, dense code about three.
const bytesPerToken = 2.5;

function tokensOf(value: unknown): number {
  return Math.ceil(new TextEncoder().encode(JSON.stringify(value)).length / bytesPerToken);
}
