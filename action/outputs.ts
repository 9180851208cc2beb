import type { ScanOutcome } from '../src/flows/outcome.ts';
import type { OutputName } from './inputs.ts';

/** The value of each output of the step; empty where there is nothing to say. */
export function toOutputs(outcome: ScanOutcome): Record<OutputName, string> {
  const { session, counts, files } = outcome;
  return {
    'session-id': session.id,
    phase: session.phase,
    result: outcome.result,
    findings: String(outcome.findings.length + counts.withheld),
    created: String(counts.created),
    updated: String(counts.updated),
    resolved: String(counts.resolved),
    reopened: String(counts.reopened),
    questions: String(session.questions.length),
    assumptions: String(session.assumptions.length),
    'cost-usd': session.costUsd === undefined ? '' : session.costUsd.toFixed(4),
    'report-path': files.html ?? '',
    'sarif-path': files.sarif ?? '',
    'plan-path': files.plan ?? '',
    'session-path': files.session ?? '',
  };
}
