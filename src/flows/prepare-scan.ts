import type { Trigger } from '../events/trigger.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { requireLedgerKey } from '../ledger/seal.ts';
import { ExternalError, UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { withAnsweringAgent } from '../sessions/answer-settings.ts';
import { type MayReconcile, mayReconcile } from '../sessions/may-reconcile.ts';
import {
  type KeysAtHand,
  type Overrides,
  resolveSettings,
  type ScanSettings,
  type Split,
  withoutAgent,
} from '../sessions/settings.ts';
import { toSplitSettings } from '../sessions/split.ts';
import type { RemoteRepository } from './github-ports.ts';
import type { Ports } from './ports.ts';
import { readConfiguration } from './read-configuration.ts';
import { tendPulls, tendRuns } from './tend-runs.ts';

export type ScanRequest = {
  trigger: Trigger;
  overrides: Overrides;
  configPath: string | undefined;
  ledgerKey: string | undefined;
  hasModelKey: boolean;
  modelKeys?: KeysAtHand['modelKeys'];
  hasE2bKey?: boolean;
  strict: boolean;
  /** The agent that works; default: the Issue Agent. */
  as?: 'answering agent';
  /** This is one job of several. */
  split?: Split | undefined;
  signal: AbortSignal;
};

export type Prepared = {
  settings: ScanSettings;
  remote: RemoteRepository | undefined;
  reconciles: MayReconcile;
  /** `undefined` on a pull request, which touches none. */
  ledger: Ledger | undefined;
  /** What people settled is read here: the ledger itself, and on a pull request, whose session touches none, a look at it. */
  consulted: Ledger | undefined;
  /** With the sandboxes and the agent that the settings ask for. */
  ports: Ports & { gate: Gate };
};

/** What a session is about to do, with whom, and what is known already. Refuses early what would fail late. */
export async function prepareScan(request: ScanRequest, given: Ports & { gate: Gate }): Promise<Prepared> {
  const { trigger } = request;
  if (request.ledgerKey !== undefined) requireLedgerKey(request.ledgerKey);
  const remote = await given.github?.repository();
  const read = await readConfiguration(request.configPath, { trigger, remote }, given);
  const config = request.as ? withAnsweringAgent(read) : read;
  // A fork's pull request runs the keyless checks only: its author must not spend the repository's money, nor steer an agent.
  const fromFork = trigger.pullRequest?.fork === true;
  const overrides = fromFork ? withoutAgent(request.overrides) : request.overrides;
  const settings = toSplitSettings(resolveSettings(config, overrides, request), request.split);
  const ports = {
    ...given,
    sandboxes: given.chooseSandboxes?.(settings.sandbox) ?? given.sandboxes,
    ...(await given.chooseAgent?.(settings.agent)),
  };
  const reconciles: MayReconcile = remote
    ? mayReconcile(trigger, scannedCommit(request, ports), remote)
    : { may: true };
  const writes = settings.publish === 'issues' && reconciles.may;
  if (writes) await ports.github?.checkPermissions(['contents: write', 'issues: write']);
  const known = trigger.pullRequest ? undefined : await readKnown(settings, remote, ports);
  const ledger =
    writes && known && (await tend(known, settings, ports)) ? await readKnown(settings, remote, ports) : known;
  const consulted = ledger ?? (await consult(settings, { trigger, remote }, ports));
  return { settings, remote, reconciles, ledger, consulted, ports };
}

/**
 * Where no app is told of it, the next session sees what became of runs. It is not what it came for: what fails is left to the next one.
 *
 * @returns whether there was something to look at, after which the ledger may hold more.
 */
async function tend(known: Ledger, settings: ScanSettings, ports: Ports & { gate: Gate }): Promise<boolean> {
  const { github } = ports;
  if (!github || known.listRuns().length === 0) return false;
  try {
    const remote = await github.repository();
    const { workflow: _, ...own } = ports;
    const place = { ...own, github, remote, store: github.ledger(settings.ledgerBranch) };
    await tendRuns(place);
    await tendPulls(place);
  } catch (error) {
    if (!(error instanceof ExternalError || error instanceof UserError)) throw error;
  }
  return true;
}

/** What a person scans by hand with changes that are not committed is no commit; in a workflow, earlier steps may have left files. */
function scannedCommit({ trigger }: ScanRequest, { repository }: Ports): string | undefined {
  return trigger.name === 'cli' && repository.dirty ? undefined : repository.commit;
}

/**
 * What people settled is told to agents on a pull request, too. Not on a fork's, where no agent runs and whose author is nobody here; where the token
 * may not read it, the session goes on without.
 */
async function consult(
  settings: ScanSettings,
  { trigger, remote }: { trigger: Trigger; remote: RemoteRepository | undefined },
  ports: Ports,
): Promise<Ledger | undefined> {
  if (trigger.pullRequest?.fork !== false || settings.scans.length === 0) return undefined;
  try {
    return await readKnown(settings, remote, ports);
  } catch (error) {
    if (!(error instanceof ExternalError)) throw error;
    ports.log.warn(`What people settled is not known in this session: ${error.message}`);
    return undefined;
  }
}

async function readKnown(
  settings: ScanSettings,
  remote: RemoteRepository | undefined,
  { github, localLedger }: Ports,
): Promise<Ledger> {
  const store = github ? github.ledger(settings.ledgerBranch) : localLedger;
  return readLedger(await store.read(), remote ? { repositoryId: remote.id } : {});
}
