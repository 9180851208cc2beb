import { z } from 'zod';
import { programPackages } from '../../sandboxes/program-package.ts';
import type { Answer, PriorWork, Resume } from '../agent.ts';
import type { AgentEnding } from '../ending.ts';
import { allowTurn } from '../limits.ts';
import { checkpointOf, elapsedOf, record } from '../loop-state.ts';
import { noteUnknownPrice } from '../prices.ts';
import { renderPriorWork } from '../prior-work.ts';
import { freshSandbox, limitRaised } from '../prompt.ts';
import { restoreHandover } from '../restore-handover.ts';
import { heardAs, tellAnswers, waitOn } from '../take-up.ts';
import { layDown } from './carry.ts';
import type { ProgramEnd } from './program.ts';
import { maySayMore, type ProgramState } from './program-state.ts';

type FromJournal = Extract<Resume, { from: 'journal' }>;

const anew =
  'Resumed from the record: the conversation is not there any more, so the agent begins anew with what it had found.';
const goOn = 'The session was interrupted. Go on where you were.';

/** Begins a session, or takes it up again. @returns its ending where it cannot go on */
export async function beginProgram(state: ProgramState, resume: Resume | undefined): Promise<AgentEnding | undefined> {
  giveNotice(state);
  if (resume?.from === 'journal' && state.start) return takeUp(state, resume);
  const { prompt, tools, modelId: model, task, clock, fence } = state;
  const prior = resume?.from === 'record' ? resume.prior : undefined;
  const opening = prior ? `${prompt.opening}\n\n${renderPriorWork(prior, fence)}` : prompt.opening;
  if (prior) state.onEvent({ type: 'notice', text: anew });
  await record(state, {
    ...{ type: 'start', version: 1, at: clock.now(), scan: task.scan, model },
    prompt: { ...prompt, opening },
    tools: [...tools],
  });
  return undefined;
}

const away =
  'At E2B the calls of the agent tool do not pass Courier: turns, tokens and cost are by its own word, and a limit is seen after it was reached.';
const ownBudget = 'It ends itself at the budget.';
const noBudget = 'It may spend more than the budget: give the key a limit at its vendor.';

function giveNotice({ task, onEvent, hosted, program }: ProgramState): void {
  const unknown = noteUnknownPrice(task.model);
  if (unknown !== undefined) onEvent({ type: 'notice', text: unknown });
  if (task.temperature !== undefined) {
    onEvent({ type: 'notice', text: 'The temperature has no effect: agent tools of others choose it themselves.' });
  }
  if (!program.can.resume) {
    const text = `${programPackages[program.tool].title} cannot go on with a conversation: at a limit it ends with what it reported, what is written to it is read when it calls finish, and where it is interrupted it begins anew.`;
    onEvent({ type: 'notice', text });
  }
  if (!hosted) {
    onEvent({ type: 'notice', text: `${away} ${program.can.cost ? ownBudget : noBudget}` });
  }
}

async function takeUp(state: ProgramState, resume: FromJournal): Promise<AgentEnding | undefined> {
  const { ended } = state;
  await record(state, { type: 'resumed', at: state.clock.now(), sandbox: resume.sandbox });
  await restoreHandover(state.sandbox, state.handedOver);
  if (ended === 'finished') return { ending: 'finished' };
  const answers = (resume.answers ?? []).filter((answer) => !state.heard.has(heardAs(answer)));
  const waiting = state.task.questions === 'block' && !state.wrapUp ? openQuestions(state, answers) : [];
  if (waiting.length > 0) return waitOn(state, waiting);
  const raised = state.wrapUp !== undefined;
  if (state.wrapUp && !mayWork(state)) return { ending: 'limited', stopReason: state.wrapUp };
  state.wrapUp = undefined;
  await takeThread(state, resume, answers);
  await tellAnswers(state, answers);
  if (raised) await say(state, limitRaised);
  if (!state.pending.some(({ type }) => type === 'text')) await say(state, goOn);
  return undefined;
}

