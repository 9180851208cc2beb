import type { GatewayCall, GatewayDecision, GatewayEvent, GatewayRefusal } from '../../sandboxes/gateway.ts';
import { type Allowance, allowTurn, setAsideFor } from '../limits.ts';
import { addUsage, checkpointOf, elapsedOf, limitsOf, record } from '../loop-state.ts';
import type { GatewayEar } from '../outfit.ts';
import type { ProgramState } from './program-state.ts';

/** What the API did, or did not, as opposed to what a program asked for wrongly. */
const failures: ReadonlySet<GatewayRefusal> = new Set([
  ...(['key', 'spend-limit', 'rate-limit', 'overloaded', 'server', 'unreachable', 'silent', 'unusable'] as const),
]);

/** Counts the calls of a program, and lets none pass that is beyond the session's limits. */
export function watchCalls(state: ProgramState): Pick<GatewayEar, 'decide' | 'onEvent'> {
  return { decide: (call) => decide(state, call), onEvent: (event) => hear(state, event) };
}

function decide(state: ProgramState, call: GatewayCall): GatewayDecision {
  if (state.stop.aborted || state.called) return { refuse: 'ended' };
  const limits = { ...limitsOf(state), model: call.model ?? state.modelId };
  const spent = {
    ...{
      iterations: state.iterations - (isAgain(state) ? 1 : 0),
      costUsd: state.costUsd,
      availableUsd: state.draw.availableUsd(),
    },
    ...{ elapsedMs: elapsedOf(state), promptTokens: call.promptTokens },
  };
  const allowance = allowTurn(limits, spent);
  const refusal = refuse(state, allowance);
  if (refusal || allowance.turn === 'none') return refusal ?? { refuse: 'ended' };
  if (state.closing === undefined) begin(state);
  else state.closing -= 1;
  state.draw.reserve(Math.min(setAsideFor(limits, spent, allowance), state.draw.availableUsd()));
  state.failure = undefined;
  const { maxTokens } = allowance;
  return { pass: true, ...(maxTokens < (call.maxTokens ?? Number.POSITIVE_INFINITY) ? { maxTokens } : {}) };
}

/** A limit that is reached leaves what it takes to say good-bye; each of both is refused in the end. */
function refuse(state: ProgramState, allowance: Allowance): GatewayDecision | undefined {
  if (state.closing !== undefined && state.closing <= 0) {
    state.cutShort = true;
    return { refuse: 'ended' };
  }
  if (allowance.turn === 'work' || (allowance.turn === 'wrap-up' && state.closing !== undefined)) return undefined;
  state.limit = allowance.limit;
  return { refuse: allowance.limit };
}

/** Times that a call may be tried again as the same turn. */
const mostTries = 5;

/** A turn counts once, however often it takes to be answered, as it does for the built-in agent. */
function isAgain({ unanswered }: ProgramState): boolean {
  return unanswered > 0 && unanswered <= mostTries;
}

function begin(state: ProgramState): void {
  if (isAgain(state)) return;
  state.iterations += 1;
  state.onEvent({ type: 'iteration', iteration: state.iterations, of: state.task.maxIterations });
  keep(state);
}

function hear(state: ProgramState, event: GatewayEvent): void {
  if (event.type === 'retry') {
    const { attempt, waitMs, reason } = event;
    state.onEvent({ type: 'retry', attempt, waitMs, reason });
  }
  if (event.type === 'refused' && failures.has(event.why)) {
    state.failure = { why: event.why, detail: event.detail ?? '' };
  }
  if (event.type !== 'ended') return;
  const { outcome } = event;
  state.broken = outcome === 'cut' || outcome === 'silent' ? outcome : undefined;
  state.unanswered = outcome === 'answered' ? 0 : state.unanswered + 1;
  if (outcome === 'answered') Object.assign(state, { breaks: 0, brought: undefined });
  if (!event.used) return;
  addUsage(state, event.used.usage, { model: event.model });
  keep(state);
  state.onEvent({ type: 'usage', usage: state.usage, costUsd: state.costUsd });
}

/** Where the session stands is kept by whoever is called back, in the order of the calls. */
function keep(state: ProgramState): void {
  void record(state, { type: 'spent', checkpoint: checkpointOf(state) });
}
