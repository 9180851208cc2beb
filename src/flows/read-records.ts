import type { Finding } from '../findings/finding.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { Session } from '../sessions/session.ts';
import { type BuiltReport, buildReport } from './build-report.ts';
import type { Ports } from './ports.ts';
import { createTextReader } from './text-reader.ts';

/** What a ledger holds, for people to look at. */
export type Records = {
  findings: readonly Finding[];
  /** Newest first; what cannot be read is left out and told in `damaged`. */
  sessions: readonly Session[];
  damaged: readonly { path: string; reason: string }[];
  /** The report of a session, made anew: its findings as they stand now, its code as the files have it now. */
  report(session: Session): Promise<BuiltReport>;
};

/** Reads the local ledger; `undefined` where nothing was ever written. */
export async function readRecords(
  ports: Pick<Ports, 'repository' | 'localLedger' | 'clock'>,
): Promise<Records | undefined> {
  const snapshot = await ports.localLedger.read();
  if (snapshot.revision === undefined) return undefined;
  const ledger = await readLedger(snapshot);
  const sessions: Session[] = [];
  const damaged = ledger.damaged.map(({ path, reason }) => ({ path, reason }));
  for (const { id, path } of [...ledger.listSessions()].reverse()) {
    const found = await ledger.readSession(id, Session);
    if (found && 'session' in found) sessions.push(found.session);
    else damaged.push({ path, reason: found?.damaged ?? 'it is gone' });
  }
  return {
    findings: ledger.findings,
    sessions,
    damaged,
    report: (session) => reportOf(session, ledger.findings, ports),
  };
}

function reportOf(
  session: Session,
  known: readonly Finding[],
  ports: Pick<Ports, 'repository' | 'clock'>,
): Promise<BuiltReport> {
  const seen = new Set([...session.raised, ...session.updated]);
  return buildReport(
    {
      session,
      findings: known.filter(({ id, state }) => seen.has(id) && state !== 'ignored'),
      counts: {
        new: session.raised.length,
        known: session.updated.length,
        resolved: session.resolved.length,
        reopened: session.reopened.length,
        held: session.checks.reduce((sum, { held }) => sum + held, 0),
      },
      checks: session.checks,
      withheld: 0,
      remote: undefined,
    },
    createTextReader(ports.repository),
    ports,
  );
}
