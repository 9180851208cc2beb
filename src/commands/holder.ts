import { randomBase32 } from '../lib/hash.ts';

/** A try of a workflow's run. */
export type WorkflowTry = { run: number; attempt: number };

/** A new name for a worker, by which the ledger knows it; that of a workflow's run says which one, as GitHub can tell whether it lives. */
export function newHolder(at: WorkflowTry | undefined): string {
  return at ? `run-${at.run}-${at.attempt}-${randomBase32(8)}` : randomBase32(12);
}

/** The run that a worker's name speaks of. */
export function tryOf(holder: string): WorkflowTry | undefined {
  const [, run, attempt] = /^run-(\d{1,15})-(\d{1,4})-/.exec(holder) ?? [];
  return run === undefined || attempt === undefined ? undefined : { run: Number(run), attempt: Number(attempt) };
}
