import { isPending, openCommands } from '../commands/command-ends.ts';
import type { IssueSnapshot } from '../findings/issue.ts';
import type { Ledger, LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { AskedRun, IssueRuns } from '../ledger/runs-record.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { systemClock } from '../lib/clock.ts';
import { refuseBranch } from '../runs/branch-name.ts';
import { type Course, chooseBranch, isOwn, type Wishes } from '../runs/choose-branch.ts';
import { isOrderOpen } from '../runs/continue-runs.ts';
import { whyAtWork } from '../runs/issue-runs.ts';
import { auditLine } from './audit-line.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import { identityOf } from './record-session.ts';
import { recordFate } from './tend-pull.ts';

export type RunGitHub = Pick<GitHub, 'repository' | 'ledger' | 'issues' | 'branches' | 'pullRequests' | 'workflows'>;

/** A run that somebody, or Courier itself, wants of an issue. */
export type WantedRun = {
  issue: number;
  /** What goes on record, by what is there. */
  ask: (runs: IssueRuns | undefined) => AskedRun | Refused;
  wishes: Wishes;
  /** Whether it is this one that is on record already. */
  isSame: (asked: AskedRun) => boolean;
  /** What else it changes in the record, in the same commit. */
  besides?: (runs: IssueRuns) => Partial<Pick<IssueRuns, 'heeded'>>;
  at: string;
  /** A login. */
  by: string;
};

export type ReadyPlace = { github: RunGitHub; remote: RemoteRepository; store: Store; ledgerBranch: string };
type Desk = ReadyPlace & { wanted: WantedRun };

/** Why there is no run, in a sentence. */
export type Refused = { refused: string };
/** The branch is there, at `head`, and the ledger knows of it. `notes`: what people should know of it, a sentence each. */
export type ReadyRun = { issue: number; branch: string; base: string; head: string; notes: readonly string[] };

/**
 * Makes everything ready for a run of an issue but the run: which branch, from where, is there and on record. It may be done again for the same
 * wish, and comes to the same.
 */
export async function readyRun(wanted: WantedRun, place: ReadyPlace): Promise<ReadyRun | Refused> {
  const { github, remote, store } = place;
  const desk: Desk = { ...place, wanted };
  const ledger = await readLedger(await store.read(), identityOf(remote));
  const number = wanted.issue;
  const issue = (await github.issues.read([number])).get(number);
  if (!issue) return { refused: `There is no issue #${number} any more.` };
  if (issue.state === 'closed') return { refused: `Issue #${number} is closed: open it again to have it worked on.` };
  const known = await knownRuns(ledger, desk);
  if (known && 'refused' in known) return known;
  const asked = wanted.ask(known);
  if ('refused' in asked) return asked;
  return settle({ issue, asked, known }, desk);
}

async function knownRuns(ledger: Ledger, { wanted, github }: Desk): Promise<IssueRuns | undefined | Refused> {
  const { issue: number } = wanted;
  const runs = await ledger.readRuns(number);
  if (!runs && ledger.listRuns().includes(number))
    return {
      refused: `What the ledger holds of the runs of #${number} cannot be read: put runs/${number}.json right.`,
    };
  const why = runs && (await whyBusy(runs, ledger, { ...wanted, github }));
  return why === undefined ? runs : { refused: why };
}

/** One at a time: also while the run that was asked for has not begun. */
async function whyBusy(
  runs: IssueRuns,
  ledger: Ledger,
  { isSame, at, github }: Pick<WantedRun, 'isSame' | 'at'> & Pick<Desk, 'github'>,
): Promise<string | undefined> {
  const { asked } = runs;
  if (asked && isSame(asked)) return undefined;
  // Whoever was to do it does not.
  if (asked?.stopped) return whyAtWork(runs, at);
  if (isOrderOpen(runs, Date.parse(at)))
    return `A run of #${runs.issue} was started already, and has not ended: one at a time.`;
  if (asked?.comment !== undefined) {
    const { comment, index } = asked;
    const inbox = await ledger.readInbox(asked.issue);
    const started = openCommands(inbox).find((one) => one.comment === comment && one.index === index);
    if (isPending({ comment, index }, inbox) && !(await isOver(started?.run, github)))
      return `A run of #${runs.issue} was asked for already, by ${asked.by}, and has not ended: one at a time.`;
  }
  return whyAtWork(runs, at);
}

/** Where no app is told that it ended, nobody says so on record. */
async function isOver(run: number | undefined, { workflows }: RunGitHub): Promise<boolean> {
  if (run === undefined) return false;
  const found = await workflows.readRun(run);
  return found === undefined || found.status === 'completed';
}

type Settling = {
  issue: IssueSnapshot;
  asked: AskedRun;
  known: IssueRuns | undefined;
};

async function settle({ issue, asked, known }: Settling, desk: Desk): Promise<ReadyRun | Refused> {
  const { defaultBranch } = desk.remote;
  const runs = await current(known, desk);
  const course = chooseBranch(issue, { wishes: desk.wanted.wishes, runs, defaultBranch });
  if ('refused' in course) return course;
  const start = await startOf(course, runs, desk);
  if ('refused' in start) return start;
  const { branch, base } = course;
  const planned = { issue: issue.number, branch, base, head: start.head, asked, pullRequest: runs?.pullRequest };
  const begins = start.isThere ? 'on' : 'anew';
  const recorded = await record({ ...planned, begins }, desk);
  if (recorded) return recorded;
  const ready = { issue: issue.number, branch, base, head: start.head, notes: start.notes };
  return start.isThere ? ready : make(ready, desk);
}

type Planned = Pick<IssueRuns, 'issue' | 'branch' | 'base' | 'head' | 'pullRequest'> & {
  asked: AskedRun;
  /** Whether its branch goes on, or is made anew: then nothing of what earlier runs pushed is there. */
  begins: 'on' | 'anew';
};

const newRuns: Omit<IssueRuns, 'issue' | 'branch' | 'base'> = { version: 1, made: false, linked: false, attempts: [] };

function plan({ pullRequest, begins, ...planned }: Planned, runs: IssueRuns | undefined): IssueRuns {
  const { pullRequest: known, changed, overlaps, used, past, ...kept } = runs ?? newRuns;
  const newest = known?.number === pullRequest?.number ? known : pullRequest;
  // What is merged is nobody's open work any more.
  const isDone = known?.state === 'merged' && newest !== known;
  const open = {
    ...(changed && { changed }),
    ...(overlaps && { overlaps }),
    ...(used && { used }),
    ...(past && begins === 'on' && { past }),
  };
  return { ...kept, ...(isDone ? {} : open), ...planned, version: 1, ...(newest && { pullRequest: newest }) };
}

/** What is merged is done: its branch is let go, and the issue's next run begins anew. A pull request that people closed is let go, not its branch. */
async function current(runs: IssueRuns | undefined, { github, store, remote }: Desk): Promise<IssueRuns | undefined> {
  const known = runs?.pullRequest;
  const pull = known && (await github.pullRequests.read(known.number));
  if (!runs || !known) return runs;
  const { pullRequest: _, ...rest } = runs;
  if (!pull) return rest;
  if (pull.isOpen) return { ...runs, base: pull.base };
  // Somebody may not have been told of it: what it was, and what is to be learned of it, stays on record.
  await recordFate(runs.issue, pull.number, { github, store, remote, clock: systemClock });
  if (pull.merged) await github.branches.remove(runs.branch, pull.head.commit);
  return rest;
}

type Start = { head: string; isThere: boolean; notes: readonly string[] };

/** Where the run begins: at the branch's head, or at the base's. */
async function startOf(
  { branch, base, isKnown }: Course,
  runs: IssueRuns | undefined,
  { github, remote, ledgerBranch }: Desk,
): Promise<Start | Refused> {
  const { branches } = github;
  const there = await branches.head(branch);
  if (there !== undefined && isKnown) return freshen({ branch, base, there }, github);
  const taken = {
    defaultBranch: remote.defaultBranch,
    ledger: ledgerBranch,
    isProtected: await branches.isProtected(branch),
  };
  const refused = refuseBranch(branch, taken);
  if (refused !== undefined) return { refused };
  // Where a worker died right after it had made the branch, it stands where the record says.
  const isPlanned = runs?.branch === branch && runs.head === there;
  if (there !== undefined && !isPlanned)
    return {
      refused: `There is a branch ${branch} already, and no run made it: name another with \`branch=\`, or remove it.`,
    };
  if (base.toLowerCase() === taken.ledger.toLowerCase())
    return { refused: `The branch ${base} holds Courier's ledger: a run cannot begin there.` };
  const head = there ?? (await branches.head(base));
  if (head === undefined) return { refused: `There is no branch ${base} to begin from.` };
  return { head, isThere: false, notes: [] };
}

/** A branch that is worked on again gets what its base has by now; where that cannot be had, the run works on it as it is, and people are told. */
async function freshen(
  { branch, base, there }: { branch: string; base: string; there: string },
  { branches }: RunGitHub,
): Promise<Start> {
  const fresh = await branches.bringIn(branch, base);
  if (!('obstacle' in fresh)) return { head: fresh.head, isThere: true, notes: [] };
  const what = `${branch} does not hold what is new in ${base}`;
  const why =
    fresh.obstacle === 'conflict'
      ? `${what}, as they conflict: the run works on the branch as it is. Merge ${base} into it; or close the pull request, delete its branch and ask again, to begin anew.`
      : `${what}: ${fresh.why}`;
  return { head: (await branches.head(branch)) ?? there, isThere: true, notes: [why] };
}

/** @returns why not, where somebody else was faster. */
async function record(planned: Planned, { store, remote, wanted, github }: Desk): Promise<Refused | undefined> {
  const { issue, branch } = planned;
  const audit = auditLine(
    { action: 'ask-for-run', target: `#${issue}: ${branch}` },
    { session: 'runs', actor: wanted.by },
    systemClock,
  );
  const { decided } = await updateLedger(
    store,
    `#${issue}: a run on ${branch}`,
    async (ledger): Promise<LedgerChanges & { why?: string | undefined }> => {
      const now = await ledger.readRuns(issue);
      const why = now && (await whyBusy(now, ledger, { ...wanted, github }));
      if (why !== undefined) return { why };
      if (isOwn(now) && now.branch !== branch) return { why: `The runs of #${issue} work on ${now.branch}.` };
      const runs = plan(planned, now);
      return { runs: { ...runs, ...wanted.besides?.(runs) }, audit: [audit] };
    },
    identityOf(remote),
  );
  return decided.why === undefined ? undefined : { refused: decided.why };
}

async function make(ready: ReadyRun, desk: Desk): Promise<ReadyRun | Refused> {
  const { github, store, remote } = desk;
  const { branch, issue, head } = ready;
  const made = await github.branches.createLinked(branch, { issue, commit: head });
  if ('obstacle' in made) return { refused: made.why };
  await updateLedger(
    store,
    `#${issue}: the branch ${branch}`,
    async (ledger): Promise<LedgerChanges> => {
      const now = await ledger.readRuns(issue);
      return now?.branch === branch ? { runs: { ...now, made: true, linked: made.made === 'linked' } } : {};
    },
    identityOf(remote),
  );
  return made.made === 'linked' ? ready : { ...ready, notes: [`It is not linked to the issue: ${made.why}`] };
}
