import type { Usage } from '../agents/usage.ts';

/** Whose API: decides which calls there are, the header of the key, how usage is told, and what an error looks like. */
export const gatewayVendors = ['anthropic', 'openai', 'google'] as const;
export type GatewayVendor = (typeof gatewayVendors)[number];

/** How a call is spoken: where its model and limits stand, and how its answer tells usage. */
export type GatewayProtocol = 'anthropic-messages' | 'openai-responses' | 'openai-chat' | 'gemini';

/** One API that programs in a sandbox may call, without its key, and what of this host they may call beside it. */
export type GatewaySpec = {
  vendor: GatewayVendor;
  /** Base URL of the API, as the vendor's own client takes it (that of OpenAI ends in `/v1`): every call goes there, whatever host it names. */
  upstream: string;
  /** Put in outside; what programs send as a key is thrown away. */
  key: string;
  /** Of this session alone. Programs present it as they would a key; who does not is told 401. Never logged. */
  token: string;
  /**
   * Asked at once before each call that the model answers, and never for what is free (counting tokens, lists of models). Each call that it lets pass
   * has one `ended` event.
   */
  decide: (call: GatewayCall) => GatewayDecision;
  onEvent?: (event: GatewayEvent) => void;
  /** What this host answers itself, by path (`/mcp`) and with the token, of what is at most 4 MiB. */
  routes?: Readonly<Record<string, GatewayRoute>>;
  /** Milliseconds without a byte after which an answer is given up. Default: what the vendor's models need, see `silenceOf`. */
  silenceMs?: number;
  /** How often a call is sent that failed before anything of its answer was passed on. Default `usualPatience`. */
  patience?: GatewayPatience;
};

/** `promptTokens` is an upper estimate, of its bytes; `maxTokens` what it lets the model write, where it says so. */
export type GatewayCall = {
  number: number;
  model: string | undefined;
  promptTokens: number;
  maxTokens: number | undefined;
};

/** `maxTokens`: what the model may write at most, where that is less than the call asks for. A refusal is final for the program. */
export type GatewayDecision =
  | { pass: true; maxTokens?: number }
  | { refuse: 'iterations' | 'budget' | 'timeout' | 'ended' };

/** What one call used. `estimated`: the API did not tell all of it, as where its answer was cut. */
export type GatewayUsage = {
  usage: Usage;
  /** Of the output, as far as it is told. */
  reasoningTokens: number;
  estimated: boolean;
};

/** Why a program was told no. The last ones are failures of the API, after which it was told to end. */
export type GatewayRefusal =
  | 'token'
  | 'not-allowed'
  | 'reaches-out'
  | 'bad-request'
  | 'too-large'
  | 'busy'
  | 'iterations'
  | 'budget'
  | 'timeout'
  | 'ended'
  | 'key'
  | 'spend-limit'
  | 'rate-limit'
  | 'overloaded'
  | 'server'
  | 'unreachable'
  | 'silent'
  | 'unusable';

/**
 * - `ended`: a call that `decide` let pass. `answered` in full; `cut` or `silent` in the middle of its answer; `refused` by the API or for want of it;
 *   `abandoned` by the program. `usage` is there wherever something of an answer came.
 * - `retry`: it failed before anything was passed on, and is sent again after `waitMs`.
 * - `refused`: what a program was told; `detail` says what the API said, for people.
 */
export type GatewayEvent =
  | {
      type: 'ended';
      call: number;
      model: string | undefined;
      outcome: 'answered' | 'cut' | 'silent' | 'refused' | 'abandoned';
      used: GatewayUsage | undefined;
      /** What the API said instead of an answer, for people. */
      detail?: string;
    }
  | { type: 'retry'; call: number; attempt: number; waitMs: number; reason: string }
  | { type: 'refused'; call?: number; why: GatewayRefusal; detail?: string };

/** Never rejects for what a program sends; aborts with the program's connection, and with the sandbox. */
export type GatewayRoute = (request: Request) => Promise<Response>;

/** Milliseconds. `longestWaitMs` caps also what an API asks for. */
export type GatewayPatience = { tries: number; firstWaitMs: number; longestWaitMs: number };

export const usualPatience: GatewayPatience = { tries: 5, firstWaitMs: 1000, longestWaitMs: 60_000 };

/** What programs in a sandbox call, and what they present there as a key. Below `url` are the paths of the API with its version (`/v1/messages`). */
export type GatewayAccess = {
  url: string;
  key: string;
  /** Whether calls pass this host: then they are decided on, counted and repeated here, and `GatewaySpec.routes` are there. */
  hosted: boolean;
  /**
   * File inside with the authorities by which who answers at `url` is known, where programs may not know them by themselves: a proxy that looks into
   * calls shows a certificate of its own.
   */
  authorities?: string;
};

/** Some models think for minutes without a word; those of Anthropic send a sign of life meanwhile. */
const silences = { anthropic: 90_000, openai: 300_000, google: 180_000 } as const satisfies Record<
  GatewayVendor,
  number
>;

export function silenceOf({ vendor, silenceMs }: Pick<GatewaySpec, 'vendor' | 'silenceMs'>): number {
  return silenceMs ?? silences[vendor];
}

/** The header that carries a vendor's key to that address. Others than Anthropic itself take its newer form, which its own clients send. */
export function keyHeader({
  vendor,
  upstream,
  key,
}: Pick<GatewaySpec, 'vendor' | 'upstream' | 'key'>): Readonly<Record<string, string>> {
  if (vendor === 'google') return { 'x-goog-api-key': key };
  const isOwn = /(^|\.)anthropic\.com$/i.test(URL.parse(upstream)?.hostname ?? '');
  return vendor === 'anthropic' && isOwn ? { 'x-api-key': key } : { authorization: `Bearer ${key}` };
}

/** Headers between two neighbours, those that may carry a key, and what the gateway says itself. */
const kept = new Set(
  'x-api-key api-key authorization x-goog-api-key proxy-authorization cookie set-cookie host connection keep-alive transfer-encoding te trailer upgrade expect proxy-connection proxy-authenticate forwarded via accept-encoding content-length'.split(
    ' ',
  ),
);

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** What is passed on of the headers of a call or of its answer. */
export function passHeaders(headers: Headers): Record<string, string | string[]> {
  const passed: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !kept.has(name) && !name.startsWith('x-forwarded-')) passed[name] = value;
  }
  return passed;
}

/** What a program presents as its key, wherever its vendor's clients put that. */
export function presentedKeys({ headers, url }: { headers: Headers; url?: string | undefined }): string[] {
  const bearer = /^Bearer +(\S+)$/i.exec(String(headers.authorization ?? ''))?.[1];
  const inQuery = URL.parse(`http://inside${url ?? ''}`)?.searchParams.get('key');
  return [bearer, headers['x-api-key'], headers['x-goog-api-key'], headers['api-key'], inQuery].flatMap((key) =>
    typeof key === 'string' && key !== '' ? [key] : [],
  );
}
