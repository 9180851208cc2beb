import { ConflictError } from '../lib/errors.ts';
import type { Ledger, LedgerChanges } from './ledger.ts';
import { readLedger } from './read-ledger.ts';
import type { Snapshot, Store } from './store.ts';
import { toChanges } from './to-changes.ts';

const enough = 8;
/** Several minutes, where others write all the time. */
export const patientTries = 24;

export type UpdateOptions = {
  /** GitHub's id of this repository; kept in the ledger. */
  repositoryId?: string;
  /** What was read before, for the first try: a newer ledger is noticed when it is written to. */
  from?: Snapshot;
  /** What happened outside of the ledger already, and would happen again without this record, is written more patiently. */
  tries?: number;
  /** Waits between tries; for tests. */
  sleep?: (milliseconds: number) => Promise<void>;
};

export type Updated<Decided extends LedgerChanges> = {
  /** What was decided on the ledger that was written to, whatever it carries besides the changes. */
  decided: Decided;
  /** The store's revision after it. */
  revision: string | undefined;
  /** False where there was nothing to write. */
  written: boolean;
};

/**
 * Reads, decides and writes until nobody else came between: `decide` is called anew with each newer ledger and must depend on it alone.
 *
 * @throws ConflictError when `tries` (eight) were not enough; UserError for a ledger of a newer Courier.
 */
export async function updateLedger<Decided extends LedgerChanges>(
  store: Store,
  message: string,
  decide: (ledger: Ledger) => Decided | Promise<Decided>,
  { repositoryId, from, tries = enough, sleep = wait }: UpdateOptions = {},
): Promise<Updated<Decided>> {
  let given = from;
  for (let attempt = 1; ; attempt++) {
    const snapshot = given ?? (await store.read());
    given = undefined;
    const ledger = await readLedger(snapshot, repositoryId === undefined ? {} : { repositoryId });
    const decided = await decide(ledger);
    const changes = await toChanges(ledger, decided);
    if (changes.size === 0) return { decided, revision: snapshot.revision, written: false };
    try {
      return { decided, revision: await store.commit(snapshot, changes, message), written: true };
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === tries) throw error;
      // Full jitter: writers that met once shall not meet again.
      await sleep(Math.random() * 250 * 2 ** Math.min(attempt, 5));
    }
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
