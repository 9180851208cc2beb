import type { UsedPoint } from '../ledger/runs-record.ts';
import { sha256 } from '../lib/hash.ts';
import type { AssumptionRecord } from '../memory/assumption.ts';
import type { Memory } from '../memory/memory.ts';
import { refOf, type SettledAnswer } from '../memory/settled-answer.ts';

type Own = {
  session: string;
  assumptions: readonly { id: string }[];
  questions: readonly { id: string; default?: string | undefined }[];
};

/**
 * What the work of a run rests on: what its own agents assumed and asked, and what they were told that people had settled.
 * @param told names in the memory. @param memory as the run knew it.
 */
export function usedPoints(
  { session, assumptions, questions }: Own,
  told: readonly string[],
  memory: Memory,
): UsedPoint[] {
  const points = new Map<string, UsedPoint>();
  const records = new Map(memory.assumptions.map((record) => [refOf(record), record]));
  const answers = new Map(memory.answers.map((answer) => [refOf(answer), answer]));
  for (const { id } of assumptions) {
    const ref = refOf({ session, id });
    points.set(ref, { ref, ...tookOf(records.get(ref)) });
  }
  for (const question of questions) {
    const ref = refOf({ session, id: question.id });
    const words = answers.get(ref)?.answer ?? question.default;
    points.set(ref, { ref, took: 'answer', ...(words === undefined ? {} : { answer: digestOf(words) }) });
  }
  for (const ref of told) {
    const [record, answer] = [records.get(ref), answers.get(ref)];
    if (record) points.set(ref, { ref, ...tookOf(record) });
    else if (answer) points.set(ref, { ref, took: 'answer', answer: digestOf(answer.answer) });
  }
  return [...points.values()];
}

function tookOf(record: AssumptionRecord | undefined): Pick<UsedPoint, 'took' | 'revision'> {
  return { took: record?.state === 'declined' ? 'not' : 'holds', revision: record?.revision ?? 1 };
}

function digestOf(words: string): string {
  return sha256(words.trim().toLowerCase()).slice(0, 16);
}

const most = 100;

/** What a pull request rests on, after one more run: what that one knew counts. */
export function withUsed(before: readonly UsedPoint[], now: readonly UsedPoint[]): UsedPoint[] {
  const refs = new Set(now.map(({ ref }) => ref));
  return [...before.filter(({ ref }) => !refs.has(ref)), ...now].slice(-most);
}

/** A word of a person that goes against what a run's work rests on. `digest`: what it is told by once. */
export type LateWord = {
  ref: string;
  what: 'declined' | 'corrected' | 'approved' | 'reworded' | 'answered';
  by: string;
  digest: string;
};

/** What people said since to what a run's work rests on, where it would be made otherwise now; what merely approves it is none. */
export function lateWords(used: readonly UsedPoint[], { assumptions, answers }: Memory): LateWord[] {
  const records = new Map(assumptions.map((record) => [refOf(record), record]));
  const said = new Map(answers.map((answer) => [refOf(answer), answer]));
  const asked = new Set(used.flatMap(({ ref, took }) => (took === 'answer' ? [ref] : [])));
  return used.flatMap((point) => {
    const { ref } = point;
    const [record, answer] = [records.get(ref), said.get(ref)];
    const word = point.took === 'answer' ? ofAnswer(point, answer) : record && ofAssumption(point, record, asked);
    if (!word) return [];
    const digest = sha256(JSON.stringify([word, record?.revision, answer?.answer])).slice(0, 16);
    return digest === point.told ? [] : [{ ref, ...word, digest }];
  });
}

type Word = Pick<LateWord, 'what' | 'by'>;

function ofAnswer({ answer: known }: UsedPoint, answer: SettledAnswer | undefined): Word | undefined {
  if (!answer || answer.supersededBy !== undefined || digestOf(answer.answer) === known) return undefined;
  return { what: 'answered', by: answer.by };
}

function ofAssumption(point: UsedPoint, record: AssumptionRecord, asked: ReadonlySet<string>): Word | undefined {
  const what = against(point, record, asked);
  return what && { what, by: record.history.at(-1)?.by ?? 'somebody' };
}

function against(
  { took, revision: known }: UsedPoint,
  { state, revision, ...record }: AssumptionRecord,
  asked: ReadonlySet<string>,
): LateWord['what'] | undefined {
  const isOther = took === 'not' || revision !== known;
  const approval = took === 'not' ? 'approved' : 'reworded';
  switch (state) {
    case 'declined':
      return took === 'holds' ? 'declined' : undefined;
    case 'corrected':
      return isOther ? 'corrected' : undefined;
    case 'approved':
      return isOther ? approval : undefined;
    case 'superseded':
      return isAnswered(record, asked) ? 'answered' : undefined;
    case 'proposed':
      return undefined;
  }
}

/** By people. Where the question is the run's own, its answer is told. */
function isAnswered(
  { history, session, questionId }: Pick<AssumptionRecord, 'history' | 'session' | 'questionId'>,
  asked: ReadonlySet<string>,
): boolean {
  if (questionId !== undefined && asked.has(refOf({ session, id: questionId }))) return false;
  return history.at(-1)?.what === 'superseded';
}
