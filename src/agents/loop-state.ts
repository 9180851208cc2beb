import type { Clock } from '../lib/clock.ts';
import { messageOf } from '../lib/errors.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { AgentEvent, AgentTask, RunContext } from './agent.ts';
import { compactAt } from './compaction.ts';
import { createFence, type Fence } from './fence.ts';
import { createHandover, type Handover } from './handover.ts';
import type { AgentJournal, Checkpoint, JournalEntry } from './journal.ts';
import type { Spent } from './limits.ts';
import { type Model, type ModelTurn, type ToolSpec, textOf, type UserBlock } from './model.ts';
import { advance, type Position } from './position.ts';
import { chargeOf, costOf, promptTokensOf } from './prices.ts';
import { type Prompt, renderPrompt } from './prompt.ts';
import { createPurse, type Draw } from './purse.ts';
import { tokensOf } from './tokens.ts';
import { toolSpecsFor } from './tools.ts';
import type { Usage } from './usage.ts';
import type { Wait } from './wait.ts';

/** A session at work, whoever drives it: where it stands, and what it works with. */
export type SessionState = Position & {
  readonly task: AgentTask;
  readonly prompt: Prompt;
  readonly tools: readonly ToolSpec[];
  readonly fence: Fence;
  readonly sandbox: Sandbox;
  readonly handover: Handover;
  readonly clock: Clock;
  /** Aborts when the session is killed or its time is over. */
  readonly signal: AbortSignal;
  /** Aborts when somebody wants it to rest. */
  readonly stop: AbortSignal;
  readonly messagesFromPeople: NonNullable<RunContext['messages']>;
  readonly onEvent: (event: AgentEvent) => void;
  readonly runCheck: RunContext['runCheck'];
  readonly settledAnswer: RunContext['settledAnswer'];
  readonly keep: (entry: JournalEntry) => Promise<void>;
  /** From then on nothing is kept any more: what still runs has no say. */
  readonly close: () => void;
  /** The session's money. */
  readonly draw: Draw;
  /** Milliseconds of work of the runs before this one. */
  readonly workedBefore: number;
  readonly startedAt: number;
};

/** One of the built-in agent. */
export type LoopState = SessionState & {
  readonly model: Model;
  readonly wait: Wait;
  /** Called while the model answers, with each sign of life that is no event. */
  readonly onProgress: () => void;
  /** The model took no more of the transcript. */
  overflowed: boolean;
};

export type SessionParts = Pick<SessionState, 'task' | 'sandbox' | 'clock' | 'signal' | 'onEvent'> &
  Pick<RunContext, 'stop' | 'messages' | 'journal' | 'spend' | 'runCheck' | 'settledAnswer'>;
export type LoopParts = SessionParts & Pick<LoopState, 'model' | 'wait' | 'onProgress'>;

const never = new AbortController().signal;
const nobody = async () => [];

export function startLoop({ model, wait, onProgress, ...parts }: LoopParts, position: Position): LoopState {
  // The very object: what is kept of a session is kept of this one.
  return Object.assign(startSession(parts, position), { model, wait, onProgress, overflowed: false });
}

export function startSession(parts: SessionParts, position: Position): SessionState {
  const {
    messages: messagesFromPeople = nobody,
    journal,
    spend,
    runCheck,
    settledAnswer,
    stop = never,
    ...rest
  } = parts;
  const { task, sandbox, clock, onEvent } = rest;
  const now = clock.now();
  const prompt = position.start?.prompt ?? renderPrompt(task, { workspace: sandbox.workspace, now });
  const purse = spend ?? createPurse(task.budgetUsd, position.costUsd ?? chargeOf(position.modelId, position.usage));
  const state: SessionState = {
    ...position,
    ...rest,
    prompt,
    tools: position.start?.tools ?? toolSpecsFor(task),
    fence: createFence(prompt.fence),
    stop,
    messagesFromPeople,
    runCheck,
    settledAnswer,
    ...createKeeper(journal, onEvent),
    draw: purse.open(),
    workedBefore: position.workedMs,
    startedAt: now,
    handover: createHandover(sandbox, {
      earlier: position.handedOver,
      async keep(line) {
        onEvent({ type: 'handed-over', ...line });
        await record(state, { type: 'handed-over', ...line });
      },
    }),
  };
  return state;
}

/** A step of the session: taken here and now, and kept. */
export async function record(state: SessionState, entry: JournalEntry): Promise<void> {
  advance(state, entry);
  await state.keep(entry);
}

