import type { Finding } from '../findings/finding.ts';
import { toPriority } from '../findings/severity.ts';
import { count, truncate } from '../lib/text.ts';
import { checksText, countsText, heldText, toConclusion, withheldText } from './conclusion.ts';
import { markdownTable } from './markdown-text.ts';
import { coverageText, durationText, iterationsText, sessionCostText, tokensText, verdictText } from './measures.ts';
import { isWebAddress, mainPlace, permalink, whereText } from './place.ts';
import type { MarkdownGate, Report } from './report.ts';
import { sortFindings } from './sort-findings.ts';

type SummaryOptions = {
  /** Through which every text goes that did not come from this program. */
  gate: MarkdownGate;
  /** Of UTF-8. GitHub takes 1 MiB per step and drops a summary that is larger. */
  limitBytes?: number;
};

// How many rows a table and items a list may have: the first set that fits is taken.
const sizes = [1_000, 300, 100, 30, 10, 3, 0] as const;
const mebibyte = 2 ** 20;
const longestCell = 200;
const longestItem = 500;

/** The job summary, in GitHub's Markdown, below `limitBytes`: what does not fit is counted and left to the report. */
export function renderSummary(report: Report, options: SummaryOptions): string {
  const limit = options.limitBytes ?? mebibyte;
  for (const size of sizes) {
    const text = renderAt(report, { ...options, size });
    if (Buffer.byteLength(text) <= limit) return text;
  }
  return cutBytes(renderAt(report, { ...options, size: 0 }), limit);
}

type At = SummaryOptions & { size: number };

function renderAt(report: Report, at: At): string {
  const { session } = report;
  const sections = [
    renderResult(report, at),
    section(
      'Could not determine',
      toConclusion(report).undetermined.map((text) => item(text, at)),
      at,
    ),
    renderFindings(report, at),
    section(
      'Checked again',
      session.verdicts.map(
        ({ finding, verdict, proof }) => `**${item(finding, at)}** ${verdictText[verdict]}: ${item(proof, at)}`,
      ),
      at,
    ),
    section(
      'Questions',
      session.questions.map((entry) => questionItem(entry, at)),
      at,
    ),
    section(
      'Assumptions',
      session.assumptions.map((entry) => assumptionItem(entry, at)),
      at,
    ),
    section(
      'Withdrawn',
      (session.answering?.withdrawn ?? []).map((one) => `**${item(one.question, at)}** ${item(one.answer, at)}`),
      at,
    ),
    section(
      'Rejected',
      session.rejected.map(({ title, reason }) => `${item(title, at)}: ${item(reason, at)}`),
      at,
    ),
    renderFacts(report, at),
  ];
  return `${sections.filter((part) => part !== '').join('\n\n')}\n`;
}

function renderResult(report: Report, at: At): string {
  const { headline, reasons } = toConclusion(report);
  const { session } = report;
  const counts = countsText(report);
  const kept = [heldText(report), withheldText(report)].filter((text) => text !== undefined);
  const sentences = [...reasons, ...kept];
  return [
    `## Courier: ${item(session.displayName, at)}`,
    `**${headline}**${counts ? ` (${counts})` : ''}`,
    `Result: ${session.result ?? session.phase}.`,
    ...sentences.slice(0, 30).map((sentence) => item(sentence, at)),
  ].join('\n\n');
}

function renderFindings(report: Report, at: At): string {
  const findings = sortFindings(report.findings);
  if (findings.length === 0) return '';
  const rows = findings
    .slice(0, at.size)
    .map((finding) => [
      toPriority(finding.severity),
      finding.category,
      whereCell(finding, report, at),
      at.gate.cell(truncate(finding.title, longestCell)),
      issueCell(finding),
    ]);
  const left = findings.length - rows.length;
  return [
    '### Findings',
    ...(rows.length > 0 ? [markdownTable(['Priority', 'Category', 'Where', 'Title', 'Issue'], rows)] : []),
    ...(left > 0 ? [`${count(left, 'further finding')} in the report.`] : []),
  ].join('\n\n');
}

function whereCell(finding: Finding, report: Report, { gate }: At): string {
  const place = mainPlace(finding);
  const text = gate.codeSpan(truncate(whereText(finding), longestCell));
  const url = place && permalink(report.repository, place);
  return url ? `[${text}](${url})` : text;
}

function issueCell({ issue, id }: Finding): string {
  if (!issue) return id;
  return issue.url && isWebAddress(issue.url) ? `[#${issue.number}](${issue.url})` : `#${issue.number}`;
}

function questionItem({ id, question, options, blocking }: Report['session']['questions'][number], at: At): string {
  const choices = options.map(({ label }) => item(label, at)).join(' / ');
  return `**${item(id, at)}** ${item(question, at)}${choices ? ` (${choices})` : ''}${blocking ? ', blocking' : ''}`;
}

function assumptionItem({ id, text, basis }: Report['session']['assumptions'][number], at: At): string {
  return `**${item(id, at)}** ${item(text, at)}${basis ? ` (basis: ${item(basis, at)})` : ''}`;
}

function item(text: string, { gate }: At): string {
  return gate.inline(truncate(text, longestItem));
}

function section(title: string, items: readonly string[], { size }: At): string {
  if (items.length === 0) return '';
  const shown = items.slice(0, size).map((text) => `- ${text}`);
  const left = items.length - shown.length;
  return [`### ${title}`, '', ...shown, ...(left > 0 ? [`- ${left} more in the report`] : [])].join('\n');
}

function renderFacts(report: Report, { gate }: At): string {
  const { session } = report;
  const facts: [string, string | undefined][] = [
    ['Checks', checksText(report.checks)],
    ['Duration', durationText(session)],
    ['Iterations', iterationsText(session)],
    ['Looked at', coverageText(session).join(' / ')],
    ['Tokens', tokensText(session)],
    ['Cost', sessionCostText(session)],
    ['Commit', report.repository.commit?.slice(0, 12)],
    ['Session', session.id],
  ];
  const rows = facts.flatMap(([name, value]) => (value ? [[name, gate.cell(value)]] : []));
  return `### Session\n\n${markdownTable(['', ''], rows)}`;
}

/** The start of the text that fits, whole characters only. */
function cutBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text);
  return bytes
    .subarray(0, Math.max(0, limit))
    .toString('utf8')
    .replace(/\ufffd{1,3}$/, '');
}
