import { oneLine, truncate } from '../../lib/text.ts';
import { programPackages } from '../../sandboxes/program-package.ts';
import { endBy } from '../after-turn.ts';
import type { AgentEnding } from '../ending.ts';
import type { Limit } from '../limits.ts';
import { checkpointOf, record } from '../loop-state.ts';
import { hearPeople } from '../people.ts';
import { reminder, renderWrapUp } from '../prompt.ts';
import { waysOf } from '../task-kinds.ts';
import type { FinishInput } from '../tool-inputs.ts';
import { beginAnew } from './begin-program.ts';
import { whyFailed } from './explain-end.ts';
import { wrote } from './handed-files.ts';
import type { ProgramEnd } from './program.ts';
import { renderFileReminder } from './program-prompt.ts';
import { closingCalls, maySayMore, type ProgramState } from './program-state.ts';

const mostBreaks = 3;
const brokenOff = 'Your last answer broke off on its way. Go on where you were.';

const lastFiles = 'Writing the files that your notes name is all that is left to do.';

/** What follows a run: the session's ending, or nothing, and another run says what is pending. */
export async function afterRun(state: ProgramState, end: ProgramEnd): Promise<AgentEnding | undefined> {
  if (state.finish) return finished(state, end);
  if (end.end === 'done' && end.text.trim()) state.lastText = end.text;
  const rest = whyRest(state);
  if (rest) return rest;
  if (state.called) return goOn(state);
  const limit = state.limit ?? (end.end === 'limited' ? end.limit : undefined);
  if (limit) return wrapUp(state, limit);
  // Some take what broke off for a whole answer.
  if (end.end === 'done' && !state.broken) return remindOnce(state);
  if (end.end === 'refused') return { ending: 'refused', reason: end.reason };
  return (await tryAgain(state)) ? undefined : whyFailed(state, end);
}

/** An answer that broke off is no reason to lose the conversation. */
async function tryAgain(state: ProgramState): Promise<boolean> {
  if (!state.broken || state.failure || state.breaks >= mostBreaks) return false;
  state.breaks += 1;
  const reason = state.broken === 'cut' ? 'the answer broke off' : 'the answer fell silent';
  state.onEvent({ type: 'retry', attempt: state.breaks, waitMs: 0, reason });
  if (maySayMore(state)) await say(state, brokenOff);
  else await beginAnew(state, []);
  return true;
}

function whyRest({ waiting, stop, wrapUp: limit }: ProgramState): AgentEnding | undefined {
  if (waiting.length > 0) return { ending: 'parked', stopReason: 'waiting_input', questions: waiting };
  if (stop.aborted) return { ending: 'stopped', stopReason: 'user' };
  return limit ? { ending: 'limited', stopReason: limit } : undefined;
}

/** It handed all over and says so; how its last words ended decides whether that counts. */
async function finished(state: ProgramState, end: ProgramEnd): Promise<AgentEnding | undefined> {
  const { finish, cutShort, wrapUp } = state;
  if (wrapUp) return { ending: 'limited', stopReason: wrapUp };
  if (finish && (end.end === 'done' || cutShort)) return state.hosted ? endBy(state, finish) : endAway(state, finish);
  const failed = whyFailed(state, end);
  const reason = 'reason' in failed ? failed.reason : failed.ending;
  return {
    ending: 'unfinished',
    reason: `It called finish, and did not come to its own end: ${truncate(oneLine(reason), 400)}`,
  };
}

/** What `finish` comes to where it is a file: what is asked for may lack, or not be what was to be called. */
async function endAway(state: ProgramState, finish: FinishInput): Promise<AgentEnding | undefined> {
  const { answers, hands } = waysOf(state.task);
  if (answers !== undefined && !state.handedOver.some(({ file }) => file === 'answers.json')) {
    state.finish = undefined;
    return remindOnce(state);
  }
  if (maySayMore(state) && (await hearPeople(state))) {
    state.finish = undefined;
    return undefined;
  }
  const written = hands && (await wrote(state, hands === 'issues' ? 'issues.json' : 'questions.json'));
  if (!written) return endBy(state, finish);
  return finish.verdict === 'partial' ? endBy(state, finish) : { ending: 'finished' };
}

function goOn(state: ProgramState): undefined {
  state.called = false;
}

async function wrapUp(state: ProgramState, limit: Limit): Promise<AgentEnding | undefined> {
  // What comes from now on ends the run that wraps up.
  Object.assign(state, { wrapUp: limit, limit: undefined });
  if (!maySayMore(state)) {
    const { title } = programPackages[state.program.tool];
    const text = `Limit reached (${limit}): ${title} cannot be told to wrap up. What it reported is kept.`;
    state.onEvent({ type: 'notice', text });
    return { ending: 'limited', stopReason: limit };
  }
  if (state.draw.availableUsd() <= 0) return { ending: 'limited', stopReason: limit };
  state.onEvent({ type: 'notice', text: `Limit reached (${limit}): one turn to wrap up.` });
  state.closing = closingCalls;
  if (!state.hosted) state.leave();
  await say(state, `${renderWrapUp(limit, state.task)}${state.hosted ? '' : ` ${lastFiles}`}`);
  return undefined;
}

async function remindOnce(state: ProgramState): Promise<AgentEnding | undefined> {
  if (await hearPeople(state)) return undefined;
  if (state.reminded || !maySayMore(state)) {
    const also = state.reminded ? ', also after a reminder' : '';
    return { ending: 'unfinished', reason: `The agent stopped without calling finish${also}.` };
  }
  state.reminded = true;
  await say(state, state.hosted ? reminder : renderFileReminder(state));
  return undefined;
}

function say(state: ProgramState, text: string): Promise<void> {
  return record(state, { type: 'said', blocks: [{ type: 'text', text }], checkpoint: checkpointOf(state) });
}
