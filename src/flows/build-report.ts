import type { Finding } from '../findings/finding.ts';
import { isoTime } from '../lib/clock.ts';
import { courierVersion } from '../lib/version.ts';
import { placesByPath, toExcerpts } from '../reports/excerpt.ts';
import { lineHasher } from '../reports/line-hasher.ts';
import type { Report, ReportCounts, ReportedCheck } from '../reports/report.ts';
import type { LineHash } from '../reports/sarif-results.ts';
import { sortFindings } from '../reports/sort-findings.ts';
import type { Session } from '../sessions/session.ts';
import type { RemoteRepository } from './github-ports.ts';
import type { Ports } from './ports.ts';

export type ReportRequest = {
  session: Session;
  /** Those that may be shown. */
  findings: readonly Finding[];
  counts: ReportCounts;
  checks: readonly ReportedCheck[];
  withheld: number;
  coverage?: Report['coverage'];
  remote: RemoteRepository | undefined;
};

export type BuiltReport = { report: Report; lineHash: LineHash };

/** A session's report, with the lines of code around its evidence as the files stand now. */
export async function buildReport(
  request: ReportRequest,
  readText: (path: string) => Promise<string | undefined>,
  { repository, clock }: Pick<Ports, 'repository' | 'clock'>,
): Promise<BuiltReport> {
  const { session, remote } = request;
  const findings = sortFindings(request.findings);
  const excerpts = [];
  const texts = new Map<string, string>();
  for (const [path, places] of placesByPath(findings)) {
    const text = await readText(path);
    if (text === undefined) continue;
    texts.set(path, text);
    excerpts.push(...toExcerpts({ path, text }, places));
  }
  const report = {
    courierVersion,
    session,
    repository: {
      name: session.repository,
      commit: session.commit,
      branch: session.ref?.replace(/^refs\/heads\//, ''),
      dirty: repository.dirty,
      url: remote?.url,
    },
    findings,
    counts: request.counts,
    checks: request.checks,
    withheld: request.withheld,
    coverage: request.coverage,
    excerpts,
    generatedAt: isoTime(clock.now()),
  };
  return { report, lineHash: lineHasher(texts) };
}
