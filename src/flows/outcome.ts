import type { Finding } from '../findings/finding.ts';
import type { SafeText } from '../publishing/safe-text.ts';
import type { Report } from '../reports/report.ts';
import type { Session, SessionResult } from '../sessions/session.ts';

/** What a scan or a publication came to; faces turn it into exit codes, outputs and text. */
export type ScanOutcome = {
  session: Session;
  result: SessionResult;
  /** Why the result is not `complete`, and what else a person should know; a sentence each. */
  reasons: readonly string[];
  notes: readonly string[];
  /** Open findings that may be shown to whoever can read the outcome, worst first. */
  findings: readonly Finding[];
  counts: {
    raised: number;
    created: number;
    updated: number;
    resolved: number;
    reopened: number;
    ignored: number;
    held: number;
    withheld: number;
  };
  /** Of a session that was asked a question: what it answers, if anything. */
  answer?: SafeText;
  /** `--fail-on` is met. */
  failOnMet: boolean;
  /** Of a pull request: findings are shown as annotations. */
  annotates: boolean;
  /** Absolute paths of what was written, by kind; `session` is a folder. */
  files: Partial<Record<'html' | 'markdown' | 'sarif' | 'json' | 'plan' | 'session', string>>;
  /** Text for a job summary, passed through the gate. */
  summary: string;
  report: Report;
};
