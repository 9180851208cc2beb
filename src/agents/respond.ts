import { oneLine, truncate } from '../lib/text.ts';
import { compactAt, summaryRequest } from './compaction.ts';
import { mayTryAgain } from './limits.ts';
import { addUsage, checkpointOf, type LoopState, limitsOf, record, spentOf } from './loop-state.ts';
import type { ModelRequest, ModelTurn } from './model.ts';
import { ModelError } from './model-error.ts';
import { takeTurn } from './take-turn.ts';
import type { Usage } from './usage.ts';

/**
 * The model's answer to the transcript.
 *
 * @throws ModelError
 */
export async function respond(state: LoopState, maxTokens: number): Promise<ModelTurn> {
  try {
    return await ask(state, requestOf(state, maxTokens));
  } catch (error) {
    if (state.compaction !== 'service' || !isAboutCompaction(error)) throw error;
    // A gateway that does not know the service's own compaction: it is done here from now on.
    state.compaction = 'own';
    return ask(state, requestOf(state, maxTokens));
  }
}

/**
 * One request, its retries included; what lost attempts used is counted.
 *
 * @throws OutOfBudget where an attempt was lost and the budget does not allow another
 */
export function ask(state: LoopState, request: ModelRequest): Promise<ModelTurn> {
  const { model, signal, wait, onEvent, onProgress } = state;
  const onLoss = (usage: Usage) => {
    addUsage(state, usage);
    void record(state, { type: 'spent', checkpoint: checkpointOf(state) });
    if (!mayTryAgain(limitsOf(state), spentOf(state), request.maxTokens)) throw new OutOfBudget();
  };
  return takeTurn(request, { model, signal, wait, onEvent, onProgress, onLoss });
}

export class OutOfBudget extends Error {
  override name = 'OutOfBudget';
}

export function requestOf({ task, prompt, tools, messages, ...state }: LoopState, maxTokens: number): ModelRequest {
  const context = state.model.contextOf(state.modelId);
  // The last turn ends the session: a summary would help nobody.
  const compacts = state.compaction === 'service' && context.compacts && !state.wrapUp;
  return {
    model: state.modelId,
    system: prompt.system,
    tools,
    messages,
    maxTokens,
    effort: task.effort,
    ...(task.temperature === undefined ? {} : { temperature: task.temperature }),
    ...(compacts
      ? { compact: { atTokens: compactAt(state.modelId, context.windowTokens), instructions: summaryRequest } }
      : {}),
  };
}

function isAboutCompaction(error: unknown): boolean {
  if (!(error instanceof ModelError) || error.kind !== 'bad-request') return false;
  return /context_management|compact/i.test(truncate(oneLine(error.message), 1000));
}
