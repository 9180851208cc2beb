import { describe, expect, it } from 'vitest';
import { placeOf } from '../../src/commands/place-of.ts';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import type { PanelRecord } from '../../src/questions/panel.ts';
import { createMemoryStore } from './memory-store.ts';

const session = 'S20261121-181500-ab3d';
const panel: PanelRecord = {
  version: 1,
  session,
  openedAt: '2026-11-21T18:20:00Z',
  issue: { number: 12, url: 'https://github.test/acme/shop/issues/12' },
  acts: [
    { by: 'tom', at: '2026-11-21T19:00:00Z', from: 'x', comment: 5, kind: 'tick', question: 'Q1', option: 1, on: true },
  ],
  closed: false,
};

describe('the issue of a session in the ledger', () => {
  it('is known with its panel, and tells commands where they stand', async () => {
    const { store } = createMemoryStore();
    await updateLedger(store, 'asked', () => ({ panel }));
    const ledger = await readLedger(await store.read());
    expect(ledger.sessionIssues).toEqual([{ session, number: 12, url: panel.issue?.url, open: true }]);
    expect(await ledger.readPanel(session)).toEqual(panel);
    expect(placeOf({ issue: 12, pullRequest: false }, ledger)).toBe('session');
    expect(placeOf({ issue: 13, pullRequest: false }, ledger)).toBe('issue');
  });

  it('is in the list once, as it is now', async () => {
    const { store } = createMemoryStore();
    await updateLedger(store, 'asked', () => ({ panel }));
    await updateLedger(store, 'closed', () => ({ panel: { ...panel, closed: true } }));
    const { sessionIssues } = await readLedger(await store.read());
    expect(sessionIssues.map(({ open }) => open)).toEqual([false]);
  });

  it('is not in the list before it is made', async () => {
    const { store } = createMemoryStore();
    const { issue: _, ...before } = panel;
    await updateLedger(store, 'claimed', () => ({ panel: before }));
    expect((await readLedger(await store.read())).sessionIssues).toEqual([]);
  });

  it('is set aside where it cannot be read, and no panel of another session stands in for it', async () => {
    const { store, files } = createMemoryStore({
      [`panels/${session}.json`]: JSON.stringify({ ...panel, session: 'S20261121-000000-aaaa' }),
      'session-issues.json': '{',
    });
    const ledger = await readLedger(await store.read());
    expect(await ledger.readPanel(session)).toBeUndefined();
    await updateLedger(store, 'asked', () => ({ panel }));
    expect(Object.keys(files()).filter((path) => path.startsWith('quarantine/'))).toHaveLength(2);
  });
});
