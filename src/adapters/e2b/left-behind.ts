import { messageOf, UserError } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import { type Account, listSandboxes } from './account.ts';
import { type Patience, withRetries } from './retry.ts';

export type Tools = { account: Account; patience: Patience; log: Log };

/** Where that fails, E2B does it: nobody prolongs the sandbox any more. What was done in it counts all the same. */
export async function endSandbox(id: string, { account, patience, log }: Tools): Promise<void> {
  try {
    await withRetries(() => account.Sandbox.kill(id), { what: 'E2B could not end a sandbox', patience });
  } catch (error) {
    log.warn(`${messageOf(error)} It ends on its own within minutes.`);
  }
}

/**
 * Kills what earlier sessions of the repository left. One that is still worked with is prolonged every third of its time to live; where half
 * of it has passed without, nobody does that any more. What is paused does not run.
 */
export async function sweepLeftBehind(marks: Record<string, string>, ttlMs: number, tools: Tools): Promise<void> {
  const { account, patience, log } = tools;
  const what = 'E2B could not list the sandboxes of this account';
  try {
    for (const { id, endAt } of await listSandboxes(account, marks, { what, patience })) {
      if (endAt.getTime() - Date.now() > ttlMs / 2) continue;
      log.info(`Ending the E2B sandbox ${id}, which an earlier session left.`);
      await endSandbox(id, tools);
    }
  } catch (error) {
    // What a person has to set right stands in the way of a start, too.
    if (error instanceof UserError) throw error;
    log.warn(`Sandboxes of earlier sessions may be left for some minutes: ${messageOf(error)}`);
  }
}
