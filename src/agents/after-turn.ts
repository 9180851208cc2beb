import { ExternalError, messageOf } from '../lib/errors.ts';
import { oneLine, truncate } from '../lib/text.ts';
import type { AgentEnding } from './ending.ts';
import { fallBack } from './fallback.ts';
import { workingTime } from './limits.ts';
import { checkpointOf, elapsedOf, type LoopState, record, type SessionState } from './loop-state.ts';
import { type Stop, toolUsesOf, type UserBlock } from './model.ts';
import { hearPeople } from './people.ts';
import type { Reply } from './position.ts';
import { cutOff, reminder } from './prompt.ts';
import { type Rest, runTools } from './run-tools.ts';
import { waysOf } from './task-kinds.ts';
import type { FinishInput } from './tool-inputs.ts';
import { unlessAborted } from './wait.ts';

/** What follows a reply: the session's ending, or nothing and the loop goes on with what is to be said next. */
type Step = (state: LoopState, reply: Reply) => Promise<AgentEnding | undefined>;

const steps = {
  'tool-use': callTools,
  'end-turn': remindOnce,
  'max-tokens': continueCutOff,
  paused: async () => undefined,
  refusal: fallBack,
  'context-exceeded': outgrow,
} as const satisfies Record<Stop['reason'], Step>;

export async function afterTurn(state: LoopState, reply: Reply): Promise<AgentEnding | undefined> {
  if (reply.stop.reason !== 'max-tokens') state.cutOffs = 0;
  if (!state.wrapUp) return steps[reply.stop.reason](state, reply);
  if (reply.stop.reason === 'tool-use') await callTools(state, reply);
  return { ending: 'limited', stopReason: state.wrapUp };
}

async function outgrow(state: LoopState): Promise<undefined> {
  state.overflowed = true;
}

async function callTools(state: LoopState, reply: Reply): Promise<AgentEnding | undefined> {
  const { finish, waiting } = await runAll(state, reply);
  if (finish) state.lastText = finish.summary;
  if (state.wrapUp) return undefined;
  if (waiting.length > 0) return { ending: 'parked', stopReason: 'waiting_input', questions: waiting };
  return finish ? endBy(state, finish) : undefined;
}

/** What `finish` comes to. */
export async function endBy({ handover, task }: SessionState, { verdict, summary }: FinishInput): Promise<AgentEnding> {
  if (verdict === 'partial') {
    return { ending: 'unfinished', reason: `The agent examined only a part: ${truncate(oneLine(summary), 500)}` };
  }
  const { hands } = waysOf(task);
  if (hands) await handover.close(hands);
  return { ending: 'finished' };
}

function runAll(state: LoopState, { content }: Reply): ReturnType<typeof runTools> {
  const { sandbox, handover, signal, clock, onEvent, task, runCheck, settledAnswer, fence } = state;
  const bench = {
    sandbox,
    handover,
    // Nobody waits for an answer in the last turn.
    task: state.wrapUp ? { ...task, questions: 'record' as const } : task,
    signal,
    clock,
    onEvent,
    runCheck,
    settledAnswer,
    fence,
    timeLeftMs: () => workingTime(task.timeoutMs) - elapsedOf(state),
    idle: () => idleOf(state),
    answer: (result: UserBlock) => record(state, { type: 'said', blocks: [result] }),
  };
  const running = runTools(toolUsesOf(content), bench, (rest) => obstacleOf(state, rest)).catch((error) => {
    throw new ExternalError(`The sandbox failed: ${messageOf(error)}`, { cause: error });
  });
  return unlessAborted(running, signal);
}

function idleOf({ wrapUp, stop }: LoopState): string | undefined {
  if (wrapUp) return 'the session is at its limit. Report what you have and call finish.';
  return stop.aborted ? 'the session was asked to rest. Run it again if you need it.' : undefined;
}

/** Why the session may not end with this turn. A finding that was refused beside `finish` would be lost, and so would what a person wrote. */
async function obstacleOf(state: LoopState, { failed, waiting, finishing }: Rest): Promise<string | undefined> {
  if (state.wrapUp) return undefined;
  if (waiting.length > 0) return `the session waits for the answer to ${waiting.join(', ')}.`;
  if (await hearPeople(state)) return 'somebody wrote to you. See to it, then call finish again.';
  if (failed) return 'a call beside it failed. See to it, then call finish again, alone.';
  return finishing ? whatLacks(state) : undefined;
}

/** Said once: an agent that will not is let go, and its session fails. */
export function whatLacks(state: SessionState): string | undefined {
  const { answers } = waysOf(state.task);
  if (answers === undefined || state.handover.answered() || state.reminded) return undefined;
  state.reminded = true;
  return `nothing comes of this session without ${answers}. Call ${answers} first.`;
}

async function remindOnce(state: LoopState, reply: Reply): Promise<AgentEnding | undefined> {
  if (toolUsesOf(reply.content).length > 0) return callTools(state, reply);
  if (await hearPeople(state)) return undefined;
  if (state.reminded) {
    return { ending: 'unfinished', reason: 'The agent stopped without calling finish, also after a reminder.' };
  }
  state.reminded = true;
  await say(state, [{ type: 'text', text: reminder }]);
  return undefined;
}

const continuations = 2;

async function continueCutOff(state: LoopState, { content }: Reply): Promise<AgentEnding | undefined> {
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
  await say(state, [...answers, { type: 'text', text: cutOff }]);
  return undefined;
}

function say(state: LoopState, blocks: UserBlock[]): Promise<void> {
  return record(state, { type: 'said', blocks, checkpoint: checkpointOf(state) });
}
