import { sha256 } from '../lib/hash.ts';
import type { Anchor, RaisedFinding } from './finding.ts';
import type { ScopeAt } from './scopes.ts';
import { createTellingLines, type TellingLines } from './telling-lines.ts';

/** A file in which findings are anchored; `clean` gives a line (from 1) without its secrets. */
export type AnchoredFile = {
  path: string;
  text: string;
  scopeAt: ScopeAt;
  clean: (text: string, line: number) => string;
  /** Of how many lines on either side a block is made. Anchors of different sizes are not comparable: another one is for measuring. */
  around?: number;
};

type Lines = { startLine: number; endLine?: number | undefined };

// SonarQube takes five on either side (sonar-core, BlockRecognizer): more certain, and lost with any edit near by. docs/quality.md#anchors
const usuallyAround = 2;
const mostQuoted = 200;
const nearest = 50;

/**
 * Makes the anchors of one file's lines. The line is the first telling one of those given (see `createTellingLines`). Where none tells
 * anything, they count together with the nearest telling line before and after. The block is that line and the two on either side, empty
 * ones aside.
 *
 * Secrets are hashed as what `clean` leaves of them: the digest of a line that is known but for a short password gives the password to
 * whoever tries a list of them. So an anchor says nothing that the finding's own quote does not show.
 */
export function createAnchors({
  path,
  text,
  scopeAt,
  clean,
  around = usuallyAround,
}: AnchoredFile): (place: Lines) => Anchor | undefined {
  const lines = createTellingLines(text, clean);
  return (place) => {
    const found = findLine(lines, place);
    if (!found) return undefined;
    const scope = scopeAt(found.line);
    const block = blockAround(lines, found.line, around);
    return {
      path: pathDigest(path),
      ...(scope === undefined ? {} : { scope: digestOf('scope', scope) }),
      line: found.digest,
      ...(block === undefined ? {} : { block }),
    };
  };
}

/** Where the code is that a finding is about: its first quote in the file that it names, else any quote, else the line that it names. */
export function anchorPlace({
  location,
  evidence,
}: Pick<RaisedFinding, 'location' | 'evidence'>): (Lines & { path: string }) | undefined {
  const quoted = evidence.filter(({ startLine }) => startLine !== undefined);
  const place = quoted.find(({ path }) => path === location?.path) ?? quoted[0] ?? location;
  if (place?.startLine === undefined) return undefined;
  return { path: place.path, startLine: place.startLine, endLine: place.endLine };
}

const mostKept = 12;

/** The anchors of a finding that was seen at one more, newest last; the oldest go when there are too many. */
export function addAnchor(anchors: readonly Anchor[], anchor: Anchor | undefined): Anchor[] {
  if (!anchor) return [...anchors];
  return [...anchors.filter((known) => !isSameAnchor(known, anchor)), anchor].slice(-mostKept);
}

function isSameAnchor(a: Anchor, b: Anchor): boolean {
  return a.path === b.path && a.scope === b.scope && a.line === b.line && a.block === b.block;
}

function findLine(lines: TellingLines, place: Lines): { line: number; digest: string } | undefined {
  const last = Math.min(place.endLine ?? place.startLine, place.startLine + mostQuoted, lines.count);
  const filled: number[] = [];
  for (let line = place.startLine; line <= last; line++) {
    const { compact, tells } = lines.at(line);
    if (tells) return { line, digest: digestOf('line', compact) };
    if (compact !== '') filled.push(line);
  }
  const [first] = filled;
  if (first === undefined) return undefined;
  const quoted = filled.map((line) => lines.at(line).compact);
  const near = [nearestTelling(lines, first, -1), ...quoted, nearestTelling(lines, last, 1)];
  return { line: first, digest: digestOf('lines', near.join('\n')) };
}

function nearestTelling(lines: TellingLines, from: number, step: 1 | -1): string {
  for (let distance = 1; distance <= nearest; distance++) {
    const { compact, tells } = lines.at(from + step * distance);
    if (tells) return compact;
  }
  return '';
}

function blockAround(lines: TellingLines, line: number, around: number): string | undefined {
  const before = filledFrom(lines, { line, step: -1, most: around }).reverse();
  const after = filledFrom(lines, { line, step: 1, most: around });
  if (before.length + after.length === 0) return undefined;
  return digestOf('block', [...before, lines.at(line).compact, ...after].join('\n'));
}

function filledFrom(lines: TellingLines, { line, step, most }: { line: number; step: 1 | -1; most: number }): string[] {
  const found: string[] = [];
  for (let distance = 1; distance <= nearest && found.length < most; distance++) {
    const { compact } = lines.at(line + step * distance);
    if (compact !== '') found.push(compact);
  }
  return found;
}

/** A path as anchors keep it. */
export function pathDigest(path: string): string {
  return digestOf('path', path);
}

/** Each kind by its own rule: the same text as a path and as a line gives nothing away. */
function digestOf(kind: 'path' | 'scope' | 'line' | 'lines' | 'block', text: string): string {
  return sha256(`${kind}\n${text}`).slice(0, 16);
}
