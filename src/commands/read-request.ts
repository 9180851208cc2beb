import type { CommandRequest } from '../events/request.ts';
import type { InboxRecord } from '../ledger/inbox-record.ts';
import { whyMoved, whyVoid } from './authorise.ts';
import type { Command } from './command.ts';
import type { CommentSnapshot } from './comment.ts';
import { findEntry } from './inbox.ts';
import { parseCommands } from './parse-commands.ts';

/** A comment, and what it stands on. */
export type PlacedComment = CommentSnapshot & { issue: number; pullRequest: boolean };

/**
 * The command that a request points at, or why it points at none (a sentence): as it stands now, and only where the ledger says that a worker
 * handed it to a workflow. Whether its author may ask for it is another question.
 * @param head the default branch's, now.
 */
export function readRequest(
  request: CommandRequest,
  { comment, inbox, head }: { comment: PlacedComment | undefined; inbox: InboxRecord; head: string | undefined },
): { command: Command; comment: PlacedComment } | { refused: string } {
  if (!isHandedOver(request, inbox)) return { refused: 'The ledger knows of no such command.' };
  const entry = findEntry(inbox, request.comment);
  const { digest } = request;
  const by = entry?.by ?? comment?.author ?? '';
  const why = whyVoid({ comment: request.comment, by, digest }, { comment });
  if (why !== undefined) return { refused: why };
  if (entry && entry.digest !== digest) return { refused: 'The comment was edited.' };
  if (comment?.issue !== request.issue) return { refused: 'The comment is on another issue.' };
  const parsed = parseCommands(comment.body)[request.index];
  if (!parsed || !('command' in parsed)) return { refused: 'The comment holds no such command.' };
  const { command } = parsed;
  const moved = worksOnBranch(command) ? undefined : whyMoved(request.head, head);
  return moved === undefined ? { command, comment } : { refused: moved };
}

/** The commit that it is about is that of a branch of its own, which the run compares. */
function worksOnBranch({ verb }: Command): boolean {
  return verb === 'run' || verb === 'retry';
}

/** Also while a worker is at it, or died right after it had started the workflow: then the record is still to come. */
export function isHandedOver(
  { comment, index }: Pick<CommandRequest, 'comment' | 'index'>,
  inbox: InboxRecord,
): boolean {
  const outcomes = findEntry(inbox, comment)?.outcomes ?? [];
  if (outcomes[index] === 'started') return true;
  return outcomes.length <= index && inbox.claim?.comment === comment;
}
