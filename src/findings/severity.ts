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
