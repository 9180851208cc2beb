import type { Location, RaisedFinding } from './finding.ts';
import { normaliseCode } from './fingerprint.ts';
import { placeText } from './permalink.ts';
import { isSimilarTitle } from './similar-title.ts';

/**
 * Makes the fingerprints of one session's findings unique. The same problem raised twice is one: same fingerprint, same line, and, for
 * an agent's, the same CWE or a similar title, as one line may have several problems; or, whichever scan an agent found it in, the same quoted
 * line and the same weakness. The better proven one is kept and says where the other one was. The same code in several places is several,
 * told apart by their order in the file, which survives lines moving.
 */
export function distinguish(raised: readonly RaisedFinding[]): RaisedFinding[] {
  const groups = new Map<string, RaisedFinding[]>();
  for (const finding of mergeByCode(raised)) {
    const group = groups.get(finding.fingerprint) ?? [];
    const twin = group.findIndex((other) => isSameProblem(other, finding));
    if (twin < 0) group.push(finding);
    else group.splice(twin, 1, merge(group[twin] ?? finding, finding));
    groups.set(finding.fingerprint, group);
  }
  return [...groups.values()].flatMap((group) => group.toSorted(byLine).map(withOccurrence));
}

/** Agents' findings that quote the same line first and name the same weakness: one problem, told by two scans or in two ways. */
function mergeByCode(raised: readonly RaisedFinding[]): RaisedFinding[] {
  const groups = new Map<string, RaisedFinding[]>();
  const alone: RaisedFinding[] = [];
  for (const finding of raised) {
    const key = lineKeyOf(finding);
    const group = key === undefined ? undefined : (groups.get(key) ?? []);
    if (key === undefined || group === undefined) {
      alone.push(finding);
      continue;
    }
    const twin = group.findIndex(
      (other) => other.fingerprint !== finding.fingerprint && isSameWeakness(other, finding),
    );
    if (twin < 0) group.push(finding);
    else group.splice(twin, 1, keepBetter(group[twin] ?? finding, finding));
    groups.set(key, group);
  }
  return [...alone, ...[...groups.values()].flat()];
}

function lineKeyOf({ origin, anchor, evidence }: RaisedFinding): string | undefined {
  const line = evidence[0]?.startLine;
  if (origin.kind === 'check' || anchor === undefined || line === undefined) return undefined;
  return JSON.stringify([anchor.path, anchor.scope, anchor.line, line]);
}

function isSameWeakness(a: RaisedFinding, b: RaisedFinding): boolean {
  if (a.cwe !== undefined && b.cwe !== undefined) return a.cwe === b.cwe;
  return a.category === b.category && isSimilarTitle(a.title, b.title);
}

const proofs = { reproduced: 2, quoted: 1, none: 0 } as const satisfies Record<RaisedFinding['verified'], number>;

/** Two reports of one problem: the better proven one, with what the other one adds. */
export function keepBetter(a: RaisedFinding, b: RaisedFinding): RaisedFinding {
  const better = proofs[b.verified] > proofs[a.verified] ? b : a;
  const other = better === a ? b : a;
  const merged = merge(better, other);
  const cited = better.known ?? other.known;
  return {
    ...merged,
    ...(cited === undefined ? {} : { known: cited }),
    ...(isCovered(other.location, merged.location) || !other.location
      ? {}
      : { description: `${merged.description}\n\nAlso at \`${placeText(other.location)}\`.` }),
  };
}

function isCovered(place: Location | undefined, by: Location | undefined): boolean {
  if (place?.path !== by?.path || !place || !by) return false;
  const [from, to] = [place.startLine ?? 0, place.endLine ?? place.startLine ?? 0];
  return from <= (by.endLine ?? by.startLine ?? 0) && to >= (by.startLine ?? 0);
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
