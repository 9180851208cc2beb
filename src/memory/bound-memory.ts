import { isOver } from '../findings/sight-finding.ts';
import type { AssumptionRecord } from './assumption.ts';
import type { Memory } from './memory.ts';
import { refOf, type SettledAnswer } from './settled-answer.ts';

// The file is read and written with each session, and every clone of the ledger carries it.
const mostCharacters = 4_000_000;

/**
 * The memory within bounds: first goes what another word superseded, then what has expired, then what nobody decided on and no pull request reviews,
 * the oldest first. What holds is never dropped, however much it is.
 */
export function boundMemory(
  memory: Memory,
  at: string,
  most = mostCharacters,
): { memory: Memory; dropped: readonly string[] } {
  let room = most - sizeOf(memory);
  if (room >= 0) return { memory, dropped: [] };
  const ranked = [...memory.assumptions, ...memory.answers]
    .flatMap((record) => {
      const rank = rankOf(record, at);
      return rank === undefined ? [] : [{ record, rank }];
    })
    .sort((a, b) => a.rank - b.rank || (a.record.session < b.record.session ? -1 : 1));
  const gone = new Set<AssumptionRecord | SettledAnswer>();
  for (const { record } of ranked) {
    if (room >= 0) break;
    gone.add(record);
    room += sizeOf(record);
  }
  if (gone.size === 0) return { memory, dropped: [] };
  const assumptions = memory.assumptions.filter((record) => !gone.has(record));
  const answers = memory.answers.filter((record) => !gone.has(record));
  return { memory: { ...memory, assumptions, answers }, dropped: [...gone].map(refOf) };
}

/** `undefined`: it holds. */
function rankOf(record: AssumptionRecord | SettledAnswer, at: string): number | undefined {
  const isPast = record.expiresAt !== undefined && isOver(record.expiresAt, at);
  if ('answer' in record) {
    if (record.supersededBy !== undefined) return 0;
    return isPast ? 1 : undefined;
  }
  if (record.state === 'superseded') return 0;
  if (isPast) return 1;
  return record.state === 'proposed' && record.pullRequest === undefined ? 2 : undefined;
}

function sizeOf(value: object): number {
  return JSON.stringify(value).length;
}
