import type { AgentEvent, AgentResult } from '../agents/agent.ts';
import { noUsage, type Usage } from '../agents/usage.ts';
import type { EventBody } from './session-event.ts';

/** What one agent has used so far, which its events tell as sums. */
export type SoFar = { usage: Usage; costUsd: number | undefined };

export const nothingYet: SoFar = { usage: noUsage, costUsd: 0 };

/** An agent's event as the log has it: of sums it tells what the last call added. */
export function toEventBody(event: AgentEvent, before: SoFar): EventBody {
  if (event.type === 'usage') return toModelCall(event, before);
  return event;
}

function toModelCall({ usage, costUsd }: SoFar, before: SoFar): EventBody {
  const added = {
    inputTokens: usage.inputTokens - before.usage.inputTokens,
    outputTokens: usage.outputTokens - before.usage.outputTokens,
    cacheReadTokens: usage.cacheReadTokens - before.usage.cacheReadTokens,
    cacheWriteTokens: usage.cacheWriteTokens - before.usage.cacheWriteTokens,
  };
  const cost = costUsd === undefined || before.costUsd === undefined ? undefined : costUsd - before.costUsd;
  return {
    type: 'model-call',
    usage: added,
    cacheShare: cacheShareOf(added),
    ...(cost === undefined ? {} : { costUsd: cost }),
    ...(costUsd === undefined ? {} : { totalUsd: costUsd }),
  };
}

/** The share of the input tokens that were read from the cache, to three digits. */
export function cacheShareOf({ inputTokens, cacheReadTokens, cacheWriteTokens }: Usage): number {
  const input = inputTokens + cacheReadTokens + cacheWriteTokens;
  return input <= 0 ? 0 : Math.round((Math.max(0, cacheReadTokens) / input) * 1000) / 1000;
}

export function toAgentEnded(result: AgentResult): EventBody {
  const { ending, iterations, model, usage, costUsd, finalText } = result;
  return {
    type: 'agent-ended',
    ending,
    ...('stopReason' in result ? { stopReason: result.stopReason } : {}),
    ...('reason' in result ? { reason: result.reason } : {}),
    ...('hint' in result && result.hint !== undefined ? { hint: result.hint } : {}),
    ...('questions' in result ? { questions: [...result.questions] } : {}),
    iterations,
    model,
    usage,
    ...(costUsd === undefined ? {} : { costUsd }),
    finalText,
  };
}
