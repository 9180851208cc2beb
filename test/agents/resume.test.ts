import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/agents/journal.ts';
import { withKept } from '../../src/agents/restore-handover.ts';
import type { AcceptedRequest } from '../fakes/anthropic/check-request.ts';
import { blocksOf } from '../fakes/anthropic/check-request.ts';
import type { ScriptedReply } from '../fakes/anthropic/script.ts';
import { type AnthropicDouble, startAnthropic } from '../fakes/anthropic/start-anthropic.ts';
import { createFakeSandbox, type FakeSandbox } from '../fakes/sandbox.ts';
import { aFinding, aJournal, finish, linesOf, report, runScripted } from './scripted-session.ts';

const call = (name: string, input: object) => ({ name, input });

/** A session with all that may happen between two turns. */
const session: readonly ScriptedReply[] = [
  {
    thinking: 'Look first.',
    text: 'Looking.',
    toolUses: [call('bash', { command: 'a' }), call('bash', { command: 'b' })],
  },
  {
    thinking: 'One.',
    toolUses: [
      call('report_finding', aFinding),
      call('bash', { command: 'a' }),
      call('report_finding', { ...aFinding, title: 'Two' }),
    ],
  },
  {
    toolUses: [
      call('ask_question', { question: 'Is it public?', blocking: true }),
      call('record_assumption', { text: 'It is.', questionId: 'q1' }),
      call('update_finding', { id: 'F-abcd2345', verdict: 'unsure' }),
    ],
  },
  { text: 'I think that is all.' },
  {
    thinking: 'More.',
    toolUses: [call('update_finding', { id: 'r1', priority: 'critical' }), call('report_finding', {})],
  },
  { ...report({ ...aFinding, title: 'Cut off' }), stopReason: 'max_tokens' },
  report({ ...aFinding, title: 'Three' }),
  { text: 'Wait.', stopReason: 'pause_turn' },
  finish({ summary: 'All of it.' }),
];

/** Says what comes next by the transcript alone, so that it does not matter which process asks. What was interrupted is called again. */
function reply({ messages }: AcceptedRequest): ScriptedReply {
  const calls = messages.flatMap((message) => blocksOf(message)).filter((block) => block.type === 'tool_use');
  const news = messages.slice(messages.findLastIndex(({ role }) => role === 'assistant') + 1);
  const again = news
    .flatMap((message) => blocksOf(message))
    .flatMap((block) => {
      if (block.type !== 'tool_result' || !String(block.content).startsWith('It was interrupted')) return [];
      return calls.filter(({ id }) => id === block.tool_use_id).map(({ name, input }) => call(name, input));
    });
  if (again.length > 0) return { text: 'Again.', toolUses: again };
  const turns = messages.filter((message) => message.role === 'assistant' && !isAgain(message)).length;
  return session[turns] ?? { text: 'Nothing left.' };
}

function isAgain(message: AcceptedRequest['messages'][number]): boolean {
  return blocksOf(message).some((block) => block.type === 'text' && block.text === 'Again.');
}

const task = { known: [{ id: 'F-abcd2345', title: 'Old' }] };
const aSandbox = (): FakeSandbox =>
  createFakeSandbox({ commands: { a: { stdout: 'a\n' }, b: { stdout: 'b\n', takesMs: 2 } } });

/** What was handed over in the end, by id. */
function outcomeOf(sandbox: FakeSandbox): unknown {
  const lines = [...(linesOf(sandbox, 'issues.json') ?? []), ...(linesOf(sandbox, 'questions.json') ?? [])];
  return Object.fromEntries(lines.map((line) => [idOf(JSON.parse(JSON.stringify(line))), line]));
}

function idOf(line: { id?: string; known?: string; questions?: { id: string }[]; assumptions?: { id: string }[] }) {
  return line.id ?? line.known ?? line.questions?.[0]?.id ?? line.assumptions?.[0]?.id;
}

let api: AnthropicDouble;
beforeAll(async () => {
  api = await startAnthropic({ script: reply });
});
afterAll(() => api.close());

async function wholeSession() {
  const journal = aJournal();
  const whole = await runScripted(reply, { api, journal, task, sandbox: aSandbox() });
  return { entries: journal.entries, outcome: outcomeOf(whole.sandbox), whole };
}

/** A sandbox that outlived its session, as it was when the journal was cut there. */
async function keptAt(entries: readonly JournalEntry[], torn: number): Promise<FakeSandbox> {
  const sandbox = aSandbox();
  const lines = entries.filter((entry) => entry.type === 'handed-over');
  for (const file of ['issues.json', 'questions.json'] as const) {
    const text = withKept('', lines, file);
    if (text) await sandbox.writeFile(`/out/${file}`, text.slice(0, text.length - torn));
  }
  return sandbox;
}

describe('a session that broke off', () => {
  it('ends with the same findings wherever its journal was cut, in the middle of a turn too', async () => {
    const { entries, outcome, whole } = await wholeSession();
    expect(whole.result).toMatchObject({ ending: 'finished', finalText: 'All of it.' });
    expect(Object.keys(outcome ?? {})).toEqual(['r1', 'r2', 'F-abcd2345', 'r3', 'q1', 'a1']);
    for (let cut = 0; cut <= entries.length; cut++) {
      for (const sandbox of [aSandbox(), await keptAt(entries.slice(0, cut), cut % 30)]) {
        const resume = {
          from: 'journal',
          entries: entries.slice(0, cut),
          sandbox: cut % 2 ? 'kept' : 'fresh',
        } as const;
        const { result } = await runScripted(reply, { api, task, sandbox, resume });
        expect([cut, result.ending, result.finalText]).toEqual([cut, 'finished', 'All of it.']);
        expect([cut, outcomeOf(sandbox)]).toEqual([cut, outcome]);
        expect([cut, result.iterations]).toEqual([cut, expect.toSatisfy((turns) => turns >= 9 && turns <= 10)]);
      }
    }
    expect(api.refused).toEqual([]);
  });

  it('ends with the same findings also when it is killed again and again', async () => {
    const { outcome } = await wholeSession();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 5 }), async (lives) => {
        let entries: JournalEntry[] = [];
        for (const appends of [...lives, Number.POSITIVE_INFINITY]) {
          const sandbox = aSandbox();
          const kill = new AbortController();
          const journal = aJournal(entries);
          const dying = {
            async append(entry: JournalEntry) {
              if (journal.entries.length >= entries.length + appends) return kill.abort();
              await journal.append(entry);
            },
          };
          const resume = { from: 'journal', entries, sandbox: 'fresh' } as const;
          const { result } = await runScripted(reply, {
            api,
            task,
            sandbox,
            journal: dying,
            resume,
            signal: kill.signal,
          });
          entries = journal.entries;
          if (appends < Number.POSITIVE_INFINITY) continue;
          expect(result.ending).toBe('finished');
          expect(outcomeOf(sandbox)).toEqual(outcome);
        }
      }),
      { numRuns: 15 },
    );
    expect(api.refused).toEqual([]);
  });
});
