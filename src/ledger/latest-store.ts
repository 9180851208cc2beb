import type { Changes, Snapshot, Store } from './store.ts';

const texts = new WeakMap<Snapshot, { root: Snapshot; changed: Changes }>();

/** What a store holds after a commit, without asking it. */
export function afterCommit(base: Snapshot, changes: Changes, revision: string): Snapshot {
  const before = texts.get(base) ?? { root: base, changed: new Map() };
  const changed: Changes = new Map([...before.changed, ...changes]);
  const { root } = before;
  const there = new Set(root.list(''));
  for (const [path, text] of changed) {
    if (text === null) there.delete(path);
    else there.add(path);
  }
  const paths = [...there].sort();
  const snapshot: Snapshot = {
    revision,
    list: (prefix) => paths.filter((path) => path.startsWith(prefix)),
    read: async (path) => (changed.has(path) ? (changed.get(path) ?? undefined) : root.read(path)),
  };
  texts.set(snapshot, { root, changed });
  return snapshot;
}

/** A store for one piece of work, which knows what it read and wrote: `refresh` has it look again. */
export type LatestStore = Store & { refresh(): void };

/**
 * Reads once, and after a commit of its own goes on from that: who writes learns of a newer ledger by the conflict, and reads then. What only
 * reads may see what was there when this began.
 */
export function createLatestStore(store: Store): LatestStore {
  let latest: Snapshot | undefined;
  return {
    async read() {
      latest ??= await store.read();
      return latest;
    },
    async commit(base, changes, message) {
      latest = undefined;
      const revision = await store.commit(base, changes, message);
      latest = afterCommit(base, changes, revision);
      return revision;
    },
    refresh() {
      latest = undefined;
    },
  };
}
