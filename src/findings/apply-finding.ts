import { randomBase32 } from '../lib/hash.ts';
import { addAnchor } from './anchor.ts';
import type { Evidence, Finding, Location, RaisedFinding } from './finding.ts';
import { normaliseCode } from './fingerprint.ts';

/** The session that saw something, when, and at which commit. */
export type Sighting = { session: string; at: string; commit?: string };

/** A finding that was never seen before, with an id that it keeps for good. */
export function newFinding(raised: RaisedFinding, sighting: Sighting): Finding {
  return {
    version: 1,
    id: `F-${randomBase32(8)}`,
    state: 'detected',
    ...describedBy(raised),
    origin: raised.origin,
    verified: raised.verified,
    fingerprints: [raised.fingerprint],
    firstSeen: sighting,
    lastSeen: sighting,
    occurrences: 1,
    anchors: addAnchor([], raised.anchor),
    missed: 0,
    history: [],
    possiblySame: [],
  };
}

/**
 * The finding after it was seen again: counted, where it is now, every fingerprint and the newest anchors kept; a resolved one is open again. What a check says is
 * taken as it is. An agent words, rates and quotes the same problem anew each time: its words stay as they were first told, so that an
 * unchanged problem changes no issue; the severity only rises; the evidence stays while its anchor is quoted again.
 */
export function recordSighting(finding: Finding, told: RaisedFinding, sighting: Sighting): Finding {
  const { resolution, ...kept } = finding;
  const raised = retells(finding, told) || isAboutSameCode(finding, told) ? told : withoutCommand(told);
  const back = finding.state === 'resolved';
  return {
    ...(retells(finding, raised) ? retold(kept, raised) : moved(kept, raised)),
    ...(back
      ? {
          state: finding.issue ? 'open' : 'detected',
          regressed: { at: sighting.at, ...(sighting.commit ? { commit: sighting.commit } : {}) },
        }
      : {}),
    ...(resolution && !back ? { resolution } : {}),
    // A person's word on the priority outweighs what scans say.
    ...(finding.prioritySet ? { severity: finding.severity } : {}),
    verified: strongest(finding.verified, raised.verified),
    fingerprints: [...finding.fingerprints.filter((known) => known !== raised.fingerprint), raised.fingerprint],
    anchors: addAnchor(finding.anchors, raised.anchor),
    lastSeen: sighting,
    occurrences: finding.occurrences + 1,
  };
}

/** A check's own words, and those of a finding whose details were withheld from the ledger. */
function retells(finding: Finding, raised: RaisedFinding): boolean {
  return raised.origin.kind === 'check' || finding.description === '';
}

/** It cites the finding, or quotes code that showed it before; and not only stands near it and sounds like it. */
function isAboutSameCode(
  { id, anchors, evidence }: Finding,
  { known, anchor, evidence: quoted }: RaisedFinding,
): boolean {
  if (known === id || anchors.length === 0) return true;
  return anchor ? anchors.some(({ line }) => line === anchor.line) : sameAnchor(evidence, quoted);
}

/** A command decides when a finding is closed: one that may be about another problem is not taken over, nor what it showed. */
function withoutCommand({ reproduce: _, ...raised }: RaisedFinding): RaisedFinding {
  if (raised.verified !== 'reproduced') return raised;
  return { ...raised, verified: raised.evidence.length > 0 ? 'quoted' : 'none' };
}

type Kept = Omit<Finding, 'resolution'>;

function retold(finding: Kept, raised: RaisedFinding): Kept {
  const { location: _place, reproduce: _command, cwe: _cwe, expected: _expected, actual: _actual, ...rest } = finding;
  return { ...rest, ...withProof(describedBy(raised), finding) };
}

function moved(finding: Kept, raised: RaisedFinding): Kept {
  const { location: seenAt, evidence, reproduce } = withProof(describedBy(raised), finding);
  const location = seenAt && sameSymbol(finding, raised, seenAt);
  const severity = raised.severity < finding.severity ? raised.severity : finding.severity;
  const command = showsBetter(finding, raised) ? reproduce : (finding.reproduce ?? reproduce);
  return {
    ...finding,
    severity,
    evidence: sameAnchor(finding.evidence, evidence) ? relocate(finding.evidence, evidence) : evidence,
    ...(location ? { location } : {}),
    ...(command ? { reproduce: command } : {}),
  };
}

/** One agent names the declaration, another does not, or differently: while the code stands in the same one it keeps its name. */
function sameSymbol({ location, anchors }: Kept, { anchor }: RaisedFinding, now: Location): Location {
  const scope = anchor?.scope;
  const isSame = scope !== undefined && scope === anchors.at(-1)?.scope && location?.path === now.path;
  if (!isSame) return now;
  const { symbol: _, ...place } = now;
  return location?.symbol === undefined ? place : { ...place, symbol: location.symbol };
}

/** A command that showed the problem takes the place of one that did not. */
function showsBetter(finding: Kept, raised: RaisedFinding): boolean {
  return raised.verified === 'reproduced' && finding.verified !== 'reproduced' && raised.reproduce !== undefined;
}

/**
 * What an agent tells about a known finding at the commit at which it was last seen: whatever it quotes now, the code that showed the problem
 * stands there as it did. Another quote of it is no other evidence.
 */
export function atSameCommit(finding: Finding, raised: RaisedFinding, commit: string | undefined): RaisedFinding {
  const { evidence, location, lastSeen } = finding;
  const isSame = commit !== undefined && commit === lastSeen.commit;
  const quotes = raised.origin.kind === 'agent' && raised.evidence.length > 0 && evidence.length > 0;
  if (!isSame || !quotes || !location) return raised;
  return { ...raised, evidence, location };
}

function sameAnchor([before]: readonly Evidence[], [now]: readonly Evidence[]): boolean {
  return before !== undefined && now !== undefined && keyOf(before) === keyOf(now);
}

/** The same quotes at the lines at which they were seen now. */
function relocate(before: readonly Evidence[], now: readonly Evidence[]): Evidence[] {
  const places = new Map(now.map((evidence) => [keyOf(evidence), evidence]));
  return before.map((evidence) => places.get(keyOf(evidence)) ?? evidence);
}

function keyOf({ path, quote }: Evidence): string {
  return `${path}\n${normaliseCode(quote)}`;
}

/** The finding after it was shown that it is gone. */
export function resolveFinding(finding: Finding, resolution: NonNullable<Finding['resolution']>): Finding {
  const { regressed: _regressed, contested: _contested, ...rest } = finding;
  return { ...rest, state: 'resolved', resolution };
}

/** What was proven once is not given up for a claim without any proof. */
function withProof(
  seen: ReturnType<typeof describedBy>,
  before: Pick<Finding, 'evidence' | 'location'>,
): ReturnType<typeof describedBy> {
  if (seen.evidence.length > 0 || before.evidence.length === 0 || before.location === undefined) return seen;
  return { ...seen, evidence: before.evidence, location: before.location };
}

function describedBy(raised: RaisedFinding) {
  const {
    ref: _ref,
    known: _known,
    origin: _origin,
    verified: _verified,
    fingerprint: _fingerprint,
    anchor: _anchor,
    sealed: _sealed,
    ...described
  } = raised;
  return described;
}

function strongest(a: Finding['verified'], b: Finding['verified']): Finding['verified'] {
  for (const verified of ['reproduced', 'quoted'] as const) if (a === verified || b === verified) return verified;
  return 'none';
}
