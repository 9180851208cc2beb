import { roleNeeded } from '../commands/authorise.ts';
import { isAtLeast } from '../events/role.ts';
import { markComment, renderCommentMark } from '../findings/issue-markers.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { ConflictError, ExternalError, UserError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { AssumptionRecord, Said } from '../memory/assumption.ts';
import {
  assumptionsBranch,
  assumptionsFile,
  type FileEntry,
  keyOf,
  parseAssumptionsFile,
} from '../memory/assumptions-file.ts';
import {
  decideByMerge,
  decideByReview,
  type FileDecision,
  type FileOutcome,
} from '../memory/decide-assumptions-file.ts';
import { type Memory, withAssumptions } from '../memory/memory.ts';
import { renderMerged } from '../memory/render-assumptions-pull.ts';
import type { Gate } from '../publishing/gate.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import { markReviewed, type PullGitHub, type PullPlace, readShowable } from './assumptions-pull.ts';
import { auditLine } from './audit-line.ts';
import { lookUp } from './follow-command.ts';
import { followAssumptionsPull, isOwn } from './open-assumptions-pull.ts';
import type { PanelPlace } from './panel-place.ts';
import type { Ports } from './ports.ts';
import type { PullRequestSnapshot, ReviewSnapshot } from './pull-request-ports.ts';
import { identityOf, type Recorded, type RecordRequest } from './record-session.ts';
import { tellDecided } from './tell-decided.ts';

/** Also where one tells what went wrong. */
export type Tending = PullPlace & { github: PullGitHub & PanelPlace['github']; log: Log };

/**
 * Reads what people did to the pull requests in which assumptions are reviewed: who approved which texts, what was merged, what was closed. It may
 * be called as often as one likes, by whatever woke it: all that counts is at GitHub and in the ledger.
 *
 * @param told one that an event was about: it is looked at also where the ledger does not know of it, as the process died that opened it.
 */
export async function tendAssumptionsPulls(place: Tending, told?: number): Promise<void> {
  const tracked = await listReviewed(place);
  const numbers = told === undefined ? [...tracked] : [told];
  for (const number of numbers) await tend(number, { place, isTracked: tracked.has(number) });
}

/** Whether comments on it are about assumptions. */
export async function isAssumptionsPull(number: number, place: Pick<Tending, 'store' | 'remote'>): Promise<boolean> {
  return (await listReviewed(place)).has(number);
}

async function listReviewed({ store, remote }: Pick<Tending, 'store' | 'remote'>): Promise<Set<number>> {
  const { assumptions } = await (await readLedger(await store.read(), identityOf(remote))).readMemory();
  return new Set(assumptions.flatMap(({ pullRequest }) => pullRequest ?? []));
}

/**
 * The same after a scan, for those who host no app. A failure is told and costs nothing else: the next scan does it.
 *
 * @returns why words of people may not have been heard, in a sentence.
 */
export async function hearReviews(
  { store, memory }: Pick<Recorded, 'store' | 'memory'>,
  { remote, settings }: Pick<RecordRequest, 'remote'> & { settings: Pick<RecordRequest['settings'], 'permissions'> },
  { github, gate, clock, log }: Pick<Ports, 'github' | 'clock' | 'log'> & { gate: Gate },
): Promise<string | undefined> {
  if (!github || !store || !remote) return undefined;
  // Nearly always there is none: that costs no request.
  if (!memory?.assumptions.some(({ pullRequest }) => pullRequest !== undefined)) return undefined;
  try {
    await tendAssumptionsPulls({ github, store, remote, gate, clock, log, permissions: settings.permissions });
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError || error instanceof ExternalError || error instanceof ConflictError)) throw error;
    const hint = error instanceof ExternalError && error.hint ? ` ${error.hint}` : '';
    const why = `What people said to assumptions in a pull request was not read: ${error.message}${hint}`;
    log.error(gate.logLine(why));
    return why;
  }
}

async function tend(number: number, { place, isTracked }: { place: Tending; isTracked: boolean }): Promise<void> {
  const pull = await place.github.pullRequests.read(number);
  if (!pull?.head.own || pull.head.branch !== assumptionsBranch) return release(number, place);
  // Whatever has our branch and is not ours is none of ours.
  if (!isTracked && !(await isOwn(pull, place))) return;
  if (pull.merged) return settleMerged(pull, pull.merged, place);
  if (!pull.isOpen) return isTracked ? settleClosed(pull, place) : undefined;
  if (!isTracked) await adopt(pull, place);
  await settleReviews(pull, place);
  await followAssumptionsPull((await place.github.pullRequests.read(number)) ?? pull, place);
}

const release = (number: number, place: Tending) =>
  markReviewed(number, { release: () => true, by: 'pull_request' }, place);

/** Opened again, or opened by a process that died right after it. */
async function adopt({ number, head }: PullRequestSnapshot, place: Tending): Promise<void> {
  const file = await readEntries(head.commit, place);
  if (!('entries' in file)) return;
  const keys = new Set(file.entries.map(keyOf));
  const { records } = await readShowable(place);
  await markReviewed(number, { put: records.filter((record) => keys.has(keyOf(record))), by: 'pull_request' }, place);
}

type Read = { entries: readonly FileEntry[] } | { unreadable: string } | { missing: true };

async function readEntries(commit: string, { github }: Tending): Promise<Read> {
  const text = await github.readFile(assumptionsFile, commit);
  return text === undefined ? { missing: true } : parseAssumptionsFile(text);
}

