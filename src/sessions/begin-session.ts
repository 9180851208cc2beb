import { noUsage } from '../agents/usage.ts';
import type { Trigger } from '../events/trigger.ts';
import { isoTime } from '../lib/clock.ts';
import { randomBase32 } from '../lib/hash.ts';
import { oneLine, truncate } from '../lib/text.ts';
import { titleOfScan } from './answer-settings.ts';
import type { Runner, Session } from './session.ts';
import type { AgentScan, ScanSettings } from './settings.ts';

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
  settings: ScanSettings;
  id?: string;
  runner?: Runner | undefined;
  /** What it does, where that is neither scans nor checks. */
  what?: string;
  at: number;
}): Session {
  const { trigger, repository, settings } = start;
  const { timeoutMs, scans } = settings;
  const ref = trigger.ref ?? (repository.branch ? `refs/heads/${repository.branch}` : undefined);
  return {
    version: 1,
    id: start.id ?? newSessionId(start.at),
    ...kindOf(scans),
    displayName: displayName(start.what ?? nameOf(scans), isRun(scans) ? {} : { ref, commit: repository.commit }),
    trigger: trigger.name,
    ...(trigger.actor ? { actor: trigger.actor } : {}),
    ...(trigger.run ? { run: trigger.run } : {}),
    repository: start.remote?.name ?? repository.name,
    ...(repository.commit ? { commit: repository.commit } : {}),
    ...(ref ? { ref } : {}),
    phase: 'creating',
    reasons: [],
    notes: [],
    startedAt: isoTime(start.at),
    resumedAt: [],
    deadline: isoTime(start.at + timeoutMs + margin),
    ...(start.runner ? { runner: start.runner } : {}),
    configuration: snapshotOf(settings),
    ...(scans.length > 0 ? { model: settings.agent.model } : {}),
    currentIteration: 0,
    maxIterations: scans.length * settings.agent.maxIterations,
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
    answers: [],
    assumptions: [],
    citedFindings: [],
    ratings: [],
    archived: false,
    ...toInvestigation(scans),
    ...toIssueRun(scans),
  };
}

function kindOf(scans: readonly AgentScan[]): Pick<Session, 'kind' | 'priorSessions' | 'answering'> {
  const of = scans.find(({ answering }) => answering)?.answering;
  if (of === undefined) return { kind: 'scan', priorSessions: [] };
  const { session, seen } = of;
  return { kind: 'answer', priorSessions: [session], answering: { session, withdrawn: [], seen: { ...seen } } };
}

function toInvestigation(scans: readonly AgentScan[]): Partial<Pick<Session, 'kind' | 'investigation'>> {
  const scan = scans.find(({ inquiry }) => inquiry);
  const asked = scan?.inquiry?.asked;
  if (!scan) return {};
  return { kind: 'ask', investigation: { question: scan.prompt, ...(asked ? { asked } : {}) } };
}

function toIssueRun(scans: readonly AgentScan[]): Partial<Pick<Session, 'kind' | 'issueRun'>> {
  const errand = scans.find((scan) => scan.errand)?.errand;
  return errand ? { kind: 'run', issueRun: { ...errand, steps: [] } } : {};
}

const longestName = 60;

// Proof, publishing and reports follow what the time limit counts.
const margin = 30 * 60_000;

function snapshotOf({ agent, scans, checks, timeoutMs, sandbox, publish }: ScanSettings): Session['configuration'] {
  const { tool, model, effort, maxIterations, budgetUsd } = agent;
  return {
    tool,
    ...(tool === 'none' ? {} : { model, effort, maxIterations, budgetUsd }),
    timeoutMs,
    sandbox: sandbox.provider,
    publish,
    scans: scans.map(({ name, prompt, paths, questions = 'record' }) => ({
      name,
      prompt,
      paths: [...paths],
      questions,
    })),
    checks: Object.keys(checks),
  };
}

function nameOf(scans: readonly AgentScan[]): string {
  const [first] = scans;
  if (first?.errand) return `Run of #${first.errand.issue}: ${truncate(oneLine(first.errand.title), longestName)}`;
  if (first?.inquiry) return `Question “${truncate(oneLine(first.prompt), longestName)}”`;
  if (first?.answering) return titleOfScan(first.name);
  return scans.length > 0 ? `Scan ${scans.map(({ name }) => name).join(', ')}` : 'Checks';
}

/** It works on a branch of its own: where its workflow was started says nothing. */
function isRun([first]: readonly AgentScan[]): boolean {
  return first?.errand !== undefined;
}

function displayName(what: string, { ref, commit }: { ref?: string | undefined; commit?: string | undefined }): string {
  const where = ref?.replace(/^refs\/(heads|tags)\//, '');
  const at = commit?.slice(0, 7);
  return [what, where && `of ${where}`, at && `at ${at}`].filter(Boolean).join(' ');
}
