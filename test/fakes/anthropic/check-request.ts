import type { MessageCreateParamsStreaming } from '@anthropic-ai/sdk/resources/beta/messages/messages';
import { z } from 'zod';
import { models } from '../../../src/agents/prices.ts';

// What of the API Courier uses, as narrow as the API itself is: an unknown field is an error there too.
const cacheControl = z.strictObject({ type: z.literal('ephemeral'), ttl: z.exactOptional(z.enum(['5m', '1h'])) });
const cached = { cache_control: z.exactOptional(cacheControl) };
const text = z.string().min(1, 'text content blocks must be non-empty');
const Text = z.strictObject({ type: z.literal('text'), text, ...cached });
const UserBlock = z.discriminatedUnion('type', [
  Text,
  z.strictObject({
    type: z.literal('tool_result'),
    tool_use_id: z.string().min(1),
    content: z.exactOptional(z.union([z.string(), z.array(Text)])),
    is_error: z.exactOptional(z.boolean()),
    ...cached,
  }),
]);
const AssistantBlock = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text, citations: z.exactOptional(z.null()), ...cached }),
  z.strictObject({ type: z.literal('thinking'), thinking: z.string(), signature: z.string().min(1) }),
  z.strictObject({ type: z.literal('redacted_thinking'), data: z.string() }),
  z.strictObject({
    type: z.literal('compaction'),
    content: z.string().min(1).nullable(),
    encrypted_content: z.exactOptional(z.string().nullable()),
  }),
  z.strictObject({
    type: z.literal('tool_use'),
    id: z.string().regex(/^[a-zA-Z0-9_-]+$/),
    name: z.string(),
    input: z.record(z.string(), z.unknown()),
    caller: z.exactOptional(z.strictObject({ type: z.literal('direct') })),
    ...cached,
  }),
]);
const Message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('user'), content: z.union([text, z.array(UserBlock).min(1)]) }),
  z.strictObject({ role: z.literal('assistant'), content: z.union([text, z.array(AssistantBlock).min(1)]) }),
]);
const display = { display: z.exactOptional(z.enum(['summarized', 'omitted'])) };
const Request = z.strictObject({
  model: z.string(),
  max_tokens: z.int().min(1),
  stream: z.literal(true),
  messages: z.array(Message).min(1),
  system: z.exactOptional(z.union([z.string(), z.array(Text)])),
  tools: z.exactOptional(
    z.array(
      z.strictObject({
        name: z.string().regex(/^[a-zA-Z0-9_-]{1,128}$/),
        description: z.exactOptional(z.string()),
        input_schema: z.looseObject({ type: z.literal('object') }),
        ...cached,
      }),
    ),
  ),
  thinking: z.exactOptional(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('adaptive'), ...display }),
      z.strictObject({ type: z.literal('enabled'), budget_tokens: z.int().min(1024), ...display }),
      z.strictObject({ type: z.literal('disabled') }),
    ]),
  ),
  output_config: z.exactOptional(
    z.strictObject({ effort: z.exactOptional(z.enum(['low', 'medium', 'high', 'xhigh', 'max'])) }),
  ),
  cache_control: z.exactOptional(cacheControl),
  context_management: z.exactOptional(
    z.strictObject({
      edits: z.tuple([
        z.strictObject({
          type: z.literal('compact_20260112'),
          trigger: z.strictObject({ type: z.literal('input_tokens'), value: z.int().min(50_000) }),
          instructions: z.exactOptional(z.string()),
        }),
      ]),
    }),
  ),
});

/** Holds the schema to the client's types: what passes here is a request that the client could have sent. */
type Sendable<Request extends MessageCreateParamsStreaming> = Request;

export type AcceptedRequest = Sendable<z.infer<typeof Request>>;
export type AcceptedMessage = AcceptedRequest['messages'][number];

export type Refusal = { status: number; type: string; message: string };

const invalid = (message: string): Refusal => ({ status: 400, type: 'invalid_request_error', message });

/** The request, if the real API would take it too, else what it answers. */
export function checkRequest(
  body: unknown,
  { apiVersion, betas }: { apiVersion: string; betas: readonly string[] },
): { request: AcceptedRequest } | { refusal: Refusal } {
  const { temperature, ...rest } = z.looseObject({}).parse(body);
  const result = Request.safeParse(rest);
  if (!result.success) return { refusal: invalid(describe(result.error)) };
  const request = result.data;
  const refusal =
    checkModel(request) ??
    checkCompaction(request, betas) ??
    checkTemperature(request, { temperature, apiVersion }) ??
    checkMessages(request.messages) ??
    checkBreakpoints(request);
  return refusal ? { refusal } : { request };
}

const AnyRequest = z.object({
  model: z.string(),
  max_tokens: z.int().min(1),
  system: z.exactOptional(z.union([z.string(), z.array(z.looseObject({}))])),
  tools: z.exactOptional(z.array(z.looseObject({ name: z.string() }))),
  messages: z
    .array(z.object({ role: z.string(), content: z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]) }))
    .min(1),
});

/** What another program sends: features of the API that are not known here are its own business, and left out. */
export function takeAsItIs(body: unknown): { request: AcceptedRequest } {
  const request = AnyRequest.parse(body);
  const messages = request.messages.map(({ role, content }) => ({
    role: role === 'assistant' ? role : 'user',
    content,
  }));
  return { request: { ...request, stream: true, messages } as AcceptedRequest };
}

