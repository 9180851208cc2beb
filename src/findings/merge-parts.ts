import { newFinding } from './apply-finding.ts';
import { keepBetter } from './distinguish.ts';
import type { Finding, RaisedFinding } from './finding.ts';
import { identifyFindings, type Match } from './identify-findings.ts';

/**
 * What several agents found side by side in parts of one repository, as one list: a problem that two of them raised, each in its own words,
 * is one, as a known finding would be recognised in it. What one agent raised is left as it is.
 *
 * @param parts in their order, which decides nothing but the order of the answer
 */
export function mergeParts(parts: readonly (readonly RaisedFinding[])[]): RaisedFinding[] {
  const [first = [], ...others] = parts;
  return others.reduce<RaisedFinding[]>((merged, part) => mergeInto(merged, part), [...first]);
}

function mergeInto(merged: readonly RaisedFinding[], part: readonly RaisedFinding[]): RaisedFinding[] {
  const known = new Map(merged.map((raised, index) => [idOf(index), raised]));
  const { matched } = identifyFindings(part.map(withoutCitation), [...known].map(asKnown));
  const byFinding = new Map(matched.filter(isSure).map(({ finding, raised }) => [finding.id, raised.fingerprint]));
  const taken = new Set<RaisedFinding>();
  // The same code may stand in several places: what is at the same one goes first.
  const exact = new Map<RaisedFinding, RaisedFinding>();
  for (const raised of merged) {
    const twin = part.find((one) => !taken.has(one) && isAtTheSamePlace(one, raised));
    if (!twin) continue;
    taken.add(twin);
    exact.set(raised, twin);
  }
  const findTwin = (id: string, raised: RaisedFinding) =>
    part.find((one) => !taken.has(one) && (one.fingerprint === byFinding.get(id) || citeTheSame(one, raised)));
  const kept = [...known].map(([id, raised]) => {
    const twin = exact.get(raised) ?? findTwin(id, raised);
    if (!twin) return raised;
    taken.add(twin);
    return keepBetter(raised, twin);
  });
  return [...kept, ...part.filter((one) => !taken.has(one))];
}

/** Sorted like the list, and never one of the ledger's. */
function idOf(index: number): string {
  return `F-${String(index).padStart(8, '0')}`;
}

const nowhere = { session: '', at: '' };

function asKnown([id, raised]: readonly [string, RaisedFinding]): Finding {
  return { ...newFinding(raised, nowhere), id };
}

/** What it cites is in the ledger, not in the other list. */
function withoutCitation({ known: _, ...raised }: RaisedFinding): RaisedFinding {
  return raised;
}

function isAtTheSamePlace(one: RaisedFinding, other: RaisedFinding): boolean {
  const line = one.location?.startLine;
  if (one.cwe !== undefined && other.cwe !== undefined && one.cwe !== other.cwe) return false;
  return line !== undefined && line === other.location?.startLine && one.fingerprint === other.fingerprint;
}

function citeTheSame(one: RaisedFinding, other: RaisedFinding): boolean {
  return one.known !== undefined && one.known === other.known && one.location?.path === other.location?.path;
}

/**
 * One line may have several weaknesses. By words alone two neighbours of one file are too easily taken for one: they have to speak of the
 * same lines.
 */
function isSure({ by, finding, raised }: Match): boolean {
  if (finding.cwe !== undefined && raised.cwe !== undefined && finding.cwe !== raised.cwe) return false;
  if (by !== 'score') return true;
  const [a, b] = [finding.location, raised.location];
  if (a?.startLine === undefined || b?.startLine === undefined) return false;
  return a.startLine <= (b.endLine ?? b.startLine) && b.startLine <= (a.endLine ?? a.startLine);
}
