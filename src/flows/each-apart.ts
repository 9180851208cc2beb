import { ExternalError, messageOf, UserError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Gate } from '../publishing/gate.ts';

/**
 * Does something for each, one after the other. What fails about one keeps none of the others.
 *
 * @param what was not done, for the log: `The label of #7 was not written`.
 * @throws ExternalError, UserError of the first that failed, once all were done.
 */
export async function eachApart<Item>(
  items: Iterable<Item>,
  { work, what }: { work: (item: Item) => Promise<unknown>; what: (item: Item) => string },
  { log, gate }: { log: Log; gate: Gate },
): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      if (!(error instanceof ExternalError || error instanceof UserError)) throw error;
      log.warn(`${what(item)}: ${gate.logLine(messageOf(error))}`);
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
