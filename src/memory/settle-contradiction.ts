import type { AssumptionRecord, Said } from './assumption.ts';
import { type Memory, withAnswers, withAssumptions } from './memory.ts';
import { reinstate, supersede } from './review.ts';
import { refOf, type SettledAnswer } from './settled-answer.ts';

/** The two that a question is about, as far as the memory has them. */
export function sidesOf(
  { assumptions, answers }: Memory,
  refs: readonly string[] = [],
): readonly (AssumptionRecord | SettledAnswer)[] {
  return [...assumptions, ...answers].filter((side) => refs.includes(refOf(side)));
}

/** What a person said to a contradiction stands in the place of both. */
export function settleContradiction(memory: Memory, answer: SettledAnswer, refs: readonly string[]): Memory {
  const { by, at, from } = answer;
  const reason = `${refOf(answer)} was answered by ${by}`;
  const answers = memory.answers
    .filter((side) => refs.includes(refOf(side)))
    .map((side) => ({ ...side, supersededBy: refOf(answer) }));
  const assumptions = memory.assumptions
    .filter((side) => refs.includes(refOf(side)))
    .map((side) => supersede(side, { by, at, from, reason }));
  return withAssumptions(withAnswers(memory, answers), assumptions);
}

/** That word was taken back: both hold again as they did, and contradict each other. */
export function reopenContradiction(memory: Memory, was: SettledAnswer, said: Said): Memory {
  const known = memory.contradictions?.find(({ session, question }) => session === was.session && question === was.id);
  if (!known) return memory;
  const refs = known.between.map(({ ref }) => ref);
  const answers = memory.answers
    .filter((side) => side.supersededBy === refOf(was))
    .map(({ supersededBy: _, ...side }) => side);
  const { by, at, from } = said;
  const assumptions = memory.assumptions
    .filter((side) => refs.includes(refOf(side)) && side.reason?.startsWith(`${refOf(was)} was answered`))
    .map((side) => reinstate(side, { by, at, from }));
  return withAssumptions(withAnswers(memory, answers), assumptions);
}
