import { oneLine, truncate } from '../lib/text.ts';
import type { Question } from '../questions/question.ts';
import { isSameText } from '../questions/same-question.ts';
import type { AskedContradiction } from './asked-contradiction.ts';
import { type Contradiction, contradictionsIn, type Side, saidOf } from './contradiction.ts';
import type { Memory } from './memory.ts';

// More at once is answered by nobody; the next session asks about the rest.
const mostAtOnce = 5;
const longestQuote = 6_000;

type Noticing = {
  session: string;
  at: string;
  /** Its questions so far. */
  questions: readonly Question[];
  /** Whether everybody who can read the repository may be told. */
  isTold: (about: { scan?: string | undefined; findings: readonly string[] }) => boolean;
};

/**
 * What people are to be asked because two words contradict each other, as questions of the session that noticed it, and the memory that knows of
 * it: each pair of words is asked about once.
 */
export function raiseContradictions(memory: Memory, noticing: Noticing): { memory: Memory; questions: Question[] } {
  const asked = memory.contradictions ?? [];
  const fresh = contradictionsIn(memory, noticing.at)
    .filter((contradiction) => !asked.some((known) => isAbout(known, contradiction)))
    .filter(({ between: [one, other] }) =>
      noticing.isTold({ scan: other.record.scan, findings: [...one.record.findings, ...other.record.findings] }),
    )
    .slice(0, mostAtOnce);
  if (fresh.length === 0) return { memory, questions: [] };
  const last = Math.max(0, ...noticing.questions.map(({ id }) => Number(/^Q(\d{1,9})$/.exec(id)?.[1] ?? 0)));
  const raised = fresh.map((contradiction, index) => toQuestion(contradiction, `Q${last + index + 1}`));
  const { session, at } = noticing;
  const known = fresh.map(
    ({ between: [one, other] }, index): AskedContradiction => ({
      between: [
        { ref: one.ref, words: one.words },
        { ref: other.ref, words: other.words },
      ],
      ...{ session, question: `Q${last + index + 1}`, at },
    }),
  );
  return { memory: { ...memory, contradictions: [...asked, ...known] }, questions: raised };
}

function isAbout({ between }: AskedContradiction, { between: sides }: Contradiction): boolean {
  return between.every(({ ref, words }) => sides.some((side) => side.ref === ref && isSameText(side.words, words)));
}

function toQuestion({ by, between: [one, other] }: Contradiction, id: string): Question {
  const scan = other.record.scan;
  const intro =
    by === 'people'
      ? 'People said two things that contradict each other. Which of them holds?'
      : 'An agent found something that contradicts what people said. Which of them holds?';
  return {
    id,
    ...(scan === undefined ? {} : { scan }),
    question: [intro, `The first: ${quote(one)}`, `The second: ${quote(other)}`].join('\n\n'),
    header: 'Contradiction',
    options: [
      { label: 'The first', description: truncate(oneLine(one.words), 200) },
      { label: 'The second', description: truncate(oneLine(other.words), 200) },
    ],
    multiSelect: false,
    allowOther: true,
    blocking: false,
    findings: [...new Set([...one.record.findings, ...other.record.findings])],
    contradiction: [one.ref, other.ref],
  };
}

function quote(side: Side): string {
  const { by, at, from } = saidOf(side);
  const { record, ref } = side;
  const said = `${ref}, ${verbOf(side)} by ${by} on ${at.slice(0, 10)} (${from})`;
  const words = `“${truncate(side.words, longestQuote)}”`;
  if ('question' in record) return `${said}: ${words}, to the question “${truncate(record.question, longestQuote)}”`;
  const why = record.state === 'declined' ? record.reason : record.basis;
  return `${said}: ${words}${why === undefined ? '' : ` (${truncate(oneLine(why), 500)})`}`;
}

function verbOf({ record }: Side): string {
  if (!('state' in record)) return 'answered';
  return record.state === 'proposed' ? 'found' : record.state;
}
