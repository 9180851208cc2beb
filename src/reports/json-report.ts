import type { Finding } from '../findings/finding.ts';
import { type Priority, toPriority } from '../findings/severity.ts';
import type { Session } from '../sessions/session.ts';
import { toConclusion } from './conclusion.ts';
import { permalink, placesOf } from './place.ts';
import type { Report, ReportCounts, ReportedCheck, ReportedRepository } from './report.ts';
import { sortFindings } from './sort-findings.ts';

/** A finding as the JSON report has it: the ledger's record, its priority by name, and where it is. */
export type JsonFinding = Finding & {
  priority: Priority;
  /** Every place once, the main one first. */
  places: { path: string; startLine?: number; endLine?: number; url?: string }[];
};

/**
 * The JSON report, version 1. Fields may be added; none is renamed, removed or given another meaning without a new version.
 *
 * `conclusion.clean` is the one field that says "there is nothing": it is true after a complete examination only. An empty list of
 * findings alone says nothing.
 */
export type JsonReport = {
  version: 1;
  /** ISO 8601, UTC. */
  generatedAt: string;
  courier: { version: string };
  repository: ReportedRepository;
  conclusion: { headline: string; clean: boolean; undetermined: readonly string[]; reasons: readonly string[] };
  counts: ReportCounts & { findings: number; withheld: number };
  /** Worst first. */
  findings: JsonFinding[];
  checks: readonly ReportedCheck[];
  /** How much of the repository each agent scan looked at; empty where nobody watched. */
  coverage: JsonCoverage[];
  session: Session;
};

/** Shares are of the lines, from 0 to 1: in this session, and of the present contents in all sessions so far. */
type JsonCoverage = NonNullable<Session['agents'][number]['coverage']> & {
  scan: string;
  share: number;
  shareSoFar: number;
};

/** The report for programs; `toJsonText` (sarif.ts) makes text of it. */
export function renderJsonReport(report: Report): JsonReport {
  return {
    version: 1,
    generatedAt: report.generatedAt,
    courier: { version: report.courierVersion },
    repository: report.repository,
    conclusion: toConclusion(report),
    counts: { ...report.counts, findings: report.findings.length, withheld: report.withheld },
    findings: sortFindings(report.findings).map((finding) => toJsonFinding(finding, report.repository)),
    checks: report.checks,
    coverage: report.session.agents.flatMap(({ scan, coverage }) => (coverage ? [toJsonCoverage(scan, coverage)] : [])),
    session: report.session,
  };
}

function toJsonCoverage(scan: string, totals: NonNullable<Session['agents'][number]['coverage']>): JsonCoverage {
  const shareOf = (lines: number) => (totals.lines === 0 ? 1 : Math.round((lines / totals.lines) * 10_000) / 10_000);
  return { scan, ...totals, share: shareOf(totals.looked.lines), shareSoFar: shareOf(totals.soFar.lines) };
}

function toJsonFinding(finding: Finding, repository: ReportedRepository): JsonFinding {
  const places = placesOf(finding).map((place) => {
    const { path, startLine, endLine } = place;
    const url = permalink(repository, place);
    return { path, ...(startLine && { startLine }), ...(endLine && { endLine }), ...(url && { url }) };
  });
  return { ...finding, priority: toPriority(finding.severity), places };
}
