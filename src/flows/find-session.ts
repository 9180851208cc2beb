import type { Ledger } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Store } from '../ledger/store.ts';
import { UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { Session } from '../sessions/session.ts';
import type { RemoteRepository } from './github-ports.ts';
import type { Ports } from './ports.ts';
import type { ScanRequest } from './prepare-scan.ts';
import { readConfiguration } from './read-configuration.ts';

export type FoundSession = { session: Session; ledger: Ledger; store: Store; remote: RemoteRepository | undefined };

/**
 * A session of the ledger, by its id, the beginning of one, or `latest`.
 * @throws UserError where there is none, or more than one.
 */
export async function findSession(
  id: string,
  { trigger, configPath }: Pick<ScanRequest, 'trigger' | 'configPath'>,
  ports: Ports & { gate: Gate },
): Promise<FoundSession> {
  const remote = await ports.github?.repository();
  const config = await readConfiguration(configPath, { trigger, remote }, ports);
  const store = ports.github ? ports.github.ledger(config.ledger.branch) : ports.localLedger;
  const ledger = await readLedger(await store.read(), remote ? { repositoryId: remote.id } : {});
  const found = await ledger.readSession(chooseSession(id, ledger), Session);
  if (!found) throw new UserError(`The ledger holds no session ${id}.`);
  if ('damaged' in found) throw new UserError(`The record of session ${id} cannot be read: ${found.damaged}`);
  return { session: found.session, ledger, store, remote };
}

function chooseSession(given: string, ledger: Ledger): string {
  const ids = ledger.listSessions().map(({ id }) => id);
  const wanted = given.toLowerCase();
  if (wanted === 'latest' && ids.length > 0) return ids.at(-1) ?? given;
  const exact = ids.find((id) => id.toLowerCase() === wanted);
  if (exact) return exact;
  const matching = wanted.length < 2 ? [] : ids.filter((id) => id.toLowerCase().startsWith(wanted));
  if (matching.length > 1)
    throw new UserError(`${given} is the beginning of ${matching.length} sessions: write more of it.`);
  const [only] = matching;
  if (only === undefined) throw new UserError(`The ledger holds no session ${given}. courier sessions lists them.`);
  return only;
}
