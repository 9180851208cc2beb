import type { IssueChange } from '../findings/issue-plan.ts';
import type { Session } from '../sessions/session.ts';
import type { EventBody } from '../sessions/session-event.ts';
import type { Events } from './keep-events.ts';
import type { Published } from './reconcile.ts';
import type { Recorded } from './record-session.ts';

/** Tells the log what the session was decided with, what was planned, and how it ended. @returns why the log is not whole, a sentence. */
export function closeEvents(
  events: Events,
  { recorded, published }: { recorded: Recorded; published: Published },
): Promise<string | undefined> {
  const { applied, session, issues, before = [] } = recorded;
  for (const finding of before) events.record('before', finding.id, finding);
  for (const issue of issues.values()) events.record('issue', String(issue.number), issue);
  events.record('applied', '', toRecordedApplied(applied));
  for (const change of published.plan.changes) if (change.kind !== 'none') events.add(toPlanned(change));
  events.add(toEnded(session));
  return events.flush();
}

/** New findings by what they are recognised by: their ids are made anew each time. */
function toRecordedApplied({ findings, fresh, seen, resolved, reopened, ignored }: Recorded['applied']) {
  const fingerprints = new Map(findings.map((finding) => [finding.id, finding.fingerprints.at(-1)]));
  return {
    fresh: fresh.map((id) => ({ id, fingerprint: fingerprints.get(id) })),
    seen: seen.filter((id) => !fresh.includes(id)),
    resolved,
    reopened,
    ignored,
  };
}

function toPlanned(change: IssueChange): EventBody {
  const { kind, finding } = change;
  const number = 'number' in change && change.number !== undefined ? { number: change.number } : {};
  return { type: 'planned', kind, finding, ...number, ...('reason' in change ? { reason: change.reason } : {}) };
}

function toEnded({ phase, result, stopReason, raised, updated, confirmed = 0, costUsd }: Session): EventBody {
  return {
    type: 'session-ended',
    phase,
    ...(result === undefined ? {} : { result }),
    ...(stopReason === undefined ? {} : { stopReason }),
    raised: raised.length + updated.length,
    confirmed,
    ...(costUsd === undefined ? {} : { costUsd }),
  };
}
