import type { Session } from './session.ts';

/** What cannot be read may hold findings that are taken for new now: such a session is not whole, and says so. */
export function withDamage(session: Session, damaged: readonly { path: string }[]): Session {
  if (damaged.length === 0) return session;
  const paths = [...new Set(damaged.map(({ path }) => path))].join(', ');
  return {
    ...session,
    result: session.result === 'complete' ? 'partial' : session.result,
    reasons: [
      ...session.reasons,
      `The ledger was damaged in ${paths}: what could not be read is kept under quarantine/, and its findings may be filed again.`,
    ],
  };
}
