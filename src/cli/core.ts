import type { Finding } from '../findings/finding.ts';
import type { ScanOutcome } from '../flows/outcome.ts';
import type { Progress } from '../flows/ports.ts';
import type { Log } from '../lib/log.ts';
import type { Report } from '../reports/report.ts';
import type { Session } from '../sessions/session.ts';
import type { Overrides } from '../sessions/settings.ts';

export const reportFormats = ['md', 'html', 'json', 'sarif'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export type ScanOrder = {
  /** Absolute path of an existing folder. */
  path: string;
  overrides: Overrides;
  /** Of the configuration, repository-relative; `undefined`: the usual place. */
  configPath: string | undefined;
  /** Whose issues are reconciled; `undefined`: none. */
  github: { repository: string; token: string } | undefined;
  log: Log;
  progress: (progress: Progress) => void;
  signal: AbortSignal;
};

/** What the command line needs of a scan's outcome. */
export type ScanResult = Pick<ScanOutcome, 'result' | 'reasons' | 'notes' | 'failOnMet' | 'files'> & { report: Report };

export type VerifyOrder = ScanOrder & {
  /** Ids; none: all open findings. */
  findings: readonly string[];
};

/** What came of looking for known findings again. */
export type VerifyResult = Pick<ScanOutcome, 'result' | 'reasons' | 'notes'> & Pick<Session, 'verdicts'>;

/**
 * Courier, as the command line uses it. Paths are absolute folders.
 *
 * Contract: a folder without a ledger is `undefined`, an empty ledger an empty list; what a person can set right is a `UserError`.
 */
export interface CliCore {
  scan(order: ScanOrder): Promise<ScanResult>;
  verify(order: VerifyOrder): Promise<VerifyResult>;
  listFindings(path: string): Promise<readonly Finding[] | undefined>;
  /** Newest first. */
  listSessions(path: string): Promise<readonly Session[] | undefined>;
  /** The report of a session that the ledger knows; `undefined`: it was not kept. */
  readReport(path: string, session: string, format: ReportFormat): Promise<string | undefined>;
}
