import { decodeOutput } from '../findings/extract/decode.ts';
import { type Fields, fieldsOf, findField, findText } from '../findings/extract/fields.ts';
import { readValues } from '../findings/extract/read-output.ts';
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
  const scan = readValues(text, () => 1);
  const values = scan.runs.flatMap((run) => run.values);
  if (values.length === 0) return { outcome: 'no-json', questions: [], assumptions: [], rejected: [] };
  const parts = values.flatMap((value) => partsOf(value)).slice(0, most.elements);
  const rejected: string[] = [];
  const questions = number(
    parts.filter(isAsked).flatMap(({ fields }) => toQuestion(fields) ?? reject(fields, rejected)),
    'Q',
  );
  const assumptions = number(
    parts.filter((part) => !isAsked(part)).flatMap(({ fields }) => toAssumption(fields) ?? reject(fields, rejected)),
    'A',
  );
  const whole =
    !cut &&
    !scan.cutOff &&
    !scan.debris &&
    scan.runs.every(({ sound, stray }) => sound && !stray) &&
    rejected.length === 0;
  return { outcome: whole ? 'complete' : 'incomplete', questions, assumptions, rejected };
}

type Part = { kind: 'question' | 'assumption'; fields: Fields };

function isAsked({ kind }: Part): boolean {
  return kind === 'question';
}

function partsOf(value: unknown): Part[] {
  if (Array.isArray(value)) return value.slice(0, most.elements).flatMap((element) => partsOf(element));
  const fields = fieldsOf(value);
  if (!fields) return [];
  const asked = listOf(fields.get('questions'));
  const assumed = listOf(fields.get('assumptions'));
  if (asked || assumed) return [...toParts(asked ?? [], 'question'), ...toParts(assumed ?? [], 'assumption')];
  if (findText(fields, ['question']) !== undefined) return [{ kind: 'question', fields }];
  if (findText(fields, ['text', 'assumption', 'statement']) !== undefined) return [{ kind: 'assumption', fields }];
  return [];
}

function toParts(elements: readonly unknown[], kind: Part['kind']): Part[] {
  return elements.map((element) => {
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
    findings: textsOf(fields.get('findings')),
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
    findings: textsOf(fields.get('findings')),
  };
}

function idOf(fields: Fields): string {
  return findText(fields, ['id'])?.slice(0, 40) ?? '';
}

/** Every id once: the first that claims one keeps it. */
function number<Element extends { id: string }>(elements: readonly Element[], letter: string): Element[] {
  const taken = new Set(elements.map(({ id }) => id));
  const given = new Set<string>();
  let next = 1;
  return elements.map((element) => {
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

function textsOf(value: unknown): string[] {
  return (listOf(value) ?? []).filter((entry) => typeof entry === 'string').slice(0, most.elements);
}

function text<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>>;
function text(name: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [name]: value };
}
