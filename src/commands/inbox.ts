import { type CommentKey, compareKeys, type Lane, partsOf } from '../events/comment-key.ts';
import {
  type CommandOutcome,
  type InboxEntry,
  type InboxRecord,
  isThrough,
  throughOf,
} from '../ledger/inbox-record.ts';
import { isoTime } from '../lib/clock.ts';
import { sha256 } from '../lib/hash.ts';
import { isEdited, isHeard } from './authorise.ts';
import type { CommentSnapshot } from './comment.ts';
import { parseCommands } from './parse-commands.ts';
import { attemptIn } from './status-parts.ts';

// In milliseconds. A worker that has given no sign for so long is dead: no command takes it this long.
const claimLasts = 5 * 60_000;
/** What was not read for so long is no wish any more; it also bounds what a lost ledger could repeat. */
const tooOld = 7 * 24 * 3_600_000;
/** Deliveries and lists may be late by so much. */
const slack = 3_600_000;
const mostEntries = 100;
/** A comment at which so many workers died is given up. */
const mostTries = 3;

/** Since when (ISO) comments have to be read so that none is missed. */
export function readSince({ handled }: InboxRecord, now: number): string {
  const oldest = now - tooOld;
  const open = handled.filter(({ answered }) => !answered).map(({ created }) => Date.parse(created));
  const last = handled.map(({ created }) => Date.parse(created)).reduce((a, b) => Math.max(a, b), oldest);
  const from = Math.min(last, ...open) - slack;
  return isoTime(Number.isFinite(from) ? Math.max(oldest, from) : oldest);
}

/**
 * The comments that wait, in the order of their times: by people, with something that was meant as a command. One that was edited after a newer
 * one was dealt with is none: editing does nothing.
 */
export function chooseComments(
  inbox: InboxRecord,
  comments: readonly CommentSnapshot[],
  { self, now }: { self: string; now: number },
): CommentSnapshot[] {
  return comments
    .filter((comment) => isHeard(comment, self) && !isThrough(inbox, comment.id))
    .filter(({ createdAt }) => now - Date.parse(createdAt) < tooOld)
    .filter((comment) => {
      const entry = findEntry(inbox, comment.id);
      if (entry) return !entry.answered;
      return !(isEdited(comment) && !isNewest(inbox, comment.id)) && parseCommands(comment.body).length > 0;
    })
    .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || compareKeys(a.id, b.id));
}

/** Whether none of its lane that is newer was dealt with. */
export function isNewest(inbox: InboxRecord, key: CommentKey): boolean {
  const { lane, id } = partsOf(key);
  return id >= newestOf(inbox, lane);
}

function newestOf(inbox: InboxRecord, lane: Lane): number {
  const own = inbox.handled.map(({ comment }) => partsOf(comment)).filter((each) => each.lane === lane);
  return Math.max(throughOf(inbox, lane), ...own.map(({ id }) => id));
}

export function findEntry({ handled }: InboxRecord, comment: CommentKey): InboxEntry | undefined {
  return handled.find((entry) => entry.comment === comment);
}

export type Claimed =
  | { mine: true; inbox: InboxRecord; givenUp: boolean }
  /** `until`: milliseconds since the epoch; whoever holds it sees all comments that are there before it lets go. */
  | { mine: false; until: number };

/**
 * Takes up a comment, unless somebody who is alive works on the issue.
 * @param gone the holder who is known to be dead, so that nobody has to wait for it.
 */
export function claimInbox(
  inbox: InboxRecord,
  { holder, comment, now, gone }: { holder: string; comment: CommentKey; now: number; gone?: string | undefined },
): Claimed {
  const { claim } = inbox;
  const isOthers = claim !== undefined && claim.holder !== holder;
  const until = claim ? Date.parse(claim.at) + claimLasts : 0;
  if (isOthers && claim.holder !== gone && until > now) return { mine: false, until };
  const tries = isOthers && claim.comment === comment ? claim.tries + 1 : 0;
  const taken = { holder, at: isoTime(now), comment, tries };
  return { mine: true, inbox: { ...inbox, claim: taken }, givenUp: tries >= mostTries };
}

export function isHolder({ claim }: InboxRecord, holder: string): boolean {
  return claim?.holder === holder;
}

/** How far a comment's commands are dealt with: `outcomes` of all so far, in their order. */
export function recordOutcomes(
  inbox: InboxRecord,
  comment: CommentSnapshot,
  { outcomes, run, now }: { outcomes: readonly CommandOutcome[]; run?: number | undefined; now: number },
): InboxRecord {
  const entry = findEntry(inbox, comment.id) ?? newEntry(comment);
  const index = outcomes.length - 1;
  const isStart = outcomes.at(-1) === 'started';
  const start = { index, at: isoTime(now), ...(run === undefined ? {} : { run }) };
  const starts = isStart ? [...entry.starts.filter((each) => each.index !== index), start] : entry.starts;
  return renew(withEntry(inbox, { ...entry, outcomes: [...outcomes], starts }), now);
}

