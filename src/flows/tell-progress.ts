import type { AgentEvent } from '../agents/agent.ts';
import type { Ports } from './ports.ts';

/**
 * What an agent does, as progress: its turn, its tool, what it cost so far.
 * @param spentUsd by all that work together; default: what the agent says of itself.
 */
export function tellProgress(
  { progress, log }: Pick<Ports, 'progress' | 'log'>,
  spentUsd?: () => number,
): (event: AgentEvent) => void {
  let latest: { iteration?: number; of?: number; costUsd?: number } = {};
  return (event) => {
    if (event.type === 'iteration') latest = { ...latest, iteration: event.iteration, of: event.of };
    if (event.type === 'usage' && event.costUsd !== undefined)
      latest = { ...latest, costUsd: spentUsd?.() ?? event.costUsd };
    if (event.type === 'retry')
      log.warn(
        `Model call failed (${event.reason}): attempt ${event.attempt}, again in ${Math.round(event.waitMs / 100) / 10} s.`,
      );
    progress({ step: 'agent', ...latest, ...(event.type === 'tool-use' ? { tool: event.tool } : {}) });
  };
}
