import { messageOf } from '../lib/errors.ts';
import type { AgentEvent } from './agent.ts';
import type { Model, ModelRequest, ModelTurn } from './model.ts';
import { ModelError } from './model-error.ts';
import type { Usage } from './usage.ts';
import type { Wait } from './wait.ts';

const tries = 5;
const firstWaitMs = 1000;
const longestWaitMs = 60_000;

type TurnContext = {
  model: Model;
  signal: AbortSignal;
  wait: Wait;
  onEvent: (event: AgentEvent) => void;
  /** Told what an attempt that broke off had used: it is paid for too. */
  onLoss: (usage: Usage) => void;
  onProgress?: () => void;
};

/**
 * One turn of the model, tried up to five times where waiting may help, also when the stream broke in the middle.
 * The wait is what the service asked for, else exponential from one second with jitter; never above a minute.
 *
 * @throws ModelError of the last attempt, or of kind `aborted`
 */
export async function takeTurn(request: ModelRequest, context: TurnContext): Promise<ModelTurn> {
  for (let attempt = 1; ; attempt++) {
    const result = await tryTurn(request, context);
    if ('turn' in result) return result.turn;
    if (!result.error.mayRetry || attempt === tries) throw result.error;
    await waitForRetry(attempt, result.error, context);
  }
}

async function tryTurn(
  request: ModelRequest,
  { model, signal, onLoss, onProgress }: TurnContext,
): Promise<{ turn: ModelTurn } | { error: ModelError }> {
  try {
    return { turn: await model.respond(request, { signal, ...(onProgress ? { onProgress } : {}) }) };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    if (error.usage) onLoss(error.usage);
    return { error };
  }
}

async function waitForRetry(attempt: number, error: ModelError, { signal, wait, onEvent }: TurnContext): Promise<void> {
  const waitMs = waitBefore(attempt, error.retryAfterMs);
  onEvent({ type: 'retry', attempt, waitMs, reason: messageOf(error) });
  await wait(waitMs, signal);
  if (signal.aborted) throw new ModelError('aborted', 'The session was stopped.', { cause: error });
}

function waitBefore(attempt: number, retryAfterMs: number | undefined): number {
  if (retryAfterMs !== undefined) return Math.min(retryAfterMs, longestWaitMs);
  const full = Math.min(firstWaitMs * 2 ** (attempt - 1), longestWaitMs);
  // Between half of it and all of it, so that sessions which failed together do not come back together.
  return Math.round(full * (0.5 + Math.random() / 2));
}
