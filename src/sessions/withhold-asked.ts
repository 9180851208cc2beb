import type { Finding } from '../findings/finding.ts';
import type { Assumption, Question } from '../questions/question.ts';
import { type Visibility, withholdFromSession } from './audience.ts';
import { mayTellOf } from './put-questions.ts';
import type { Session } from './session.ts';

/** The record of a session as everybody may read it, what it asked and assumed included. `findings`: as they are after it. */
export function forEverybody(
  session: Session,
  findings: readonly Finding[],
  visibility: Visibility | undefined,
): Session {
  if (visibility !== 'public') return session;
  const isTold = mayTellOf(session, findings, visibility);
  const hidden = new Set(session.questions.filter((question) => !isTold(question)).map(({ id }) => id));
  return withholdFromSession(
    {
      ...session,
      questions: session.questions.map((question) => (hidden.has(question.id) ? withheldQuestion(question) : question)),
      assumptions: session.assumptions.map((assumption) =>
        isTold(assumption) && !hidden.has(assumption.questionId ?? '') ? assumption : withheldAssumption(assumption),
      ),
    },
    visibility,
  );
}

/** It is counted and can be skipped; whose it is and what hangs on it is no secret. Each has words of its own: none is the same as another. */
function withheldQuestion({ id, scan, ref, multiSelect, allowOther, blocking, findings, aside }: Question): Question {
  return {
    id,
    ...(scan === undefined ? {} : { scan }),
    ...(ref === undefined ? {} : { ref }),
    question: `${id} is withheld on a public repository.`,
    options: [],
    ...{ multiSelect, allowOther, blocking, findings },
    ...(aside === undefined ? {} : { aside }),
  };
}

function withheldAssumption({ id, scan, ref, questionId, findings }: Assumption): Assumption {
  return {
    id,
    ...(scan === undefined ? {} : { scan }),
    ...(ref === undefined ? {} : { ref }),
    text: `${id} is withheld on a public repository.`,
    ...(questionId === undefined ? {} : { questionId }),
    findings,
  };
}
