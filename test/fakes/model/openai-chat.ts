import { z } from 'zod';
import {
  event,
  invalid,
  type ModelRequest,
  type Refusal,
  type Speaker,
  type Speech,
  split,
  type Usage,
} from './script.ts';

const Content = z
  .union([z.string(), z.array(z.looseObject({ type: z.string(), text: z.string().optional() }))])
  .nullish()
  .transform((content) =>
    typeof content === 'string' ? content : (content ?? []).map(({ text = '' }) => text).join(''),
  );
const ToolCall = z.looseObject({
  id: z.string().min(1),
  type: z.literal('function'),
  function: z.strictObject({ name: z.string().min(1), arguments: z.string() }),
});
const Message = z.discriminatedUnion('role', [
  z.looseObject({ role: z.enum(['system', 'developer']), content: Content }),
  z.looseObject({ role: z.literal('user'), content: Content }),
  z.looseObject({
    role: z.literal('assistant'),
    content: Content,
    tool_calls: z.array(ToolCall).min(1).optional(),
  }),
  z.looseObject({ role: z.literal('tool'), tool_call_id: z.string(), content: Content }),
]);
const Request = z.looseObject({
  model: z.string().min(1),
  messages: z.array(Message).min(1),
  stream: z.boolean().optional(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).optional(),
  max_tokens: z.int().min(1).optional(),
  max_completion_tokens: z.int().min(1).optional(),
  tools: z
    .array(
      z.looseObject({
        type: z.literal('function'),
        function: z.looseObject({
          name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
          parameters: z.looseObject({ type: z.literal('object') }).optional(),
        }),
      }),
    )
    .optional(),
});
type Request = z.infer<typeof Request>;

/** Chat completions of OpenAI, as many others offer them. */
export const chat: Speaker = {
  keyOf: ({ headers }) => /^Bearer (.+)$/.exec(String(headers.authorization ?? ''))?.[1],
  understand({ method, url, body }) {
    if (method === 'GET' && url.pathname.startsWith('/v1/models')) return { answer: { object: 'list', data: [] } };
    if (method !== 'POST' || url.pathname !== '/v1/chat/completions')
      return {
        refusal: { status: 404, type: 'invalid_request_error', message: `Unknown request URL: ${url.pathname}` },
      };
    const parsed = Request.safeParse(body);
    if (!parsed.success) return { refusal: invalid(z.prettifyError(parsed.error)) };
    const refusal = checkCalls(parsed.data);
    return refusal ? { refusal } : { request: toRequest(parsed.data, body) };
  },
  toEvents,
  toWhole({ request, reply, usage, id, nextId }) {
    const calls = (reply.toolUses ?? []).map((use) => toCall(use, nextId));
    const message = {
      role: 'assistant',
      content: reply.text ?? null,
      ...(calls.length > 0 ? { tool_calls: calls } : {}),
    };
    return {
      ...frame('chat.completion', id, request),
      choices: [{ index: 0, message, finish_reason: finishOf(reply) }],
      usage: usageOf(usage),
    };
  },
  toError: ({ type, message, details }) => ({ error: { message, type, param: null, code: type, ...details } }),
  errorEvent: () => event({ error: { message: 'Overloaded', type: 'server_error', param: null, code: null } }),
};

/** Each call is answered, at once and in one go, and nothing else is. */
function checkCalls({ messages }: Request): Refusal | undefined {
  let open: string[] = [];
  for (const message of messages) {
    if (message.role === 'tool') {
      if (!open.includes(message.tool_call_id))
        return invalid("messages with role 'tool' must be a response to a preceding message with 'tool_calls'.");
      open = open.filter((id) => id !== message.tool_call_id);
      continue;
    }
    if (open.length > 0)
      return invalid(
        `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id': ${open.join(', ')}`,
      );
    if (message.role === 'assistant') open = (message.tool_calls ?? []).map(({ id }) => id);
  }
  return open.length > 0 ? invalid(`tool calls without an answer: ${open.join(', ')}`) : undefined;
}

function toRequest(body: Request, raw: unknown): ModelRequest {
  const { messages, tools = [], model, stream = false, max_completion_tokens, max_tokens } = body;
  const calls = messages.flatMap((message) => (message.role === 'assistant' ? (message.tool_calls ?? []) : []));
  const nameOf = (id: string) => calls.find((call) => call.id === id)?.function.name;
  return {
    ...{ model, stream, raw },
    maxTokens: max_completion_tokens ?? max_tokens,
    tools: tools.map((tool) => tool.function.name),
    texts: messages.flatMap(({ role, content }) => (role === 'tool' || role === 'assistant' ? [] : [content])),
    results: messages.flatMap((message) =>
      message.role === 'tool' ? [{ name: nameOf(message.tool_call_id), output: message.content }] : [],
    ),
  };
}

function toEvents({ request, reply, usage, id, nextId }: Speech): string[] {
  const base = frame('chat.completion.chunk', id, request);
  const chunk = (delta: object, finish: string | null = null) =>
    event({ ...base, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] });
  const calls = (reply.toolUses ?? []).map((use) => toCall(use, nextId));
  const { stream_options } = Request.parse(request.raw);
  return [
    chunk({ role: 'assistant', content: '' }),
    ...split(reply.thinking ?? '').map((reasoning_content) => chunk({ reasoning_content })),
    ...split(reply.text ?? '').map((content) => chunk({ content })),
    ...calls.flatMap(({ id: call, function: { name, arguments: json } }, index) => [
      chunk({ tool_calls: [{ index, id: call, type: 'function', function: { name, arguments: '' } }] }),
      ...split(json).map((piece) => chunk({ tool_calls: [{ index, function: { arguments: piece } }] })),
    ]),
    chunk({}, finishOf(reply)),
    ...(stream_options?.include_usage ? [event({ ...base, choices: [], usage: usageOf(usage) })] : []),
    'data: [DONE]\n\n',
  ];
}

function frame(object: string, id: string, { model }: ModelRequest) {
  return { id: `chatcmpl-${id}`, object, created: 1_790_000_000, model };
}

function toCall({ name, input, id }: NonNullable<Speech['reply']['toolUses']>[number], nextId: Speech['nextId']) {
  return { id: id ?? nextId('call'), type: 'function', function: { name, arguments: JSON.stringify(input) } };
}

function finishOf({ stopReason, toolUses = [] }: Speech['reply']): string {
  return stopReason ?? (toolUses.length > 0 ? 'tool_calls' : 'stop');
}

function usageOf({ input, cached, output, reasoning }: Usage) {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}
