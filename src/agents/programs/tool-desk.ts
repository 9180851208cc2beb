import { messageOf } from '../../lib/errors.ts';
import { whatLacks } from '../after-turn.ts';
import { workingTime } from '../limits.ts';
import { checkpointOf, elapsedOf, record } from '../loop-state.ts';
import { hearPeople } from '../people.ts';
import { type CallBench, callTool, type ToolAnswer } from '../run-tools.ts';
import type { ToolDesk } from './program.ts';
import { closingCalls, type ProgramState } from './program-state.ts';

const rests =
  'Stored. The session rests until a person answers: end your turn now, without any further call. The answer will be your next message.';

/** Courier's tools for the program of this session. Its own shell stands in for `bash`. */
export function createToolDesk(state: ProgramState): ToolDesk {
  let calls = 0;
  const run = async (name: string, input: unknown): Promise<ToolAnswer> => {
    calls += 1;
    const why = name === 'finish' ? await obstacleOf(state) : undefined;
    if (why !== undefined) return { ok: false, text: `Not finished: ${why}` };
    return callTool({ id: `call-${calls}`, name, input }, benchOf(state));
  };
  return {
    tools: state.tools.filter(({ name }) => name !== 'bash'),
    async call(name, input) {
      try {
        return take(state, await run(name, input));
      } catch (error) {
        return { ok: false, text: `The sandbox failed: ${messageOf(error)}` };
      }
    },
  };
}

function take(state: ProgramState, { ok, text, finish, waits }: ToolAnswer): { ok: boolean; text: string } {
  if (waits !== undefined) state.waiting.push(waits);
  if (finish) {
    state.finish = finish;
    state.lastText = finish.summary;
  }
  if (!finish && waits === undefined) return { ok, text };
  state.closing ??= closingCalls;
  state.leave();
  return { ok, text: finish ? `${text} Say no more than a closing sentence.` : rests };
}

function benchOf(state: ProgramState): CallBench {
  const { sandbox, handover, task, signal, runCheck, settledAnswer, fence, wrapUp } = state;
  return {
    ...{ sandbox, handover, signal, runCheck, settledAnswer, fence },
    // Nobody waits for an answer in the last run.
    task: wrapUp ? { ...task, questions: 'record' } : task,
    timeLeftMs: () => workingTime(task.timeoutMs) - elapsedOf(state),
    idle: () => (wrapUp ? 'the session is at its limit. Report what you have and call finish.' : undefined),
  };
}

/** Why the session may not end with this call. */
async function obstacleOf(state: ProgramState): Promise<string | undefined> {
  if (state.wrapUp) return undefined;
  if (state.waiting.length > 0) return `the session waits for the answer to ${state.waiting.join(', ')}. ${rests}`;
  if (await hearPeople(state)) {
    const news = await takePending(state);
    return `somebody wrote to you. See to it, then call finish again.\n\n${news}`;
  }
  return whatLacks(state);
}

/** What is to be said next, as it is said now. */
export async function takePending(state: ProgramState): Promise<string> {
  const text = pendingText(state);
  await record(state, { type: 'sent', checkpoint: checkpointOf(state) });
  return text;
}

export function pendingText({ pending }: ProgramState): string {
  return pending.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('\n\n');
}
