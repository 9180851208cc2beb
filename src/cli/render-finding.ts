import type { Finding } from '../findings/finding.ts';
import { toPriority } from '../findings/severity.ts';
import { count } from '../lib/text.ts';
import { dateText, verifiedText } from '../reports/measures.ts';
import { whereText } from '../reports/place.ts';
import { toPlain, toPlainLine } from '../reports/plain-text.ts';
import { renderFacts } from './render-facts.ts';

/** A finding for a terminal. Its texts are untrusted and are cleaned here. */
export function renderFinding(finding: Finding): string {
  const { origin, issue, resolution, reproduce } = finding;
  const facts = renderFacts([
    ['Id', finding.id],
    ['Priority', toPriority(finding.severity)],
    ['Category', finding.category],
    ['State', finding.state],
    ['Where', whereText(finding)],
    ['Raised by', `${origin.kind} ${origin.name}${origin.rule ? ` (${origin.rule})` : ''}`],
    ['Proof', verifiedText[finding.verified]],
    [
      'Seen',
      `${count(finding.occurrences, 'time')}, first ${dateText(finding.firstSeen.at)}, last ${dateText(finding.lastSeen.at)}`,
    ],
    ['Issue', issue && (issue.url ?? `#${issue.number}`)],
    ['Resolved', resolution && `${dateText(resolution.at)}: ${resolution.proof}`],
    ['Expected', finding.expected],
    ['Actual', finding.actual],
    ['Reproduce', reproduce?.command],
  ]);
  const evidence = finding.evidence.map(
    (it) => `${toPlainLine(it.path)}${it.startLine ? `:${it.startLine}` : ''}\n${indent(toPlain(it.quote))}`,
  );
  const steps = finding.nextSteps.map((step) => `- ${toPlainLine(step)}`);
  return [
    toPlainLine(finding.title),
    facts,
    toPlain(finding.description).trim(),
    ...evidence,
    steps.length > 0 ? `Next steps\n${steps.join('\n')}` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
