import type { Finding } from '../findings/finding.ts';
import type { Gate } from '../publishing/gate.ts';
import { artifactOf, type Within } from '../sessions/artifact.ts';
import type { Restored } from '../sessions/restored.ts';
import { type Discovered, type DiscoverRequest, discover } from './discover.ts';
import type { Ports } from './ports.ts';
import { openDesk } from './session-desk.ts';

/**
 * Looks, and keeps what is needed to go on with it, while people can speak to the session.
 * @param look how; default: a scan.
 * @param request.within where its files are kept among another session's.
 * @param request.restored what an earlier part of the session left; absent: it begins.
 */
export async function discoverAtDesk(
  request: Omit<DiscoverRequest, 'desk'> & { restored?: Restored | undefined; within?: Within | undefined },
  ports: Ports & { gate: Gate },
  look: (request: DiscoverRequest, ports: Ports & { gate: Gate }) => Promise<Discovered> = discover,
): Promise<Discovered> {
  const { session, settings, remote, restored } = request;
  const known: readonly Finding[] = request.known;
  const desk = await openDesk(
    {
      session,
      scans: settings.scans.map(({ name }) => name),
      repositoryId: remote?.id,
      dirty: ports.repository.dirty,
      isPublic: remote?.visibility === 'public',
      ledgerKey: request.ledgerKey,
      letters: lettersOf(request),
      restored: restored && { from: restored, known },
    },
    ports,
  );
  const signal = AbortSignal.any([request.signal, desk.kill]);
  try {
    const discovered = await look({ ...request, desk, signal }, ports);
    const digest = await desk.close();
    const ended = { ...discovered.discovery.session, artifact: artifactOf(session, digest, request.within) };
    return { ...discovered, discovery: { ...discovered.discovery, session: ended } };
  } finally {
    await desk.close();
  }
}

/** Only what is on record can be named in a comment. */
function lettersOf({ settings, reconciles, remote }: Pick<DiscoverRequest, 'settings' | 'reconciles' | 'remote'>) {
  const isOnRecord = reconciles.may && settings.publish === 'issues' && settings.scans.length > 0;
  const { ledgerBranch: branch, permissions } = settings;
  return isOnRecord && remote ? { branch, permissions, remote } : undefined;
}
