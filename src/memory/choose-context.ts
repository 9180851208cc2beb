import type { Settled } from '../agents/settled.ts';
import type { Finding } from '../findings/finding.ts';
import { isOver } from '../findings/sight-finding.ts';
import { type AssumptionRecord, textOf } from './assumption.ts';
import { type Against, contradictedIn } from './contradiction.ts';
import type { Learning, Rule } from './learning.ts';
import type { Memory } from './memory.ts';
import { createScopeMatcher, type Scope } from './scope.ts';
import { refOf, type SettledAnswer } from './settled-answer.ts';

/** What is known: the ledger's memory and learnings, and the findings that people ignored. */
export type Known = {
  memory: Memory;
  learnings: readonly Learning[];
  /** Framings that people gave by command. */
  rules?: readonly Rule[];
  ignored: readonly Pick<Finding, 'id' | 'title' | 'category' | 'location' | 'ignored'>[];
};

/** What an agent is about to look at. */
export type Gaze = {
  /** Its files. */
  files: readonly string[];
  /** The matters that it is about; absent: any. */
  categories?: readonly string[] | undefined;
  /** The scan's name: what that scan raised before is about what it looks at. */
  scan?: string | undefined;
};

/** `settled` is for the prompt; `ids` name what is in it (`S…/A1`, `S…/Q2`, `L3`, `F-…`), `left` is how much had no room. */
export type Context = { settled: Settled; ids: readonly string[]; left: number };

type Candidate = {
  ref: string;
  scope: Scope;
  scan?: string | undefined;
  /** When people last said something to it. */
  at: string;
  /** Characters that stand in the prompt. */
  text: string;
  put: (settled: Filling) => void;
};
type Part<Name extends 'assumptions' | 'answers' | 'learnings' | 'ignored'> = NonNullable<Settled[Name]>[number][];
type Filling = {
  assumptions: Part<'assumptions'>;
  answers: Part<'answers'>;
  learnings: Part<'learnings'>;
  ignored: Part<'ignored'>;
};

export const contextTokens = 6000;

/**
 * What of all that goes into one agent's prompt: what people approved, put right or declined, answered, learned and ignored with a reason, where
 * it concerns what the agent looks at and has not expired. Nothing is cut: what has no room is left out whole, the least relevant first.
 * The same always gives the same.
 */
export function chooseContext(
  known: Known,
  gaze: Gaze,
  { at, tokens = contextTokens }: { at: string; tokens?: number },
): Context {
  const ranked = candidatesOf(known, gaze, at)
    .flatMap((candidate) => {
      const rank = rankOf(candidate, gaze);
      return rank === undefined ? [] : [{ candidate, rank }];
    })
    .sort(
      (a, b) => b.rank - a.rank || compare(b.candidate.at, a.candidate.at) || compare(a.candidate.ref, b.candidate.ref),
    );
  const settled: Filling = { assumptions: [], answers: [], learnings: [], ignored: [] };
  const ids: string[] = [];
  let room = tokens;
  for (const { candidate } of ranked) {
    const cost = tokensOf(candidate.text);
    if (cost > room) continue;
    room -= cost;
    candidate.put(settled);
    ids.push(candidate.ref);
  }
  return { settled: { ...settled, left: ranked.length - ids.length }, ids, left: ranked.length - ids.length };
}

function candidatesOf({ memory, learnings, ignored }: Known, gaze: Gaze, at: string): Candidate[] {
  const isDue = ({ expiresAt }: { expiresAt?: string | undefined }) =>
    expiresAt === undefined || !isOver(expiresAt, at);
  const isStanding = (answer: SettledAnswer) => answer.supersededBy === undefined && isDue(answer);
  const contradicted = contradictedIn(memory, at);
  // What is said of other places contradicts nothing here.
  const againstOf = (record: { session: string; id: string }) =>
    contradicted
      .get(refOf(record))
      ?.filter(({ by, record: other }) => by === 'agent' || rankOf(other, gaze) !== undefined);
  return [
    ...memory.assumptions.filter(isDue).flatMap((record) => toAssumption(record, againstOf(record))),
    ...memory.answers.filter(isStanding).map((record) => toAnswer(record, againstOf(record))),
    ...learnings.filter((learning) => learning.state === 'approved' && isDue(learning)).map(toLearning),
    ...ignored.flatMap((finding) => toIgnored(finding, at)),
  ];
}

