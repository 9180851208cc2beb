import type { Assumption, Question } from './question.ts';
import { isSameQuestion } from './same-question.ts';

/** Who settled a question before, as people and agents are told: a sentence; `by` is its name in the memory. */
export type SettledBefore = { by: string; told: string };

type Plan = {
  /** What is settled already. */
  settledOf: (question: Question) => SettledBefore | undefined;
  /** Ids of those that were put to people before: they stay. */
  put: ReadonlySet<string>;
  assumptions: readonly Pick<Assumption, 'questionId' | 'findings'>[];
  /** How many are put to people at once, unless more of them block. */
  most?: number;
};

const mostPut = 12;

/**
 * Which questions of a session are put to people: none that they settled before, each once whoever asked it, and of the rest as many as somebody
 * answers, those first on which most findings hang. What blocks is always put, and what was put once stays.
 */
export function planQuestions(
  questions: readonly Question[],
  { settledOf, put, assumptions, most = mostPut }: Plan,
): Question[] {
  const planned: Question[] = [];
  for (const { aside: _, ...question } of questions) {
    const settled = put.has(question.id) ? undefined : settledOf(question);
    const head = planned.find((other) => isPut(other) && isSameQuestion(other, question));
    if (settled) planned.push({ ...question, aside: { why: 'settled', ...settled } });
    else if (head) planned.push({ ...question, aside: { why: 'same', as: head.id } });
    else planned.push(question);
  }
  const stays = ({ id, blocking }: Question) =>
    put.has(id) || blocking || planned.some((other) => other.blocking && isAs(other, id));
  const [fixed, others] = [
    planned.filter((one) => isPut(one) && stays(one)),
    planned.filter((one) => isPut(one) && !stays(one)),
  ];
  const ranked = byWeight(others, { questions: planned, assumptions });
  const beyond = new Set(ranked.slice(Math.max(0, most - fixed.length)).map(({ id }) => id));
  return planned.map((question) => (beyond.has(question.id) ? { ...question, aside: { why: 'beyond' } } : question));
}

/** Whether people are asked it. */
export function isPut({ aside }: Pick<Question, 'aside'>): boolean {
  return aside === undefined;
}

/** The id under which people are asked it: another's, where that asks the same. */
export function headOf({ id, aside }: Pick<Question, 'id' | 'aside'>): string {
  return aside?.why === 'same' ? aside.as : id;
}

/** Why it is not put to people, for people; `undefined` where it is. */
export function tellAside({ aside }: Pick<Question, 'aside'>): string | undefined {
  switch (aside?.why) {
    case undefined:
      return undefined;
    case 'same':
      return `asked once, as ${aside.as}`;
    case 'settled':
      return `not asked again: ${aside.told}`;
    case 'beyond':
      return 'on record, not put to people: too much is asked at once';
  }
}

/** Those that block first, then by how many findings hang on each, then as they were asked. */
export function byWeight(
  chosen: readonly Question[],
  all: { questions: readonly Question[]; assumptions: Plan['assumptions'] },
): Question[] {
  const weighed = chosen.map((question) => ({ question, weight: weightOf(question, all) }));
  return weighed
    .sort((a, b) => Number(b.question.blocking) - Number(a.question.blocking) || b.weight - a.weight)
    .map(({ question }) => question);
}

function weightOf({ id }: Question, { questions, assumptions }: Parameters<typeof byWeight>[1]): number {
  const own = questions.filter((other) => other.id === id || isAs(other, id));
  const ids = new Set(own.map((question) => question.id));
  const assumed = assumptions.filter(({ questionId }) => questionId !== undefined && ids.has(questionId));
  return new Set([...own, ...assumed].flatMap(({ findings }) => findings)).size;
}

function isAs({ aside }: Question, id: string): boolean {
  return aside?.why === 'same' && aside.as === id;
}
