import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LedgerChanges } from '../../src/ledger/ledger.ts';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { toChanges } from '../../src/ledger/to-changes.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { ConflictError, UserError } from '../../src/lib/errors.ts';
import { Session } from '../../src/sessions/session.ts';
import { aFinding } from './builders.ts';
import { createMemoryStore } from './memory-store.ts';

const session = { version: 1, id: 'S20261120-100000-aaaa', startedAt: '2026-11-20T10:00:00Z' };
const SessionHead = z.object({ id: z.string() });
const swift = { sleep: async () => {} };

async function openedWith(files: Record<string, string>, repositoryId?: string) {
  const { store } = createMemoryStore(files);
  return readLedger(await store.read(), repositoryId === undefined ? {} : { repositoryId });
}

describe('the ledger', () => {
  it('is empty where nothing was written', async () => {
    const ledger = await openedWith({}, '7');
    expect(ledger.findings).toEqual([]);
    expect(ledger.damaged).toEqual([]);
    expect(ledger.manifest).toEqual({ version: 1, repositoryId: '7' });
  });

  it('gives back what was written, each thing at its place', async () => {
    const { store, files } = createMemoryStore();
    const findings = [aFinding({ id: 'F-b0000002' }), aFinding({ id: 'F-a0000001' }), aFinding({ id: 'F-a0000000' })];
    const audit = [
      { at: session.startedAt, session: session.id, action: 'create-issue', target: '#1', actor: 'schedule' },
    ];
    const spend = { session: session.id, at: session.startedAt, usd: 1.25, settled: true };
    await updateLedger(store, 'scan', () => ({ findings, session, audit, spend: [spend] }), { repositoryId: '7' });
    expect(Object.keys(files()).sort()).toEqual([
      'audit/2026-11.ndjson',
      'findings/a.json',
      'findings/b.json',
      'ledger.json',
      'sessions/2026-11/S20261120-100000-aaaa.json',
      'spend/2026-11.json',
    ]);
    const ledger = await readLedger(await store.read(), { repositoryId: '7' });
    expect(ledger.findings).toEqual(findings.toSorted((a, b) => a.id.localeCompare(b.id)));
    expect(ledger.damaged).toEqual([]);
    expect(ledger.listSessions().map(({ id }) => id)).toEqual([session.id]);
    expect(await ledger.readSession(session.id, SessionHead)).toEqual({ session: { id: session.id } });
    expect(await ledger.readSession('S20261120-100000-zzzz', SessionHead)).toBeUndefined();
    expect((await ledger.readSpend('2026-11')).get(session.id)).toMatchObject({ usd: 1.25, settled: true });
  });

  it('writes JSON whose differences people can read', async () => {
    const { store, files } = createMemoryStore();
    await updateLedger(store, 'scan', () => ({ findings: [aFinding()] }));
    const before = (files()['findings/a.json'] ?? '').split('\n');
    await updateLedger(store, 'scan', () => ({ findings: [aFinding({ occurrences: 2 })] }));
    const after = (files()['findings/a.json'] ?? '').split('\n');
    expect(after.filter((line, index) => line !== before[index])).toEqual(['    "occurrences": 2,']);
    const keys = after.flatMap((line) => /^ {4}"(\w+)"/.exec(line)?.[1] ?? []);
    expect(keys).toEqual(keys.toSorted());
  });

  it('is the same text for the same findings, in whatever order they and their keys come', async () => {
    const finding = aFinding();
    const reversed = Object.fromEntries(Object.entries(finding).reverse());
    const [one, two] = [createMemoryStore(), createMemoryStore()];
    const other = aFinding({ id: 'F-a0000009' });
    await updateLedger(one.store, 'scan', () => ({ findings: [finding, other] }));
    await updateLedger(two.store, 'scan', () => ({ findings: [other, { ...finding, ...reversed }] }));
    expect(one.files()).toEqual(two.files());
  });

  it('writes only what changed, and commits nothing when nothing did', async () => {
    const { store, messages } = createMemoryStore();
    const findings = [aFinding({ id: 'F-a0000001' }), aFinding({ id: 'F-b0000001' })];
    await updateLedger(store, 'first', () => ({ findings, session }), { repositoryId: '7' });
    const ledger = await readLedger(await store.read(), { repositoryId: '7' });
    const changed = aFinding({ id: 'F-b0000001', occurrences: 2 });
    expect([...(await toChanges(ledger, { findings: [changed] })).keys()]).toEqual(['findings/b.json']);
    const again = await updateLedger(store, 'second', () => ({ findings, session }), { repositoryId: '7' });
    expect(again).toMatchObject({ written: false, revision: 'r1' });
    expect(messages).toEqual(['first']);
  });

  it('appends to the audit and never changes a line', async () => {
    const { store, files } = createMemoryStore({ 'audit/2026-11.ndjson': '{"cut off' });
    const entry = (target: string) => ({
      ...{ at: '2026-11-20T10:00:00Z', session: session.id, action: 'create-issue', target, actor: 'schedule' },
    });
    await updateLedger(store, 'one', () => ({ audit: [entry('#1'), entry('#2')] }));
    await updateLedger(store, 'two', () => ({ audit: [entry('#3'), { ...entry('#4'), at: '2026-12-01T00:00:00Z' }] }));
    const lines = (files()['audit/2026-11.ndjson'] ?? '').trimEnd().split('\n');
    expect(lines[0]).toBe('{"cut off');
    expect(lines.slice(1).map((line) => JSON.parse(line).target)).toEqual(['#1', '#2', '#3']);
    expect(files()['audit/2026-12.ndjson']).toContain('#4');
  });

  it('keeps a session record small, whatever an agent said', async () => {
    const { store, files } = createMemoryStore();
    const rejected = Array.from({ length: 300 }, (_, index) => ({
      title: `${index} ${'t'.repeat(5000)}`,
      reason: 'r',
    }));
    const record = { ...session, finalText: '👩'.repeat(50_000), rejected };
    await updateLedger(store, 'scan', () => ({ session: record }));
    const text = files()['sessions/2026-11/S20261120-100000-aaaa.json'] ?? '';
    expect(text.length).toBeLessThan(200_000);
    expect(JSON.parse(text).rejected).toHaveLength(300);
    expect(text.isWellFormed()).toBe(true);
  });

  it('takes the record of a session as it is declared', async () => {
    const { store } = createMemoryStore();
    const record: Session = {
      ...{
        version: 1,
        id: session.id,
        kind: 'scan',
        displayName: 'Scan',
        trigger: 'schedule',
        repository: 'acme/shop',
      },
      ...{ phase: 'completed', result: 'complete', reasons: [], startedAt: session.startedAt, agents: [], checks: [] },
      ...{ usage: { inputTokens: 1, outputTokens: 2, cacheReadTokens: 3, cacheWriteTokens: 4 }, costUsd: 0.1 },
      ...{
        raised: [],
        updated: [],
        resolved: [],
        reopened: [],
        rejected: [],
        notes: [],
        verdicts: [],
        questions: [],
        answers: [],
        assumptions: [],
      },
      ...{ resumedAt: [], priorSessions: [], citedFindings: [], ratings: [], archived: false },
      ...{ currentIteration: 0, maxIterations: 0 },
    };
    await updateLedger(store, 'scan', () => ({ session: record }));
    const ledger = await readLedger(await store.read());
    expect(await ledger.readSession(session.id, Session)).toEqual({ session: record });
  });
});

