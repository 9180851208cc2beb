import { addSession } from '../dashboard/add-session.ts';
import type { Ticks } from '../events/dashboard-boxes.ts';
import type { Finding } from '../findings/finding.ts';
import type { DashboardRecord } from '../ledger/dashboard-record.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { withholdFinding } from '../ledger/withhold.ts';
import { count } from '../lib/text.ts';
import { type AppliedSession, applySession } from '../sessions/apply-session.ts';
import { isSensitive, withholdFromSession } from '../sessions/audience.ts';
import type { Discovery } from '../sessions/discovery.ts';
import { Session } from '../sessions/session.ts';
import type { ScanSettings } from '../sessions/settings.ts';
import type { Ports, RemoteRepository } from './ports.ts';

export type RecordRequest = {
  discovery: Discovery;
  settings: ScanSettings;
  remote: RemoteRepository | undefined;
  ledgerKey: string | undefined;
  reportsOnly: boolean;
  /** What people ticked on the dashboard before this session. */
  asked?: Ticks | undefined;
};

export type Recorded = {
  session: Session;
  applied: AppliedSession;
  /** Where the record went; `undefined`: nothing was written. */
  store: Store | undefined;
  /** What the ledger holds for the dashboard, this session included; `undefined` without GitHub or a record. */
  dashboard?: DashboardRecord | undefined;
};

/** The ledger comes first: what a session saw is on record before any issue is touched. A dry run applies it in memory only. */
export async function recordSession(
  request: RecordRequest,
  ports: Pick<Ports, 'github' | 'localLedger' | 'log'>,
): Promise<Recorded> {
  const { discovery, settings, remote } = request;
  const store = ports.github ? ports.github.ledger(settings.ledgerBranch) : ports.localLedger;
  const apply = (known: readonly Finding[]) => {
    const at = discovery.session.endedAt ?? discovery.session.startedAt;
    const applied = applySession(known, discovery, {
      ignore: settings.ignore,
      at,
      visible: ports.github === undefined,
    });
    return { applied, session: withOutcome(discovery.session, applied) };
  };
  if (!writesLedger(request, ports)) {
    const known = request.reportsOnly ? [] : (await readLedger(await store.read(), identityOf(remote))).findings;
    return { ...apply(known), store: undefined };
  }
  const { decided } = await updateLedger(
    store,
    messageFor(discovery),
    async (ledger) => {
      const before = await ledger.readSession(discovery.session.id, Session);
      if (before && 'session' in before)
        return { ...asRecorded(ledger.findings, before.session), ...dashboardOf(ledger.dashboard) };
      for (const { path, reason } of ledger.damaged)
        ports.log.warn(`The ledger's ${path} is damaged and was put aside: ${reason}`);
      const { applied, session: whole } = apply(ledger.findings);
      const session = withDamage(whole, ledger.damaged);
      return {
        applied,
        full: session,
        findings: protect(applied.findings, request),
        session: withholdFromSession(session, remote?.visibility),
        ...(ports.github ? { dashboard: addSession(ledger.dashboard, session, remote?.visibility) } : {}),
      };
    },
    identityOf(remote),
  );
  return { session: decided.full, applied: decided.applied, store, dashboard: decided.dashboard };
}

/** A session is recorded once: published again (a job that was run again, a file replayed) it counts nothing twice, and undoes nothing since. */
function asRecorded(
  known: readonly Finding[],
  session: Session,
): Pick<LedgerChanges, 'findings' | 'dashboard'> & Decided {
  const { raised, updated, resolved, reopened } = session;
  const seen = [...raised, ...updated];
  return {
    findings: [],
    full: session,
    applied: { findings: known, fresh: [], seen, resolved, reopened, ignored: [] },
  };
}

function dashboardOf(dashboard: DashboardRecord | undefined): Pick<LedgerChanges, 'dashboard'> {
  return dashboard ? { dashboard } : {};
}

type Decided = { applied: AppliedSession; full: Session };

/** What cannot be read may hold findings that are taken for new now: such a session is not whole, and says so. */
function withDamage(session: Session, damaged: readonly { path: string }[]): Session {
  if (damaged.length === 0) return session;
  const paths = [...new Set(damaged.map(({ path }) => path))].join(', ');
  return {
    ...session,
    result: session.result === 'complete' ? 'partial' : session.result,
    reasons: [
      ...session.reasons,
      `The ledger was damaged in ${paths}: what could not be read is kept under quarantine/, and its findings may be filed again.`,
    ],
  };
}

/** A local scan keeps its own ledger; on GitHub only a session that may change issues does, and no dry run. */
function writesLedger({ discovery, settings, reportsOnly }: RecordRequest, { github }: Pick<Ports, 'github'>): boolean {
  if (!github) return true;
  return !reportsOnly && discovery.reconciles && settings.publish === 'issues';
}

/** Findings as the ledger may hold them where everybody can read it. */
export function protect(
  findings: readonly Finding[],
  { remote, ledgerKey }: Pick<RecordRequest, 'remote' | 'ledgerKey'>,
): Finding[] {
  return findings.map((finding) => {
    if (!isSensitive(finding, remote?.visibility)) return finding;
    // Sealed anew from the details at hand; what was sealed before stays where there are none.
    const { sealed, ...open } = finding;
    const withheld = withholdFinding(open, ledgerKey);
    return withheld.sealed === undefined && sealed !== undefined ? { ...withheld, sealed } : withheld;
  });
}

export function identityOf(remote: RemoteRepository | undefined): { repositoryId?: string } {
  return remote ? { repositoryId: remote.id } : {};
}

function withOutcome(session: Session, applied: AppliedSession): Session {
  return {
    ...session,
    raised: [...applied.fresh],
    updated: applied.seen.filter((id) => !applied.fresh.includes(id)),
    resolved: [...applied.resolved],
    reopened: [...applied.reopened],
  };
}

function messageFor({ session, raised }: Discovery): string {
  return `session ${session.id}: ${session.result ?? 'ended'}, ${count(raised.length, 'finding')} seen`;
}
