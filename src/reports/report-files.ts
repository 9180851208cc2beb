import { renderHtmlReport } from './html-report.ts';
import { renderJsonReport } from './json-report.ts';
import { renderMarkdownReport } from './markdown-report.ts';
import type { Report } from './report.ts';
import { renderSarif, toJsonText } from './sarif.ts';
import type { LineHash } from './sarif-results.ts';

/** A file to write; `path` is relative to the output folder. */
export type ReportFile = { path: string; text: string };

/** All files of a report: `report.html`, `report.md`, `report.sarif` and `report.json`. */
export function renderReportFiles(report: Report, { lineHash }: { lineHash: LineHash }): ReportFile[] {
  return [
    { path: 'report.html', text: renderHtmlReport(report) },
    { path: 'report.md', text: renderMarkdownReport(report) },
    { path: 'report.sarif', text: toJsonText(renderSarif(report, lineHash)) },
    { path: 'report.json', text: toJsonText(renderJsonReport(report)) },
  ];
}
