import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JournalEntry, readJournal, toLine } from '../../src/agents/journal.ts';
import { noUsage } from '../../src/agents/usage.ts';

const checkpoint = {
  at: 1,
  workedMs: 10,
  iterations: 1,
  usage: noUsage,
  costUsd: 0.1,
  lastText: 'Hm',
  model: 'claude-opus-5-5',
  compaction: 'own' as const,
  reminded: false,
  cutOffs: 0,
};

const verbatim = { type: 'thinking', thinking: 'Look «first»\n', signature: 'c2lnbg==' };

const journal: JournalEntry[] = [
  {
    type: 'start',
    version: 1,
    at: 1,
    scan: 'security',
    model: 'claude-opus-5-5',
    prompt: { system: ['guide', 'notes'], opening: 'Go.', fence: 'abc' },
    tools: [{ name: 'bash', description: 'Runs.', inputSchema: { type: 'object' } }],
  },
  { type: 'said', blocks: [{ type: 'text', text: 'Go.' }] },
  { type: 'sent', checkpoint },
  {
    type: 'turn',
    content: [
      { type: 'thinking', text: 'Look «first»\n', verbatim },
      { type: 'tool-use', id: 't1', name: 'report_finding', input: { title: 'x' }, verbatim: {} },
    ],
    stop: { reason: 'tool-use' },
    checkpoint: { ...checkpoint, transcriptTokens: 100 },
  },
  { type: 'handed-over', file: 'issues.json', line: { id: 'r1', title: 'x' }, use: 't1' },
  { type: 'said', blocks: [{ type: 'tool-result', toolUseId: 't1', text: 'Stored as r1.', isError: false }] },
  { type: 'turn', content: [], stop: { reason: 'refusal', category: 'cyber', explanation: undefined }, checkpoint },
  { type: 'replaced', messages: [{ role: 'user', content: [{ type: 'text', text: 'In short' }] }], checkpoint },
  { type: 'spent', checkpoint },
  { type: 'resumed', at: 3, sandbox: 'fresh' },
  { type: 'ended', ending: 'parked', stopReason: 'waiting_input', checkpoint },
];
const text = journal.map((entry) => `${toLine(entry)}\n`).join('');

describe('a journal', () => {
  it('gives back every entry as it was written', () => {
    expect(readJournal(text)).toEqual({ entries: journal, leftOut: 0 });
  });

  it('cut off anywhere gives its whole lines', () => {
    fc.assert(
      fc.property(fc.nat({ max: text.length }), (at) => {
        const cut = text.slice(0, at);
        const { entries } = readJournal(cut);
        const whole = cut.split('\n').length - 1;
        // A line without its line break may be whole by chance.
        expect([whole, whole + 1]).toContain(entries.length);
        expect(entries).toEqual(journal.slice(0, entries.length));
      }),
    );
  });

  it('ends for its reader before a line that cannot be read, or is not an entry', () => {
    for (const damage of ['{"type":"sent"', '{"type":"said","blocks":[{"type":"image"}]}', 'null', '[]', '"x"']) {
      const lines = text.split('\n');
      lines[3] = damage;
      const { entries, leftOut } = readJournal(lines.join('\n'));
      expect(entries).toEqual(journal.slice(0, 3));
      expect(leftOut).toBe(journal.length - 3);
    }
  });

  it('takes any text without a complaint', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (any) => readJournal(any).entries.length === 0));
  });
});
