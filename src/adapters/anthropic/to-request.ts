import type {
  BetaCacheControlEphemeral,
  BetaContentBlockParam,
  BetaMessageParam,
  BetaMessageStreamParams,
  BetaTextBlockParam,
  BetaThinkingConfigParam,
} from '@anthropic-ai/sdk/resources/beta/messages/messages';
import type { Effort, Message, ModelRequest, TurnBlock, UserBlock } from '../../agents/model.ts';
import { type ModelTraits, traitsOf } from './model-traits.ts';

export type AnthropicRequest = { body: BetaMessageStreamParams; headers: Readonly<Record<string, string>> };

const cached: BetaCacheControlEphemeral = { type: 'ephemeral' };

/**
 * Our request in the vendor's words.
 *
 * Four cache breakpoints, the most there may be: after the part of the system prompt that all sessions share (with the tools before it),
 * after the whole of it, and on the last two user messages. The one before last is where the previous request ended, so it is found
 * again however many tool calls lie between: without it, the look-back of 20 blocks misses after some nine parallel calls.
 */
export function toRequest(request: ModelRequest): AnthropicRequest {
  const traits = traitsOf(request.model);
  const { temperature } = request;
  const sampled = temperature !== undefined && traits.temperature;
  return {
    body: {
      model: request.model,
      max_tokens: request.maxTokens,
      system: request.system.map(toSystemBlock),
      tools: request.tools.map(({ name, description, inputSchema }) => ({
        name,
        description,
        input_schema: { ...inputSchema, type: 'object' },
      })),
      messages: toMessages(request.messages),
      ...toThinking(request, { traits, sampled }),
      ...(traits.efforts ? { output_config: { effort: traits.efforts[request.effort] } } : {}),
      // Not in the client's types any more: the API version that it sends by default has no temperature.
      ...(sampled ? { temperature: Math.min(temperature, 1) } : {}),
      ...toCompaction(request),
    },
    headers: sampled ? { 'anthropic-version': '2023-06-01' } : {},
  };
}

const leastTrigger = 50_000;

/** A transcript that the service compacted, or tried to, needs the feature's name to be understood, also where no more is asked for. */
function toCompaction({ compact, messages }: ModelRequest): Partial<BetaMessageStreamParams> {
  const betas = ['compact-2026-01-12'];
  if (!compact) return messages.some((message) => compactionsIn(message).length > 0) ? { betas } : {};
  const value = Math.max(leastTrigger, compact.atTokens);
  const { instructions } = compact;
  const edit = { type: 'compact_20260112' as const, trigger: { type: 'input_tokens' as const, value }, instructions };
  return { betas, context_management: { edits: [edit] } };
}

/** The service leaves out what lies before its last summary; so do we, or each request of a long session would carry all of it. */
function afterCompaction(messages: readonly Message[]): readonly Message[] {
  // One without content is a summary that failed, and stands for nothing.
  const isSummary = (block: BetaContentBlockParam) => 'content' in block && block.content !== null;
  return messages.slice(
    Math.max(
      0,
      messages.findLastIndex((message) => compactionsIn(message).some(isSummary)),
    ),
  );
}

function compactionsIn({ role, content }: Message): BetaContentBlockParam[] {
  if (role === 'user') return [];
  return content.map(toVerbatim).filter(({ type }) => type === 'compaction');
}

function toSystemBlock(text: string): BetaTextBlockParam {
  return { type: 'text', text, cache_control: cached };
}

function toThinking(
  { effort, maxTokens }: ModelRequest,
  { traits, sampled }: { traits: ModelTraits; sampled: boolean },
): { thinking?: BetaThinkingConfigParam } {
  // A temperature and thinking exclude each other.
  if (sampled) return { thinking: { type: 'disabled' } };
  // Summaries, or there would be nothing to show and to keep: the newest models also think what they say between tool calls.
  if (traits.thinking === 'adaptive') return { thinking: { type: 'adaptive', display: 'summarized' } };
  const budget = Math.min(thinkingBudgets[effort], Math.floor(maxTokens / 2));
  return budget < 1024 ? {} : { thinking: { type: 'enabled', budget_tokens: budget } };
}

const thinkingBudgets = { low: 2048, medium: 8192, high: 16_384, max: 32_768 } as const satisfies Record<
  Effort,
  number
>;

function toMessages(transcript: readonly Message[]): BetaMessageParam[] {
  const messages = afterCompaction(transcript);
  const lastUsers = messages.flatMap(({ role }, index) => (role === 'user' ? [index] : [])).slice(-2);
  return messages.map((message, index): BetaMessageParam => {
    if (message.role === 'assistant') return { role: 'assistant', content: message.content.map(toVerbatim) };
    const blocks = message.content.map(toUserBlock);
    return { role: 'user', content: lastUsers.includes(index) ? withBreakpoint(blocks) : blocks };
  });
}

function withBreakpoint(blocks: UserBlockParam[]): BetaContentBlockParam[] {
  return blocks.map((block, index) => (index === blocks.length - 1 ? { ...block, cache_control: cached } : block));
}

type UserBlockParam = ReturnType<typeof toUserBlock>;

function toUserBlock(block: UserBlock) {
  if (block.type === 'text') return { type: 'text' as const, text: block.text };
  return {
    type: 'tool_result' as const,
    tool_use_id: block.toolUseId,
    content: block.text,
    ...(block.isError ? { is_error: true } : {}),
  };
}

function toVerbatim({ verbatim }: TurnBlock): BetaContentBlockParam {
  if (isContentBlock(verbatim)) return verbatim;
  throw new TypeError('A block of the transcript did not come from this vendor.');
}

/** We made it from a reply, or read it back from where we stored that: its type tells enough. */
function isContentBlock(value: unknown): value is BetaContentBlockParam {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
