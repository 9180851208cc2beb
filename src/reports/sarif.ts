import type { Finding } from '../findings/finding.ts';
import { count, truncate } from '../lib/text.ts';
import { toConclusion, withheldText } from './conclusion.ts';
import { repositoryUrl } from './place.ts';
import { toPlainLine } from './plain-text.ts';
import type { Report } from './report.ts';
import { type LineHash, levelOf, type SarifLevel, type SarifResult, toMessage, toResults } from './sarif-results.ts';
import { type SarifRule, toRules } from './sarif-rules.ts';
import { sortFindings } from './sort-findings.ts';

type Notification = { level: SarifLevel; descriptor: { id: string }; message: { text: string } };
type Provenance = { repositoryUri: string; revisionId?: string; branch?: string };
type Invocation = {
  executionSuccessful: boolean;
  startTimeUtc: string;
  endTimeUtc?: string;
  toolExecutionNotifications: Notification[];
};

/** The part of SARIF 2.1.0 that Courier writes. */
export type SarifLog = {
  $schema: string;
  version: '2.1.0';
  runs: [
    {
      tool: { driver: { name: 'Courier'; version: string; rules: SarifRule[] } };
      automationDetails: { id: string };
      originalUriBaseIds: { '%SRCROOT%': { description: { text: string } } };
      versionControlProvenance?: Provenance[];
      invocations: [Invocation];
      columnKind: 'utf16CodeUnits';
      results: SarifResult[];
    },
  ];
};

// GitHub takes 25,000 results of a run and keeps the first 5,000. It takes 10 MB after gzip, which never makes text longer by more than
// a trifle: plain text below that is below it packed, too.
const mostResults = 5_000;
const mostBytes = 9_500_000;
const mostNotifications = 500;

/**
 * The report as SARIF 2.1.0 that GitHub's code scanning accepts (docs.github.com, "SARIF support for code scanning"), worst first.
 *
 * A result needs a file there, so a finding in no file is a notification of the invocation instead, as is whatever could not be
 * determined. What does not fit GitHub's limits is left out, and a notification says how much.
 */
export function renderSarif(report: Report, lineHash: LineHash, { category = 'courier/' } = {}): SarifLog {
  const findings = sortFindings(report.findings);
  const results = findings.map((finding) => ({ finding, results: toResults(finding, lineHash) }));
  const placeless = results.filter((entry) => entry.results.length === 0).map(({ finding }) => finding);
  const all = results.flatMap((entry) => entry.results.map((result) => ({ finding: entry.finding, result })));
  const render = (kept: typeof all) => {
    const rules = toRules([...new Set(kept.map(({ finding }) => finding))]);
    const notifications = toNotifications(report, placeless, all.length - kept.length);
    return toLog(report, { category, rules, notifications, results: kept.map(({ result }) => result) });
  };
  let kept = all.slice(0, mostResults);
  let log = render(kept);
  while (kept.length > 0 && Buffer.byteLength(toJsonText(log)) > mostBytes) {
    kept = kept.slice(0, Math.floor(kept.length / 2));
    log = render(kept);
  }
  return log;
}

/** The text of a SARIF or JSON report. */
export function toJsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

type Parts = { category: string; rules: SarifRule[]; notifications: Notification[]; results: readonly SarifResult[] };

function toLog(report: Report, { category, rules, notifications, results }: Parts): SarifLog {
  const ruleIndex = new Map(rules.map(({ id }, index) => [id, index]));
  const provenance = toProvenance(report);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Courier', version: report.courierVersion, rules } },
        automationDetails: { id: category },
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        ...(provenance && { versionControlProvenance: [provenance] }),
        invocations: [toInvocation(report, notifications)],
        columnKind: 'utf16CodeUnits',
        results: results.map((result) => ({ ...result, ruleIndex: ruleIndex.get(result.ruleId) ?? -1 })),
      },
    ],
  };
}

function toProvenance({ repository }: Report): Provenance | undefined {
  const repositoryUri = repositoryUrl(repository);
  if (!repositoryUri) return undefined;
  const { commit, branch } = repository;
  return { repositoryUri, ...(commit && { revisionId: commit }), ...(branch && { branch }) };
}

function toInvocation({ session }: Report, toolExecutionNotifications: Notification[]): Invocation {
  return {
    // GitHub fails the upload of an unsuccessful execution, and so closes no alert for a scan that could not see. A partial scan's file
    // stands: every finding that is still open is in it.
    executionSuccessful: session.result !== 'failed' && session.result !== 'skipped',
    startTimeUtc: session.startedAt,
    ...(session.endedAt && { endTimeUtc: session.endedAt }),
    toolExecutionNotifications,
  };
}

function toNotifications(report: Report, placeless: readonly Finding[], left: number): Notification[] {
  const { undetermined, reasons } = toConclusion(report);
  const withheld = withheldText(report);
  const cut = `${count(left, 'further result')} left out: GitHub keeps ${mostResults} of a run and takes 10 MB.`;
  return [
    ...(left > 0 ? [toNotification('limit', 'warning', cut)] : []),
    ...(withheld ? [toNotification('withheld', 'warning', withheld)] : []),
    ...undetermined.map((text) =>
      toNotification('undetermined', 'warning', `Could not determine: ${toPlainLine(text)}`),
    ),
    ...reasons.map((text) => toNotification('not-complete', 'warning', toPlainLine(text))),
    ...placeless.map((finding) => toNotification('finding', levelOf(finding), `${finding.id}: ${toMessage(finding)}`)),
  ].slice(0, mostNotifications);
}

function toNotification(kind: string, level: SarifLevel, text: string): Notification {
  return { level, descriptor: { id: `courier/${kind}` }, message: { text: truncate(text, 2_000) } };
}
