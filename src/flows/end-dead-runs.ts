import { ExternalError, messageOf, UserError } from '../lib/errors.ts';
import { followOpenCommands } from './follow-run.ts';
import type { CheckDesk } from './keep-checks.ts';
import { type RunsPlace, tendRuns } from './tend-runs.ts';

/**
 * Ends what workflow runs were at that died without a word, as far as GitHub knows of their end: for whoever comes next where no app was told of it.
 * Otherwise a run of an issue that was killed would keep the next one away. It is not what they came for: what fails is left for later.
 */
export async function endDeadRuns(desk: CheckDesk & RunsPlace): Promise<void> {
  try {
    await followOpenCommands(desk);
    await tendRuns(desk);
  } catch (error) {
    if (!(error instanceof ExternalError || error instanceof UserError)) throw error;
    desk.log.warn(`What became of earlier runs was not looked up: ${desk.gate.logLine(messageOf(error))}`);
  }
}
