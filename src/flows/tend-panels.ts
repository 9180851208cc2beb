import { renderCommentMark } from '../findings/issue-markers.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { safe } from '../publishing/safe-text.ts';
import { parkRun } from '../runs/issue-runs.ts';
import { keepRecord } from '../sessions/keep-record.ts';
import { isEnded } from '../sessions/phases.ts';
import { openOf } from '../sessions/put-questions.ts';
import type { Session } from '../sessions/session.ts';
import { auditLine } from './audit-line.ts';
import { keepPanel } from './keep-panel.ts';
import { type PanelLook, panelIn } from './panel-look.ts';
import { lookAtPanel, type PanelPlace } from './panel-place.ts';
import { identityOf } from './record-session.ts';

/** Milliseconds after which people are reminded, once. */
const reminderAfter = 3 * 24 * 3_600_000;
// The rest is seen to by the next scan.
const mostAtOnce = 20;

export type Tending = {
  /** Sessions whose people are still asked. */
  sessions: readonly string[];
  /** Milliseconds that a session is kept while it waits; 0: for ever. */
  inactivityMs: number;
  /** Ends the sandboxes that a session left. */
  salvage: (session: string) => Promise<unknown>;
};

/**
 * Sees to questions that nobody answered: people are reminded once, a session whose time is over is not kept any longer (it can still be resumed,
 * by its files), and the issue of one that ended elsewhere is brought up to date.
 */
export async function tendPanels(tending: Tending, place: PanelPlace): Promise<void> {
  for (const id of tending.sessions.slice(0, mostAtOnce)) {
    const look = await lookAtPanel(id, place);
    if (look?.panel.issue && !look.panel.closed) await tend(look, tending, place);
  }
}

async function tend(look: PanelLook, { inactivityMs, salvage }: Tending, place: PanelPlace): Promise<void> {
  const { id, phase } = look.session;
  const isStale = isKeptTooLong(look.session, { inactivityMs, now: place.clock.now() });
  if (isStale) {
    await letGo(id, inactivityMs, place);
    await salvage(id);
  }
  if (isReminderDue(look, place)) await remind(look, place);
  if (isStale || isEnded(phase)) await keepPanel(id, place);
}

function isKeptTooLong(
  { phase, stopReason, parked }: Session,
  { inactivityMs, now }: { inactivityMs: number; now: number },
): boolean {
  if (phase !== 'stopped' || stopReason !== 'waiting_input' || !parked || inactivityMs === 0) return false;
  return now - Date.parse(parked.at) > inactivityMs;
}

async function letGo(id: string, inactivityMs: number, place: PanelPlace): Promise<void> {
  const { store, remote, clock, actor } = place;
  await updateLedger(
    store,
    `session ${id}: kept no longer`,
    async (ledger) => {
      const session = (await panelIn(ledger, id, remote))?.session;
      const issue = session?.issueRun?.issue;
      const runs = issue === undefined ? undefined : await ledger.readRuns(issue);
      if (!session?.parked || !isKeptTooLong(session, { inactivityMs, now: clock.now() })) return {};
      const { sandbox: _, ...parked } = session.parked;
      const note = `Nobody answered in time: its sandbox was let go at ${isoTime(clock.now())}. An answer still resumes it, from its files.`;
      const after = { ...session, parked, stopReason: 'inactivity' as const, notes: [...session.notes, note] };
      const kept = keepRecord(session, after);
      if ('refused' in kept) return {};
      const audit = [auditLine({ action: 'stop-session', target: id }, { session: id, actor }, clock)];
      // Its issue need not wait any longer, either.
      const freed = runs && parkRun(runs, { session: id, until: isoTime(clock.now()) });
      return { session: kept.record, ...(freed ? { runs: freed } : {}), audit };
    },
    identityOf(remote),
  );
}

function isReminderDue({ panel, asked }: PanelLook, { clock }: PanelPlace): boolean {
  if (panel.remindedAt !== undefined || clock.now() - Date.parse(panel.openedAt) < reminderAfter) return false;
  return openOf(asked.told, panel).length > 0;
}

/** Never twice: who says in the ledger that people were reminded does it. */
async function remind({ session, panel, asked }: PanelLook, place: PanelPlace): Promise<void> {
  const { github, gate } = place;
  const number = panel.issue?.number ?? 0;
  const issue = (await github.issues.read([number])).get(number);
  if (issue?.state !== 'open' || issue.locked || !(await claimReminder(session.id, number, place))) return;
  const mark = renderCommentMark(['panel-reminder', session.id], gate);
  const ids = openOf(asked.told, panel).map(({ id }) => id);
  const list = gate.inline(ids.slice(0, 20).join(', '));
  const say = safe`A reminder, the only one: ${list} ${ids.length === 1 ? safe`has` : safe`have`} no answer yet. Until there is one, what Courier assumed stands in for it; \`/courier skip ${gate.inline(ids[0] ?? 'Q1')}\` leaves it at that.`;
  await github.comments.ensure(number, mark, safe`${say}\n\n${mark}`);
}

async function claimReminder(id: string, issue: number, { store, remote, clock, actor }: PanelPlace): Promise<boolean> {
  const { decided } = await updateLedger(
    store,
    `session ${id}: people are reminded`,
    async (ledger): Promise<LedgerChanges & { mine: boolean }> => {
      const panel = (await panelIn(ledger, id, remote))?.panel;
      if (!panel || panel.remindedAt !== undefined) return { mine: false };
      const audit = [auditLine({ action: 'comment-issue', target: `#${issue}` }, { session: id, actor }, clock)];
      return { mine: true, panel: { ...panel, remindedAt: isoTime(clock.now()) }, audit };
    },
    identityOf(remote),
  );
  return decided.mine;
}
