import { messageOf } from '../lib/errors.ts';
import { compactAt, renderContinuation, renderTranscript, summaryIn, summaryRequest } from './compaction.ts';
import type { AgentEnding } from './ending.ts';
import { createFence } from './fence.ts';
import type { Allowance } from './limits.ts';
import { addUsage, type LoopState, restart, spentOf } from './loop-state.ts';
import { type Message, type ModelRequest, textOf, type UserBlock } from './model.ts';
import { ModelError } from './model-error.ts';
import { ask, requestOf } from './respond.ts';

const charactersPerToken = 2.5;

/** Whether the transcript has to be summarised before the next turn. Where the service does it, only one that the model refused to take. */
export function mustCompact(state: LoopState, allowance: Allowance): boolean {
  if (state.overflowed) return true;
  if (allowance.turn !== 'work' || state.compaction !== 'own') return false;
  const { windowTokens } = state.model.contextOf(state.modelId);
  return spentOf(state).promptTokens >= compactAt(state.modelId, windowTokens);
}

/**
 * Has the model summarise the transcript and goes on with a fresh one that begins with the summary: a transcript can only grow (the
 * model's thinking is bound to it), so nothing of it can be left out.
 *
 * @returns the session's ending where it cannot go on
 */
export async function compact(state: LoopState, allowance: Allowance): Promise<AgentEnding | undefined> {
  if (allowance.turn !== 'work') return { ending: 'limited', stopReason: allowance.limit };
  const before = spentOf(state).promptTokens;
  // As many tokens as a turn may write: another number would be another thinking budget for some models, and nothing would be cached.
  const summary = await summarise(state, summaryRequestOf(state, allowance.maxTokens));
  if (summary === undefined) return giveUp(state);
  await goOnFrom(state, summary);
  state.onEvent({
    type: 'notice',
    text: `The transcript (about ${before} tokens) was replaced by a summary of it.`,
  });
  return undefined;
}

function summaryRequestOf(state: LoopState, maxTokens: number): ModelRequest {
  const asked: UserBlock = { type: 'text', text: summaryRequest };
  const { compact: _, ...request } = requestOf(state, maxTokens);
  const unsent: Message[] = state.pending.length > 0 ? [{ role: 'user', content: state.pending }] : [];
  if (!state.overflowed) {
    // The same bytes as the next turn's, so that all but the end is read from the cache.
    return { ...request, messages: [...state.messages, { role: 'user', content: [...state.pending, asked] }] };
  }
  const { windowTokens } = state.model.contextOf(state.modelId);
  const text = renderTranscript([...state.messages, ...unsent], (windowTokens / 2) * charactersPerToken);
  const shown: UserBlock = { type: 'text', text: createFence().around('transcript', text) };
  return { ...request, messages: [{ role: 'user', content: [shown, asked] }] };
}

async function summarise(state: LoopState, request: ModelRequest): Promise<string | undefined> {
  try {
    const { content, stop, usage } = await ask(state, request);
    addUsage(state, usage);
    state.onEvent({ type: 'usage', usage: state.usage, costUsd: state.costUsd });
    return stop.reason === 'refusal' ? undefined : summaryIn(textOf(content)) || undefined;
  } catch (error) {
    if (!(error instanceof ModelError) || error.mayRetry || error.kind === 'aborted') throw error;
    state.onEvent({ type: 'notice', text: `The transcript could not be summarised: ${messageOf(error)}` });
    return undefined;
  }
}

async function goOnFrom(state: LoopState, summary: string): Promise<void> {
  // What people or limits said beside the last results is no part of the summary alone.
  const said = state.pending.filter(({ type }) => type === 'text');
  const text = renderContinuation(state.prompt.opening, {
    summary,
    reported: state.handover.reported(),
    fence: createFence(),
  });
  await restart(state, [{ type: 'text', text }, ...said]);
}

/** Without a summary the transcript grows on until the model takes no more of it. */
function giveUp(state: LoopState): AgentEnding | undefined {
  if (state.overflowed) return outgrown;
  state.compaction = 'none';
  return undefined;
}

const outgrown = {
  ending: 'unfinished',
  reason: "The session outgrew the model's context window. Narrow it with paths, or split it into several scans.",
} as const satisfies AgentEnding;
