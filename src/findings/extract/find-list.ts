import { type Fields, fieldsOf, hasTitle, isIssue, isListedIssue, isObject, isSchema, titleOf } from './fields.ts';
import { isVerdict } from './read-verdict.ts';
import { isStream, textsOf } from './unwrap.ts';

/**
 * The issues that a value holds. `list`: they stood in a list (or under a name that says so), `single`: an issue by itself.
 * `whole`: nothing says that the list was cut off or that the run failed. Elements are as they came; some may have no title.
 */
export type Listing = { kind: 'list' | 'single'; elements: readonly unknown[]; whole: boolean };

/** Reads issues out of a text within a value: the last message of an envelope, a string that holds JSON. */
export type ReadText = (text: string) => Listing | undefined;

const listNames = ['issues', 'findings', 'results'];
const otherListNames =
  'vulnerabilities problems bugs defects weaknesses risks observations errors items data list entries records verdicts'.split(
    ' ',
  );
const maxDepth = 5;

/** The issues in a value, wherever in it they are; `undefined` where it holds no list of issues and is none. */
export function findList(value: unknown, readText: ReadText, depth = 0): Listing | undefined {
  if (depth > maxDepth) return undefined;
  if (typeof value === 'string') return readText(value);
  if (Array.isArray(value)) return listOf(value, readText, depth);
  const fields = fieldsOf(value);
  if (fields === undefined || isSchema(fields)) return undefined;
  const whole = !saysPartial(fields);
  const found =
    listed(value, fields, readText, depth) ??
    fromTexts(value, readText) ??
    underNames(fields, otherListNames, readText, depth) ??
    nested(fields, readText, depth);
  return found && !whole ? { ...found, whole: false } : found;
}

function listOf(value: readonly unknown[], readText: ReadText, depth: number): Listing | undefined {
  if (value.length === 0) return { kind: 'list', elements: [], whole: true };
  if (value.some(isListed)) return { kind: 'list', elements: value, whole: true };
  const texts = fromTexts(value, readText);
  if (texts !== undefined) return texts;
  const inner = value.slice(0, 1000).flatMap((element) => {
    if (!isObject(element) && !Array.isArray(element)) return [];
    const found = findList(element, readText, depth + 1);
    return found === undefined || (Array.isArray(element) && found.elements.length === 0) ? [] : [found];
  });
  if (inner.length === 0) return looksLikeIssues(value) ? { kind: 'list', elements: value, whole: true } : undefined;
  // What was said on the way to a final message that holds no list is not the answer.
  return isStream(value) ? { ...union(inner), whole: false } : union(inner);
}

/** Issues, all without a title: a list that is of no use, but one. */
function looksLikeIssues(elements: readonly unknown[]): boolean {
  return elements.every((element) => {
    const fields = fieldsOf(element);
    return fields?.has('severity') && (fields.has('description') || fields.has('evidence') || fields.size < 3);
  });
}

/** The list that an object holds, or the issue that it is: one with lists of its own, as of observations, is no report. */
function listed(value: unknown, fields: Fields, readText: ReadText, depth: number): Listing | undefined {
  const list = withVerdicts(underNames(fields, listNames, readText, depth), fields);
  if (!isIssue(fields) && !(list === undefined && isVerdict(value))) return list;
  const isReport =
    fields.has('issues') || !['severity', 'priority', 'evidence', 'reproduce'].some((name) => fields.has(name));
  if (list !== undefined && (countTitled(list) > 0 || (isReport && list.elements.length === 0))) return list;
  return { kind: 'single', elements: [value], whole: true };
}

/** `{"issues": […], "verdicts": […]}`: what is said about known findings belongs to the list. */
function withVerdicts(list: Listing | undefined, fields: Fields): Listing | undefined {
  const verdicts = fields.get('verdicts');
  if (list === undefined || !Array.isArray(verdicts) || !verdicts.some(isVerdict)) return list;
  return union([list, { kind: 'list', elements: verdicts, whole: true }]);
}

function isListed(value: unknown): boolean {
  return isListedIssue(value) || isVerdict(value);
}

/** How many elements could become issues, or are verdicts on known ones. */
export function countTitled(listing: Listing): number {
  return listing.elements.filter(
    (element) => titleOf(fieldsOf(element) ?? new Map()) !== undefined || isVerdict(element),
  ).length;
}

