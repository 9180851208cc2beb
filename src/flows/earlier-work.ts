import type { AgentEvent } from '../agents/agent.ts';
import type { EarlierScan } from '../sessions/restored.ts';

/** US dollars that an agent had spent before its session rested. */
export function spentBefore(earlier: EarlierScan): number {
  if (earlier.state === 'begins') return 0;
  if (earlier.state === 'done') return earlier.scan.costUsd ?? 0;
  const resume = earlier.resume('fresh');
  if (resume.from === 'record') return resume.prior.costUsd ?? 0;
  const checkpoints = resume.entries.flatMap((entry) => ('checkpoint' in entry && entry.checkpoint) || []);
  return checkpoints.at(-1)?.costUsd ?? 0;
}

/** What its commands had printed by then, as the events that they were. */
export function shownBefore(earlier: EarlierScan): AgentEvent[] {
  const resume = earlier.state === 'goes-on' ? earlier.resume('fresh') : undefined;
  if (resume?.from !== 'journal') return [];
  return resume.entries.flatMap((entry): AgentEvent[] => {
    if (entry.type === 'turn')
      return entry.content.flatMap((block) =>
        block.type === 'tool-use' ? [{ type: 'tool-use', tool: block.name, input: block.input, id: block.id }] : [],
      );
    if (entry.type !== 'said') return [];
    return entry.blocks.flatMap((block) =>
      block.type === 'tool-result'
        ? [{ type: 'tool-result', id: block.toolUseId, ok: !block.isError, output: block.text, durationMs: 0 }]
        : [],
    );
  });
}
