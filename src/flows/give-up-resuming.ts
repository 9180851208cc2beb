import { renderCommentMark } from '../findings/issue-markers.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { safe } from '../publishing/safe-text.ts';
import { closeResting } from '../sessions/close-resting.ts';
import { mostSends } from '../sessions/put-questions.ts';
import { auditLine } from './audit-line.ts';
import type { PanelLook } from './panel-look.ts';
import { type PanelPlace, remember } from './panel-place.ts';
import { tellRestEnded } from './tell-rest-ended.ts';

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
  return { ...closed, panel: { ...panel, gaveUp: 'untold' }, audit };
}

/** People are told once, where they answered; of a run also where it was asked for, and by the label of its issue. Repeatable. */
export async function tellGivenUp(look: PanelLook, place: PanelPlace): Promise<void> {
  const { github, gate } = place;
  const { session, panel } = look;
  const { id, issueRun } = session;
  const last = panel.run === undefined ? safe`` : safe` ${gate.link(safe`The last run`, panel.run)} says why.`;
  const again = issueRun ? safe`\`/courier retry\` on #${issueRun.issue}` : safe`\`/courier clone ${gate.inline(id)}\``;
  const say = safe`Session ${gate.inline(id)} has failed: it was sent on its way ${mostSends} times with the answers, and no run took it up.${last} What was answered is kept: ${again} begins anew with it.`;
  if (issueRun) await tellRestEnded({ issue: issueRun.issue, session: id }, place);
  const mark = renderCommentMark(['panel-gave-up', id], gate);
  if (panel.issue) await github.comments.ensure(panel.issue.number, mark, safe`${say}\n\n${mark}`);
  await remember(id, place, (now) => ({ ...now, gaveUp: 'told' }));
}
