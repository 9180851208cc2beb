import { z } from 'zod';
import type { GatewayProtocol } from './gateway.ts';

/** `input` is all of it, cached or not. */
export type Counts = { input: number; output: number; read: number; write: number; reasoning: number };
/** `final`: the answer has come to its end. */
type Told = { counts?: Counts; final?: boolean };

const tokens = z.number().int().min(0).catch(0).default(0);
const details = (names: Readonly<Record<string, typeof tokens>>) => z.looseObject(names).nullish().catch(undefined);

const anthropicCounts = {
  input_tokens: tokens,
  cache_creation_input_tokens: tokens,
  cache_read_input_tokens: tokens,
  output_tokens: tokens,
};
const AnthropicUsage = z.looseObject({
  ...anthropicCounts,
  output_tokens_details: details({ thinking_tokens: tokens }),
  // What the service wrote to summarise the transcript is told here alone.
  iterations: z
    .array(z.looseObject({ type: z.string().catch(''), ...anthropicCounts }))
    .nullish()
    .catch(undefined),
});
const AnthropicMessage = z.looseObject({
  type: z.string().catch(''),
  usage: AnthropicUsage.nullish().catch(undefined),
  message: z
    .looseObject({ usage: AnthropicUsage.nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
});

const cacheDetails = details({ cached_tokens: tokens, cache_write_tokens: tokens, cache_creation_tokens: tokens });
const reasoningDetails = details({ reasoning_tokens: tokens });
const ResponsesUsage = z.looseObject({
  input_tokens: tokens,
  input_tokens_details: cacheDetails,
  output_tokens: tokens,
  output_tokens_details: reasoningDetails,
});
const ResponsesBody = z.looseObject({
  type: z.string().optional().catch(undefined),
  usage: ResponsesUsage.nullish().catch(undefined),
  response: z
    .looseObject({ usage: ResponsesUsage.nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
});

const ChatBody = z.looseObject({
  usage: z
    .looseObject({
      prompt_tokens: tokens,
      prompt_tokens_details: cacheDetails,
      completion_tokens: tokens,
      completion_tokens_details: reasoningDetails,
    })
    .nullish()
    .catch(undefined),
});

const GeminiBody = z.looseObject({
  candidates: z
    .array(z.looseObject({ finishReason: z.string().nullish().catch(undefined) }))
    .optional()
    .catch(undefined),
  usageMetadata: z
    .looseObject({
      promptTokenCount: tokens,
      toolUsePromptTokenCount: tokens,
      cachedContentTokenCount: tokens,
      candidatesTokenCount: tokens,
      thoughtsTokenCount: tokens,
    })
    .nullish()
    .catch(undefined),
});

const readers = {
  'anthropic-messages': (item) => {
    const { type, usage, message } = AnthropicMessage.parse(item);
    const found = usage ?? message?.usage;
    return { ...(found ? { counts: anthropic(found) } : {}), final: type === 'message_stop' };
  },
  'openai-responses': (item) => {
    const { type, usage, response } = ResponsesBody.parse(item);
    const found = response?.usage ?? usage;
    const final = type !== undefined && /^response\.(completed|incomplete|failed)$/.test(type);
    if (!found) return { final };
    return {
      counts: {
        input: found.input_tokens,
        output: found.output_tokens,
        ...cached(found.input_tokens_details),
        reasoning: found.output_tokens_details?.reasoning_tokens ?? 0,
      },
      final,
    };
  },
  'openai-chat': (item) => {
    const { usage } = ChatBody.parse(item);
    if (!usage) return {};
    return {
      counts: {
        input: usage.prompt_tokens,
        output: usage.completion_tokens,
        ...cached(usage.prompt_tokens_details),
        reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
      },
    };
  },
  gemini: (item) => {
    const { candidates = [], usageMetadata } = GeminiBody.parse(item);
    const final = candidates.some(({ finishReason }) => finishReason);
    if (!usageMetadata) return { final };
    const { promptTokenCount, toolUsePromptTokenCount, cachedContentTokenCount } = usageMetadata;
    const { candidatesTokenCount, thoughtsTokenCount } = usageMetadata;
    return {
      counts: {
        input: promptTokenCount + toolUsePromptTokenCount,
        output: candidatesTokenCount + thoughtsTokenCount,
        read: cachedContentTokenCount,
        write: 0,
        reasoning: thoughtsTokenCount,
      },
      final,
    };
  },
} as const satisfies Record<GatewayProtocol, (item: unknown) => Told>;

/** What the messages in a piece of an answer tell; several where Google streams an array, as nobody asks for events. */
export function readMessages(protocol: GatewayProtocol, json: string): Told[] {
  const parsed = parse(json);
  const items = Array.isArray(parsed) ? parsed : [parsed];
  return items
    .filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
    .map(readers[protocol]);
}

/** Its input is told without what was cached; ours is the whole of it, as of the others. */
function anthropic({ output_tokens_details, iterations, ...usage }: z.infer<typeof AnthropicUsage>): Counts {
  const all = [usage, ...(iterations ?? []).filter(({ type }) => type === 'compaction')];
  const sum = (name: keyof typeof anthropicCounts) => all.reduce((total, each) => total + each[name], 0);
  const [read, write] = [sum('cache_read_input_tokens'), sum('cache_creation_input_tokens')];
  return {
    input: sum('input_tokens') + read + write,
    output: sum('output_tokens'),
    read,
    write,
    reasoning: output_tokens_details?.thinking_tokens ?? 0,
  };
}

function cached(found: z.infer<typeof cacheDetails>): Pick<Counts, 'read' | 'write'> {
  return {
    read: found?.cached_tokens ?? 0,
    write: Math.max(found?.cache_write_tokens ?? 0, found?.cache_creation_tokens ?? 0),
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
