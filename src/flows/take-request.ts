import { takeUp } from '../commands/inbox.ts';
import { nameOfComment } from '../events/comment-key.ts';
import type { CommandRequest } from '../events/request.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';

/**
 * Whether this workflow run is the one that does a command which was handed to a workflow. Where a worker died right after it had started one,
 * another was started for the same command: one of them gets it. Running the same run again gets it again.
 *
 * @param run the id of the workflow's run.
 */
export async function takeRequest(
  { issue, comment, index }: Pick<CommandRequest, 'issue' | 'comment' | 'index'>,
  { run, store, repositoryId }: { run: number; store: Store; repositoryId: string },
): Promise<boolean> {
  const { decided } = await updateLedger(
    store,
    `${nameOfComment(comment)} of #${issue}: in run ${run}`,
    async (ledger): Promise<LedgerChanges & { mine: boolean }> => {
      const { mine, inbox } = takeUp(await ledger.readInbox(issue), { comment, index, run });
      return mine ? { mine, inbox } : { mine };
    },
    { repositoryId },
  );
  return decided.mine;
}
