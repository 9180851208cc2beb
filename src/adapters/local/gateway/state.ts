import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayEvent, GatewayPatience, GatewayRefusal, GatewaySpec } from '../../../sandboxes/gateway.ts';
import { toRefusal } from '../../../sandboxes/gateway-refusals.ts';

export const limits = {
  request: 32 << 20,
  /** Of a call to this host itself. */
  route: 4 << 20,
  answer: 64 << 20,
  atOnce: 8,
  connections: 64,
  /** Calls that cost nothing, in all. */
  free: 2000,
  /** Answers in a row that did not come to their end; then none is asked for any more. */
  broken: 3,
  /** Milliseconds in which nothing is sent after an API was given up: clients that try again at once are told so at once. */
  resting: 30_000,
  /** Milliseconds in which a program sends its request, and in which an answer begins that comes in one piece. */
  request_ms: 60_000,
  answer_ms: 600_000,
} as const;

/** Prose has about four bytes to a token, dense code about three; JSON's own marks count as well. */
export const mostTokensPerByte = 0.4;

/** A gateway at work. */
export type State = {
  readonly spec: GatewaySpec;
  readonly patience: GatewayPatience;
  /** Aborts when the sandbox ends. */
  readonly ending: AbortSignal;
  calls: number;
  free: number;
  running: number;
  /** Answers in a row that broke off. */
  broken: number;
  /** An upper estimate, better once an answer has told what a request came to. */
  tokensPerByte: number;
  /** Why nothing was asked for any more, when that was, and what the API had said. */
  givenUp: { at: number; why: GatewayRefusal; detail: string } | undefined;
};

/** One call of a program. `gone` aborts when it went away, or the sandbox did. */
export type Call = { request: IncomingMessage; response: ServerResponse; gone: AbortSignal };

/** A listener that throws harms nobody's call. */
export function tell({ spec }: State, event: GatewayEvent): void {
  try {
    spec.onEvent?.(event);
  } catch {
    // Its own affair.
  }
}

/** Tells a program no, in its vendor's words. */
export function refuse(
  state: State,
  { response }: Pick<Call, 'response'>,
  { why, call, detail }: { why: GatewayRefusal; call?: number | undefined; detail?: string | undefined },
): void {
  tell(state, {
    type: 'refused',
    why,
    ...(call === undefined ? {} : { call }),
    ...(detail === undefined ? {} : { detail: withoutKey(state, detail) }),
  });
  if (response.headersSent || response.destroyed) return void response.destroy();
  const { status, headers, body } = toRefusal(state.spec.vendor, why);
  // What is still to come of the request is not read.
  response.writeHead(status, { ...headers, connection: 'close' });
  response.end(body);
}

export function withoutKey({ spec: { key, token } }: State, text: string): string {
  return [key, token].reduce((rest, secret) => (secret === '' ? rest : rest.replaceAll(secret, '[key]')), text);
}
