import type { Clock } from '../lib/clock.ts';
import { ExternalError, messageOf } from '../lib/errors.ts';
import { afterTurn } from './after-turn.ts';
import type { Agent, AgentResult } from './agent.ts';
import type { AgentEnding } from './ending.ts';
import { allowTurn } from './limits.ts';
import { addUsage, keepTurn, type LoopState, sendPending, spentOf, startLoop } from './loop-state.ts';
import type { Model } from './model.ts';
import { ratesOf } from './prices.ts';
import { renderWrapUp } from './prompt.ts';
import { takeTurn } from './take-turn.ts';
import { toolSpecs } from './tools.ts';
import { wait as realWait, type Wait } from './wait.ts';

const longestTimer = 2 ** 31 - 1;

/**
 * The agent that is built in: a model on the host, its tools in the sandbox, one turn after the other until `finish` or a limit.
 *
 * @param dependencies.wait replaces waiting between retries
 */
export function createBuiltInAgent(model: Model, { clock, wait = realWait }: { clock: Clock; wait?: Wait }): Agent {
  return {
    tool: 'anthropic',
    async run(task, { sandbox, signal: stop, onEvent }) {
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), Math.min(task.timeoutMs, longestTimer));
      const signal = AbortSignal.any([stop, deadline.signal]);
      const state = startLoop({ task, model, sandbox, clock, wait, signal, onEvent });
      try {
        return toResult(state, await loop(state));
      } catch (error) {
        return toResult(state, endingOf(error, state, { stopped: stop.aborted, timedOut: deadline.signal.aborted }));
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

async function loop(state: LoopState): Promise<AgentEnding> {
  giveNotice(state);
  for (;;) {
    const allowance = allowTurn(state.task, spentOf(state));
    if (allowance.turn === 'none') return { ending: 'limited', stopReason: allowance.limit };
    if (allowance.turn === 'work') beginTurn(state);
    else beginWrapUp(state, allowance.limit);
    const ending = await turn(state, allowance.maxTokens);
    if (ending) return ending;
  }
}

async function turn(state: LoopState, maxTokens: number): Promise<AgentEnding | undefined> {
  const { model, signal, wait, onEvent, task, prompt, messages } = state;
  sendPending(state);
  const request = {
    model: task.model,
    system: prompt.system,
    tools: toolSpecs,
    messages,
    maxTokens,
    effort: task.effort,
    ...(task.temperature === undefined ? {} : { temperature: task.temperature }),
  };
  const reply = await takeTurn(request, { model, signal, wait, onEvent, onLoss: (usage) => addUsage(state, usage) });
  keepTurn(state, reply);
  return afterTurn(state, reply);
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

function endingOf(error: unknown, state: LoopState, why: { stopped: boolean; timedOut: boolean }): AgentEnding {
  if (why.stopped) return { ending: 'aborted', stopReason: 'user' };
  if (why.timedOut) return { ending: 'limited', stopReason: state.wrapUp ?? 'timeout' };
  const reason = messageOf(error);
  if (state.wrapUp) {
    state.onEvent({ type: 'notice', text: `The turn to wrap up failed: ${reason}` });
    return { ending: 'limited', stopReason: state.wrapUp };
  }
  const hint = error instanceof ExternalError ? error.hint : undefined;
  return { ending: 'failed', reason, ...(hint ? { hint } : {}) };
}

function toResult(state: LoopState, ending: AgentEnding): AgentResult {
  const { iterations, usage, costUsd, task, lastText } = state;
  return { ...ending, iterations, usage, costUsd, model: task.model, finalText: lastText };
}
