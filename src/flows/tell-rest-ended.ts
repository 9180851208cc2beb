import { readLedger } from '../ledger/read-ledger.ts';
import type { IssueRuns } from '../ledger/runs-record.ts';
import type { Gate } from '../publishing/gate.ts';
import { safe } from '../publishing/safe-text.ts';
import { commandOf } from './end-parked-run.ts';
import type { FoundSession } from './find-session.ts';
import { keepPanel } from './keep-panel.ts';
import { keepRunLabel } from './keep-run-label.ts';
import type { PanelPlace } from './panel-place.ts';
import type { Ports } from './ports.ts';
import { identityOf } from './record-session.ts';
import { endRested } from './status-comment.ts';

/**
 * After a run was ended that waited for answers: no machine of it tells so. Where it was asked for says what became of it, the label of its issue
 * follows, and nobody is asked any more. Repeatable.
 */
export async function tellRestEnded(
  { issue, session }: { issue: number; session: string },
  place: PanelPlace,
): Promise<void> {
  const { store, remote, gate } = place;
  const repositoryId = remote.id;
  const runs = await (await readLedger(await store.read(), identityOf(remote))).readRuns(issue);
  const asked = runs && isAbout(runs, session) ? commandOf(runs) : undefined;
  const end = runs?.attempts.find((attempt) => attempt.session === session);
  if (asked && end?.outcome && end.outcome !== 'parked') {
    const say = safe`Session ${gate.codeSpan(session)} waited for answers. ${gate.inline(end.why ?? 'It has ended.')} \`/courier retry\` on #${issue} begins anew.`;
    const outcome = end.outcome === 'stopped' ? 'refused' : 'failed';
    await endRested(asked, { outcome, say }, { ...place, repositoryId });
  }
  await keepRunLabel(issue, { ...place, repositoryId });
  await keepPanel(session, place);
}

/** Whether the newest command is the one that it followed: another may have been given since, and has not begun. */
function isAbout({ attempts, asked }: IssueRuns, session: string): boolean {
  const last = attempts.at(-1);
  return last?.session === session && asked !== undefined && Date.parse(asked.at) <= Date.parse(last.at);
}

/** The same from the command line, for what rested there or in a repository. */
export async function tellWhereItRested(
  { session: { id, issueRun }, store, remote }: FoundSession,
  { github, gate, clock }: Pick<Ports, 'github' | 'clock'> & { gate: Gate },
): Promise<void> {
  if (!issueRun || !github || !remote) return;
  await tellRestEnded({ issue: issueRun.issue, session: id }, { github, store, remote, gate, clock, actor: 'courier' });
}
