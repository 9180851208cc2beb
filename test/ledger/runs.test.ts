import { expect, it } from 'vitest';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import type { IssueRuns } from '../../src/ledger/runs-record.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { createMemoryStore } from './memory-store.ts';

const runs: IssueRuns = {
  version: 1,
  issue: 7,
  branch: 'courier/issue-7-slow-start',
  base: 'main',
  made: true,
  linked: true,
  attempts: [
    { session: 'S20261121-181500-ab3d', at: '2026-11-21T18:15:00Z', by: 'wanda', own: false, blueprint: 'fix' },
  ],
};

it('keeps the runs of an issue, and names the issues that have some', async () => {
  const { store } = createMemoryStore();
  await updateLedger(store, 'run', () => ({ runs }));
  const ledger = await readLedger(await store.read());
  expect(await ledger.readRuns(7)).toEqual(runs);
  expect(await ledger.readRuns(8)).toBeUndefined();
  expect(ledger.listRuns()).toEqual([7]);
});

it('sets aside what cannot be read, and what is of another issue', async () => {
  const { store, files } = createMemoryStore({ 'runs/7.json': JSON.stringify({ ...runs, issue: 8 }) });
  expect(await (await readLedger(await store.read())).readRuns(7)).toBeUndefined();
  await updateLedger(store, 'run', () => ({ runs }));
  expect(Object.keys(files()).filter((path) => path.startsWith('quarantine/runs/7.json'))).toHaveLength(1);
});

it('is not read where a newer Courier wrote it', async () => {
  const { store } = createMemoryStore({ 'runs/7.json': JSON.stringify({ ...runs, version: 9 }) });
  await expect((await readLedger(await store.read())).readRuns(7)).rejects.toThrow('newer Courier');
});
