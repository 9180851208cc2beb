import type {
  BetaContentBlock,
  BetaMessage,
  BetaRefusalStopDetails,
  BetaStopReason,
  BetaUsage,
} from '@anthropic-ai/sdk/resources/beta/messages/messages';
import type { ModelTurn, Stop, TurnBlock } from '../../agents/model.ts';
import { noUsage, type Usage } from '../../agents/usage.ts';

/** A whole reply in our words. Blocks that the service would not take back (unsigned thinking, empty text) are left out. */
export function toTurn({ content, stop_reason, stop_details, usage }: BetaMessage): ModelTurn {
  const compaction = toCompaction(content, usage);
  // A refusal before anything was said is not charged.
  const isFree = stop_reason === 'refusal' && content.length === 0;
  return {
    content: content.filter(isWhole).map(toBlock),
    stop: toStop(stop_reason, stop_details),
    usage: isFree ? noUsage : toUsage(usage),
    ...(compaction ? { compaction } : {}),
  };
}

/** What a compaction used is told apart from the rest, and only there. */
function toCompaction(content: readonly BetaContentBlock[], { iterations }: BetaUsage): ModelTurn['compaction'] {
  const blocks = content.filter(({ type }) => type === 'compaction');
  const entries = (iterations ?? []).filter(({ type }) => type === 'compaction');
  if (blocks.length + entries.length === 0) return undefined;
  return { done: blocks.some((block) => block.type === 'compaction' && block.content !== null), usage: sumOf(entries) };
}

type Counts = Pick<
  BetaUsage,
  'input_tokens' | 'output_tokens' | 'cache_read_input_tokens' | 'cache_creation_input_tokens'
>;

function sumOf(entries: readonly Counts[]): Usage {
  return entries.map(toUsage).reduce(
    (sum, usage) => ({
      inputTokens: sum.inputTokens + usage.inputTokens,
      outputTokens: sum.outputTokens + usage.outputTokens,
      cacheReadTokens: sum.cacheReadTokens + usage.cacheReadTokens,
      cacheWriteTokens: sum.cacheWriteTokens + usage.cacheWriteTokens,
    }),
    noUsage,
  );
}

/** What an attempt that broke off has used. The output is counted at the end only: until then by what has come, four bytes to a token. */
export function toLostUsage({ content, usage }: Pick<BetaMessage, 'content' | 'usage'>): Usage {
  const counted = toUsage(usage);
  const said = content.map(saidIn).join('');
  const estimated = Math.ceil(Buffer.byteLength(said) / 4);
  return { ...counted, outputTokens: Math.max(counted.outputTokens, estimated) };
}

function saidIn(block: BetaContentBlock): string {
  if (block.type === 'text') return block.text;
  if (block.type === 'thinking') return block.thinking;
  if (block.type === 'compaction') return block.content ?? '';
  return block.type === 'tool_use' ? JSON.stringify(inputOf(block.input)) : '';
}

function toUsage(usage: Counts): Usage {
  return {
    inputTokens: usage.input_tokens,
    outputTokens: usage.output_tokens,
    cacheReadTokens: usage.cache_read_input_tokens ?? 0,
    cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
  };
}

function isWhole(block: BetaContentBlock): boolean {
  if (block.type === 'thinking') return block.signature !== '';
  return block.type !== 'text' || block.text.trim() !== '';
}

function toBlock(block: BetaContentBlock): TurnBlock {
  // A plain copy: the client's blocks carry hidden parsing state.
  const verbatim: unknown = JSON.parse(JSON.stringify(plain(block)));
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

/** The service takes back no input but an object, whatever the model made of it. */
function plain(block: BetaContentBlock): BetaContentBlock {
  return block.type === 'tool_use' ? { ...block, input: inputOf(block.input) } : block;
}

function inputOf(input: unknown): object {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {};
}

const stops = {
  end_turn: 'end-turn',
  stop_sequence: 'end-turn',
  tool_use: 'tool-use',
  max_tokens: 'max-tokens',
  pause_turn: 'paused',
  model_context_window_exceeded: 'context-exceeded',
  compaction: 'paused',
} as const satisfies Record<Exclude<BetaStopReason, 'refusal'>, Stop['reason']>;

function toStop(reason: BetaStopReason | null, details: BetaRefusalStopDetails | null): Stop {
  if (reason === 'refusal') {
    return { reason, category: details?.category ?? undefined, explanation: details?.explanation ?? undefined };
  }
  // A reason that is newer than this table: the loop looks at the blocks and asks for `finish`.
  return { reason: (reason && stops[reason]) ?? 'end-turn' };
}
