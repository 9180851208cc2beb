import { readSession } from '../commands/choose-session.ts';
import type { CommandAt } from '../commands/command-ends.ts';
import { passOn } from '../commands/inbox.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import type { IssueRuns } from '../ledger/runs-record.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { type Clock, isoTime } from '../lib/clock.ts';
import type { Gate } from '../publishing/gate.ts';
import { closeResting } from '../sessions/close-resting.ts';
import type { Session } from '../sessions/session.ts';
import type { RemoteRepository } from './github-ports.ts';
import { identityOf } from './record-session.ts';

/**
 * A run that waits for answers and cannot go on with them any more: its record is closed, its issue is free, and where it was asked for is told of it
 * from then on by the workflow's run that found out.
 */
export async function endParkedRun(
  { id }: Pick<Session, 'id'>,
  { why: given, run }: { why: string; run: number },
  { store, remote, clock, gate }: { store: Store; remote: RemoteRepository; clock: Clock; gate: Gate },
): Promise<void> {
  const why = gate.plain(given);
  await updateLedger(
    store,
    `session ${id}: it cannot go on`,
    async (ledger): Promise<LedgerChanges> => {
      const session = await readSession(id, ledger);
      if (session?.phase !== 'stopped' || !session.issueRun) return {};
      const runs = await ledger.readRuns(session.issueRun.issue);
      const closed = closeResting(session, { end: 'failed', why, at: isoTime(clock.now()) }, runs);
      if ('refused' in closed) return {};
      const asked = runs?.attempts.at(-1)?.session === id ? commandOf(runs) : undefined;
      return {
        ...closed,
        ...(asked ? { inbox: passOn(await ledger.readInbox(asked.issue), { ...asked, run }) } : {}),
      };
    },
    identityOf(remote),
  );
}

/** The command that asked for the newest run; none where another matter did. */
export function commandOf({ asked }: Pick<IssueRuns, 'asked'>): CommandAt | undefined {
  return asked?.comment === undefined ? undefined : { ...asked, comment: asked.comment };
}
