import type { AuditEntry } from '../ledger/ledger.ts';
import { type Clock, isoTime } from '../lib/clock.ts';
import type { Session } from '../sessions/session.ts';
import type { Events } from './keep-events.ts';

/** On whose word something is written: who asked for the session, else what started it. `events`: told of each write as well. */
export type Author = { session: string; actor: string; events?: Pick<Events, 'add'> | undefined };

export function authorOf(
  { id, actor, trigger }: Pick<Session, 'id' | 'actor' | 'trigger'>,
  events: Author['events'],
): Author {
  return { session: id, actor: actor ?? trigger, events };
}

/** One write action for the audit; the session's own log has it at once. */
export function auditLine(
  { action, target }: Pick<AuditEntry, 'action' | 'target'>,
  { session, actor, events }: Author,
  clock: Clock,
): AuditEntry {
  events?.add({ type: 'wrote', action, target, actor });
  return { at: isoTime(clock.now()), session, actor, action, target };
}
