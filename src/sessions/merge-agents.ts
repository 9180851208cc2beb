import { noUsage } from '../agents/usage.ts';
import { count, truncate } from '../lib/text.ts';
import { type AgentPart, isWhole } from './agent-part.ts';
import { refOfPart } from './part-name.ts';
import type { AgentRecord } from './session.ts';
import type { AgentScan } from './settings.ts';
import { addUsage, sumCost } from './usage.ts';

/** One agent's end; `number`: which part it looked at, from 1. */
export type PartEnding = Pick<AgentPart, 'record' | 'costUsd'> & { paths: readonly string[]; number: number };

/** The agents that looked at the parts of a repository for one scan, as the one that the scan is in its record. */
export function mergeAgents(scan: AgentScan, agents: readonly (AgentPart & PartEnding)[]): AgentPart {
  const sandbox = agents.find((agent) => agent.sandbox)?.sandbox;
  return {
    record: mergeRecords(scan, agents),
    rejected: agents.flatMap(({ rejected }) => rejected),
    questions: agents.flatMap(({ questions, number }) =>
      questions.map((question) => ({ ...question, ref: refOfPart(number, question.ref ?? question.id) })),
    ),
    assumptions: agents.flatMap(({ assumptions, number }) =>
      assumptions.map(({ questionId, ...one }) => ({
        ...one,
        ref: refOfPart(number, one.ref ?? one.id),
        ...(questionId === undefined ? {} : { questionId: refOfPart(number, questionId) }),
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

/** The records of the parts' agents as the one of their scan. */
export function mergeRecords(scan: Pick<AgentScan, 'name' | 'prompt'>, agents: readonly PartEnding[]): AgentRecord {
  const records = agents.map(({ record }) => record);
  const worst = order.flatMap((ending) => records.find((record) => record.ending === ending) ?? [])[0];
  if (!worst) throw new Error(`the scan ${scan.name} had no agent`);
  const reason = reasonOf(agents);
  const settled = [...new Set(records.flatMap((record) => record.settled ?? []))];
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
    finalText: agents.map(({ record, number }) => `Part ${number}: ${record.finalText}`).join('\n\n'),
    ...(settled.length > 0 ? { settled } : {}),
    parts: agents.map(({ record, paths, costUsd, number }) => ({
      number,
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
function reasonOf(agents: readonly PartEnding[]): string | undefined {
  const open = agents.flatMap(({ record, paths, number }) =>
    isWhole(record) ? [] : [`part ${number} (${truncate(paths.join(', '), 80)}): ${record.reason ?? record.ending}`],
  );
  if (open.length === 0) return undefined;
  return `${agents.length - open.length} of ${count(agents.length, 'part')} were looked at to the end; ${open.join('; ')}`;
}
