import type * as Sdk from '@anthropic-ai/sdk';
import type { APIError } from '@anthropic-ai/sdk';
import { type AnswerKind, anthropicApi, explainAnswer } from '../../agents/explain-answer.ts';
import { ModelError } from '../../agents/model-error.ts';
import type { Usage } from '../../agents/usage.ts';
import { messageOf } from '../../lib/errors.ts';
import { oneLine, truncate } from '../../lib/text.ts';

export type Attempt = {
  sdk: typeof Sdk;
  model: string;
  url: string;
  /** Why we ended it ourselves, if we did. */
  ended: 'aborted' | 'stalled' | undefined;
  idleMs: number;
  /** What the stream had told by then. */
  usage: Usage | undefined;
  now: number;
};

/** Whatever the client threw, as one of our errors with a sentence for people. */
export function toModelError(error: unknown, attempt: Attempt): ModelError {
  const { sdk, ended, usage } = attempt;
  const details = { cause: error, ...(usage ? { usage } : {}) };
  if (ended === 'aborted') return new ModelError('aborted', 'The session was stopped.', details);
  if (ended === 'stalled') {
    const seconds = Math.round(attempt.idleMs / 1000);
    return new ModelError('stalled', `The Anthropic API fell silent for more than ${seconds} seconds.`, details);
  }
  if (error instanceof sdk.APIConnectionError) {
    return new ModelError(
      'connection',
      `The Anthropic API at ${attempt.url} could not be reached (${rootOf(error)}).`,
      {
        ...details,
        hint: 'Check the network and ANTHROPIC_BASE_URL.',
      },
    );
  }
  if (error instanceof sdk.APIError) return fromAnswer(error, attempt, details);
  return new ModelError('broken-stream', `The reply of the Anthropic API broke off (${rootOf(error)}).`, details);
}

function fromAnswer(error: APIError, { model, now }: Attempt, details: { cause: unknown; usage?: Usage }): ModelError {
  const kind = isTooLong(error) ? 'context-exceeded' : kindOf(error);
  const { message, hint } = explainAnswer(kind, {
    api: anthropicApi,
    model,
    said: saidOf(error),
    status: error.status,
  });
  const retryAfterMs = retryAfterOf(error.headers, now);
  return new ModelError(kind, message, {
    ...details,
    ...(hint ? { hint } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(error.headers?.get('x-should-retry') === 'false' ? { retry: false } : {}),
  });
}

const spendLimits = new Set(['enforced_spend_limit_reached', 'contract_spend_limit_reached', 'ramp_limit_exceeded']);

const byStatus: ReadonlyMap<number, AnswerKind> = new Map([
  [401, 'authentication'],
  [402, 'spend-limit'],
  [403, 'permission'],
  [404, 'model-not-found'],
  [408, 'server'],
  [409, 'server'],
  [429, 'rate-limit'],
  [529, 'overloaded'],
]);

/** Errors inside a stream that began well have a type and no status. */
const byType: ReadonlyMap<string, AnswerKind> = new Map([
  ['authentication_error', 'authentication'],
  ['billing_error', 'spend-limit'],
  ['permission_error', 'permission'],
  ['not_found_error', 'model-not-found'],
  ['invalid_request_error', 'bad-request'],
  ['rate_limit_error', 'rate-limit'],
  ['overloaded_error', 'overloaded'],
]);

function kindOf({ status, type, errorCode }: APIError): AnswerKind {
  if (errorCode && spendLimits.has(errorCode)) return 'spend-limit';
  if (status === undefined) return byType.get(type ?? '') ?? 'server';
  return byStatus.get(status) ?? (status >= 500 ? 'server' : 'bad-request');
}

/** A prompt beyond the window is an ordinary bad request, and one beyond the size of a request has a status of its own. */
function isTooLong({ status, message }: APIError): boolean {
  return (
    status === 413 ||
    (status === 400 && /prompt is too long|exceeds? the (?:maximum )?context|context window/i.test(message))
  );
}

function saidOf(error: APIError): string {
  return truncate(oneLine(error.apiMessage ?? error.message), 300);
}

/** Milliseconds, from `retry-after-ms`, or `retry-after` in seconds or as a date. */
function retryAfterOf(headers: Headers | undefined, now: number): number | undefined {
  const milliseconds = Number(headers?.get('retry-after-ms') || Number.NaN);
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  const header = headers?.get('retry-after');
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** The message at the bottom of the causes: the client wraps what the network said twice. */
function rootOf(error: unknown): string {
  let root = error;
  for (let depth = 0; depth < 5 && root instanceof Error && root.cause instanceof Error; depth++) root = root.cause;
  return truncate(oneLine(messageOf(root)), 200);
}
