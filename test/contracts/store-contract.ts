import { afterEach, describe, expect, it } from 'vitest';
import type { Changes, Snapshot, Store } from '../../src/ledger/store.ts';
import { ConflictError } from '../../src/lib/errors.ts';

/** A fresh, empty place; every `open()` is one more writer on that same place. */
export type StoreBed = { open(): Store; close?(): Promise<void> };

const changes = (files: Record<string, string | null>): Changes => new Map(Object.entries(files));

async function contentsOf(snapshot: Snapshot): Promise<Record<string, string | undefined>> {
  const entries = snapshot.list('').map(async (path) => [path, await snapshot.read(path)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function write(store: Store, files: Record<string, string | null>): Promise<string> {
  return store.commit(await store.read(), changes(files), 'test: write');
}

async function writeWithRetry(store: Store, change: (before: Snapshot) => Promise<Changes>, tries = 60): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const base = await store.read();
    try {
      await store.commit(base, await change(base), 'test: count');
      return;
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === tries) throw error;
    }
  }
}

export const hostilePaths = [
  '',
  '/',
  '/etc/passwd',
  '..',
  '../outside.json',
  'findings/../../outside.json',
  'findings/./a.json',
  'findings//a.json',
  'findings/a.json/',
  './a.json',
  '.git/config',
  '.GIT/hooks/pre-commit',
  '.revision',
  'findings\\..\\..\\outside.json',
  'C:/windows/a.json',
  'findings/a\u0000.json',
  'findings/a\n.json',
  `findings/${'a'.repeat(600)}.json`,
];

