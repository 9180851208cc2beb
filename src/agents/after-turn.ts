import { ExternalError, messageOf } from '../lib/errors.ts';
import { oneLine, truncate } from '../lib/text.ts';
import type { AgentEnding } from './ending.ts';
import { fallBack } from './fallback.ts';
import { workingTime } from './limits.ts';
import type { LoopState } from './loop-state.ts';
import { type ModelTurn, type Stop, toolUsesOf, type UserBlock } from './model.ts';
import { cutOff, reminder } from './prompt.ts';
import { runTools } from './run-tools.ts';
import type { FinishInput } from './tool-inputs.ts';
import { unlessAborted } from './wait.ts';

/** What follows a turn: the session's ending, or nothing and the loop goes on with what is pending. */
type Step = (state: LoopState, turn: ModelTurn) => Promise<AgentEnding | undefined>;

const steps = {
  'tool-use': callTools,
  'end-turn': remindOnce,
  'max-tokens': continueCutOff,
  paused: async () => undefined,
  refusal: fallBack,
  'context-exceeded': outgrow,
} as const satisfies Record<Stop['reason'], Step>;

export async function afterTurn(state: LoopState, turn: ModelTurn): Promise<AgentEnding | undefined> {
  if (turn.stop.reason !== 'max-tokens') state.cutOffs = 0;
  if (!state.wrapUp) return steps[turn.stop.reason](state, turn);
  if (turn.stop.reason === 'tool-use') await callTools(state, turn);
  return { ending: 'limited', stopReason: state.wrapUp };
}

async function outgrow(state: LoopState): Promise<undefined> {
  state.overflowed = true;
}

async function callTools(state: LoopState, turn: ModelTurn): Promise<AgentEnding | undefined> {
  const { results, finish } = await runAll(state, turn);
  state.pending.push(...results);
  if (!finish) return undefined;
  state.lastText = finish.summary;
  return state.wrapUp ? undefined : end(state, finish);
}

async function end({ handover }: LoopState, { verdict, summary }: FinishInput): Promise<AgentEnding> {
  if (verdict === 'partial') {
    return { ending: 'unfinished', reason: `The agent examined only a part: ${truncate(oneLine(summary), 500)}` };
  }
  await handover.close();
  return { ending: 'finished' };
}

function runAll(state: LoopState, { content }: ModelTurn): ReturnType<typeof runTools> {
  const { sandbox, handover, signal, clock, onEvent, startedAt, task, wrapUp } = state;
  const endOfWork = startedAt + workingTime(task.timeoutMs);
  const running = runTools(toolUsesOf(content), {
    sandbox,
    handover,
    task,
    signal,
    clock,
    onEvent,
    timeLeftMs: () => endOfWork - clock.now(),
    wrappingUp: wrapUp !== undefined,
  }).catch((error) => {
    throw new ExternalError(`The sandbox failed: ${messageOf(error)}`, { cause: error });
  });
  return unlessAborted(running, signal);
}

async function remindOnce(state: LoopState, turn: ModelTurn): Promise<AgentEnding | undefined> {
  if (toolUsesOf(turn.content).length > 0) return callTools(state, turn);
  if (state.reminded) {
    return { ending: 'unfinished', reason: 'The agent stopped without calling finish, also after a reminder.' };
  }
  state.reminded = true;
  state.pending.push({ type: 'text', text: reminder });
  return undefined;
}

const continuations = 2;

async function continueCutOff(state: LoopState, { content }: ModelTurn): Promise<AgentEnding | undefined> {
  state.cutOffs += 1;
  if (state.cutOffs > continuations) {
    return {
      ending: 'unfinished',
      reason: `The agent's reply was cut off at its length limit (${state.task.maxTokens} tokens) ${state.cutOffs} times in a row. Raise maxTokens.`,
    };
  }
  // The last call may lack its end, so none of them counts; each still needs an answer.
  const answers = toolUsesOf(content).map(
    ({ id }): UserBlock => ({
      type: 'tool-result',
      toolUseId: id,
      text: 'Not run: the reply was cut off.',
      isError: true,
    }),
  );
  state.pending.push(...answers, { type: 'text', text: cutOff });
  return undefined;
}
