import type { Trigger } from '../events/trigger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Gate } from '../publishing/gate.ts';
import { isEnded } from '../sessions/phases.ts';
import { Session } from '../sessions/session.ts';
import { resolveSettings, withoutAgent } from '../sessions/settings.ts';
import { closeLost } from './close-lost.ts';
import type { Ports, Reported } from './ports.ts';
import { readConfiguration } from './read-configuration.ts';
import { identityOf } from './record-session.ts';

export type KilledRequest = {
  trigger: Trigger;
  configPath: string | undefined;
  ledgerKey: string | undefined;
  session: string;
  stopped: boolean;
  reported: readonly Reported[];
};

/** Closes the record of a session whose own process was killed, from the post step of its job. */
export async function closeKilled(request: KilledRequest, ports: Ports & { gate: Gate }): Promise<Session | undefined> {
  const { trigger, stopped } = request;
  const remote = await ports.github?.repository();
  const config = await readConfiguration(request.configPath, { trigger, remote }, ports);
  const settings = resolveSettings(config, withoutAgent({}), { hasModelKey: false, strict: false });
  const store = ports.github ? ports.github.ledger(settings.ledgerBranch) : ports.localLedger;
  const found = await (await readLedger(await store.read(), identityOf(remote))).readSession(request.session, Session);
  if (!found || !('session' in found) || isEnded(found.session.phase)) return undefined;
  const why = stopped
    ? 'The job was cancelled, and killed before the session had ended.'
    : 'The step ended in the middle of the session: it was killed, had no memory left, or failed as its log tells.';
  return closeLost(
    { ...request, session: found.session, settings, remote, why, ending: stopped ? 'stopped' : 'killed' },
    ports,
  );
}
