import type { Question } from '../questions/question.ts';
import type { Said } from './assumption.ts';
import { type Memory, withAnswers, withAssumptions } from './memory.ts';
import { answeredBy } from './raise-assumptions.ts';
import { restore, supersede } from './review.ts';
import type { Scope } from './scope.ts';
import { type Surroundings, scopeOf, scopeOfAll } from './scope-of.ts';
import { reopenContradiction, settleContradiction, sidesOf } from './settle-contradiction.ts';
import type { SettledAnswer } from './settled-answer.ts';

/** How a question of a session stands by now. Without `answer` nobody answers it: skipped, or taken back. */
export type Stand = Said & {
  question: Question;
  answer?: string | undefined;
  /** Ids of questions of the session that ask the same. */
  same?: readonly string[];
};

/**
 * The memory with what people said to questions of a session: an answer stands in the place of what was assumed; taken back, the assumption is
 * open again. The same said again changes nothing.
 */
export function settleAnswers(
  memory: Memory,
  session: string,
  { stands, ...where }: Surroundings & { stands: readonly Stand[] },
): Memory {
  return stands.reduce((before, stand) => settle(before, { session, ...stand }, where), memory);
}

function settle(memory: Memory, stand: Stand & { session: string }, where: Surroundings): Memory {
  const { session, question, by, at, from } = stand;
  const words = stand.answer?.trim();
  const ids = new Set([question.id, ...(stand.same ?? [])]);
  const before = memory.answers.find((one) => one.session === session && one.id === question.id);
  const about = memory.assumptions.filter(
    (one) => one.session === session && one.questionId !== undefined && ids.has(one.questionId),
  );
  if (!words) {
    if (!before) return memory;
    const answers = memory.answers.filter((one) => one !== before);
    const open = withAssumptions(
      { ...memory, answers },
      about.map((record) => restore(record, { by, at, from })),
    );
    return reopenContradiction(open, before, stand);
  }
  const sides = sidesOf(memory, question.contradiction);
  const scope = sides.length === 0 ? scopeOf(question, where) : scopeOfAll(sides.map((side) => side.scope));
  const answer = renew(before, toAnswer(stand, words, scope));
  const reason = answeredBy(answer);
  const superseded = about.map((record) => supersede(record, { by, at, from, reason }));
  const settled = withAssumptions(withAnswers(memory, [answer]), superseded);
  return question.contradiction ? settleContradiction(settled, answer, question.contradiction) : settled;
}

function toAnswer(
  { session, question, by, at, from }: Stand & { session: string },
  answer: string,
  scope: Scope,
): SettledAnswer {
  const { id, scan, findings, options } = question;
  return {
    session,
    id,
    ...(scan === undefined ? {} : { scan }),
    question: question.question,
    options: options.map(({ label }) => label),
    answer,
    by,
    at,
    from,
    findings,
    scope,
    earlier: [],
  };
}

/** What it replaces is kept. The same words are the same answer, whoever clicked last. */
function renew(before: SettledAnswer | undefined, now: SettledAnswer): SettledAnswer {
  if (!before) return now;
  if (before.answer === now.answer) return before;
  const { answer, by, at, from } = before;
  return { ...now, earlier: [...before.earlier, { answer, by, at, from }] };
}
