/** How a run of an agent may end. */
export const endings = [
  'finished',
  'limited',
  'unfinished',
  'refused',
  'parked',
  'stopped',
  'aborted',
  'failed',
] as const;

/**
 * How an agent session ended. Only `finished` (the agent called `finish`) may count as a complete scan.
 *
 * - `limited`: the iteration, time or budget limit was reached and the wrap-up turn was given.
 * - `parked`: it waits for answers to its blocking questions and costs nothing meanwhile; `stopped`: somebody asked it to, it fell silent,
 *   or nobody answered in time. Both go on from their journal, where they were.
 * - `aborted`: ended at once, in the middle of whatever it did.
 */
export type AgentEnding =
  | { ending: 'finished' }
  | { ending: 'limited'; stopReason: 'iterations' | 'budget' | 'timeout' }
  | { ending: 'unfinished'; reason: string }
  | { ending: 'refused'; reason: string }
  | { ending: 'parked'; stopReason: 'waiting_input'; questions: readonly string[] }
  | { ending: 'stopped'; stopReason: 'user' | 'stall' | 'inactivity' }
  | { ending: 'aborted'; stopReason: 'user' }
  | { ending: 'failed'; reason: string; hint?: string };
