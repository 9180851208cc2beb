import { findSettled, tellSettling } from '../memory/find-settled.ts';
import { emptyMemory, type Memory } from '../memory/memory.ts';
import type { Answer } from '../questions/answer.ts';
import { isPut, planQuestions } from '../questions/plan-questions.ts';
import type { Question } from '../questions/question.ts';
import type { Session } from '../sessions/session.ts';

/**
 * The session with its questions as they are put to people, decided on the ledger as it is: what they settled before is answered with their words,
 * and what is asked beyond what anybody answers is left on record and said. `before`: the record as it was, whose questions were put.
 */
export function planned(
  session: Session,
  {
    memory = emptyMemory,
    before,
  }: { memory?: Memory | undefined; before?: { session: Session } | { damaged: string } | undefined },
): Session {
  if (session.questions.length === 0) return session;
  const at = session.endedAt ?? session.startedAt;
  const settlingOf = (question: Question) => findSettled(question, memory, { origin: originOf(question, session), at });
  const questions = planQuestions(session.questions, {
    settledOf(question) {
      const settling = settlingOf(question);
      return settling && { by: settling.ref, told: tellSettling(settling) };
    },
    put: new Set(
      questionsOf(before)
        .filter(isPut)
        .map(({ id }) => id),
    ),
    assumptions: session.assumptions,
  });
  const answered = new Set(session.answers.map(({ question }) => question));
  const fromMemory = questions.flatMap((question): Answer[] => {
    const settling = question.aside?.why === 'settled' && !answered.has(question.id) ? settlingOf(question) : undefined;
    return settling ? [{ question: question.id, text: settling.answer, ...saidIn(settling) }] : [];
  });
  return {
    ...session,
    questions,
    answers: [...session.answers, ...fromMemory],
    notes: [...session.notes, ...noteOn(questions, session.notes)],
  };
}

function questionsOf(before: { session: Session } | { damaged: string } | undefined): readonly Question[] {
  return before && 'session' in before ? before.session.questions : [];
}

function originOf({ scan }: Question, { configuration }: Session) {
  const paths = configuration?.scans.find(({ name }) => name === scan)?.paths ?? [];
  return { scan, paths };
}

function saidIn({ by, at, from }: Pick<Answer, 'by' | 'at' | 'from'>): Pick<Answer, 'by' | 'at' | 'from'> {
  return { by, at, from };
}

function noteOn(questions: readonly Question[], notes: readonly string[]): string[] {
  const beyond = questions.filter(({ aside }) => aside?.why === 'beyond').map(({ id }) => id);
  if (beyond.length === 0) return [];
  const note = `${beyond.join(', ')} ${beyond.length === 1 ? 'is' : 'are'} on record and not put to people: too much was asked at once.`;
  return notes.includes(note) ? [] : [note];
}
