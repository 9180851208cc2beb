import type { Deed } from '../questions/panel.ts';
import { letterOf } from '../questions/panel-boxes.ts';
import type { Question } from '../questions/question.ts';
import { understandAnswer } from '../questions/understand-answer.ts';
import type { Answered, CommandOf } from './command.ts';

/**
 * What an `answer` or a `skip` does about the questions of a session: all of it, or nothing and why (a sentence).
 */
export function toDeeds(
  command: CommandOf<'answer'> | CommandOf<'skip'>,
  questions: readonly Question[],
): { deeds: readonly Deed[] } | { refused: string } {
  const asked = command.verb === 'skip' ? command.questions : command.answers.map(({ question }) => question);
  const unknown = asked.find((id) => !questions.some((question) => question.id === id));
  if (unknown !== undefined) {
    const ids = questions.map(({ id }) => id).join(', ');
    return { refused: `There is no question ${unknown} here${ids === '' ? '' : `: there are ${ids}`}.` };
  }
  if (command.verb === 'skip') return { deeds: command.questions.map((question) => ({ kind: 'skip', question })) };
  const deeds: Deed[] = [];
  for (const answered of command.answers) {
    const question = questions.find(({ id }) => id === answered.question);
    const deed = question && toDeed(question, answered);
    if (deed && 'refused' in deed) return deed;
    if (deed) deeds.push(deed);
  }
  return { deeds };
}

function toDeed(question: Question, answered: Answered): Deed | { refused: string } {
  const { id } = question;
  const said = 'text' in answered ? answered.text : answered.choices.map(toLetter).join(',');
  const understood = understandAnswer(question, said);
  if ('refused' in understood) return understood;
  if (understood.options) return { kind: 'choose', question: id, options: [...understood.options] };
  const isChoice = 'choices' in answered && question.options.length > 0;
  if (isChoice)
    return {
      refused: `${id} has the options a to ${letterOf(question.options.length - 1)}; own words go behind a colon, as ${id}: text.`,
    };
  return { kind: 'say', question: id, text: 'text' in answered ? understood.text : answered.choices.join(',') };
}

/** `2` is the second option, `b`. */
function toLetter(choice: string): string {
  const number = Number(choice);
  return Number.isInteger(number) && number >= 1 && number <= 26 ? letterOf(number - 1) : choice;
}