/** In the order of the calls; after a failure nothing more, as a journal with a gap is none. Never rejects. */
function createKeeper(
  journal: AgentJournal | undefined,
  onEvent: SessionState['onEvent'],
): Pick<SessionState, 'keep' | 'close'> {
  let last = Promise.resolve();
  let open = journal !== undefined;
  return {
    keep(entry) {
      if (!open) return last;
      last = last
        .then(() => (open ? journal?.append(entry) : undefined))
        .catch((error) => {
          open = false;
          onEvent({ type: 'notice', text: `The session cannot be resumed beyond this point: ${messageOf(error)}` });
        });
      return last;
    },
    close() {
      open = false;
    },
  };
}

export function checkpointOf(state: SessionState): Checkpoint {
  const { costUsd, transcriptTokens, refusal, wrapUp } = state;
  return {
    at: state.clock.now(),
    workedMs: elapsedOf(state),
    iterations: state.iterations,
    usage: state.usage,
    ...(costUsd === undefined ? {} : { costUsd }),
    ...(transcriptTokens === undefined ? {} : { transcriptTokens }),
    lastText: state.lastText,
    model: state.modelId,
    ...(refusal === undefined ? {} : { refusal }),
    compaction: state.compaction,
    ...(wrapUp === undefined ? {} : { wrapUp }),
    reminded: state.reminded,
    cutOffs: state.cutOffs,
  };
}

/** Milliseconds of work, over all runs of the session. */
export function elapsedOf({ clock, startedAt, workedBefore }: SessionState): number {
  return workedBefore + clock.now() - startedAt;
}

/** Adds what a turn, or an attempt at one, has used. `costUsd`: where it is told and not to be reckoned. */
export function addUsage(
  state: SessionState,
  usage: Usage,
  {
    model = state.modelId,
    costUsd: cost = costOf(model, usage),
  }: { model?: string | undefined; costUsd?: number | undefined } = {},
): void {
  state.usage = {
    inputTokens: state.usage.inputTokens + usage.inputTokens,
    outputTokens: state.usage.outputTokens + usage.outputTokens,
    cacheReadTokens: state.usage.cacheReadTokens + usage.cacheReadTokens,
    cacheWriteTokens: state.usage.cacheWriteTokens + usage.cacheWriteTokens,
  };
  state.costUsd = state.costUsd === undefined || cost === undefined ? undefined : state.costUsd + cost;
  state.draw.settle(cost ?? chargeOf(model, usage));
}

/** Begins a new transcript, in the place of one that was summarised. */
export async function restart(state: LoopState, content: UserBlock[]): Promise<void> {
  state.transcriptTokens = undefined;
  state.overflowed = false;
  await record(state, {
    type: 'replaced',
    messages: [{ role: 'user', content }],
    checkpoint: checkpointOf(state),
  });
}

/** Takes a turn into the transcript, all but what was refused: that is no answer. */
export async function keepTurn(state: LoopState, turn: ModelTurn): Promise<void> {
  const { content, stop } = turn;
  addUsage(state, turn.usage);
  if (turn.compaction) noteCompaction(state, turn.compaction);
  if (stop.reason !== 'refusal') hearReply(state, turn);
  await record(state, { type: 'turn', content: [...content], stop, checkpoint: checkpointOf(state) });
  state.onEvent({ type: 'usage', usage: state.usage, costUsd: state.costUsd });
}

function hearReply(state: LoopState, { content, usage }: ModelTurn): void {
  state.transcriptTokens = promptTokensOf(usage) + usage.outputTokens;
  const text = textOf(content);
  if (text) state.lastText = text;
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
  const transcript = promptTokensFor(state);
  // One that was begun and has no reply is taken again.
  const unanswered = state.awaiting && !state.wrapUp ? 1 : 0;
  return {
    iterations: state.iterations - unanswered,
    costUsd: state.costUsd,
    availableUsd: state.draw.availableUsd(),
    elapsedMs: elapsedOf(state),
    // One that the model did not take is sent again in half its window at most.
    promptTokens: state.overflowed ? Math.min(transcript, Math.ceil(windowTokens / 2)) : transcript,
    summary: state.compaction === 'service' && transcript >= compactAt(state.modelId, windowTokens),
  };
}

/** What a turn is allowed by, with the model that takes it. */
export function limitsOf({ task, modelId }: SessionState): AgentTask {
  return { ...task, model: modelId };
}

/** An upper estimate: what the model counted, and what it has not seen yet. */
function promptTokensFor({ transcriptTokens, messages, pending, prompt, tools }: LoopState): number {
  if (transcriptTokens === undefined) return tokensOf([prompt.system, tools, messages, pending]);
  const unseen = messages.slice(messages.findLastIndex(({ role }) => role === 'assistant') + 1);
  return transcriptTokens + tokensOf([unseen, pending]);
}
