import type { RaisedFinding } from './finding.ts';
import { normaliseCode } from './fingerprint.ts';

/**
 * Makes the fingerprints of one session's findings unique. The same problem raised twice (same fingerprint, same title or same lines) is
 * one; the same code in several places is several, told apart by their order in the file, which survives lines moving.
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
  return a.location?.startLine === b.location?.startLine;
}

function byLine(a: RaisedFinding, b: RaisedFinding): number {
  return (a.location?.startLine ?? 0) - (b.location?.startLine ?? 0);
}

function withOccurrence(finding: RaisedFinding, index: number): RaisedFinding {
  return index === 0 ? finding : { ...finding, fingerprint: `${finding.fingerprint}#${index + 1}` };
}

function merge(a: RaisedFinding, b: RaisedFinding): RaisedFinding {
  const quotes = new Set(a.evidence.map(({ path, quote }) => `${path}\n${normaliseCode(quote)}`));
  const more = b.evidence.filter(({ path, quote }) => !quotes.has(`${path}\n${normaliseCode(quote)}`));
  const worse = b.severity < a.severity ? b.severity : a.severity;
  return { ...a, severity: worse, evidence: [...a.evidence, ...more] };
}
