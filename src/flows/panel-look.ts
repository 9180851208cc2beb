import type { Ledger } from '../ledger/ledger.ts';
import type { PanelRecord } from '../questions/panel.ts';
import { type PutAssumptions, putAssumptions } from '../sessions/put-assumptions.ts';
import { type PutQuestions, putQuestions } from '../sessions/put-questions.ts';
import { Session } from '../sessions/session.ts';
import type { RemoteRepository } from './github-ports.ts';

/** A session with its questions as they stand, as the ledger has them. */
export type PanelLook = {
  ledger: Ledger;
  session: Session;
  panel: PanelRecord;
  asked: PutQuestions;
  assumed: PutAssumptions;
};

/** `undefined`: the ledger holds no such session that can be read. */
export async function panelIn(
  ledger: Ledger,
  id: string,
  remote: Pick<RemoteRepository, 'visibility'>,
): Promise<PanelLook | undefined> {
  const found = await ledger.readSession(id, Session);
  if (!found || !('session' in found)) return undefined;
  const { session } = found;
  const known = await ledger.readPanel(id);
  const issue = ledger.sessionIssues.find((each) => each.session === id);
  const lost = issue ? { issue: { number: issue.number, url: issue.url }, closed: !issue.open } : { closed: false };
  const fresh: PanelRecord = {
    version: 1,
    session: id,
    openedAt: session.endedAt ?? session.startedAt,
    acts: [],
    ...lost,
  };
  const { findings } = ledger;
  const memory = await ledger.readMemory();
  return {
    ledger,
    session,
    panel: known ?? fresh,
    asked: putQuestions(session, findings, remote.visibility),
    assumed: putAssumptions(session, { memory, findings }, remote.visibility),
  };
}
