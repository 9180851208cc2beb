import { priorities, toSeverity } from '../findings/severity.ts';
import type { RunOutcome } from '../ledger/runs-record.ts';
import { count } from '../lib/text.ts';
import { titleOfScan } from '../sessions/answer-settings.ts';
import type { SessionResult } from '../sessions/session.ts';
import type { Report, ReportedCheck } from './report.ts';

/** What a report may say in one sentence, and what it has to say besides. */
export type Conclusion = {
  /** `12 findings: 1 critical, 11 low`, `No findings`, or why the latter cannot be said. */
  headline: string;
  /** Only where everything was examined to its end and nothing is kept back: the one case in which silence means absence. */
  clean: boolean;
  /** What is not known, a sentence each; never empty without a reason. */
  undetermined: readonly string[];
  /** Further sentences on why the result is not complete. */
  reasons: readonly string[];
};

const noFindingsBecause = {
  complete: 'No findings in what could be examined',
  partial: 'The scan is only partial: whether there are findings could not be determined',
  failed: 'The scan failed: whether there are findings could not be determined',
  skipped: 'The scan was skipped: nothing was examined',
} as const satisfies Record<SessionResult, string>;

/** What the report as a whole says. `No findings` is said after a complete examination only. */
export function toConclusion(report: Report): Conclusion {
  const undetermined = undeterminedOf(report);
  const clean = isClean(report, undetermined);
  const told = undetermined.map(({ reason }) => reason);
  return {
    clean,
    undetermined: undetermined.map(({ what, reason }) => `${what}: ${reason}`),
    reasons: report.session.reasons.filter((reason) => !told.some((other) => reason.includes(other))),
    headline: headline(report, clean),
  };
}

function headline(report: Report, clean: boolean): string {
  const { result, kind } = report.session;
  if (kind === 'answer') return answerHeadline(report);
  if (kind === 'run') return runHeadlines[report.session.issueRun?.outcome ?? 'failed'];
  if (clean) return 'No findings';
  if (report.findings.length === 0) {
    if (!result) return 'The session has not ended: whether there are findings is not known yet';
    if (result === 'complete' && !wasExamined(report)) return 'Nothing was examined: no check applied and no agent ran';
    return noFindingsBecause[result];
  }
  const more = result === 'complete' ? '' : '; the scan is not complete, there may be more';
  return `${count(report.findings.length, 'finding')}: ${byPriority(report)}${more}`;
}

const runHeadlines = {
  pushed: 'The change is on its branch',
  'no-change': 'Nothing was changed',
  refused: 'The change was refused, and nothing was pushed',
  failed: 'The run failed, and nothing was pushed',
  stopped: 'The run was stopped, and nothing was pushed',
  parked: 'The run waits for answers',
} as const satisfies Record<RunOutcome, string>;

function answerHeadline({ session }: Report): string {
  const { assumptions, answering } = session;
  const withdrawn = answering?.withdrawn.length ?? 0;
  if (assumptions.length + withdrawn > 0)
    return `${count(assumptions.length, 'assumption')} proposed, ${count(withdrawn, 'question')} withdrawn`;
  return session.result === 'complete' ? 'Nothing proposed: the repository supports no answer' : 'Nothing proposed';
}

function byPriority(report: Report): string {
  return priorities
    .map((priority) => ({ priority, number: countOf(report, priority) }))
    .filter(({ number }) => number > 0)
    .map(({ priority, number }) => `${number} ${priority}`)
    .join(', ');
}

/** How many of the findings have the priority. */
export function countOf(report: Pick<Report, 'findings'>, priority: (typeof priorities)[number]): number {
  return report.findings.filter(({ severity }) => severity === toSeverity(priority)).length;
}

function isClean(report: Report, undetermined: readonly unknown[]): boolean {
  const kept = report.findings.length + report.withheld + report.counts.held;
  return (
    report.session.kind !== 'answer' &&
    report.session.kind !== 'run' &&
    report.session.result === 'complete' &&
    kept === 0 &&
    undetermined.length === 0 &&
    wasExamined(report)
  );
}

function wasExamined(report: Report): boolean {
  const checked = report.checks.some(({ state }) => state === 'clean' || state === 'findings');
  return checked || report.session.agents.some(({ outcome }) => outcome === 'complete');
}

type Undetermined = { what: string; reason: string };

function undeterminedOf({ checks, session }: Report): Undetermined[] {
  return [
    ...checks
      .filter(isUndetermined)
      .map((check) => ({ what: check.check, reason: check.reason ?? 'no reason is known' })),
    ...session.agents
      .filter(({ outcome, ending }) => outcome !== 'complete' || ending !== 'finished')
      .map(({ scan, outcome, ending, reason }) => ({
        what: titleOfScan(scan).replace(/^(?:Scan|Step) /, (word) => word.toLowerCase()),
        reason: reason ?? `${ending}, ${outcome}`,
      })),
  ];
}

/** Whether the check could not tell: neither clean nor dirty. */
export function isUndetermined(check: ReportedCheck): boolean {
  return check.state === 'undetermined';
}

/** `4 clean, 2 with findings, 1 could not determine, 3 not applicable`; states without a check are left out. */
export function checksText(checks: readonly ReportedCheck[]): string {
  if (checks.length === 0) return 'none ran';
  const words = [
    ['findings', 'with findings'],
    ['clean', 'clean'],
    ['undetermined', 'could not determine'],
    ['not-applicable', 'not applicable'],
  ] as const;
  return words
    .map(([state, word]) => ({ word, number: checks.filter((check) => check.state === state).length }))
    .filter(({ number }) => number > 0)
    .map(({ word, number }) => `${number} ${word}`)
    .join(', ');
}

/** `5 new, 7 known`; zeros are left out. */
export function countsText({ counts }: Pick<Report, 'counts'>): string {
  const words = [
    [counts.new, 'new'],
    [counts.known, 'known'],
    [counts.resolved, 'resolved'],
    [counts.reopened, 'reopened'],
    [counts.ignored ?? 0, 'ignored'],
    [counts.held, 'held back'],
  ] as const;
  return words
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ');
}

/** What is said in place of withheld findings; nothing where there are none. */
export function withheldText({ withheld }: Pick<Report, 'withheld'>): string | undefined {
  if (withheld === 0) return undefined;
  const verb = withheld === 1 ? 'is' : 'are';
  return `${count(withheld, 'security finding')} ${verb} withheld, because this repository is public. \`courier scan\` in a checkout shows them.`;
}

/** What is said of findings that the noise cap or the configuration kept back; nothing where there are none. */
export function heldText({ counts, checks }: Pick<Report, 'counts' | 'checks'>): string | undefined {
  if (counts.held === 0) return undefined;
  const capped = checks.filter(({ held }) => held > 0);
  const names = capped.map(({ check, held, heldRules = [] }) => {
    const rules =
      heldRules.length > 0 ? ` of ${heldRules.slice(0, 5).join(', ')}${heldRules.length > 5 ? ', …' : ''}` : '';
    return `${check} ${held}${rules}`;
  });
  return `${counts.held} held back${names.length > 0 ? ` (${names.join('; ')})` : ''}.`;
}