/** Whether somebody's word counts; `unknown`: nobody could say, so that it is to be asked again. */
async function mayApprove(login: string, place: Tending): Promise<'may' | 'may-not' | 'unknown'> {
  const standing = await lookUp(login, place);
  if ('unknown' in standing) {
    place.log.warn(
      `What ${place.gate.logLine(login)} may do could not be looked up: ${place.gate.logLine(standing.unknown)}`,
    );
    return 'unknown';
  }
  return isAtLeast(standing.role, roleNeeded('approve', place.permissions)) ? 'may' : 'may-not';
}

/** What each person said last, as GitHub counts it: comments do not change it. */
async function approvalsOf({ number }: PullRequestSnapshot, { github }: Tending): Promise<ReviewSnapshot[]> {
  const self = (await github.self()).toLowerCase();
  const last = new Map<string, ReviewSnapshot>();
  for (const review of await github.pullRequests.reviews(number)) {
    const author = review.author?.toLowerCase();
    const isWord = review.state !== 'commented' && review.state !== 'pending';
    if (author !== undefined && author !== self && review.by === 'person' && isWord) last.set(author, review);
  }
  return [...last.values()].filter(({ state }) => state === 'approved');
}

async function settleReviews(pull: PullRequestSnapshot, place: Tending): Promise<void> {
  for (const { author: by = '', commit, at, url: from } of await approvalsOf(pull, place)) {
    const file = commit === undefined ? undefined : await readEntries(commit, place);
    if (!file || !('entries' in file) || (await mayApprove(by, place)) !== 'may') continue;
    const said = { by, at, from };
    await decide(pull.number, said, place, (records) =>
      decideByReview({ entries: file.entries, records: records.filter(isIn(pull)), gate: place.gate }, said),
    );
  }
}

const isIn =
  ({ number }: Pick<PullRequestSnapshot, 'number'>) =>
  ({ pullRequest }: AssumptionRecord) =>
    pullRequest === number;

/** One commit of the ledger, decided anew where somebody else wrote meanwhile. */
async function decide(
  number: number,
  { by }: Said,
  place: Tending,
  decideOn: (records: readonly AssumptionRecord[]) => FileDecision,
): Promise<readonly FileOutcome[]> {
  const { store, remote, clock } = place;
  const { decided } = await updateLedger(
    store,
    `pull request #${number}: assumptions`,
    async (ledger): Promise<LedgerChanges & { outcomes: readonly FileOutcome[]; before?: Memory }> => {
      const before = await ledger.readMemory();
      const { records, outcomes } = decideOn(before.assumptions);
      if (records.length === 0) return { outcomes };
      const audit = records.map(({ session, id }) =>
        auditLine({ action: 'review-assumption', target: `${session} ${id}` }, { session, actor: by }, clock),
      );
      return { outcomes, memory: withAssumptions(before, records), audit, before };
    },
    identityOf(remote),
  );
  const { before, memory } = decided;
  if (before && memory) await tellDecided({ before, after: memory }, { ...place, actor: by });
  return decided.outcomes;
}

type Merged = NonNullable<PullRequestSnapshot['merged']>;

async function settleMerged(pull: PullRequestSnapshot, merged: Merged, place: Tending): Promise<void> {
  const say = await followMerge(pull, merged, place);
  if (say === undefined) return;
  await tell(pull, ['assumptions-merged', merged.commit], say, place);
  await release(pull.number, place);
}

/** @returns what to say about it; `undefined` where it cannot be told now. */
async function followMerge(
  pull: PullRequestSnapshot,
  { commit, at, by = '', byPerson }: Merged,
  place: Tending,
): Promise<SafeText | undefined> {
  const { gate, remote } = place;
  const nothing = (why: SafeText) => safe`Nothing was approved by merging: ${why}`;
  const instead = safe`What reviewers approved holds; ask for another pull request, or use \`/courier approve\` on the issue of the session.`;
  if (pull.base !== remote.defaultBranch)
    return nothing(safe`it went into ${gate.codeSpan(pull.base)}, which is not the default branch. ${instead}`);
  if (!byPerson) return nothing(safe`it was merged by an app, which speaks for nobody. ${instead}`);
  const may = await mayApprove(by, place);
  if (may === 'unknown') return undefined;
  if (may === 'may-not') return nothing(safe`${gate.inline(by)}, who merged it, lacks the role for that. ${instead}`);
  const file = await readEntries(commit, place);
  if ('missing' in file) return nothing(safe`there is no ${gate.codeSpan(assumptionsFile)} at the merge. ${instead}`);
  if ('unreadable' in file)
    return nothing(
      safe`${gate.codeSpan(assumptionsFile)} cannot be read.\n\n${gate.code(file.unreadable)}\n\n${instead}`,
    );
  const said = { by, at, from: `${remote.url}/commit/${commit}` };
  const pullRequest = pull.number;
  const outcomes = await decide(pullRequest, said, place, (records) =>
    decideByMerge({ entries: file.entries, records, gate }, { ...said, pullRequest }),
  );
  return renderMerged(outcomes, { by }, gate);
}

async function settleClosed(pull: PullRequestSnapshot, place: Tending): Promise<void> {
  const say = safe`Closed without merging: nothing was approved by it. What was said to single assumptions here, and by reviews that approved, holds. Opened again, it goes on where it was.`;
  await tell(pull, ['assumptions-closed', pull.head.commit], say, place);
  await release(pull.number, place);
}

async function tell(
  { number }: PullRequestSnapshot,
  about: readonly string[],
  say: SafeText,
  { github, gate }: Tending,
): Promise<void> {
  const mark = renderCommentMark([...about, String(number)], gate);
  await github.comments.ensure(number, mark, markComment(say, mark, gate));
}
