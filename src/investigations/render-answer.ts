import type { Finding } from '../findings/finding.ts';
import { type Hosted, permalink, placeText } from '../findings/permalink.ts';
import { truncate } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { Citation, Investigation } from './investigation.ts';

export type AnswerContext = {
  gate: Gate;
  hosted: Hosted;
  findings: readonly Pick<Finding, 'id' | 'title' | 'issue'>[];
};

const longestLine = 160;

/** The answer as people read it: its text, then what it rests on, by number. What did not hold is named as that. */
export function renderAnswer(
  { text, citations }: NonNullable<Investigation['answer']>,
  context: AnswerContext,
): SafeText {
  const { gate } = context;
  if (citations.length === 0) return gate.block(text);
  const list = citations.map((citation, index) => safe`${index + 1}. ${renderCitation(citation, context)}`);
  return safe`${gate.block(text)}\n\n**It rests on**\n\n${joinSafe(list, safe`\n`)}`;
}

function renderCitation(citation: Citation, context: AnswerContext): SafeText {
  const { gate } = context;
  switch (citation.kind) {
    case 'finding':
      return renderFinding(citation.id, context);
    case 'session':
      return safe`The earlier investigation ${gate.codeSpan(citation.id)}`;
    case 'code':
      return renderCode(citation, context);
    case 'dropped':
      return safe`Dropped: ${gate.codeSpan(citation.what)} was cited, but ${gate.inline(citation.why)}.`;
  }
}

function renderFinding(id: string, { gate, findings }: AnswerContext): SafeText {
  const finding = findings.find((one) => one.id === id);
  const title = finding ? safe`: ${gate.inline(truncate(finding.title, 200))}` : safe``;
  if (!finding?.issue) return safe`${gate.codeSpan(id)}${title}`;
  return safe`#${finding.issue.number}${title} (${gate.codeSpan(id)})`;
}

function renderCode(
  { path, startLine, endLine, quote }: Extract<Citation, { kind: 'code' }>,
  { gate, hosted }: AnswerContext,
): SafeText {
  const place = { path, startLine, endLine };
  const name = gate.codeSpan(placeText(place));
  const address = permalink(place, hosted);
  // The line that says most of it; the rest is behind the address.
  const [first = ''] = quote.split('\n').filter((line) => /\w/.test(line));
  return safe`${address === undefined ? name : gate.link(name, address)}: ${gate.codeSpan(truncate(first.trim(), longestLine))}`;
}
