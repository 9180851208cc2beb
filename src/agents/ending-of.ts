import { ExternalError, messageOf } from '../lib/errors.ts';
import type { AgentEnding } from './ending.ts';
import type { SessionState } from './loop-state.ts';
import { ModelError } from './model-error.ts';

/** What ended a run from outside, if something did. */
export type Why = { killed: boolean; timedOut: boolean; stalled: boolean };

/** How a run ended that broke off with an error. */
export function endingOf(error: unknown, state: SessionState, why: Why): AgentEnding {
  if (why.killed) return { ending: 'aborted', stopReason: 'user' };
  if (why.timedOut) return { ending: 'limited', stopReason: state.wrapUp ?? 'timeout' };
  if (why.stalled)
    return stalled(state, `Nothing happened for ${Math.round((state.task.stallMs ?? 0) / 1000)} seconds.`);
  const reason = messageOf(error);
  if (state.wrapUp) {
    state.onEvent({ type: 'notice', text: `The turn to wrap up failed: ${reason}` });
    return { ending: 'limited', stopReason: state.wrapUp };
  }
  if (error instanceof ModelError && error.kind === 'stalled') return stalled(state, reason);
  if (state.refusal && isUnavailable(error)) return { ending: 'refused', reason: `${state.refusal.said} ${reason}` };
  const hint = error instanceof ExternalError ? error.hint : undefined;
  return { ending: 'failed', reason, ...(hint ? { hint } : {}) };
}

function stalled(state: SessionState, reason: string): AgentEnding {
  state.onEvent({ type: 'notice', text: reason });
  return { ending: 'stopped', stopReason: 'stall' };
}

/** The fallback is a model that this key may not use. */
function isUnavailable(error: unknown): boolean {
  return error instanceof ModelError && (error.kind === 'permission' || error.kind === 'model-not-found');
}
