import type { Assumption, Question } from '../questions/question.ts';

type Asked<Element> = { scan: string; element: Element };

/**
 * Questions and assumptions of all scans of a session under ids of the session (`Q1`, `A1`, …). What an earlier part of the session had
 * numbered keeps its id; numbers are never given again.
 */
export function numberQuestions(
  scans: readonly { scan: string; questions: readonly Question[]; assumptions: readonly Assumption[] }[],
  before: { questions: readonly Question[]; assumptions: readonly Assumption[] },
): { questions: Question[]; assumptions: Assumption[] } {
  const asked = scans.flatMap(({ scan, questions: own }) => own.map((element) => ({ scan, element })));
  const assumed = scans.flatMap(({ scan, assumptions: own }) => own.map((element) => ({ scan, element })));
  const questions = number(asked, before.questions, 'Q');
  const assumptions = number(assumed, before.assumptions, 'A').map((assumption) => {
    const about = questions.find(({ scan, ref }) => scan === assumption.scan && ref === assumption.questionId);
    return about ? { ...assumption, questionId: about.id } : assumption;
  });
  return { questions, assumptions };
}

function number<Element extends { id: string; scan?: string | undefined; ref?: string | undefined }>(
  asked: readonly Asked<Element>[],
  before: readonly Element[],
  letter: string,
): (Element & { scan: string; ref: string })[] {
  const known = new Map(before.map(({ id, scan, ref }) => [JSON.stringify([scan, ref]), id]));
  let next = Math.max(0, ...before.map(({ id }) => Number(/^[QA](\d{1,9})$/.exec(id)?.[1] ?? 0)));
  return asked.map(({ scan, element }) => {
    const ref = element.ref ?? element.id;
    const earlier = known.get(JSON.stringify([scan, ref]));
    if (earlier === undefined) next += 1;
    return { ...element, id: earlier ?? `${letter}${next}`, scan, ref };
  });
}
