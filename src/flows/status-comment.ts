import {
  attemptsBefore,
  type CommandAt,
  endsOf,
  findAnswered,
  outcomesOf,
  recordEnd,
} from '../commands/command-ends.ts';
import { passOn } from '../commands/inbox.ts';
import { renderStatusMark } from '../commands/render-status.ts';
import { type Part, rankOf, replaceParts } from '../commands/status-parts.ts';
import { type CommentKey, nameOfComment } from '../events/comment-key.ts';
import type { CommandEnd, InboxRecord } from '../ledger/inbox-record.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { truncate } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import type { GitHub } from './github-ports.ts';

export type { CommandAt };

/** Where the status comments of a repository are kept up. */
export type StatusDesk = {
  github: Pick<GitHub, 'comments'>;
  store: Store;
  repositoryId: string;
  gate: Gate;
};

/** How a command ended that a workflow did. `run` and `attempt` (from 1): whose word it is; `run` is 0 where none ever began. */
export type End = { outcome: CommandEnd['outcome']; say: SafeText; run: number; attempt: number };

/**
 * Puts on record what came of a command that a workflow did, shows it in the status comment, and, when it was the last command of its comment,
 * reacts with 🚀 or 😕. Repeatable: whoever tells of the end of the same attempt first has told it, and who tells it again repairs what the first
 * left undone. A run that does not have the command changes nothing.
 */
export async function endCommand(at: CommandAt, { outcome, say, run, attempt }: End, desk: StatusDesk): Promise<void> {
  const { decided } = await updateLedger(
    desk.store,
    `${nameOfComment(at.comment)} of #${at.issue}: ${outcome} in run ${run}`,
    async (ledger): Promise<LedgerChanges & { end: CommandEnd }> => {
      const inbox = await ledger.readInbox(at.issue);
      const rank = rankOf.end(attemptsBefore(inbox, at) + attempt);
      const end: CommandEnd = { rank, outcome, say: truncate(say, mostKept) };
      return { inbox: recordEnd(inbox, at, { run, end }), end };
    },
    { repositoryId: desk.repositoryId },
  );
  await settleStatus(at, desk, { ...decided.end, index: at.index, text: say });
}

/** The same for one that rested and that no machine ends: in the place of what the last one told. */
export async function endRested(at: CommandAt, told: Pick<End, 'outcome' | 'say'>, desk: StatusDesk): Promise<void> {
  await updateLedger(
    desk.store,
    `${nameOfComment(at.comment)} of #${at.issue}: nobody is at it any more`,
    async (ledger): Promise<LedgerChanges> => ({
      inbox: passOn(await ledger.readInbox(at.issue), { ...at, run: noRun }),
    }),
    { repositoryId: desk.repositoryId },
  );
  await endCommand(at, { ...told, run: noRun, attempt: 1 }, desk);
}

const noRun = 0;
const mostKept = 1000;
const mostRounds = 6;

/**
 * Brings a status comment in line with the ledger, until there is nothing to change: whoever writes looks again afterwards, so that of several
 * who write at the same time the last one sees what the others told.
 *
 * @param full the whole text of a part whose record is cut.
 */
export async function settleStatus(
  { issue, comment }: Omit<CommandAt, 'index'>,
  desk: StatusDesk,
  full?: Part,
): Promise<void> {
  for (let round = 0; round < mostRounds; round++) {
    const inbox = await readInbox(issue, desk);
    if (await showEnds(comment, { inbox, full }, desk)) continue;
    await reactAtEnd(comment, inbox, desk);
    return;
  }
}

async function readInbox(issue: number, { store, repositoryId }: StatusDesk): Promise<InboxRecord> {
  return (await readLedger(await store.read(), { repositoryId })).readInbox(issue);
}

/** @returns whether something was written. */
async function showEnds(
  comment: CommentKey,
  { inbox, full }: { inbox: InboxRecord; full: Part | undefined },
  desk: StatusDesk,
): Promise<boolean> {
  const parts = endsOf(comment, inbox).map(({ index, rank, outcome, say }): Part => {
    if (full?.index === index && full.rank === rank && full.text.startsWith(say.replace(/…$/, '')))
      return { index, rank, text: withSign(outcome, full.text) };
    return { index, rank, text: withSign(outcome, desk.gate.block(say)) };
  });
  return (await writeParts(comment, { reply: findAnswered(inbox, comment)?.reply, parts }, desk)) === 'written';
}

const signs = { done: safe``, refused: safe`Not done. `, failed: safe`**Failed.** ` } as const;

function withSign(outcome: CommandEnd['outcome'], text: SafeText): SafeText {
  return safe`${signs[outcome]}${text}`;
}

export type PartsWritten = 'written' | 'unchanged' | 'gone';

/** Edits the parts of a status comment that are older. `gone`: somebody deleted it, and it is not written again. */
export async function writeParts(
  comment: CommentKey,
  { reply, parts }: { reply: number | undefined; parts: readonly Part[] },
  { github, gate }: Pick<StatusDesk, 'github' | 'gate'>,
): Promise<PartsWritten> {
  if (reply === undefined || parts.length === 0) return 'unchanged';
  const there = await github.comments.read(reply);
  if (!there) return 'gone';
  // What the ledger names is ours; a mark says that it still is what it was.
  if (there.by !== 'app' || !there.body.includes(renderStatusMark(comment, gate))) return 'gone';
  const body = replaceParts(there.body, parts, gate);
  if (body === undefined) return 'unchanged';
  return (await github.comments.edit(reply, body)) ? 'written' : 'gone';
}

async function reactAtEnd(comment: CommentKey, inbox: InboxRecord, { github }: StatusDesk): Promise<void> {
  const entry = findAnswered(inbox, comment);
  const outcomes = entry ? outcomesOf(entry, inbox) : [];
  if (outcomes.length === 0 || outcomes.includes('started')) return;
  await github.comments.react(comment, outcomes.every((outcome) => outcome === 'done') ? 'rocket' : 'confused');
}

/** The status comment of a command, once the person was answered, and how many attempts told of it there before this run had it. */
export async function findReply(
  at: CommandAt,
  desk: StatusDesk,
): Promise<{ reply: number | undefined; before: number }> {
  const inbox = await readInbox(at.issue, desk);
  return { reply: findAnswered(inbox, at.comment)?.reply, before: attemptsBefore(inbox, at) };
}
