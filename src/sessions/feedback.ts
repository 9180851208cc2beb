import type { Finding } from '../findings/finding.ts';
import { sha256 } from '../lib/hash.ts';
import type { Session } from './session.ts';

/** A session, as a place that scores hang on: its id and numbers, none of its words. */
export type Trace = {
  session: string;
  at: string;
  name: string;
  metadata: Readonly<Record<string, string | number>>;
};

/** What one person said of one thing; `id` is the same whenever it is told. */
export type Score = {
  id: string;
  session: string;
  at: string;
  name: 'finding' | 'session';
  value: 'up' | 'down';
  metadata: Readonly<Record<string, string>>;
};

export type Feedback = { traces: readonly Trace[]; scores: readonly Score[] };

const keptDays = 30;
const mostScores = 500;

/**
 * The ratings of the last thirty days, each linked to the session that it is about; of a finding, the one that raised it. They are told anew by
 * each scan, so that a sink that was down misses nothing. Words of people and of findings stay in the ledger; who rated is a digest.
 */
export function toFeedback(
  { findings, sessions, at }: { findings: readonly Finding[]; sessions: readonly Session[]; at: string },
  repository: string,
): Feedback {
  const since = Date.parse(at) - keptDays * 86_400_000;
  const scores = [
    ...findings.flatMap((finding) => findingScores(finding, repository)),
    ...sessions.flatMap((session) => sessionScores(session, repository)),
  ]
    .filter((score) => Date.parse(score.at) >= since)
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
    .slice(0, mostScores);
  const wanted = new Set(scores.map(({ session }) => session));
  return { traces: sessions.filter(({ id }) => wanted.has(id)).map((session) => toTrace(session, repository)), scores };
}

function findingScores({ id, firstSeen, category, origin, ratings = [] }: Finding, repository: string): Score[] {
  return ratings.map(({ by, at, value, from }) => ({
    id: digest(repository, id, by, from),
    session: firstSeen.session,
    ...{ at, name: 'finding', value },
    metadata: { finding: id, category, raisedBy: origin.name, from, repository, person: digest(repository, by) },
  }));
}

function sessionScores({ id, ratings }: Session, repository: string): Score[] {
  return ratings.map(({ by, at, value }) => ({
    id: digest(repository, id, by, 'rate'),
    session: id,
    ...{ at, name: 'session', value },
    metadata: { from: 'rate', repository, person: digest(repository, by) },
  }));
}

function toTrace(
  { id, kind, startedAt, result, model, costUsd, raised, currentIteration }: Session,
  repository: string,
): Trace {
  const known = { result, model, costUsd };
  const told = Object.entries(known).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return {
    session: id,
    at: startedAt,
    name: kind,
    metadata: { ...Object.fromEntries(told), repository, findings: raised.length, iterations: currentIteration },
  };
}

function digest(...parts: readonly string[]): string {
  return sha256(JSON.stringify(parts)).slice(0, 24);
}
