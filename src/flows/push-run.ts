import type { Configuration } from '../config/schema.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { IssueRuns, Offer } from '../ledger/runs-record.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { safe } from '../publishing/safe-text.ts';
import { endRun } from '../runs/issue-runs.ts';
import { withUsed } from '../runs/late-words.ts';
import { toOffer } from '../runs/offer.ts';
import { withPast } from '../runs/past-runs.ts';
import { conflictsOf, type FileText, planFiles } from '../runs/plan-files.ts';
import { titlePullRequest } from '../runs/pull-request-title.ts';
import type { PushedRun, PushRun, RunWork } from '../runs/run-work.ts';
import { auditLine } from './audit-line.ts';
import { forwardBranch } from './bring-base.ts';
import { findLeftWork } from './find-left-work.ts';
import { openRunPull, type RunPullPlace } from './open-run-pull.ts';
import type { FileChanges } from './pull-request-ports.ts';
import { readChanged } from './read-changed.ts';
import { identityOf } from './record-session.ts';
import { tellAfterPush } from './tell-open-pulls.ts';

/** Brings what runs leave to their branches, never forced, and opens their pull requests or leaves that to the app. */
/** `config`: of the default branch; what it protects is looked at again in what was pushed before. */
type PushPlace = RunPullPlace & { config: Pick<Configuration, 'runs'> };

export function createPushRun(place: PushPlace): PushRun {
  return (work) => pushRun(work, place);
}

async function pushRun(work: RunWork, place: PushPlace): Promise<PushedRun> {
  const { store, remote } = place;
  const runs = await (await readLedger(await store.read(), identityOf(remote))).readRuns(work.issue.number);
  if (runs?.branch !== work.branch)
    return { refused: `The ledger knows of no run on the branch ${work.branch}: ask for the run again.` };
  if (work.changes.length === 0) return offerLeft(work, runs, place);
  const known = runs.attempts.find(({ session }) => session === work.session)?.commit;
  if (known !== undefined && runs.offer?.commit === known) return tell(runs.offer, runs, place);
  const pushed = known === undefined ? await push(work, runs, place) : { from: work.head, commit: known };
  if ('refused' in pushed) return pushed;
  const held = isHeld(runs) && pushed.commit !== pushed.from;
  const offer = toOffer(work, { ...pushed, held }, place.gate.plain);
  await record(work, { offer, by: work.session, known: runs.changed }, place);
  return tell(offer, runs, place);
}

/** A run that was killed right after its push left a commit that nobody was told of: whoever comes after it has nothing to change, and offers that. */
async function offerLeft(work: RunWork, runs: IssueRuns, place: PushPlace): Promise<PushedRun> {
  const left = await findLeftWork(work, runs, place);
  if (!left || 'refused' in left) return left ?? { nothing: true };
  await record(work, { ...left, known: runs.changed }, place);
  const told = await tell(left.offer, runs, place);
  const note = `Nothing was left to change: what session ${left.by} had pushed before it broke off is offered now.`;
  return 'pushed' in told ? { ...told, notes: [note, ...told.notes] } : told;
}

/** A commit that the app brings to an open pull request: GitHub starts no checks for what a workflow's own token pushes. */
function isHeld({ asked, pullRequest }: IssueRuns): boolean {
  return asked?.opens === 'app' && pullRequest?.state === 'open';
}

/** Opened by whoever promised to; the app also brings one that is open already up to date. */
async function tell(offer: Offer, runs: IssueRuns, place: RunPullPlace): Promise<PushedRun> {
  const { commit } = offer;
  if (runs.asked?.opens === 'app') {
    const what = offer.held ? 'brings the commit to the pull request' : 'opens the pull request';
    const note = `The app ${what} now that this run has ended, so that the checks of the repository start.`;
    const pushed = { commit, ...(offer.held && { held: true }) };
    return { pushed, notes: [note, ...(await tellAfterPush(runs.issue, place))] };
  }
  const opened = await openRunPull({ ...runs, offer }, place);
  const { pullRequest } = opened;
  const notes = [...opened.notes, ...(await tellAfterPush(runs.issue, place))];
  const silent = (await place.github.self()).toLowerCase() === 'github-actions[bot]';
  return {
    pushed: { commit, ...(pullRequest && { pullRequest }) },
    notes: silent && pullRequest ? [...notes, withoutChecks] : notes,
  };
}

const withoutChecks =
  "The repository's checks do not start by themselves on what a workflow's own token pushes: approve or start them on the pull request.";

type Pushed = { from: string; commit: string; ranOn?: string };

type Change = Parameters<RunPullPlace['github']['branches']['write']>[0];
const tries = 3;

async function push(work: RunWork, runs: IssueRuns, place: RunPullPlace): Promise<Pushed | { refused: string }> {
  const planned = planFiles(work.changes);
  if ('binary' in planned) return { refused: `${planned.binary} is not text: nothing but text leaves a sandbox.` };
  const { branches } = place.github;
  const { files } = planned;
  const ranOn = await branches.fork(work.base, work.head);
  await forwardBranch(work, { ranOn, files }, branches);
  const message = await messageOf(work, aboutOf(work, runs), place);
  const make = isHeld(runs) ? branches.write : (change: Change) => branches.commit(work.branch, change);
  const pushed = await commit(work, { files, message, make }, place);
  return 'refused' in pushed || ranOn === undefined ? pushed : { ...pushed, ranOn };
}

