import type { Trigger } from '../events/trigger.ts';
import { isoTime } from '../lib/clock.ts';
import type { Gate } from '../publishing/gate.ts';
import { beginSession } from '../sessions/begin-session.ts';
import type { Discovery } from '../sessions/discovery.ts';
import type { Session } from '../sessions/session.ts';
import type { ScanSettings } from '../sessions/settings.ts';
import { conclude } from './conclude.ts';
import type { RemoteRepository } from './github-ports.ts';
import type { DashboardView } from './keep-dashboard.ts';
import { openEvents } from './open-events.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import { createTextReader } from './text-reader.ts';

export type Unlooked = {
  trigger: Trigger;
  settings: ScanSettings;
  remote: RemoteRepository;
  ledgerKey: string | undefined;
  /** A sentence. */
  why: string;
};

/** A session that does nothing but say why. It reads and writes no ledger. */
export function skip(request: Unlooked, ports: Ports & { gate: Gate }): Promise<ScanOutcome> {
  const settings = { ...request.settings, publish: 'none' as const, failOn: 'never' as const };
  return concludeUnlooked({ ...request, settings }, { reconciles: false }, ports);
}

/**
 * A session that brings issues in line with the ledger and files held findings because somebody asked, those only: nothing is looked at, no other
 * limit is touched.
 */
export function fileHeld(
  request: Unlooked & {
    dashboard: DashboardView;
    /** What the session is called; default: that it files what was ticked. */
    what?: string;
  },
  ports: Ports & { gate: Gate },
): Promise<ScanOutcome> {
  const { issues } = request.settings;
  const settings = { ...request.settings, failOn: 'never' as const, issues: { ...issues, maxNew: 0 } };
  const { dashboard, what = 'Filing what was ticked on the dashboard' } = request;
  return concludeUnlooked({ ...request, settings }, { reconciles: true, dashboard, what }, ports);
}

function concludeUnlooked(
  { trigger, settings, remote, ledgerKey, why }: Unlooked,
  { reconciles, dashboard, what }: { reconciles: boolean; dashboard?: DashboardView; what?: string },
  ports: Ports & { gate: Gate },
): Promise<ScanOutcome> {
  const at = ports.clock.now();
  const begun = beginSession({
    trigger,
    repository: ports.repository,
    remote,
    settings: { ...settings, scans: [] },
    at,
  });
  const session = {
    ...begun,
    displayName: what ?? 'Nothing to do',
    phase: reconciles ? ('completed' as const) : ('cancelled' as const),
    result: 'skipped' as const,
    reasons: [why],
    endedAt: isoTime(at),
  };
  return concludeWithout(
    { session, settings, remote, ledgerKey },
    { reconciles, ...(dashboard ? { dashboard } : {}) },
    ports,
  );
}

type Ended = Pick<Unlooked, 'settings' | 'ledgerKey'> & { session: Session; remote: RemoteRepository | undefined };

/** A session that was over before it began; its record is in the ledger already, where it has one. */
export function concludeSkipped(ended: Ended, ports: Ports & { gate: Gate }): Promise<ScanOutcome> {
  const settings = { ...ended.settings, publish: 'none' as const, failOn: 'never' as const };
  return concludeWithout({ ...ended, settings }, { reconciles: false }, ports);
}

function concludeWithout(
  { session, settings, remote, ledgerKey }: Ended,
  { reconciles, dashboard }: { reconciles: boolean; dashboard?: DashboardView },
  ports: Ports & { gate: Gate },
): Promise<ScanOutcome> {
  const discovery: Discovery = {
    version: 1,
    session,
    raised: [],
    determined: [],
    verdicts: [],
    covered: [],
    renames: [],
    gone: [],
    judged: [],
    reconciles,
    ...(remote ? { repositoryId: remote.id, visibility: remote.visibility } : {}),
  };
  return conclude(
    {
      discovery,
      settings,
      remote,
      ledgerKey,
      checks: [],
      events: openEvents(session, { remote }, ports),
      raw: {},
      readText: createTextReader(ports.repository),
      reportsOnly: !reconciles,
      dashboard,
      done: { scan: false, verify: false },
    },
    ports,
  );
}
