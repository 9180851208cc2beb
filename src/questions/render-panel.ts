import { oneLine, truncate } from '../lib/text.ts';
import { limits } from '../publishing/bound.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import { type Standing, standingOf } from './answers-of.ts';
import type { PanelAct } from './panel.ts';
import { renderBox } from './panel-boxes.ts';
import type { Assumption, Question } from './question.ts';
import { renderAside } from './render-aside.ts';
import { type AssumptionView, renderAssumptions } from './render-assumptions.ts';
import { type Course, renderHead } from './render-course.ts';
import { type Refining, renderRefining } from './render-refining.ts';

/** What the panel is rendered from: nothing of it comes from the comment as it stands. */
export type PanelView = {
  /** Those that may be told here. */
  questions: readonly Question[];
  /** Questions that may not be told. */
  withheld: readonly Pick<Question, 'id' | 'options' | 'multiSelect'>[];
  /** Questions of the session that people are not asked. */
  aside?: readonly Question[];
  assumptions: readonly Assumption[];
  acts: readonly PanelAct[];
  /** Numbers of the issues that a question is about. */
  issuesOf: (question: Question) => readonly number[];
  /** Ids of the questions for which the work waits, as long as they are open. */
  waits: readonly string[];
  /** What becomes of the answers. */
  course: Course;
  /** Address of the run that goes on with them. */
  run?: string | undefined;
  /** Why the session could not be sent on its way. */
  unsent?: string | undefined;
  /** What people are to decide on. */
  reviews: readonly AssumptionView[];
  /** Whether an answering session may be asked for what is open. */
  refining: Refining;
  /** The open pull request in which assumptions of it are reviewed. */
  reviewedIn?: number | undefined;
  /** Whether any that nobody decided on is not in it. */
  mayReviewInPull: boolean;
};

type Detail = { text: number; label: number; description: number };
// Longest texts to try until all of it fits.
const details: readonly [Detail, ...Detail[]] = [
  { text: 4000, label: 600, description: 600 },
  { text: 1500, label: 200, description: 200 },
  { text: 500, label: 120, description: 0 },
];
const shortest: Detail = { text: 240, label: 80, description: 0 };
const gap = safe`\n\n`;

/** The panel without its mark. `room`: characters that it may take, of which the questions come first. */
export function renderPanel(given: PanelView, { gate, room = limits.body }: { gate: Gate; room?: number }): SafeText {
  const left = roomForAssumptions(given, { gate, room });
  const view = { ...given, section: renderAssumptions(given.reviews, { gate, room: left }) };
  for (const detail of details) {
    const all = takeFitting(view.questions, view, { gate, detail, room });
    if (all.length === view.questions.length) return gate.body(renderAll(view, { gate, detail, shown: all }), room);
  }
  const chosen = takeFitting(byUrgency(view), view, { gate, detail: shortest, room });
  const shown = [...chosen].sort((a, b) => numberOf(a) - numberOf(b));
  return gate.body(renderAll(view, { gate, detail: shortest, shown }), room);
}

/** A third of it, or all that the questions leave. */
function roomForAssumptions(given: PanelView, { gate, room }: { gate: Gate; room: number }): number {
  if (given.reviews.length === 0) return 0;
  const third = Math.floor(room / 3);
  const view = { ...given, section: undefined };
  const [detail] = details;
  const shown = takeFitting(given.questions, view, { gate, detail, room: room - third });
  if (shown.length < given.questions.length) return third;
  return Math.max(third, room - renderAll(view, { gate, detail, shown }).length - gap.length);
}

type View = PanelView & { section: SafeText | undefined };
type At = { gate: Gate; detail: Detail; shown: readonly Question[] };

/** Where not even the shortest texts fit: open questions first, what blocks first of all; the others come when there is room. */
function byUrgency({ questions, acts, waits }: PanelView): Question[] {
  const rank = (question: Question) => {
    if (standingOf(question, acts).state !== 'open') return 2;
    return waits.includes(question.id) ? 0 : 1;
  };
  return [...questions].sort((a, b) => rank(a) - rank(b) || numberOf(a) - numberOf(b));
}

/** As many as there is room for; the frame is measured with all of them left out, when it is longest. */
function takeFitting(
  questions: readonly Question[],
  view: View,
  { gate, detail, room }: Pick<At, 'gate' | 'detail'> & { room: number },
): Question[] {
  let left = room - renderAll(view, { gate, detail, shown: [] }).length;
  const taken: Question[] = [];
  for (const question of questions) {
    left -= renderQuestion(question, view, { gate, detail }).length + gap.length;
    if (left < 0) break;
    taken.push(question);
  }
  return taken;
}

function renderAll(view: View, { gate, detail, shown }: At): SafeText {
  return joinSafe(
    [
      renderHead(view, gate),
      view.questions.length + view.withheld.length === 0
        ? undefined
        : safe`Tick a box, or write \`/courier answer Q1 b\`, \`/courier answer Q2: your own words\` or \`/courier skip Q3\` in a comment. That takes the role triage, or what \`permissions.answer\` asks for. What stays open stays an assumption: nothing is answered for you.`,
      ...shown.map((question) => renderQuestion(question, view, { gate, detail })),
      renderLeft(view, shown, gate),
      renderWithheld(view, gate),
      renderAside(view.aside ?? [], gate),
      view.section,
      view.reviewedIn === undefined ? undefined : safe`They can be reviewed in #${view.reviewedIn}, too.`,
      view.mayReviewInPull ? renderBox({ kind: 'pull-request' }, gate) : undefined,
      mayBeRefined(view) ? renderRefining(view.refining, { asked: askedLast(view), gate }) : undefined,
      view.course === 'ended' || view.course === 'waits' || view.course === 'rests'
        ? renderBox({ kind: 'submit' }, gate)
        : undefined,
    ],
    gap,
  );
}

