import type { CommentSnapshot } from '../commands/comment.ts';
import type { Answer, Executors } from '../commands/executor.ts';
import { newHolder, type WorkflowTry } from '../commands/holder.ts';
import { chooseComments, finishComment, holdComment, isNewest, mostInAnHour, readSince } from '../commands/inbox.ts';
import { parseCommands } from '../commands/parse-commands.ts';
import { placeOf } from '../commands/place-of.ts';
import { renderStatus, type Said } from '../commands/render-status.ts';
import type { Configuration } from '../config/schema.ts';
import { type CommentKey, nameOfComment } from '../events/comment-key.ts';
import { isAtLeast } from '../events/role.ts';
import type { InboxRecord } from '../ledger/inbox-record.ts';
import { createLatestStore } from '../ledger/latest-store.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { ConflictError, ExternalError, messageOf, UserError } from '../lib/errors.ts';
import { sha256 } from '../lib/hash.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import { doOwed } from './do-owed.ts';
import { ClaimLostError, type Desk, followCommand, lookUp } from './follow-command.ts';
import { type Begun, type Bench, claim, commitFor, commitInbox, letGo, recordStart } from './keep-inbox.ts';
import { identityOf } from './record-session.ts';
import { settleStatus } from './status-comment.ts';

/** `greeted`: the comment that woke us, where it has its 👀 already. */
export type CommentsRequest = { issue: number; pullRequest: boolean; greeted?: CommentKey | undefined };

/** `busy`: somebody else works on the issue, and sees what is there; worth a look again at `until` (milliseconds), as they may have died. */
export type CommentsHandled = { kind: 'done'; comments: number } | { kind: 'busy'; until: number };

export type CommentsPorts = Pick<Desk, 'github' | 'gate' | 'clock' | 'log'> & {
  config: Configuration;
  executors: Executors;
  /** As it was read a moment ago. */
  remote?: Desk['remote'];
  /** Where it works, in a workflow: whoever comes after a run that was killed need not wait for it. */
  at?: WorkflowTry | undefined;
  /** Whether this process is about to end: what still waits is left to the next, who need not wait for a claim. */
  isLeaving?: (() => boolean) | undefined;
};

/**
 * Works off all comments of an issue that wait, in the order of their times, each command once: whichever delivery woke it, however many do so at
 * once. The ledger says who works on the issue; whoever finds somebody at it leaves, because that one looks again before it ends.
 *
 * Nothing is written where nothing waits. @throws ExternalError, UserError where GitHub failed: what was done is on record, and the next call goes on.
 */
export async function handleComments(request: CommentsRequest, ports: CommentsPorts): Promise<CommentsHandled> {
  const { github, config } = ports;
  const remote = ports.remote ?? (await github.repository());
  const store = createLatestStore(github.ledger(config.ledger.branch));
  const { issue } = request;
  const greeted = new Set(request.greeted === undefined ? [] : [request.greeted]);
  const bench: Bench = { ...ports, issue, greeted, remote, store, holder: newHolder(ports.at), place: 'issue' };
  let handled = 0;
  for (;;) {
    const { waiting, place } = await look(request, bench);
    if (waiting.length === 0) return { kind: 'done', comments: handled };
    const result = await workOff(waiting, { ...bench, place }, ports);
    if (result !== undefined) return result;
    handled += waiting.length;
  }
}

async function look(request: CommentsRequest, bench: Bench) {
  const { github, clock, store, remote } = bench;
  const now = clock.now();
  store.refresh();
  const ledger = await readLedger(await store.read(), identityOf(remote));
  const inbox = await ledger.readInbox(request.issue);
  const since = readSince(inbox, now);
  const [said, reviewed] = await Promise.all([
    github.comments.list(request.issue, since),
    // An issue has none, and is not asked for them.
    request.pullRequest ? github.comments.listReviewed(request.issue, since) : [],
  ]);
  const chosen = chooseComments(inbox, [...said, ...reviewed], { self: await github.self(), now });
  const waiting = remote.visibility === 'public' ? await withoutStrangers(chosen, inbox, bench) : chosen;
  return { waiting, place: placeOf(request, ledger) };
}

// More of them are left for later: one person with many accounts must not use up the limits of GitHub.
const mostStrangers = 20;

/**
 * On a public repository anybody may write a comment: who may not triage gets a reaction, and leaves no trace in the ledger. Once a newer
 * comment was dealt with, theirs are not looked at again.
 */
async function withoutStrangers(
  comments: readonly CommentSnapshot[],
  inbox: InboxRecord,
  bench: Bench,
): Promise<CommentSnapshot[]> {
  const known = new Map<string, boolean>();
  const kept: CommentSnapshot[] = [];
  let strangers = 0;
  for (const comment of comments) {
    const login = comment.author ?? '';
    const before = known.get(login);
    if (before === undefined && strangers >= mostStrangers) continue;
    const isKnown = before ?? (await mayBeHeard(login, bench));
    known.set(login, isKnown);
    if (isKnown) kept.push(comment);
    else strangers += 1;
    if (!isKnown && isNewest(inbox, comment.id) && strangers <= mostStrangers)
      await bench.github.comments.react(comment.id, 'confused');
  }
  return kept;
}

async function mayBeHeard(login: string, bench: Bench): Promise<boolean> {
  const standing = await lookUp(login, bench);
  return 'unknown' in standing || isAtLeast(standing.role, 'triage');
}

