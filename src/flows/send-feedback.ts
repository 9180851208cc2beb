import { readLedger } from '../ledger/read-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { ExternalError, messageOf, UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { toFeedback } from '../sessions/feedback.ts';
import { Session } from '../sessions/session.ts';
import type { ScanSettings } from '../sessions/settings.ts';
import type { RemoteRepository } from './github-ports.ts';
import type { FeedbackSink, Ports } from './ports.ts';
import { identityOf, type Recorded } from './record-session.ts';

const mostSessions = 30;

/**
 * Ratings to where the configuration wants them. @returns what a person should know where they did not get there: they stay in the ledger, and
 * the next scan tells them again.
 */
export async function sendFeedback(
  recorded: Recorded,
  { settings, remote }: { settings: ScanSettings; remote: RemoteRepository | undefined },
  { connectFeedback, clock, log, gate }: Pick<Ports, 'connectFeedback' | 'clock' | 'log'> & { gate: Gate },
): Promise<string | undefined> {
  const { langfuse } = settings.feedback;
  if (!langfuse || !connectFeedback || !recorded.store || !remote) return undefined;
  const sink = await connectFeedback(langfuse.baseUrl);
  if ('missing' in sink)
    return `Ratings were not sent to Langfuse: ${sink.missing.join(' and ')} ${sink.missing.length === 1 ? 'is' : 'are'} not set in the environment.`;
  try {
    await send(recorded, { remote, sink, at: isoTime(clock.now()) });
    return undefined;
  } catch (error) {
    if (!(error instanceof ExternalError || error instanceof UserError)) throw error;
    const hint = error instanceof ExternalError && error.hint ? ` ${error.hint}` : '';
    log.warn(`Ratings were not sent to Langfuse: ${gate.logLine(messageOf(error))}`);
    return gate.plain(`Ratings were not sent to Langfuse: ${messageOf(error)}${hint}`);
  }
}

async function send(
  recorded: Recorded,
  { remote, sink, at }: { remote: RemoteRepository; sink: FeedbackSink; at: string },
): Promise<void> {
  const sessions = await readSessions(recorded, remote);
  const feedback = toFeedback({ findings: recorded.applied.findings, sessions, at }, remote.name);
  if (feedback.scores.length > 0) await sink.send(feedback);
}

/** The last ones, and those that raised what people rated. */
async function readSessions({ store, session, applied }: Recorded, remote: RemoteRepository): Promise<Session[]> {
  if (!store) return [];
  const ledger = await readLedger(await store.read(), identityOf(remote));
  const rated = applied.findings
    .filter(({ ratings = [] }) => ratings.length > 0)
    .map(({ firstSeen }) => firstSeen.session);
  const last = ledger.listSessions().map(({ id }) => id);
  const wanted = [...new Set([...rated, ...last].reverse())].filter((id) => id !== session.id).slice(0, mostSessions);
  const read = await Promise.all(wanted.map((id) => ledger.readSession(id, Session)));
  return [session, ...read.flatMap((found) => (found && 'session' in found ? [found.session] : []))];
}
