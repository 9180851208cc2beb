import type { AgentResult } from './agent.ts';
import type { AgentEnding } from './ending.ts';
import { checkpointOf, record, type SessionState } from './loop-state.ts';

/** The last entry of a run's journal, and what came of the run. */
export async function conclude(state: SessionState, ending: AgentEnding): Promise<AgentResult> {
  const { stopReason, reason } = { stopReason: undefined, reason: undefined, ...ending };
  await record(state, {
    type: 'ended',
    ending: ending.ending,
    ...(stopReason ? { stopReason } : {}),
    ...(reason ? { reason } : {}),
    checkpoint: checkpointOf(state),
  });
  state.close();
  state.draw.close();
  return toResult(state, ending);
}

function toResult(state: SessionState, ending: AgentEnding): AgentResult {
  const { iterations, usage, costUsd, modelId, lastText, refusal, handedOver } = state;
  const notes = refusal && ending.ending !== 'refused' ? [`${refusal.said} ${modelId} went on in its place.`] : [];
  return { ...ending, iterations, usage, costUsd, model: modelId, notes, finalText: lastText, handedOver };
}
