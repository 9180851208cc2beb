import type { Session } from '../sessions/session.ts';
import type { Investigation } from './investigation.ts';
import type { Asked } from './rank-findings.ts';
import { termsOf, weighTerms } from './terms.ts';

/** An earlier investigation that came to an answer. */
export type PriorAnswer = {
  session: string;
  at: string;
  question: string;
  answer: NonNullable<Investigation['answer']>;
};

// One word in common is a coincidence.
const leastTerms = 2;
const most = 5;

/** Answers of earlier investigations that bear on a question, most relevant first, of two alike the newer. */
export function rankAnswers(
  sessions: readonly Session[],
  {
    question,
    issue,
    cited,
    follows,
  }: Asked & {
    /** Ids of the findings that bear on it. */
    cited: ReadonlySet<string>;
    /** The investigation that the question goes on from: it comes first. */
    follows?: string | undefined;
  },
): readonly PriorAnswer[] {
  const words = termsOf(question);
  const answered = sessions.flatMap(toAnswered);
  const weigh = weighTerms(answered.map(({ terms }) => terms));
  return answered
    .map(({ prior, terms, asked }) => {
      const shared = [...words].filter((word) => terms.has(word));
      const findings = prior.answer.citations.filter((one) => one.kind === 'finding' && cited.has(one.id)).length;
      const overlap = shared.length < leastTerms ? 0 : shared.reduce((sum, word) => sum + weigh(word), 0);
      const isSameIssue = asked !== undefined && asked === issue;
      return { prior, score: overlap + 2 * findings + (isSameIssue ? 3 : 0) + (prior.session === follows ? 1000 : 0) };
    })
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || (a.prior.session < b.prior.session ? 1 : -1))
    .slice(0, most)
    .map(({ prior }) => prior);
}

function toAnswered({ id, startedAt, archived, investigation }: Session) {
  if (archived || !investigation?.answer) return [];
  const { question, answer, asked } = investigation;
  const prior: PriorAnswer = { session: id, at: startedAt, question, answer };
  return [{ prior, terms: termsOf(`${question}\n${answer.text}`), asked: asked?.issue }];
}
