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

const Text = z
  .union([z.string(), z.array(z.looseObject({ type: z.string(), text: z.string().optional() }))])
  .nullish()
  .transform((content) =>
    typeof content === 'string' ? content : (content ?? []).map(({ text = '' }) => text).join(''),
  );
const Item = z.looseObject({
  type: z.string().default('message'),
  role: z.string().optional(),
  content: Text,
  call_id: z.string().optional(),
  name: z.string().optional(),
  namespace: z.string().optional(),
  output: z.unknown().optional(),
});
const Tool = z.looseObject({
  type: z.string(),
  name: z.string().optional(),
  tools: z.array(z.looseObject({ type: z.string(), name: z.string().optional() })).optional(),
});
const Request = z.looseObject({
  model: z.string().min(1),
  input: z.union([z.string().transform((text) => [Item.parse({ role: 'user', content: text })]), z.array(Item).min(1)]),
  instructions: z.string().nullish(),
  stream: z.boolean().optional(),
  max_output_tokens: z.int().min(16).nullish(),
  tools: z.array(Tool).optional(),
});
type Request = z.infer<typeof Request>;

const calls = ['function_call', 'custom_tool_call'];
const outputs = ['function_call_output', 'custom_tool_call_output'];

/** OpenAI's Responses, as Codex speaks it. */
export const responses: Speaker = {
  keyOf: ({ headers }) => /^Bearer (.+)$/.exec(String(headers.authorization ?? ''))?.[1],
  understand({ method, url, body }) {
    if (method === 'GET' && url.pathname.startsWith('/v1/models')) return { answer: { object: 'list', data: [] } };
    if (method !== 'POST' || url.pathname !== '/v1/responses')
      return {
        refusal: { status: 404, type: 'invalid_request_error', message: `Invalid URL (${method} ${url.pathname})` },
      };
    const parsed = Request.safeParse(body);
    if (!parsed.success) return { refusal: invalid(z.prettifyError(parsed.error)) };
    const refusal = checkCalls(parsed.data);
    return refusal ? { refusal } : { request: toRequest(parsed.data, body) };
  },
  toEvents,
  toWhole: (speech) => toResponse(speech, 'completed', itemsOf(speech)),
  toError: ({ type, message, details }) => ({ error: { message, type, param: null, code: type, ...details } }),
  errorEvent: ({ id }) => {
    const error = { code: 'server_error', message: 'Overloaded' };
    const response = { id: `resp_${id}`, object: 'response', status: 'failed', error };
    return event({ type: 'response.failed', sequence_number: 999, response }, 'response.failed');
  },
};

function checkCalls({ input }: Request): Refusal | undefined {
  const called = input.filter(({ type }) => calls.includes(type)).flatMap(({ call_id }) => call_id ?? []);
  const answered = input.filter(({ type }) => outputs.includes(type)).flatMap(({ call_id }) => call_id ?? []);
  const stray = answered.find((id) => !called.includes(id));
  if (stray !== undefined) return invalid(`No tool call found for function call output with call_id ${stray}.`);
  const open = called.find((id) => !answered.includes(id));
  return open === undefined ? undefined : invalid(`No tool output found for function call ${open}.`);
}

function toRequest(
  { model, stream = false, input, instructions, max_output_tokens, ...rest }: Request,
  raw: unknown,
): ModelRequest {
  // Tools may come among the input too, as those that a model is shown later.
  const added = input.flatMap((item) =>
    item.type === 'additional_tools' ? (Tools.safeParse(item).data?.tools ?? []) : [],
  );
  const nameOf = (id: string | undefined) =>
    input.find(({ type, call_id }) => calls.includes(type) && call_id === id)?.name;
  return {
    ...{ model, stream, raw },
    maxTokens: max_output_tokens ?? undefined,
    tools: [...(rest.tools ?? []), ...added].flatMap(namesOf),
    texts: [
      ...(instructions ? [instructions] : []),
      ...input.flatMap(({ type, role, content }) => (type === 'message' && role !== 'assistant' ? [content] : [])),
    ],
    results: input.flatMap(({ type, call_id, output }) =>
      outputs.includes(type)
        ? [{ name: nameOf(call_id), output: typeof output === 'string' ? output : JSON.stringify(output) }]
        : [],
    ),
  };
}

const Tools = z.looseObject({ tools: z.array(Tool) });

function namesOf({ type, name, tools }: z.infer<typeof Tool>): string[] {
  if (type === 'namespace' && tools) return tools.flatMap((tool) => `${name}.${tool.name}`);
  return [name ?? type];
}

type OutputItem = { type: string; id: string } & Record<string, unknown>;

