import type { Limit } from '../limits.ts';
import { addUsage, checkpointOf, record } from '../loop-state.ts';
import { noUsage, type Usage } from '../usage.ts';
import type { ProgramEvent } from './program.ts';
import type { ProgramState } from './program-state.ts';

type Word = Extract<ProgramEvent, { type: 'call' | 'used' }>;

/** Where calls do not pass this host, the program's word is all there is: about its turns, and what they used. */
export function countWord(state: ProgramState, word: Word): void {
  if (word.type === 'call') countCall(state);
  else countUse(state, word);
}

function countCall(state: ProgramState): void {
  state.brought = undefined;
  if (state.closing !== undefined) {
    state.closing -= 1;
    if (state.closing < 0) {
      state.cutShort = true;
      state.interrupt();
    }
    return;
  }
  if (state.iterations >= state.task.maxIterations) {
    reach(state, 'iterations');
    return;
  }
  state.iterations += 1;
  state.onEvent({ type: 'iteration', iteration: state.iterations, of: state.task.maxIterations });
  void record(state, { type: 'spent', checkpoint: checkpointOf(state) });
}

/** What is told is a sum: what was told before is a part of it. */
function countUse(state: ProgramState, { usage, costUsd }: Extract<Word, { type: 'used' }>): void {
  // What is less than before begins anew: an earlier run did not live to keep its own.
  const told = usage.outputTokens < state.told.usage.outputTokens ? nothingTold : state.told;
  const cost = costUsd === undefined ? {} : { costUsd: Math.max(0, costUsd - told.costUsd) };
  addUsage(state, since(usage, told.usage), cost);
  state.told = { usage, costUsd: costUsd ?? told.costUsd };
  void record(state, { type: 'spent', checkpoint: checkpointOf(state) });
  state.onEvent({ type: 'usage', usage: state.usage, costUsd: state.costUsd });
  if (state.draw.availableUsd() <= 0) reach(state, 'budget');
}

function reach(state: ProgramState, limit: Limit): void {
  if (state.wrapUp || state.closing !== undefined) return;
  state.limit = limit;
  state.interrupt();
}

function since(usage: Usage, before: Usage): Usage {
  const more = (key: keyof Usage) => Math.max(0, usage[key] - before[key]);
  return {
    inputTokens: more('inputTokens'),
    outputTokens: more('outputTokens'),
    cacheReadTokens: more('cacheReadTokens'),
    cacheWriteTokens: more('cacheWriteTokens'),
  };
}

const nothingTold: ProgramState['told'] = { usage: noUsage, costUsd: 0 };

/** Before a run: what the program will tell again of what counts already. */
export function toldBefore({ program, thread, here, told, usage, costUsd, runs }: ProgramState): ProgramState['told'] {
  const goesOn = here && thread?.tool === program.tool;
  if (!goesOn || !program.totals) return nothingTold;
  // In another process than this one: all of the session was said in this conversation, or before it began.
  return runs > 1 ? told : { usage, costUsd: costUsd ?? 0 };
}