/** One list of several, in their order. */
export function union(listings: readonly Listing[]): Listing {
  return {
    kind: listings.every((listing) => listing.kind === 'single') ? 'single' : 'list',
    elements: listings.length === 1 ? (listings[0]?.elements ?? []) : listings.flatMap((listing) => listing.elements),
    whole: listings.every((listing) => listing.whole),
  };
}

/** The lists under these names together; an object under such a name is one issue, or a map of them. */
function underNames(fields: Fields, names: readonly string[], readText: ReadText, depth: number): Listing | undefined {
  const official = names === listNames;
  const found = names.flatMap((name) => {
    const listing = underName(fields.get(name), official, readText, depth);
    return listing === undefined ? [] : [listing];
  });
  return found.length === 0 ? undefined : { ...union(found), kind: 'list' };
}

function underName(value: unknown, official: boolean, readText: ReadText, depth: number): Listing | undefined {
  if (Array.isArray(value)) return arrayUnderName(value, official, readText, depth);
  if (typeof value === 'string') return official && value.length > 1 ? readText(value) : undefined;
  const fields = fieldsOf(value);
  if (fields === undefined || isSchema(fields)) return undefined;
  if (titleOf(fields) !== undefined) return { kind: 'list', elements: [value], whole: true };
  return mapOf(fields, readText, depth);
}

/** A list under a name that is ours counts whatever is in it: it was there, even if it is of no use. */
function arrayUnderName(
  value: readonly unknown[],
  official: boolean,
  readText: ReadText,
  depth: number,
): Listing | undefined {
  const found = listOf(value, readText, depth);
  if (official) return found ?? { kind: 'list', elements: value, whole: false };
  return found !== undefined && found.elements.length > 0 ? found : undefined;
}

/** `{"1": {…}, "2": {…}}`, `{"high": [{…}], "low": [{…}]}`. */
function mapOf(fields: Fields, readText: ReadText, depth: number): Listing | undefined {
  const values = [...fields.values()];
  if (values.some(isListed)) return { kind: 'list', elements: values, whole: true };
  const lists = values.flatMap((value) => {
    const found = Array.isArray(value) || isObject(value) ? findList(value, readText, depth + 1) : undefined;
    return found === undefined ? [] : [found];
  });
  return lists.length === 0 ? undefined : { ...union(lists), kind: 'list' };
}

function fromTexts(value: unknown, readText: ReadText): Listing | undefined {
  const envelope = textsOf(value);
  if (envelope === undefined) return undefined;
  const texts = envelope.texts.length > 1 ? [...envelope.texts.toReversed(), envelope.texts.join('')] : envelope.texts;
  for (const text of texts) {
    const found = readText(text);
    if (found !== undefined) return envelope.whole ? found : { ...found, whole: false };
  }
  return undefined;
}

/** `{"report": {"issues": […]}}`, `{"structured_output": {"issues": []}}`. */
function nested(fields: Fields, readText: ReadText, depth: number): Listing | undefined {
  const found = [...fields.values()].flatMap((value) => {
    if (!isObject(value)) return Array.isArray(value) && value.some(isTitled) ? [listOf(value, readText, depth)] : [];
    const listing = findList(value, readText, depth + 1);
    return listing?.kind === 'list' ? [listing] : [];
  });
  const lists = found.filter((listing) => listing !== undefined);
  return lists.length === 0 ? undefined : union(lists);
}

function isTitled(value: unknown): boolean {
  const fields = fieldsOf(value);
  return fields !== undefined && hasTitle(fields) && isIssue(fields);
}

/** Whether what stands beside a list says that it is not all: an error, `truncated`, `complete: false`. */
function saysPartial(fields: Fields): boolean {
  const { error, iserror, truncated, partial, incomplete, complete } = Object.fromEntries(
    ['error', 'iserror', 'truncated', 'partial', 'incomplete', 'complete'].map((name) => [name, fields.get(name)]),
  );
  if ([iserror, truncated, partial, incomplete].includes(true) || complete === false) return true;
  return (typeof error === 'string' && error.trim() !== '') || isObject(error);
}
