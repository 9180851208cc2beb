import { count } from '../lib/text.ts';
import { afterTurn } from './after-turn.ts';
import type { Answer, Resume } from './agent.ts';
import type { AgentEnding } from './ending.ts';
import { allowTurn } from './limits.ts';
import { checkpointOf, type LoopState, record, type SessionState, spentOf } from './loop-state.ts';
import type { ToolUse, UserBlock } from './model.ts';
import { renderAnswer } from './people.ts';
import { openUses } from './position.ts';
import { freshSandbox, interrupted, limitRaised } from './prompt.ts';
import { restoreHandover } from './restore-handover.ts';
import { unanswered } from './run-tools.ts';

type FromJournal = Extract<Resume, { from: 'journal' }>;

/**
 * Takes a session up where its journal leaves it: what was in the middle of something is settled first, so that the loop can go on.
 *
 * @returns its ending where it cannot go on: nobody has answered yet, it refused, its limit is reached
 */
export async function takeUp(state: LoopState, resume: FromJournal): Promise<AgentEnding | undefined> {
  const finished = state.ended === 'finished';
  await record(state, { type: 'resumed', at: state.clock.now(), sandbox: resume.sandbox });
  const turns = state.messages.filter(({ role }) => role === 'assistant').length;
  state.onEvent({ type: 'notice', text: `Resumed from the transcript, after ${count(turns, 'turn')}.` });
  await restoreHandover(state.sandbox, state.handedOver);
  if (finished) return { ending: 'finished' };
  const answers = (resume.answers ?? []).filter((answer) => !state.heard.has(heardAs(answer)));
  const ending = await settleReply(state, answers);
  const told = await tellAnswers(state, answers);
  if (ending && !(told && mayGoOn(ending))) return ending;
  if (turns > 0 && resume.sandbox === 'fresh') await say(state, freshSandbox);
  return undefined;
}

/** An agent that stopped talking goes on when it hears something new. */
function mayGoOn({ ending }: AgentEnding): boolean {
  return ending === 'unfinished';
}

async function settleReply(state: LoopState, answers: readonly Answer[]): Promise<AgentEnding | undefined> {
  const { reply } = state;
  if (!reply) return undefined;
  const waiting = reply.stop.reason === 'max-tokens' ? [] : await settleCalls(state, answers);
  if (waiting.length > 0) return waitOn(state, waiting);
  if (state.wrapUp) return goOnBeyond(state, state.wrapUp);
  return openUses(state).length > 0 || state.pending.length === 0 ? afterTurn(state, reply) : undefined;
}

/** @returns ids of the questions that still wait for their answer */
async function settleCalls(state: LoopState, answers: readonly Answer[]): Promise<string[]> {
  const waits = state.task.questions === 'block' && !state.wrapUp;
  const waiting: string[] = [];
  for (const use of openUses(state)) {
    const question = questionOf(state, use);
    const answer = answers.find(({ questionId }) => questionId === question);
    if (question !== undefined && !answer && waits) waiting.push(question);
    else await settleCall(state, use, answer);
  }
  return waiting;
}

async function settleCall(state: LoopState, use: ToolUse, answer: Answer | undefined): Promise<void> {
  const done = answer ? renderAnswer(answer, state.fence) : whatWasDone(state, use);
  const isError = done === undefined;
  const block: UserBlock = { type: 'tool-result', toolUseId: use.id, text: done ?? interrupted, isError };
  await record(state, { type: 'said', blocks: [block], ...(answer ? { heard: [heardAs(answer)] } : {}) });
}

/** The answer of a call that did its work before the session broke off. */
function whatWasDone({ handedOver }: LoopState, use: ToolUse): string | undefined {
  const entry = handedOver.find((one) => one.use === use.id);
  if (!entry) return undefined;
  const id = idIn(entry.line);
  if (use.name === 'ask_question') return `Stored as ${id}. ${unanswered}`;
  return id === undefined ? 'Stored.' : `Stored as ${id}.`;
}

/** The id of a blocking question that the call asked. */
function questionOf({ handedOver }: LoopState, use: ToolUse): string | undefined {
  const entry = handedOver.find((one) => one.use === use.id);
  const question = entry ? firstOf(entry.line.questions) : undefined;
  return question?.blocking === true ? idIn({ questions: [question] }) : undefined;
}

function idIn(line: Readonly<Record<string, unknown>>): string | undefined {
  const { id } = firstOf(line.questions) ?? firstOf(line.assumptions) ?? firstOf(line.proposals) ?? line;
  return typeof id === 'string' ? id : undefined;
}

function firstOf(list: unknown): Readonly<Record<string, unknown>> | undefined {
  const [first] = Array.isArray(list) ? list : [];
  return typeof first === 'object' && first !== null ? first : undefined;
}

export function waitOn({ task, clock, waitingSince }: SessionState, questions: readonly string[]): AgentEnding {
  const { inactivityMs = 0 } = task;
  const waited = waitingSince === undefined ? 0 : clock.now() - waitingSince;
  if (inactivityMs > 0 && waited > inactivityMs) return { ending: 'stopped', stopReason: 'inactivity' };
  return { ending: 'parked', stopReason: 'waiting_input', questions };
}

/** The last turn was taken: more follow only where there is a higher limit now. */
async function goOnBeyond(state: LoopState, limit: NonNullable<LoopState['wrapUp']>): Promise<AgentEnding | undefined> {
  if (allowTurn(state.task, spentOf(state)).turn !== 'work') return { ending: 'limited', stopReason: limit };
  state.wrapUp = undefined;
  await say(state, limitRaised);
  return undefined;
}

/** Answers to questions on which nothing waited. @returns whether there were any */
export async function tellAnswers(state: SessionState, answers: readonly Answer[]): Promise<boolean> {
  const news = answers.filter((answer) => !state.heard.has(heardAs(answer)));
  if (news.length === 0) return false;
  const blocks = news.map((answer): UserBlock => ({ type: 'text', text: renderAnswer(answer, state.fence) }));
  await record(state, { type: 'said', blocks, heard: news.map(heardAs) });
  return true;
}

export function heardAs({ questionId }: Pick<Answer, 'questionId'>): string {
  return `answer ${questionId}`;
}

function say(state: LoopState, text: string): Promise<void> {
  return record(state, { type: 'said', blocks: [{ type: 'text', text }], checkpoint: checkpointOf(state) });
}
