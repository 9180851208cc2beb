import type { Deed, PanelAct } from './panel.ts';
import type { Question } from './question.ts';

/** How a question stands. `by` and `at` are of the last act about it. */
export type Standing =
  | { state: 'open' }
  | (Said & { state: 'skipped' })
  /** Nobody needs to answer it. */
  | (Said & { state: 'withdrawn'; why: string })
  | (Said & { state: 'answered'; options: readonly number[]; text: string | undefined });

type Said = Pick<PanelAct, 'by' | 'at' | 'from'>;
type Options = Pick<Question, 'id' | 'options' | 'multiSelect'>;

type Register = { options: ReadonlySet<number>; text: string | undefined; skipped: boolean; why?: string };
const untouched: Register = { options: new Set(), text: undefined, skipped: false };

/**
 * What people did about a question comes to this: each act on what stood before it, in the order of their times, however late each of them
 * came to us; of the same second, in the order in which they came. Options are a radio group where one is asked for. White space is no answer, and
 * nothing is made up.
 */
export function standingOf(question: Options, acts: readonly PanelAct[]): Standing {
  const own = actsAbout(question.id, acts);
  const { options, text, skipped, why } = own.reduce((register, act) => follow(register, act, question), untouched);
  const last = own.at(-1);
  if (!last) return { state: 'open' };
  const said = { by: last.by, at: last.at, from: last.from };
  if (skipped) return { state: 'skipped', ...said };
  if (why !== undefined && options.size === 0 && text === undefined) return { state: 'withdrawn', why, ...said };
  if (options.size === 0 && text === undefined) return { state: 'open' };
  return { state: 'answered', options: [...options].sort((a, b) => a - b), text, ...said };
}

/** Those about one question, oldest first. */
export function actsAbout(question: string, acts: readonly PanelAct[]): PanelAct[] {
  return inOrder(acts).filter((act) => 'question' in act && act.question === question);
}

/** The last time that somebody said that this was all. */
export function lastSubmit(acts: readonly PanelAct[]): PanelAct | undefined {
  return inOrder(acts).findLast(({ kind }) => kind === 'submit');
}

/** Sorting is stable: what came first stays first. */
function inOrder(acts: readonly PanelAct[]): PanelAct[] {
  return [...acts].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function follow(before: Register, deed: Deed, question: Options): Register {
  switch (deed.kind) {
    case 'tick':
      return question.options[deed.option] ? tick(before, deed, question) : before;
    case 'choose': {
      const options = new Set(deed.options.filter((option) => question.options[option]));
      return { options, text: question.multiSelect ? before.text : undefined, skipped: false };
    }
    case 'say':
      return say(before, deed.text?.trim(), question);
    case 'skip':
      return { ...untouched, skipped: true };
    case 'withdraw':
      // What a person said stays, however late it came to us.
      return before.skipped || before.options.size > 0 || before.text !== undefined
        ? before
        : { ...before, why: deed.why };
    case 'submit':
    case 'answering-session':
      return before;
  }
}

function tick(before: Register, { option, on }: { option: number; on: boolean }, { multiSelect }: Options): Register {
  const others = [...before.options].filter((each) => each !== option);
  if (!on) return { ...before, options: new Set(others) };
  if (multiSelect) return { options: new Set([...others, option]), text: before.text, skipped: false };
  return { options: new Set([option]), text: undefined, skipped: false };
}

function say(before: Register, text: string | undefined, { multiSelect }: Options): Register {
  if (!text) return { ...before, text: undefined };
  return { options: multiSelect ? before.options : new Set(), text, skipped: false };
}

/** The words that the agent gets: each option on a line, then what was said besides. */
export function wordsOf(
  { options }: Pick<Question, 'options'>,
  said: Extract<Standing, { state: 'answered' }>,
): string {
  const labels = said.options.flatMap((option) => options[option]?.label ?? []);
  return [...labels, ...(said.text === undefined ? [] : [said.text])].join('\n');
}

// A panel at which so much was done is somebody's game.
const mostActs = 1000;

/** The acts with these; each once, as deliveries come twice. `undefined`: nothing is new, or there are too many. */
export function withActs(before: readonly PanelAct[], acts: readonly PanelAct[]): PanelAct[] | undefined {
  const known = new Set(before.map(keyOf));
  const fresh = acts.filter((act) => !known.has(keyOf(act)));
  if (fresh.length === 0 || before.length + fresh.length > mostActs) return undefined;
  return [...before, ...fresh];
}

function keyOf(act: PanelAct): string {
  return JSON.stringify(Object.entries(act).sort(([a], [b]) => (a < b ? -1 : 1)));
}
