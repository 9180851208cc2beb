import type { CommentKey } from '../events/comment-key.ts';
import type { CommandEnd, CommandOutcome, InboxEntry, InboxRecord } from '../ledger/inbox-record.ts';
import { findEntry } from './inbox.ts';

/** One command: of which comment, and which of its commands, from 0. */
export type CommandAt = { issue: number; comment: CommentKey; index: number };

/** Records what came of a command that a workflow did. What ended later stays; `run` takes it up where no run did, as one that never began. */
export function recordEnd(
  inbox: InboxRecord,
  { comment, index }: Pick<CommandAt, 'comment' | 'index'>,
  { run, end }: { run: number; end: CommandEnd },
): InboxRecord {
  const known = findTaken(inbox, { comment, index });
  if (known?.end && known.end.rank >= end.rank) return inbox;
  // Another run has it: whatever this one says was not asked for.
  if (known && known.run !== run) return inbox;
  const ended = { comment, index, ...(known?.before === undefined ? {} : { before: known.before }), run, end };
  const others = inbox.taken.filter((each) => each !== known);
  return { ...inbox, taken: [...others, ended].slice(-mostTaken) };
}

const mostTaken = 100;

/** Attempts of other runs that had the command before, and rested: what its run tells comes after all of theirs. */
export function attemptsBefore(inbox: InboxRecord, at: Pick<CommandAt, 'comment' | 'index'>): number {
  return findTaken(inbox, at)?.before ?? 0;
}

function findTaken({ taken }: InboxRecord, { comment, index }: Pick<CommandAt, 'comment' | 'index'>) {
  return taken.find((each) => each.comment === comment && each.index === index);
}

/** What came of each command of a comment so far: `started` while a workflow is at it. */
export function outcomesOf({ comment, outcomes }: InboxEntry, { taken }: InboxRecord): CommandOutcome[] {
  return outcomes.map((outcome, index) => {
    if (outcome !== 'started') return outcome;
    return taken.find((each) => each.comment === comment && each.index === index)?.end?.outcome ?? outcome;
  });
}

/** The ends of a comment's commands. */
export function endsOf(comment: CommentKey, { taken }: InboxRecord): (CommandEnd & { index: number })[] {
  return taken.flatMap((each) => (each.comment === comment && each.end ? [{ ...each.end, index: each.index }] : []));
}

/** A command that a workflow was started for and that has no end yet; `run` where one is known to have it. */
export type OpenCommand = CommandAt & { at: string; run: number | undefined };

/** Those of an issue, the oldest first. */
export function openCommands(inbox: InboxRecord): OpenCommand[] {
  return inbox.handled.flatMap((entry) => {
    const outcomes = outcomesOf(entry, inbox);
    return entry.starts.flatMap(({ index, at, run }) => {
      if (outcomes[index] !== 'started') return [];
      const taken = inbox.taken.find((each) => each.comment === entry.comment && each.index === index);
      return [{ issue: inbox.issue, comment: entry.comment, index, at, run: taken?.run ?? run }];
    });
  });
}

type InComment = Pick<CommandAt, 'comment' | 'index'>;

/** Whether a command is still to be done: a workflow is at it, or whoever follows the comment. */
export function isPending(command: InComment, inbox: InboxRecord): boolean {
  const { comment, index } = command;
  const isOpen = openCommands(inbox).some((each) => each.comment === comment && each.index === index);
  return isOpen || isBeingFollowed(command, inbox);
}

/** Whether a worker has begun with it and not come as far as to say so. Also where that one died: whoever takes over goes on with it. */
export function isBeingFollowed({ comment, index }: InComment, inbox: InboxRecord): boolean {
  const followed = findEntry(inbox, comment)?.outcomes.length ?? 0;
  return followed <= index && inbox.claim?.comment === comment;
}

/** Whether another run than this one has a command, or had it last. */
export function isOfOtherRun({ comment, index }: InComment, inbox: InboxRecord, run: number): boolean {
  const known = findTaken(inbox, { comment, index });
  return known !== undefined && known.run !== run;
}

/** The commands that a run has, also those that an earlier attempt of it ended. */
export function commandsOfRun(inbox: InboxRecord, run: number): CommandAt[] {
  const { issue, taken, handled } = inbox;
  const has = taken.filter((each) => each.run === run).map(({ comment, index }) => ({ issue, comment, index }));
  const waits = openCommands({ ...inbox, handled }).filter((each) => each.run === run);
  const isNew = ({ comment, index }: CommandAt) =>
    !has.some((each) => each.comment === comment && each.index === index);
  return [...has, ...waits.filter(isNew).map(({ comment, index }) => ({ issue, comment, index }))];
}

export function findAnswered(inbox: InboxRecord, comment: CommentKey): InboxEntry | undefined {
  const entry = findEntry(inbox, comment);
  return entry?.answered ? entry : undefined;
}
