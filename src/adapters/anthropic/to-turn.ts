import type {
  ContentBlock,
  Message,
  RefusalStopDetails,
  StopReason,
  Usage,
} from '@anthropic-ai/sdk/resources/messages/messages';
import type { ModelTurn, Stop, TurnBlock } from '../../agents/model.ts';
import type { Usage as OurUsage } from '../../agents/usage.ts';

/** A whole reply in our words. Blocks that the service would not take back (unsigned thinking, empty text) are left out. */
export function toTurn({ content, stop_reason, stop_details, usage }: Message): ModelTurn {
  return {
    content: content.filter(isWhole).map(toBlock),
    stop: toStop(stop_reason, stop_details),
    usage: toUsage(usage),
  };
}

export function toUsage(usage: Usage): OurUsage {
  return {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens ?? 0,
    cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
  };
}

function isWhole(block: ContentBlock): boolean {
  if (block.type === 'thinking') return block.signature !== '';
  return block.type !== 'text' || block.text.trim() !== '';
}

function toBlock(block: ContentBlock): TurnBlock {
  // A plain copy: the client's blocks carry hidden parsing state.
  const verbatim: unknown = JSON.parse(JSON.stringify(block));
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text, verbatim };
    case 'thinking':
      return { type: 'thinking', text: block.thinking, verbatim };
    case 'redacted_thinking':
      return { type: 'thinking', text: '', verbatim };
    case 'tool_use':
      return { type: 'tool-use', id: block.id, name: block.name, input: block.input, verbatim };
    default:
      return { type: 'other', verbatim };
  }
}

const stops = {
  end_turn: 'end-turn',
  stop_sequence: 'end-turn',
  tool_use: 'tool-use',
  max_tokens: 'max-tokens',
  pause_turn: 'paused',
  model_context_window_exceeded: 'context-exceeded',
} as const satisfies Record<Exclude<StopReason, 'refusal'>, Stop['reason']>;

function toStop(reason: StopReason | null, details: RefusalStopDetails | null): Stop {
  if (reason === 'refusal') {
    return { reason, category: details?.category ?? undefined, explanation: details?.explanation ?? undefined };
  }
  // A reason that is newer than this table: the loop looks at the blocks and asks for `finish`.
  return { reason: (reason && stops[reason]) ?? 'end-turn' };
}
