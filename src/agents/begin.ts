import type { Resume } from './agent.ts';
import type { AgentEnding } from './ending.ts';
import { type LoopState, record } from './loop-state.ts';
import { noteUnknownPrice } from './prices.ts';
import { renderPriorWork } from './prior-work.ts';
import { takeUp } from './take-up.ts';

/** Begins a session, or takes it up again. @returns its ending where it cannot go on */
export async function begin(state: LoopState, resume: Resume | undefined): Promise<AgentEnding | undefined> {
  giveNotice(state);
  if (resume?.from === 'journal' && state.start) return takeUp(state, resume);
  const { prompt, tools, modelId: model, task, clock, fence } = state;
  const prior = resume?.from === 'record' ? resume.prior : undefined;
  const opening = prior ? `${prompt.opening}\n\n${renderPriorWork(prior, fence)}` : prompt.opening;
  if (prior) {
    const text =
      'Resumed from the record: the transcript is not there any more, so the agent begins anew with what it had found.';
    state.onEvent({ type: 'notice', text });
  }
  await record(state, {
    type: 'start',
    version: 1,
    at: clock.now(),
    scan: task.scan,
    model,
    prompt: { ...prompt, opening },
    tools: [...tools],
  });
  return undefined;
}

function giveNotice({ model, task, onEvent }: LoopState): void {
  for (const text of model.ignored(task)) onEvent({ type: 'notice', text });
  const unknown = noteUnknownPrice(task.model);
  if (unknown !== undefined) onEvent({ type: 'notice', text: unknown });
}
