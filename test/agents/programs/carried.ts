import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/agents/agent.ts';
import type { JournalEntry } from '../../../src/agents/journal.ts';
import { readTranscript, renderTranscriptLine } from '../../../src/sessions/transcript.ts';
import { aFinding } from '../scripted-session.ts';
import { type Bed, longest, openBed, type Programs, whatIsMissing } from './program-bed.ts';
import { call, done, finish, shell } from './spoken-models.ts';

const timeout = longest.test;
const answers: readonly Answer[] = [{ questionId: 'q1', from: 'maria', text: 'It is public.' }];

/** The journal as another machine gets it. */
function carry(journal: readonly JournalEntry[]): JournalEntry[] {
  const lines = journal.map((entry) =>
    renderTranscriptLine('s', entry, { session: 'S1', clean: (text) => text, key: undefined }),
  );
  return readTranscript(lines.join('\n'), 's', { session: 'S1', key: undefined }).entries;
}

/** All that was said, in the words of whichever vendor. */
function messagesOf(body: string | undefined): unknown[] {
  const { messages, input } = JSON.parse(body ?? '{}');
  return (messages ?? input).map(({ id: _, ...message }: { id?: string; content?: unknown }) => ({
    ...message,
    content: message.content,
  }));
}

const notices = ({ events }: Bed) =>
  events.flatMap((event) => (event.type === 'notice' ? [event.text] : [])).join('\n');

/** What becomes of a session of the real program that waits for an answer and goes on on another machine. */
export async function describeCarried(tool: Programs): Promise<void> {
  const missing = await whatIsMissing(tool);
  const left = missing === undefined ? '' : ` (left out: ${missing})`;
  describe.skipIf(missing !== undefined)(`${tool} on another machine${left}`, () => {
    const beds: Bed[] = [];
    let resting: Bed | undefined;
    let parked: Promise<{ bed: Bed; calls: number }> | undefined;
    afterEach(async () => {
      for (const bed of beds.splice(0)) await bed.close();
    });
    afterAll(() => resting?.close());

    /** One that waits: the same for all that may become of it. */
    async function park() {
      const bed = await openBed(tool, ({ texts }) => {
        if (texts.includes('It is public.')) return texts.includes('Looked at all of it') ? done : finish;
        if (texts.includes('The session rests')) return { text: 'I wait.' };
        if (!texts.includes('Stored as r1'))
          return texts.includes('bound-out') ? call('report_finding', aFinding) : shell('echo bound-out');
        return call('ask_question', { question: 'Is the search public?', blocking: true });
      });
      resting = bed;
      expect(await bed.run({ questions: 'block' })).toMatchObject({ ending: 'parked', questions: ['q1'] });
      return { bed, calls: bed.model.calls() };
    }

    /** Another sandbox, with the same model behind it. */
    async function goElsewhere() {
      parked ??= park();
      const { bed, calls } = await parked;
      const elsewhere = await openBed(tool, [], { upstream: bed.model.url });
      beds.push(elsewhere);
      const begun = bed.model.calls();
      return {
        elsewhere,
        journal: carry(bed.journal),
        before: messagesOf(bed.model.bodies()[calls - 1]),
        after: () => messagesOf(bed.model.bodies()[begun]),
        resume: (entries: readonly JournalEntry[]) =>
          elsewhere.run({ questions: 'block' }, { resume: { from: 'journal', entries, sandbox: 'fresh', answers } }),
      };
    }

    it('goes on with its very conversation, and the answer', { timeout }, async () => {
      const { elsewhere, journal, before, after, resume } = await goElsewhere();
      expect(await resume(journal)).toMatchObject({ ending: 'finished', handedOver: [{ line: { id: 'r1' } }, {}] });
      // The marks of what may be cached move on.
      const plain = (message: unknown) =>
        JSON.stringify(message)
          .replaceAll(/,"cache_control":\{[^}]*\}/g, '')
          .replaceAll(/\[\{"type":"text","text":("(?:[^"\\]|\\.)*")\}\]/g, '$1');
      expect(after().slice(0, before.length).map(plain)).toEqual(before.map(plain));
      expect(JSON.stringify(after().slice(before.length))).toContain('It is public.');
      expect(notices(elsewhere)).toContain('its own conversation goes on');
      expect(await elsewhere.lines('issues.json')).toMatchObject([{ id: 'r1' }]);
    });

    it.runIf(tool === 'codex')(
      'begins anew, and says why, where the conversation is another version’s',
      { timeout },
      async () => {
        const { elsewhere, journal, after, resume } = await goElsewhere();
        const other = journal.map((entry) => (entry.type === 'conversation' ? { ...entry, version: '0.1.0' } : entry));
        expect(await resume(other)).toMatchObject({ ending: 'finished' });
        expect(notices(elsewhere)).toMatch(/begins anew.*one of Codex 0\.1\.0, and this is \d/);
        expect(JSON.stringify(after())).toContain('SQL injection in the search');
      },
    );

    it.runIf(tool === 'codex')(
      'begins anew where the program does not go on with what came back',
      { timeout },
      async () => {
        const { elsewhere, journal, after, resume } = await goElsewhere();
        const spoilt = journal.map((entry) => {
          if (entry.type !== 'conversation') return entry;
          const rows = entry.rows.map((row) =>
            row.type === 'session_meta' ? { ...row, payload: { ...Object(row.payload), history_mode: 'never' } } : row,
          );
          return { ...entry, rows };
        });
        expect(await resume(spoilt)).toMatchObject({ ending: 'finished' });
        expect(notices(elsewhere)).toContain('begins anew');
        expect(JSON.stringify(after())).toContain('Is the search public?');
      },
    );
  });
}
