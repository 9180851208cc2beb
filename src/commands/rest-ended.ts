import type { Session } from '../sessions/session.ts';
import type { Effect } from './executor.ts';

/** What follows where a session is over that rested: of a run its issue, and whoever asked for it, are told. */
export function restEnded({ id, phase, issueRun }: Pick<Session, 'id' | 'phase' | 'issueRun'>): Effect[] {
  return phase === 'stopped' && issueRun ? [{ kind: 'rest-ended', issue: issueRun.issue, session: id }] : [];
}
