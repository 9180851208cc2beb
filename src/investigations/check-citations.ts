import type { AnswerInput } from '../agents/tool-inputs.ts';
import { findQuote, indexForQuotes, isTooShort, quoteAt } from '../findings/find-quote.ts';
import type { Citation } from './investigation.ts';

/** What may be cited. */
export type Citable = {
  /** The files as the agent saw them. */
  readText: (path: string) => Promise<string | undefined>;
  findings: ReadonlySet<string>;
  sessions: ReadonlySet<string>;
};

type Claimed = AnswerInput['citations'][number];

/** Each citation as far as it holds: code that is in the file, with its true lines; ids that exist. The order, and so the numbers, stay. */
export function checkCitations(claimed: readonly Claimed[], citable: Citable): Promise<Citation[]> {
  return Promise.all(claimed.map((citation) => check(citation, citable)));
}

async function check(claimed: Claimed, { readText, findings, sessions }: Citable): Promise<Citation> {
  const { finding, session, path = '', quote = '' } = claimed;
  if (finding !== undefined) {
    if (findings.has(finding)) return { kind: 'finding', id: finding };
    return { kind: 'dropped', what: finding, why: 'there is no such finding that may be cited here' };
  }
  if (session !== undefined) {
    if (sessions.has(session)) return { kind: 'session', id: session };
    return { kind: 'dropped', what: session, why: 'there is no such investigation on record' };
  }
  const dropped = (why: string): Citation => ({ kind: 'dropped', what: path, why });
  if (isTooShort(quote)) return dropped('the quote is too short to tell anything');
  const text = await readText(path);
  if (text === undefined) return dropped('there is no such file to read');
  const index = indexForQuotes(text);
  const place = findQuote(index, quote, claimed.startLine);
  return place
    ? { kind: 'code', path, ...place, quote: quoteAt(index, place, quote) }
    : dropped('what is quoted is not in that file');
}

/** The findings that an answer cites, each once. */
export function findingsIn(citations: readonly Citation[]): string[] {
  return [...new Set(citations.flatMap((one) => (one.kind === 'finding' ? [one.id] : [])))];
}

export function sessionsIn(citations: readonly Citation[]): string[] {
  return [...new Set(citations.flatMap((one) => (one.kind === 'session' ? [one.id] : [])))];
}
