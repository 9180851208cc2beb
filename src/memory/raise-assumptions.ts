import { truncate } from '../lib/text.ts';
import type { Assumption, Question } from '../questions/question.ts';
import { type AssumptionRecord, longestText } from './assumption.ts';
import { contradictsOf } from './contradicts-of.ts';
import { findAssumption, type Memory, withAssumptions } from './memory.ts';
import { propose, supersede } from './review.ts';
import { type Surroundings, scopeOf } from './scope-of.ts';

/** What a session assumed, under the ids that it has there. */
export type Raised = Surroundings & {
  session: string;
  at: string;
  assumptions: readonly Assumption[];
  questions: readonly Question[];
};

const wellNumbered = /^A[1-9]\d{0,8}$/;

/**
 * The memory with what a session assumed, as proposed. What is on record already stays as it is, whatever was decided since; where the question
 * that an assumption is about has been answered, the answer stands in its place from the beginning.
 */
export function raiseAssumptions(memory: Memory, raised: Raised): Memory {
  const fresh = raised.assumptions.filter(
    ({ id, text }) => wellNumbered.test(id) && text.trim() !== '' && !findAssumption(memory, { ...raised, id }),
  );
  return withAssumptions(
    memory,
    fresh.map((assumption) => toRecord(memory, assumption, raised)),
  );
}

function toRecord(
  memory: Memory,
  assumption: Assumption,
  { session, at, questions, ...where }: Raised,
): AssumptionRecord {
  const { id, scan, text, basis, confidence, questionId, findings } = assumption;
  const proposed = propose(
    {
      session,
      id,
      text: truncate(text, longestText),
      ...(basis === undefined ? {} : { basis: truncate(basis, longestText) }),
      evidence: [],
      ...(confidence === undefined ? {} : { confidence }),
      ...(scan === undefined ? {} : { scan }),
      ...(questionId === undefined || questionId.length > 40 ? {} : { questionId }),
      ...contradictsOf(assumption, memory),
      ...askedOf(questions.find((question) => question.id === questionId)),
      findings: findings.filter((finding) => finding.length <= 40),
      scope: scopeOf({ scan, findings }, where),
    },
    { by: truncate(scan ?? 'agent', 100), at, from: `session ${session}` },
  );
  const answer = memory.answers.find((one) => one.session === session && one.id === questionId);
  return answer ? supersede(proposed, { by: answer.by, at, from: answer.from, reason: answeredBy(answer) }) : proposed;
}

function askedOf(question: Question | undefined): Pick<AssumptionRecord, 'asked'> {
  if (!question) return {};
  const options = question.options.slice(0, 50).map(({ label }) => truncate(label, longestText));
  return { asked: { question: truncate(question.question, longestText), options } };
}

export function answeredBy({ id, by }: { id: string; by: string }): string {
  return `${id} was answered by ${by}`;
}