/** What every `Store` promises (src/ledger/store.ts). Run it on each adapter and on the fake. */
export function describeStore(name: string, makeBed: () => Promise<StoreBed>): void {
  describe(`the store contract: ${name}`, () => {
    const beds: StoreBed[] = [];
    const fresh = async () => {
      const bed = await makeBed();
      beds.push(bed);
      return bed;
    };
    afterEach(async () => {
      for (const bed of beds.splice(0)) await bed.close?.();
    });

    it('has no revision and no files while nothing was written', async () => {
      const snapshot = await (await fresh()).open().read();
      expect(snapshot.revision).toBeUndefined();
      expect(snapshot.list('')).toEqual([]);
      expect(await snapshot.read('ledger.json')).toBeUndefined();
    });

    it('gives back what was committed, to every reader, under the revision that commit returned', async () => {
      const bed = await fresh();
      const revision = await write(bed.open(), { 'ledger.json': '{}\n', 'findings/a.json': '[1]' });
      const snapshot = await bed.open().read();
      expect(snapshot.revision).toBe(revision);
      expect(await contentsOf(snapshot)).toEqual({ 'findings/a.json': '[1]', 'ledger.json': '{}\n' });
    });

    it('gives each commit a revision of its own, even when the same text comes back', async () => {
      const store = (await fresh()).open();
      const first = await write(store, { 'a.json': '1' });
      const second = await write(store, { 'a.json': '2' });
      const third = await write(store, { 'a.json': '1' });
      expect(new Set([first, second, third]).size).toBe(3);
      expect((await store.read()).revision).toBe(third);
    });

    it('keeps the files that a commit does not name', async () => {
      const store = (await fresh()).open();
      await write(store, { 'a.json': 'a', 'b/c.json': 'c' });
      await write(store, { 'b/d.json': 'd' });
      expect(await contentsOf(await store.read())).toEqual({ 'a.json': 'a', 'b/c.json': 'c', 'b/d.json': 'd' });
    });

    it('removes what is set to null, and does not mind what is not there', async () => {
      const store = (await fresh()).open();
      await write(store, { 'a.json': 'a', 'b/c.json': 'c' });
      await write(store, { 'b/c.json': null, 'never/was.json': null });
      const snapshot = await store.read();
      expect(snapshot.list('')).toEqual(['a.json']);
      expect(await snapshot.read('b/c.json')).toBeUndefined();
    });

    it('refuses a commit on a stale base and then has changed nothing', async () => {
      const bed = await fresh();
      const store = bed.open();
      await write(store, { 'a.json': 'old', 'b.json': 'kept' });
      const stale = await store.read();
      await write(bed.open(), { 'a.json': 'newer' });
      const late = store.commit(stale, changes({ 'a.json': 'lost', 'b.json': null, 'c.json': 'lost' }), 'test: late');
      await expect(late).rejects.toThrow(ConflictError);
      expect(await contentsOf(await store.read())).toEqual({ 'a.json': 'newer', 'b.json': 'kept' });
    });

    it('lets only one of two writers begin an empty store', async () => {
      const bed = await fresh();
      const [one, two] = [bed.open(), bed.open()];
      const [emptyOne, emptyTwo] = [await one.read(), await two.read()];
      const results = await Promise.allSettled([
        one.commit(emptyOne, changes({ 'a.json': 'one' }), 'test: begin'),
        two.commit(emptyTwo, changes({ 'a.json': 'two' }), 'test: begin'),
      ]);
      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused.map((result) => result.reason)).toEqual([expect.any(ConflictError)]);
      const winner = results[0].status === 'fulfilled' ? 'one' : 'two';
      expect(await contentsOf(await one.read())).toEqual({ 'a.json': winner });
    });

    it('lets only one of several write who write the very same at the same moment', async () => {
      const bed = await fresh();
      await write(bed.open(), { 'lease.json': '{}' });
      const stores = Array.from({ length: 4 }, () => bed.open());
      const bases = await Promise.all(stores.map((store) => store.read()));
      const ended = await Promise.allSettled(
        stores.map((store, index) =>
          store.commit(bases[index] ?? expect.fail('no base'), changes({ 'lease.json': '1' }), 'take'),
        ),
      );
      expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const reasons = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      for (const reason of reasons) expect(reason).toBeInstanceOf(ConflictError);
    });

    it('loses no write of concurrent writers that read again and retry', async () => {
      const bed = await fresh();
      const writers = Array.from({ length: 5 }, (_, index) => ({ store: bed.open(), index }));
      const work = writers.map(async ({ store, index }) => {
        for (let round = 0; round < 3; round++) {
          await writeWithRetry(store, async (before) => {
            const counted = Number((await before.read('count.json')) ?? '0') + 1;
            return changes({ 'count.json': String(counted), [`by/${index}-${round}.json`]: 'here' });
          });
        }
      });
      await Promise.all(work);
      const snapshot = await bed.open().read();
      expect(await snapshot.read('count.json')).toBe('15');
      expect(snapshot.list('by/')).toHaveLength(15);
    });

    it('shows a snapshot as it was, however the store moves on', async () => {
      const bed = await fresh();
      const store = bed.open();
      await write(store, { 'a.json': 'before', 'b.json': 'kept' });
      const snapshot = await store.read();
      await write(bed.open(), { 'a.json': 'after', 'b.json': null });
      expect(snapshot.list('')).toEqual(['a.json', 'b.json']);
      expect(await snapshot.read('a.json')).toBe('before');
      expect(await snapshot.read('b.json')).toBe('kept');
    });

    it('lists the paths below a prefix, sorted, and no neighbour with a similar name', async () => {
      const store = (await fresh()).open();
      const files = { 'sessions/2026-11/b.json': '', 'sessions/2026-11/a.json': '', 'sessions-old/c.json': '', z: '' };
      await write(store, files);
      const snapshot = await store.read();
      expect(snapshot.list('sessions/')).toEqual(['sessions/2026-11/a.json', 'sessions/2026-11/b.json']);
      expect(snapshot.list('nothing/')).toEqual([]);
      expect(snapshot.list('')).toHaveLength(4);
    });

    it('keeps text as it is: unicode, line ends, emptiness', async () => {
      const store = (await fresh()).open();
      const files = {
        'unicode.json': 'Grüße 漢字 👩‍👩‍👧 \u202e\u0000 end',
        'lines.txt': 'a\r\nb\nc\r',
        'mark.txt': '\ufeffwith a byte order mark',
        'empty.txt': '',
        'ordner/größe-漢字.json': 'a path may have letters of any script',
      };
      await write(store, files);
      expect(await contentsOf(await store.read())).toEqual(files);
    });

    it('keeps a large text whole', async () => {
      const store = (await fresh()).open();
      const text = 'line of a large record, é\n'.repeat(60_000);
      await write(store, { 'large.ndjson': text });
      expect((await (await store.read()).read('large.ndjson')) === text).toBe(true);
    });

    it.each(hostilePaths)('refuses the path %j and then has changed nothing', async (path) => {
      const store = (await fresh()).open();
      await write(store, { 'a.json': 'a' });
      const base = await store.read();
      await expect(store.commit(base, changes({ 'b.json': 'b', [path]: 'x' }), 'test: hostile')).rejects.toThrow();
      await expect(store.commit(base, changes({ 'b.json': 'b', [path]: null }), 'test: hostile')).rejects.toThrow();
      const after = await store.read();
      expect(after.revision).toBe(base.revision);
      expect(await contentsOf(after)).toEqual({ 'a.json': 'a' });
      expect(await after.read(path)).toBeUndefined();
    });
  });
}
