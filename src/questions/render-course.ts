import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import { lastSubmit, standingOf } from './answers-of.ts';
import type { PanelAct } from './panel.ts';
import type { Question } from './question.ts';

/** `waits`: for these answers; `rests`: for other reasons; `sent`: a workflow was started that goes on with them. */
export type Course = 'waits' | 'rests' | 'sent' | 'at-work' | 'ended';

type Asked = Pick<Question, 'id' | 'options' | 'multiSelect'>;
type Heading = {
  questions: readonly Asked[];
  withheld: readonly Asked[];
  acts: readonly PanelAct[];
  waits: readonly string[];
  course: Course;
  run?: string | undefined;
  unsent?: string | undefined;
};

const gap = safe`\n\n`;

/** How far the questions were answered, and what becomes of the answers. */
export function renderHead({ questions, withheld, acts, waits, course, run, unsent }: Heading, gate: Gate): SafeText {
  const all = [...questions, ...withheld];
  const standings = all.map((question) => standingOf(question, acts).state);
  const answered = standings.filter((state) => state === 'answered').length;
  const skipped = standings.filter((state) => state === 'skipped').length;
  const open = all.filter(({ id }, index) => waits.includes(id) && standings[index] === 'open').map(({ id }) => id);
  const withdrawn = standings.filter((state) => state === 'withdrawn').length;
  const rest = safe`${skipped > 0 ? safe`, ${skipped} skipped` : safe``}${withdrawn > 0 ? safe`, ${withdrawn} withdrawn` : safe``}`;
  return joinSafe(
    [
      all.length > 0 ? safe`### ${answered} of ${all.length} answered${rest}` : undefined,
      renderCourse({ course, run, open, acts }, gate),
      unsent === undefined ? undefined : safe`**It could not be sent on its way:** ${gate.inline(unsent)}`,
    ],
    gap,
  );
}

type Coursing = Pick<Heading, 'course' | 'run' | 'acts'> & { open: readonly string[] };

function renderCourse({ course, run, open, acts }: Coursing, gate: Gate): SafeText {
  const how = run === undefined ? safe`The session` : gate.link(safe`The session`, run);
  const submit = lastSubmit(acts);
  const ids = gate.inline(open.join(', '));
  switch (course) {
    case 'sent':
      return safe`${how} goes on with these answers. What changes from now on is kept on record, and reaches it when it asks again.`;
    case 'rests':
      return safe`The session was stopped. It gets these answers when somebody resumes it.`;
    case 'at-work':
      return safe`${how} is at work. What changes from now on is kept on record, and told to it.`;
    case 'ended':
      return safe`The session has ended. Answers are kept on record beside it and take the place of what it assumed.`;
    case 'waits':
      if (open.length === 0)
        return safe`Nothing blocks the work any more: it goes on when all is answered, or with Submit.`;
      if (submit)
        return safe`Submitted by ${gate.inline(submit.by)}, and the work still waits for ${ids}: answer, or leave it to Courier with \`/courier skip ${gate.inline(open[0] ?? 'Q1')}\`.`;
      return safe`The work waits for ${ids}. It goes on when all is answered, or with Submit once nothing blocks it.`;
  }
}
