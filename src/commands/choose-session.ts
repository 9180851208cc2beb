import type { Ledger } from '../ledger/ledger.ts';
import { isUnderWay } from '../sessions/phases.ts';
import { Session } from '../sessions/session.ts';
import { sessionOf } from './place-of.ts';

/** Which session is meant where nobody says: the last one, the last that works, or the last that rests. */
export type Meant = 'last' | 'working' | 'resting';

const fits = {
  last: () => true,
  working: ({ phase }: Session) => isUnderWay(phase),
  resting: ({ phase }: Session) => phase === 'stopped',
} as const satisfies Record<Meant, (session: Session) => boolean>;

/** Sessions further back are meant by their ids only. */
const looksBack = 50;

/**
 * The session that a command is about: the one that it names, else the one of its issue, which may be one that works on it or waits to, else the
 * newest that fits. The job of a command
 * that was handed to a workflow asks anew.
 */
export async function chooseSession(
  named: string | undefined,
  { issue, meant }: { issue: number; meant: Meant },
  ledger: Ledger,
): Promise<Session | undefined> {
  const wanted = named ?? sessionOf(issue, ledger) ?? (meant === 'last' ? undefined : await holderOf(issue, ledger));
  if (wanted !== undefined) return readSession(wanted, ledger);
  const ids = ledger.listSessions().slice(-looksBack).reverse();
  if (meant === 'last') return ids[0] && readSession(ids[0].id, ledger);
  const sessions = await Promise.all(ids.map(({ id }) => readSession(id, ledger)));
  return sessions.find((session) => session && fits[meant](session));
}

/** The run that works on the issue, or waits to go on with it. */
async function holderOf(issue: number, ledger: Ledger): Promise<string | undefined> {
  const { claim, attempts } = (await ledger.readRuns(issue)) ?? {};
  return claim?.session ?? attempts?.findLast((attempt) => attempt.outcome === 'parked')?.session;
}

export async function readSession(id: string, ledger: Ledger): Promise<Session | undefined> {
  const found = await ledger.readSession(id, Session);
  return found && 'session' in found ? found.session : undefined;
}
