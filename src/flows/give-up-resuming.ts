import type { CommandAt } from '../commands/command-ends.ts';
import { passOn } from '../commands/inbox.ts';
import { renderCommentMark } from '../findings/issue-markers.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { safe } from '../publishing/safe-text.ts';
import { closeResting } from '../sessions/close-resting.ts';
import { mostSends } from '../sessions/put-questions.ts';
import { auditLine } from './audit-line.ts';
import { commandOf } from './end-parked-run.ts';
import { keepRunLabel } from './keep-run-label.ts';
import type { PanelLook } from './panel-look.ts';
import { type PanelPlace, remember } from './panel-place.ts';
import { endCommand } from './status-comment.ts';

/**
 * Ends a session that was sent on its way with its answers as often as it may be, and that no run took up: nobody is asked any more, no machine is
 * started without an end, and of a run the issue is free.
 */
export async function giveUpResuming(look: PanelLook, { clock, actor }: PanelPlace): Promise<LedgerChanges> {
  const { session, panel, ledger } = look;
  const { id, issueRun } = session;
  const runs = issueRun && (await ledger.readRuns(issueRun.issue));
  const why = `It was sent on its way ${mostSends} times with its answers, and no run took it up.`;
  const closed = closeResting(session, { end: 'failed', why, at: isoTime(clock.now()) }, runs);
  if ('refused' in closed) return {};
  const audit = [auditLine({ action: 'end-session', target: id }, { session: id, actor }, clock)];
  const asked = await askedFor(look);
  const run = Number(/\/runs\/(\d+)/.exec(panel.run ?? '')?.[1] ?? 0);
  const inbox = asked && passOn(await ledger.readInbox(asked.issue), { ...asked, run });
  return { ...closed, ...(inbox ? { inbox } : {}), panel: { ...panel, gaveUp: 'untold' }, audit };
}

/** The command that asked for the run which the session is. */
async function askedFor({ session: { id, issueRun }, ledger }: PanelLook): Promise<CommandAt | undefined> {
  const runs = issueRun && (await ledger.readRuns(issueRun.issue));
  return runs?.attempts.at(-1)?.session === id ? commandOf(runs) : undefined;
}

/** People are told once, where they answered; of a run also where it was asked for, and by the label of its issue. Repeatable. */
export async function tellGivenUp(look: PanelLook, place: PanelPlace): Promise<void> {
  const { github, gate, remote } = place;
  const { session, panel, ledger } = look;
  const { id, issueRun } = session;
  const last = panel.run === undefined ? safe`` : safe` ${gate.link(safe`The last run`, panel.run)} says why.`;
  const again = issueRun ? safe`\`/courier retry\` on #${issueRun.issue}` : safe`\`/courier clone ${gate.inline(id)}\``;
  const say = safe`Session ${gate.inline(id)} has failed: it was sent on its way ${mostSends} times with the answers, and no run took it up.${last} What was answered is kept: ${again} begins anew with it.`;
  const asked = await askedFor(look);
  if (asked) {
    const { taken } = await ledger.readInbox(asked.issue);
    const { run = 0 } = taken.find(({ comment, index }) => comment === asked.comment && index === asked.index) ?? {};
    await endCommand(asked, { outcome: 'failed', say, run, attempt: 1 }, { ...place, repositoryId: remote.id });
  }
  if (issueRun) await keepRunLabel(issueRun.issue, { ...place, repositoryId: remote.id });
  const mark = renderCommentMark(['panel-gave-up', id], gate);
  if (panel.issue) await github.comments.ensure(panel.issue.number, mark, safe`${say}\n\n${mark}`);
  await remember(id, place, (now) => ({ ...now, gaveUp: 'told' }));
}
