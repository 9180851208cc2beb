import type { Changes, Store } from '../../src/ledger/store.ts';
import { isStorePath } from '../../src/ledger/store-path.ts';
import { ConflictError } from '../../src/lib/errors.ts';

/** A store in memory that keeps the `Store` contract; `messages` are those of its commits. */
export function createMemoryStore(initial: Readonly<Record<string, string>> = {}) {
  let files: ReadonlyMap<string, string> = new Map(Object.entries(initial));
  let commits = files.size > 0 ? 1 : 0;
  const messages: string[] = [];
  const revision = () => (commits === 0 ? undefined : `r${commits}`);
  const store: Store = {
    async read() {
      const then = files;
      return {
        revision: revision(),
        list: (prefix) => [...then.keys()].filter((path) => path.startsWith(prefix)).sort(),
        read: async (path) => then.get(path),
      };
    },
    async commit(base, changes: Changes, message) {
      for (const path of changes.keys()) if (!isStorePath(path)) throw new Error(`not a path: ${path}`);
      if (base.revision !== revision()) throw new ConflictError('moved on');
      const next = new Map(files);
      for (const [path, text] of changes) {
        if (text === null) next.delete(path);
        else next.set(path, text);
      }
      files = next;
      commits += 1;
      messages.push(message);
      return `r${commits}`;
    },
  };
  return { store, messages, files: (): Record<string, string> => Object.fromEntries(files) };
}
