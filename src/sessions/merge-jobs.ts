import { noUsage } from '../agents/usage.ts';
import { artifactName } from './artifact.ts';
import type { Discovery } from './discovery.ts';
import { mergeRecords, type PartEnding } from './merge-agents.ts';
import { mergeTotals } from './merge-looks.ts';
import { numberQuestions } from './number-questions.ts';
import { mayStandBeside, type Phase } from './phases.ts';
import type { AgentRecord, Session, SessionResult } from './session.ts';
import type { SplitMark } from './split.ts';
import { addUsage, sumCost } from './usage.ts';

type Ended = Discovery['session'];
type Job = Pick<Discovery, 'session'> & { split: SplitMark };

/**
 * The record of a split session, from those of its jobs in their order.
 * @param missing numbers of the jobs that left nothing
 */
export function mergeJobs(jobs: readonly Job[], missing: readonly number[]): Ended {
  const sessions = jobs.map(({ session }) => session);
  const newest = sessions.toSorted(byTime('endedAt')).at(-1);
  const first = sessions.toSorted(byTime('startedAt'))[0];
  const [one] = sessions;
  if (!one || !first || !newest) throw new Error('a session without jobs');
  const agents = mergeAllAgents(jobs);
  const worked = sessions.filter(hasWorked);
  const { result, phase } = judge(worked, { missing, agents });
  const stopReason = worked
    .flatMap((session) => session.stopReason ?? [])
    .find((reason) => mayStandBeside(reason, phase));
  // What a job spent that left nothing is not known: then all that was set aside counts.
  const costUsd = missing.length > 0 ? undefined : sumCost(sessions.map((session) => session.costUsd));
  const reserved = sessions.flatMap(({ reservedUsd }) => reservedUsd ?? []);
  const { costUsd: _, stopReason: __, sandbox: ___, parked: ____, ...rest } = one;
  return {
    ...rest,
    phase,
    result,
    ...(stopReason === undefined ? {} : { stopReason }),
    reasons: [...reasonsOf(jobs), ...missing.map((number) => missed(number, jobs)), ...idle(worked, missing)],
    notes: [...new Set(sessions.flatMap(({ notes }) => notes))],
    startedAt: first.startedAt,
    ...(newest.endedAt === undefined ? {} : { endedAt: newest.endedAt }),
    ...(newest.runner ? { runner: newest.runner } : {}),
    agents,
    currentIteration: agents.reduce((sum, { currentIteration }) => sum + currentIteration, 0),
    maxIterations: agents.reduce((sum, { maxIterations }) => sum + maxIterations, 0),
    checks: sessions.flatMap(({ checks }) => checks),
    usage: sessions.map(({ usage }) => usage).reduce(addUsage, noUsage),
    ...(costUsd === undefined ? {} : { costUsd }),
    ...(reserved.length > 0 ? { reservedUsd: Math.max(...reserved) } : {}),
    rejected: sessions.flatMap(({ rejected }) => rejected),
    verdicts: sessions.flatMap(({ verdicts }) => verdicts),
    ...numberAll(sessions),
    artifact: { ...one.artifact, name: `${artifactName(one)}-*`, digest: undefined },
  };
}

/** A job that had nothing to look at counts for nothing. */
function hasWorked({ agents, checks, result }: Session): boolean {
  return agents.length > 0 || checks.length > 0 || result !== 'complete';
}

function judge(
  worked: readonly Session[],
  { missing, agents }: { missing: readonly number[]; agents: readonly AgentRecord[] },
): { result: SessionResult; phase: Phase } {
  const are = (result: SessionResult) => worked.every((session) => session.result === result);
  const looked =
    agents.length > 0 ||
    worked.some(({ checks }) => checks.some(({ state }) => state === 'clean' || state === 'findings'));
  if (worked.length > 0 && missing.length === 0 && are('skipped')) return { result: 'skipped', phase: 'cancelled' };
  const cut = worked.length > 0 && worked.every(({ phase }) => phase === 'killed' || phase === 'cancelled');
  const isFailed = !looked || worked.every(({ result }) => result === 'failed' || result === 'skipped');
  if (isFailed) return { result: 'failed', phase: cut && looked ? 'killed' : 'failed' };
  const result = missing.length === 0 && are('complete') ? 'complete' : 'partial';
  return { result, phase: cut ? 'killed' : 'completed' };
}

function reasonsOf(jobs: readonly Job[]): string[] {
  return jobs.flatMap(({ session, split: { number, of } }) =>
    session.reasons.map((reason) => `Job ${number} of ${of}: ${reason}`),
  );
}

function missed(number: number, jobs: readonly Job[]): string {
  return `Job ${number} of ${jobs[0]?.split.of} left nothing: it failed or was cancelled, and what it was to look at was not looked at. Run it again.`;
}

function idle(worked: readonly Session[], missing: readonly number[]): string[] {
  return worked.length === 0 && missing.length === 0 ? ['No check and no agent ran: nothing was looked at.'] : [];
}

/** One record for each scan, with all of its parts. */
function mergeAllAgents(jobs: readonly Job[]): AgentRecord[] {
  const all = jobs.flatMap((job) => job.session.agents.map((record) => ({ record, job })));
  return [...Map.groupBy(all, ({ record }) => record.scan).values()].flatMap((own) => {
    const [one] = own;
    if (!one) return [];
    const ends = own.flatMap(({ record }) => toEndings(record));
    if (ends.length === 0) return [one.record];
    const { record } = one;
    const merged = mergeRecords(
      { name: record.scan, prompt: record.prompt },
      ends.toSorted((a, b) => a.number - b.number),
    );
    const coverage = mergeTotals(
      own.map(({ record, job }) => ({ totals: record.coverage, before: job.split.before[record.scan] })),
    );
    return [
      {
        ...merged,
        finalText: own.map(({ record }) => record.finalText).join('\n\n'),
        ...(coverage ? { coverage } : {}),
      },
    ];
  });
}

/** The agents that a job had for a scan, each as it ended. */
function toEndings(record: AgentRecord): PartEnding[] {
  const { parts = [], coverage: _, ...rest } = record;
  return parts.map(({ number, paths, costUsd, ...part }, index) => {
    const { reason: __, stopReason, ...shared } = rest;
    const own = { ...shared, ...part, ...(stopReason && part.ending === record.ending ? { stopReason } : {}) };
    const maxIterations = Math.round(record.maxIterations / parts.length);
    return { record: { ...own, maxIterations }, paths, costUsd, number: number ?? index + 1 };
  });
}

/** Each job began with Q1. */
function numberAll(sessions: readonly Session[]): Pick<Session, 'questions' | 'assumptions'> {
  const asked = sessions.flatMap((session) => {
    const scans = new Set([...session.questions, ...session.assumptions].map(({ scan = '' }) => scan));
    const refs = new Map(session.questions.map(({ id, ref }) => [id, ref ?? id]));
    return [...scans].map((scan) => ({
      scan,
      questions: session.questions.filter((question) => (question.scan ?? '') === scan),
      assumptions: session.assumptions
        .filter((assumption) => (assumption.scan ?? '') === scan)
        .map(({ questionId, ...one }) => ({
          ...one,
          ...(questionId === undefined ? {} : { questionId: refs.get(questionId) ?? questionId }),
        })),
    }));
  });
  return numberQuestions(asked, { questions: [], assumptions: [] });
}

function byTime(which: 'startedAt' | 'endedAt') {
  return (a: Session, b: Session) => Date.parse(a[which] ?? '') - Date.parse(b[which] ?? '');
}
