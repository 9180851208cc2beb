import type { Finding } from '../findings/finding.ts';
import type { ReportedRepository } from './report.ts';

/** A spot in the repository. `quote` is what the finding quotes from it. */
export type Place = { path: string; startLine?: number | undefined; endLine?: number | undefined; quote?: string };

/** Where the finding is: its location, else its first evidence, else nowhere in particular. */
export function mainPlace(finding: Pick<Finding, 'location' | 'evidence'>): Place | undefined {
  return finding.location ?? finding.evidence[0];
}

/** Every spot once: the main one first, then the evidence elsewhere. A location that an evidence covers takes its quote. */
export function placesOf(finding: Pick<Finding, 'location' | 'evidence'>): Place[] {
  const places: Place[] = [...finding.evidence];
  const { location } = finding;
  if (location) {
    const same = places.findIndex((place) => place.path === location.path && covers(place, location));
    const [main] = same < 0 ? [location] : places.splice(same, 1);
    if (main) places.unshift(main);
  }
  const seen = new Set<string>();
  return places.filter((place) => {
    const key = JSON.stringify([place.path, place.startLine, place.endLine, place.startLine ? '' : place.quote]);
    return !seen.has(key) && seen.add(key);
  });
}

function covers(evidence: Place, location: Place): boolean {
  if (!location.startLine) return true;
  const start = evidence.startLine ?? 0;
  return start <= location.startLine && location.startLine <= (evidence.endLine ?? start);
}

/** `src/db.js`, `src/db.js:12` or `src/db.js:12-14`. */
export function placeText(place: Place): string {
  const { path, startLine, endLine } = place;
  if (!startLine) return path;
  return endLine && endLine > startLine ? `${path}:${startLine}-${endLine}` : `${path}:${startLine}`;
}

/** `src/db.js:12 (+2 more)`, or a dash for a finding that is in no file. */
export function whereText(finding: Pick<Finding, 'location' | 'evidence'>): string {
  const [main, ...others] = placesOf(finding);
  if (!main) return '–';
  return others.length > 0 ? `${placeText(main)} (+${others.length} more)` : placeText(main);
}

/** The title without the file that titles of checks end with, for where the place stands beside it. */
export function titleBesidePlace(finding: Pick<Finding, 'title' | 'location' | 'evidence'>): string {
  const ending = ` in ${mainPlace(finding)?.path ?? ''}`;
  return finding.title.endsWith(ending) ? finding.title.slice(0, -ending.length) : finding.title;
}

/** The repository's page, where one is known. */
export function repositoryUrl(repository: ReportedRepository): string | undefined {
  const { url, serverUrl, name } = repository;
  const address = url ?? (serverUrl && /^[\w.-]+\/[\w.-]+$/.test(name) ? `${serverUrl}/${name}` : undefined);
  return address && isWebAddress(address) ? address.replace(/\/+$/, '') : undefined;
}

/** Whether the text may stand as the target of a link: `http` or `https`, without white space, quotes or brackets. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s<>"'()\\`|]+$/.test(text);
}

/** The lines as they were at the scanned commit. Nothing while the working tree differs from it. */
export function permalink(repository: ReportedRepository, place: Place): string | undefined {
  const base = repositoryUrl(repository);
  const path = encodePath(place.path);
  if (!base || !repository.commit || repository.dirty || !path) return undefined;
  const { startLine, endLine } = place;
  const start = startLine ? `#L${startLine}` : '';
  const end = startLine && endLine && endLine > startLine ? `-L${endLine}` : '';
  return `${base}/blob/${encodeURIComponent(repository.commit)}/${path}${start}${end}`;
}

/** A repository-relative path, percent-encoded for a URI; nothing for one that is absolute, empty or leaves the repository. */
export function encodePath(path: string): string | undefined {
  const segments = path.toWellFormed().split('/');
  if (segments[0] === '' || /^[a-z]:$/i.test(segments[0] ?? '')) return undefined;
  const kept = segments.filter((segment) => segment !== '' && segment !== '.');
  if (kept.length === 0 || kept.includes('..')) return undefined;
  return kept.map((segment) => encodeURIComponent(segment).replace(/[()!'*]/g, percent)).join('/');
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