type Making = Pick<Change, 'files' | 'message'> & { make: RunPullPlace['github']['branches']['write'] };

async function commit(
  work: RunWork,
  { files, message, make }: Making,
  place: RunPullPlace,
): Promise<Pushed | { refused: string }> {
  for (let attempt = 1; ; attempt++) {
    const from = await baseOf(work, files, place);
    if ('refused' in from) return from;
    const { head } = from;
    if (from.isThere) return { from: (await place.github.branches.parent(head)) ?? work.head, commit: head };
    const made = await make({ base: head, files, message });
    if (!('obstacle' in made)) return { from: head, commit: made.commit };
    if (made.obstacle !== 'moved' || attempt === tries) return { refused: made.why };
  }
}

type Base = { head: string /** The work stands there: an answer was lost. */; isThere: boolean };

/** The commit that the work goes on top of. Where the branch has moved on: its head, as long as nobody changed the same files. */
async function baseOf(
  work: RunWork,
  files: FileChanges,
  { github }: RunPullPlace,
): Promise<Base | { refused: string }> {
  const { branches } = github;
  const { branch, head } = work;
  const now = await branches.head(branch);
  if (now === undefined) {
    const made = await branches.create(branch, head);
    return made === 'created' ? { head, isThere: false } : { refused: made.why };
  }
  if (now === head) return { head, isThere: false };
  const [before, after] = await Promise.all([branches.tree(head), branches.tree(now)]);
  const conflicts = conflictsOf(files.keys(), before, after);
  if (conflicts.length === 0) return { head: now, isThere: false };
  if ((await isOwn(now, work, github)) && (await isApplied(files, now, github))) return { head: now, isThere: true };
  return {
    refused: `The branch ${branch} has moved on from ${head.slice(0, 7)} to ${now.slice(0, 7)}, which changes ${conflicts[0]} as well: nothing was pushed, and what was made is in the session's files. Ask for the run again to have it made anew on what is there now.`,
  };
}

/** It stands on what the run began from, or, where the base went on meanwhile, names its session. */
async function isOwn(commit: string, { head, session }: RunWork, { branches }: RunPullPlace['github']) {
  if ((await branches.parent(commit)) === head) return true;
  return (await branches.message(commit))?.trimEnd().endsWith(`Courier, session ${session}.`) ?? false;
}

async function isApplied(files: FileChanges, commit: string, { branches }: RunPullPlace['github']): Promise<boolean> {
  const tree = await branches.tree(commit);
  const isSo = async ([path, change]: [string, FileText]) => {
    const entry = tree.get(path);
    if (change === null || !entry) return change === null && !entry;
    const text = typeof change === 'string' ? change : change.text;
    return Buffer.from(await branches.content(entry.id)).toString('utf8') === text;
  };
  return (await Promise.all([...files].map(isSo))).every(Boolean);
}

/** The first commit is for the issue; a later one is named after what it was asked for with, or else after what was done. */
function aboutOf({ issue, wish = '', report }: RunWork, { pullRequest }: IssueRuns): string {
  const lines = [wish, report.summary].map((text) => text.trim().split('\n')[0] ?? '');
  return (pullRequest?.state === 'open' ? lines.find((line) => line !== '') : undefined) ?? issue.title;
}

/** In the repository's convention. It closes nothing: that is for the pull request to say. */
async function messageOf({ issue, session, by, head, kind }: RunWork, about: string, { github, gate }: RunPullPlace) {
  const title = titlePullRequest(about, { subjects: await github.branches.subjects(head), kind });
  return safe`${gate.title(title)}\n\nFor issue #${issue.number}, asked for by ${gate.inline(by)}; Courier, session ${gate.inline(session)}.`;
}

/** @param pushed which session made the commit, what is to be said of it, and what the branch had changed before. */
async function record(
  work: RunWork,
  pushed: { offer: Offer; by: string; known: IssueRuns['changed'] },
  { store, remote, clock, github, gate }: RunPullPlace,
): Promise<void> {
  const { issue, session, branch, base, by } = work;
  const { offer } = pushed;
  const { commit } = offer;
  const own = work.changes.map(({ path }) => path);
  // Of what an earlier session left it is not known.
  const used = pushed.by === session ? (work.used ?? []) : [];
  const changed = await readChanged({ base, commit, known: pushed.known, own }, github.branches);
  const audit = [auditLine({ action: 'push-run', target: `${branch} ${commit}` }, { session, actor: by }, clock)];
  await updateLedger(
    store,
    `#${issue.number}: session ${session} pushed ${commit.slice(0, 7)}`,
    async (ledger): Promise<LedgerChanges> => {
      const now = await ledger.readRuns(issue.number);
      if (!now) return {};
      const ended = endRun(now, { session, outcome: 'pushed', commit });
      const attempts = ended.attempts.map((each) => (each.session === pushed.by ? { ...each, commit } : each));
      // The branch stays where it is until the app has looked at the commit.
      const head = offer.held ? { head: now.head ?? offer.from } : {};
      const told = { session: offer.session, by, wish: work.wish, summary: offer.report.summary };
      const past = withPast(now, told, gate.plain);
      const left = { changed, past, used: withUsed(now.used ?? [], used) };
      return { runs: { ...ended, attempts, ...head, made: true, offer, ...left }, audit };
    },
    identityOf(remote),
  );
}
