import { decodeOutput } from '../findings/extract/decode.ts';
import { type Fields, fieldsOf, findField, findText } from '../findings/extract/fields.ts';
import { readValues } from '../findings/extract/read-output.ts';
import { textsOf } from '../findings/extract/unwrap.ts';
import type { Assumption, Question } from './question.ts';

/** What `questions.json` holds. `rejected` says, for elements without a question or a text, what they were. */
export type QuestionExtraction = {
  outcome: 'complete' | 'incomplete' | 'no-json';
  questions: Question[];
  assumptions: Assumption[];
  rejected: string[];
};

// Nobody reads more than this; what an agent asks beyond it is a runaway.
const most = { elements: 500, options: 20, text: 4_000 } as const;

/**
 * Reads questions and assumptions in all the forms in which agents leave JSON: one document, or a line each (`{"questions":[…]}`,
 * `{"assumptions":[…]}`, `{"question":…}`, `{"text":…}`). Ids stay where they are unique; missing and doubled ones become `Q1…`, `A1…`.
 */
export function extractQuestions(input: Uint8Array | string): QuestionExtraction {
  const { text, cut } = decodeOutput(input);
  const found = readParts(text, 0);
  if (found === undefined) return { outcome: 'no-json', questions: [], assumptions: [], rejected: [] };
  const parts = found.parts.slice(0, most.elements);
  const rejected: string[] = [];
  const questions = number(
    parts.filter(isAsked).flatMap(({ fields }) => toQuestion(fields) ?? reject(fields, rejected)),
    'Q',
  );
  const assumptions = number(
    parts.filter((part) => !isAsked(part)).flatMap(({ fields }) => toAssumption(fields) ?? reject(fields, rejected)),
    'A',
  );
  const whole = found.whole && !cut && found.parts.length <= most.elements && rejected.length === 0;
  return { outcome: whole ? 'complete' : 'incomplete', questions, assumptions, rejected };
}

type Part = { kind: 'question' | 'assumption'; fields: Fields };
type Found = { parts: Part[]; whole: boolean };

/** Everything asked and assumed in a text; `undefined` where it holds no list of either and none of them. */
function readParts(text: string, depth: number): Found | undefined {
  const scan = readValues(text, (value) => partsOf(value, depth)?.parts.length);
  const found = scan.runs.flatMap((run) => {
    const all = together(run.values.map((value) => partsOf(value, depth)));
    return all === undefined ? [] : [{ ...all, whole: all.whole && run.sound && !run.stray }];
  });
  const all = together(found);
  return all && { ...all, whole: all.whole && !scan.cutOff && !scan.debris };
}

function together(lists: readonly (Found | undefined)[]): Found | undefined {
  const found = lists.filter((list) => list !== undefined);
  if (found.length === 0) return undefined;
  return { parts: found.flatMap(({ parts }) => parts), whole: found.every(({ whole }) => whole) };
}

/** What a value asks and assumes, `undefined` where it is about something else. */
function partsOf(value: unknown, depth: number): Found | undefined {
  if (depth > 4) return undefined;
  if (typeof value === 'string') return readParts(value, depth + 1);
  if (Array.isArray(value)) {
    return together(value.slice(0, most.elements).map((element) => partsOf(element, depth + 1)));
  }
  const fields = fieldsOf(value);
  const parts = fields && partsOfFields(fields);
  return parts ? { parts, whole: true } : fields && partsOfEnvelope(value, depth);
}

function partsOfFields(fields: Fields): Part[] | undefined {
  const asked = listOf(fields.get('questions'));
  const assumed = listOf(fields.get('assumptions'));
  if (asked || assumed) return [...toParts(asked ?? [], 'question'), ...toParts(assumed ?? [], 'assumption')];
  if (findText(fields, ['question']) !== undefined) return [{ kind: 'question', fields }];
  if (fields.has('type') || fields.has('role')) return undefined;
  if (findText(fields, ['text', 'assumption', 'statement']) !== undefined) return [{ kind: 'assumption', fields }];
  return undefined;
}

