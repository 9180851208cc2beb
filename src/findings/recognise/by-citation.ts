import type { Finding, RaisedFinding } from '../finding.ts';
import { isSimilarTitle } from '../similar-title.ts';
import { quoteKeyOf } from './by-anchor.ts';
import { indexOf, type Left, type Pair, type Surroundings } from './pair.ts';
import type { Places } from './places.ts';

/**
 * The agent's own reference counts where it is plausible: about the same place and kind, or about the same weakness, in the same file and
 * not in another declaration of it, or alike by its title, or the same code wherever it went. Of several that cite one finding the likeliest is it; and none, where another one carries its fingerprint.
 */
export function matchCited({ raised, known }: Left, { places }: Surroundings): Pair[] {
  const byId = new Map(known.map((finding) => [finding.id, finding]));
  const byPrint = indexOf(raised, ({ fingerprint }) => [fingerprint]);
  const plausible = raised.flatMap((one) => {
    const finding = one.known === undefined ? undefined : byId.get(one.known);
    if (!finding) return [];
    const reasons = reasonsFor(one, finding, places);
    return reasons > 0 && !isOutdone(one, finding, byPrint) ? [{ raised: one, finding, reasons }] : [];
  });
  return [...Map.groupBy(plausible, ({ finding }) => finding.id).values()].flatMap((group) => {
    const [best] = group.toSorted((a, b) => b.reasons - a.reasons || distance(a) - distance(b));
    return best ? [{ raised: best.raised, finding: best.finding }] : [];
  });
}

/** How much speaks for it, 0: nothing. */
function reasonsFor(raised: RaisedFinding, cited: Finding, places: Places): number {
  if ((raised.origin.kind === 'check') !== (cited.origin.kind === 'check')) return 0;
  const sameTitle = isSimilarTitle(cited.title, raised.title);
  const sameCode = isSameCode(raised, cited, places);
  const paths = [places.pathOf(cited), raised.location?.path];
  if (paths.includes(undefined)) return Number(cited.category === raised.category) + Number(sameTitle);
  if (paths[0] !== paths[1]) return sameCode && sameTitle && !places.isStill(cited) ? 1 : 0;
  const apart = isInOtherScope(raised, cited, places);
  const sameWeakness = cited.cwe !== undefined && cited.cwe === raised.cwe && !apart;
  const near = isNear(cited, raised) && cited.category === raised.category && !apart;
  return 8 * Number(sameCode) + 4 * Number(sameWeakness) + 2 * Number(sameTitle) + Number(near);
}

/** In another declaration than any in which it was ever seen: a neighbour, however near and of whatever weakness. */
function isInOtherScope({ anchor }: RaisedFinding, cited: Finding, places: Places): boolean {
  const scopes = places.anchorsOf(cited).flatMap(({ scope }) => scope ?? []);
  return anchor?.scope !== undefined && scopes.length > 0 && !scopes.includes(anchor.scope);
}

function isSameCode(raised: RaisedFinding, cited: Finding, places: Places): boolean {
  const { anchor } = raised;
  if (anchor && places.anchorsOf(cited).some(({ line, scope }) => line === anchor.line && scope === anchor.scope))
    return true;
  const quote = quoteKeyOf(raised, raised.evidence[0]?.path);
  return quote !== undefined && quote === quoteKeyOf(cited, places.pathOf(cited));
}

const nearLines = 10;

function isNear(cited: Finding, raised: RaisedFinding): boolean {
  const [known, now] = [cited.location?.startLine, raised.location?.startLine];
  return known !== undefined && now !== undefined && Math.abs(known - now) <= nearLines;
}

/** Another one is it by its fingerprint, and this one is not. */
function isOutdone(one: RaisedFinding, { fingerprints }: Finding, byPrint: ReadonlyMap<string, readonly unknown[]>) {
  const newest = fingerprints.at(-1);
  if (newest === undefined || newest === one.fingerprint || one.evidence.length === 0) return false;
  return byPrint.has(newest);
}

function distance({ raised, finding }: Pair): number {
  return Math.abs((finding.location?.startLine ?? 0) - (raised.location?.startLine ?? 0));
}