function askedLast({ acts }: PanelView): PanelAct | undefined {
  return acts.findLast(({ kind }) => kind === 'answering-session');
}

function mayBeRefined({ questions, acts, reviews }: PanelView): boolean {
  const isOpen = questions.some((question) => standingOf(question, acts).state === 'open');
  return isOpen || reviews.some(({ state }) => state === 'proposed');
}

function renderQuestion(question: Question, view: PanelView, { gate, detail }: Pick<At, 'gate' | 'detail'>): SafeText {
  const standing = standingOf(question, view.acts);
  const header = question.header === undefined ? undefined : gate.inline(truncate(oneLine(question.header), 120));
  const isWaited = view.waits.includes(question.id) && standing.state === 'open';
  const numbers = view.issuesOf(question).map((number) => safe`#${number}`);
  return joinSafe(
    [
      joinSafe(
        [safe`#### ${gate.inline(question.id)}`, header, isWaited ? safe`**the work waits for it**` : undefined],
        safe` · `,
      ),
      gate.block(truncate(question.question, detail.text)),
      joinSafe(renderBoxes(question, standing, { gate, detail }), safe`\n`),
      renderStanding(question, standing, { gate, detail, view }),
      numbers.length > 0 ? safe`About ${joinSafe(numbers, safe`, `)}.` : undefined,
    ],
    gap,
  );
}

function renderBoxes(
  { id, options, allowOther }: Question,
  standing: Standing,
  { gate, detail }: Pick<At, 'gate' | 'detail'>,
): SafeText[] {
  const said = standing.state === 'answered' ? standing : undefined;
  const boxes = options.map(({ label, description }, option) => {
    const more = description && detail.description > 0 ? truncate(oneLine(description), detail.description) : '';
    const text = truncate(oneLine(label), detail.label);
    const shown = more === '' ? gate.inline(text) : safe`${gate.inline(text)}: ${gate.inline(more)}`;
    const ticked = said?.options.includes(option) ?? false;
    return renderBox({ kind: 'option', question: id, option, ticked, label: shown }, gate);
  });
  if (!allowOther && options.length > 0) return boxes;
  const label = gate.inline(truncate(oneLine(said?.text ?? ''), detail.text));
  return [...boxes, renderBox({ kind: 'other', question: id, ticked: said?.text !== undefined, label }, gate)];
}

function renderStanding(
  question: Question,
  standing: Standing,
  { gate, detail, view }: Pick<At, 'gate' | 'detail'> & { view: PanelView },
): SafeText {
  const { id } = question;
  const assumed = view.assumptions.filter(({ questionId }) => questionId === id);
  if (standing.state === 'answered') {
    const ids = assumed.map((assumption) => gate.inline(assumption.id));
    const instead = ids.length > 0 ? safe` It takes the place of ${joinSafe(ids, safe`, `)}.` : safe``;
    return safe`_Answered by ${gate.inline(standing.by)}, ${gate.inline(standing.at)}._${instead}`;
  }
  if (standing.state === 'withdrawn')
    return safe`_Withdrawn by the answering agent, ${gate.inline(standing.at)}: nobody needs to answer._ ${gate.inline(truncate(oneLine(standing.why), detail.text))}`;
  const skipped = standing.state === 'skipped' ? safe`_Skipped by ${gate.inline(standing.by)}._ ` : safe``;
  const [first] = assumed;
  const without = first?.text ?? question.default;
  if (without === undefined) return safe`${skipped}No answer yet, and nothing assumed.`;
  const named = first ? safe`Assumed until then (${gate.inline(first.id)})` : safe`Assumed until then`;
  return safe`${skipped}${named}: ${gate.inline(truncate(oneLine(without), detail.text))}`;
}

function renderLeft({ questions, acts }: PanelView, shown: readonly Question[], gate: Gate): SafeText | undefined {
  const left = questions.filter((question) => !shown.includes(question));
  if (left.length === 0) return undefined;
  const open = left.filter((question) => standingOf(question, acts).state === 'open').length;
  const ids = truncate(left.map(({ id }) => id).join(', '), 600);
  return safe`**${left.length} more questions have no room in this comment** (${open} of them open): ${gate.inline(ids)}. They are shown as soon as others are answered; \`/courier answer ${gate.inline(left[0]?.id ?? '')}: text\` works now.`;
}

function renderWithheld({ withheld }: PanelView, gate: Gate): SafeText | undefined {
  if (withheld.length === 0) return undefined;
  const ids = truncate(withheld.map(({ id }) => id).join(', '), 600);
  return safe`**Not shown here: ${gate.inline(ids)}.** They may tell of a security finding, and everybody can read this. A scan in a checkout on your machine (\`courier scan\`) asks them there; \`/courier skip ${gate.inline(withheld[0]?.id ?? '')}\` leaves one to Courier.`;
}

function numberOf({ id }: Question): number {
  return Number(/\d+/.exec(id)?.[0] ?? 0);
}
