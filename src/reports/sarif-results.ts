import type { Finding } from '../findings/finding.ts';
import { toPriority } from '../findings/severity.ts';
import { truncate } from '../lib/text.ts';
import { encodePath, type Place, placesOf } from './place.ts';
import { toPlainLine } from './plain-text.ts';
import { proseToPlain } from './prose.ts';

/** The `primaryLocationLineHash` of a line, `undefined` where it cannot be told. Lines count from 1. */
export type LineHash = (path: string, line: number) => string | undefined;

type PhysicalLocation = {
  artifactLocation: { uri: string; uriBaseId: '%SRCROOT%' };
  region: { startLine: number; endLine: number };
};
type RelatedLocation = { id: number; physicalLocation: PhysicalLocation; message: { text: string } };
export type SarifLevel = 'error' | 'warning' | 'note';

export type SarifResult = {
  ruleId: string;
  ruleIndex?: number;
  level: SarifLevel;
  message: { text: string };
  locations: [{ physicalLocation: PhysicalLocation; logicalLocations?: { fullyQualifiedName: string }[] }];
  relatedLocations?: RelatedLocation[];
  partialFingerprints: Record<string, string>;
  properties: { priority: string; category: string; verified: string };
};

const longestMessage = 1_000;
// GitHub takes 1,000 locations per result and shows 100; evidence that needs more than this convinces nobody.
const mostRelated = 20;

/** Critical and high are errors, medium is a warning, low a note. */
export function levelOf({ severity }: Pick<Finding, 'severity'>): SarifLevel {
  const levels = { 1: 'error', 2: 'error', 3: 'warning', 4: 'note' } as const;
  return levels[severity];
}

/** Stable over scans: GitHub recognises an alert by rule, path and line hash. */
export function ruleIdOf({ origin, category }: Pick<Finding, 'origin' | 'category'>): string {
  const id = origin.kind === 'agent' ? `courier/${category}` : `${origin.name}/${origin.rule ?? category}`;
  return truncate(toPlainLine(id), 255);
}

/** A check's finding is one result per place; an agent's is one result at its main place, its other evidence related to it. */
export function toResults(finding: Finding, lineHash: LineHash): SarifResult[] {
  const places = placesOf(finding).flatMap((place) => {
    const uri = encodePath(place.path);
    return uri === undefined ? [] : [{ place, uri }];
  });
  const [main, ...others] = places;
  if (!main) return [];
  if (finding.origin.kind === 'check') return places.map((at) => toResult(finding, at, lineHash));
  const related = others.slice(0, mostRelated).map((at, index) => ({
    id: index + 1,
    physicalLocation: toPhysicalLocation(at),
    message: { text: 'Evidence' },
  }));
  return [{ ...toResult(finding, main, lineHash), ...(related.length > 0 && { relatedLocations: related }) }];
}

type PlaceWithUri = { place: Place; uri: string };

function toResult(finding: Finding, at: PlaceWithUri, lineHash: LineHash): SarifResult {
  const symbol = finding.location?.path === at.place.path ? finding.location.symbol : undefined;
  const hash = lineHash(at.place.path, at.place.startLine ?? 1);
  return {
    ruleId: ruleIdOf(finding),
    level: levelOf(finding),
    message: { text: toMessage(finding) },
    locations: [
      {
        physicalLocation: toPhysicalLocation(at),
        ...(symbol && { logicalLocations: [{ fullyQualifiedName: toPlainLine(symbol) }] }),
      },
    ],
    partialFingerprints: {
      ...(hash !== undefined && { primaryLocationLineHash: hash }),
      'courierFindingId/v1': finding.id,
    },
    properties: { priority: toPriority(finding.severity), category: finding.category, verified: finding.verified },
  };
}

/** GitHub asks for a start line; a place that is a whole file is shown at its first. */
function toPhysicalLocation({ place, uri }: PlaceWithUri): PhysicalLocation {
  const startLine = place.startLine ?? 1;
  return {
    artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
    region: { startLine, endLine: Math.max(startLine, place.endLine ?? startLine) },
  };
}

/** Title and description as plain text. */
export function toMessage(finding: Pick<Finding, 'title' | 'description'>): string {
  const text = `${toPlainLine(finding.title)}\n\n${proseToPlain(finding.description)}`;
  return truncate(disarmLinks(text).trim(), longestMessage) || 'Finding';
}

/** SARIF reads `[text](target)` in a message as a link, to a related location or to anywhere. */
export function disarmLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
