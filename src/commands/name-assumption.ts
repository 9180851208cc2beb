import type { Command, CommandOf } from './command.ts';
import type { Misuse } from './words.ts';

export type ReviewCommand = CommandOf<'approve'> | CommandOf<'decline'> | CommandOf<'correct'>;

/** The same with what it is about. */
export type NamedReview =
  | (CommandOf<'approve'> & { assumptions: 'all' | readonly string[] })
  | (CommandOf<'decline'> & { assumptions: readonly string[] })
  | (CommandOf<'correct'> & { assumption: string });

/** What is said where nothing is named and the place does not tell either. */
export const missingId = {
  approve: '`all` or assumptions follow, as `A1 A2`',
  decline: 'an assumption follows, as `A3`',
  correct: 'an assumption and your words follow, as `A4: text`',
} as const satisfies Record<ReviewCommand['verb'], string>;

/** Whether it is about what the comment stands on. */
export function isOfPlace(command: Command): boolean {
  if (command.verb === 'approve' || command.verb === 'decline') return command.assumptions === undefined;
  return command.verb === 'correct' && command.assumption === undefined;
}

/** @param here the id that the comment's lines are about, where they are about one. */
export function nameAssumption(command: ReviewCommand, here: string | undefined): NamedReview | Misuse {
  switch (command.verb) {
    case 'approve': {
      const assumptions = command.assumptions ?? one(here);
      return assumptions ? { ...command, assumptions } : { misused: missingId.approve };
    }
    case 'decline': {
      const assumptions = command.assumptions ?? one(here);
      return assumptions ? { ...command, assumptions } : { misused: missingId.decline };
    }
    case 'correct': {
      const assumption = command.assumption ?? here;
      return assumption === undefined ? { misused: missingId.correct } : { ...command, assumption };
    }
  }
}

function one(id: string | undefined): readonly string[] | undefined {
  return id === undefined ? undefined : [id];
}
