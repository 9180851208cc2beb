import { standingOf, wordsOf } from '../questions/answers-of.ts';
import type { PanelRecord } from '../questions/panel.ts';
import type { Mail } from './mail.ts';
import type { Session } from './session.ts';

/**
 * What people answered that the agents of a session do not know which was given to its machine with the answers of its record: corrected since, or
 * said only then. What was taken back is not told: an agent cannot forget.
 */
export function lateAnswers(
  { questions, answers }: Pick<Session, 'questions' | 'answers'>,
  { acts }: Pick<PanelRecord, 'acts'>,
): Mail[] {
  return questions.flatMap((question): Mail[] => {
    const { id, scan, ref = id } = question;
    const standing = standingOf(question, acts);
    if (standing.state !== 'answered') return [];
    const text = wordsOf(question, standing);
    const given = answers.findLast((answer) => answer.question === id);
    if (given?.text === text || (given && Date.parse(standing.at) < Date.parse(given.at))) return [];
    const { at, by } = standing;
    return [{ id: `answer ${id} ${at}`, at, from: by, kind: 'tell', text, answers: { scan, ref } }];
  });
}
