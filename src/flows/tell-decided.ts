import { readLedger } from '../ledger/read-ledger.ts';
import { ConflictError, ExternalError, UserError } from '../lib/errors.ts';
import type { Memory } from '../memory/memory.ts';
import { keepPanel } from './keep-panel.ts';
import type { PanelPlace } from './panel-place.ts';
import { identityOf } from './record-session.ts';
import { tellSettled } from './tell-open-pulls.ts';

// Each is written to GitHub; the next scan does the rest.
const mostAtOnce = 10;

/**
 * What was decided on assumptions in a pull request shows where people read of them elsewhere: on the issues of findings and on the open panels. It
 * is on record, so that nothing is lost where GitHub fails: the next scan compares.
 */
export async function tellDecided(memory: { before: Memory; after: Memory }, place: PanelPlace): Promise<void> {
  await tellSettled(memory, place);
  const before = new Set(memory.before.assumptions);
  const changed = new Set(
    memory.after.assumptions.filter((record) => !before.has(record)).map(({ session }) => session),
  );
  try {
    const { sessionIssues } = await readLedger(await place.store.read(), identityOf(place.remote));
    const shown = sessionIssues.filter(({ session, open }) => open && changed.has(session));
    for (const { session } of shown.slice(0, mostAtOnce)) await keepPanel(session, place);
  } catch (error) {
    if (!(error instanceof ExternalError || error instanceof UserError || error instanceof ConflictError)) throw error;
  }
}
