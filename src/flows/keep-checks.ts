import {
  type CheckContent,
  externalIdOf,
  findCheck,
  keepCheck,
  renderCheck,
  toConclusion,
} from '../commands/check-run.ts';
import { type CommandAt, endsOf, outcomesOf } from '../commands/command-ends.ts';
import type { Executors } from '../commands/executor.ts';
import { findEntry } from '../commands/inbox.ts';
import { parseCommands } from '../commands/parse-commands.ts';
import type { Verb } from '../commands/verbs.ts';
import { nameOfComment } from '../events/comment-key.ts';
import type { CheckEntry, InboxRecord } from '../ledger/inbox-record.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { type Clock, isoTime } from '../lib/clock.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import { offeredBy } from './command-executors.ts';
import type { GitHub, WorkflowRun } from './github-ports.ts';
import type { StatusDesk } from './status-comment.ts';

export type RunDesk = StatusDesk & { github: Pick<GitHub, 'comments' | 'workflows'>; clock: Clock };

export type CheckDesk = RunDesk & {
  github: Pick<GitHub, 'comments' | 'workflows' | 'checks' | 'pullRequest'>;
  executors: Executors;
};

// In milliseconds. Whoever began to make a check run and did not in this time has died.
const longestMaking = 120_000;

/**
 * The check run on a pull request for a command that a workflow does there: made when the run works, ended when it ends, one for each attempt,
 * whoever is told of it and how often. Nothing on issues, and nothing for a token that makes no check runs.
 */
export async function keepCheckRun(at: CommandAt, run: WorkflowRun, desk: CheckDesk): Promise<void> {
  const inbox = await readInbox(at, desk);
  const known = findCheck(inbox, { ...at, run: run.id, attempt: run.attempt });
  if (known?.ended) return;
  if (run.status === 'in_progress') await begin(at, { run, known }, desk);
  if (run.status !== 'completed' || !known) return;
  const check = known.check ?? (await findMade(at, known, desk));
  if (check !== undefined)
    await desk.github.checks.update(check, await contentOf(at, { run, entry: known, inbox }, desk));
  await endCheck(at, { ...known, ...(check === undefined ? {} : { check }) }, desk);
}

export async function endCheck(at: CommandAt, entry: CheckEntry, desk: CheckDesk): Promise<void> {
  await keep(at, { ...entry, ended: true }, desk);
}

async function begin(
  at: CommandAt,
  { run, known }: { run: WorkflowRun; known: CheckEntry | undefined },
  desk: CheckDesk,
): Promise<void> {
  const isMade = known?.check !== undefined;
  const isBeingMade = known && desk.clock.now() - Date.parse(known.at) < longestMaking;
  if (isMade || isBeingMade) return;
  const pull = known ? { head: known.commit, isOpen: true } : await desk.github.pullRequest(at.issue);
  if (!pull?.isOpen) return;
  const entry: CheckEntry = {
    ...{ comment: at.comment, index: at.index, run: run.id, attempt: run.attempt, commit: pull.head },
    ...{ at: isoTime(desk.clock.now()), ended: false, used: [] },
  };
  if (!(await claim(at, { entry, known }, desk))) return;
  const content = await contentOf(at, { run, entry, inbox: await readInbox(at, desk) }, desk);
  const made = (known && (await findMade(at, known, desk))) ?? (await create(at, entry, { content, desk }));
  if (made !== undefined) await keep(at, { ...entry, check: made }, desk);
}

function create(
  at: CommandAt,
  entry: CheckEntry,
  { content, desk }: { content: CheckContent; desk: CheckDesk },
): Promise<number | undefined> {
  return desk.github.checks.create({ commit: entry.commit, externalId: externalIdOf(at, entry), ...content });
}

/** One whose making was answered to nobody. */
export async function findMade(at: CommandAt, entry: CheckEntry, { github }: CheckDesk): Promise<number | undefined> {
  const wanted = externalIdOf(at, entry);
  return (await github.checks.listOwn(entry.commit)).find(({ externalId }) => externalId === wanted)?.id;
}

/** @returns false where somebody else makes it. */
async function claim(
  at: CommandAt,
  { entry, known }: { entry: CheckEntry; known: CheckEntry | undefined },
  desk: CheckDesk,
): Promise<boolean> {
  const { decided } = await updateLedger(
    desk.store,
    `${nameOfComment(at.comment)} of #${at.issue}: a check run for run ${entry.run}`,
    async (ledger): Promise<LedgerChanges & { mine: boolean }> => {
      const inbox = await ledger.readInbox(at.issue);
      const there = findCheck(inbox, entry);
      if (there?.at !== known?.at || there?.check !== undefined) return { mine: false };
      return { mine: true, inbox: keepCheck(inbox, entry) };
    },
    { repositoryId: desk.repositoryId },
  );
  return decided.mine;
}

async function keep(at: CommandAt, entry: CheckEntry, desk: CheckDesk): Promise<void> {
  await updateLedger(
    desk.store,
    `${nameOfComment(at.comment)} of #${at.issue}: check run ${entry.check ?? ''}`,
    async (ledger): Promise<LedgerChanges> => {
      const inbox = await ledger.readInbox(at.issue);
      const { used } = findCheck(inbox, entry) ?? entry;
      return { inbox: keepCheck(inbox, { ...entry, used }) };
    },
    { repositoryId: desk.repositoryId },
  );
}

/** What the check run of a command shows now. */
export async function contentOf(
  at: CommandAt,
  { run, entry, inbox, note }: { run: WorkflowRun; entry: CheckEntry; inbox: InboxRecord; note?: SafeText },
  desk: CheckDesk,
): Promise<CheckContent> {
  const { github, gate, executors } = desk;
  const handled = findEntry(inbox, at.comment);
  const outcome = handled && outcomesOf(handled, inbox)[at.index];
  const end = endsOf(at.comment, inbox).find(({ index }) => index === at.index);
  const isOver = run.status === 'completed' || run.attempt > entry.attempt;
  const comment = await github.comments.read(at.comment);
  const line = comment && parseCommands(comment.body)[at.index];
  const shown = {
    verb: line && 'command' in line ? line.command.verb : '',
    run: run.url,
    say: end && isOver ? gate.block(end.say) : safe`In answer to ${gate.inline(nameOfComment(at.comment))}.`,
  };
  const state = isOver ? toConclusion(outcome, run.conclusion) : ('in_progress' as const);
  const offered = offeredBy(executors);
  const buttons = (await hasAssumptions(at, desk)) ? offered : offered.difference(new Set<Verb>(['approve']));
  return renderCheck({ ...shown, state, note }, { gate, offered: buttons });
}

/** Whether there is anything to approve on a pull request. */
async function hasAssumptions({ issue }: CommandAt, { store, repositoryId }: RunDesk): Promise<boolean> {
  const { assumptions } = await (await readLedger(await store.read(), { repositoryId })).readMemory();
  return assumptions.some(({ pullRequest, state }) => pullRequest === issue && state === 'proposed');
}

export async function readInbox({ issue }: Pick<CommandAt, 'issue'>, desk: RunDesk): Promise<InboxRecord> {
  const { store, repositoryId } = desk;
  return (await readLedger(await store.read(), { repositoryId })).readInbox(issue);
}
