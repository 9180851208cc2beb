import { noUsage } from '../agents/agent.ts';
import type { Trigger } from '../events/trigger.ts';
import { isoTime } from '../lib/clock.ts';
import { randomBase32 } from '../lib/hash.ts';
import type { Session } from './session.ts';

/** `S20261120-101500-k3x9`: sorts by time, unique by its end. */
export function newSessionId(now: number): string {
  const digits = isoTime(now).replace(/[-:]/g, '');
  return `S${digits.slice(0, 8)}-${digits.slice(9, 15)}-${randomBase32(4)}`;
}

/** A running scan session, with a name that people can tell it by. */
export function beginSession(start: {
  trigger: Trigger;
  repository: { name: string; commit: string | undefined; branch: string | undefined };
  remote: { name: string } | undefined;
  scans: readonly { name: string }[];
  /** What it does, where that is neither scans nor checks. */
  what?: string;
  at: number;
}): Session {
  const { trigger, repository, scans } = start;
  const ref = trigger.ref ?? (repository.branch ? `refs/heads/${repository.branch}` : undefined);
  return {
    version: 1,
    id: newSessionId(start.at),
    kind: 'scan',
    displayName: displayName(start.what ?? nameOf(scans), { ref, commit: repository.commit }),
    trigger: trigger.name,
    ...(trigger.actor ? { actor: trigger.actor } : {}),
    ...(trigger.run ? { run: trigger.run } : {}),
    repository: start.remote?.name ?? repository.name,
    ...(repository.commit ? { commit: repository.commit } : {}),
    ...(ref ? { ref } : {}),
    phase: 'running',
    reasons: [],
    notes: [],
    startedAt: isoTime(start.at),
    agents: [],
    checks: [],
    usage: noUsage,
    raised: [],
    updated: [],
    resolved: [],
    reopened: [],
    rejected: [],
    verdicts: [],
    questions: [],
    assumptions: [],
  };
}

function nameOf(scans: readonly { name: string }[]): string {
  return scans.length > 0 ? `Scan ${scans.map(({ name }) => name).join(', ')}` : 'Checks';
}

function displayName(what: string, { ref, commit }: { ref: string | undefined; commit: string | undefined }): string {
  const where = ref?.replace(/^refs\/(heads|tags)\//, '');
  const at = commit?.slice(0, 7);
  return [what, where && `of ${where}`, at && `at ${at}`].filter(Boolean).join(' ');
}
