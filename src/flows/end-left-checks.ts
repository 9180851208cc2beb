import { renderCheck } from '../commands/check-run.ts';
import { runGone } from '../commands/why-ended.ts';
import type { CheckEntry } from '../ledger/inbox-record.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { safe } from '../publishing/safe-text.ts';
import { type CheckDesk, contentOf, endCheck, findMade, readInbox } from './keep-checks.ts';

const mostLooked = 50;

/** No check run stays at work whose run does not: for the start of the app and for a timer, as events may have been lost. */
export async function endLeftChecks(desk: CheckDesk): Promise<void> {
  const { store, repositoryId } = desk;
  const inboxes = await (await readLedger(await store.read(), { repositoryId })).listInboxes();
  const left = inboxes.flatMap(({ issue, checks }) =>
    checks.filter(({ ended }) => !ended).map((entry) => ({ issue, entry })),
  );
  for (const { issue, entry } of left.slice(0, mostLooked)) await endLeft(issue, entry, desk);
}

async function endLeft(issue: number, entry: CheckEntry, desk: CheckDesk): Promise<void> {
  const { github, gate } = desk;
  const at = { issue, comment: entry.comment, index: entry.index };
  const run = await github.workflows.readRun(entry.run);
  if (run && run.status !== 'completed' && run.attempt <= entry.attempt) return;
  const check = entry.check ?? (await findMade(at, entry, desk));
  if (check !== undefined) {
    const content = run
      ? await contentOf(at, { run, entry, inbox: await readInbox(at, desk) }, desk)
      : renderCheck(
          { state: 'cancelled', verb: '', run: '', say: safe`${gate.inline(runGone)}` },
          { gate, offered: new Set() },
        );
    await github.checks.update(check, content);
  }
  await endCheck(at, { ...entry, ...(check === undefined ? {} : { check }) }, desk);
}