/** The last message of an agent's envelope that holds any. */
function partsOfEnvelope(value: unknown, depth: number): Found | undefined {
  const envelope = textsOf(value);
  for (const message of envelope?.texts.toReversed() ?? []) {
    const found = readParts(message, depth + 1);
    if (found !== undefined) return { ...found, whole: found.whole && envelope?.whole === true };
  }
  return undefined;
}

function isAsked({ kind }: Part): boolean {
  return kind === 'question';
}

function toParts(elements: readonly unknown[], kind: Part['kind']): Part[] {
  return elements.slice(0, most.elements + 1).map((element) => {
    const text = kind === 'question' ? 'question' : 'text';
    const fields = typeof element === 'string' ? new Map<string, unknown>([[text, element]]) : fieldsOf(element);
    return { kind, fields: fields ?? new Map() };
  });
}

function reject(fields: Fields, rejected: string[]): [] {
  rejected.push(
    fields.size === 0 ? 'an empty element' : `an element with only ${[...fields.keys()].slice(0, 5).join(', ')}`,
  );
  return [];
}

function toQuestion(fields: Fields): Question | undefined {
  const question = findText(fields, ['question', 'text', 'title'])?.slice(0, most.text);
  if (question === undefined) return undefined;
  const options = (listOf(fields.get('options') ?? fields.get('choices')) ?? [])
    .slice(0, most.options)
    .flatMap(toOption);
  return {
    id: idOf(fields),
    question,
    ...text('header', findText(fields, ['header'])),
    options,
    multiSelect: fields.get('multiselect') === true,
    allowOther: fields.get('allowother') !== false,
    ...text('default', findText(fields, ['default'])),
    blocking: fields.get('blocking') === true,
    findings: namesOf(fields.get('findings')),
  };
}

function toOption(value: unknown): Question['options'] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ label: value.trim().slice(0, most.text) }];
  const fields = fieldsOf(value);
  const label = fields && findText(fields, ['label', 'text', 'value', 'name']);
  return label === undefined ? [] : [{ label, ...text('description', findText(fields ?? new Map(), ['description'])) }];
}

function toAssumption(fields: Fields): Assumption | undefined {
  const statement = findText(fields, ['text', 'assumption', 'statement', 'description'])?.slice(0, most.text);
  if (statement === undefined) return undefined;
  const confidence = findField(fields, ['confidence']);
  return {
    id: idOf(fields),
    text: statement,
    ...text('basis', findText(fields, ['basis', 'reason', 'rationale'])),
    ...(typeof confidence === 'number' && confidence >= 0 && confidence <= 1 ? { confidence } : {}),
    ...text('questionId', findText(fields, ['questionid'])),
    ...contradictsOf(fields.get('contradicts')),
    findings: namesOf(fields.get('findings')),
  };
}

function contradictsOf(value: unknown): Pick<Assumption, 'contradicts'> {
  const named = namesOf(typeof value === 'string' ? [value] : value).slice(0, 10);
  return named.length === 0 ? {} : { contradicts: named };
}

function idOf(fields: Fields): string {
  return findText(fields, ['id'])?.slice(0, 40) ?? '';
}

/** Every id once: the first that claims one keeps it. */
function number<Element extends { id: string }>(elements: readonly Element[], letter: string): Element[] {
  const taken = new Set(elements.map(({ id }) => id));
  const given = new Set<string>();
  let next = 1;
  return elements.slice(0, most.elements + 1).map((element) => {
    let { id } = element;
    if (id === '' || given.has(id)) {
      while (taken.has(`${letter}${next}`)) next += 1;
      id = `${letter}${next}`;
      taken.add(id);
    }
    given.add(id);
    return { ...element, id };
  });
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function namesOf(value: unknown): string[] {
  return (listOf(value) ?? []).filter((entry) => typeof entry === 'string').slice(0, most.elements);
}

function text<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>>;
function text(name: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [name]: value };
}
