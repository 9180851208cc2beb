import { noTicks, type Ticks } from '../events/dashboard-boxes.ts';
import type { Trigger } from '../events/trigger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { requireLedgerKey } from '../ledger/seal.ts';
import { UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { type MayReconcile, mayReconcile } from '../sessions/may-reconcile.ts';
import { type Overrides, resolveSettings, type ScanSettings, withoutAgent } from '../sessions/settings.ts';
import { conclude } from './conclude.ts';
import { type ChangedLines, discover } from './discover.ts';
import { readDashboard } from './keep-dashboard.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Ports, RemoteRepository } from './ports.ts';
import { readConfiguration } from './read-configuration.ts';
import { createTextReader } from './text-reader.ts';

export type ScanRequest = {
  trigger: Trigger;
  overrides: Overrides;
  configPath: string | undefined;
  ledgerKey: string | undefined;
  hasModelKey: boolean;
  hasE2bKey?: boolean;
  strict: boolean;
  signal: AbortSignal;
};

/** A scan from its settings to its reports: look, record, publish, tell. */
export async function scan(
  request: ScanRequest & {
    /** The boxes of the dashboard that it answers; absent: all that are ticked. */
    answers?: Pick<Ticks, 'scan' | 'verify'>;
  },
  given: Ports & { gate: Gate },
): Promise<ScanOutcome> {
  const { trigger } = request;
  if (request.ledgerKey !== undefined) requireLedgerKey(request.ledgerKey);
  const remote = await given.github?.repository();
  const config = await readConfiguration(request.configPath, { trigger, remote }, given);
  // A fork's pull request runs the keyless checks only: its author must not spend the repository's money, nor steer an agent.
  const fromFork = trigger.pullRequest?.fork === true;
  const settings = resolveSettings(config, fromFork ? withoutAgent(request.overrides) : request.overrides, request);
  const ports = { ...given, sandboxes: given.chooseSandboxes?.(settings.sandbox) ?? given.sandboxes };
  const reconciles: MayReconcile = remote
    ? mayReconcile(trigger, scannedCommit(request, ports), remote)
    : { may: true };
  if (settings.publish === 'issues' && reconciles.may)
    await ports.github?.checkPermissions(['contents: write', 'issues: write']);
  const ledger = trigger.pullRequest ? undefined : await readKnown(settings, remote, ports);
  const asks = settings.publish === 'issues' && reconciles.may;
  const dashboard = asks ? await readDashboard(ledger?.dashboard, { settings, github: ports.github }) : undefined;
  const { scan: scans, verify } = request.answers ?? dashboard?.ticks ?? noTicks;
  const changedLines = await readChangedLines(trigger, ports);
  const discovered = await discover(
    {
      settings,
      trigger,
      known: ledger?.findings ?? [],
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
      readText: createTextReader(ports.repository),
      reportsOnly: trigger.pullRequest !== undefined,
      dashboard,
      done: { scan: scans, verify },
    },
    ports,
  );
}

/** What a person scans by hand with changes that are not committed is no commit; in a workflow, earlier steps may have left files. */
function scannedCommit({ trigger }: ScanRequest, { repository }: Ports): string | undefined {
  return trigger.name === 'cli' && repository.dirty ? undefined : repository.commit;
}

async function readKnown(
  settings: ScanSettings,
  remote: RemoteRepository | undefined,
  { github, localLedger }: Ports,
): Promise<Ledger> {
  const store = github ? github.ledger(settings.ledgerBranch) : localLedger;
  return readLedger(await store.read(), remote ? { repositoryId: remote.id } : {});
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