describe('concurrent writers of the ledger', () => {
  it('all succeed, each on what the others left', async () => {
    const { store } = createMemoryStore();
    const count = async () => {
      await updateLedger(
        store,
        'count',
        ({ findings }) => ({ findings: [aFinding({ occurrences: (findings[0]?.occurrences ?? 0) + 1 })] }),
        swift,
      );
    };
    await Promise.all(Array.from({ length: 6 }, count));
    expect((await readLedger(await store.read())).findings[0]?.occurrences).toBe(6);
  });

  it('are given what was decided in the end, with whatever it carries', async () => {
    const { store } = createMemoryStore();
    let calls = 0;
    const { decided } = await updateLedger(
      store,
      'scan',
      async () => {
        calls += 1;
        if (calls === 1) await updateLedger(store, 'other', () => ({ findings: [aFinding({ id: 'F-c0000001' })] }));
        return { findings: [aFinding()], fresh: calls };
      },
      swift,
    );
    expect(decided.fresh).toBe(2);
    expect((await readLedger(await store.read())).findings).toHaveLength(2);
  });

  it('give up after eight tries', async () => {
    const { store } = createMemoryStore();
    let tries = 0;
    const busy = {
      ...store,
      commit: async () => {
        tries += 1;
        throw new ConflictError('moved on');
      },
    };
    const late = updateLedger(busy, 'scan', () => ({ session }), swift);
    await expect(late).rejects.toThrow(ConflictError);
    expect(tries).toBe(8);
  });
});

