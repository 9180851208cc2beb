import { expect } from 'vitest';
import { z } from 'zod';
import { AssumptionRecord } from '../../src/memory/assumption.ts';
import { Learning, Rule } from '../../src/memory/learning.ts';
import { emptyMemory } from '../../src/memory/memory.ts';
import { SettledAnswer } from '../../src/memory/settled-answer.ts';
import { Session } from '../../src/sessions/session.ts';
import type { AcceptedRequest } from '../fakes/anthropic/check-request.ts';
import type { ScriptedReply } from '../fakes/anthropic/script.ts';
import type { AnthropicDouble } from '../fakes/anthropic/start-anthropic.ts';
import type { StoredIssue } from '../fakes/github/state.ts';
import type { Bed } from './bed.ts';
import type { StepResult } from './run-step.ts';

type Call = { name: string; input: object };

/** What the model says: tool calls, side by side. */
export const says = (...toolUses: Call[]): ScriptedReply => ({ toolUses });
export const call = (name: string, input: object): Call => ({ name, input });
export const finish = says(call('finish', { summary: 'Looked at all of it.' }));
export const asks = (question: string, input: object = {}): Call => call('ask_question', { question, ...input });
export const options = (...labels: string[]) => labels.map((label) => ({ label }));

const Memory = z.object({ assumptions: AssumptionRecord.array(), answers: SettledAnswer.array() });
const Learnings = z.object({ learnings: Learning.array(), rules: Rule.array() });

/** What stands in the ledger, read as Courier reads it. */
export function inLedger({ github }: Pick<Bed, 'github'>) {
  const files = github.files('acme/shop', 'courier-ledger');
  const read = (path: string): unknown => JSON.parse(files[path] ?? 'null');
  const sessions = Object.keys(files).filter((path) => path.startsWith('sessions/'));
  return {
    memory: () => Memory.parse(read('assumptions.json') ?? emptyMemory),
    learnings: () => Learnings.parse(read('learnings.json')),
    /** Those of one second in any order. */
    sessions: () => sessions.map((path) => Session.parse(read(path))),
    session: ({ outputs }: Pick<StepResult, 'outputs'>) => {
      const path = sessions.find((each) => each.endsWith(`/${outputs['session-id']}.json`));
      return Session.parse(read(path ?? expect.fail('the session is not on record')));
    },
  };
}

export const states = (bed: Pick<Bed, 'github'>) =>
  inLedger(bed)
    .memory()
    .assumptions.map(({ id, state, revision }) => `${id} ${state} ${revision}`);

/** The panel of a session's issue; what people copied is none. */
export function panelOf(issue: StoredIssue) {
  const isPanel = ({ body, author }: StoredIssue['comments'][number]) =>
    author.type === 'Bot' && body.includes('courier:submit');
  return issue.comments.find(isPanel) ?? expect.fail('there is no panel');
}

function systemOf({ system }: AcceptedRequest): string {
  return (Array.isArray(system) ? system : [system])
    .map((block) => (typeof block === 'string' ? block : (block?.text ?? '')))
    .join('\n\n');
}

/** The system prompt of a session's first request, as it arrived; the word of its fences is `FENCE`. */
export function promptOf(model: AnthropicDouble): string {
  const [first = expect.fail('the model was not asked')] = model.requests;
  const text = systemOf(first.body);
  const word = /<<<([0-9a-z]{20}) /.exec(text)?.[1] ?? expect.fail('there is no fence');
  return text.replaceAll(word, 'FENCE');
}

/** What it says is settled, by the labels of its fences; what stands between its points is in no order. */
export function settledIn(model: AnthropicDouble): Record<string, string[]> {
  const section = /^## What is settled\n\n([\s\S]*?)(?=\n\n## )/m.exec(promptOf(model))?.[1] ?? '';
  const fenced = [...section.matchAll(/<<<FENCE (.*)\n([\s\S]*?)\nFENCE>>>/g)];
  return Object.fromEntries(
    fenced.map(([, label = '', text = '']) => [label, text.slice(2).split('\n- ').toSorted()] as const),
  );
}

/** What the agent heard in one request: the texts of its last message. */
export function answersIn(model: AnthropicDouble, request: number): string[] {
  const { content } = model.requests[request]?.body.messages.at(-1) ?? expect.fail(`there is no request ${request}`);
  if (typeof content === 'string') return [content];
  return content.map((block) => {
    if (block.type === 'text') return block.text;
    const told = block.type === 'tool_result' ? block.content : undefined;
    return typeof told === 'string' ? told : JSON.stringify(told ?? block);
  });
}
