import { expect } from 'vitest';
import type { AgentEvent } from '../../../../src/agents/agent.ts';
import { aFinding } from '../../scripted-session.ts';
import { done, finish, shell } from '../spoken-models.ts';
import { report, type Scenario } from './scenario.ts';

const question = { question: 'Is the search public?', blocking: true };

export const people: readonly Scenario[] = [
  {
    name: 'rests at a question that must be answered, and goes on with the answer',
    suite: ['codex'],
    async play({ open }) {
      const bed = await open(({ texts }) => {
        if (texts.includes('It is public.')) return texts.includes('Looked at all of it') ? done : finish;
        if (texts.includes('The session rests')) return { text: 'I wait.' };
        return {
          uses: [
            { call: 'ask_question', input: question },
            { call: 'report_finding', input: aFinding },
          ],
        };
      });
      const parked = await bed.run({ questions: 'block' });
      expect(parked).toMatchObject({ ending: 'parked', questions: ['q1'] });
      const calls = bed.model.calls();
      const resume = { from: 'journal', entries: bed.journal, sandbox: 'kept' } as const;
      expect(await bed.run({ questions: 'block' }, { resume })).toMatchObject({ ending: 'parked', questions: ['q1'] });
      expect(bed.model.calls()).toBe(calls);
      const answers = [{ questionId: 'q1', from: 'maria', text: 'It is public.' }];
      expect(await bed.run({ questions: 'block' }, { resume: { ...resume, answers } })).toMatchObject({
        ending: 'finished',
      });
      expect(bed.model.bodies().at(-1)).toContain('Is the search public?');
      expect(await bed.lines('issues.json')).toHaveLength(1);
    },
  },
  {
    name: 'hears what people write while it works',
    suite: ['claude-code'],
    async play({ open }) {
      const bed = await open(({ texts }) => {
        if (texts.includes('Leave the tests out.')) return texts.includes('Looked at all of it') ? done : finish;
        return shell('sleep 0.2; echo work');
      });
      let told = false;
      const messages = async () => {
        if (told) return [];
        told = true;
        return [{ id: 'm1', from: 'maria', text: 'Leave the tests out.' }];
      };
      expect(await bed.run({}, { messages })).toMatchObject({ ending: 'finished' });
      expect(bed.events).toContainEqual({ type: 'heard', id: 'm1', from: 'maria', text: 'Leave the tests out.' });
    },
  },
  {
    name: 'is ended at once, and what it handed over is kept',
    suite: ['codex'],
    async play({ open }) {
      const bed = await open([report('kept'), shell('sleep 300')]);
      const kill = new AbortController();
      let answers = 0;
      const onEvent = (event: AgentEvent) => {
        // The second answer is the one that has it sleep.
        if (event.type === 'usage') answers += 1;
        if (answers === 2) kill.abort();
      };
      const result = await bed.run({}, { signal: kill.signal, onEvent });
      expect(result).toMatchObject({ ending: 'aborted' });
      expect(result.handedOver).toMatchObject([{ line: { title: 'kept' } }]);
    },
  },
];
