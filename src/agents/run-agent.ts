import type { Clock } from '../lib/clock.ts';
import { afterTurn } from './after-turn.ts';
import type { Agent, AgentEvent } from './agent.ts';
import { begin } from './begin.ts';
import { compact, mustCompact } from './compact.ts';
import { conclude } from './conclude.ts';
import type { AgentEnding } from './ending.ts';
import { endingOf } from './ending-of.ts';
import { type Allowance, allowTurn, type Limit, setAsideFor } from './limits.ts';
import { checkpointOf, keepTurn, type LoopState, limitsOf, record, spentOf, startLoop } from './loop-state.ts';
import type { Model } from './model.ts';
import { ModelError } from './model-error.ts';
import { standingOf } from './position.ts';
import { costOf } from './prices.ts';
import { renderWrapUp } from './prompt.ts';
import { OutOfBudget, respond } from './respond.ts';
import { noUsage } from './usage.ts';
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
    async run(task, { signal: kill, resume, onEvent: tell, ...context }) {
      const position = standingOf(resume, {
        modelId: task.model,
        compaction: model.contextOf(task.model).compacts ? 'service' : 'own',
        costUsd: costOf(task.model, noUsage),
      });
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), Math.min(task.timeoutMs - position.workedMs, longestTimer));
      const stall = watchForStall(task.stallMs);
      const signal = AbortSignal.any([kill, deadline.signal, stall.signal]);
      const onEvent = (event: AgentEvent) => {
        stall.hear(event);
        tell(event);
      };
      const onProgress = stall.wind;
      const state = startLoop({ task, model, clock, wait, signal, onEvent, onProgress, ...context }, position);
      try {
        return await conclude(state, (await begin(state, resume)) ?? (await loop(state)));
      } catch (error) {
        const why = { killed: kill.aborted, timedOut: deadline.signal.aborted, stalled: stall.signal.aborted };
        return await conclude(state, endingOf(error, state, why));
      } finally {
        clearTimeout(timer);
        stall.stop();
      }
    },
  };
}

async function loop(state: LoopState): Promise<AgentEnding> {
  for (;;) {
    if (state.stop.aborted) return { ending: 'stopped', stopReason: 'user' };
    const allowance = allowTurn(limitsOf(state), spentOf(state));
    if (allowance.turn === 'none') return { ending: 'limited', stopReason: allowance.limit };
    setAside(state, allowance);
    const ending = mustCompact(state, allowance) ? await compact(state, allowance) : await turn(state, allowance);
    if (ending) return ending;
  }
}

type Allowed = Exclude<Allowance, { turn: 'none' }>;

async function turn(state: LoopState, allowance: Allowed): Promise<AgentEnding | undefined> {
  if (allowance.turn === 'work') await beginTurn(state);
  else await beginWrapUp(state, allowance.limit);
  try {
    const reply = await respond(state, allowance.maxTokens);
    await keepTurn(state, reply);
    return await afterTurn(state, reply);
  } catch (error) {
    if (!mayTakeAgain(state, error)) throw error;
    return undefined;
  }
}

async function beginTurn(state: LoopState): Promise<void> {
  if (!state.awaiting) state.iterations += 1;
  state.onEvent({ type: 'iteration', iteration: state.iterations, of: state.task.maxIterations });
  await record(state, { type: 'sent', checkpoint: checkpointOf(state) });
}

async function beginWrapUp(state: LoopState, limit: Limit): Promise<void> {
  const asked = state.wrapUp === limit;
  state.wrapUp = limit;
  if (!asked) state.onEvent({ type: 'notice', text: `Limit reached (${limit}): one turn to wrap up.` });
  await record(state, {
    type: 'sent',
    ...(asked ? {} : { blocks: [{ type: 'text', text: renderWrapUp(limit, state.task) }] }),
    checkpoint: checkpointOf(state),
  });
}

/** Whether the turn that broke off may be taken again: with less, or within what is left of the budget. */
function mayTakeAgain(state: LoopState, error: unknown): boolean {
  if (error instanceof OutOfBudget) return true;
  // A transcript of one message is what the session begins with: there is nothing to summarise.
  if (state.wrapUp || state.messages.length <= 1 || !isOverflow(error)) return false;
  state.overflowed = true;
  return true;
}

function isOverflow(error: unknown): boolean {
  return error instanceof ModelError && error.kind === 'context-exceeded';
}

/** Others who draw from the same purse leave that much. */
function setAside(state: LoopState, allowance: Allowed): void {
  const usd = setAsideFor(limitsOf(state), spentOf(state), allowance);
  state.draw.reserve(Math.min(usd, state.draw.availableUsd()));
}
