import type { SettledPoint } from '../findings/settled-points.ts';
import { type AssumptionRecord, textOf } from './assumption.ts';
import type { Memory } from './memory.ts';
import type { SettledAnswer } from './settled-answer.ts';

/** What else is known: the issue of a session, and whose findings nothing may be told. */
type Surroundings = { issueOf: (session: string) => number | undefined; isHidden: (finding: string) => boolean };

/** What people settled, by the findings that hang on it, in the order of sessions and numbers. */
export function settledPoints(
  { assumptions, answers }: Memory,
  { issueOf, isHidden }: Surroundings,
): (finding: string) => readonly SettledPoint[] {
  const points = new Map<string, SettledPoint[]>();
  const add = (findings: readonly string[], point: SettledPoint) => {
    if (findings.some(isHidden)) return;
    for (const finding of new Set(findings)) points.set(finding, [...(points.get(finding) ?? []), point]);
  };
  for (const answer of answers.filter(({ supersededBy }) => supersededBy === undefined))
    add(answer.findings, ofAnswer(answer, issueOf));
  for (const record of assumptions) {
    const point = ofAssumption(record, issueOf);
    if (point) add(record.findings, point);
  }
  return (finding) => points.get(finding) ?? [];
}

function ofAnswer({ id, session, question, answer, by }: SettledAnswer, issueOf: Surroundings['issueOf']) {
  return { id, session, issue: issueOf(session), state: 'answered', text: question, words: answer, by } as const;
}

function ofAssumption(record: AssumptionRecord, issueOf: Surroundings['issueOf']): SettledPoint | undefined {
  const { id, session, state, text, correctedText, reason, history } = record;
  const last = history.at(-1);
  // Where a person answered, the answer itself is told.
  if (state === 'superseded')
    return last?.what === 'withdrawn'
      ? {
          id,
          session,
          issue: issueOf(session),
          state: 'withdrawn',
          text: textOf(record),
          ...(reason === undefined ? {} : { words: reason }),
          by: last.by,
        }
      : undefined;
  if (state === 'proposed') return undefined;
  const by = history.findLast(({ what }) => what === state || what === 'approved')?.by ?? 'somebody';
  const words = state === 'declined' ? reason : correctedText;
  const told = state === 'declined' ? textOf(record) : text;
  return { id, session, issue: issueOf(session), state, text: told, ...(words === undefined ? {} : { words }), by };
}
