import { guide } from './prompts/guide.ts';
import { guideToAnswer } from './prompts/guide-to-answer.ts';
import { guideToAsk } from './prompts/guide-to-ask.ts';
import type { ToolName } from './tool-inputs.ts';

type TaskWays = {
  /** The first block of the system prompt, the same in all sessions of the kind. */
  guide: string;
  /** In a fixed order: byte-identical in every turn, or the prompt cache is lost. */
  tools: readonly ToolName[];
  /** The last sentence of the first message. */
  closing: string;
  /** What to do with the last turn at a limit. */
  wrapUp: string;
  /** Nothing comes of it but its answer: `finish` is refused once where there is none. */
  answers: boolean;
  /** The list that it leaves empty where it looked and has nothing to say. Absent: it says nothing so. */
  hands?: 'issues' | 'proposals';
};

const kinds = {
  scan: {
    guide,
    tools: ['bash', 'report_finding', 'update_finding', 'ask_question', 'record_assumption', 'finish'],
    closing: 'Examine, report what you can prove, then call finish.',
    wrapUp:
      'Report now, side by side in this one turn, each finding that you have proof of and have not reported, and call finish with what was examined and what was not (verdict partial).',
    answers: false,
    hands: 'issues',
  },
  ask: {
    guide: guideToAsk,
    tools: ['bash', 'run_check', 'answer', 'finish'],
    closing: 'Investigate, call answer with citations, then call finish.',
    wrapUp:
      'Call answer now with what you can prove, side by side with finish, which says what was examined and what was not (verdict partial).',
    answers: true,
  },
  answer: {
    guide: guideToAnswer,
    tools: ['bash', 'propose_assumption', 'withdraw_question', 'finish'],
    closing: 'Look each of them up, hand over what the repository supports, then call finish.',
    wrapUp:
      'Hand over now, side by side in this one turn, what you have quotes for and have not handed over, and call finish with what you did not get to (verdict partial).',
    answers: false,
    hands: 'proposals',
  },
} as const satisfies Record<string, TaskWays>;

/** What an agent's session is for; it decides which guide it reads and which tools it has. */
export type TaskKind = keyof typeof kinds;

export function waysOf({ kind = 'scan' }: { kind?: TaskKind | undefined }): TaskWays {
  return kinds[kind];
}
