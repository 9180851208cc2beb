import { isOver } from '../findings/sight-finding.ts';
import type { Question } from '../questions/question.ts';
import { isSameQuestion, isSameText, mayAskTheSame } from '../questions/same-question.ts';
import { textOf } from './assumption.ts';
import { contradictedIn } from './contradiction.ts';
import type { Memory } from './memory.ts';
import { createScopeMatcher, type Scope } from './scope.ts';
import { refOf } from './settled-answer.ts';

/** What settles a question: its name in the memory, the words, and who said them, when and where. */
export type Settling = {
  ref: string;
  answer: string;
  by: string;
  at: string;
  from: string;
  /** Names of what agents found otherwise. */
  doubted?: readonly string[];
};

type Asked = Pick<Question, 'question' | 'options'>;

/** Where the question comes from: the scan, and the globs that it looks at; none: everything. */
export type Origin = { scan?: string | undefined; paths: readonly string[] };

/** Another question that people settled, and how they did. */
export type Kindred = Settling & { asked: string };

type Where = { origin: Origin; at: string };

/**
 * What people said to the same question before, about what is looked at. `undefined`: nothing that still holds. Where they said different things
 * nothing is settled.
 */
export function findSettled(question: Asked, memory: Memory, where: Where): Settling | undefined {
  const same = settledIn(memory, where).filter(({ asked }) => isSame(asked, question));
  return agreedOn(same, memory, where);
}

/** What people said to a question that may be the same in other words: whoever asks can tell. */
export function findKindred(question: Asked, memory: Memory, where: Where): Kindred | undefined {
  const settled = settledIn(memory, where);
  if (settled.some(({ asked }) => isSame(asked, question))) return undefined;
  const near = newestFirst(settled.filter(({ asked }) => mayAskTheSame(asked.question, question.question)));
  const [nearest] = near;
  if (!nearest) return undefined;
  const same = near.filter(({ asked }) => isSame(asked, toAsked(nearest.asked)));
  const settling = agreedOn(same, memory, where);
  return settling && { ...settling, asked: nearest.asked.question };
}

type Before = { question: string; options: readonly string[] };
type Found = { asked: Before; settling: Settling; of: { scope: Scope; scan?: string | undefined } };

/** All that is settled about what is looked at. */
function settledIn(memory: Memory, { origin, at }: Where): Found[] {
  return [...answersIn(memory, at), ...assumedIn(memory, at)].filter(({ of }) => concerns(of, origin));
}

/** Where people did not say different things. */
function agreedOn(found: readonly Found[], memory: Memory, { origin, at }: Where): Settling | undefined {
  const [first, ...others] = newestFirst(found).map(({ settling }) => settling);
  if (!first || others.some(({ answer }) => !isSameText(answer, first.answer))) return undefined;
  const against = (contradictedIn(memory, at).get(first.ref) ?? []).filter(({ record }) => concerns(record, origin));
  if (against.some(({ by }) => by === 'people')) return undefined;
  return against.length === 0 ? first : { ...first, doubted: against.map(({ ref }) => ref) };
}

function newestFirst(found: readonly Found[]): Found[] {
  return found.toSorted((a, b) => (a.settling.at < b.settling.at ? 1 : -1));
}

function answersIn({ answers }: Memory, at: string): Found[] {
  return answers
    .filter((answer) => answer.supersededBy === undefined && !isPast(answer, at))
    .map((of) => ({
      ...{ of, asked: of },
      settling: { ref: refOf(of), answer: of.answer, by: of.by, at: of.at, from: of.from },
    }));
}

/** Questions that nobody answered, about which somebody approved what was assumed. */
function assumedIn({ assumptions }: Memory, at: string): Found[] {
  return assumptions.flatMap((of): Found[] => {
    const holds = (of.state === 'approved' || of.state === 'corrected') && of.stale === undefined && !isPast(of, at);
    const last = of.history.findLast(({ what }) => what === 'approved' || what === 'corrected');
    if (!holds || !last || !of.asked) return [];
    const settling = { ref: refOf(of), answer: textOf(of), by: last.by, at: last.at, from: last.from };
    return [{ of, asked: of.asked, settling }];
  });
}

function isSame(before: Before, now: Asked): boolean {
  return isSameQuestion(toAsked(before), now);
}

function toAsked({ question, options }: Before): Asked {
  return { question, options: options.map((label) => ({ label })) };
}

function isPast({ expiresAt }: { expiresAt?: string | undefined }, at: string): boolean {
  return expiresAt !== undefined && isOver(expiresAt, at);
}

/** The same scan, or what holds at a place that is looked at. Globs are compared as they are written, and as names. */
function concerns({ scope, scan }: Found['of'], origin: Origin): boolean {
  if (scan !== undefined && scan === origin.scan) return true;
  if (scope.paths.length === 0 || origin.paths.length === 0) return true;
  return scope.paths.some(createScopeMatcher(origin.paths)) || origin.paths.some(createScopeMatcher(scope.paths));
}

/** For people and agents: what settles it. */
export function tellSettling({ by, at, from, doubted = [] }: Settling): string {
  const doubt = doubted.length === 0 ? '' : `; an agent found otherwise (${doubted.join(', ')}), and people are asked`;
  return `${by} said so on ${at.slice(0, 10)} (${from})${doubt}`;
}
