import type { CheckOutcome } from '../checks/check.ts';
import type { Ticks } from '../events/dashboard-boxes.ts';
import { isCounted } from '../findings/counted.ts';
import type { Finding } from '../findings/finding.ts';
import { toSeverity } from '../findings/severity.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Snapshot } from '../ledger/store.ts';
import type { Gate } from '../publishing/gate.ts';
import { plainJson } from '../publishing/plain-json.ts';
import { renderPublication } from '../reports/publication.ts';
import type { ReportCounts } from '../reports/report.ts';
import { renderReportFiles } from '../reports/report-files.ts';
import { toJsonText } from '../reports/sarif.ts';
import { renderSummary } from '../reports/summary.ts';
import { isSensitive } from '../sessions/audience.ts';
import { cleanDiscovery } from '../sessions/clean-discovery.ts';
import type { Discovery } from '../sessions/discovery.ts';
import type { ScanSettings } from '../sessions/settings.ts';
import { forEverybody } from '../sessions/withhold-asked.ts';
import { askPeople } from './ask-people.ts';
import { type BuiltReport, buildReport } from './build-report.ts';
import { closeEvents } from './close-events.ts';
import { discloseSensitive } from './disclose-sensitive.ts';
import type { RemoteRepository } from './github-ports.ts';
import { toReportedCoverage } from './keep-coverage.ts';
import { type DashboardView, keepDashboard, readDashboard } from './keep-dashboard.ts';
import type { Events } from './keep-events.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import { withLink } from './publish-changes.ts';
import { type Published, reconcile } from './reconcile.ts';
import { identityOf, type Recorded, type RecordRequest, recordSession } from './record-session.ts';
import { sendFeedback } from './send-feedback.ts';
import { writeSessionFiles } from './session-files.ts';
import { tellRepairs } from './tell-fate.ts';
import { hearReviews } from './tend-assumptions-pulls.ts';

export type Conclusion = {
  discovery: Discovery;
  settings: ScanSettings;
  remote: RemoteRepository | undefined;
  ledgerKey: string | undefined;
  checks: readonly CheckOutcome[];
  /** The session's log: what is written goes there, and its end. */
  events: Events;
  /** Output files of the agents as they were read, by `scan/name`. */
  raw: Readonly<Record<string, string>>;
  readText: (path: string) => Promise<string | undefined>;
  /** A pull request: touches no issue and no ledger. */
  reportsOnly: boolean;
  /** What was settled when the session began, of one that touches no ledger. */
  memory?: RecordRequest['memory'];
  /** As the session found it; `undefined`: not looked at yet. */
  dashboard?: DashboardView | undefined;
  /** What the session did because a box on the dashboard asked for it, besides filing. */
  done: Pick<Ticks, 'scan' | 'verify'>;
  /** This process put the session on record when it began. */
  begun?: boolean;
  /** The ledger as the session read it at its beginning. */
  snapshot?: Snapshot | undefined;
};

// GitHub drops a job summary above 1 MiB; the part about the issues needs some of it.
const summaryLimit = 1_000_000;

/** After the looking: the ledger first, then the issues, then the reports. What was found is told even where publishing failed. */
export async function conclude(given: Conclusion, ports: Ports & { gate: Gate }): Promise<ScanOutcome> {
  const input = { ...given, discovery: cleanDiscovery(given.discovery, ports.gate.plain) };
  const { settings, discovery } = input;
  const sessionFile = await writeSessionFiles({ ...input, known: await knownBefore(input) }, ports);
  const recorded = await recordSession(input, ports);
  const dashboard = input.dashboard ?? (await readDashboard(recorded.dashboard, { settings, github: ports.github }));
  const request = { ...input, asked: dashboard.ticks };
  const published = await reconcile(recorded, request, ports);
  const disclosed = await discloseSensitive(recorded, request, ports);
  const told = { ...recorded, applied: { ...recorded.applied, findings: disclosed.findings } };
  const kept = await keepDashboard({ request, recorded: told, published, view: dashboard, done: input.done }, ports);
  const unrepaired = await tellRepairs(recorded, input.remote, ports);
  const unasked = await askPeople(recorded, request, ports);
  const unheard = await hearReviews(recorded, request, ports);
  const unsent = await sendFeedback(recorded, input, ports);
  const shown = showable(input, recorded, published);
  const built = await buildReport(toReportRequest(input, { recorded, published, shown }), input.readText, ports);
  const files = await writeReports(built, published, ports);
  const unlogged = await closeEvents(input.events, { recorded: told, published });
  const failures = [
    published.failure,
    published.left,
    disclosed.failure,
    kept.failure,
    unrepaired,
    unasked,
    unheard,
  ].filter((failure) => failure !== undefined);
  const reasons = [...recorded.session.reasons, ...failures];
  const notes = [
    ...settings.notes,
    ...discovery.session.notes,
    ...published.notes,
    ...disclosed.notes,
    ...[discovery.reconcilesNot, kept.note, unsent, unlogged].filter((note) => note !== undefined),
  ];
  return {
    session: recorded.session,
    result: resultOf(recorded, published, disclosed.failure ?? kept.failure ?? unasked ?? unheard),
    reasons,
    notes,
    findings: built.report.findings,
    counts: {
      raised: discovery.raised.length,
      created: published.created,
      updated: published.updated,
      resolved: recorded.applied.resolved.length,
      reopened: recorded.applied.reopened.length,
      ignored: recorded.applied.ignored.length,
      held: published.held,
      withheld: shown.withheld,
    },
    failOnMet: failOnMet(recorded.applied.findings, settings),
    annotates: input.reportsOnly,
    files: { ...files, session: sessionFile },
    summary: `${renderSummary(built.report, { gate: ports.gate, limitBytes: summaryLimit })}\n${renderPublication({ notes: [...failures, ...notes], plan: published.text }, ports.gate)}`,
    report: built.report,
  };
}