function describe(error: z.ZodError): string {
  const issue = error.issues[0];
  const place = (issue?.path ?? []).join('.');
  if (issue?.code === 'unrecognized_keys')
    return `${[place, issue.keys[0]].filter(Boolean).join('.')}: Extra inputs are not permitted`;
  if (issue?.code === 'invalid_type' && issue.message.endsWith('undefined')) return `${place}: Field required`;
  return `${place}: ${issue?.message}`;
}

/** 5.5 for `claude-opus-5-5`; an id without a version is as new as any. */
function generationOf(model: string): number {
  const [, major, minor = '0'] = /^claude-[a-z]+-(\d+)(?:-(\d))?(?!\d)/.exec(model) ?? [];
  return major ? Number(`${major}.${minor}`) : Number.POSITIVE_INFINITY;
}

function checkModel({ model, thinking, output_config, max_tokens }: AcceptedRequest): Refusal | undefined {
  if (!models.includes(model)) return { status: 404, type: 'not_found_error', message: `model: ${model}` };
  const generation = generationOf(model);
  if (thinking?.type === 'enabled' && generation >= 5) {
    return invalid(
      '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
    );
  }
  if (thinking?.type === 'disabled' && model === 'claude-opus-5-5')
    return invalid('"thinking.type.disabled" is not supported for this model.');
  if (thinking?.type === 'adaptive' && generation < 4.6)
    return invalid('adaptive thinking is not supported on this model');
  if (thinking?.type === 'enabled' && thinking.budget_tokens >= max_tokens)
    return invalid('`max_tokens` must be greater than `thinking.budget_tokens`.');
  if (output_config?.effort && generation < 4.6 && !model.startsWith('claude-opus-4-5'))
    return invalid('This model does not support the effort parameter.');
  return undefined;
}

const compactionBeta = 'compact-2026-01-12';

function checkCompaction({ model, context_management, messages }: AcceptedRequest, betas: readonly string[]) {
  const isNamed = betas.includes(compactionBeta);
  if (context_management && !isNamed) return invalid('context_management: Extra inputs are not permitted');
  const compacted = messages.flatMap(blocksOf).some(({ type }) => type === 'compaction');
  if (compacted && !isNamed) return invalid("messages: Input tag 'compaction' does not match any of the expected tags");
  if (isNamed && generationOf(model) < 4.6) return invalid(`${model} does not support compaction.`);
  return undefined;
}

function checkTemperature(
  { model, thinking }: AcceptedRequest,
  { temperature, apiVersion }: { temperature: unknown; apiVersion: string },
): Refusal | undefined {
  if (temperature === undefined) return undefined;
  if (apiVersion !== '2023-06-01') return invalid('temperature: Extra inputs are not permitted');
  if (generationOf(model) >= 4.7) return invalid('`temperature` is not supported for this model.');
  if (thinking && thinking.type !== 'disabled')
    return invalid('`temperature` may only be set to 1 when thinking is enabled or in adaptive mode.');
  return z.number().min(0).max(1).safeParse(temperature).success ? undefined : invalid('temperature: range: 0..1');
}

type AcceptedBlock = z.infer<typeof UserBlock> | z.infer<typeof AssistantBlock>;

export function blocksOf(message: AcceptedMessage): AcceptedBlock[] {
  return typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content;
}

/** Messages with neighbours of one role put together, as the API reads them. */
export function mergeRoles(messages: readonly AcceptedMessage[]) {
  const merged: { role: 'user' | 'assistant'; blocks: AcceptedBlock[] }[] = [];
  for (const message of messages) {
    const last = merged.at(-1);
    if (last?.role === message.role) last.blocks.push(...blocksOf(message));
    else merged.push({ role: message.role, blocks: [...blocksOf(message)] });
  }
  return merged;
}

function checkMessages(messages: readonly AcceptedMessage[]): Refusal | undefined {
  const merged = mergeRoles(messages);
  const compacted = merged[0]?.blocks[0]?.type === 'compaction';
  if (merged[0]?.role !== 'user' && !compacted) return invalid('messages: first message must use the "user" role');
  for (const [index, { role, blocks }] of merged.entries()) {
    const before = merged[index - 1]?.blocks ?? [];
    const asked = before.flatMap((block) => (block.type === 'tool_use' ? [block.id] : []));
    const answered = blocks.flatMap((block) => (block.type === 'tool_result' ? [block.tool_use_id] : []));
    if (role === 'assistant') continue;
    const stray = answered.find((id) => !asked.includes(id));
    if (stray)
      return invalid(
        `messages.${index}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
      );
    const open = asked.find((id) => !answered.includes(id));
    if (open)
      return invalid(
        `messages.${index - 1}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open}.`,
      );
    if (new Set(answered).size < answered.length)
      return invalid(`messages.${index}: each tool_use must have a single result.`);
    if (answered.length > 0 && blocks.slice(0, answered.length).some(({ type }) => type !== 'tool_result')) {
      return invalid(`messages.${index}: \`tool_result\` blocks must come first in the message.`);
    }
  }
  const last = merged.at(-1);
  if (last?.role === 'assistant' && last.blocks.some(({ type }) => type === 'tool_use')) {
    return invalid('`tool_use` ids were found without `tool_result` blocks immediately after.');
  }
  return undefined;
}

function checkBreakpoints({ tools = [], system, messages, cache_control }: AcceptedRequest): Refusal | undefined {
  const blocks = [...tools, ...(Array.isArray(system) ? system : []), ...messages.flatMap(blocksOf)];
  const marks = blocks.filter((block) => 'cache_control' in block).length + (cache_control ? 1 : 0);
  return marks > 4 ? invalid(`A maximum of 4 blocks with cache_control may be provided. Found ${marks}.`) : undefined;
}