/** The conversation, where this sandbox still holds it or it was brought along; else another one, that hears what came of the first. */
async function takeThread(state: ProgramState, { sandbox }: FromJournal, answers: readonly Answer[]): Promise<void> {
  const why = sandbox === 'kept' ? undefined : await layDown(state);
  state.here = why === undefined;
  if (maySayMore(state)) {
    state.onEvent({ type: 'notice', text: 'Resumed: its own conversation goes on.' });
    if (sandbox === 'kept') return;
    state.brought = answers;
    return say(state, freshSandbox);
  }
  state.onEvent({ type: 'notice', text: [anew, why].filter(Boolean).join(' ') });
  // What was never sent is still to be said.
  if (state.messages.length > 0) await beginAnew(state, answers);
}

/** A conversation that was brought along, and that the program cannot go on with, gives way to another one. @returns whether it was so */
export async function giveWay(state: ProgramState, { end }: ProgramEnd): Promise<boolean> {
  const { brought, failure, program } = state;
  state.brought = undefined;
  if (!brought || failure || (end !== 'failed' && end !== 'cut')) return false;
  state.here = false;
  state.onEvent({ type: 'notice', text: `${anew} ${programPackages[program.tool].title} did not go on with it.` });
  await beginAnew(state, brought);
  return true;
}

/** Says in a new conversation what the session is for, and what came of it so far. */
export async function beginAnew(state: ProgramState, answers: readonly Answer[]): Promise<void> {
  const { prompt, fence } = state;
  const opening = state.start?.prompt.opening ?? prompt.opening;
  await say(state, `${opening}\n\n${renderPriorWork(priorOf(state, answers), fence)}`);
}

function mayWork(state: ProgramState): boolean {
  const { task, iterations, costUsd, draw } = state;
  const spent = {
    iterations,
    costUsd,
    availableUsd: draw.availableUsd(),
    elapsedMs: elapsedOf(state),
    promptTokens: 0,
  };
  return allowTurn(task, spent).turn === 'work';
}

const Question = z.object({
  id: z.string(),
  question: z.string(),
  blocking: z.literal(true).optional().catch(undefined),
});
type Asked = z.infer<typeof Question>;

function questionsOf({ handedOver }: ProgramState): Asked[] {
  return handedOver.flatMap(({ line }) => {
    const asked: unknown[] = Array.isArray(line.questions) ? line.questions : [];
    return asked.flatMap((each) => Question.safeParse(each).data ?? []);
  });
}

/** Ids of the questions that must be answered and are not. */
export function openQuestions(state: ProgramState, answers: readonly Answer[]): string[] {
  return questionsOf(state)
    .filter(({ blocking }) => blocking)
    .map(({ id }) => id)
    .filter(
      (id) => !state.heard.has(heardAs({ questionId: id })) && !answers.some(({ questionId }) => questionId === id),
    );
}

function priorOf(state: ProgramState, answers: readonly Answer[]): PriorWork {
  const findings = new Map<string, PriorWork['findings'][number]>();
  for (const { file, line } of state.handedOver) {
    const { id, title, location } = line;
    if (file !== 'issues.json' || typeof id !== 'string' || typeof title !== 'string') continue;
    const path = typeof location === 'object' && location !== null && 'path' in location ? location.path : undefined;
    findings.set(id, { title: `${id}: ${title}`, ...(typeof path === 'string' ? { path } : {}) });
  }
  const questions = questionsOf(state).map(({ id, question }) => {
    const answer = answers.find(({ questionId }) => questionId === id);
    return { question, ...(answer && 'text' in answer ? { answer: answer.text, from: answer.from } : {}) };
  });
  const { iterations, usage, costUsd, lastText: finalText } = state;
  return { findings: [...findings.values()], questions, finalText, iterations, usage, costUsd };
}

function say(state: ProgramState, text: string): Promise<void> {
  return record(state, { type: 'said', blocks: [{ type: 'text', text }], checkpoint: checkpointOf(state) });
}
