export const phases = [
  'pending',
  'creating',
  'running',
  'reviewing',
  'completed',
  'stopping',
  'stopped',
  'failed',
  'killed',
  'cancelled',
] as const;
export type Phase = (typeof phases)[number];

export const stopReasons = [
  'user',
  'inactivity',
  'stall',
  'timeout',
  'budget',
  'iterations',
  'waiting_input',
  'refusal',
  'error',
] as const;
export type StopReason = (typeof stopReasons)[number];

/**
 * Where a session may go from where it is (contract, section 8). Before there is a sandbox it ends `cancelled`, after that `killed`.
 * `stopped` is the one rest from which it goes on: it is resumed from the start, in a new sandbox.
 */
const moves = {
  pending: ['creating', 'cancelled', 'failed'],
  creating: ['running', 'stopping', 'cancelled', 'failed'],
  running: ['reviewing', 'completed', 'stopping', 'failed', 'killed'],
  reviewing: ['completed', 'stopping', 'failed', 'killed'],
  stopping: ['stopped', 'failed', 'killed'],
  stopped: ['pending'],
  completed: [],
  failed: [],
  killed: [],
  cancelled: [],
} as const satisfies Record<Phase, readonly Phase[]>;

/** Beside which phases a reason may stand. What was cut short at a limit, and had its turn to wrap up, is `completed`. */
const phasesOfReason = {
  user: ['stopping', 'stopped', 'killed', 'cancelled'],
  inactivity: ['stopping', 'stopped'],
  stall: ['completed', 'stopping', 'stopped', 'failed', 'killed'],
  timeout: ['completed', 'stopping', 'stopped', 'failed', 'killed'],
  budget: ['completed', 'failed', 'cancelled'],
  iterations: ['completed', 'failed'],
  waiting_input: ['stopping', 'stopped'],
  refusal: ['completed', 'failed'],
  error: ['completed', 'failed', 'killed', 'cancelled'],
} as const satisfies Record<StopReason, readonly Phase[]>;

/** Whether nothing follows: such a record is never changed again. */
export function isEnded(phase: Phase): boolean {
  return moves[phase].length === 0;
}

/** Whether somebody is at work on it, or should be. */
export function isUnderWay(phase: Phase): boolean {
  return !isEnded(phase) && phase !== 'stopped';
}

export function mayStandBeside(reason: StopReason, phase: Phase): boolean {
  return isOneOf(phasesOfReason[reason], phase);
}

/**
 * Whether a record in one phase may be followed by one in the other. Records are written seldom: the phases between need not have been
 * written, but there must be a way that does not pass a rest.
 */
export function mayFollow(before: Phase, after: Phase): boolean {
  const reached = new Set<Phase>([before]);
  for (const phase of reached)
    if (phase === before || phase !== 'stopped') for (const next of moves[phase]) reached.add(next);
  return reached.has(after);
}

function isOneOf(list: readonly Phase[], phase: Phase): boolean {
  return list.includes(phase);
}
