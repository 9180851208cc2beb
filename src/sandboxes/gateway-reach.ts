import type { GatewayProtocol } from './gateway.ts';

type Fields = Readonly<Record<string, unknown>>;

// Deeper than any conversation is nested; what is cannot be looked through.
const deepest = 32;

/**
 * What a call would have the API do beside answering, in a few words: an API may search and fetch for its model, call servers that the call names,
 * read what the account keeps, and work on when nobody listens. To a sandbox without a network that would be one, and none of it is in what an
 * answer is counted with.
 *
 * @param body of the call, parsed.
 * @returns `undefined` where it answers, and does nothing else.
 */
export function reachOf(protocol: GatewayProtocol, body: unknown): string | undefined {
  if (!isFields(body)) return undefined;
  // Gemini's count of tokens holds the call that it is about.
  const inner = isFields(body.generateContentRequest) ? [body.generateContentRequest] : [];
  for (const call of [body, ...inner]) {
    const found = reachIn[protocol](call);
    if (found !== undefined) return found;
  }
  return reachOfParts(protocol, body, 0);
}

type Reach = (body: Fields) => string | undefined;

const openAi: Reach = ({ service_tier }) =>
  one(service_tier, ['auto', 'default', 'flex']) ? undefined : 'be served at a higher price';

const reachIn = {
  'anthropic-messages': ({ mcp_servers, container, speed, service_tier }) => {
    if (!isEmpty(mcp_servers)) return 'call servers';
    if (!isEmpty(container)) return 'run code';
    const isUsual = one(speed, ['standard']) && one(service_tier, ['auto', 'standard_only']);
    return isUsual ? undefined : 'be served at a higher price';
  },
  'openai-responses': (body) => {
    if (body.background === true) return 'work on in the background';
    const kept = ['previous_response_id', 'conversation', 'prompt'].find((name) => !isEmpty(body[name]));
    return kept === undefined ? openAi(body) : 'read what the account keeps';
  },
  'openai-chat': (body) => {
    if (!isEmpty(body.web_search_options) || !isEmpty(body.plugins)) return 'search the web';
    if (typeof body.n === 'number' && body.n > 1) return 'answer several times';
    return openAi(body);
  },
  gemini: (body) => {
    if (!isEmpty(body.cachedContent) || !isEmpty(body.cached_content)) return 'read what the account keeps';
    // The other spelling of what is limited below.
    if (!isEmpty(body.generation_config)) return 'be limited in two ways';
    const { candidateCount = 1, candidate_count = 1 } = isFields(body.generationConfig) ? body.generationConfig : {};
    return candidateCount === 1 && candidate_count === 1 ? undefined : 'answer several times';
  },
} as const satisfies Record<GatewayProtocol, Reach>;

/** Tools that the program itself runs. All others the API runs, where it is. */
const ownTools = {
  'anthropic-messages': /^(?:custom|(?:bash|text_editor|computer|memory|tool_search_tool_\w+?)_\d{8})$/,
  'openai-responses': /^(?:function|custom|local_shell|apply_patch)$/,
  'openai-chat': /^(?:function|custom)$/,
} as const;

function reachOfTools(protocol: GatewayProtocol, tools: unknown): string | undefined {
  if (isEmpty(tools)) return undefined;
  const other = list(tools).find((tool) => !isOwn(protocol, tool));
  return other === undefined ? undefined : `use a tool of its own (${nameOf(other)})`;
}

function isOwn(protocol: GatewayProtocol, tool: unknown): boolean {
  if (!isFields(tool)) return false;
  // A group of them, as Codex sends it.
  if (protocol === 'openai-responses' && tool.type === 'namespace')
    return list(tool.tools).every((inside) => isOwn(protocol, inside));
  if (protocol === 'gemini') return Object.keys(tool).every((key) => /^function_?declarations$/i.test(key));
  // Of Anthropic's tools those of the program need no type.
  const { type = protocol === 'anthropic-messages' ? 'custom' : '' } = tool;
  return typeof type === 'string' && ownTools[protocol].test(type);
}

function nameOf(tool: unknown): string {
  const { type = Object.keys(Object(tool)).join(' ') } = isFields(tool) ? tool : {};
  return String(type)
    .replace(/[^\w ]/g, '')
    .slice(0, 60);
}

/** What belongs to the program's own tools is never looked at by the API, whatever it holds. */
const opaque = new Set(['tools', 'input_schema', 'parameters', 'args', 'arguments', 'response', 'metadata']);

/**
 * Tools, which may also come in the middle of a conversation; and contents that the API would have to fetch: by an address, or out of the account's
 * files.
 */
function reachOfParts(protocol: GatewayProtocol, value: unknown, depth: number): string | undefined {
  if (depth > deepest) return 'read what is nested too deeply';
  if (Array.isArray(value)) return firstOf(value, (part) => reachOfParts(protocol, part, depth + 1));
  if (!isFields(value)) return undefined;
  if (isFetched(value)) return 'fetch what an address or a name of a file stands for';
  const isCall = value.type === 'tool_use';
  const inside = Object.entries(value).filter(([key]) => !opaque.has(key) && !(isCall && key === 'input'));
  return reachOfTools(protocol, value.tools) ?? firstOf(inside, ([, part]) => reachOfParts(protocol, part, depth + 1));
}

function isFetched(part: Fields): boolean {
  if (isFields(part.source) && !one(part.source.type, ['base64', 'text', 'content'])) return true;
  if (typeof part.file_id === 'string' || typeof part.file_url === 'string') return true;
  if ([part.fileData, part.file_data].some(isFields)) return true;
  return ['image_url', 'video_url', 'audio_url'].some((name) => isAddress(part[name]));
}

function isAddress(given: unknown): boolean {
  const address = isFields(given) ? given.url : given;
  return typeof address === 'string' && !/^data:/i.test(address);
}

function firstOf<Item>(items: readonly Item[], look: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = look(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** Whether it is one of these, or is not said. */
function one(value: unknown, among: readonly string[]): boolean {
  return value === undefined || value === null || (typeof value === 'string' && among.includes(value));
}
