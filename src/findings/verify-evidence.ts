import { findQuote, indexForQuotes, isTooShort, type QuoteIndex, quoteAt } from './find-quote.ts';
import type { Candidate, Evidence, Location } from './finding.ts';

/** What became of a candidate's evidence. `failed` are quotes that are nowhere in their files. */
export type EvidenceProof =
  | { verified: 'quoted' | 'none'; candidate: Candidate; failed: readonly Evidence[] }
  | { fabricated: string };

/**
 * Looks every quote up in its file as it is at the scanned commit (`readText`). Found quotes get the file's own text and lines; the
 * location follows them. A candidate that quotes and is nowhere right, or points to a file that is not there, is fabricated.
 */
export async function verifyEvidence(
  candidate: Candidate,
  readText: (path: string) => Promise<string | undefined>,
): Promise<EvidenceProof> {
  const indexes = new Map<string, QuoteIndex | undefined>();
  const indexOf = async (path: string) => {
    if (!indexes.has(path)) {
      const text = await readText(path);
      indexes.set(path, text === undefined ? undefined : indexForQuotes(text));
    }
    return indexes.get(path);
  };
  const { location } = candidate;
  if (location && (await indexOf(location.path)) === undefined) {
    return { fabricated: `Its location ${location.path} is not a readable file of the repository.` };
  }
  const found: Evidence[] = [];
  const failed: Evidence[] = [];
  for (const evidence of candidate.evidence.filter(({ quote }) => !isTooShort(quote))) {
    const index = await indexOf(evidence.path);
    const snapped = index && snap(evidence, index);
    if (snapped) found.push(snapped);
    else failed.push(evidence);
  }
  if (found.length === 0 && failed.length > 0) return { fabricated: fabricatedBecause(failed) };
  const settled = settleLocation(location, found, location && (await indexOf(location.path)));
  const { location: _, ...rest } = candidate;
  return {
    verified: found.length > 0 ? 'quoted' : 'none',
    candidate: { ...rest, evidence: found, ...(settled ? { location: settled } : {}) },
    failed,
  };
}

function snap(evidence: Evidence, index: QuoteIndex): Evidence | undefined {
  const place = findQuote(index, evidence.quote, evidence.startLine);
  return place && { path: evidence.path, ...place, quote: quoteAt(index, place, evidence.quote) };
}

/** The quoted code says better where the problem is than the line that was claimed, unless that one lies within it. */
function settleLocation(
  location: Location | undefined,
  found: readonly Evidence[],
  index: QuoteIndex | undefined,
): Location | undefined {
  const anchor = found.find(({ path }) => location === undefined || path === location.path);
  if (!location) return anchor && { path: anchor.path, ...linesOf(anchor) };
  const { startLine, endLine, ...place } = location;
  if (!anchor) return withinFile(location, index?.lines.length ?? 0);
  const within =
    startLine !== undefined && startLine >= (anchor.startLine ?? 0) && (endLine ?? startLine) <= (anchor.endLine ?? 0);
  return within ? location : { ...place, ...linesOf(anchor) };
}

function withinFile(location: Location, lineCount: number): Location {
  const { startLine, endLine, ...place } = location;
  if (startLine === undefined || startLine > lineCount) return place;
  return {
    ...place,
    startLine,
    ...(endLine !== undefined && endLine >= startLine && endLine <= lineCount ? { endLine } : {}),
  };
}

function linesOf({ startLine, endLine }: Evidence): { startLine?: number; endLine?: number } {
  return { ...(startLine === undefined ? {} : { startLine }), ...(endLine === undefined ? {} : { endLine }) };
}

function fabricatedBecause(failed: readonly Evidence[]): string {
  const files = [...new Set(failed.map(({ path }) => path))].join(', ');
  return `What it quotes is not in ${files} at the scanned commit.`;
}
