import type { Finding } from '../findings/finding.ts';
import type { CheckRecord, Session } from '../sessions/session.ts';

/** What was scanned. `url` is the page of the repository; without it, `serverUrl` and an `owner/name` make one. */
export type ReportedRepository = {
  name: string;
  commit?: string | undefined;
  branch?: string | undefined;
  /** The working tree differed from the commit: permalinks would show other lines, so none are made. */
  dirty: boolean;
  url?: string | undefined;
  serverUrl?: string | undefined;
};

/** What came of one check; `heldRules` names the rules that the noise cap kept back. */
export type ReportedCheck = CheckRecord & {
  version?: string | undefined;
  heldRules?: readonly string[] | undefined;
};

/** Lines of a file around evidence, cut and masked (excerpt.ts). `startLine` counts from 1. */
export type Excerpt = { path: string; startLine: number; lines: readonly string[] };

export type ReportCounts = {
  new: number;
  known: number;
  resolved: number;
  reopened: number;
  /** Seen, and silent because somebody said so; not among the new and known ones. */
  ignored?: number;
  /** Kept back: by the noise cap of a check, by `minPriority` or by `maxNew`. */
  held: number;
};

/** A file that somebody can read line by line, and what the agents saw of it. */
export type ReportedFile = {
  path: string;
  lines: number;
  /** Lines that were looked at, as they are now. */
  seen: number;
  /** The day of the last look (`2026-11-21`), also at other contents. */
  day?: string | undefined;
  /** Looked at before, with other contents. */
  changed: boolean;
};

/** Everything that the renderers of this room need; plain data, safe to write to JSON and to read back. */
export type Report = {
  courierVersion: string;
  session: Session;
  repository: ReportedRepository;
  /** The open ones that may be shown, worst first (sort-findings.ts). */
  findings: readonly Finding[];
  counts: ReportCounts;
  checks: readonly ReportedCheck[];
  /** Security findings of a public repository whose details are told nowhere in this report. */
  withheld: number;
  excerpts: readonly Excerpt[];
  /** What the agents of this session and of those before it looked at; absent where nobody watched. */
  coverage?: { files: readonly ReportedFile[] } | undefined;
  /** ISO 8601, UTC. */
  generatedAt: string;
};

/** The gate out, as far as a report needs it: each answer is one line that is safe to stand in GitHub's Markdown. */
export type MarkdownGate = {
  /** Prose. */
  inline(text: string): string;
  /** Prose in a cell of a table. */
  cell(text: string): string;
  /** Code: nothing in it is markup. */
  codeSpan(text: string): string;
};
