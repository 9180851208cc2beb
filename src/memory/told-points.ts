import { type AssumptionRecord, textOf } from './assumption.ts';
import type { Memory } from './memory.ts';
import { refOf, type SettledAnswer } from './settled-answer.ts';

/**
 * What agents were told that people settled, in a sentence each, for people to read. What hangs on other findings than `finding` is left out: those
 * may be nobody's business there.
 *
 * @param refs as `chooseContext` names them; what is no assumption and no answer is passed over.
 */
export function toldPoints(
  refs: readonly string[],
  { assumptions, answers }: Memory,
  finding: string | undefined,
): { id: string; text: string }[] {
  const isOpen = ({ findings }: Pick<SettledAnswer, 'findings'>) => findings.every((id) => id === finding);
  const told = [
    ...assumptions.filter(isOpen).flatMap((record) => tellAssumption(record)),
    ...answers.filter(isOpen).map((answer) => ({ id: refOf(answer), text: `${answer.question} ${answer.answer}` })),
  ];
  const wanted = new Set(refs);
  return told.filter(({ id }) => wanted.has(id));
}

function tellAssumption(record: AssumptionRecord): { id: string; text: string }[] {
  const { state, text, reason } = record;
  if (state === 'proposed' || state === 'superseded') return [];
  const why = reason === undefined ? '' : ` (${reason})`;
  return [{ id: refOf(record), text: state === 'declined' ? `Declined: ${text}${why}` : textOf(record) }];
}
