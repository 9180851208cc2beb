import type { Clock } from '../lib/clock.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { AgentEvent, AgentTask } from './agent.ts';
import { createHandover, type Handover } from './handover.ts';
import type { Limit, Spent } from './limits.ts';
import { type Message, type Model, type ModelTurn, textOf, type UserBlock } from './model.ts';
import { costOf, promptTokensOf } from './prices.ts';
import { type Prompt, renderPrompt } from './prompt.ts';
import { toolSpecs } from './tools.ts';
import type { Usage } from './usage.ts';
import { noUsage } from './usage.ts';
import type { Wait } from './wait.ts';

/** Where a session stands. `messages` only grows; what is to be said next gathers in `pending`. */
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
  /** The limit that was reached; the next turn, or the one just taken, is the last. */
  wrapUp: Limit | undefined;
  reminded: boolean;
  /** Replies in a row that were cut off at their length limit. */
  cutOffs: number;
};

export type LoopParts = Pick<LoopState, 'task' | 'model' | 'sandbox' | 'clock' | 'wait' | 'signal' | 'onEvent'>;

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
    wrapUp: undefined,
    reminded: false,
    cutOffs: 0,
  };
}

/** Adds what a turn, or an attempt at one, has used. */
export function addUsage(state: LoopState, usage: Usage): void {
  const cost = costOf(state.task.model, usage);
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

/** Takes a turn into the transcript. A reply of nothing but thinking stays out: the service takes none such back. */
export function keepTurn(state: LoopState, { content, usage }: ModelTurn): void {
  addUsage(state, usage);
  state.transcriptTokens = promptTokensOf(usage) + usage.outputTokens;
  const text = textOf(content);
  if (text) state.lastText = text;
  if (content.some(({ type }) => type !== 'thinking')) state.messages.push({ role: 'assistant', content });
  for (const block of content) {
    if (block.type === 'text' && block.text.trim()) state.onEvent({ type: 'message', text: block.text });
    if (block.type === 'thinking' && block.text.trim()) state.onEvent({ type: 'thinking', text: block.text });
  }
  state.onEvent({ type: 'usage', usage: state.usage, costUsd: state.costUsd });
}

export function spentOf(state: LoopState): Spent {
  return {
    iterations: state.iterations,
    costUsd: state.costUsd,
    elapsedMs: state.clock.now() - state.startedAt,
    promptTokens: (state.transcriptTokens ?? tokensOf(firstRequest(state))) + tokensOf(state.pending),
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
