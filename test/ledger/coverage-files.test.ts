import { expect, it } from 'vitest';
import type { Coverage } from '../../src/coverage/coverage.ts';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { createMemoryStore } from './memory-store.ts';

function aCoverage(files: number, day = '2026-11-21', scan = 'security'): Coverage {
  const entry = (index: number) =>
    [
      `packages/some-package-${index % 200}/src/components/component-${index}.ts`,
      { blob: index.toString(16).padStart(12, '0'), lines: 250, seen: 0xffff, day, offers: 0 },
    ] as const;
  return new Map([[scan, new Map(Array.from({ length: files }, (_, index) => entry(index)))]]);
}

it('keeps 20,000 files within a few readable files, and reads them back', async () => {
  const { store, files } = createMemoryStore();
  const coverage = aCoverage(20_000);
  await updateLedger(store, 'first', () => ({ coverage }));
  const texts = Object.entries(files()).filter(([path]) => path.startsWith('coverage/'));
  expect(texts).toHaveLength(16);
  expect(Math.max(...texts.map(([, text]) => text.length))).toBeLessThan(200_000);
  const ledger = await readLedger(await store.read());
  expect(new Map((await ledger.readCoverage()).get('security'))).toEqual(coverage.get('security'));
});

it('forgets what was looked at longest ago where there is more than it may hold', async () => {
  const { store, files } = createMemoryStore();
  const old = aCoverage(70_000, '2026-01-01', 'old').get('old') ?? new Map();
  const fresh = aCoverage(1000).get('security') ?? new Map();
  const coverage = new Map([
    ['old', old],
    ['security', fresh],
  ]);
  await updateLedger(store, 'first', () => ({ coverage }));
  for (const text of Object.values(files())) expect(text.length).toBeLessThan(400_000);
  const read = await (await readLedger(await store.read())).readCoverage();
  expect(read.get('security')?.size).toBe(1000);
  expect(read.get('old')?.size).toBeGreaterThan(10_000);
});

it('writes only what changed, and removes a file of which nothing is left', async () => {
  const { store, files } = createMemoryStore();
  await updateLedger(store, 'first', () => ({ coverage: aCoverage(40) }));
  expect(await updateLedger(store, 'same', () => ({ coverage: aCoverage(40) }))).toMatchObject({ written: false });
  await updateLedger(store, 'less', () => ({ coverage: aCoverage(1) }));
  expect(Object.keys(files()).filter((path) => path.startsWith('coverage/'))).toHaveLength(1);
});

it('takes what it cannot read for never looked at, and puts it aside when it writes', async () => {
  const { store, files } = createMemoryStore({ 'coverage/0.json': '{"version":1,"scans":[]}', 'coverage/1.json': '{' });
  const ledger = await readLedger(await store.read());
  expect((await ledger.readCoverage()).size).toBe(0);
  await updateLedger(store, 'first', () => ({ coverage: aCoverage(100) }));
  const kept = Object.entries(files()).filter(([path]) => path.startsWith('quarantine/coverage/'));
  expect(kept.map(([, text]) => text).sort()).toEqual(['{', '{"version":1,"scans":[]}'].sort());
});
