import type { Finding } from '../findings/finding.ts';
import { planIssueChanges } from '../findings/plan-issue-changes.ts';
import { createGate } from '../publishing/gate.ts';
import { type AppliedSession, applySession } from '../sessions/apply-session.ts';
import type { Replayed } from '../sessions/compare-replay.ts';
import type { Discovery } from '../sessions/discovery.ts';
import type { Recording } from '../sessions/recording.ts';
import type { ScanSettings } from '../sessions/settings.ts';

/** What a session's result does to the findings, and what there would be to do about the issues: nothing of it is written. */
export function decideReplay(
  discovery: Discovery,
  { recording, settings }: { recording: Recording; settings: ScanSettings },
): Replayed {
  const { remote, reconciles, trigger } = recording.scope;
  const { endedAt, startedAt } = discovery.session;
  const options = { ignore: settings.ignore, at: endedAt ?? startedAt, visible: remote === undefined };
  const applied = withIdsOf(recording, applySession(recording.before, discovery, options));
  const plans = remote !== undefined && reconciles.may && settings.publish !== 'none' && !trigger.pullRequest;
  return { discovery, applied, planned: plans ? plan(discovery, { applied, recording, settings }) : [] };
}

/** A new finding's id is made anew each time: here it is the one that it got then. */
function withIdsOf({ applied: recorded }: Recording, applied: AppliedSession): AppliedSession {
  const ids = new Map(recorded?.fresh.map(({ id, fingerprint }) => [fingerprint, id]));
  const then = new Map(
    applied.findings.flatMap(({ id, fingerprints }) => {
      const known = applied.fresh.includes(id) ? ids.get(fingerprints.at(-1)) : undefined;
      return known === undefined ? [] : [[id, known] as const];
    }),
  );
  const idOf = (id: string) => then.get(id) ?? id;
  return {
    findings: applied.findings.map((finding): Finding => ({ ...finding, id: idOf(finding.id) })),
    fresh: applied.fresh.map(idOf),
    seen: applied.seen.map(idOf),
    resolved: applied.resolved.map(idOf),
    reopened: applied.reopened.map(idOf),
    ignored: applied.ignored.map(idOf),
    named: applied.named.map((one) => ({ ...one, id: idOf(one.id) })),
  };
}

function plan(
  { session }: Discovery,
  { applied, recording, settings }: { applied: AppliedSession; recording: Recording; settings: ScanSettings },
): Replayed['planned'] {
  const { remote } = recording.scope;
  const { changes } = planIssueChanges({
    findings: applied.findings,
    issues: new Map(recording.issues.map((issue) => [issue.number, issue])),
    adoptable: recording.adoptable,
    settings: settings.issues,
    labelsByScan: settings.labelsByScan,
    requested: new Set(recording.requested),
    audience: 'private',
    partial: session.result !== 'complete',
    context: {
      gate: createGate({ secrets: [] }),
      serverUrl: remote ? remote.url.slice(0, -`/${remote.name}`.length) : '',
      repository: remote?.name ?? '',
      commit: session.commit,
      settledOf: (finding) => recording.points.get(finding) ?? [],
    },
  });
  return changes.flatMap((change) => {
    const { kind, finding } = change;
    if (kind === 'none') return [];
    return [
      {
        kind,
        finding,
        number: 'number' in change ? change.number : undefined,
        reason: 'reason' in change ? change.reason : undefined,
      },
    ];
  });
}