describe('a damaged ledger', () => {
  const good = aFinding();
  const damagedElement = { ...aFinding({ id: 'F-a0000002' }), severity: 9 };
  const files = {
    'findings/a.json': JSON.stringify([good, damagedElement, 'nonsense', { ...good, title: 'twice' }]),
    'findings/b.json': '<<<<<<< HEAD\n[]',
    'findings/c.json': JSON.stringify([aFinding({ id: 'F-d0000001' })]),
    'findings/d.json': '{}',
    'sessions/2026-11/S1.json': '{"id": 7}',
    'sessions/2026-11/S2.json': '{',
  };

  it('is read as far as it goes, and told', async () => {
    const ledger = await openedWith(files);
    expect(ledger.findings).toEqual([good]);
    expect(ledger.damaged.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
      expect.stringMatching(/^findings\/a\.json holds severity: /),
      expect.stringMatching(/^findings\/a\.json holds an element: /),
      'findings/a.json holds F-a0000001 twice',
      'findings/b.json is not valid JSON',
      'findings/c.json holds F-d0000001, which belongs elsewhere',
      'findings/d.json is not a list of findings',
    ]);
    expect(await ledger.readSession('S1', SessionHead)).toEqual({ damaged: expect.stringContaining('holds id') });
    expect(await ledger.readSession('S2', SessionHead)).toEqual({ damaged: 'is not valid JSON' });
  });

  it('sets the damaged parts aside with the next write, once, and can be read again', async () => {
    const { store, files: now } = createMemoryStore(files);
    await updateLedger(store, 'scan', () => ({ findings: [{ ...good, occurrences: 2 }] }));
    const kept = Object.entries(now()).filter(([path]) => path.startsWith('quarantine/'));
    expect(kept.map(([path]) => path.replace(/[0-9a-f]{12}$/, 'x')).sort()).toEqual([
      ...Array(3).fill('quarantine/findings/a.json.x'),
      ...['b', 'c', 'd'].map((name) => `quarantine/findings/${name}.json.x`),
    ]);
    expect(kept.map(([, text]) => text)).toContain(files['findings/b.json']);
    const parts = kept.filter(([path]) => path.includes('/a.json')).map(([, text]) => JSON.parse(text));
    expect(parts).toContainEqual(damagedElement);
    const ledger = await openedWith(now());
    expect(ledger.findings.map(({ id }) => id)).toEqual(['F-a0000001']);
    expect(ledger.damaged).toEqual([]);
  });

  it('keeps a damaged manifest, spend and session aside too', async () => {
    const bad = {
      'ledger.json': '{',
      'spend/2026-11.json': '{"a":1}',
      'sessions/2026-11/S20261120-100000-aaaa.json': 'x',
    };
    const { store, files: now } = createMemoryStore(bad);
    const spend = { session: session.id, at: session.startedAt, usd: 1, settled: false };
    await updateLedger(store, 'scan', () => ({ session, spend: [spend] }), { repositoryId: '7' });
    const kept = Object.entries(now()).filter(([path]) => path.startsWith('quarantine/'));
    expect(kept.map(([, text]) => text).sort()).toEqual(Object.values(bad).sort());
    expect(JSON.parse(now()['ledger.json'] ?? '')).toEqual({ version: 1, repositoryId: '7' });
  });

  it('does not follow names that mean something to JavaScript', async () => {
    const ledger = await openedWith({ 'findings/a.json': '[{"__proto__": {"polluted": true}, "constructor": 1}]' });
    expect(ledger.damaged).toHaveLength(1);
    expect(Reflect.has({}, 'polluted')).toBe(false);
  });

  it('survives an element that nests without end', async () => {
    const deep = `[{"id": ${'['.repeat(100_000)}${']'.repeat(100_000)}}]`;
    const ledger = await openedWith({ 'findings/a.json': deep });
    expect(ledger.damaged).toHaveLength(1);
    const changes = await toChanges(ledger, { findings: [aFinding()] });
    expect([...changes.values()]).toContain(deep);
  });
});

describe("another one's ledger", () => {
  it.each([
    { where: 'the manifest', files: { 'ledger.json': '{"version": 2, "shape": "new"}' } },
    { where: 'a finding', files: { 'findings/a.json': '[{"version": 2}]' } },
  ])('is refused when a newer Courier wrote $where', async ({ files }) => {
    await expect(openedWith(files)).rejects.toThrow(UserError);
    await expect(openedWith(files)).rejects.toThrow('written by a newer Courier');
  });

  it('counts as empty in a fork, and goes with the first write', async () => {
    const { store, files } = createMemoryStore();
    await updateLedger(store, 'theirs', () => ({ findings: [aFinding(), aFinding({ id: 'F-b0000001' })], session }), {
      repositoryId: '1',
    });
    const forked = await readLedger(await store.read(), { repositoryId: '2' });
    expect(forked.findings).toEqual([]);
    expect(forked.listSessions()).toEqual([]);
    const changes: LedgerChanges = { findings: [aFinding({ occurrences: 5 })] };
    await updateLedger(store, 'ours', () => changes, { repositoryId: '2' });
    expect(Object.keys(files()).sort()).toEqual(['findings/a.json', 'ledger.json']);
    expect((await readLedger(await store.read(), { repositoryId: '2' })).findings[0]?.occurrences).toBe(5);
  });

  it('stays ours where nobody says which repository this is', async () => {
    const { store } = createMemoryStore();
    await updateLedger(store, 'ours', () => ({ findings: [aFinding()] }), { repositoryId: '1' });
    await updateLedger(store, 'local', () => ({ session }));
    const ledger = await readLedger(await store.read(), { repositoryId: '1' });
    expect(ledger.findings).toHaveLength(1);
  });
});
