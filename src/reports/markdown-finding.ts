import type { Finding } from '../findings/finding.ts';
import { toPriority } from '../findings/severity.ts';
import { type CodeLine, codeLines } from './code-lines.ts';
import { blockMarkdown, codeSpan, fencedCode, inlineMarkdown, lineMarkdown } from './markdown-text.ts';
import { dateText, verifiedText } from './measures.ts';
import { isWebAddress, type Place, permalink, placesOf, placeText } from './place.ts';
import { toPlainLine } from './plain-text.ts';
import type { Report } from './report.ts';

const mostShown = 5;
const mostListed = 30;

/** One finding as a section of the Markdown report. */
export function renderMarkdownFinding(finding: Finding, report: Report): string {
  const priority = toPriority(finding.severity);
  return [
    `### ${priority}: ${lineMarkdown(finding.title)}`,
    [codeSpan(finding.id), finding.category, originText(finding), ...issueLink(finding)].join(' · '),
    blockMarkdown(finding.description),
    ...renderPlaces(finding, report),
    ...renderReproduce(finding),
    labelled('Expected', finding.expected),
    labelled('Actual', finding.actual),
    ...renderSteps(finding.nextSteps),
    renderHistory(finding),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function originText({ origin, cwe }: Finding): string {
  const rule = origin.rule ? ` ${codeSpan(origin.rule)}` : '';
  const source = origin.kind === 'check' ? `check ${codeSpan(origin.name)}${rule}` : `scan ${codeSpan(origin.name)}`;
  return cwe ? `${source} · ${inlineMarkdown(cwe)}` : source;
}

function issueLink({ issue }: Finding): string[] {
  if (!issue) return [];
  return [issue.url && isWebAddress(issue.url) ? `[#${issue.number}](${issue.url})` : `#${issue.number}`];
}

function renderPlaces(finding: Finding, report: Report): string[] {
  const places = placesOf(finding);
  const shown = places.slice(0, mostShown).flatMap((place) => renderPlace(place, report));
  const others = places.slice(mostShown);
  const listed = others.slice(0, mostListed).map((place) => `- ${linkTo(place, report)}`);
  const left = others.length - listed.length;
  if (listed.length === 0) return shown;
  return [...shown, ['Also in:', '', ...listed, ...(left > 0 ? [`- and ${left} more places`] : [])].join('\n')];
}

function renderPlace(place: Place, report: Report): string[] {
  const lines = codeLines(report.excerpts, place);
  return lines.length > 0 ? [linkTo(place, report), fencedCode(toText(lines))] : [linkTo(place, report)];
}

function linkTo(place: Place, { repository }: Report): string {
  const url = permalink(repository, place);
  const text = codeSpan(placeText(place));
  return url ? `[${text}](${url})` : text;
}

/** Numbered lines, the evidence marked by `>`: it reads the same in a terminal and on GitHub. */
function toText(lines: readonly CodeLine[]): string {
  const width = String(lines.at(-1)?.number ?? '').length;
  return lines
    .map(({ number, text, highlighted }) => {
      const gutter = width > 0 ? `${String(number ?? '').padStart(width)} │ ` : '';
      return `${highlighted ? '>' : ' '} ${gutter}${text}`.trimEnd();
    })
    .join('\n');
}

function renderReproduce({ reproduce }: Finding): string[] {
  if (!reproduce) return [];
  const { command, present, remark } = reproduce;
  const seen = remark === undefined ? '' : ` ${inlineMarkdown(remark)}`;
  return [`**Reproduce.** ${presentMarkdown(present)}${seen}`, fencedCode(command, 'sh')];
}

type Present = NonNullable<Finding['reproduce']>['present'];

function presentMarkdown(present: Present): string {
  const exit = present?.exitCode === undefined ? undefined : `the exit code is ${present.exitCode}`;
  const match = present?.match === undefined ? undefined : `the output matches ${codeSpan(present.match)}`;
  return `It is there when ${[exit, match].filter(Boolean).join(' and ') || 'the exit code is not 0'}.`;
}

function labelled(label: string, text: string | undefined): string {
  return text?.trim() ? `**${label}.** ${blockMarkdown(text)}` : '';
}

function renderSteps(steps: readonly string[]): string[] {
  if (steps.length === 0) return [];
  return [['**Next steps**', '', ...steps.map((step, index) => `${index + 1}. ${lineMarkdown(step)}`)].join('\n')];
}

function renderHistory(finding: Finding): string {
  const { firstSeen, lastSeen, occurrences, confidence, verified } = finding;
  const seen = (sighting: Finding['firstSeen']) =>
    inlineMarkdown(dateText(sighting.at)) +
    (sighting.commit ? ` at ${codeSpan(toPlainLine(sighting.commit).slice(0, 12))}` : '');
  const sure = confidence === undefined ? '' : `, confidence ${Math.round(confidence * 100)} %`;
  const times = occurrences > 1 ? `, last ${seen(lastSeen)}, in ${occurrences} sessions` : '';
  return `Verified: ${verifiedText[verified]}${sure}. First seen ${seen(firstSeen)}${times}.`;
}
