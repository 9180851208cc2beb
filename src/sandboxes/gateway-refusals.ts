import type { GatewayProtocol, GatewayRefusal, GatewayVendor } from './gateway.ts';

type Words = { status: number; anthropic: string; google: string; message: string };

/** What programs are told in the place of an answer. */
const refusals = {
  token: {
    status: 401,
    anthropic: 'authentication_error',
    google: 'UNAUTHENTICATED',
    message: "This is not the session's token.",
  },
  'not-allowed': {
    status: 404,
    anthropic: 'not_found_error',
    google: 'NOT_FOUND',
    message: "Courier's gateway passes on calls of the model's API only.",
  },
  'reaches-out': {
    status: 403,
    anthropic: 'permission_error',
    google: 'PERMISSION_DENIED',
    message:
      "Courier's gateway passes on calls that the model answers by itself: no tools of the API, and no addresses.",
  },
  'bad-request': {
    status: 400,
    anthropic: 'invalid_request_error',
    google: 'INVALID_ARGUMENT',
    message: 'The request cannot be read.',
  },
  iterations: {
    status: 403,
    anthropic: 'permission_error',
    google: 'PERMISSION_DENIED',
    message: 'The turns of this session are used up: end your work now.',
  },
  budget: {
    status: 403,
    anthropic: 'permission_error',
    google: 'PERMISSION_DENIED',
    message: 'The budget of this session is used up: end your work now.',
  },
  timeout: {
    status: 403,
    anthropic: 'permission_error',
    google: 'PERMISSION_DENIED',
    message: 'The time of this session is over: end your work now.',
  },
  ended: {
    status: 403,
    anthropic: 'permission_error',
    google: 'PERMISSION_DENIED',
    message: 'This session has ended: end your work now.',
  },
  busy: {
    status: 429,
    anthropic: 'rate_limit_error',
    google: 'RESOURCE_EXHAUSTED',
    message: 'Too many calls at once.',
  },
  'too-large': {
    status: 413,
    anthropic: 'request_too_large',
    google: 'INVALID_ARGUMENT',
    message: 'The request is too large.',
  },
  key: {
    status: 403,
    anthropic: 'permission_error',
    google: 'PERMISSION_DENIED',
    message: "The API refuses Courier's key, or what it asks for.",
  },
  'spend-limit': {
    status: 403,
    anthropic: 'permission_error',
    google: 'PERMISSION_DENIED',
    message: "The account's spend limit at the API is reached: end your work now.",
  },
  // Tried often enough by then: one that clients repeat would only take time. Some look for words such as overloaded in it, whatever its status.
  'rate-limit': {
    status: 403,
    anthropic: 'permission_error',
    google: 'PERMISSION_DENIED',
    message: 'The API takes no more calls for now, also after several tries: end your work now.',
  },
  overloaded: {
    status: 403,
    anthropic: 'permission_error',
    google: 'PERMISSION_DENIED',
    message: 'The API has too much to do, also after several tries: end your work now.',
  },
  server: {
    status: 403,
    anthropic: 'permission_error',
    google: 'PERMISSION_DENIED',
    message: 'The API fails, also after several tries: end your work now.',
  },
  unreachable: {
    status: 403,
    anthropic: 'permission_error',
    google: 'PERMISSION_DENIED',
    message: 'The API cannot be reached, also after several tries: end your work now.',
  },
  silent: {
    status: 403,
    anthropic: 'permission_error',
    google: 'PERMISSION_DENIED',
    message: 'The API falls silent or breaks off, also after several tries: end your work now.',
  },
  unusable: {
    status: 403,
    anthropic: 'permission_error',
    google: 'PERMISSION_DENIED',
    message: 'The API gave an answer that cannot be passed on.',
  },
} as const satisfies Record<GatewayRefusal, Words>;

/** A refusal in the vendor's own shape, so that its client understands it; only what may pass is tried again. */
export function toRefusal(vendor: GatewayVendor, why: GatewayRefusal) {
  const { status, anthropic, google, message } = refusals[why];
  const bodies = {
    anthropic: { type: 'error', error: { type: anthropic, message } },
    openai: { error: { message, type: anthropic, param: null, code: status === 403 ? 'access_denied' : why } },
    google: { error: { code: status, message, status: google } },
  };
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-should-retry': String(why === 'busy'),
      ...(why === 'busy' ? { 'retry-after': '1' } : {}),
    },
    body: JSON.stringify(bodies[vendor]),
  };
}

/** The end of a stream that came to none by itself, as the API itself would tell it: clients try again or end, none of them waits. */
export function toStreamError(protocol: GatewayProtocol, message: string): string {
  const data = (value: object) => `data: ${JSON.stringify(value)}\n\n`;
  const server = { message, type: 'server_error', param: null, code: null };
  const ends = {
    'anthropic-messages': () => `event: error\n${data({ type: 'error', error: { type: 'api_error', message } })}`,
    'openai-responses': () =>
      `event: error\n${data({ type: 'error', code: 'server_error', message, param: null, sequence_number: 1_000_000 })}`,
    'openai-chat': () => data({ error: server }),
    gemini: () => data({ error: { code: 503, message, status: 'UNAVAILABLE' } }),
  } as const satisfies Record<GatewayProtocol, () => string>;
  return ends[protocol]();
}
