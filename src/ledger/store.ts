/** The files at one moment. `revision` is `undefined` while nothing was ever written. */
export interface Snapshot {
  readonly revision: string | undefined;
  /** Paths below `prefix`, sorted. */
  list(prefix: string): readonly string[];
  /** The text of one file, or `undefined`. Reads lazily, once. */
  read(path: string): Promise<string | undefined>;
}

/** What to write: the new text of each path, or `null` to remove it. */
export type Changes = ReadonlyMap<string, string | null>;

/**
 * Files with a history, one writer at a time.
 *
 * Contract: `commit` applies all changes or none. It throws `ConflictError` when the store has moved on from `base`, and has then
 * changed nothing. Paths are relative, with forward slashes, and never leave the store.
 */
export interface Store {
  read(): Promise<Snapshot>;
  /** @returns the new revision. */
  commit(base: Snapshot, changes: Changes, message: string): Promise<string>;
}
