export const levels = ['error', 'warning', 'note', 'none'] as const;
export type Level = (typeof levels)[number];

/** One place where a tool's rule fired, in SARIF's words. */
export type RawResult = {
  rule: string;
  /** A short readable name of the rule; the rule's id where the tool has none. */
  ruleName: string;
  level: Level;
  /** 0 to 10, as code scanning reads it. */
  securitySeverity?: number;
  message: string;
  /** Repository-relative; absent where the tool named no place inside the repository. */
  path?: string;
  startLine?: number;
  endLine?: number;
  /** The tool's own copy of the code. */
  snippet?: string;
  cwe?: string;
  tags: readonly string[];
  helpUri?: string;
  /** What to do about it, in the tool's words. */
  help?: string;
};
