import type { CommandOf } from '../commands/command.ts';
import { openCommands } from '../commands/command-ends.ts';
import type { CommandContext } from '../commands/executor.ts';
import type { IssueSnapshot } from '../findings/issue.ts';
import type { Ledger, LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { AskedRun, IssueRuns } from '../ledger/runs-record.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { systemClock } from '../lib/clock.ts';
import { refuseBranch } from '../runs/branch-name.ts';
import { type Course, chooseBranch, isOwn } from '../runs/choose-branch.ts';
import { whyAtWork } from '../runs/issue-runs.ts';
import { auditLine } from './audit-line.ts';
import { findRunOfPull } from './find-run.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import { identityOf } from './record-session.ts';

export type RunGitHub = Pick<GitHub, 'repository' | 'ledger' | 'issues' | 'branches' | 'pullRequests'>;

/** Where a run begins, the same for all of it. */
type Desk = {
  github: RunGitHub;
  /** Who opens the pull request at last. */
  opens: AskedRun['opens'];
  remote: RemoteRepository;
  store: Store;
  context: CommandContext;
};

/** Why there is no run, in a sentence. */
type Refused = { refused: string };
/** The branch is there, at `head`, and the ledger knows of it. `unlinked`: why GitHub does not show it at the issue. */
export type ReadyRun = { issue: number; branch: string; base: string; head: string; unlinked?: string };

/**
 * Makes everything ready for a run of an issue but the run: which branch, from where, is there and on record. It may be done again for the same
 * command, and comes to the same. A second command finds the first one's.
 */
export async function prepareRun(
  command: CommandOf<'run'> | CommandOf<'retry'>,
  context: CommandContext,
  place: Pick<Desk, 'github' | 'opens'>,
): Promise<ReadyRun | Refused> {
  const { github } = place;
  const remote = await github.repository();
  const store = github.ledger(context.config.ledger.branch);
  const desk: Desk = { ...place, remote, store, context };
  const ledger = await readLedger(await store.read(), identityOf(remote));
  const number = await issueOf(context, ledger);
  if (typeof number !== 'number') return number;
  const issue = (await github.issues.read([number])).get(number);
  if (!issue) return { refused: `There is no issue #${number} any more.` };
  if (issue.state === 'closed') return { refused: `Issue #${number} is closed: open it again to have it worked on.` };
  const known = await knownRuns(number, ledger, context);
  if (known && 'refused' in known) return known;
  const asked = order(command, known, desk);
  if ('refused' in asked) return asked;
  return settle({ issue, asked, wishes: command.verb === 'run' ? command : {}, known }, desk);
}

/** The issue of the comment, or the one whose run made the pull request. */
async function issueOf({ place, issue }: CommandContext, ledger: Ledger): Promise<number | Refused> {
  if (place !== 'pull-request') return issue;
  const runs = await findRunOfPull(issue, ledger);
  if (runs) return runs.issue;
  return { refused: `Pull request #${issue} is not one of Courier's runs: a run is asked for on an issue.` };
}

async function knownRuns(
  number: number,
  ledger: Ledger,
  context: CommandContext,
): Promise<IssueRuns | undefined | Refused> {
  const runs = await ledger.readRuns(number);
  if (!runs && ledger.listRuns().includes(number))
    return {
      refused: `What the ledger holds of the runs of #${number} cannot be read: put runs/${number}.json right.`,
    };
  const why = runs && (await whyBusy(runs, ledger, context));
  return why === undefined ? runs : { refused: why };
}

/** One at a time: also while the run that was asked for has not begun. */
async function whyBusy(
  runs: IssueRuns,
  ledger: Ledger,
  { mandate, index, at }: Pick<CommandContext, 'mandate' | 'index' | 'at'>,
): Promise<string | undefined> {
  const { asked } = runs;
  const isSame = asked?.comment === mandate.comment && asked.index === index;
  if (asked && !isSame) {
    const open = openCommands(await ledger.readInbox(asked.issue));
    if (open.some(({ comment, index: which }) => comment === asked.comment && which === asked.index))
      return `A run of #${runs.issue} was asked for already, by ${asked.by}, and has not ended: one at a time.`;
  }
  return isSame ? undefined : whyAtWork(runs, at);
}

/** What the run is to do, as it goes on record. */
function order(
  command: CommandOf<'run'> | CommandOf<'retry'>,
  runs: IssueRuns | undefined,
  { context, opens }: Desk,
): AskedRun | Refused {
  const { issue, mandate, index, at, by } = context;
  const pointer = { issue, comment: mandate.comment, index, at, by, opens };
  if (command.verb === 'run') {
    const { text, model } = command;
    return { ...pointer, ...(text === undefined ? {} : { text }), ...(model === undefined ? {} : { model }) };
  }
  if (!runs?.asked) return { refused: 'There was no run yet that could be repeated: ask for one with `/courier run`.' };
  return { ...runs.asked, ...pointer };
}

type Settling = {
  issue: IssueSnapshot;
  asked: AskedRun;
  wishes: { branch?: string; base?: string };
  known: IssueRuns | undefined;
};

async function settle({ issue, asked, wishes, known }: Settling, desk: Desk): Promise<ReadyRun | Refused> {
  const { defaultBranch } = desk.remote;
  const runs = await current(known, desk);
  const course = chooseBranch(issue, { wishes, runs, defaultBranch });
  if ('refused' in course) return course;
  const start = await startOf(course, runs, desk);
  if ('refused' in start) return start;
  const { branch, base } = course;
  const planned = { issue: issue.number, branch, base, head: start.head, asked, pullRequest: runs?.pullRequest };
  const recorded = await record(planned, desk);
  if (recorded) return recorded;
  const ready = { issue: issue.number, branch, base, head: start.head };
  return start.isThere ? ready : make(ready, desk);
}

type Planned = Pick<IssueRuns, 'issue' | 'branch' | 'base' | 'head' | 'pullRequest'> & { asked: AskedRun };

function plan({ pullRequest, ...planned }: Planned, runs: IssueRuns | undefined): IssueRuns {
  const { pullRequest: _, ...kept } = runs ?? { version: 1, made: false, linked: false, attempts: [] };
  return { ...kept, ...planned, version: 1, ...(pullRequest && { pullRequest }) };
}

/** What is merged is done: its branch is let go, and the issue's next run begins anew. So is a pull request that people closed. */
async function current(runs: IssueRuns | undefined, { github }: Desk): Promise<IssueRuns | undefined> {
  const known = runs?.pullRequest;
  const pull = known && (await github.pullRequests.read(known.number));
  if (!runs || !known) return runs;
  const { pullRequest: _, ...rest } = runs;
  if (!pull) return rest;
  if (pull.isOpen) return { ...runs, base: pull.base };
  if (pull.merged) await github.branches.remove(runs.branch, pull.head.commit);
  return rest;
}

type Start = { head: string; isThere: boolean };

/** Where the run begins: at the branch's head, or at the base's. */
async function startOf(
  { branch, base, isKnown }: Course,
  runs: IssueRuns | undefined,
  { github, remote, context }: Desk,
): Promise<Start | Refused> {
  const { branches } = github;
  const there = await branches.head(branch);
  if (there !== undefined && isKnown) return { head: there, isThere: true };
  const taken = {
    defaultBranch: remote.defaultBranch,
    ledger: context.config.ledger.branch,
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
  return head === undefined ? { refused: `There is no branch ${base} to begin from.` } : { head, isThere: false };
}

/** @returns why not, where somebody else was faster. */
async function record(planned: Planned, { store, remote, context }: Desk): Promise<Refused | undefined> {
  const { issue, branch } = planned;
  const audit = auditLine(
    { action: 'ask-for-run', target: `#${issue}: ${branch}` },
    { session: 'runs', actor: context.by },
    systemClock,
  );
  const { decided } = await updateLedger(
    store,
    `#${issue}: a run on ${branch}`,
    async (ledger): Promise<LedgerChanges & { why?: string | undefined }> => {
      const now = await ledger.readRuns(issue);
      const why = now && (await whyBusy(now, ledger, context));
      if (why !== undefined) return { why };
      if (isOwn(now) && now.branch !== branch) return { why: `The runs of #${issue} work on ${now.branch}.` };
      return { runs: plan(planned, now), audit: [audit] };
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
  return made.made === 'linked' ? ready : { ...ready, unlinked: made.why };
}
