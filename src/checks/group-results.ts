import type { Category } from '../findings/category.ts';
import type { Evidence, Location } from '../findings/finding.ts';
import type { Severity } from '../findings/severity.ts';
import { count, oneLine, truncate } from '../lib/text.ts';
import type { CheckFinding, HeldBack } from './check.ts';
import { quoteLines } from './quote-lines.ts';
import type { RawResult } from './raw-result.ts';

/** Text of a repository file; `undefined` where there is no readable regular file. */
export type ReadText = (path: string) => Promise<string | undefined>;

export type CheckFindings = { findings: readonly CheckFinding[]; held: HeldBack };

/** How a check words its findings. What is left out is made from the results themselves. */
export type Wording = {
  category?: (result: RawResult) => Category;
  severity?: (result: RawResult) => Severity;
  /** The problem without its place: "SQL built from user input". */
  title?: (result: RawResult) => string;
  /** Why it matters. */
  why?: (result: RawResult) => string | undefined;
  nextSteps?: (result: RawResult) => readonly string[];
  /** The quote of one result, where it must not be what the file says. */
  evidence?: (result: RawResult) => Evidence | undefined;
};

export type GroupOptions = {
  /** The tool's name for people. */
  tool: string;
  readText: ReadText;
  wording?: Wording;
  /** Findings per check; more are held back and counted. */
  maxFindings?: number;
};

export const defaultMaxFindings = 25;
const maxPlaces = 20;

/**
 * Many results into few findings: one for each rule and file, with every place as evidence. The worst come first, equals by path and
 * rule, so that the same results always give the same list; what is above the cap is held back and counted.
 */
export async function groupResults(results: readonly RawResult[], options: GroupOptions): Promise<CheckFindings> {
  const groups = new Map<string, RawResult[]>();
  for (const result of results) {
    const key = JSON.stringify([result.rule, result.path ?? null]);
    const group = groups.get(key);
    if (group) group.push(result);
    else groups.set(key, [result]);
  }
  const findings = await Promise.all([...groups.values()].map((group) => toFinding(group, options)));
  return capFindings(findings, options.maxFindings);
}

/** Sorts and caps findings as `groupResults` does. */
export function capFindings(findings: readonly CheckFinding[], max = defaultMaxFindings): CheckFindings {
  const sorted = findings.toSorted(
    (a, b) =>
      a.candidate.severity - b.candidate.severity ||
      compare(a.candidate.location?.path ?? '', b.candidate.location?.path ?? '') ||
      compare(a.rule ?? '', b.rule ?? ''),
  );
  const held = sorted.slice(max);
  const rules = [...new Set(held.flatMap(({ rule }) => rule ?? []))].toSorted(compare);
  return { findings: sorted.slice(0, max), held: { findings: held.length, rules } };
}

async function toFinding(group: readonly RawResult[], options: GroupOptions): Promise<CheckFinding> {
  const places = distinct(group);
  const [first] = places;
  if (!first) throw new Error('a group of results holds one at least');
  const { wording = {}, readText } = options;
  const text = first.path === undefined ? undefined : await readText(first.path);
  const listed = places.slice(0, maxPlaces);
  const evidence = listed.flatMap(
    (place) => (wording.evidence ? wording.evidence(place) : quoteLines(text, place)) ?? [],
  );
  const location = locationOf(first, text);
  const problem = wording.title?.(first) ?? problemOf(first);
  return {
    rule: first.rule,
    candidate: {
      title: first.path === undefined ? problem : `${problem} in ${first.path}`,
      description: describe(places, options),
      severity: worst(places.map(wording.severity ?? severityOf)),
      category: (wording.category ?? categoryOf)(first),
      evidence,
      nextSteps: [...(wording.nextSteps?.(first) ?? stepsOf(first))],
      ...(first.cwe ? { cwe: first.cwe } : {}),
      ...(location ? { location } : {}),
    },
  };
}

/** The same rule on the same lines with the same words is one place. Sorted by line. */
function distinct(group: readonly RawResult[]): RawResult[] {
  const seen = new Map(
    group.map((result) => [JSON.stringify([result.startLine, result.endLine, result.message]), result]),
  );
  return [...seen.values()].toSorted(
    (a, b) => (a.startLine ?? 0) - (b.startLine ?? 0) || compare(a.message, b.message),
  );
}

function locationOf({ path, startLine, endLine }: RawResult, text: string | undefined): Location | undefined {
  if (path === undefined) return undefined;
  const beyond = text !== undefined && startLine !== undefined && startLine > text.split('\n').length;
  if (startLine === undefined || beyond) return { path };
  return { path, startLine, endLine: endLine ?? startLine };
}

function problemOf({ rule, ruleName, message }: RawResult): string {
  const readable = /\s/.test(ruleName.trim()) ? ruleName : message || rule;
  return truncate(oneLine(readable).replace(/\s*[.:]$/, ''), 100);
}

function describe(places: readonly RawResult[], { tool, wording }: GroupOptions): string {
  const [first] = places;
  if (!first) return '';
  const messages = [...new Set(places.map(({ message }) => sentence(message)))];
  const why = wording?.why?.(first) ?? first.help;
  const about = `Rule \`${first.rule}\` of ${tool}${first.helpUri ? `: ${first.helpUri}` : '.'}`;
  const parts = [
    messages.slice(0, 5).join('\n'),
    placesOf(places),
    why && !messages.includes(why) ? why.trim() : '',
    about,
  ];
  return parts.filter(Boolean).join('\n\n');
}

function placesOf(places: readonly RawResult[]): string {
  if (places.length < 2) return '';
  const lines = [...new Set(places.slice(0, maxPlaces).flatMap(({ startLine }) => startLine ?? []))];
  const more = places.length - maxPlaces;
  const rest = more > 0 ? ` and ${count(more, 'more place')}` : '';
  const list = lines.length === 0 ? '' : ` (line${lines.length === 1 ? '' : 's'} ${lines.join(', ')}${rest})`;
  return `${count(places.length, 'place')} in this file${list}.`;
}

/** SARIF's scale: error is high, warning is medium, note is low; a security score decides where there is one, in CVSS's bands. */
export function severityOf({ level, securitySeverity }: RawResult): Severity {
  if (securitySeverity !== undefined) {
    if (securitySeverity >= 9) return 1;
    if (securitySeverity >= 7) return 2;
    return securitySeverity >= 4 ? 3 : 4;
  }
  return ({ error: 2, warning: 3, note: 4, none: 4 } as const)[level];
}

function categoryOf({ tags, cwe, securitySeverity, level }: RawResult): Category {
  const words = new Set(tags.map((tag) => tag.toLowerCase()));
  if (words.has('security') || cwe !== undefined || securitySeverity !== undefined) return 'security';
  if (words.has('performance')) return 'performance';
  if (words.has('correctness') || words.has('bug') || words.has('reliability')) return 'bug';
  return level === 'error' ? 'bug' : 'quality';
}

function stepsOf({ helpUri, startLine, path }: RawResult): string[] {
  const place = path === undefined ? 'the place' : `${path}${startLine === undefined ? '' : `:${startLine}`}`;
  return [`Look at ${place} and change the code so that the rule is satisfied${helpUri ? ` (${helpUri})` : ''}.`];
}

function worst(severities: readonly Severity[]): Severity {
  return severities.toSorted()[0] ?? 3;
}

function sentence(text: string): string {
  const line = truncate(oneLine(text), 500);
  return /[.!?…]$/.test(line) ? line : `${line}.`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