/** @returns `busy` where somebody else is at it, or has to be; `undefined` when all is done. */
async function workOff(
  waiting: readonly CommentSnapshot[],
  bench: Bench,
  { isLeaving }: Pick<CommentsPorts, 'isLeaving'>,
): Promise<CommentsHandled | undefined> {
  try {
    for (const [index, comment] of waiting.entries()) {
      if (isLeaving?.()) {
        await letGo(bench);
        return { kind: 'busy', until: bench.clock.now() };
      }
      await greet(comment, bench);
      const claimed = await claim(comment, bench);
      if (!claimed.mine) return { kind: 'busy', until: claimed.until };
      if (!claimed.isDone) await answerComment(comment, { ...claimed, release: index + 1 === waiting.length }, bench);
    }
    // Where the last one was dealt with by somebody else after all, the claim is still held.
    await letGo(bench);
    return undefined;
  } catch (error) {
    // What is down now may be up in a minute: the comment keeps its place. A bug keeps the claim, and is given up after some tries.
    const isPassing = error instanceof ExternalError || error instanceof UserError || error instanceof ConflictError;
    if (isPassing && !(error instanceof ClaimLostError)) await letGo(bench).catch(() => undefined);
    throw error;
  }
}

/** Read, and soon answered. */
async function greet({ id }: CommentSnapshot, { github, greeted }: Bench): Promise<void> {
  if (greeted.has(id)) return;
  greeted.add(id);
  await github.comments.react(id, 'eyes');
}

/**
 * Follows what is left of a comment's commands, tells what came of all in one status comment, and records that it is dealt with. What a workflow
 * does goes on being told there, by `endCommand` at last.
 */
async function answerComment(
  comment: CommentSnapshot,
  begun: Begun & { release: boolean },
  bench: Bench,
): Promise<void> {
  const { github, issue, gate, clock, store, remote } = bench;
  await repay(begun.owed, bench);
  if (begun.pace !== 'fine' && begun.before.length === 0) return hold(comment, begun, bench);
  const { said, unheard } = await followAll(comment, begun, bench);
  const reply = said.length > 0 ? await ensureStatus(comment, said, bench) : undefined;
  const outcomes = said.map(({ outcome }) => outcome);
  const isOpen = outcomes.includes('started');
  const isFine = !unheard && outcomes.every((outcome) => outcome === 'done');
  if (!isOpen) await github.comments.react(comment.id, isFine ? 'rocket' : 'confused');
  await commitInbox(`${nameOfComment(comment.id)} of #${issue}: answered`, bench, (inbox) =>
    finishComment(inbox, comment, { outcomes, reply, release: begun.release, now: clock.now() }),
  );
  // A run may have been faster than this.
  if (isOpen) {
    store.refresh();
    await settleStatus({ issue, comment: comment.id }, { github, gate, store, repositoryId: remote.id });
  }
}

/** One person does not keep Courier from the others: told once, then by a reaction only. */
async function hold(
  comment: CommentSnapshot,
  { pace, release }: Begun & { release: boolean },
  bench: Bench,
): Promise<void> {
  const say = safe`Not followed: ${mostInAnHour} commands of one person are followed here in an hour. Others that come too early are answered by a reaction only.`;
  const said = [{ outcome: 'refused', line: undefined, say }] as const;
  const reply = pace === 'over' ? await ensureStatus(comment, said, bench) : undefined;
  await bench.github.comments.react(comment.id, 'confused');
  await commitInbox(`${nameOfComment(comment.id)} of #${bench.issue}: held`, bench, (inbox) =>
    holdComment(inbox, comment, { reply, release, now: bench.clock.now() }),
  );
}

async function ensureStatus(comment: CommentSnapshot, said: readonly Said[], bench: Bench): Promise<number> {
  const { mark, body } = renderStatus(comment, said, bench.gate);
  return (await bench.github.comments.ensure(bench.issue, mark, body)).id;
}

/** What a worker left that died between a change and what follows from it. One that cannot be done any more does not hold up the others. */
async function repay(owed: Begun['owed'], bench: Bench): Promise<void> {
  if (owed.length === 0) return;
  try {
    await doOwed(owed, bench);
  } catch (error) {
    if (!(error instanceof ExternalError || error instanceof UserError)) throw error;
    bench.log.warn(`What was left to do for #${bench.issue} failed: ${bench.gate.logLine(messageOf(error))}`);
  }
}

/** `unheard`: part of it was by somebody who is answered by a reaction only. */
async function followAll(
  comment: CommentSnapshot,
  { givenUp, before, digest }: Begun,
  bench: Bench,
): Promise<{ said: readonly Said[]; unheard: boolean }> {
  const parsed = parseCommands(comment.body);
  const said: Said[] = before.map((outcome, index) => ({ outcome, line: parsed[index], say: undefined }));
  const why = whyNotFollowed({ givenUp, isEdited: digest !== undefined && digest !== sha256(comment.body) });
  if (why) return { said: [...said, { outcome: 'failed', line: undefined, say: why }], unheard: false };
  let unheard = false;
  for (const [index, line] of parsed.entries()) {
    if (index < before.length) continue;
    const outcomes = said.map(({ outcome }) => outcome);
    const followed = await followCommand(line, { comment, index, commit: commitFor(comment, outcomes, bench) }, bench);
    unheard ||= 'unheard' in followed;
    const answer: Answer = 'unheard' in followed ? { outcome: 'refused', say: safe`Not followed.` } : followed.answer;
    said.push({ line, outcome: answer.outcome, say: answer.say });
    if (answer.outcome === 'started')
      await recordStart(comment, { outcomes: [...outcomes, answer.outcome], run: answer.run }, bench);
  }
  return unheard ? { said: [], unheard } : { said, unheard };
}

function whyNotFollowed({ givenUp, isEdited }: { givenUp: boolean; isEdited: boolean }): SafeText | undefined {
  if (givenUp) return safe`Courier failed at this several times and gives it up.`;
  return isEdited ? safe`The comment was edited meanwhile: what was left of it was not followed.` : undefined;
}
