import { authorise } from '../commands/authorise.ts';
import { type Button, findCheckById, isButton, keepCheck, newestChecksOn, verbOf } from '../commands/check-run.ts';
import type { CommandAt } from '../commands/command-ends.ts';
import type { CommentSnapshot } from '../commands/comment.ts';
import type { Change, CommandContext } from '../commands/executor.ts';
import { parseCommands } from '../commands/parse-commands.ts';
import type { Verb } from '../commands/verbs.ts';
import type { Configuration } from '../config/schema.ts';
import type { CheckEntry, InboxRecord } from '../ledger/inbox-record.ts';
import type { AuditEntry, Ledger, LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { sha256 } from '../lib/hash.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import { doOwed, owedBy } from './do-owed.ts';
import { lookUp } from './follow-command.ts';
import type { GitHub, RemoteRepository, WorkflowRun } from './github-ports.ts';
import { type CheckDesk, contentOf, readInbox } from './keep-checks.ts';

/** Somebody clicked a button of a check run: as GitHub's signed event says, and nothing else is taken from there. */
export type Click = { check: number; button: string; by: string };

export type ClickDesk = CheckDesk & {
  github: GitHub;
  config: Configuration;
  remote: RemoteRepository;
};

type Clicked = { at: CommandAt; entry: CheckEntry; run: WorkflowRun; button: Button; by: string };

/**
 * Does what a button says, on the word of who clicked it, if that person may do so now, and for the commit that the check run is about. A button
 * does it once for each attempt of a run, however often its event arrives and however many click. Who may not is told in the check run.
 */
export async function answerClick({ check, button, by }: Click, desk: ClickDesk): Promise<void> {
  if (!isButton(button)) return;
  const { store, repositoryId, github } = desk;
  const found = findCheckById(await (await readLedger(await store.read(), { repositoryId })).listInboxes(), check);
  const run = found && (await github.workflows.readRun(found.entry.run));
  if (!found || !run) return;
  const { issue, comment, index, entry } = found;
  const clicked = { at: { issue, comment, index }, entry, run, button, by };
  const why = await whyNot(clicked, desk);
  if (why === 'unheard') return;
  if (why !== undefined) return note(clicked, safe`${desk.gate.inline(by)}: not done, ${desk.gate.inline(why)}.`, desk);
  if (button === 'approve') return approve(clicked, desk);
  if (await act(clicked, desk)) await record(clicked, desk);
}

/** GitHub's own button for all checks of a commit: as if that person had clicked on Re-run of each of ours that is shown. */
export async function answerRerunAll({ commit, by }: { commit: string; by: string }, desk: ClickDesk): Promise<void> {
  const { store, repositoryId } = desk;
  const inboxes = await (await readLedger(await store.read(), { repositoryId })).listInboxes();
  for (const check of newestChecksOn(commit, inboxes)) await answerClick({ check, button: 'rerun', by }, desk);
}

/** Why nothing is done: the rest of a sentence; `unheard` where not even that is said. */
async function whyNot(clicked: Clicked, desk: ClickDesk): Promise<string | undefined> {
  const { at, entry, button, by } = clicked;
  const { github, config, remote } = desk;
  const comment = await github.comments.read(at.comment);
  const verb = button === 'rerun' ? verbAt(comment, at, await readInbox(at, desk)) : verbOf[button];
  if (verb === undefined) return 'the comment that asked for it was edited or deleted: ask again';
  const standing = await lookUp(by, desk);
  const verdict = authorise({
    ...{ verb, place: 'pull-request', standing, permissions: config.permissions, visibility: remote.visibility },
    // A click cannot be edited.
    comment: asComment(by),
  });
  if (verdict.kind === 'refused') return verdict.why;
  if (verdict.kind !== 'allowed') return 'unheard';
  if (button === 'stop') return undefined;
  const pull = await github.pullRequest(at.issue);
  if (!pull?.isOpen) return 'the pull request is not open';
  if (pull.head !== entry.commit) return `the pull request has moved on from ${entry.commit.slice(0, 7)}: ask again`;
  return undefined;
}

function verbAt(
  comment: CommentSnapshot | undefined,
  { index }: CommandAt,
  { handled }: InboxRecord,
): Verb | undefined {
  const line = comment && parseCommands(comment.body)[index];
  const digest = handled.find((each) => each.comment === comment?.id)?.digest;
  return line && 'command' in line && digest === sha256(comment.body) ? line.command.verb : undefined;
}

function asComment(author: string): CommentSnapshot {
  return { id: 0, body: '', author, by: 'person', createdAt: '', updatedAt: '', url: '' };
}

/** @returns whether it did something: what is stopped is not stopped again, and each attempt is repeated once. */
async function act({ entry, run, button }: Clicked, { github }: ClickDesk): Promise<boolean> {
  if (run.attempt !== entry.attempt) return false;
  if (button === 'rerun') return run.status === 'completed' && github.workflows.rerun(run.id);
  if (run.status === 'completed') return false;
  await github.workflows.cancelRun(run.id);
  return true;
}

async function record(clicked: Clicked, desk: ClickDesk): Promise<void> {
  const audit = { action: `${clicked.button}-run`, target: `run ${clicked.run.id}` };
  await useOnce(clicked, desk, async () => ({ answer: { outcome: 'done', say: safe`` }, audit }));
}

/** As the command `approve all` of this person; what it changes and that the button is used are one commit. */
async function approve(clicked: Clicked, desk: ClickDesk): Promise<void> {
  const { at, entry, by } = clicked;
  const executor = desk.executors.approve;
  if (!executor) return;
  const digest = (await readInbox(at, desk)).handled.find(({ comment }) => comment === at.comment)?.digest ?? '';
  const now = isoTime(desk.clock.now());
  const context: CommandContext = {
    ...{ issue: at.issue, index: at.index, place: 'pull-request', by, at: now, written: now },
    ...{
      mandate: { comment: at.comment, by, digest, head: entry.commit },
      visibility: desk.remote.visibility,
      repository: desk.remote,
    },
    ...{ config: desk.config, gate: desk.gate },
  };
  const all = { verb: 'approve', assumptions: 'all' } as const;
  const change = await useOnce(clicked, desk, async (ledger) => {
    if (executor.kind === 'change') return executor.change(all, context, ledger);
    const change = executor.kind === 'either' ? await executor.change(all, context, ledger) : 'act';
    if (change !== 'act') return change;
    return { answer: await executor.act(all, context, ledger), audit: { action: 'approve', target: `#${at.issue}` } };
  });
  if (!change) return;
  await doOwed(owedBy(change), desk);
  await note(clicked, safe`${desk.gate.inline(by)}: ${change.answer.say}`, desk);
}

/** Writes a change together with the record that the button is used. @returns nothing where it was before. */
async function useOnce(
  { at, entry, button, by }: Clicked,
  { store, repositoryId, clock }: ClickDesk,
  decide: (ledger: Ledger) => Promise<Change> | Change,
): Promise<Change | undefined> {
  const name = `check run ${entry.check ?? 0}`;
  const { decided } = await updateLedger(
    store,
    `${name} of #${at.issue}: ${button}`,
    async (ledger): Promise<LedgerChanges & { change?: Change }> => {
      const inbox = await ledger.readInbox(at.issue);
      const now = inbox.checks.find(({ check }) => check === entry.check) ?? entry;
      if (now.used.includes(button)) return {};
      const change = await decide(ledger);
      const audit: AuditEntry[] = change.audit
        ? [{ at: isoTime(clock.now()), session: name, actor: by, ...change.audit }]
        : [];
      return { ...change.changes, change, audit, inbox: keepCheck(inbox, { ...now, used: [...now.used, button] }) };
    },
    { repositoryId },
  );
  return decided.change;
}

async function note({ at, entry, run }: Clicked, text: SafeText, desk: ClickDesk): Promise<void> {
  const { check } = entry;
  if (check === undefined) return;
  const inbox = await readInbox(at, desk);
  await desk.github.checks.update(check, await contentOf(at, { run, entry, inbox, note: text }, desk));
}
