import type { Finding } from '../findings/finding.ts';
import type { AuditEntry } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import type { Clock } from '../lib/clock.ts';
import type { Gate } from '../publishing/gate.ts';
import type { PanelRecord } from '../questions/panel.ts';
import { isSensitive } from '../sessions/audience.ts';
import { type Author, auditLine } from './audit-line.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import { type PanelLook, panelIn } from './panel-look.ts';
import { identityOf } from './record-session.ts';

/** Where the questions of sessions are put to people, and on whose word. */
export type PanelPlace = {
  github: Pick<GitHub, 'issues' | 'comments' | 'workflows' | 'pullRequests'>;
  store: Store;
  remote: RemoteRepository;
  gate: Gate;
  clock: Clock;
  actor: string;
};

/** `undefined`: the ledger holds no such session that can be read. */
export async function lookAtPanel(
  id: string,
  { store, remote }: Pick<PanelPlace, 'store' | 'remote'>,
): Promise<PanelLook | undefined> {
  return panelIn(await readLedger(await store.read(), identityOf(remote)), id, remote);
}

/** Those of the session that everybody who can read the repository may know of. */
export function toldFindings({ ledger, session }: PanelLook, { remote }: Pick<PanelPlace, 'remote'>): Finding[] {
  const own = new Set([...session.raised, ...session.updated]);
  return ledger.findings.filter(
    (finding) => own.has(finding.id) && !isSensitive(finding, remote.visibility) && finding.sealed === undefined,
  );
}

/** Writes what is known of the panel now, with lines of audit. */
export async function remember(
  id: string,
  { store, remote, clock, actor }: PanelPlace,
  change: (panel: PanelRecord) => PanelRecord,
  audit: readonly Pick<AuditEntry, 'action' | 'target'>[] = [],
): Promise<void> {
  const by: Author = { session: id, actor };
  const lines = audit.map((entry) => auditLine(entry, by, clock));
  await updateLedger(
    store,
    `session ${id}: its panel`,
    async (ledger) => {
      const look = await panelIn(ledger, id, remote);
      return look ? { panel: change(look.panel), audit: lines } : {};
    },
    identityOf(remote),
  );
}