function toAssumption(record: AssumptionRecord, against: readonly Against[] = []): Candidate[] {
  const { state, scope, scan, stale, reason } = record;
  if (state === 'proposed' || state === 'superseded') return [];
  const ref = refOf(record);
  const text = textOf(record);
  const why = state === 'declined' && reason !== undefined ? { reason } : {};
  const remark = stale === undefined ? {} : { remark: stale.why };
  return [
    {
      ...{ ref, scope, scan, at: record.history.at(-1)?.at ?? '' },
      text: `${ref}: ${text} ${why.reason ?? ''} ${remark.remark ?? ''} ${tell(against)}`,
      put: ({ assumptions }) =>
        assumptions.push({ id: ref, text, state, ...why, ...remark, ...contradictedBy(against) }),
    },
  ];
}

function toAnswer(record: SettledAnswer, against: readonly Against[] = []): Candidate {
  const { question, answer, scope, scan, at } = record;
  const ref = refOf(record);
  return {
    ...{ ref, scope, scan, at },
    text: `${ref}: ${question} ${answer} ${tell(against)}`,
    put: ({ answers }) => answers.push({ id: ref, question, answer, ...contradictedBy(against) }),
  };
}

function contradictedBy(against: readonly Against[]) {
  return against.length === 0 ? {} : { contradictedBy: against.map(({ ref, words }) => ({ id: ref, text: words })) };
}

function tell(against: readonly Against[]): string {
  return against.map(({ ref, words }) => `${ref}: ${words}`).join(' ');
}

function toLearning({ id, text, scope, history }: Learning): Candidate {
  return {
    ...{ ref: id, scope, at: history.at(-1)?.at ?? '' },
    text: `${id}: ${text}`,
    put: ({ learnings }) => learnings.push({ text }),
  };
}

/** Only what a person said why they ignore it; where it was not said, nothing is learned of it. */
function toIgnored({ id, title, category, location, ignored }: Known['ignored'][number], at: string): Candidate[] {
  const reason = ignored?.reason?.trim();
  if (!ignored || !reason || (ignored.until !== undefined && isOver(ignored.until, at))) return [];
  return [
    {
      ...{ ref: id, at: ignored.at, scope: { paths: location ? [location.path] : [], categories: [category] } },
      text: `${id}: ${title} ${reason}`,
      put: (settled) => settled.ignored.push({ id, title, reason }),
    },
  ];
}

/**
 * How much it concerns what is looked at, `undefined` where not at all: what names places that are looked at goes before what holds anywhere, the
 * matter and the scan itself count.
 */
function rankOf({ scope, scan }: Pick<Candidate, 'scope' | 'scan'>, gaze: Gaze): number | undefined {
  const isOwn = scan !== undefined && scan === gaze.scan;
  const matches = createScopeMatcher(scope.paths);
  const isThere = scope.paths.length === 0 || gaze.files.some(matches);
  const about =
    gaze.categories && scope.categories.length > 0
      ? scope.categories.some((one) => gaze.categories?.includes(one))
      : undefined;
  if (!isThere || (about === false && !isOwn)) return undefined;
  return (scope.paths.length > 0 ? 2 : 0) + (isOwn ? 2 : 0) + (about ? 1 : 0);
}

/** An estimate on the safe side: a third of the bytes. */
function tokensOf(text: string): number {
  return Math.ceil((new TextEncoder().encode(text).length + 4) / 3);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
