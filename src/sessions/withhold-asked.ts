import type { Finding } from '../findings/finding.ts';
import type { Assumption, Question } from '../questions/question.ts';
import { isSensitive, type Visibility, withholdFromDiscovery, withholdFromSession } from './audience.ts';
import type { Discovery } from './discovery.ts';
import { mayTellOf } from './put-questions.ts';
import type { Session } from './session.ts';

/** The record of a session as everybody may read it, what it asked and assumed included. `findings`: as they are after it. */
export function forEverybody(
  session: Session,
  findings: readonly Finding[],
  visibility: Visibility | undefined,
): Session {
  return withoutAsked(session, mayTellOf(session, findings, visibility), visibility);
}

/**
 * What a scan saw, as everybody may read it who can fetch the artifact of a public repository.
 *
 * @param known findings of the ledger: a question may be about one of them. @param key seals the details.
 */
export function discoveryForEverybody(discovery: Discovery, known: readonly Finding[], key?: string): Discovery {
  const { visibility, raised, session } = discovery;
  const scans = new Set(raised.filter((finding) => isSensitive(finding, visibility)).map(({ origin }) => origin.name));
  const ids = new Set(
    known.filter((finding) => isSensitive(finding, visibility) || finding.sealed).map(({ id }) => id),
  );
  const isTold = ({ scan, findings }: Asked) =>
    !findings.some((id) => ids.has(id)) && !(scan === undefined ? scans.size > 0 : scans.has(scan));
  return { ...withholdFromDiscovery(discovery, key), session: withoutAsked(session, isTold, visibility) };
}

type Asked = Pick<Question, 'scan' | 'findings'>;

function withoutAsked(
  session: Session,
  isTold: (asked: Asked) => boolean,
  visibility: Visibility | undefined,
): Session {
  if (visibility !== 'public') return session;
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
