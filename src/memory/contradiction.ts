import { isOver } from '../findings/sight-finding.ts';
import { isSameQuestion, isSameText, keyOfQuestion, keyOfText } from '../questions/same-question.ts';
import { type AssumptionRecord, textOf } from './assumption.ts';
import type { Memory } from './memory.ts';
import { createScopeMatcher, type Scope } from './scope.ts';
import { refOf, type SettledAnswer } from './settled-answer.ts';

/** One of two words that cannot both hold. `words`: what is said; an answer's question is in its `record`. */
export type Side = { ref: string; words: string } & (
  | { kind: 'answer'; record: SettledAnswer }
  | { kind: 'assumption'; record: AssumptionRecord }
);

/** `by`: two people said them, or an agent found that what a person said is not so. The older word is the first. */
export type Contradiction = { by: 'people' | 'agent'; between: readonly [Side, Side] };

/**
 * All that contradicts each other by now: different answers to the same question, a word of people and a declined one that say the same, and what
 * agents say that they found otherwise; each where they concern the same places. What has expired or was superseded contradicts nothing.
 */
export function contradictionsIn(memory: Memory, at: string): Contradiction[] {
  const isDue = ({ expiresAt }: { expiresAt?: string | undefined }) =>
    expiresAt === undefined || !isOver(expiresAt, at);
  const answers = memory.answers.filter((one) => one.supersededBy === undefined && isDue(one)).map(ofAnswer);
  const assumed = memory.assumptions.filter((one) => one.state !== 'superseded' && isDue(one)).map(ofAssumption);
  return [
    ...betweenAnswers(answers),
    ...aboutDeclined([...answers, ...assumed.filter(isDecided)]),
    ...foundByAgents(assumed, new Map([...answers, ...assumed.filter(isDecided)].map((side) => [side.ref, side]))),
  ];
}

function ofAnswer(record: SettledAnswer): Side {
  return { kind: 'answer', ref: refOf(record), words: record.answer, record };
}

function ofAssumption(record: AssumptionRecord): Side {
  return { kind: 'assumption', ref: refOf(record), words: textOf(record), record };
}

function isDecided({ record }: Side): boolean {
  return !('state' in record) || record.state !== 'proposed';
}

function betweenAnswers(answers: readonly Side[]): Contradiction[] {
  const alike = Object.values(
    Object.groupBy(answers, ({ record }) => ('question' in record ? keyOfQuestion(record) : '')),
  );
  return alike.flatMap((group = []) =>
    pairsOf(group).filter(
      ({ between: [one, other] }) => isSameAsked(one, other) && !isSameText(one.words, other.words),
    ),
  );
}

function isSameAsked({ record: one }: Side, { record: other }: Side): boolean {
  if (!('question' in one) || !('question' in other)) return false;
  const [a, b] = [one, other].map(({ question, options }) => ({
    question,
    options: options.map((label) => ({ label })),
  }));
  return a !== undefined && b !== undefined && isSameQuestion(a, b);
}

/** The same statement, said by one and declined by another. */
function aboutDeclined(sides: readonly Side[]): Contradiction[] {
  const alike = Object.values(Object.groupBy(sides, ({ words }) => keyOfText(words)));
  return alike.flatMap((group = []) =>
    pairsOf(group).filter(({ between: [one, other] }) => isDeclined(one) !== isDeclined(other)),
  );
}

function isDeclined({ record }: Side): boolean {
  return 'state' in record && record.state === 'declined';
}

function pairsOf(sides: readonly Side[]): Contradiction[] {
  const ordered = sides.toSorted(byAge);
  return ordered.flatMap((one, index) =>
    ordered
      .slice(index + 1)
      .filter((other) => isOverlapping(one.record.scope, other.record.scope))
      .map((other): Contradiction => ({ by: 'people', between: [one, other] })),
  );
}

/** What an agent says against stays: it is asked about, and told with the remark. */
function foundByAgents(assumed: readonly Side[], settled: ReadonlyMap<string, Side>): Contradiction[] {
  return assumed.flatMap((found): Contradiction[] => {
    if (!('state' in found.record) || found.record.state === 'declined') return [];
    const against = (found.record.contradicts ?? []).flatMap((ref) => settled.get(ref) ?? []);
    return against.filter(({ ref }) => ref !== found.ref).map((side) => ({ by: 'agent', between: [side, found] }));
  });
}

type Told = Pick<Side, 'ref' | 'record'>;

/** What one person says in one moment, as by one command, stands in the order of its names: the same always gives the same. */
function byAge(one: Told, other: Told): number {
  return compare(saidOf(one).at, saidOf(other).at) || compare(one.ref, other.ref);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Who said it last, when and where. */
export function saidOf({ record }: Pick<Side, 'record'>): { by: string; at: string; from: string } {
  if (!('state' in record)) return record;
  const told = record.history.findLast(({ what }) => what === record.state) ?? record.history.at(-1);
  return told ?? { by: 'somebody', at: '', from: `session ${record.session}` };
}

/** Names and globs are compared as they are written: what only some third file would show to overlap does not. */
export function isOverlapping(one: Pick<Scope, 'paths'>, other: Pick<Scope, 'paths'>): boolean {
  if (one.paths.length === 0 || other.paths.length === 0) return true;
  return one.paths.some(createScopeMatcher(other.paths)) || other.paths.some(createScopeMatcher(one.paths));
}

/** What says otherwise. `record` tells where that holds. */
export type Against = Pick<Side, 'ref' | 'words' | 'record'> & { by: Contradiction['by'] };

/** By its name, what each word is contradicted by, the oldest first. */
export function contradictedIn(memory: Memory, at: string): ReadonlyMap<string, Against[]> {
  const all = contradictionsIn(memory, at).flatMap(({ by, between: [one, other] }) => [
    { ref: one.ref, against: { ...other, by } },
    { ref: other.ref, against: { ...one, by } },
  ]);
  const byRef = Object.groupBy(all, ({ ref }) => ref);
  return new Map(
    Object.entries(byRef).map(([ref, group = []]) => [ref, group.map(({ against }) => against).toSorted(byAge)]),
  );
}
