import type { Finding } from '../findings/finding.ts';
import type { ScanOutcome } from '../flows/outcome.ts';
import type { Progress } from '../flows/ports.ts';
import type { Replay } from '../flows/replay.ts';
import type { Controlled, SessionOrder } from '../flows/session-order.ts';
import type { Log } from '../lib/log.ts';
import type { Report } from '../reports/report.ts';
import type { Session } from '../sessions/session.ts';
import type { SessionEvent } from '../sessions/session-event.ts';
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
  watch?: ((event: SessionEvent) => void) | undefined;
  signal: AbortSignal;
};

/** What the command line needs of a scan's outcome. */
export type ScanResult = Pick<ScanOutcome, 'result' | 'reasons' | 'notes' | 'failOnMet' | 'files'> & { report: Report };

export type VerifyOrder = ScanOrder & {
  /** Ids; none: all open findings. */
  findings: readonly string[];
};

/** A session that goes on, or a new one from an earlier one. */
export type SessionRun = ScanOrder & { session: string } & (
    | { how: 'resume'; files: string | undefined }
    | { how: 'clone' }
    | { how: 'follow-up'; text: string }
    | { how: 'answer-session' }
  );

/** A question about the repository. */
export type AskOrder = ScanOrder & { question: string };

/** `session`: its id; `answer`: Markdown, absent where there is none. */
export type AskResult = Pick<ScanOutcome, 'result' | 'reasons' | 'notes'> & {
  session: string;
  answer?: string | undefined;
};

export type SessionControl = Pick<ScanOrder, 'path' | 'configPath' | 'github' | 'log'> & {
  order: SessionOrder;
  by: string;
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
  ask(order: AskOrder): Promise<AskResult>;
  runFrom(order: SessionRun): Promise<ScanResult>;
  control(order: SessionControl): Promise<Controlled>;
  listFindings(path: string): Promise<readonly Finding[] | undefined>;
  /** Newest first. */
  listSessions(path: string): Promise<readonly Session[] | undefined>;
  /** What happened in a session, in its order; none where its files are gone. */
  readEvents(path: string, session: string): Promise<readonly SessionEvent[]>;
  /** A session again, without a model, from its folder of this repository or from `folder`, where another machine left it. */
  replay(path: string, session: { id: string } | { folder: string }, log: Log): Promise<Replay>;
  /** The report of a session that the ledger knows; `undefined`: it was not kept. */
  readReport(path: string, session: string, format: ReportFormat): Promise<string | undefined>;
}
