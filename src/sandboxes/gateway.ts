/** Whose API: decides the header of the key, how usage is told, and what an error looks like. */
export type GatewayVendor = 'anthropic' | 'openai' | 'google';

/** One API that programs in a sandbox may call, without its key and within a budget. */
export type GatewaySpec = {
  vendor: GatewayVendor;
  /** Base URL of the API: every call goes there, whatever host it names. */
  upstream: string;
  /** Put in outside; what programs send as a key is thrown away. */
  key: string;
  /** Only these paths and what lies below them (`/v1/messages`), by GET and POST. */
  paths: readonly string[];
  /** Once either is used up, calls are refused. Calls that run at that moment end. */
  budget: { calls: number; tokens: number };
  /** After each call that reached the API. */
  onUsage?: (usage: GatewayUsage) => void;
};

/** Of all calls so far. `estimated`: of some the API told no usage. */
export type GatewayUsage = { calls: number; inputTokens: number; outputTokens: number; estimated: boolean };

/** The header that carries a vendor's key. */
export function keyHeader(vendor: GatewayVendor, key: string): Readonly<Record<string, string>> {
  if (vendor === 'anthropic') return { 'x-api-key': key };
  return vendor === 'openai' ? { authorization: `Bearer ${key}` } : { 'x-goog-api-key': key };
}

/** Headers between two neighbours, those that may carry a key, and what the gateway says itself. */
const kept = new Set(
  'x-api-key api-key authorization x-goog-api-key proxy-authorization cookie set-cookie host connection keep-alive transfer-encoding te trailer upgrade expect proxy-connection proxy-authenticate forwarded via accept-encoding'.split(
    ' ',
  ),
);

/** What is passed on of the headers of a call or of its answer. */
export function passHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string | string[]> {
  const passed: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !kept.has(name) && !name.startsWith('x-forwarded-')) passed[name] = value;
  }
  return passed;
}

/**
 * Where a call goes: below the upstream, on an allowed path.
 * @returns `undefined` for everything else.
 */
export function resolveCall(
  { upstream, paths }: Pick<GatewaySpec, 'upstream' | 'paths'>,
  { method, url }: { method?: string | undefined; url?: string | undefined },
): URL | undefined {
  if ((method !== 'GET' && method !== 'POST') || !url?.startsWith('/') || /[\\\s]/.test(url)) return undefined;
  // Resolves dots, also encoded ones; the host is thrown away.
  const asked = URL.parse(`http://inside${url}`);
  if (asked?.host !== 'inside' || /%2f|%5c|\/\//i.test(asked.pathname)) return undefined;
  if (!paths.some((path) => asked.pathname === path || asked.pathname.startsWith(`${path}/`))) return undefined;
  const target = new URL(upstream);
  target.pathname = target.pathname.replace(/\/+$/, '') + asked.pathname;
  asked.searchParams.delete('key');
  target.search = asked.searchParams.toString();
  target.hash = '';
  return target;
}

export type GatewayRefusal = 'not-allowed' | 'budget' | 'busy' | 'too-large' | 'key' | 'unreachable';

const refusals: Readonly<
  Record<GatewayRefusal, { status: number; anthropic: string; google: string; message: string }>
> = {
  'not-allowed': {
    status: 404,
    anthropic: 'not_found_error',
    google: 'NOT_FOUND',
    message: "Courier's gateway passes on calls of the model's API only.",
  },
  budget: {
    status: 403,
    anthropic: 'permission_error',
    google: 'PERMISSION_DENIED',
    message: 'The budget of this session is used up: end your work now.',
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
    message: "The API refuses Courier's key.",
  },
  unreachable: {
    status: 502,
    anthropic: 'api_error',
    google: 'UNAVAILABLE',
    message: 'The API cannot be reached, or gave an answer that cannot be passed on.',
  },
};

/** A refusal in the vendor's own shape, so that its client understands it; only what may pass is tried again. */
export function toRefusal(vendor: GatewayVendor, why: GatewayRefusal) {
  const { status, anthropic, google, message } = refusals[why];
  const bodies = {
    anthropic: { type: 'error', error: { type: anthropic, message } },
    openai: { error: { message, type: anthropic, param: null, code: why } },
    google: { error: { code: status, message, status: google } },
  };
  const retry = why === 'busy' || why === 'unreachable';
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'x-should-retry': String(retry),
      ...(why === 'busy' ? { 'retry-after': '1' } : {}),
    },
    body: JSON.stringify(bodies[vendor]),
  };
}
