import type { Ledger } from '../ledger/ledger.ts';
import type { Snapshot } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import type { Gate } from '../publishing/gate.ts';
import { withholdFromSession } from '../sessions/audience.ts';
import { beginSession, newSessionId } from '../sessions/begin-session.ts';
import { cleanSession } from '../sessions/clean-discovery.ts';
import { planStart, type Start } from '../sessions/plan-start.ts';
import { runnerOf } from '../sessions/runner.ts';
import type { Session } from '../sessions/session.ts';
import type { ScanSettings } from '../sessions/settings.ts';
import { withDamage } from '../sessions/with-damage.ts';
import { closeLost } from './close-lost.ts';
import { findUnderWay } from './find-under-way.ts';
import type { Ports } from './ports.ts';
import type { Prepared, ScanRequest } from './prepare-scan.ts';
import { identityOf } from './record-session.ts';
import type { Claim } from './session-claim.ts';

/** The session that begins, with what is left to it; or one that was over before it began. */
export type Started = {
  session: Session;
  settings: ScanSettings;
  /** Why it does not begin. */
  skipped: boolean;
  /** The ledger as it was read, while it is still that. */
  snapshot: Snapshot | undefined;
};

type StartRequest = Pick<ScanRequest, 'trigger' | 'ledgerKey'> &
  Pick<Prepared, 'settings' | 'remote' | 'reconciles' | 'ledger'> & { claim?: Claim | undefined };

/**
 * Begins a session: those whose machine is gone are closed first; then it reserves its money and goes on record, in one commit that two
 * sessions cannot both make. One without an agent costs nothing and has no record before its end. Where nothing may be written (another job
 * publishes, a dry run) the same rules are held to what the ledger says, without a reservation.
 */
export async function startSession(request: StartRequest, ports: Ports & { gate: Gate }): Promise<Started> {
  const { settings, ledger } = request;
  const at = ports.clock.now();
  const id = settings.split?.session ?? newSessionId(at);
  const sessionOf = (start: Start) => toSession(start, { request, id, at }, ports);
  if (!ledger || settings.scans.length === 0 || !writes(request, ports)) ports.began(id, 'no-record');
  if (!ledger) return toStarted(await withoutRecord(request, ports), settings, sessionOf, undefined);
  const closed = await closeDead(ledger, request, ports);
  if (settings.scans.length === 0 || !writes(request, ports)) {
    return toStarted(
      await planOn(ledger, { settings, at }, ports),
      settings,
      sessionOf,
      closed ? undefined : ledger.snapshot,
    );
  }
  ports.began(id, 'record');
  const { decided } = await updateLedger(
    storeOf(settings, ports),
    `session ${id}: begins`,
    async (newest) => {
      const planned = await planOn(newest, { settings, at }, ports);
      const claimed = 'skipped' in planned ? undefined : await request.claim?.(newest, sessionOf(planned));
      const start: Start = claimed && 'refused' in claimed ? { skipped: claimed.refused } : planned;
      const session = sessionOf(start);
      const usd = 'skipped' in start ? undefined : start.reservedUsd;
      return {
        ...(claimed && 'changes' in claimed ? claimed.changes : {}),
        start,
        damaged: newest.damaged,
        session: withholdFromSession(cleanSession(session, ports.gate.plain), request.remote?.visibility),
        ...(usd === undefined ? {} : { spend: [{ session: id, at: session.startedAt, usd, settled: false }] }),
      };
    },
    { ...identityOf(request.remote), ...(ports.github && !closed ? { from: ledger.snapshot } : {}) },
  );
  const begun = toStarted(decided.start, settings, sessionOf, undefined);
  // The commit of the beginning puts the damage aside: at the end it is not to be seen any more.
  const damaged = [...ledger.damaged, ...decided.damaged];
  for (const { path, reason } of damaged)
    ports.log.warn(`The ledger's ${path} is damaged and was put aside: ${reason}`);
  return { ...begun, session: withDamage(begun.session, damaged) };
}

function toStarted(
  start: Start,
  settings: ScanSettings,
  sessionOf: (start: Start) => Session,
  snapshot: Snapshot | undefined,
): Started {
  const skipped = 'skipped' in start;
  return { session: sessionOf(start), settings: skipped ? settings : start.settings, skipped, snapshot };
}

/** A pull request touches no ledger, and nobody knows there what others spent. */
async function withoutRecord({ settings }: StartRequest, { clock }: Pick<Ports, 'clock'>): Promise<Start> {
  return planStart(settings, { others: [], spent: [], at: isoTime(clock.now()) });
}

async function planOn(
  ledger: Ledger,
  { settings, at }: { settings: ScanSettings; at: number },
  ports: Ports,
): Promise<Start> {
  if (settings.scans.length === 0) return planStart(settings, { others: [], spent: [], at: isoTime(at) });
  const { alive, spent } = await findUnderWay(ledger, ports);
  return planStart(settings, { others: alive, spent, at: isoTime(at) });
}

async function closeDead(ledger: Ledger, request: StartRequest, ports: Ports & { gate: Gate }): Promise<boolean> {
  if (!writes(request, ports)) return false;
  const { dead } = await findUnderWay(ledger, ports);
  for (const { session, why } of dead) await closeLost({ ...request, session, why, ending: 'lost' }, ports);
  return dead.length > 0;
}

function writes({ settings, reconciles }: StartRequest, { github }: Pick<Ports, 'github'>): boolean {
  return github === undefined || (reconciles.may && settings.publish === 'issues');
}

function storeOf(settings: ScanSettings, { github, localLedger }: Pick<Ports, 'github' | 'localLedger'>) {
  return github ? github.ledger(settings.ledgerBranch) : localLedger;
}

function toSession(
  start: Start,
  { request, id, at }: { request: StartRequest; id: string; at: number },
  { repository, processes }: Pick<Ports, 'repository' | 'processes'>,
): Session {
  const { trigger, remote } = request;
  const settings = 'skipped' in start ? request.settings : start.settings;
  const begun = beginSession({ trigger, repository, remote, settings, id, at, runner: runnerOf(trigger, processes) });
  if ('skipped' in start) {
    const { skipped, stopReason } = start;
    const ended = { phase: 'cancelled' as const, result: 'skipped' as const, endedAt: isoTime(at), reasons: [skipped] };
    return { ...begun, ...ended, ...(stopReason ? { stopReason } : {}) };
  }
  const { notes, reasons, reservedUsd } = start;
  const reserved = settings.scans.length > 0 ? { reservedUsd } : {};
  return { ...begun, ...reserved, notes: [...notes], reasons: [...reasons] };
}
