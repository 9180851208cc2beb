import type { AgentEvent } from '../agents/agent.ts';
import { noUsage, type Usage } from '../agents/usage.ts';
import { partLimits, planParts } from '../coverage/plan-parts.ts';
import type { Finding } from '../findings/finding.ts';
import { createMatcher } from '../lib/glob.ts';
import { mergeAgents } from '../sessions/merge-agents.ts';
import type { AgentScan } from '../sessions/settings.ts';
import { toScanPart } from '../sessions/split.ts';
import { addUsage, sumCost } from '../sessions/usage.ts';
import type { AgentScanResult } from './agent-scan.ts';
import type { Attention } from './watch-attention.ts';

/** A dollar is about what an agent needs to find its way about and to read something. */
export const leastUsdEach = 1;

/**
 * The agents of a scan: one, or one for each part of a large repository, side by side. A small budget is not split among many, who would
 * each spend it on finding their way about.
 */
export function toScanParts(scan: AgentScan, attention: Attention | undefined, budgetUsd: number): AgentScan[] {
  if (!attention) return [scan];
  const inScope = createMatcher(scan.paths);
  const most = Math.min(partLimits.most, Math.max(1, Math.floor(budgetUsd / leastUsdEach)));
  const parts = planParts(
    attention.files.filter(({ path }) => inScope(path)),
    { ...partLimits, most },
  );
  return parts.length < 2 ? [scan] : parts.map((part, index) => toScanPart(scan, part, [index + 1, parts.length]));
}

/** Which findings an agent is told of: those in its part. What lies in no part, or has no place, is the first one's. */
export function inPart(
  { part }: AgentScan,
  all: readonly AgentScan[],
): (finding: Pick<Finding, 'location'>) => boolean {
  if (!part) return () => true;
  const isElsewhere = (path: string) => all.some((other) => other.part !== part && other.part?.files.has(path));
  return ({ location }) => {
    if (location !== undefined && part.files.has(location.path)) return true;
    return part.number === 1 && (location === undefined || !isElsewhere(location.path));
  };
}

/** What several agents do, told as what one does: turns and money are those of all of them. */
export function sumEvents(onEvent: (event: AgentEvent) => void): () => (event: AgentEvent) => void {
  const turns = new Map<symbol, { iteration: number; of: number }>();
  const spent = new Map<symbol, { usage: Usage; costUsd: number | undefined }>();
  const sum = (amount: 'iteration' | 'of') => [...turns.values()].reduce((total, turn) => total + turn[amount], 0);
  return () => {
    const self = Symbol();
    return (event) => {
      if (event.type === 'iteration') {
        turns.set(self, event);
        onEvent({ ...event, iteration: sum('iteration'), of: sum('of') });
      } else if (event.type === 'usage') {
        spent.set(self, event);
        const all = [...spent.values()];
        const costUsd = sumCost(all.map((one) => one.costUsd));
        onEvent({ ...event, usage: all.map(({ usage }) => usage).reduce(addUsage, noUsage), costUsd });
      } else onEvent(event);
    };
  };
}

/** What the agents of a scan's parts left behind, as that of one. */
export function mergeScanParts(
  scan: AgentScan,
  given: readonly AgentScanResult[],
  parts: readonly AgentScan[],
): AgentScanResult {
  const results = given.map((result, index) => ({ ...result, number: parts[index]?.part?.number ?? index + 1 }));
  return {
    ...mergeAgents(scan, results),
    claims: results.flatMap(({ claims, number }) => claims.map((claim) => ({ ...claim, part: number }))),
    paths: scan.paths,
    said: results.flatMap(({ said }) => said),
    asked: results.flatMap(({ asked }) => asked),
    raw: Object.fromEntries(
      results.flatMap(({ raw, number }) => Object.entries(raw).map(([name, text]) => [`part-${number}/${name}`, text])),
    ),
    notes: [...new Set(results.flatMap(({ notes }) => notes))],
  };
}