/** The comment is dealt with, and the next may begin; `release`: by whoever comes. */
export function finishComment(
  inbox: InboxRecord,
  comment: CommentSnapshot,
  {
    outcomes,
    reply,
    release,
    now,
  }: { outcomes: readonly CommandOutcome[]; reply: number | undefined; release: boolean; now: number },
): InboxRecord {
  const entry = findEntry(inbox, comment.id) ?? newEntry(comment);
  const told = { ...entry, outcomes: [...outcomes], answered: true, ...(reply === undefined ? {} : { reply }) };
  const { claim, ...rest } = { ...withEntry(inbox, told), owed: [] };
  return release || !claim ? rest : renew({ ...rest, claim }, now);
}

/** So many commands of one person are followed on one issue in an hour. */
export const mostInAnHour = 30;
const hour = 3_600_000;

/** Whether a person asks for too much; `told`: and has been told so. */
export function paceOf({ handled }: InboxRecord, { by, now }: { by: string; now: number }): 'fine' | 'over' | 'told' {
  const recent = handled.filter((entry) => entry.by === by && now - Date.parse(entry.created) < hour);
  const commands = recent.reduce((sum, { outcomes }) => sum + outcomes.length, 0);
  if (commands < mostInAnHour) return 'fine';
  return recent.some(({ held }) => held) ? 'told' : 'over';
}

/** The comment is left alone. */
export function holdComment(
  inbox: InboxRecord,
  comment: CommentSnapshot,
  { reply, release, now }: { reply: number | undefined; release: boolean; now: number },
): InboxRecord {
  const held = withEntry(inbox, { ...(findEntry(inbox, comment.id) ?? newEntry(comment)), held: true });
  return finishComment(held, comment, { outcomes: [], reply, release, now });
}

/** Which run does a command that a workflow was started for: the first that asks, and each attempt of it. */
export function takeUp(
  inbox: InboxRecord,
  { comment, index, run }: Pick<InboxRecord['taken'][number], 'comment' | 'index' | 'run'>,
): { mine: boolean; inbox: InboxRecord } {
  const known = inbox.taken.find((each) => each.comment === comment && each.index === index);
  if (known) return { mine: known.run === run, inbox };
  return { mine: true, inbox: { ...inbox, taken: [...inbox.taken, { comment, index, run }].slice(-mostEntries) } };
}

/**
 * A command whose run rested is another one's from now on: what becomes of it is that one's to tell, and later than all that was told before.
 */
export function passOn(
  inbox: InboxRecord,
  { comment, index, run }: Pick<InboxRecord['taken'][number], 'comment' | 'index' | 'run'>,
): InboxRecord {
  const known = inbox.taken.find((each) => each.comment === comment && each.index === index);
  if (!known || known.run === run) return inbox;
  const told = known.end ? attemptIn(known.end.rank) : (known.before ?? 0) + 1;
  const taken = inbox.taken.map((each) => (each === known ? { comment, index, run, before: told } : each));
  return { ...inbox, taken };
}

function newEntry({ id, author = '', body, createdAt }: CommentSnapshot): InboxEntry {
  return {
    comment: id,
    by: author,
    digest: sha256(body),
    created: createdAt,
    outcomes: [],
    answered: false,
    starts: [],
  };
}

function withEntry(inbox: InboxRecord, entry: InboxEntry): InboxRecord {
  const others = inbox.handled.filter(({ comment }) => comment !== entry.comment);
  const time = ({ created }: InboxEntry) => Date.parse(created);
  const all = [...others, entry].sort((a, b) => time(a) - time(b) || compareKeys(a.comment, b.comment));
  const forgotten = all.slice(0, Math.max(0, all.length - mostEntries));
  return forgotten.reduce(forget, { ...inbox, handled: all.slice(-mostEntries) });
}

function forget(inbox: InboxRecord, { comment }: InboxEntry): InboxRecord {
  const { lane, id } = partsOf(comment);
  const through = Math.max(throughOf(inbox, lane), id);
  if (lane === 'comment') return { ...inbox, through };
  return { ...inbox, reviewsThrough: { 'review-comment': 0, review: 0, ...inbox.reviewsThrough, [lane]: through } };
}

function renew(inbox: InboxRecord, now: number): InboxRecord {
  const { claim } = inbox;
  return claim ? { ...inbox, claim: { ...claim, at: isoTime(now), tries: 0 } } : inbox;
}
