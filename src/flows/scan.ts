import { noTicks, type Ticks } from '../events/dashboard-boxes.ts';
import type { Trigger } from '../events/trigger.ts';
import { UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import type { Origin } from '../sessions/origin.ts';
import { conclude } from './conclude.ts';
import type { ChangedLines } from './discover.ts';
import { discoverAtDesk } from './discover-at-desk.ts';
import { readDashboard } from './keep-dashboard.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import { type Prepared, prepareScan, type ScanRequest } from './prepare-scan.ts';
import { readKnown } from './read-memory.ts';
import { startSession } from './start-session.ts';
import { createTextReader } from './text-reader.ts';
import { concludeSkipped, skip } from './without-looking.ts';

/** A scan from its settings to its reports: look, record, publish, tell. */
export async function scan(
  request: ScanRequest & {
    /** The boxes of the dashboard that it answers; absent: all that are ticked. */
    answers?: Pick<Ticks, 'scan' | 'verify'>;
    /** An earlier session that it repeats or follows. */
    origin?: Origin;
  },
  given: Ports & { gate: Gate },
): Promise<ScanOutcome> {
  const { trigger } = request;
  const prepared = withOrigin(await prepareScan(request, given), request.origin);
  const { remote, reconciles, ledger, consulted, ports } = prepared;
  const paused = trigger.name === 'schedule' ? ledger?.dashboard?.paused : undefined;
  if (paused && remote) {
    const why = `Scheduled scans are held by ${paused.by} since ${paused.at}: \`/courier unpause\` on the dashboard lets them go on.`;
    return skip({ ...request, settings: prepared.settings, remote, why }, ports);
  }
  const started = await startSession({ ...request, ...prepared }, ports);
  const { settings } = started;
  const session = { ...started.session, ...request.origin?.stamp };
  if (started.skipped) return concludeSkipped({ ...request, session, settings, remote }, ports);
  const asks = settings.publish === 'issues' && reconciles.may;
  const dashboard = asks ? await readDashboard(ledger?.dashboard, { settings, github: ports.github }) : undefined;
  const { scan: scans, verify } = request.answers ?? dashboard?.ticks ?? noTicks;
  const changedLines = await readChangedLines(trigger, ports);
  const memory = consulted && settings.scans.length > 0 ? await readKnown(consulted) : undefined;
  const discovered = await discoverAtDesk(
    {
      session,
      settings,
      trigger,
      known: ledger?.findings ?? [],
      coverage: settings.scans.length > 0 ? await ledger?.readCoverage() : undefined,
      memory,
      remote,
      reconciles,
      changedLines,
      ledgerKey: request.ledgerKey,
      recheckAll: verify,
      signal: request.signal,
    },
    ports,
  );
  return conclude(
    {
      ...discovered,
      settings,
      remote,
      ledgerKey: request.ledgerKey,
      begun: session.reservedUsd !== undefined,
      snapshot: started.snapshot,
      readText: createTextReader(ports.repository),
      reportsOnly: trigger.pullRequest !== undefined,
      memory: memory?.memory,
      dashboard,
      done: { scan: scans, verify },
    },
    ports,
  );
}

function withOrigin(prepared: Prepared, origin: Origin | undefined): Prepared {
  return origin ? { ...prepared, settings: { ...prepared.settings, scans: origin.scans } } : prepared;
}

async function readChangedLines(
  { pullRequest }: Trigger,
  { repository, github }: Ports,
): Promise<ChangedLines | undefined> {
  if (!pullRequest) return undefined;
  const local = await repository.changedLines(pullRequest.baseCommit);
  if (local) return local;
  // A checkout of depth 1 does not hold the base; GitHub knows the difference.
  const remote = await github?.changedLines(pullRequest.number);
  if (!remote)
    throw new UserError(
      'The checkout does not hold the base of the pull request: set fetch-depth: 0 in the checkout step.',
    );
  return remote;
}
