import { expect, it } from 'vitest';
import type { JournalEntry } from '../../src/agents/journal.ts';
import { noUsage } from '../../src/agents/usage.ts';
import { shownBefore, spentBefore } from '../../src/flows/earlier-work.ts';
import type { EarlierScan } from '../../src/sessions/restored.ts';

const checkpoint = (costUsd: number) => ({
  ...{ at: 0, workedMs: 0, iterations: 1, usage: noUsage, costUsd, lastText: '', model: 'm' },
  ...({ compaction: 'own', reminded: false, cutOffs: 0 } as const),
});
const entries: JournalEntry[] = [
  { type: 'sent', checkpoint: checkpoint(0) },
  {
    type: 'turn',
    content: [{ type: 'tool-use', id: 't1', name: 'bash', input: { command: 'cat a.ts' }, verbatim: {} }],
    stop: { reason: 'tool-use' },
    checkpoint: checkpoint(0.75),
  },
  { type: 'said', blocks: [{ type: 'tool-result', toolUseId: 't1', text: 'exit code 0\nlet a = 1;', isError: false }] },
];

it('counts what an agent had spent before its session rested, and what it had been shown', () => {
  const rested: EarlierScan = {
    state: 'goes-on',
    scan: undefined,
    resume: (sandbox) => ({ from: 'journal', entries, sandbox, answers: [] }),
  };
  expect(spentBefore(rested)).toBe(0.75);
  expect(shownBefore(rested)).toMatchObject([
    { type: 'tool-use', tool: 'bash', id: 't1', input: { command: 'cat a.ts' } },
    { type: 'tool-result', id: 't1', ok: true, output: 'exit code 0\nlet a = 1;' },
  ]);
  expect([spentBefore({ state: 'begins' }), shownBefore({ state: 'begins' })]).toEqual([0, []]);
});
