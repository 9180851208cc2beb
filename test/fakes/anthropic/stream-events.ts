import type {
  BetaContentBlock,
  BetaMessage,
  BetaMessageDeltaUsage,
  BetaRawMessageStreamEvent,
  BetaUsage,
} from '@anthropic-ai/sdk/resources/beta/messages/messages';
import type { AcceptedRequest } from './check-request.ts';
import type { PromptUsage } from './prompt-cache.ts';
import type { ScriptedReply } from './script.ts';

export type StreamEvent = BetaRawMessageStreamEvent | { type: 'ping' };

type Context = {
  request: AcceptedRequest;
  usage: PromptUsage;
  /** Where the transcript was compacted first: what came of it, and what that used. */
  compaction: { content: string | null; usage: PromptUsage } | undefined;
  id: string;
  sign: (thinking: string) => string;
  nextToolId: () => string;
};

/** The events of one reply, in the order and form in which the API streams them. */
export function toEvents(reply: ScriptedReply, context: Context): StreamEvent[] {
  const blocks = toBlocks(reply, context);
  const outputTokens =
    reply.outputTokens ?? Math.ceil(Buffer.byteLength(JSON.stringify(blocks.map(({ pieces }) => pieces))) / 4);
  const stopReason = reply.stopReason ?? (reply.toolUses?.length ? 'tool_use' : 'end_turn');
  return [
    { type: 'message_start', message: startOf(context) },
    { type: 'ping' },
    ...blocks.flatMap(({ start, pieces }, index): StreamEvent[] => [
      { type: 'content_block_start', index, content_block: start },
      ...pieces.map((delta): StreamEvent => ({ type: 'content_block_delta', index, delta })),
      { type: 'content_block_stop', index },
    ]),
    {
      type: 'message_delta',
      delta: deltaOf(stopReason, reply),
      usage: deltaUsage(context, outputTokens),
      context_management: null,
    },
    { type: 'message_stop' },
  ];
}

type Delta = Extract<BetaRawMessageStreamEvent, { type: 'content_block_delta' }>['delta'];
type Block = {
  start: Extract<BetaContentBlock, { type: 'text' | 'thinking' | 'tool_use' | 'compaction' }>;
  pieces: Delta[];
};

function toBlocks(
  { thinking, text, toolUses = [], stopReason }: ScriptedReply,
  { request, sign, nextToolId, compaction }: Context,
): Block[] {
  const blocks: Block[] = [];
  if (compaction) {
    blocks.push({
      start: { type: 'compaction', content: null, encrypted_content: null },
      pieces: [{ type: 'compaction_delta', content: compaction.content, encrypted_content: null }],
    });
  }
  if (thinking !== undefined && request.thinking?.type !== 'disabled') {
    const shown =
      request.thinking && 'display' in request.thinking && request.thinking.display === 'summarized' ? thinking : '';
    blocks.push({
      start: { type: 'thinking', thinking: '', signature: '' },
      pieces: [
        ...split(shown).map((piece): Delta => ({ type: 'thinking_delta', thinking: piece, estimated_tokens: null })),
        { type: 'signature_delta', signature: sign(shown) },
      ],
    });
  }
  if (text !== undefined) {
    blocks.push({
      start: { type: 'text', text: '', citations: null },
      pieces: split(text).map((piece) => ({ type: 'text_delta', text: piece })),
    });
  }
  for (const [index, { name, input, id = nextToolId() }] of toolUses.entries()) {
    const json = JSON.stringify(input);
    const cut =
      stopReason === 'max_tokens' && index === toolUses.length - 1 ? json.slice(0, Math.ceil(json.length / 2)) : json;
    blocks.push({
      start: { type: 'tool_use', id, name, input: {}, caller: { type: 'direct' } },
      pieces: ['', ...split(cut)].map((piece) => ({ type: 'input_json_delta', partial_json: piece })),
    });
  }
  return blocks;
}

/** In three pieces, wherever that cuts. */
function split(text: string): string[] {
  const characters = [...text];
  const size = Math.max(1, Math.ceil(characters.length / 3));
  return [0, 1, 2]
    .map((part) => characters.slice(part * size, (part + 1) * size).join(''))
    .filter((piece) => piece !== '');
}

function startOf({ request, usage, id }: Context): BetaMessage {
  const started: BetaUsage = {
    input_tokens: usage.uncached,
    cache_creation_input_tokens: usage.write,
    cache_read_input_tokens: usage.read,
    cache_creation: { ephemeral_5m_input_tokens: usage.write, ephemeral_1h_input_tokens: 0 },
    output_tokens: 1,
    output_tokens_details: null,
    server_tool_use: null,
    service_tier: 'standard',
    fallback_credit: null,
    iterations: null,
    inference_geo: null,
    speed: null,
  };
  return {
    id,
    type: 'message',
    role: 'assistant',
    model: request.model,
    content: [],
    container: null,
    diagnostics: null,
    context_management: null,
    stop_details: null,
    stop_reason: null,
    stop_sequence: null,
    usage: started,
  };
}

const noFallback = { fallback_credit_token: null, fallback_has_prefill_claim: null, recommended_model: null };

type MessageDelta = Extract<BetaRawMessageStreamEvent, { type: 'message_delta' }>['delta'];

function deltaOf(stopReason: string, { stopDetails }: ScriptedReply): MessageDelta {
  // A script may name a stop reason that the client's types do not know yet.
  const stop_reason = stopReason as MessageDelta['stop_reason'];
  return {
    container: null,
    stop_details: stopDetails ? { type: 'refusal', ...noFallback, ...stopDetails } : null,
    stop_reason,
    stop_sequence: null,
  };
}

function deltaUsage({ usage, compaction, request }: Context, outputTokens: number): BetaMessageDeltaUsage {
  const own = countsOf(usage, outputTokens);
  const summary = compaction && countsOf(compaction.usage, Math.ceil((compaction.content?.length ?? 0) / 4));
  return {
    ...own,
    output_tokens_details: null,
    server_tool_use: null,
    fallback_credit: null,
    iterations: summary
      ? [
          { type: 'compaction', cache_creation: null, ...summary },
          { type: 'message', cache_creation: null, model: request.model, ...own },
        ]
      : null,
  };
}

function countsOf({ read, write, uncached }: PromptUsage, outputTokens: number) {
  return {
    input_tokens: uncached,
    cache_creation_input_tokens: write,
    cache_read_input_tokens: read,
    output_tokens: outputTokens,
  };
}
