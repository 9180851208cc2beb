import { toRepositoryPath } from '../lib/safe-path.ts';
import { oneLine, truncate } from '../lib/text.ts';
import type { ExtractedIssue } from './extract/normalise-issue.ts';
import { isPlaceholder } from './extract/placeholder.ts';
import type { Candidate, Evidence, Location } from './finding.ts';

// What a person would still read; an agent that writes more is not describing a problem any more.
const limits = { title: 300, text: 20_000, quote: 8_000, evidence: 20, nextSteps: 20 } as const;

/**
 * What an element of the agent's list claims. A description is needed or made from evidence or from expected and actual; a placeholder
 * (`TODO`, `...`, `<title>`) is none. Paths become repository-relative; evidence whose path is not inside is dropped.
 * @param workspace absolute path of the repository inside the sandbox, as agents like to write it.
 */
export function toCandidate(
  issue: ExtractedIssue,
  { workspace }: { workspace?: string } = {},
): { candidate: Candidate } | { rejected: string } {
  const inside = (path: string | undefined) =>
    path === undefined ? undefined : toRepositoryPath(path, workspace === undefined ? {} : { workspace });
  if (isPlaceholder(issue.title)) return { rejected: 'Its title is a placeholder.' };
  const evidence = toEvidence(issue, inside);
  const description = describe(issue, evidence);
  if (description === undefined) {
    return { rejected: 'It has no description, and neither evidence nor expected and actual to make one from.' };
  }
  if (issue.location?.path !== undefined && inside(issue.location.path) === undefined) {
    return { rejected: `Its location ${truncate(issue.location.path, 100)} is not inside the repository.` };
  }
  const location = toLocation(issue, evidence, inside);
  const { severity, category, cwe, reproduce, expected, actual, suggestedPrompt, confidence, known, ref } = issue;
  return {
    candidate: {
      title: truncate(oneLine(clean(issue.title)), limits.title),
      description: bounded(description),
      severity,
      category,
      evidence,
      nextSteps: issue.nextSteps.slice(0, limits.nextSteps).map(bounded),
      ...defined({ cwe, location, reproduce: toReproduce(reproduce), confidence, known, ref }),
      ...defined({
        expected: expected && bounded(expected),
        actual: actual && bounded(actual),
        suggestedPrompt: suggestedPrompt && bounded(suggestedPrompt),
      }),
    },
  };
}

/** A command that had to be cut would be another command. */
function toReproduce(reproduce: ExtractedIssue['reproduce']): ExtractedIssue['reproduce'] {
  return reproduce && reproduce.command.length <= limits.quote ? reproduce : undefined;
}

function bounded(text: string): string {
  return truncate(clean(text), limits.text);
}

/** Without control characters and halves of characters, which no page shows and some stores refuse. */
function clean(text: string): string {
  return text.toWellFormed().replace(/(?![\n\t])\p{Cc}/gu, '');
}

function toEvidence(issue: ExtractedIssue, inside: (path: string | undefined) => string | undefined): Evidence[] {
  return issue.evidence.slice(0, limits.evidence).flatMap(({ path, startLine, endLine, quote }) => {
    const place = inside(path ?? issue.location?.path);
    if (place === undefined || quote.trim() === '') return [];
    return [
      { path: place, quote: truncate(quote.toWellFormed(), limits.quote, ''), ...defined({ startLine, endLine }) },
    ];
  });
}

function toLocation(
  issue: ExtractedIssue,
  evidence: readonly Evidence[],
  inside: (path: string | undefined) => string | undefined,
): Location | undefined {
  const path = inside(issue.location?.path);
  if (path !== undefined) {
    const { startLine, endLine, symbol } = issue.location ?? {};
    return { path, ...defined({ startLine, endLine, symbol }) };
  }
  const [first] = evidence;
  return first && { path: first.path, ...defined({ startLine: first.startLine, endLine: first.endLine }) };
}

function describe(issue: ExtractedIssue, evidence: readonly Evidence[]): string | undefined {
  if (issue.description !== undefined && !isPlaceholder(issue.description)) return issue.description;
  const { expected, actual } = issue;
  if (expected !== undefined && actual !== undefined) return `Expected: ${expected}\n\nActual: ${actual}`;
  const [first] = evidence;
  return first && `${issue.title}, as ${first.path} shows.`;
}

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/** The fields that have a value: with exact optional properties a field is there or it is not. */
function defined<T extends Record<string, unknown>>(fields: T): Defined<T> {
  const result: Defined<T> = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) Object.assign(result, { [key]: value });
  }
  return result;
}
