import { describe, expect, it } from 'vitest';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import type { Learnings } from '../../src/memory/learning.ts';
import type { Memory } from '../../src/memory/memory.ts';
import { anAnswer, anAssumption } from '../memory/builders.ts';
import { createMemoryStore } from './memory-store.ts';

const memory: Memory = { version: 1, assumptions: [anAssumption()], answers: [anAnswer()] };
const learnings: Learnings = {
  version: 1,
  learnings: [
    {
      ...{ id: 'L1', text: 'Say nothing of line lengths.', why: 'Three 👎', state: 'proposed', history: [] },
      ...{ scope: { paths: [], categories: [] }, sources: [{ kind: 'rate', where: 'x', by: 'ada', at: 'x' }] },
    },
  ],
  rules: [{ id: 'R1', paths: ['legacy/**'], text: 'Report data loss only.', by: 'ada', at: 'x', from: 'x' }],
};

describe('what is settled, in the ledger', () => {
  it('is read as it was written, each in a file of its own', async () => {
    const { store, files } = createMemoryStore();
    await updateLedger(store, 'settled', () => ({ memory, learnings }));
    expect(Object.keys(files()).sort()).toEqual(['assumptions.json', 'learnings.json', 'ledger.json']);
    const ledger = await readLedger(await store.read());
    expect(await ledger.readMemory()).toEqual(memory);
    expect(await ledger.readLearnings()).toEqual(learnings);
  });

  it('is nothing before somebody said anything', async () => {
    const ledger = await readLedger(await createMemoryStore().store.read());
    expect(await ledger.readMemory()).toEqual({ version: 1, assumptions: [], answers: [] });
    expect(await ledger.readLearnings()).toEqual({ version: 1, learnings: [], rules: [] });
  });

  it('loses only the damaged record, which is set aside with its file when it is written again', async () => {
    const damaged = { ...memory, assumptions: [anAssumption(), { ...anAssumption({ id: 'A2' }), state: 'believed' }] };
    const { store, files } = createMemoryStore({ 'assumptions.json': JSON.stringify(damaged), 'learnings.json': '{' });
    const before = await readLedger(await store.read());
    expect((await before.readMemory()).assumptions.map(({ id }) => id)).toEqual(['A1']);
    await updateLedger(store, 'settled', () => ({ memory, learnings }));
    const aside = Object.entries(files()).filter(([path]) => path.startsWith('quarantine/'));
    expect(aside.map(([, text]) => text).sort()).toEqual([JSON.stringify(damaged), '{'].sort());
  });

  it('is not that of another repository', async () => {
    const { store } = createMemoryStore();
    await updateLedger(store, 'settled', () => ({ memory }), { repositoryId: '1' });
    const fork = await readLedger(await store.read(), { repositoryId: '2' });
    expect((await fork.readMemory()).assumptions).toEqual([]);
  });

  it('of a newer Courier is refused', async () => {
    const { store } = createMemoryStore({ 'assumptions.json': '{"version":2}' });
    const ledger = await readLedger(await store.read());
    await expect(ledger.readMemory()).rejects.toThrow('newer Courier');
  });
});
