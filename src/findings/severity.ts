/** 1 critical, 2 high, 3 medium, 4 low. */
export const severities = [1, 2, 3, 4] as const;
export type Severity = (typeof severities)[number];

export const priorities = ['critical', 'high', 'medium', 'low'] as const;
export type Priority = (typeof priorities)[number];

const nameOf = { 1: 'critical', 2: 'high', 3: 'medium', 4: 'low' } as const satisfies Record<Severity, Priority>;
const severityOf = { critical: 1, high: 2, medium: 3, low: 4 } as const satisfies Record<Priority, Severity>;

export function toPriority(severity: Severity): Priority {
  return nameOf[severity];
}

export function toSeverity(priority: Priority): Severity {
  return severityOf[priority];
}

// Words of the common scales: GitHub, Jira, SonarQube, SARIF levels, incident severities.
const vocabulary: ReadonlyMap<string, Severity> = new Map([
  ...scale(1, 'critical crit blocker blocking fatal urgent emergency catastrophic p0 sev0 sev1 s0 s1 1'),
  ...scale(2, 'high major error important serious severe p1 sev2 s2 2'),
  ...scale(3, 'medium med moderate warning warn normal average p2 sev3 s3 3'),
  ...scale(4, 'low minor info information informational note notice trivial none negligible hint suggestion'),
  ...scale(4, 'cosmetic nit nitpick p3 p4 p5 sev4 sev5 s4 s5 4'),
]);

/** Words that may stand beside the one that counts: "high severity", "P1 - High (7.5)". */
const fillers = new Set(['severity', 'priority', 'risk', 'level', 'impact', 'issue', 'finding', 'very', 'prio']);

/**
 * The severity that somebody else's scale means; whatever is not understood is medium, as is nothing at all.
 * Text is read without regard to case; numbers (and numeric text) count from 1 to 4.
 */
export function understandSeverity(value: unknown): Severity {
  return findSeverity(value) ?? 3;
}

/** As `understandSeverity`, but `undefined` where the value is not understood. */
export function findSeverity(value: unknown): Severity | undefined {
  if (typeof value === 'number') return severities.find((severity) => severity === value);
  if (typeof value !== 'string' || value.length > 80) return undefined;
  const words = value
    .toLowerCase()
    .replace(/\b(sev|p|s)[\s:_-]*(\d)\b/g, '$1$2')
    .split(/[^a-z0-9.]+/)
    .filter((word) => word !== '' && !fillers.has(word));
  const [first, ...rest] = words;
  if (first === undefined || rest.some((word) => !vocabulary.has(word) && !/^\d+(\.\d+)?$/.test(word)))
    return undefined;
  return vocabulary.get(first);
}

/** A priority that a person typed: its plain name, in any case, and nothing else. */
export function understandPriority(text: string): Priority | undefined {
  const word = text.trim().toLowerCase();
  return priorities.find((priority) => priority === word);
}

function scale(severity: Severity, words: string): [string, Severity][] {
  return words.split(' ').map((word) => [word, severity]);
}
