import { AskedContradiction } from './asked-contradiction.ts';
import { AssumptionRecord } from './assumption.ts';
import { SettledAnswer } from './settled-answer.ts';

/** What is assumed and what is settled: the ledger's `assumptions.json`. */
export type Memory = {
  version: 1;
  /** By session and number. */
  assumptions: readonly AssumptionRecord[];
  answers: readonly SettledAnswer[];
  /** What people were asked because two words contradict each other. */
  contradictions?: readonly AskedContradiction[];
};

export const emptyMemory: Memory = { version: 1, assumptions: [], answers: [] };

type Key = { session: string; id: string };

export function findAssumption({ assumptions }: Memory, key: Key): AssumptionRecord | undefined {
  return assumptions.find((record) => isSame(record, key));
}

/** The memory with these as they are now, or besides what it has. */
export function withAssumptions(memory: Memory, records: readonly AssumptionRecord[]): Memory {
  if (records.length === 0) return memory;
  return { ...memory, assumptions: merge(memory.assumptions, records) };
}

export function withAnswers(memory: Memory, answers: readonly SettledAnswer[]): Memory {
  return { ...memory, answers: merge(memory.answers, answers) };
}

/** The next id of an assumption that nobody numbered: one more than any that the session ever had. */
export function nextAssumptionId({ assumptions }: Memory, session: string, known: readonly string[] = []): string {
  const own = assumptions.filter((record) => record.session === session).map(({ id }) => id);
  return `A${Math.max(0, ...[...own, ...known].map(numberOf)) + 1}`;
}

function merge<Record extends Key>(before: readonly Record[], now: readonly Record[]): Record[] {
  const all = new Map([...before, ...now].map((record) => [JSON.stringify([record.session, record.id]), record]));
  return [...all.values()].sort(byKey);
}

function isSame(a: Key, b: Key): boolean {
  return a.session === b.session && a.id === b.id;
}

function byKey(a: Key, b: Key): number {
  if (a.session !== b.session) return a.session < b.session ? -1 : 1;
  return numberOf(a.id) - numberOf(b.id);
}

function numberOf(id: string): number {
  return Number(/^[A-Z](\d{1,9})$/.exec(id)?.[1] ?? 0);
}

/** Validates what was read, record by record: what is damaged costs only itself. */
export function understandMemory(value: {
  assumptions: readonly unknown[];
  answers: readonly unknown[];
  contradictions?: readonly unknown[] | undefined;
}): {
  memory: Memory;
  damaged: number;
} {
  const assumptions = value.assumptions.flatMap((element) => AssumptionRecord.safeParse(element).data ?? []);
  const answers = value.answers.flatMap((element) => SettledAnswer.safeParse(element).data ?? []);
  const asked = value.contradictions?.flatMap((element) => AskedContradiction.safeParse(element).data ?? []);
  const memory = {
    ...withAnswers(withAssumptions(emptyMemory, assumptions), answers),
    ...(asked === undefined ? {} : { contradictions: asked }),
  };
  const given = [value.assumptions, value.answers, value.contradictions ?? []].flat().length;
  const kept = [memory.assumptions, memory.answers, asked ?? []].flat().length;
  return { memory, damaged: given - kept };
}
