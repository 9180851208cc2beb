import { type Category, findCategory, understandCategory } from '../category.ts';
import type { Reproduce } from '../finding.ts';
import { findSeverity, type Severity } from '../severity.ts';
import { type Fields, fieldsOf, findField, findText, titleOf } from './fields.ts';
import { knownOf } from './read-verdict.ts';
import { type QuotedText, understandEvidence, withoutFence } from './understand-evidence.ts';
import { mergePlaces, type Place, placeOfFields, understandPlace } from './understand-place.ts';

/**
 * One element of an agent's list, in our words. Texts are as they came (trimmed), paths and lines unchecked; only the title is
 * certain to be there.
 */
export type ExtractedIssue = {
  title: string;
  description?: string;
  severity: Severity;
  category: Category;
  cwe?: string;
  location?: { path: string; startLine?: number; endLine?: number; symbol?: string };
  evidence: QuotedText[];
  reproduce?: Reproduce;
  expected?: string;
  actual?: string;
  nextSteps: string[];
  suggestedPrompt?: string;
  /** 0 to 1. */
  confidence?: number;
  known?: string;
  /** The agent's own id. */
  ref?: string;
};

const descriptionNames =
  'description goal details detail desc body explanation message content text summary rationale why'.split(' ');
const stepNames =
  'nextsteps nextstep recommendations recommendation remediation remediations suggestedfix fix fixes suggestions suggestion mitigation solution actions'.split(
    ' ',
  );

/** The issue that an element describes; `undefined` where it has no title. */
export function normaliseIssue(element: unknown): ExtractedIssue | undefined {
  const fields = fieldsOf(element);
  const title = fields && titleOf(fields);
  if (fields === undefined || title === undefined) return undefined;
  const place = placeOf(fields);
  const { quotes, claims } = understandEvidence(fields, place);
  const cwe = cweOf(findField(fields, ['cwe', 'cweid', 'cwes', 'cweids']));
  return {
    title,
    ...optional('description', descriptionOf(fields, title)),
    severity: severityOf(fields),
    category: categoryOf(fields, title, cwe),
    ...optional('cwe', cwe),
    ...(place.path !== undefined && { location: { ...place, path: place.path } }),
    evidence: quotes,
    ...optional('reproduce', reproduceOf(fields)),
    ...optional('expected', findText(fields, ['expected', 'expectedresult', 'expectedbehavior', 'expectedbehaviour'])),
    ...optional(
      'actual',
      findText(fields, ['actual', 'actualresult', 'actualbehavior', 'actualbehaviour', 'observed']) ?? claims,
    ),
    nextSteps: listOf(findField(fields, stepNames)).flatMap(stepOf),
    ...optional('suggestedPrompt', findText(fields, ['suggestedprompt', 'prompt', 'agentprompt', 'fixprompt'])),
    ...optional('confidence', confidenceOf(findField(fields, ['confidence', 'confidencescore', 'certainty']))),
    ...optional('known', knownOf(findField(fields, ['known', 'knownid', 'knownfinding']))),
    ...optional('ref', refOf(findField(fields, ['id', 'ref', 'issueid', 'findingid']))),
  };
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined): Partial<Record<Name, Value>>;
function optional(name: string, value: unknown): Record<string, unknown> {
  return value === undefined ? {} : { [name]: value };
}

function descriptionOf(fields: Fields, title: string): string | undefined {
  const text = findText(fields, descriptionNames);
  if (text !== undefined) return text === title && !fields.has('description') ? undefined : text;
  const parts = listOf(findField(fields, ['description', 'details'])).filter((part) => typeof part === 'string');
  return parts.length > 0 ? parts.join('\n') : undefined;
}

function severityOf(fields: Fields): Severity {
  for (const name of [
    'severity',
    'priority',
    'severitylevel',
    'level',
    'risk',
    'criticality',
    'importance',
    'impact',
  ]) {
    const value = fields.get(name);
    const inner = fieldsOf(value);
    const understood = findSeverity(
      inner ? findField(inner, ['level', 'name', 'value', 'label', 'rating', 'severity']) : value,
    );
    if (understood !== undefined) return understood;
  }
  return 3;
}

function categoryOf(fields: Fields, title: string, cwe: string | undefined): Category {
  for (const name of ['category', 'categories', 'type', 'kind', 'area', 'tags', 'labels']) {
    for (const value of listOf(fields.get(name))) {
      const found = findCategory(value);
      if (found !== undefined) return found;
    }
  }
  return understandCategory(fields.get('category'), { title, ...(cwe !== undefined && { cwe }) });
}

function cweOf(value: unknown): string | undefined {
  const first = Array.isArray(value) ? value[0] : value;
  const inner = fieldsOf(first);
  const text = inner ? findField(inner, ['id', 'cweid', 'cwe']) : first;
  if (typeof text !== 'string' && typeof text !== 'number') return undefined;
  const number = /^(?:cwe[-_ :]*)?(\d{1,5})\b/i.exec(String(text).trim())?.[1];
  return number === undefined ? undefined : `CWE-${Number(number)}`;
}

function placeOf(fields: Fields): Place {
  const stated = understandPlace(findField(fields, ['location', 'locations', 'where', 'files', 'position', 'source']));
  return mergePlaces(stated, placeOfFields(fields));
}

function reproduceOf(fields: Fields): Reproduce | undefined {
  const value = findField(fields, [
    'reproduce',
    'reproduction',
    'repro',
    'reproducecommand',
    'reprocommand',
    'reproductioncommand',
  ]);
  if (typeof value === 'string') return value.trim() === '' ? undefined : { command: withoutFence(value).trim() };
  const inner = fieldsOf(value);
  const command = inner && findText(inner, ['command', 'cmd', 'run', 'script', 'shell']);
  if (inner === undefined || command === undefined) return undefined;
  const present = fieldsOf(inner.get('present')) ?? inner;
  const exitCode = present.get('exitcode');
  const match = findText(present, ['match', 'pattern', 'output', 'contains']);
  const known = {
    ...(typeof exitCode === 'number' && Number.isInteger(exitCode) && { exitCode }),
    ...(match !== undefined && { match }),
  };
  return Object.keys(known).length === 0 ? { command } : { command, present: known };
}

function stepOf(value: unknown): string[] {
  const fields = fieldsOf(value);
  const text = fields ? findText(fields, ['step', 'description', 'text', 'action', 'title', 'name']) : value;
  return typeof text === 'string' && text.trim() !== '' ? [text.trim()] : [];
}

const confidences: ReadonlyMap<string, number> = new Map([
  ['certain', 0.95],
  ['very high', 0.95],
  ['high', 0.9],
  ['medium', 0.6],
  ['moderate', 0.6],
  ['low', 0.3],
  ['very low', 0.15],
]);

function confidenceOf(value: unknown): number | undefined {
  if (typeof value === 'string') {
    const word = confidences.get(value.trim().toLowerCase());
    return word ?? confidenceOf(/^\s*\d+(?:\.\d+)?\s*%?\s*$/.test(value) ? Number.parseFloat(value) : undefined);
  }
  if (typeof value !== 'number' || !(value >= 0 && value <= 100)) return undefined;
  return value > 1 ? value / 100 : value;
}

function refOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const ref = String(value).trim();
  return ref === '' || ref.length > 100 ? undefined : ref;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.slice(0, 200) : [value];
}
