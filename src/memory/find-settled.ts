import { isOver } from '../findings/sight-finding.ts';
import type { Question } from '../questions/question.ts';
import { isSameQuestion, isSameText } from '../questions/same-question.ts';
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

/**
 * What people said to the same question before, about what is looked at. `undefined`: nothing that still holds. Where they said different things
 * nothing is settled.
 */
export function findSettled(
  question: Asked,
  memory: Memory,
  { origin, at }: { origin: Origin; at: string },
): Settling | undefined {
  const found = [...answersTo(question, memory, at), ...assumedFor(question, memory, at)].filter(({ of }) =>
    concerns(of, origin),
  );
  const [first, ...others] = found.map(({ settling }) => settling).sort((a, b) => (a.at < b.at ? 1 : -1));
  if (!first || others.some(({ answer }) => !isSameText(answer, first.answer))) return undefined;
  const against = (contradictedIn(memory, at).get(first.ref) ?? []).filter(({ record }) => concerns(record, origin));
  if (against.some(({ by }) => by === 'people')) return undefined;
  return against.length === 0 ? first : { ...first, doubted: against.map(({ ref }) => ref) };
}

type Found = { settling: Settling; of: { scope: Scope; scan?: string | undefined } };

function answersTo(question: Asked, { answers }: Memory, at: string): Found[] {
  return answers
    .filter((answer) => answer.supersededBy === undefined && isSame(answer, question) && !isPast(answer, at))
    .map((of) => ({ of, settling: { ref: refOf(of), answer: of.answer, by: of.by, at: of.at, from: of.from } }));
}

/** A question that nobody answered, about which somebody approved what was assumed. */
function assumedFor(question: Asked, { assumptions }: Memory, at: string): Found[] {
  return assumptions.flatMap((of): Found[] => {
    const holds = (of.state === 'approved' || of.state === 'corrected') && of.stale === undefined && !isPast(of, at);
    const last = of.history.findLast(({ what }) => what === 'approved' || what === 'corrected');
    if (!holds || !last || !of.asked || !isSame(of.asked, question)) return [];
    return [{ of, settling: { ref: refOf(of), answer: textOf(of), by: last.by, at: last.at, from: last.from } }];
  });
}

function isSame(before: { question: string; options: readonly string[] }, now: Asked): boolean {
  return isSameQuestion({ ...before, options: before.options.map((label) => ({ label })) }, now);
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
