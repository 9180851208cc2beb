import type { AgentResult } from '../agents/agent.ts';

/** Whether nobody knows in what state it left the files. */
export function isCutOff({ ending }: AgentResult): boolean {
  return ending === 'failed' || ending === 'refused';
}

/** That somebody ended it, in a sentence. */
export function whyStopped(result: AgentResult): string | undefined {
  if (result.ending === 'stopped' && result.stopReason !== 'user') return undefined;
  const isStopped = result.ending === 'aborted' || result.ending === 'stopped';
  return isStopped ? 'It was stopped before its end.' : undefined;
}

/** Where an agent handed over nothing as its time or money was used up: which of them ended the run. */
export function overBy(
  result: AgentResult,
  why: string,
): { over?: { outcome: 'failed'; why: string; limit: 'timeout' | 'budget' } } {
  if (result.ending !== 'limited' || result.stopReason === 'iterations') return {};
  return { over: { outcome: 'failed', why, limit: result.stopReason } };
}

/** Why an agent that handed over nothing did not, as the rest of a sentence. */
export function whyEmpty(result: AgentResult): string {
  switch (result.ending) {
    case 'limited':
    case 'stopped':
    case 'parked':
    case 'aborted':
      return `it reached its limit (${result.stopReason}) and had handed over nothing.`;
    case 'failed':
      return `the agent failed: ${result.reason}${result.hint ? ` ${result.hint}` : ''}`;
    case 'refused':
    case 'unfinished':
      return `the agent ended without finishing: ${result.reason}`;
    case 'finished':
      return 'it finished and had handed over nothing.';
  }
}
