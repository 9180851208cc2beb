import type { RaisedFinding } from './finding.ts';
import { normaliseCode } from './fingerprint.ts';
import { isSimilarTitle } from './similar-title.ts';

/**
 * Makes the fingerprints of one session's findings unique. The same problem raised twice is one: same fingerprint, same line, and, for
 * an agent's, the same CWE or a similar title, as one line may have several problems. The same code in several places is several, told apart by their order in the file, which survives lines moving.
 */
export function distinguish(raised: readonly RaisedFinding[]): RaisedFinding[] {
  const groups = new Map<string, RaisedFinding[]>();
  for (const finding of raised) {
    const group = groups.get(finding.fingerprint) ?? [];
    const twin = group.findIndex((other) => isSameProblem(other, finding));
    if (twin < 0) group.push(finding);
    else group.splice(twin, 1, merge(group[twin] ?? finding, finding));
    groups.set(finding.fingerprint, group);
  }
  return [...groups.values()].flatMap((group) => group.toSorted(byLine).map(withOccurrence));
}

function isSameProblem(a: RaisedFinding, b: RaisedFinding): boolean {
  if (a.location?.startLine !== b.location?.startLine) return false;
  if (a.origin.kind === 'check' && a.evidence.length > 0) return true;
  if (isSimilarTitle(a.title, b.title)) return true;
  return a.cwe !== undefined && a.cwe === b.cwe && a.evidence.length > 0;
}

function byLine(a: RaisedFinding, b: RaisedFinding): number {
  const lines = (a.location?.startLine ?? 0) - (b.location?.startLine ?? 0);
  // Several problems of one line keep their order as long as they keep their names.
  return lines || (nameOf(a) < nameOf(b) ? -1 : 1);
}

function nameOf({ cwe, title }: RaisedFinding): string {
  return `${cwe ?? ''} ${title.toLowerCase()}`;
}

function withOccurrence(finding: RaisedFinding, index: number): RaisedFinding {
  return index === 0 ? finding : { ...finding, fingerprint: `${finding.fingerprint}#${index + 1}` };
}

function merge(a: RaisedFinding, b: RaisedFinding): RaisedFinding {
  const quotes = new Set(a.evidence.map(({ path, quote }) => `${path}\n${normaliseCode(quote)}`));
  const more = b.evidence.filter(({ path, quote }) => !quotes.has(`${path}\n${normaliseCode(quote)}`));
  const { severity } = b.severity < a.severity ? b : a;
  return { ...a, severity, evidence: [...a.evidence, ...more] };
}
