import { ExternalError } from '../lib/errors.ts';
import type { Usage } from './usage.ts';

/** What went wrong with a turn, as far as it changes what to do next. */
export const modelErrorKinds = [
  'authentication',
  'permission',
  'model-not-found',
  'bad-request',
  'context-exceeded',
  'spend-limit',
  'rate-limit',
  'overloaded',
  'server',
  'connection',
  'broken-stream',
  'stalled',
  'aborted',
] as const;
export type ModelErrorKind = (typeof modelErrorKinds)[number];

/** Whether the same request may succeed a little later. */
const passing = {
  authentication: false,
  permission: false,
  'model-not-found': false,
  'bad-request': false,
  'context-exceeded': false,
  'spend-limit': false,
  'rate-limit': true,
  overloaded: true,
  server: true,
  connection: true,
  'broken-stream': true,
  stalled: true,
  aborted: false,
} as const satisfies Record<ModelErrorKind, boolean>;

type Details = {
  cause?: unknown;
  hint?: string;
  /** What the service asked us to wait, in milliseconds. */
  retryAfterMs?: number;
  /** The service said itself whether to try again. */
  retry?: boolean;
  /** What an attempt that broke off had used by then. */
  usage?: Usage;
};

/** A turn that did not come. The message is a sentence for people. */
export class ModelError extends ExternalError {
  override name = 'ModelError';
  readonly kind: ModelErrorKind;
  readonly mayRetry: boolean;
  readonly retryAfterMs: number | undefined;
  readonly usage: Usage | undefined;
  constructor(kind: ModelErrorKind, message: string, details: Details = {}) {
    super(message, details);
    this.kind = kind;
    this.mayRetry = passing[kind] && details.retry !== false;
    this.retryAfterMs = details.retryAfterMs;
    this.usage = details.usage;
  }
}
