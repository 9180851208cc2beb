import type { Clock } from '../lib/clock.ts';
import { ExternalError, messageOf } from '../lib/errors.ts';
import { afterTurn } from './after-turn.ts';
import type { Agent, AgentEvent, AgentResult } from './agent.ts';
import { compact, mustCompact } from './compact.ts';
import type { AgentEnding } from './ending.ts';
import { type Allowance, allowTurn } from './limits.ts';
import { keepTurn, type LoopState, sendPending, spentOf, startLoop } from './loop-state.ts';
import type { Model } from './model.ts';
import { ModelError } from './model-error.ts';
import { ratesOf } from './prices.ts';
import { renderWrapUp } from './prompt.ts';
import { respond } from './respond.ts';
import { wait as realWait, type Wait } from './wait.ts';
import { watchForStall } from './watch-stall.ts';

const longestTimer = 2 ** 31 - 1;

/**
 * The agent that is built in: a model on the host, its tools in the sandbox, one turn after the other until `finish` or a limit.
 *
 * @param dependencies.wait replaces waiting between retries
 */
export function createBuiltInAgent(model: Model, { clock, wait = realWait }: { clock: Clock; wait?: Wait }): Agent {
  return {
    tool: 'anthropic',
    async run(task, { sandbox, signal: stop, onEvent: tell }) {
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), Math.min(task.timeoutMs, longestTimer));
      const stall = watchForStall(task.stallMs);
      const signal = AbortSignal.any([stop, deadline.signal, stall.signal]);
      const onEvent = (event: AgentEvent) => {
        stall.hear(event);
        tell(event);
      };
      const state = startLoop({ task, model, sandbox, clock, wait, signal, onEvent, onProgress: stall.wind });
      try {
        return toResult(state, await loop(state));
      } catch (error) {
        const why = { stopped: stop.aborted, timedOut: deadline.signal.aborted, stalled: stall.signal.aborted };
        return toResult(state, endingOf(error, state, why));
      } finally {
        clearTimeout(timer);
        stall.stop();
      }
    },
  };
}

async function loop(state: LoopState): Promise<AgentEnding> {
  giveNotice(state);
  for (;;) {
    const allowance = allowTurn({ ...state.task, model: state.modelId }, spentOf(state));
    if (allowance.turn === 'none') return { ending: 'limited', stopReason: allowance.limit };
    const ending = mustCompact(state, allowance) ? await compact(state, allowance) : await turn(state, allowance);
    if (ending) return ending;
  }
}

async function turn(
  state: LoopState,
  allowance: Exclude<Allowance, { turn: 'none' }>,
): Promise<AgentEnding | undefined> {
  if (allowance.turn === 'work') beginTurn(state);
  else beginWrapUp(state, allowance.limit);
  sendPending(state);
  try {
    const reply = await respond(state, allowance.maxTokens);
    keepTurn(state, reply);
    return await afterTurn(state, reply);
  } catch (error) {
    // A transcript of one message is what the session begins with: there is nothing to summarise.
    if (state.wrapUp || state.messages.length <= 1 || !isOverflow(error)) throw error;
    state.overflowed = true;
    return undefined;
  }
}

function isOverflow(error: unknown): boolean {
  return error instanceof ModelError && error.kind === 'context-exceeded';
}

function beginTurn(state: LoopState): void {
  state.iterations += 1;
  state.onEvent({ type: 'iteration', iteration: state.iterations, of: state.task.maxIterations });
}

function beginWrapUp(state: LoopState, limit: NonNullable<LoopState['wrapUp']>): void {
  state.wrapUp = limit;
  state.pending.push({ type: 'text', text: renderWrapUp(limit) });
  state.onEvent({ type: 'notice', text: `Limit reached (${limit}): one turn to wrap up.` });
}

function giveNotice({ model, task, onEvent }: LoopState): void {
  for (const text of model.ignored(task)) onEvent({ type: 'notice', text });
  if (!ratesOf(task.model, 0)) {
    onEvent({
      type: 'notice',
      text: `The price of ${task.model} is not known: the budget cannot be kept, the limits of turns and time are.`,
    });
  }
}

type Why = { stopped: boolean; timedOut: boolean; stalled: boolean };

function endingOf(error: unknown, state: LoopState, why: Why): AgentEnding {
  if (why.stopped) return { ending: 'aborted', stopReason: 'user' };
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

function stalled(state: LoopState, reason: string): AgentEnding {
  state.onEvent({ type: 'notice', text: reason });
  return { ending: 'stopped', stopReason: 'stall' };
}

/** The fallback is a model that this key may not use. */
function isUnavailable(error: unknown): boolean {
  return error instanceof ModelError && (error.kind === 'permission' || error.kind === 'model-not-found');
}

function toResult(state: LoopState, ending: AgentEnding): AgentResult {
  const { iterations, usage, costUsd, modelId, lastText, refusal } = state;
  const notes = refusal && ending.ending !== 'refused' ? [`${refusal.said} ${modelId} went on in its place.`] : [];
  return { ...ending, iterations, usage, costUsd, model: modelId, notes, finalText: lastText };
}
