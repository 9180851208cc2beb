import type { z } from 'zod';
import { oneLine, suggest, truncate } from '../lib/text.ts';
import { type KnownKeys, knownKeys } from './known-keys.ts';

type Issue = z.core.$ZodIssue;
export type Problem = { path: readonly PropertyKey[]; text: string };

/**
 * What is wrong, in words: what was expected, what was given, and what was probably meant.
 *
 * @param known keys of the file that it is about. Default: those of the configuration.
 */
export function describeIssue(issue: Issue, root: unknown, known: KnownKeys = knownKeys): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path, key], text: describeUnknownKey(key, known(issue.path)) }));
  }
  if (issue.code === 'invalid_key') {
    const expected = issue.issues.map((inner) => inner.message).join('; ');
    return [{ path: issue.path, text: `expected ${expected}, got ${show(issue.path.at(-1))}` }];
  }
  if (issue.code === 'invalid_union') return describeUnion(issue, root, known);
  const given = valueAt(root, issue.path);
  const { expected, choices } = expectationOf(issue);
  // A field with one possible value stands for a credential: what was written there is not repeated.
  if (issue.code === 'invalid_value' && choices.length === 0)
    return [{ path: issue.path, text: `expected ${expected}` }];
  return [{ path: issue.path, text: `expected ${expected}, got ${show(given)}${hint(given, choices)}` }];
}

function describeUnknownKey(key: string, known: readonly string[]): string {
  if (known.includes(key)) return 'unknown key here: it belongs to another kind of entry';
  const meant = suggest(key, known);
  if (meant !== undefined) return `unknown key (did you mean "${meant}"?)`;
  return known.length > 0 ? `unknown key, expected one of ${known.join(', ')}` : 'unknown key';
}

/** Of several shapes the one that was meant: the one whose keys these are, and of those the one with fewest problems; all of them where none was begun. */
function describeUnion(issue: z.core.$ZodIssueInvalidUnion, root: unknown, known: KnownKeys): Problem[] {
  const branches = issue.errors.map((issues) =>
    issues.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
  );
  const started = branches.filter((issues) => !issues.some((inner) => isShapeProblem(inner, issue.path.length)));
  const strange = (issues: readonly Issue[]) => weight(issues.filter((inner) => isStrange(inner, issue.path, root)));
  const [nearest] = started.toSorted((a, b) => strange(a) - strange(b) || weight(a) - weight(b));
  if (nearest) return nearest.flatMap((inner) => describeIssue(inner, root, known));
  const expected = branches.flatMap((issues) => issues.slice(0, 1)).map((inner) => expectationOf(inner));
  const given = valueAt(root, issue.path);
  const text = `expected ${expected.map((it) => it.expected).join(', or ')}, got ${show(given)}`;
  return [
    {
      path: issue.path,
      text:
        text +
        hint(
          given,
          expected.flatMap((it) => it.choices),
        ),
    },
  ];
}

/** Whether the value is not even of this kind (as opposed to having a wrong part). */
function isShapeProblem(issue: Issue, depth: number): boolean {
  return issue.path.length === depth && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

/** Whether an entry has a key too many for this shape, or too few. */
function isStrange(issue: Issue, path: readonly PropertyKey[], root: unknown): boolean {
  if (issue.code === 'unrecognized_keys') return issue.path.length === path.length;
  return issue.path.length === path.length + 1 && valueAt(root, issue.path) === undefined;
}

function weight(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

type Expectation = { expected: string; choices: readonly string[] };

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
};

function expectationOf(issue: Issue): Expectation {
  if (issue.code === 'invalid_value') return expectedValues(issue);
  return { expected: expectedKind(issue), choices: [] };
}

function expectedValues({ values, message }: z.core.$ZodIssueInvalidValue): Expectation {
  const choices = values.map(String);
  // A single value carries its own explanation (schema.ts); zod's own sentence is not one.
  if (choices.length === 1) return { expected: message, choices: [] };
  return { expected: `one of ${choices.join(', ')}`, choices };
}

function expectedKind(issue: Issue): string {
  if (issue.code === 'invalid_type') return kinds[issue.expected] ?? issue.expected;
  if (issue.code === 'too_small') return bound(issue, 'at least', issue.minimum);
  if (issue.code === 'too_big') return bound(issue, 'at most', issue.maximum);
  return issue.message;
}

function bound(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, word: string, limit: number | bigint): string {
  const isOwnMessage = !/^(Too |Invalid )/.test(issue.message);
  if (isOwnMessage) return issue.message;
  if (issue.origin === 'string') return `text of ${word} ${limit} characters`;
  if (issue.origin === 'array') return `a list of ${word} ${limit}`;
  if (issue.inclusive === false) return `a number ${issue.code === 'too_small' ? 'above' : 'below'} ${limit}`;
  return `a number of ${word} ${limit}`;
}

function hint(given: unknown, choices: readonly string[]): string {
  const meant = typeof given === 'string' ? suggest(given, choices) : undefined;
  return meant === undefined ? '' : ` (did you mean "${meant}"?)`;
}

function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return `"${truncate(oneLine(value), 60)}"`;
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a map' : String(value);
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, step)?.value;
  }
  return value;
}
