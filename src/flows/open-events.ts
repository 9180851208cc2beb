import type { Trigger } from '../events/trigger.ts';
import type { Finding } from '../findings/finding.ts';
import { courierVersion } from '../lib/version.ts';
import type { Gate } from '../publishing/gate.ts';
import type { Session } from '../sessions/session.ts';
import type { ScanSettings } from '../sessions/settings.ts';
import type { RemoteRepository } from './github-ports.ts';
import { type Events, keepEvents } from './keep-events.ts';
import type { Ports, Repository } from './ports.ts';

/** What a session is about. */
export type SessionScope = {
  settings: ScanSettings;
  trigger: Trigger;
  known: readonly Finding[];
  remote: RemoteRepository | undefined;
  /** Whether the findings may change issues; a sentence says why not. */
  reconciles: { may: true } | { may: false; why: string };
  /** Lines that count on a pull request, by path; absent: everything counts. */
  changedLines: ReadonlyMap<string, readonly (readonly [number, number])[]> | undefined;
  /** Every open finding that this session does not see is checked again, where a command can. */
  recheckAll?: boolean | undefined;
};

/** Opens the log of a session: what it is about comes first, with all that a replay starts from. */
export function openEvents(
  session: Session,
  scope: Pick<SessionScope, 'remote'> & Partial<SessionScope>,
  ports: Pick<Ports, 'sessionFolder' | 'clock' | 'watch'> & { gate: Gate; repository: Pick<Repository, 'dirty'> },
): Events {
  const withheld = scope.remote?.visibility === 'public';
  const events = keepEvents({ session: session.id, withheld }, { ...ports, folder: ports.sessionFolder(session.id) });
  const { commit, ref, trigger, repository } = session;
  events.add({
    type: 'session-started',
    courier: courierVersion,
    repository,
    ...(commit === undefined ? {} : { commit }),
    ...(ref === undefined ? {} : { ref }),
    dirty: ports.repository.dirty,
    trigger,
    withheld,
  });
  // Of a split session no job has the whole, which alone could be replayed.
  if (withheld || !scope.settings || scope.settings.split) return events;
  const { settings, remote, reconciles, changedLines, recheckAll, known = [] } = scope;
  const changed = changedLines && [...changedLines];
  events.record('scope', '', {
    settings,
    trigger: scope.trigger,
    remote,
    reconciles,
    changedLines: changed,
    recheckAll,
    reasons: session.reasons,
  });
  for (const finding of known) events.record('known', finding.id, finding);
  return events;
}
