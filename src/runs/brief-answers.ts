import type { Briefing } from '../agents/briefing.ts';
import type { Answer } from '../questions/answer.ts';
import type { Question } from '../questions/question.ts';

type Said = { questions: readonly Question[]; answers: readonly Answer[] };

/** What the run asked people, and what they said; the last answer to a question counts. */
export function briefAnswers({ questions, answers }: Said): Briefing[] {
  const latest = new Map(answers.map((answer) => [answer.question, answer]));
  const documents = questions.flatMap(({ id, question }) => {
    const answer = latest.get(id);
    if (!answer) return [];
    const { text = 'Nobody answers this: go on with what was assumed.', by } = answer;
    return [{ label: `${id}, answered by ${by}`, text: `${question}\n\n${text}` }];
  });
  if (documents.length === 0) return [];
  const intro = 'Questions that an agent of this run put to people, and what they said.';
  return [{ title: 'What people answered', intro, documents }];
}
