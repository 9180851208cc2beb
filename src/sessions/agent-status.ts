import type { SessionEvent } from './session-event.ts';

/** What a session's agents are at: derived from its events, never kept by itself (contract, section 8). */
export const agentStatuses = ['working', 'idle', 'waiting_input'] as const;
export type AgentStatus = (typeof agentStatuses)[number];

/**
 * Side by side, one that works goes before one that waits. A session that has ended, and one whose agents have not begun, is idle; one that
 * rests until somebody answers waits.
 */
export function agentStatusOf(events: Iterable<SessionEvent>): AgentStatus {
  const agents = new Map<string, AgentStatus>();
  for (const event of events) {
    const agent = event.scan ?? '';
    const status = statusAfter(event);
    if (event.type === 'session-started') agents.clear();
    else if (event.type === 'session-ended') rest(agents);
    else if (status) agents.set(agent, status);
  }
  const now = [...agents.values()];
  return agentStatuses.find((status) => status !== 'idle' && now.includes(status)) ?? 'idle';
}

/** Nobody is at work any more, and what was waited for is still waited for. */
function rest(agents: Map<string, AgentStatus>): void {
  for (const [agent, status] of agents) if (status === 'working') agents.set(agent, 'idle');
}

function statusAfter(event: SessionEvent): AgentStatus | undefined {
  switch (event.type) {
    case 'agent-started':
    case 'iteration':
    case 'message':
    case 'thinking':
    case 'tool-use':
    case 'tool-result':
    case 'heard':
      return event.scan === undefined ? undefined : 'working';
    case 'agent-ended':
      return event.stopReason === 'waiting_input' ? 'waiting_input' : 'idle';
    // Beside an agent's run, or of the session as a whole.
    case 'session-started':
    case 'session-ended':
    case 'check':
    case 'model-call':
    case 'retry':
    case 'notice':
    case 'handed-over':
    case 'recorded':
    case 'planned':
    case 'wrote':
      return undefined;
  }
}
