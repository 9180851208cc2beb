import type { AgentResult } from '../agents/agent.ts';
import type { Usage } from '../agents/usage.ts';
import type { RejectedCandidate } from '../findings/finding.ts';
import type { Assumption, Question } from '../questions/question.ts';
import type { SandboxRef } from '../sandboxes/sandbox.ts';
import type { AgentRecord } from './session.ts';

/** What one agent contributed to a session. */
export type AgentPart = {
  record: AgentRecord;
  rejected: readonly RejectedCandidate[];
  questions: readonly Question[];
  assumptions: readonly Assumption[];
  usage: Usage;
  /** `undefined`: the model's price is not known. */
  costUsd: number | undefined;
  sandbox: SandboxRef | undefined;
};

/** Whether the agent looked at all that it was to look at, and said all that it saw: only then does its silence mean anything. */
export function isWhole({ ending, outcome }: Pick<AgentRecord, 'ending' | 'outcome'>): boolean {
  return ending === 'finished' && outcome === 'complete';
}

/** Whether it rests and can be resumed where it was. */
export function mayGoOn({ ending }: Pick<AgentRecord, 'ending'>): boolean {
  return ending === 'parked' || ending === 'stopped';
}

/** The record of an agent's end. `outcome` is what its output file came to. */
export function toAgentRecord(
  scan: { name: string; prompt: string },
  agent: { tool: string; maxIterations: number },
  { result, outcome }: { result: AgentResult; outcome: AgentRecord['outcome'] },
): AgentRecord {
  const reason = reasonOf(result);
  return {
    scan: scan.name,
    tool: agent.tool,
    model: result.model,
    prompt: scan.prompt,
    ending: result.ending,
    ...('stopReason' in result ? { stopReason: result.stopReason } : {}),
    outcome,
    ...(reason ? { reason } : {}),
    currentIteration: result.iterations,
    maxIterations: agent.maxIterations,
    finalText: result.finalText,
  };
}

function reasonOf(result: AgentResult): string | undefined {
  switch (result.ending) {
    case 'finished':
      return undefined;
    case 'limited':
    case 'parked':
    case 'stopped':
    case 'aborted':
      return result.stopReason;
    case 'failed':
      return result.hint ? `${result.reason} ${result.hint}` : result.reason;
    case 'unfinished':
    case 'refused':
      return result.reason;
  }
}
