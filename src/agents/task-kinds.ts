import { guide } from './prompts/guide.ts';
import { guideToAnswer } from './prompts/guide-to-answer.ts';
import { guideToAsk } from './prompts/guide-to-ask.ts';
import { guideToEvaluate } from './prompts/guide-to-evaluate.ts';
import { guideToImplement } from './prompts/guide-to-implement.ts';
import { guideToJudge } from './prompts/guide-to-judge.ts';
import { guideToPlan } from './prompts/guide-to-plan.ts';
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
  /** Nothing comes of it but what this tool takes: `finish` is refused once where that is not there. */
  answers?: 'answer' | 'deliver' | 'judge' | 'score';
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
    hands: 'issues',
  },
  ask: {
    guide: guideToAsk,
    tools: ['bash', 'run_check', 'answer', 'finish'],
    closing: 'Investigate, call answer with citations, then call finish.',
    wrapUp:
      'Call answer now with what you can prove, side by side with finish, which says what was examined and what was not (verdict partial).',
    answers: 'answer',
  },
  answer: {
    guide: guideToAnswer,
    tools: ['bash', 'propose_assumption', 'withdraw_question', 'finish'],
    closing: 'Look each of them up, hand over what the repository supports, then call finish.',
    wrapUp:
      'Hand over now, side by side in this one turn, what you have quotes for and have not handed over, and call finish with what you did not get to (verdict partial).',
    hands: 'proposals',
  },
  plan: {
    guide: guideToPlan,
    tools: ['bash', 'ask_question', 'record_assumption', 'answer', 'finish'],
    closing: 'Find out what has to be done, call answer with the plan, then call finish.',
    wrapUp: 'Call answer now with the plan as far as you can stand for it, side by side with finish (verdict partial).',
    answers: 'answer',
  },
  implement: {
    guide: guideToImplement,
    tools: ['bash', 'ask_question', 'record_assumption', 'deliver', 'finish'],
    closing: 'Do the work, see that it holds, call deliver, then call finish.',
    wrapUp:
      'If the files are in a state that you can stand for, call deliver now, side by side with finish (verdict partial where a part of the issue is left). If not, call deliver with unchanged and say how far you came.',
    answers: 'deliver',
  },
  judge: {
    guide: guideToJudge,
    tools: ['bash', 'judge', 'finish'],
    closing: 'Judge the change, call judge, then call finish.',
    wrapUp: 'Call judge now with what you saw, side by side with finish.',
    answers: 'judge',
  },
  evaluate: {
    guide: guideToEvaluate,
    tools: ['bash', 'score', 'finish'],
    closing: 'Evaluate the run, call score, then call finish.',
    wrapUp: 'Call score now with what you saw, side by side with finish.',
    answers: 'score',
  },
} as const satisfies Record<string, TaskWays>;

/** What an agent's session is for; it decides which guide it reads and which tools it has. */
export type TaskKind = keyof typeof kinds;

export function waysOf({ kind = 'scan' }: { kind?: TaskKind | undefined }): TaskWays {
  return kinds[kind];
}
