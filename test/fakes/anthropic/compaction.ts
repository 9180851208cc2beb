import { type AcceptedRequest, blocksOf } from './check-request.ts';
import type { ScriptedReply } from './script.ts';

/** What is left of a request for the model: everything before the last compaction block is left out; one without content does nothing. */
export function afterCompaction(request: AcceptedRequest): AcceptedRequest {
  const { messages } = request;
  const at = messages.findLastIndex((message) => blocksOf(message).some(isSummary));
  const [last, ...rest] = at < 0 ? [] : messages.slice(at);
  if (last?.role !== 'assistant') return request;
  const blocks = typeof last.content === 'string' ? [] : last.content;
  return { ...request, messages: [{ ...last, content: blocks.slice(blocks.findLastIndex(isSummary)) }, ...rest] };
}

function isSummary(block: ReturnType<typeof blocksOf>[number]): boolean {
  return block.type === 'compaction' && block.content !== null;
}

/** The summary that the service writes before it answers: `null` where it fails to, `undefined` where the prompt is short enough. */
export function dueCompaction(
  { context_management }: AcceptedRequest,
  { compaction = 'A summary of what came before.' }: ScriptedReply,
  promptTokens: number,
): string | null | undefined {
  const trigger = context_management?.edits[0].trigger.value ?? Number.POSITIVE_INFINITY;
  return promptTokens >= trigger ? compaction : undefined;
}

/** The prompt that the model answers after a compaction: its cache marks went with the messages that bore them. */
export function compactedRequest(request: AcceptedRequest, content: string): AcceptedRequest {
  return { ...request, messages: [{ role: 'assistant', content: [{ type: 'compaction', content }] }] };
}