function itemsOf({ reply: { thinking, text, toolUses = [] }, id, nextId }: Speech): OutputItem[] {
  return [
    ...(thinking === undefined
      ? []
      : [
          {
            type: 'reasoning',
            id: `rs_${id}`,
            summary: [{ type: 'summary_text', text: thinking }],
            encrypted_content: Buffer.from(thinking).toString('base64'),
          },
        ]),
    ...(text === undefined
      ? []
      : [
          {
            type: 'message',
            id: `msg_${id}`,
            role: 'assistant',
            status: 'completed',
            content: [{ type: 'output_text', text, annotations: [] }],
          },
        ]),
    ...toolUses.map(({ name, input, id: call = nextId('call') }) => toCall(name, input, call)),
  ];
}

/** A name with a dot is one in a namespace. */
function toCall(name: string, input: unknown, call: string): OutputItem {
  const base = { id: `fc_${call}`, call_id: call, status: 'completed' };
  const dot = name.lastIndexOf('.');
  const named = dot < 0 ? { name } : { name: name.slice(dot + 1), namespace: name.slice(0, dot) };
  if (typeof input === 'string') return { type: 'custom_tool_call', ...base, ...named, input };
  return { type: 'function_call', ...base, ...named, arguments: JSON.stringify(input) };
}

function toResponse(
  speech: Speech,
  status: 'in_progress' | 'completed' | 'incomplete',
  output: readonly object[],
): object {
  const { request, usage, id, reply } = speech;
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: 1_790_000_000,
    status,
    model: request.model,
    output,
    error: null,
    incomplete_details: status === 'incomplete' ? { reason: reply.stopReason } : null,
    parallel_tool_calls: true,
    usage: status === 'in_progress' ? null : usageOf(usage),
  };
}

function toEvents(speech: Speech): string[] {
  const items = itemsOf(speech);
  const status = speech.reply.stopReason === undefined ? 'completed' : 'incomplete';
  const events: { type: string; [field: string]: unknown }[] = [
    { type: 'response.created', response: toResponse(speech, 'in_progress', []) },
    { type: 'response.in_progress', response: toResponse(speech, 'in_progress', []) },
    ...items.flatMap((item, index) => [
      { type: 'response.output_item.added', output_index: index, item: begun(item) },
      ...deltasOf(item, index),
      { type: 'response.output_item.done', output_index: index, item },
    ]),
    { type: `response.${status}`, response: toResponse(speech, status, items) },
  ];
  return events.map((each, index) => event({ ...each, sequence_number: index }, each.type));
}

function begun(item: OutputItem): object {
  const empty = {
    message: { content: [] },
    reasoning: { summary: [] },
    function_call: { arguments: '' },
    custom_tool_call: { input: '' },
  };
  const fields = z
    .record(z.string(), z.unknown())
    .parse(Object.entries(empty).find(([type]) => type === item.type)?.[1] ?? {});
  return { ...item, ...fields, ...('status' in item ? { status: 'in_progress' } : {}) };
}

function deltasOf(item: OutputItem, output_index: number): { type: string; [field: string]: unknown }[] {
  const at = { item_id: item.id, output_index };
  if (item.type === 'message') {
    const [part] = z.array(z.looseObject({ text: z.string() })).parse(item.content);
    const place = { ...at, content_index: 0 };
    return [
      { type: 'response.content_part.added', ...place, part: { ...part, text: '' } },
      ...split(part?.text ?? '').map((delta) => ({ type: 'response.output_text.delta', ...place, delta })),
      { type: 'response.output_text.done', ...place, text: part?.text },
      { type: 'response.content_part.done', ...place, part },
    ];
  }
  if (item.type === 'reasoning') {
    const [part] = z.array(z.looseObject({ text: z.string() })).parse(item.summary);
    const place = { ...at, summary_index: 0 };
    return [
      { type: 'response.reasoning_summary_part.added', ...place, part: { ...part, text: '' } },
      ...split(part?.text ?? '').map((delta) => ({ type: 'response.reasoning_summary_text.delta', ...place, delta })),
      { type: 'response.reasoning_summary_text.done', ...place, text: part?.text },
      { type: 'response.reasoning_summary_part.done', ...place, part },
    ];
  }
  const [kind, field] =
    item.type === 'function_call' ? ['function_call_arguments', 'arguments'] : ['custom_tool_call_input', 'input'];
  const whole = String(item[field ?? '']);
  return [
    ...split(whole).map((delta) => ({ type: `response.${kind}.delta`, ...at, delta })),
    { type: `response.${kind}.done`, ...at, [field ?? '']: whole },
  ];
}

function usageOf({ input, cached, output, reasoning }: Usage) {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}
