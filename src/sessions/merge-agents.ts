import { noUsage } from '../agents/usage.ts';
import { count, truncate } from '../lib/text.ts';
import { type AgentPart, isWhole } from './agent-part.ts';
import { refOfPart } from './part-name.ts';
import type { AgentRecord } from './session.ts';
import type { AgentScan } from './settings.ts';
import { addUsage, sumCost } from './usage.ts';

/** The agents that looked at the parts of a repository for one scan, as the one that the scan is in its record. */
export function mergeAgents(scan: AgentScan, agents: readonly (AgentPart & { paths: readonly string[] })[]): AgentPart {
  const sandbox = agents.find((agent) => agent.sandbox)?.sandbox;
  return {
    record: mergeRecords(scan, agents),
    rejected: agents.flatMap(({ rejected }) => rejected),
    questions: agents.flatMap(({ questions }, index) =>
      questions.map((question) => ({ ...question, ref: refOfPart(index + 1, question.ref ?? question.id) })),
    ),
    assumptions: agents.flatMap(({ assumptions }, index) =>
      assumptions.map(({ questionId, ...one }) => ({
        ...one,
        ref: refOfPart(index + 1, one.ref ?? one.id),
        ...(questionId === undefined ? {} : { questionId: refOfPart(index + 1, questionId) }),
      })),
    ),
    usage: agents.map(({ usage }) => usage).reduce(addUsage, noUsage),
    costUsd: sumCost(agents.map(({ costUsd }) => costUsd)),
    sandbox,
  };
}

// Of the endings of several agents the first that one of them had: what may go on decides, then what is worst.
const order = [
  'parked',
  'stopped',
  'aborted',
  'failed',
  'refused',
  'unfinished',
  'limited',
  'finished',
] as const satisfies readonly AgentRecord['ending'][];

function mergeRecords(scan: AgentScan, agents: readonly (AgentPart & { paths: readonly string[] })[]): AgentRecord {
  const records = agents.map(({ record }) => record);
  const worst = order.flatMap((ending) => records.find((record) => record.ending === ending) ?? [])[0];
  if (!worst) throw new Error(`the scan ${scan.name} had no agent`);
  const reason = reasonOf(agents);
  const sum = (amount: (record: AgentRecord) => number) => records.reduce((total, record) => total + amount(record), 0);
  return {
    scan: scan.name,
    tool: worst.tool,
    model: worst.model,
    prompt: scan.prompt,
    ending: worst.ending,
    ...(worst.stopReason ? { stopReason: worst.stopReason } : {}),
    outcome: outcomeOf(records),
    ...(reason === undefined ? {} : { reason }),
    currentIteration: sum(({ currentIteration }) => currentIteration),
    maxIterations: sum(({ maxIterations }) => maxIterations),
    finalText: records.map(({ finalText }, index) => `Part ${index + 1}: ${finalText}`).join('\n\n'),
    parts: agents.map(({ record, paths, costUsd }) => ({
      paths: [...paths],
      ending: record.ending,
      outcome: record.outcome,
      ...(record.reason ? { reason: record.reason } : {}),
      currentIteration: record.currentIteration,
      ...(costUsd === undefined ? {} : { costUsd }),
    })),
  };
}

function outcomeOf(records: readonly AgentRecord[]): AgentRecord['outcome'] {
  if (records.every(({ outcome }) => outcome === 'complete')) return 'complete';
  return records.every(({ outcome }) => outcome === 'no-json') ? 'no-json' : 'incomplete';
}

/** Which parts were not looked at to their end, and why. */
function reasonOf(agents: readonly (AgentPart & { paths: readonly string[] })[]): string | undefined {
  const open = agents.flatMap(({ record, paths }, index) =>
    isWhole(record) ? [] : [`part ${index + 1} (${truncate(paths.join(', '), 80)}): ${record.reason ?? record.ending}`],
  );
  if (open.length === 0) return undefined;
  return `${agents.length - open.length} of ${count(agents.length, 'part')} were looked at to the end; ${open.join('; ')}`;
}
