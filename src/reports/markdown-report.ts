import { toPriority } from '../findings/severity.ts';
import { tellAside } from '../questions/plan-questions.ts';
import { checksText, countsText, heldText, isUndetermined, toConclusion, withheldText } from './conclusion.ts';
import { renderMarkdownFinding } from './markdown-finding.ts';
import { codeSpan, inlineMarkdown, lineMarkdown, markdownTable } from './markdown-text.ts';
import {
  coverageText,
  dateText,
  durationText,
  iterationsText,
  sessionCostText,
  timeText,
  tokensText,
  verdictText,
} from './measures.ts';
import { whereText } from './place.ts';
import type { Report } from './report.ts';
import { sortFindings } from './sort-findings.ts';

/** The report as Markdown that reads well on GitHub and in a terminal. Untrusted text can add no markup, link or HTML to it. */
export function renderMarkdownReport(report: Report): string {
  const sections = [
    `# Courier report: ${inlineMarkdown(report.repository.name)}`,
    renderConclusion(report),
    renderFindings(report),
    renderChecks(report),
    renderProof(report),
    renderQuestions(report),
    renderAssumptions(report),
    renderRejected(report),
    renderSession(report),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function renderConclusion(report: Report): string {
  const { headline, undetermined, reasons } = toConclusion(report);
  const counts = countsText(report);
  return [
    `**${headline}**${counts ? ` (${counts})` : ''}`,
    undetermined.length > 0 ? bullets('**Could not determine**', undetermined) : '',
    reasons.length > 0 ? bullets('**Not complete**', reasons) : '',
    inlineOf(withheldText(report)),
    inlineOf(heldText(report)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function inlineOf(text: string | undefined): string {
  return text ? lineMarkdown(text) : '';
}

function bullets(title: string, texts: readonly string[]): string {
  return [title, '', ...texts.map((text) => `- ${lineMarkdown(text)}`)].join('\n');
}

function renderFindings(report: Report): string {
  const findings = sortFindings(report.findings);
  if (findings.length === 0) return '';
  const rows = findings.map((finding) => [
    toPriority(finding.severity),
    finding.category,
    codeSpan(whereText(finding)),
    lineMarkdown(finding.title),
  ]);
  const table = markdownTable(['Priority', 'Category', 'Where', 'Title'], rows);
  return ['## Findings', table, ...findings.map((finding) => renderMarkdownFinding(finding, report))].join('\n\n');
}

function renderChecks({ checks }: Report): string {
  if (checks.length === 0) return '';
  const rows = checks
    .toSorted((a, b) => Number(isUndetermined(b)) - Number(isUndetermined(a)))
    .map((check) => [
      inlineMarkdown(check.check),
      isUndetermined(check) ? '**could not determine**' : check.state.replace('-', ' '),
      check.state === 'findings' ? String(check.findings) : '',
      check.held > 0 ? String(check.held) : '',
      check.state === 'not-applicable' ? '' : timeText(check.durationMs),
      lineMarkdown(check.reason ?? ''),
    ]);
  const table = markdownTable(['Check', 'State', 'Findings', 'Held back', 'Time', 'Reason'], rows);
  return `## Checks\n\n${checksText(checks)}\n\n${table}`;
}

function renderProof({ session }: Report): string {
  const verdicts = session.verdicts.map(
    ({ finding, verdict, proof }) => `- **${inlineMarkdown(finding)}** ${verdictText[verdict]}: ${lineMarkdown(proof)}`,
  );
  const notes = session.notes.map((note) => `- ${lineMarkdown(note)}`);
  if (verdicts.length + notes.length === 0) return '';
  return `## Proof\n\n${[...notes, ...verdicts].join('\n')}`;
}

function renderQuestions({ session }: Report): string {
  if (session.questions.length === 0) return '';
  const items = session.questions.map((asked) => {
    const { id, question, options, blocking } = asked;
    const aside = tellAside(asked);
    const choices = options.map(({ label, description }) =>
      description ? `  - ${lineMarkdown(label)}: ${lineMarkdown(description)}` : `  - ${lineMarkdown(label)}`,
    );
    return [
      `- **${inlineMarkdown(id)}** ${lineMarkdown(question)}${blocking ? ' (blocking)' : ''}${aside === undefined ? '' : ` (${lineMarkdown(aside)})`}`,
      ...choices,
    ].join('\n');
  });
  return `## Questions\n\n${items.join('\n')}`;
}

function renderAssumptions({ session }: Report): string {
  if (session.assumptions.length === 0) return '';
  const items = session.assumptions.map(
    ({ id, text, basis }) =>
      `- **${inlineMarkdown(id)}** ${lineMarkdown(text)}${basis ? ` (basis: ${lineMarkdown(basis)})` : ''}`,
  );
  return `## Assumptions\n\n${items.join('\n')}`;
}

function renderRejected({ session }: Report): string {
  if (session.rejected.length === 0) return '';
  const items = session.rejected.map(({ title, reason }) => `- ${lineMarkdown(title)}: ${lineMarkdown(reason)}`);
  return `## Rejected\n\nRaised, but not taken for findings.\n\n${items.join('\n')}`;
}

function renderSession(report: Report): string {
  const { session, repository } = report;
  const commit = repository.commit
    ? `${codeSpan(repository.commit)}${repository.dirty ? ' with uncommitted changes' : ''}`
    : undefined;
  const facts: [string, string | undefined][] = [
    ['Result', session.result ?? session.phase],
    ['Session', `${codeSpan(session.id)} (${inlineMarkdown(session.displayName)})`],
    ['Commit', commit],
    ['Branch', repository.branch && codeSpan(repository.branch)],
    ['Started', inlineMarkdown(dateText(session.startedAt))],
    ['Duration', durationText(session)],
    ['Models', [...new Set(session.agents.map(({ model }) => codeSpan(model)))].join(', ') || undefined],
    ['Iterations', iterationsText(session)],
    ['Looked at', inlineMarkdown(coverageText(session).join(' / ')) || undefined],
    ['Tokens', tokensText(session)],
    ['Cost', sessionCostText(session)],
    ['Courier', inlineMarkdown(report.courierVersion)],
  ];
  const lines = facts.flatMap(([name, value]) => (value ? [`- ${name}: ${value}`] : []));
  return `## Session\n\n${lines.join('\n')}`;
}
