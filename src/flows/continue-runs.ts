import { roleNeeded } from '../commands/authorise.ts';
import { isBeingFollowed, isOfOtherRun, isPending } from '../commands/command-ends.ts';
import { isAtLeast } from '../events/role.ts';
import { renderCommentMark } from '../findings/issue-markers.ts';
import type { Ledger, LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { IssueRuns } from '../ledger/runs-record.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { randomBase32 } from '../lib/hash.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import { type Continuation, decideContinuation, isOrderOpen, type PullView } from '../runs/continue-runs.ts';
import { mostOwnRuns, ownRuns, whyAtWork } from '../runs/issue-runs.ts';
import { eachApart } from './each-apart.ts';
import { readAllRuns } from './find-run.ts';
import { lookUp } from './follow-command.ts';
import { keepRunLabelOrLog } from './keep-run-label.ts';
import { type OrderDesk, orderRun } from './order-run.ts';
import { identityOf } from './record-session.ts';
import { type LookedAt, lookAtPull } from './run-pull-view.ts';

/** Which runs are looked at; all of them where nothing is said. `pullRequests`: their pull requests. `run`: the workflow's run that ended. */
export type Among = { pullRequests?: readonly number[]; run?: number };

const mostLooked = 50;

/**
 * Goes on with runs whose pull requests people want changed, or whose checks failed: a few times by itself, then a person is asked for. For whoever
 * is told of a review or a check, of the end of a run, and for a timer; repeatable, as all that counts is read anew and what was dealt with is on
 * record.
 *
 * @returns `soon` where somebody is about to begin a run: worth another look in a moment. After runs that are at work one is told of their end.
 * @throws ExternalError, UserError of the first that failed, once all were looked at.
 */
export async function continueRuns(desk: OrderDesk, among: Among = {}): Promise<'done' | 'soon'> {
  const ledger = await readLedger(await desk.store.read(), identityOf(desk.remote));
  const open = (await readAllRuns(ledger)).filter(({ pullRequest }) => pullRequest?.state === 'open');
  const meant = await Promise.all(open.map((each) => isMeant(each, among, ledger)));
  let came: 'done' | 'soon' = 'done';
  await eachApart(
    open.filter((_, index) => meant[index]).slice(-mostLooked),
    {
      async work(runs) {
        if ((await continueOne(runs, ledger, desk)) === 'soon') came = 'soon';
      },
      what: ({ issue }) => `The runs of #${issue} were not gone on with`,
    },
    desk,
  );
  return came;
}

/** Each that is looked at takes several requests: of a workflow's run that ended only those are that it may have been at. */
async function isMeant(
  { pullRequest, asked }: IssueRuns,
  { pullRequests, run }: Among,
  ledger: Ledger,
): Promise<boolean> {
  if (pullRequests) return pullRequest !== undefined && pullRequests.includes(pullRequest.number);
  if (run === undefined || !asked) return true;
  const { comment, index, order } = asked;
  if (order) return order.taken === run || order.started?.run === run;
  return comment === undefined || !isOfOtherRun({ comment, index }, await ledger.readInbox(asked.issue), run);
}

async function continueOne(runs: IssueRuns, ledger: Ledger, desk: OrderDesk): Promise<'done' | 'soon'> {
  if (await repeatStart(runs, desk)) return 'done';
  const busy = await whoIsBusy(runs, ledger, desk);
  if (busy) return busy === 'follower' ? 'soon' : 'done';
  const seen = await lookAtPull(runs, desk);
  if (!seen) return 'done';
  const decided = decideContinuation(runs, seen.view);
  if (decided.kind === 'continue') await goOn(runs, decided, { seen, desk });
  if (decided.kind === 'halt') await halt(runs.issue, seen.view, desk);
  // Where whoever wrote that died before it was told.
  if (decided.kind === 'nothing' && runs.halted && !runs.halted.told) await tellHalt(runs, runs.halted.why, desk);
  return 'done';
}

/** Where whoever put an order on record died before a workflow was started for it. */
async function repeatStart({ issue, asked, attempts }: IssueRuns, desk: OrderDesk): Promise<boolean> {
  const { order } = asked ?? {};
  const isLeft = asked && order && order.cause.kind !== 'chain' && !order.started && order.taken === undefined;
  if (!isLeft || !isOrderOpen({ asked, attempts }, desk.clock.now())) return false;
  const { by, at, issue: on } = asked;
  await orderRun({ id: order.id, cause: order.cause, issue, on, by, at, say: safe`Courier goes on by itself.` }, desk);
  return true;
}

/** `run`: there is one, or is to be one. `follower`: somebody is at the command that asks for it, and has not come to start it. */
async function whoIsBusy(
  runs: IssueRuns,
  ledger: Ledger,
  { clock }: OrderDesk,
): Promise<'run' | 'follower' | undefined> {
  const now = clock.now();
  const { asked, offer } = runs;
  // What was pushed is still to be offered: its end has not been told.
  const isOffered = offer !== undefined && asked?.opens === 'app';
  if (isOffered || isOrderOpen(runs, now) || whyAtWork(runs, isoTime(now)) !== undefined) return 'run';
  if (asked?.comment === undefined) return undefined;
  const { comment, index } = asked;
  const inbox = await ledger.readInbox(asked.issue);
  if (isBeingFollowed({ comment, index }, inbox)) return 'follower';
  return isPending({ comment, index }, inbox) ? 'run' : undefined;
}

type Going = { seen: LookedAt; desk: OrderDesk };

async function goOn(
  runs: IssueRuns,
  { cause, heeded }: Extract<Continuation, { kind: 'continue' }>,
  { seen, desk }: Going,
): Promise<void> {
  const { issue, pullRequest, asked } = runs;
  const by = cause.kind === 'review' ? seen.requestedBy(cause.reviews) : await whoAsked(runs, desk);
  if (!pullRequest || by === undefined) return;
  const now = isoTime(desk.clock.now());
  // GitHub's clock may be ahead of this one: what was said in the reviews is meant, all of it.
  const at = [now, ...seen.view.requests.map((request) => request.at)].toSorted().at(-1) ?? now;
  const say = safe`${whyGoing(cause, by, seen, desk)} Courier goes on by itself (${ownRuns(runs) + 1} of ${mostOwnRuns}).`;
  const model = asked?.model;
  const order = { id: `O-${randomBase32(8)}`, issue, cause, on: pullRequest.number, by, at, model, heeded, say };
  const ready = await orderRun(order, desk);
  if ('refused' in ready) desk.log.info(`#${issue} is not gone on with: ${desk.gate.logLine(ready.refused)}`);
}

/** Checks are answered on the word of who asked for the runs last, as long as that person may. */
async function whoAsked({ asked }: IssueRuns, { github, config }: OrderDesk): Promise<string | undefined> {
  if (!asked) return undefined;
  const standing = await lookUp(asked.by, { github });
  const may = 'role' in standing && isAtLeast(standing.role, roleNeeded('run', config.permissions));
  return may ? asked.by : undefined;
}

function whyGoing(cause: { kind: string }, by: string, { view }: LookedAt, { gate }: OrderDesk): SafeText {
  if (cause.kind === 'review') return safe`${gate.inline(by)} asked for changes.`;
  const names = (view.failed ?? []).slice(0, 5).join(', ');
  return safe`Checks failed at ${gate.inline(view.commit.slice(0, 7))}: ${gate.inline(names)}.`;
}

/** Decided anew where somebody else wrote meanwhile: of several that look at the same one says it. */
async function halt(issue: number, view: PullView, desk: OrderDesk): Promise<void> {
  const at = isoTime(desk.clock.now());
  const { decided } = await change(issue, 'a person is needed', desk, (runs) => {
    const now = decideContinuation(runs, view);
    if (now.kind !== 'halt') return undefined;
    return { ...runs, heeded: now.heeded, halted: { at, why: desk.gate.plain(now.why), told: false } };
  });
  if (!decided.runs) return;
  await tellHalt(decided.runs, decided.runs.halted?.why ?? '', desk);
  await keepRunLabelOrLog(issue, { ...desk, repositoryId: desk.remote.id });
}

/** The label follows from the record; the sentence stands on the pull request. */
async function tellHalt({ issue, pullRequest, halted }: IssueRuns, why: string, desk: OrderDesk): Promise<void> {
  const { github, gate } = desk;
  const mark = renderCommentMark(['run-halted', String(issue), halted?.at ?? ''], gate);
  const body = gate.comment(safe`${gate.inline(why)}\n\n${mark}`);
  if (pullRequest) await github.issues.comment(pullRequest.number, body, mark);
  await change(issue, 'a person was told', desk, (runs) =>
    runs.halted ? { ...runs, halted: { ...runs.halted, told: true } } : runs,
  );
}

function change(
  issue: number,
  what: string,
  { store, remote }: OrderDesk,
  to: (runs: IssueRuns) => IssueRuns | undefined,
): Promise<{ decided: { runs?: IssueRuns } }> {
  return updateLedger(
    store,
    `#${issue}: ${what}`,
    async (ledger): Promise<LedgerChanges> => {
      const before = await ledger.readRuns(issue);
      const runs = before && to(before);
      return runs ? { runs } : {};
    },
    identityOf(remote),
  );
}
