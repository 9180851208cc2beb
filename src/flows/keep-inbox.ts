import type { CommentSnapshot } from '../commands/comment.ts';
import type { Change } from '../commands/executor.ts';
import { tryOf } from '../commands/holder.ts';
import { claimInbox, findEntry, isHolder, paceOf, recordOutcomes } from '../commands/inbox.ts';
import { type CommentKey, nameOfComment } from '../events/comment-key.ts';
import { type CommandOutcome, type InboxRecord, isThrough, type Owed } from '../ledger/inbox-record.ts';
import type { LatestStore } from '../ledger/latest-store.ts';
import type { AuditEntry, LedgerChanges } from '../ledger/ledger.ts';
import { patientTries, updateLedger } from '../ledger/update-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { doOwed, owedBy } from './do-owed.ts';
import { isRunOver } from './find-under-way.ts';
import { ClaimLostError, type Commit, type Desk } from './follow-command.ts';
import { identityOf } from './record-session.ts';

/** One worker at the comments of an issue: `holder` is its name in the ledger. */
export type Bench = Desk & {
  store: LatestStore;
  holder: string;
  /** The comments that have their 👀. */
  greeted: Set<CommentKey>;
};

/** How far a comment was dealt with before; `digest`: of its text then; `owed`: what may not have been done of it. */
export type Begun = {
  givenUp: boolean;
  before: readonly CommandOutcome[];
  digest: string | undefined;
  owed: readonly Owed[];
  pace: ReturnType<typeof paceOf>;
};
type Claim = { mine: false; until: number } | ({ mine: true; isDone: boolean } & Begun);

export async function claim(comment: CommentSnapshot, bench: Bench): Promise<Claim> {
  const { store, issue, holder, clock, remote } = bench;
  const { decided } = await updateLedger(
    store,
    `${nameOfComment(comment.id)} of #${issue}: taken up`,
    async (ledger): Promise<LedgerChanges & { claim: Claim }> => {
      const before = await ledger.readInbox(issue);
      const entry = findEntry(before, comment.id);
      const pace = paceOf(before, { by: comment.author ?? '', now: clock.now() });
      const begun = { givenUp: false, before: entry?.outcomes ?? [], digest: entry?.digest, owed: before.owed, pace };
      if (entry?.answered ?? isThrough(before, comment.id)) return { claim: { mine: true, isDone: true, ...begun } };
      const gone = await findGone(before, bench);
      const claimed = claimInbox(before, { holder, comment: comment.id, now: clock.now(), gone });
      if (!claimed.mine) return { claim: claimed };
      return { inbox: claimed.inbox, claim: { mine: true, isDone: false, ...begun, givenUp: claimed.givenUp } };
    },
    identityOf(remote),
  );
  return decided.claim;
}

/** The holder of the claim, where it was a run of a workflow that is over: it was killed, or it would have let go. */
async function findGone({ claim: held }: InboxRecord, { github, holder }: Bench): Promise<string | undefined> {
  const at = held && held.holder !== holder ? tryOf(held.holder) : undefined;
  return at && (await isRunOver(at, github)) ? held?.holder : undefined;
}

/** The next one need not wait. Nothing is written where nothing is held. */
export async function letGo({ store, issue, holder, remote }: Bench): Promise<void> {
  await updateLedger(
    store,
    `comments of #${issue}: let go`,
    async (ledger): Promise<LedgerChanges> => {
      const { claim: held, ...inbox } = await ledger.readInbox(issue);
      return held?.holder === holder ? { inbox } : {};
    },
    identityOf(remote),
  );
}

/** A workflow does it now: starting it twice is no harm, and still to be avoided. */
export async function recordStart(
  comment: CommentSnapshot,
  { outcomes, run }: { outcomes: readonly CommandOutcome[]; run: number | undefined },
  bench: Bench,
): Promise<void> {
  await commitInbox(
    `${nameOfComment(comment.id)} of #${bench.issue}: started`,
    bench,
    (inbox) => recordOutcomes(inbox, comment, { outcomes, run, now: bench.clock.now() }),
    { tries: patientTries },
  );
}

/** Writes a change and that its command is dealt with in one commit; a command that changes nothing needs none. */
export function commitFor(comment: CommentSnapshot, before: readonly CommandOutcome[], bench: Bench): Commit {
  const { store, issue, remote, clock, holder } = bench;
  return async (decide) => {
    const { decided } = await updateLedger(
      store,
      `${nameOfComment(comment.id)} of #${issue}: followed`,
      async (ledger): Promise<LedgerChanges & { change: Change }> => {
        const change = await decide(ledger);
        if (!change.changes) return { change };
        const inbox = await ledger.readInbox(issue);
        if (!isHolder(inbox, holder)) throw lost();
        const outcomes = [...before, change.answer.outcome];
        const owed = [...inbox.owed, ...owedBy(change)];
        const recorded = recordOutcomes({ ...inbox, owed }, comment, { outcomes, now: clock.now() });
        return { ...change.changes, audit: auditOf(change, comment, clock.now()), inbox: recorded, change };
      },
      identityOf(remote),
    );
    await doOwed(owedBy(decided.change), bench);
    return decided.change;
  };
}

function auditOf({ audit }: Change, { id, author = '' }: CommentSnapshot, now: number): AuditEntry[] {
  return audit ? [{ ...audit, at: isoTime(now), session: nameOfComment(id), actor: author }] : [];
}

export async function commitInbox(
  message: string,
  { store, issue, holder, remote }: Bench,
  decide: (inbox: InboxRecord) => InboxRecord,
  patience: { tries?: number } = {},
): Promise<void> {
  await updateLedger(
    store,
    message,
    async (ledger) => {
      const inbox = await ledger.readInbox(issue);
      if (!isHolder(inbox, holder)) throw lost();
      return { inbox: decide(inbox) };
    },
    { ...identityOf(remote), ...patience },
  );
}

function lost(): ClaimLostError {
  return new ClaimLostError(
    'Somebody else took over the comments of this issue, as this worker had given no sign of life.',
  );
}
