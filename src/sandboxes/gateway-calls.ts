import { z } from 'zod';
import type { GatewayProtocol, GatewaySpec, GatewayVendor } from './gateway.ts';
import { reachOf } from './gateway-reach.ts';

/**
 * What a program asks for. `model`: a call that a model answers, which counts; `free`: one that costs nothing; `hello`: whether somebody is there,
 * which needs no API to answer.
 */
export type ResolvedCall =
  | { kind: 'model'; target: URL; protocol: GatewayProtocol; model?: string; stream?: boolean }
  | { kind: 'free'; target: URL; protocol?: GatewayProtocol }
  | { kind: 'hello' };

type Asked = { method?: string | undefined; url?: string | undefined };

/**
 * Where a call goes: below the upstream, if it is one of the few of its vendor that programs need.
 * @returns `undefined` for everything else.
 */
export function resolveCall(
  { vendor, upstream }: Pick<GatewaySpec, 'vendor' | 'upstream'>,
  { method, url }: Asked,
): ResolvedCall | undefined {
  if (!url?.startsWith('/') || /[\\\s]/.test(url)) return undefined;
  // Resolves dots, also encoded ones; the host is thrown away.
  const asked = URL.parse(`http://inside${url}`);
  if (asked?.host !== 'inside' || /%2f|%5c|\/\//i.test(asked.pathname)) return undefined;
  const found = routes[vendor]({ method, path: asked.pathname });
  if (!found || found.kind === 'hello') return found;
  const target = new URL(upstream);
  // The base URL that OpenAI's clients take has the version in it, and those of others who offer its API another one.
  const below = vendor === 'openai' ? asked.pathname.replace(/^\/v1(?=\/)/, '') : asked.pathname;
  target.pathname = target.pathname.replace(/\/+$/, '') + below;
  asked.searchParams.delete('key');
  target.search = asked.searchParams.toString();
  target.hash = '';
  return { ...found, target };
}

type Route =
  | { kind: 'model'; protocol: GatewayProtocol; model?: string; stream?: boolean }
  | { kind: 'free'; protocol?: GatewayProtocol }
  | { kind: 'hello' };
type Router = (call: { method: string | undefined; path: string }) => Route | undefined;

const id = String.raw`[\w.:@-]+(?:\/[\w.:@-]+)*`;
const models = new RegExp(String.raw`^\/v1(?:beta)?\/models(?:\/${id})?$`);
const gemini = /^\/v1(?:beta|alpha)?\/models\/([\w.-]+):(generateContent|streamGenerateContent|countTokens)$/;

const routes = {
  anthropic: ({ method, path }) => {
    if (path === '/api/hello' && (method === 'HEAD' || method === 'GET')) return { kind: 'hello' };
    if (method === 'POST' && path === '/v1/messages') return { kind: 'model', protocol: 'anthropic-messages' };
    if (method === 'POST' && path === '/v1/messages/count_tokens')
      return { kind: 'free', protocol: 'anthropic-messages' };
    return listOfModels(method, path);
  },
  openai: ({ method, path }) => {
    if (method === 'POST' && path === '/v1/responses') return { kind: 'model', protocol: 'openai-responses' };
    if (method === 'POST' && path === '/v1/chat/completions') return { kind: 'model', protocol: 'openai-chat' };
    return listOfModels(method, path);
  },
  google: ({ method, path }) => {
    const [, model, verb] = (method === 'POST' && gemini.exec(path)) || [];
    if (model === undefined) return listOfModels(method, path);
    if (verb === 'countTokens') return { kind: 'free', protocol: 'gemini' };
    return { kind: 'model', protocol: 'gemini', model, stream: verb === 'streamGenerateContent' };
  },
} as const satisfies Record<GatewayVendor, Router>;

function listOfModels(method: string | undefined, path: string): Route | undefined {
  return method === 'GET' && models.test(path) ? { kind: 'free' } : undefined;
}

const tokens = z.number().int().positive().optional().catch(undefined);
const Body = z.looseObject({
  model: z.string().max(200).optional().catch(undefined),
  stream: z.boolean().optional().catch(undefined),
  max_tokens: tokens,
  max_completion_tokens: tokens,
  max_output_tokens: tokens,
  stream_options: z.looseObject({}).optional().catch(undefined),
  generationConfig: z.looseObject({ maxOutputTokens: tokens }).optional().catch(undefined),
  thinking: z.looseObject({ budget_tokens: tokens }).optional().catch(undefined),
});
type Body = z.infer<typeof Body>;

/** The body of a call, as far as the gateway has to know it. */
export type CallBody = {
  model: string | undefined;
  stream: boolean;
  maxTokens: number | undefined;
  /** What it would have the API do beside answering, which no call may. */
  reach: string | undefined;
  /** What is sent: as it was understood, so that nobody reads anything else in it. */
  send: (limit: number | undefined) => Uint8Array;
};

/** @returns `undefined` for what is not JSON, or no object. */
export function understandBody(
  { protocol, model, stream }: Extract<ResolvedCall, { kind: 'model' }>,
  bytes: Uint8Array,
): CallBody | undefined {
  const body = Body.safeParse(parse(bytes)).data;
  if (!body) return undefined;
  const fields = fieldsOf[protocol];
  return {
    model: model ?? body.model,
    stream: stream ?? body.stream ?? false,
    maxTokens: fields.maxTokens(body),
    reach: reachOf(protocol, body),
    send(limit) {
      const limited = limit === undefined ? body : fields.limit(body, limit);
      return new TextEncoder().encode(JSON.stringify(fields.tellUsage(limited) ?? limited));
    },
  };
}

/** A call that costs nothing, as far as it may be sent. */
export function understandFree(
  { protocol }: Extract<ResolvedCall, { kind: 'free' }>,
  bytes: Uint8Array,
): { reach: string | undefined; bytes: Uint8Array } | undefined {
  if (!protocol) return { reach: undefined, bytes };
  const body = z.looseObject({}).safeParse(parse(bytes)).data;
  return body && { reach: reachOf(protocol, body), bytes: new TextEncoder().encode(JSON.stringify(body)) };
}

type Fields = {
  maxTokens: (body: Body) => number | undefined;
  /** The body with that much to write at most. */
  limit: (body: Body, tokens: number) => Body;
  /** The body that asks for its usage; `undefined` where it does, or where it needs not. */
  tellUsage: (body: Body) => Body | undefined;
};

const toldAnyway = () => undefined;

const fieldsOf = {
  'anthropic-messages': {
    maxTokens: ({ max_tokens }) => max_tokens,
    limit: (body, most) => {
      const { thinking } = body;
      // A budget of thinking lies below what may be written, and has a least size.
      const budget = Math.max(1024, Math.min(thinking?.budget_tokens ?? 0, most - 1024));
      const thinks = thinking?.budget_tokens === undefined ? {} : { thinking: { ...thinking, budget_tokens: budget } };
      return { ...body, ...thinks, max_tokens: most };
    },
    tellUsage: toldAnyway,
  },
  'openai-responses': {
    maxTokens: ({ max_output_tokens }) => max_output_tokens,
    limit: (body, most) => ({ ...body, max_output_tokens: most }),
    tellUsage: toldAnyway,
  },
  'openai-chat': {
    maxTokens: ({ max_completion_tokens, max_tokens }) => max_completion_tokens ?? max_tokens,
    // Its older name, where that alone is said: not every API of this kind knows the newer one.
    limit: ({ max_tokens, max_completion_tokens, ...body }, most) =>
      max_tokens !== undefined && max_completion_tokens === undefined
        ? { ...body, max_tokens: most }
        : { ...body, max_completion_tokens: most },
    tellUsage: (body) => {
      const options = body.stream_options ?? {};
      const isTold = body.stream !== true || options.include_usage === true;
      return isTold ? undefined : { ...body, stream_options: { ...options, include_usage: true } };
    },
  },
  gemini: {
    maxTokens: ({ generationConfig }) => generationConfig?.maxOutputTokens,
    limit: (body, most) => ({ ...body, generationConfig: { ...body.generationConfig, maxOutputTokens: most } }),
    tellUsage: toldAnyway,
  },
} as const satisfies Record<GatewayProtocol, Fields>;

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