/** What the session read at its beginning is read again, without a request. */
async function knownBefore({ snapshot, remote }: Conclusion): Promise<readonly Finding[]> {
  return snapshot ? (await readLedger(snapshot, identityOf(remote))).findings : [];
}

/** What was left of the publishing makes a whole session partial. */
function resultOf({ session }: Recorded, published: Published, left: string | undefined): ScanOutcome['result'] {
  if (published.failure) return 'failed';
  const result = session.result ?? 'failed';
  const isLeft = (published.left ?? left) !== undefined;
  return isLeft && result === 'complete' ? 'partial' : result;
}

/** What is open after the session and may be told to whoever can read the repository. */
function showable(
  { remote, reportsOnly }: Conclusion,
  { applied }: Recorded,
  { links }: Published,
): { findings: Finding[]; withheld: number } {
  const seen = new Set(applied.seen);
  const open = applied.findings.filter((finding) => isCounted(finding) && (!reportsOnly || seen.has(finding.id)));
  const findings = open
    .filter((finding) => !isSensitive(finding, remote?.visibility))
    .map((finding) => withLink(finding, links.get(finding.id)));
  return { findings, withheld: open.length - findings.length };
}

function toReportRequest(
  { discovery, remote, checks }: Conclusion,
  { recorded, published, shown }: { recorded: Recorded; published: Published; shown: ReturnType<typeof showable> },
) {
  const { applied } = recorded;
  const capped = discovery.session.checks.reduce((sum, { held }) => sum + held, 0);
  const ignored = new Set(applied.ignored);
  const told = (ids: readonly string[]) => ids.filter((id) => !ignored.has(id));
  const [fresh, seen] = [told(applied.fresh), told(applied.seen)];
  const counts: ReportCounts = {
    new: fresh.length,
    known: seen.length - fresh.length,
    ignored: applied.ignored.length,
    resolved: applied.resolved.length,
    reopened: applied.reopened.length,
    held: published.held + capped,
  };
  const details = new Map(checks.map((outcome) => [outcome.check, outcome]));
  return {
    session: forEverybody(recorded.session, applied.findings, remote?.visibility),
    findings: shown.findings,
    counts,
    checks: discovery.session.checks.map((check) => {
      const outcome = details.get(check.check);
      const heldRules = outcome && 'held' in outcome ? outcome.held.rules : undefined;
      return {
        ...check,
        ...(outcome?.version ? { version: outcome.version } : {}),
        ...(heldRules ? { heldRules } : {}),
      };
    }),
    withheld: shown.withheld,
    coverage: toReportedCoverage(discovery, recorded.coverage),
    remote,
  };
}

async function writeReports(
  { report, lineHash }: BuiltReport,
  { planFiles }: Published,
  { output, gate }: Pick<Ports, 'output'> & { gate: Gate },
): Promise<ScanOutcome['files']> {
  const kinds = {
    'report.html': 'html',
    'report.md': 'markdown',
    'report.sarif': 'sarif',
    'report.json': 'json',
    'plan.md': 'plan',
  } as const;
  const paths = new Map<string, string>();
  for (const { path, text } of [...renderReportFiles(report, { lineHash }), ...planFiles]) {
    const isJson = /\.(?:json|sarif)$/.test(path);
    const plain = isJson ? toJsonText(plainJson(JSON.parse(text), gate.plain)) : gate.plain(text);
    paths.set(path, await output.write(path, plain));
  }
  return Object.fromEntries(
    Object.entries(kinds).flatMap(([path, kind]) => (paths.has(path) ? [[kind, paths.get(path)]] : [])),
  );
}

function failOnMet(findings: readonly Finding[], { failOn }: ScanSettings): boolean {
  if (failOn === 'never') return false;
  const worst = toSeverity(failOn);
  return findings.some((finding) => isCounted(finding) && finding.severity <= worst);
}
