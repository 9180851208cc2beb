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
  session: Session;
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
    session: report.session,
  };
}

function toJsonFinding(finding: Finding, repository: ReportedRepository): JsonFinding {
  const places = placesOf(finding).map((place) => {
    const { path, startLine, endLine } = place;
    const url = permalink(repository, place);
    return { path, ...(startLine && { startLine }), ...(endLine && { endLine }), ...(url && { url }) };
  });
  return { ...finding, priority: toPriority(finding.severity), places };
}
